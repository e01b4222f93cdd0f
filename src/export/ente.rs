//! Ente Auth: one address a line with what else is known in `codeDisplay`, plain or encrypted.
//!
//! Format: `formats.md` 9.

use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::account::Account;
use crate::crypto::{cipher, kdf};
use crate::secret::Secret;
use crate::text;
use crate::text::Text;

use super::fields::{base64, random};
use super::reason::Kinds;
use super::tree::Tree;
use super::uri::lines;
use super::{Bytes, Carries, Encryption, ExportError, Item, Job, Reason, Target};

/// What deriving the key costs: libsodium's “moderate”, because phones have to afford it.
const COST: kdf::Argon2Cost = kdf::Argon2Cost { memory: 256 * 1024, passes: 3, lanes: 1 };

pub(super) struct Writer;

impl Target for Writer {
    fn id(&self) -> &'static str {
        "ente"
    }

    fn app(&self) -> Text {
        text!("export-app-ente")
    }

    fn extension(&self) -> &'static str {
        "txt"
    }

    fn encryption(&self) -> Encryption {
        Encryption::Optional
    }

    fn carries(&self) -> Carries {
        Carries::USUAL
    }

    fn leftover(&self, account: &Account) -> Option<Reason> {
        Kinds(&["totp", "hotp", "steam"]).refuse(account)
    }

    fn write(&self, items: &[Item], job: &Job<'_>) -> Result<Bytes, ExportError> {
        let plain = lines(items.iter().enumerate().map(|(at, item)| line(at, item)), b"");
        match job.passphrase {
            None => Ok(plain),
            Some(passphrase) => Tree(sealed(&plain, passphrase)?).text(false),
        }
    }
}

fn line(at: usize, item: &Item) -> Secret {
    let extras = &item.extras;
    let display = json!({
        "pinned": extras.favorite, "trashed": false, "lastUsedAt": 0, "tapCount": 0, "tags": extras.tags,
        "note": extras.note, "position": at,
    });
    let display = Zeroizing::new(crate::uri::encoded(&display.to_string()));
    let address = crate::uri::write(&item.account);
    let mut line = Vec::with_capacity(address.len() + display.len() + 13);
    // EXPOSE: the line is the address and more; it is a `Secret` again.
    line.extend_from_slice(address.expose());
    line.extend_from_slice(b"&codeDisplay=");
    line.extend_from_slice(display.as_bytes());
    Secret::new(line)
}

fn sealed(plain: &[u8], passphrase: &Secret) -> Result<Value, ExportError> {
    let salt: [u8; 16] = random()?;
    let key: kdf::Key<32> = kdf::argon2id(passphrase, &salt, COST)?;
    let (header, content) = cipher::seal_stream(&key, plain)?;
    let kdf = json!({
        "memLimit": u64::from(COST.memory) * 1024, "opsLimit": COST.passes, "salt": base64(&salt),
    });
    Ok(json!({
        "version": 1, "kdfParams": kdf, "encryptedData": base64(&content), "encryptionNonce": base64(&header),
    }))
}
