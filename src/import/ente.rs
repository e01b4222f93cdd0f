//! Ente Auth: text with an address on each line, plain or encrypted as a whole.
//!
//! What Ente knows about an account stands in its address as `codeDisplay=`, JSON in
//! percent-escapes; that parameter is what tells these lists from others. Format: `formats.md` 9.

use std::cell::Cell;

use serde_json::Value;

use crate::crypto::{cipher, kdf};
use crate::text;
use crate::text::Text;
use crate::uri;

use super::draft::base64;
use super::json::{Json, is_true, list, text};
use super::{Batch, Extras, Format, ImportError, Locked, Opened, Source, addresses};

const ID: &str = "ente";
/// The parameter of an address that only Ente writes, in lower case.
const DISPLAY: &str = "codedisplay";

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-ente")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-ente")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.is_object_with(&["kdfParams", "encryptedData", "encryptionNonce"])
            || source.lines().is_some_and(|text| addresses::any(text) && has_marks(text))
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        match source.lines() {
            Some(text) => read(text).map(Opened::from),
            None => locked(source.json(ID)?),
        }
    }
}

/// Whether a list of addresses is Ente's.
pub(super) fn has_marks(text: &str) -> bool {
    text.contains("codeDisplay=") && !addresses::only_transfers(text)
}

fn locked(tree: &Value) -> Result<Opened, ImportError> {
    let sealed = Sealed::read(tree).ok_or(ImportError::damaged(ID))?;
    Ok(Locked::by(ID, move |passphrase| {
        let Sealed { salt, cost, header, content } = &sealed;
        let sealed = |error| ImportError::sealed(ID, error);
        let key = kdf::argon2id(passphrase, salt, *cost).map_err(sealed)?;
        let plain = cipher::open_stream(&key, header, content).map_err(sealed)?;
        read(std::str::from_utf8(&plain).map_err(|_| ImportError::damaged(ID))?).map(Opened::from)
    }))
}

struct Sealed {
    salt: Vec<u8>,
    cost: kdf::Argon2Cost,
    header: [u8; 24],
    content: Vec<u8>,
}

impl Sealed {
    fn read(tree: &Value) -> Option<Self> {
        let params = &tree["kdfParams"];
        let number = |number: u64| u32::try_from(number).ok();
        let cost = kdf::Argon2Cost {
            // In bytes there.
            memory: number(params["memLimit"].as_u64()? / 1024)?,
            passes: number(params["opsLimit"].as_u64()?)?,
            lanes: 1,
        };
        Some(Self {
            salt: base64(text(params, "salt"))?,
            cost,
            header: base64(text(tree, "encryptionNonce"))?.try_into().ok()?,
            content: base64(text(tree, "encryptedData"))?,
        })
    }
}

fn read(list: &str) -> Result<Batch, ImportError> {
    let mut batch = Batch::default();
    let (trashed, icons) = (Cell::new(0), Cell::new(0));
    let extras = |address: &str| {
        // An account whose display cannot be read is an account all the same.
        let display = uri::parameter(address, DISPLAY).and_then(|text| Json::parse(&text).ok());
        let Some(display) = display else { return Some(Extras::default()) };
        if is_true(display.value(), "trashed") {
            trashed.set(trashed.get() + 1);
            return None;
        }
        if !text(display.value(), "iconID").is_empty() {
            icons.set(icons.get() + 1);
        }
        Some(known(display.value()))
    };
    addresses::read_lines_with(&extras, list, &mut batch)?;
    batch.without_icons(icons.get());
    batch.remark(trashed.get(), |count| text!("import-remark-trashed", count = count));
    Ok(batch)
}

fn known(display: &Value) -> Extras {
    Extras {
        note: text(display, "note").trim().to_owned(),
        favorite: is_true(display, "pinned"),
        ..Extras::tagged(list(display, "tags").iter().filter_map(Value::as_str))
    }
}
