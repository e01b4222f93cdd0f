//! Our own JSON, as `otp export --to json` writes it; the fields are described there.
//!
//! Everything in it is exact, so nothing is settled: names stay as they stand.

use serde_json::Value;

use crate::account::{Account, Kind, Parts};
use crate::secret::Secret;
use crate::text;
use crate::text::Text;
use crate::uri::{self, Field, UriError};

use super::json::{is_true, list, number, text};
use super::meta;
use super::{Batch, Extras, Format, ImportError, Imported, Opened, Place, SkipReason, Source, label};

const ID: &str = "otp-json";
/// The only version so far.
const VERSION: u64 = 1;

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-otp-json")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-otp-json")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.is_object_with(&["otp-export", "accounts"])
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let tree = source.json(ID)?;
        if tree["otp-export"].as_u64() != Some(VERSION) {
            return Err(ImportError::Closed {
                format: ID,
                why: "import-otp-json-newer",
                hint: "import-hint-otp-json-newer",
            });
        }
        let mut batch = Batch::default();
        for (entry, place) in list(tree, "accounts").iter().zip((1..).map(Place::item)) {
            match account(entry) {
                Ok(account) => {
                    let codes = list(entry, "recovery-codes").iter().filter_map(meta::set).collect();
                    let extras = Extras { codes, ..meta::described(entry) };
                    batch.take(Imported { account, place, notes: Vec::new(), extras })?;
                }
                Err(reason) => batch.skip(place, label(text(entry, "issuer"), text(entry, "name")), reason)?,
            }
        }
        Ok(batch.into())
    }
}

fn account(entry: &Value) -> Result<Account, SkipReason> {
    let counter = number(entry, "counter", Field::Counter)?;
    let period = number(entry, "period", Field::Period)?;
    let kind = match text(entry, "kind") {
        "totp" => Kind::Totp { period: uri::settle_period(period, &mut Vec::new())? },
        "hotp" => Kind::Hotp { counter: counter.unwrap_or(0) },
        "steam" => Kind::Steam,
        "motp" => Kind::Motp,
        "yandex" => Kind::Yandex,
        _ => return Err(UriError::UnknownKind.into()),
    };
    let (algorithm, digits) = if let Some(fixed) = kind.fixed() {
        fixed
    } else {
        let digits = number(entry, "digits", Field::Digits)?;
        let digits = uri::settle_digits(digits, uri::DEFAULT_DIGITS, &mut Vec::new())?;
        (uri::settle_algorithm(text(entry, "algorithm"))?, digits)
    };
    let pin = Some(text(entry, "pin")).filter(|pin| !pin.is_empty());
    Ok(Account::new(Parts {
        issuer: text(entry, "issuer").to_owned(),
        name: text(entry, "name").to_owned(),
        kind,
        algorithm,
        digits,
        secret: uri::decode_secret(text(entry, "secret"))?,
        pin: pin.map(|pin| Secret::from_text(pin.to_owned())),
    })?)
}

/// What else is known of an account, in the fields that our own formats share.
pub(super) fn extras(fields: &Value) -> Extras {
    Extras {
        note: text(fields, "note").to_owned(),
        favorite: is_true(fields, "favorite"),
        ..Extras::tagged(list(fields, "tags").iter().filter_map(Value::as_str))
    }
}
