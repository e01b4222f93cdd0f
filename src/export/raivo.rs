//! Raivo OTP (iOS, withdrawn in 2024): the JSON array inside its archive, which 2FAS, Ente and
//! Bitwarden read. Every value is text. Format: `formats.md` 11.

use serde_json::{Value, json};

use crate::account::Account;
use crate::text;
use crate::text::Text;

use super::fields::{base32, counter, period};
use super::reason::Kinds;
use super::tree::Tree;
use super::{Bytes, Carries, Encryption, ExportError, Item, Job, Reason, Target};

pub(super) struct Writer;

impl Target for Writer {
    fn id(&self) -> &'static str {
        "raivo"
    }

    fn app(&self) -> Text {
        text!("export-app-raivo")
    }

    fn extension(&self) -> &'static str {
        "json"
    }

    fn encryption(&self) -> Encryption {
        Encryption::Never
    }

    fn carries(&self) -> Carries {
        Carries { tags: 0, note: false, favorite: true, rest: false }
    }

    fn leftover(&self, account: &Account) -> Option<Reason> {
        Kinds(&["totp", "hotp"]).refuse(account)
    }

    fn write(&self, items: &[Item], _: &Job<'_>) -> Result<Bytes, ExportError> {
        Tree(items.iter().map(entry).collect()).text(true)
    }
}

fn entry(item: &Item) -> Value {
    let account = &item.account;
    json!({
        "issuer": account.issuer(), "account": account.name(), "secret": base32(account),
        "algorithm": account.algorithm().id(), "digits": account.digits().to_string(),
        "kind": account.kind().id().to_uppercase(), "timer": period(account).to_string(),
        "counter": counter(account).to_string(), "pinned": item.extras.favorite.to_string(),
        "iconType": "", "iconValue": "",
    })
}
