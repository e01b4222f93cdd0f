//! Authy (Android): the preferences that a rooted phone gives away; the app itself exports nothing.
//!
//! Ordinary tokens are plain, or each locked by itself under the backup password. Authy's own
//! tokens have a step of 10 seconds and 7 digits. Format: `formats.md` 20.

use serde_json::Value;
use zeroize::Zeroizing;

use crate::crypto::cipher;
use crate::crypto::kdf::{self, Hash};
use crate::secret::Secret;
use crate::text;
use crate::text::Text;
use crate::uri::{self, Field};

use super::draft::{Draft, Key, base64};
use super::json::{Json, number, text};
use super::{Batch, Format, ImportError, Locked, Opened, Place, Source};

const ID: &str = "authy";
/// Tokens of sites that work with any app.
const ORDINARY: &str = "tokens.authenticator.key";
/// Tokens of sites that work with Authy.
const OWN: &str = "tokens.authy.key";
/// The rounds of PBKDF2.
const ROUNDS: u32 = 1000;

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-authy")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-authy")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        let found = source.preferences();
        found.is_some_and(|found| found.text(ORDINARY).is_some() || found.text(OWN).is_some())
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let damaged = || ImportError::Damaged { format: ID, line: 0 };
        let found = source.preferences().ok_or_else(damaged)?;
        found.check(ID)?;
        let tokens = |name| match found.text(name).map(Json::parse) {
            None => Ok(None),
            Some(Ok(tree)) if tree.value().is_array() => Ok(Some(tree)),
            Some(_) => Err(damaged()),
        };
        let export = Export { ordinary: tokens(ORDINARY)?, own: tokens(OWN)? };
        if export.ordinary().any(is_sealed) {
            return Ok(Locked::by(ID, move |passphrase| export.read(Some(passphrase)).map(Opened::from)));
        }
        export.read(None).map(Opened::from)
    }
}

/// What the phone held.
struct Export {
    ordinary: Option<Json>,
    own: Option<Json>,
}

impl Export {
    fn ordinary(&self) -> impl Iterator<Item = &Value> {
        self.ordinary.iter().filter_map(|tree| tree.value().as_array()).flatten()
    }

    fn own(&self) -> impl Iterator<Item = &Value> {
        self.own.iter().filter_map(|tree| tree.value().as_array()).flatten()
    }

    fn read(&self, passphrase: Option<&Secret>) -> Result<Batch, ImportError> {
        let mut places = (1..).map(Place::item);
        let mut batch = Batch::default();
        let mut opened = 0;
        for (token, place) in self.ordinary().zip(&mut places) {
            let plain = passphrase.filter(|_| is_sealed(token)).map(|passphrase| unseal(token, passphrase));
            opened += usize::from(matches!(plain, Some(Some(_))));
            let secret = match &plain {
                None => Key::Base32(text(token, "decryptedSecret")),
                Some(None) => Key::Unreadable,
                Some(Some(plain)) => Key::Base32(plain),
            };
            ordinary(token, secret).add(place, &mut batch)?;
        }
        if passphrase.is_some() && opened == 0 {
            return Err(ImportError::WrongPassphrase { format: ID });
        }
        for (token, place) in self.own().zip(places) {
            own(token).add(place, &mut batch)?;
        }
        Ok(batch)
    }
}

/// Whether the secret of `token` takes the backup password.
fn is_sealed(token: &Value) -> bool {
    text(token, "decryptedSecret").is_empty() && !text(token, "encryptedSecret").is_empty()
}

/// The secret of `token` in base32; `None` if `passphrase` is another one, or it is damaged.
fn unseal(token: &Value, passphrase: &Secret) -> Option<Zeroizing<String>> {
    let sealed = base64(text(token, "encryptedSecret"))?;
    let key: kdf::Key<32> = kdf::pbkdf2(Hash::Sha1, passphrase, text(token, "salt").as_bytes(), ROUNDS).ok()?;
    let plain = cipher::open_cbc(&*key, &[0; 16], &sealed).ok()?;
    let plain = Zeroizing::new(std::str::from_utf8(&plain).ok()?.to_owned());
    // There is no checksum: what a wrong password gives is no base32.
    uri::decode_secret(&plain).is_ok().then_some(plain)
}

fn ordinary<'a>(token: &'a Value, secret: Key<'a>) -> Draft<'a> {
    let (issuer, name) = names(token);
    Draft { issuer, name, secret, digits: number(token, "digits", Field::Digits), ..Draft::default() }
}

fn own(token: &Value) -> Draft<'_> {
    let (issuer, name) = names(token);
    Draft {
        issuer,
        name,
        secret: Key::Hex(text(token, "secretSeed")),
        digits: number(token, "digits", Field::Digits).map(|digits| digits.or(Some(7))),
        period: Ok(Some(10)),
        ..Draft::default()
    }
}

/// Issuer and name: as the site gave them, or else from the name that Authy shows.
fn names(token: &Value) -> (&str, &str) {
    let (issuer, original, shown) = (text(token, "originalIssuer"), text(token, "originalName"), text(token, "name"));
    if !original.is_empty() {
        return (issuer, original);
    }
    let split = [" - ", ": "].iter().find_map(|between| shown.split_once(between));
    match split {
        Some((prefix, name)) if issuer.is_empty() || issuer == prefix => (prefix, name),
        _ => (issuer, shown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_site_or_else_those_shown() {
        #[track_caller]
        fn case(token: &str, expected: (&str, &str)) {
            assert_eq!(names(&serde_json::from_str(token).unwrap()), expected);
        }
        case(r#"{"originalIssuer":"A","originalName":"A:b","name":"c"}"#, ("A", "A:b"));
        case(r#"{"originalIssuer":null,"originalName":"A:b","name":"c"}"#, ("", "A:b"));
        case(r#"{"name":"A - b - c"}"#, ("A", "b - c"));
        case(r#"{"name":"A: b"}"#, ("A", "b"));
        case(r#"{"originalIssuer":"B","name":"A: b"}"#, ("B", "A: b"));
        case(r#"{"name":"b"}"#, ("", "b"));
        case("{}", ("", ""));
    }
}
