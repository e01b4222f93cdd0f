//! Databases of the `KeePass` family (KDBX 4), with codes where `KeePassXC`, Strongbox and
//! `KeePassium` keep them: in the field `otp`.
//!
//! `KeePassXC` knows Steam by `encoder=steam`. Format: `formats.md` 16.

use keepass::config::{DatabaseConfig, KdfConfig};
use keepass::db::fields;
use keepass::{Database, DatabaseKey};
use zeroize::Zeroizing;

use crate::account::Account;
use crate::account::Kind;
use crate::secret::Secret;
use crate::text;
use crate::text::Text;

use super::fields::uri;
use super::reason::Kinds;
use super::{Bytes, Carries, Encryption, ExportError, Item, Job, Reason, Target};

pub(super) struct Writer;

impl Target for Writer {
    fn id(&self) -> &'static str {
        "keepass"
    }

    fn app(&self) -> Text {
        text!("export-app-keepass")
    }

    fn extension(&self) -> &'static str {
        "kdbx"
    }

    fn encryption(&self) -> Encryption {
        Encryption::Always
    }

    fn carries(&self) -> Carries {
        Carries { tags: usize::MAX, note: true, favorite: false, rest: false }
    }

    fn leftover(&self, account: &Account) -> Option<Reason> {
        Kinds(&["totp", "steam"]).refuse(account)
    }

    fn write(&self, items: &[Item], job: &Job<'_>) -> Result<Bytes, ExportError> {
        let passphrase = job.passphrase.and_then(Secret::expose_text).ok_or(ExportError::NotMade)?;
        let mut database = Database::with_config(config());
        database.meta.database_name = Some("otp".to_owned());
        for item in items {
            add(&mut database, item);
        }
        let mut file = Zeroizing::new(Vec::new());
        // EXPOSE: the crate derives the key from the passphrase itself.
        let saved = database.save(&mut *file, DatabaseKey::new().with_password(passphrase));
        saved.map_err(|_| ExportError::NotMade)?;
        Ok(file)
    }
}

/// AES-256 and Argon2 at the cost of `KeePassXC` itself: 64 MiB, 10 passes.
fn config() -> DatabaseConfig {
    let mut config = DatabaseConfig::default();
    // The crate's own default would keep a phone busy for minutes.
    if let KdfConfig::Argon2 { iterations, memory, parallelism, .. } = &mut config.kdf_config {
        (*iterations, *memory, *parallelism) = (10, 64 << 20, 2);
    }
    config
}

fn add(database: &mut Database, item: &Item) {
    let (account, extras) = (&item.account, &item.extras);
    let mut root = database.root_mut();
    let mut entry = root.add_entry();
    entry.set_unprotected(fields::TITLE, account.issuer());
    entry.set_unprotected(fields::USERNAME, account.name());
    entry.set_protected(fields::OTP, address(account));
    if !extras.note.is_empty() {
        entry.set_unprotected(fields::NOTES, extras.note.as_str());
    }
    entry.tags.clone_from(&extras.tags);
}

/// The address as `KeePassXC` writes it.
fn address(account: &Account) -> String {
    let address = uri(account);
    if account.kind() == Kind::Steam {
        return address.replacen("otpauth://steam/", "otpauth://totp/", 1) + "&encoder=steam";
    }
    address
}
