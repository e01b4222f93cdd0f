//! 2FAS: `.2fas`, plain or encrypted.
//!
//! The app checks a password by a text that everybody knows, encrypted beside the entries. Format:
//! `formats.md` 7.

use serde_json::{Value, json};

use crate::account::Account;
use crate::crypto::{cipher, kdf};
use crate::secret::Secret;
use crate::text;
use crate::text::Text;

use super::fields::{base32, base64, counter, period, random};
use super::reason::{Kinds, refuse_digits};
use super::tree::Tree;
use super::{Bytes, Encryption, ExportError, Item, Job, Reason, Target};

/// What the app encrypts beside the entries, to tell a wrong password.
const REFERENCE: &str = "tRViSsLKzd86Hprh4ceC2OP7xazn4rrt4xhfEUbOjxLX8Rc3mkISXE0lWbmnWfggogbBJhtYgpK6fMl1D6m\
    tsy92R3HkdGfwuXbzLebqVFJsR7IZ2w58t938iymwG4824igYy1wi6n2WDpO1Q1P69zwJGs2F5a1qP4MyIiDSD7NCV2OvidXQCBnDlGfmz0f1BQy\
    SRkkt4ryiJeCjD2o4QsveJ9uDBUn8ELyOrESv5R5DMDkD4iAF8TXU7KyoJujd";
/// The rounds of PBKDF2 that the app takes; the file does not say how many.
const ROUNDS: u32 = 10_000;
/// The longest title, in characters.
const MOST_TITLE: usize = 30;

pub(super) struct Writer;

impl Target for Writer {
    fn id(&self) -> &'static str {
        "2fas"
    }

    fn app(&self) -> Text {
        text!("export-app-2fas")
    }

    fn extension(&self) -> &'static str {
        "2fas"
    }

    fn encryption(&self) -> Encryption {
        Encryption::Optional
    }

    fn leftover(&self, account: &Account) -> Option<Reason> {
        let period = match account.kind().period() {
            Some(seconds) if ![10, 30, 60, 90].contains(&seconds) => Some(Reason::Period { seconds }),
            _ => None,
        };
        let long = account.issuer().chars().count() > MOST_TITLE;
        Kinds(&["totp", "hotp", "steam"])
            .refuse(account)
            .or(period)
            .or_else(|| refuse_digits(account, 5..=8))
            .or(long.then_some(Reason::LongName))
    }

    fn write(&self, items: &[Item], job: &Job<'_>) -> Result<Bytes, ExportError> {
        let now = job.at.0.saturating_mul(1000);
        let services = Tree(items.iter().enumerate().map(|(at, item)| service(at, item, now)).collect());
        let mut file = Tree(json!({
            "schemaVersion": 4, "appOrigin": "android", "appVersionCode": 5_000_017, "appVersionName": "5.3.5",
            "updatedAt": now, "groups": [], "services": [],
        }));
        match job.passphrase {
            None => file.0["services"] = services.0.clone(),
            Some(passphrase) => seal(&mut file.0, &services.text(false)?, passphrase)?,
        }
        file.text(false)
    }
}

fn service(at: usize, item: &Item, now: u64) -> Value {
    let account = &item.account;
    let title = if account.issuer().is_empty() { account.name() } else { account.issuer() };
    let title: String = title.chars().take(MOST_TITLE).collect();
    let otp = json!({
        "label": account.name(), "account": account.name(), "issuer": account.issuer(),
        "digits": account.digits(), "period": period(account), "algorithm": account.algorithm().id(),
        "counter": counter(account), "tokenType": account.kind().id().to_uppercase(), "source": "Manual",
    });
    json!({
        "name": title, "secret": base32(account), "updatedAt": now, "otp": otp, "order": { "position": at },
    })
}

/// Puts the encrypted `services` into `file`.
fn seal(file: &mut Value, services: &[u8], passphrase: &Secret) -> Result<(), ExportError> {
    let salt: [u8; 256] = random()?;
    let key: kdf::Key<32> = kdf::pbkdf2(kdf::Hash::Sha256, passphrase, &salt, ROUNDS)?;
    let sealed = |plain: &[u8]| -> Result<Value, ExportError> {
        let nonce: [u8; 12] = random()?;
        let content = cipher::seal_gcm(&key, &nonce, b"", plain)?;
        Ok([base64(&content), base64(&salt), base64(&nonce)].join(":").into())
    };
    file["servicesEncrypted"] = sealed(services)?;
    file["reference"] = sealed(REFERENCE.as_bytes())?;
    Ok(())
}
