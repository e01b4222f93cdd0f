//! 2FAS: `.2fas` backups of schema 1 to 4, plain or encrypted.
//!
//! The groups stay in the clear even where the services are encrypted, and iOS blanks the secret in
//! the original address, so an address here only fills settings that are missing. Format:
//! `formats.md` 7.

use std::collections::HashMap;

use serde_json::Value;

use crate::crypto::{cipher, kdf};
use crate::text;
use crate::text::Text;
use crate::uri::{self, Field};

use super::draft::{Draft, Key, Number, Stated, base64};
use super::json::{Json, id, names, number, text};
use super::{Batch, Extras, Format, ImportError, Locked, Opened, Place, Source};

const ID: &str = "2fas";
/// The rounds of PBKDF2, which are not written down in the file.
const ROUNDS: u32 = 10_000;

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-2fas")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-2fas")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.is_object_with(&["schemaVersion", "services"])
            || source.is_object_with(&["schemaVersion", "servicesEncrypted"])
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let tree = source.json(ID)?;
        let groups = names(tree, "groups", "id");
        match text(tree, "servicesEncrypted") {
            "" => read(&tree["services"], &groups).map(Opened::from),
            sealed => locked(sealed, groups),
        }
    }
}

fn locked(sealed: &str, groups: HashMap<String, String>) -> Result<Opened, ImportError> {
    let parts: Option<Vec<Vec<u8>>> = sealed.split(':').map(base64).collect();
    let parts = parts.and_then(|parts| <[Vec<u8>; 3]>::try_from(parts).ok());
    let [content, salt, nonce] = parts.ok_or(ImportError::damaged(ID))?;
    Ok(Locked::by(ID, move |passphrase| {
        let sealed = |error| ImportError::sealed(ID, error);
        let key = kdf::pbkdf2(kdf::Hash::Sha256, passphrase, &salt, ROUNDS).map_err(sealed)?;
        let plain = cipher::open_gcm(&key, &nonce, b"", &content).map_err(sealed)?;
        let services = Json::decrypted(&plain, ID)?;
        read(services.value(), &groups).map(Opened::from)
    }))
}

fn read(services: &Value, groups: &HashMap<String, String>) -> Result<Batch, ImportError> {
    let services = services.as_array().ok_or(ImportError::damaged(ID))?;
    let mut batch = Batch::default();
    for (service, place) in services.iter().zip((1..).map(Place::item)) {
        read_service(service, groups, place, &mut batch)?;
    }
    let renamed = services.iter().filter(|service| is_renamed(service)).count();
    batch.remark(renamed, |count| text!("import-remark-titles", count = count));
    Ok(batch)
}

fn read_service(
    service: &Value,
    groups: &HashMap<String, String>,
    place: Place,
    batch: &mut Batch,
) -> Result<(), ImportError> {
    let otp = &service["otp"];
    let link = text(otp, "link");
    let linked = uri::names_in(link).unwrap_or_default().1;
    let setting = |key, field| -> Number {
        match number(otp, key, field)? {
            Some(number) => Ok(Some(number)),
            None => uri::read_number(field, &uri::parameter(link, key).unwrap_or_default()),
        }
    };
    let algorithm = uri::parameter(link, "algorithm").unwrap_or_default();
    let group = groups.get(&id(service, "groupId"));
    let draft = Draft {
        issuer: first([text(otp, "issuer"), text(service, "name")]),
        name: first([text(otp, "account"), text(otp, "label"), &linked]),
        kind: Stated::parse(text(otp, "tokenType")),
        secret: Key::Base32(text(service, "secret")),
        algorithm: first([text(otp, "algorithm"), &algorithm]),
        digits: setting("digits", Field::Digits),
        period: setting("period", Field::Period),
        counter: setting("counter", Field::Counter),
        extras: Extras::tagged(group.map(String::as_str)),
        ..Draft::default()
    };
    draft.add(place, batch)
}

/// Whether the owner gave the service another title than its issuer.
fn is_renamed(service: &Value) -> bool {
    let (title, issuer) = (text(service, "name").trim(), text(&service["otp"], "issuer").trim());
    !title.is_empty() && !issuer.is_empty() && title.to_lowercase() != issuer.to_lowercase()
}

/// The first of `texts` that is not blank.
fn first<const N: usize>(texts: [&str; N]) -> &str {
    texts.into_iter().find(|text| !text.trim().is_empty()).unwrap_or_default()
}
