//! andOTP (abandoned in 2022, and still read by most apps): JSON, plain or `.json.aes`.
//!
//! Mobile-OTP keys are the base32 of their text, and PINs are not kept. Format: `formats.md` 13.

use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::account::Account;
use crate::account::Kind;
use crate::crypto::{cipher, kdf};
use crate::secret::Secret;
use crate::text;
use crate::text::Text;

use super::fields::{base32, counter, period, random};
use super::reason::Kinds;
use super::tree::Tree;
use super::{Bytes, Carries, Encryption, ExportError, Item, Job, Reason, Target};

/// The rounds of PBKDF2; the app takes 140,000 to 160,000.
const ROUNDS: u32 = 150_000;

pub(super) struct Writer;

impl Target for Writer {
    fn id(&self) -> &'static str {
        "andotp"
    }

    fn app(&self) -> Text {
        text!("export-app-andotp")
    }

    fn extension(&self) -> &'static str {
        "json"
    }

    fn encryption(&self) -> Encryption {
        Encryption::Optional
    }

    fn carries(&self) -> Carries {
        Carries { tags: usize::MAX, note: false, favorite: false, rest: false }
    }

    fn leftover(&self, account: &Account) -> Option<Reason> {
        let pin = account.pin().is_some().then_some(Reason::Pin);
        Kinds(&["totp", "hotp", "steam", "motp"]).refuse(account).or(pin)
    }

    fn write(&self, items: &[Item], job: &Job<'_>) -> Result<Bytes, ExportError> {
        let plain = Tree(items.iter().map(entry).collect()).text(false)?;
        match job.passphrase {
            None => Ok(plain),
            Some(passphrase) => sealed(&plain, passphrase),
        }
    }
}

fn entry(item: &Item) -> Value {
    let account = &item.account;
    let mut entry = json!({
        "secret": base32(account), "issuer": account.issuer(), "label": account.name(), "digits": account.digits(),
        "type": account.kind().id().to_uppercase(), "algorithm": account.algorithm().id(), "thumbnail": "Default",
        "last_used": 0, "used_frequency": 0, "tags": item.extras.tags,
    });
    match account.kind() {
        Kind::Hotp { .. } => entry["counter"] = counter(account).into(),
        _ => entry["period"] = period(account).into(),
    }
    entry
}

fn sealed(plain: &[u8], passphrase: &Secret) -> Result<Bytes, ExportError> {
    let (salt, nonce): ([u8; 12], [u8; 12]) = (random()?, random()?);
    let key: kdf::Key<32> = kdf::pbkdf2(kdf::Hash::Sha1, passphrase, &salt, ROUNDS)?;
    let content = cipher::seal_gcm(&key, &nonce, b"", plain)?;
    Ok(Zeroizing::new([&ROUNDS.to_be_bytes()[..], &salt, &nonce, &content].concat()))
}
