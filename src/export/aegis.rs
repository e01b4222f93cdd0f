//! Aegis (Android): `aegis-export-*.json`, plain or with one password slot.
//!
//! Mobile-OTP keys are kept there as bytes, so one that is no hexadecimal number cannot be told.
//! Format: `formats.md` 6.

use serde_json::{Value, json};

use crate::account::{Account, Kind};
use crate::crypto::{cipher, kdf};
use crate::key;
use crate::secret::{Secret, hex};
use crate::text;
use crate::text::Text;

use super::fields::{base32, base64, counter, period, pin, random, uuid};
use super::tree::Tree;
use super::{Bytes, Carries, Encryption, ExportError, Item, Job, Reason, Target};

/// What Aegis itself writes: 2^15 rounds, 32 MiB.
const COST: u64 = 1 << 15;

pub(super) struct Writer;

impl Target for Writer {
    fn id(&self) -> &'static str {
        "aegis"
    }

    fn app(&self) -> Text {
        text!("export-app-aegis")
    }

    fn extension(&self) -> &'static str {
        "json"
    }

    fn encryption(&self) -> Encryption {
        Encryption::Optional
    }

    fn carries(&self) -> Carries {
        Carries::USUAL
    }

    fn leftover(&self, account: &Account) -> Option<Reason> {
        (account.kind() == Kind::Motp && bytes(account).is_none()).then_some(Reason::MotpKey)
    }

    fn write(&self, items: &[Item], job: &Job<'_>) -> Result<Bytes, ExportError> {
        let db = Tree(database(items)?);
        let Some(passphrase) = job.passphrase else {
            let header = json!({ "slots": null, "params": null });
            let mut file = Tree(json!({ "version": 1, "header": header }));
            file.0["db"] = db.0.clone();
            return file.text(true);
        };
        Tree(sealed(&db.text(false)?, passphrase)?).text(true)
    }
}

fn database(items: &[Item]) -> Result<Value, ExportError> {
    let mut names: Vec<&str> = items.iter().flat_map(|item| &item.extras.tags).map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    let groups = names.into_iter().map(|name| Ok((name, uuid()?))).collect::<Result<Vec<_>, ExportError>>()?;
    let entries = items.iter().map(|item| entry(item, &groups)).collect::<Result<Vec<_>, _>>()?;
    let groups: Vec<Value> = groups.iter().map(|(name, uuid)| json!({ "uuid": uuid, "name": name })).collect();
    Ok(json!({ "version": 3, "entries": entries, "groups": groups, "icons_optimized": true }))
}

fn entry(item: &Item, groups: &[(&str, String)]) -> Result<Value, ExportError> {
    let (account, extras) = (&item.account, &item.extras);
    let secret = match bytes(account) {
        Some(bytes) if account.kind() == Kind::Motp => {
            // EXPOSE: spelt in another way; the tree around it is wiped.
            key::write(&bytes).expose_text().unwrap_or_default().to_owned()
        }
        _ => base32(account),
    };
    // Some readers want a period in every entry.
    let mut info = json!({
        "secret": secret, "algo": account.algorithm().id(), "digits": account.digits(), "period": period(account),
    });
    if let Kind::Hotp { .. } = account.kind() {
        info["counter"] = counter(account).into();
    }
    if let Some(pin) = pin(account) {
        info["pin"] = pin.into();
    }
    let tagged = groups.iter().filter(|(name, _)| extras.tags.iter().any(|tag| tag == name));
    Ok(json!({
        "type": account.kind().id(), "uuid": uuid()?, "name": account.name(), "issuer": account.issuer(),
        "note": extras.note, "favorite": extras.favorite, "icon": null, "info": info,
        "groups": tagged.map(|(_, uuid)| uuid.as_str()).collect::<Vec<_>>(),
    }))
}

/// The bytes of a Mobile-OTP key, if they give exactly its text back.
fn bytes(account: &Account) -> Option<Secret> {
    // EXPOSE: the digits are read; the bytes are a `Secret` again.
    let text = account.secret().expose_text()?;
    let lower = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    key::read_hex(text).ok().filter(|_| lower && text.len() % 2 == 0)
}

/// The file around the encrypted `db`: a random key, wrapped by the password in a slot.
fn sealed(db: &[u8], passphrase: &Secret) -> Result<Value, ExportError> {
    let (salt, wrap_nonce, nonce): ([u8; 32], [u8; 12], [u8; 12]) = (random()?, random()?, random()?);
    let master = zeroize::Zeroizing::new(random::<32>()?);
    let wrap: kdf::Key<32> = kdf::scrypt(passphrase, &salt, COST, 8, 1)?;
    let wrapped = cipher::seal_gcm(&wrap, &wrap_nonce, b"", &*master)?;
    let content = cipher::seal_gcm(&master, &nonce, b"", db)?;
    let (key, key_tag) = wrapped.split_at(wrapped.len().saturating_sub(16));
    let (content, tag) = content.split_at(content.len().saturating_sub(16));
    let slot = json!({
        "type": 1, "uuid": uuid()?, "key": hex(key), "key_params": { "nonce": hex(&wrap_nonce), "tag": hex(key_tag) },
        "n": COST, "r": 8, "p": 1, "salt": hex(&salt), "repaired": true, "is_backup": false,
    });
    let header = json!({ "slots": [slot], "params": { "nonce": hex(&nonce), "tag": hex(tag) } });
    Ok(json!({ "version": 1, "header": header, "db": base64(content) }))
}
