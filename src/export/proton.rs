//! Proton Authenticator: JSON, plain or encrypted; time-based codes only.
//!
//! Of Steam it keeps one name and the secret. Format: `formats.md` 10.1.

use serde_json::{Value, json};

use crate::account::Account;
use crate::account::Kind;
use crate::crypto::{cipher, kdf};
use crate::secret::Secret;
use crate::text;
use crate::text::Text;

use super::fields::{base64, or_null, random, uri_or_steam, uuid};
use super::reason::{Kinds, refuse_digits, refuse_steam_issuer};
use super::tree::Tree;
use super::{Bytes, Carries, Encryption, ExportError, Item, Job, Reason, Target};

const COST: kdf::Argon2Cost = kdf::Argon2Cost { memory: 19_456, passes: 2, lanes: 1 };
/// What is bound to the content.
const CONTEXT: &[u8] = b"proton.authenticator.export.v1";

pub(super) struct Writer;

impl Target for Writer {
    fn id(&self) -> &'static str {
        "proton"
    }

    fn app(&self) -> Text {
        text!("export-app-proton")
    }

    fn extension(&self) -> &'static str {
        "json"
    }

    fn encryption(&self) -> Encryption {
        Encryption::Optional
    }

    fn carries(&self) -> Carries {
        Carries { tags: 0, note: true, favorite: false, rest: false }
    }

    fn leftover(&self, account: &Account) -> Option<Reason> {
        Kinds(&["totp", "steam"])
            .refuse(account)
            .or_else(|| refuse_digits(account, 1..=9))
            .or_else(|| refuse_steam_issuer(account))
    }

    fn write(&self, items: &[Item], job: &Job<'_>) -> Result<Bytes, ExportError> {
        let entries = items.iter().map(entry).collect::<Result<Vec<_>, _>>()?;
        let plain = Tree(json!({ "version": 1, "entries": entries }));
        match job.passphrase {
            None => plain.text(false),
            Some(passphrase) => Tree(sealed(&plain.text(false)?, passphrase)?).text(false),
        }
    }
}

fn entry(item: &Item) -> Result<Value, ExportError> {
    let account = &item.account;
    let kind = if account.kind() == Kind::Steam { "Steam" } else { "Totp" };
    let content = json!({ "uri": uri_or_steam(account), "entry_type": kind, "name": account.name() });
    Ok(json!({ "id": uuid()?, "content": content, "note": or_null(&item.extras.note) }))
}

fn sealed(plain: &[u8], passphrase: &Secret) -> Result<Value, ExportError> {
    let (salt, nonce): ([u8; 16], [u8; 12]) = (random()?, random()?);
    let key: kdf::Key<32> = kdf::argon2id(passphrase, &salt, COST)?;
    let content = cipher::seal_gcm(&key, &nonce, CONTEXT, plain)?;
    let content = [&nonce[..], &content].concat();
    Ok(json!({ "version": 1, "salt": base64(&salt), "content": base64(&content) }))
}
