//! OTP Auth (iOS): `.otpauthdb` with all accounts and `.otpauth` with one.
//!
//! The outer layer has the same key in every copy of the app, so it is what a file is recognized
//! by; there is no other mark. The password is for what lies inside. Format: `formats.md` 21.

use sha1::Sha1;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::account::MAX_SECRET;
use crate::crypto::cipher::{self, Plain};
use crate::crypto::{CryptoError, kdf};
use crate::secret::Secret;
use crate::text;
use crate::text::Text;
use crate::uri::Field;

use super::draft::{Draft, Key, Stated};
use super::{Batch, Extras, Format, ImportError, Locked, MAX_ENTRIES, Opened, Place, SkipReason, Source};
use keyed::{Archive, Object};

mod keyed;
mod rncryptor;

const ID: &str = "otp-auth-ios";
/// The folder that every app starts with; its name says nothing.
const FIRST_FOLDER: &str = "Accounts";

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-otp-auth-ios")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-otp-auth-ios")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        Shape::of(source.bytes()).is_some()
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let damaged = || ImportError::Damaged { format: ID, line: 0 };
        let shape = Shape::of(source.bytes()).ok_or_else(damaged)?;
        let outer = cipher::open_cbc(&*shape.key(), &[0; 16], source.bytes()).map_err(|_| damaged())?;
        let sealed = Sealed::read(shape, &outer).ok_or_else(damaged)?;
        Ok(Locked::by(ID, move |passphrase| {
            let plain = sealed.open(passphrase).map_err(|error| ImportError::sealed(ID, error))?;
            // The old way has no checksum: what a wrong password gives is no archive.
            let archive = Archive::parse(&plain).ok_or(ImportError::WrongPassphrase { format: ID })?;
            read(shape, &archive.root().ok_or_else(damaged)?).map(Opened::from)
        }))
    }
}

/// What a file holds.
#[derive(Clone, Copy)]
enum Shape {
    /// All accounts, in folders.
    Database,
    /// One account.
    Account,
}

impl Shape {
    fn of(bytes: &[u8]) -> Option<Self> {
        let first = bytes.first_chunk().filter(|_| bytes.len().is_multiple_of(16))?;
        let fits = |shape: &Self| cipher::open_block(&shape.key(), first).starts_with(keyed::START);
        [Self::Database, Self::Account].into_iter().find(fits)
    }

    /// The key of the outer layer.
    fn key(self) -> kdf::Key<32> {
        Zeroizing::new(Sha256::digest(if let Self::Database = self { "Authenticator" } else { "OTPAuth" }).into())
    }
}

/// The inner layer.
enum Sealed {
    /// AES-CBC under the hash of salt and password, in older versions.
    Hashed { salt: String, iv: [u8; 16], content: Vec<u8> },
    /// `RNCryptor`, version 3.
    RnCryptor(Vec<u8>),
}

impl Sealed {
    fn read(shape: Shape, outer: &[u8]) -> Option<Self> {
        let archive = Archive::parse(outer)?;
        let root = archive.root()?;
        // Database 1.0 and account 1.1 are the old ones.
        let (content, old) = match shape {
            Shape::Database => ("WrappedData", 1.05),
            Shape::Account => ("Data", 1.15),
        };
        let content = root.data(content)?.to_vec();
        if root.real("Version")? > old {
            return Some(Self::RnCryptor(content));
        }
        let iv = Sha1::digest(either(&root, "IV")?);
        let salt = String::from_utf8(either(&root, "Salt")?).ok()?;
        Some(Self::Hashed { salt, iv: *iv.first_chunk()?, content })
    }

    fn open(&self, passphrase: &Secret) -> Result<Plain, CryptoError> {
        match self {
            Self::RnCryptor(content) => rncryptor::open(passphrase, content),
            Self::Hashed { salt, iv, content } => {
                let mut hash = Sha256::new_with_prefix(salt);
                hash.update("-");
                // EXPOSE: the key is the hash of salt and passphrase.
                hash.update(passphrase.expose());
                let key: kdf::Key<32> = Zeroizing::new(hash.finalize().into());
                cipher::open_cbc(&*key, iv, content)
            }
        }
    }
}

/// The bytes under `key`, which some versions keep as text.
fn either(root: &Object<'_, '_>, key: &str) -> Option<Vec<u8>> {
    let text = || Some(root.text(key).as_bytes().to_vec()).filter(|text| !text.is_empty());
    root.data(key).map(<[u8]>::to_vec).or_else(text)
}

fn read(shape: Shape, root: &Object<'_, '_>) -> Result<Batch, ImportError> {
    let mut batch = Batch::default();
    let icons = match shape {
        Shape::Account => {
            read_account(root, Extras::default(), Place::item(1), &mut batch)?;
            usize::from(root.has("icon"))
        }
        Shape::Database => read_folders(root, &mut batch)?,
    };
    batch.without_icons(icons);
    Ok(batch)
}

/// Adds the accounts of all folders; gives the number of icons.
fn read_folders(root: &Object<'_, '_>, batch: &mut Batch) -> Result<usize, ImportError> {
    let mut icons = 0;
    let mut places = (1..).map(Place::item);
    for (folder, number) in root.list("Folders").zip(1..) {
        if number > MAX_ENTRIES {
            return Err(ImportError::TooMany);
        }
        let Some(folder) = folder else { return Err(ImportError::Damaged { format: ID, line: 0 }) };
        let name = folder.text("name");
        let tag = Some(name.as_str()).filter(|name| *name != FIRST_FOLDER);
        for (account, place) in folder.list("accounts").zip(&mut places) {
            match account {
                Some(account) => {
                    icons += usize::from(account.has("icon"));
                    read_account(&account, Extras::tagged(tag), place, batch)?;
                }
                None => batch.skip(place, String::new(), SkipReason::Malformed)?,
            }
        }
    }
    Ok(icons)
}

fn read_account(account: &Object<'_, '_>, extras: Extras, place: Place, batch: &mut Batch) -> Result<(), ImportError> {
    // 0 is how the app spells that nothing was chosen.
    let chosen = |key, field| account.number(key, field).map(|number| number.filter(|number| *number != 0));
    let secret = account.data("secret").unwrap_or_default();
    // One byte too many is enough to be refused.
    let secret = secret.get(..=MAX_SECRET).unwrap_or(secret);
    let draft = Draft {
        issuer: &account.text("issuer"),
        name: &account.text("label"),
        kind: match account.number("type", Field::Digits) {
            Ok(Some(1)) => Some(Stated::Hotp),
            Ok(Some(2)) => Some(Stated::Totp),
            _ => None,
        },
        secret: Key::Bytes(Secret::new(secret.to_vec())),
        algorithm: match account.number("algorithm", Field::Digits) {
            Ok(None | Some(0 | 1)) => "SHA1",
            Ok(Some(2)) => "SHA256",
            Ok(Some(3)) => "SHA512",
            Ok(Some(4)) => "MD5",
            _ => "unknown",
        },
        digits: chosen("digits", Field::Digits),
        period: chosen("period", Field::Period),
        counter: account.number("counter", Field::Counter),
        extras,
        ..Draft::default()
    };
    draft.add(place, batch)
}
