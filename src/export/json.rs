//! Our own JSON, with everything that is known of an account, for programs.
//!
//! ```json
//! { "otp-export": 1,
//!   "accounts": [
//!     { "issuer": "Binance", "name": "taro@example.com", "kind": "totp", "secret": "JBSWY3DPEHPK3PXP",
//!       "algorithm": "SHA1", "digits": 6, "period": 30,
//!       "tags": ["money"], "note": "", "favorite": false,
//!       "url": "https://www.binance.com/", "login": "taro@example.com", "second": ["sms"],
//!       "recovery-codes": [ { "codes": ["1234-5678"], "spent": [], "added": 1764100000 } ] } ] }
//! ```
//!
//! `otp-export` is the version: a reader refuses one that it does not know, and passes over fields
//! that it does not know. `kind` is `totp`, `hotp`, `steam`, `motp` or `yandex`; `secret` is the
//! base32 of its bytes, which for `motp` are text; `period` (seconds) stands where codes depend on
//! the time, `counter` (of the next code) where they do not, `pin` where there is one; `algorithm`
//! is `SHA1`, `SHA256`, `SHA512` or, for `motp`, `MD5`. From `url` on a field stands there where it is
//! known: the official address, the login, the second ways in, the sets of recovery codes (`spent` are
//! positions from 0, `added` is in seconds since 1970), and `trashed`, since when the account is in the
//! trash. The file is not encrypted; `age` writes the
//! same content so that it is.

use serde_json::{Value, json};

use crate::account::Account;
use crate::account::Kind;
use crate::text;
use crate::text::Text;

use super::fields::{base32, pin};
use super::plain;
use super::tree::Tree;
use super::{Bytes, Carries, Encryption, ExportError, Item, Job, Reason, Target};

pub(super) struct Writer;

impl Target for Writer {
    fn id(&self) -> &'static str {
        "json"
    }

    fn app(&self) -> Text {
        text!("export-app-json")
    }

    fn extension(&self) -> &'static str {
        "json"
    }

    fn encryption(&self) -> Encryption {
        Encryption::Never
    }

    fn carries(&self) -> Carries {
        Carries::ALL
    }

    fn leftover(&self, _: &Account) -> Option<Reason> {
        None
    }

    fn write(&self, items: &[Item], _: &Job<'_>) -> Result<Bytes, ExportError> {
        let accounts: Vec<Value> = items.iter().map(entry).collect();
        Tree(json!({ "otp-export": 1, "accounts": accounts })).text(true)
    }
}

fn entry(item: &Item) -> Value {
    let (account, extras) = (&item.account, &item.extras);
    let mut entry = json!({
        "issuer": account.issuer(), "name": account.name(), "kind": account.kind().id(), "secret": base32(account),
        "algorithm": account.algorithm().id(), "digits": account.digits(),
        "tags": extras.tags, "note": extras.note, "favorite": extras.favorite,
    });
    match (account.kind(), account.kind().period()) {
        (Kind::Hotp { counter }, _) => entry["counter"] = counter.into(),
        (_, period) => entry["period"] = period.into(),
    }
    if let Some(pin) = pin(account) {
        entry["pin"] = pin.into();
    }
    for (name, value) in plain::ways_back(extras) {
        entry[name] = value;
    }
    if !extras.codes.is_empty() {
        entry["recovery-codes"] = extras.codes.iter().map(plain::codes).collect();
    }
    entry
}
