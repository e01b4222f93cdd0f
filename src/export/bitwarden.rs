//! Bitwarden and Bitwarden Authenticator: JSON, plain or “password protected”.
//!
//! An entry has one folder, so only its first tag goes along. Format: `formats.md` 8.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::account::Account;
use crate::crypto::{cipher, kdf};
use crate::secret::Secret;
use crate::text;
use crate::text::Text;

use super::fields::{base64, or_null, random, uri_or_steam, uuid};
use super::reason::Kinds;
use super::tree::Tree;
use super::{Bytes, Carries, Encryption, ExportError, Item, Job, Reason, Target};

/// The rounds of PBKDF2, Bitwarden's own default.
const ROUNDS: u32 = 600_000;

pub(super) struct Writer;

impl Target for Writer {
    fn id(&self) -> &'static str {
        "bitwarden"
    }

    fn app(&self) -> Text {
        text!("export-app-bitwarden")
    }

    fn extension(&self) -> &'static str {
        "json"
    }

    fn encryption(&self) -> Encryption {
        Encryption::Optional
    }

    fn carries(&self) -> Carries {
        Carries { tags: 1, note: true, favorite: true, rest: false }
    }

    fn leftover(&self, account: &Account) -> Option<Reason> {
        Kinds(&["totp", "steam"]).refuse(account)
    }

    fn write(&self, items: &[Item], job: &Job<'_>) -> Result<Bytes, ExportError> {
        let vault = Tree(vault(items)?);
        match job.passphrase {
            None => vault.text(true),
            Some(passphrase) => Tree(sealed(&vault.text(false)?, passphrase)?).text(true),
        }
    }
}

fn vault(items: &[Item]) -> Result<Value, ExportError> {
    let mut names: Vec<&str> = items.iter().filter_map(folder).collect();
    names.sort_unstable();
    names.dedup();
    let folders = names.into_iter().map(|name| Ok((name, uuid()?))).collect::<Result<Vec<_>, ExportError>>()?;
    let items = items.iter().map(|item| entry(item, &folders)).collect::<Result<Vec<_>, _>>()?;
    let folders: Vec<Value> = folders.iter().map(|(name, id)| json!({ "id": id, "name": name })).collect();
    Ok(json!({ "encrypted": false, "folders": folders, "items": items }))
}

/// The name of the folder of `item`: its first tag.
fn folder(item: &Item) -> Option<&str> {
    item.extras.tags.first().map(String::as_str)
}

fn entry(item: &Item, folders: &[(&str, String)]) -> Result<Value, ExportError> {
    let account = &item.account;
    let folder = folder(item).and_then(|name| folders.iter().find(|(other, _)| *other == name));
    let login = json!({
        "uris": [], "username": or_null(account.name()), "password": null, "totp": uri_or_steam(account),
    });
    Ok(json!({
        "id": uuid()?, "organizationId": null, "folderId": folder.map(|(_, id)| id), "type": 1, "reprompt": 0,
        "name": account.issuer(), "notes": or_null(&item.extras.note), "favorite": item.extras.favorite,
        "login": login, "collectionIds": null,
    }))
}

/// The file around the encrypted `vault`. The characters of the salt are the salt.
fn sealed(vault: &[u8], passphrase: &Secret) -> Result<Value, ExportError> {
    let salt = base64(&random::<16>()?);
    let key: kdf::Key<32> = kdf::pbkdf2(kdf::Hash::Sha256, passphrase, salt.as_bytes(), ROUNDS)?;
    let expand = |label: &[u8]| -> Result<kdf::Key<32>, ExportError> {
        let mut part = Zeroizing::new([0; 32]);
        let derived = Hkdf::<Sha256>::from_prk(&*key).map_err(|_| ExportError::NotMade)?;
        derived.expand(label, &mut *part).map_err(|_| ExportError::NotMade)?;
        Ok(part)
    };
    let (cipher_key, mac_key) = (expand(b"enc")?, expand(b"mac")?);
    let seal = |plain: &[u8]| -> Result<Value, ExportError> {
        let iv: [u8; 16] = random()?;
        let content = cipher::seal_cbc(&cipher_key, &iv, plain);
        let mut mac = Hmac::<Sha256>::new_from_slice(&*mac_key).map_err(|_| ExportError::NotMade)?;
        mac.update(&iv);
        mac.update(&content);
        let mac = mac.finalize().into_bytes();
        Ok(format!("2.{}|{}|{}", base64(&iv), base64(&content), base64(&mac)).into())
    };
    Ok(json!({
        "encrypted": true, "passwordProtected": true, "salt": salt, "kdfType": 0, "kdfIterations": ROUNDS,
        "encKeyValidation_DO_NOT_EDIT": seal(uuid()?.as_bytes())?, "data": seal(vault)?,
    }))
}
