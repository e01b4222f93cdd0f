//! FreeOTP+: JSON with secrets as lists of signed bytes.
//!
//! Steam is known there by its issuer and five digits. Format: `formats.md` 14.

use serde_json::{Value, json};

use crate::account::Account;
use crate::account::Kind;
use crate::text;
use crate::text::Text;

use super::fields::{counter, period};
use super::reason::{Kinds, refuse_steam_issuer};
use super::tree::Tree;
use super::{Bytes, Encryption, ExportError, Item, Job, Reason, Target};

pub(super) struct Writer;

impl Target for Writer {
    fn id(&self) -> &'static str {
        "freeotp-plus"
    }

    fn app(&self) -> Text {
        text!("export-app-freeotp-plus")
    }

    fn extension(&self) -> &'static str {
        "json"
    }

    fn encryption(&self) -> Encryption {
        Encryption::Never
    }

    fn leftover(&self, account: &Account) -> Option<Reason> {
        Kinds(&["totp", "hotp", "steam"]).refuse(account).or_else(|| refuse_steam_issuer(account))
    }

    fn write(&self, items: &[Item], _: &Job<'_>) -> Result<Bytes, ExportError> {
        let order: Vec<String> = items.iter().map(|item| id(&item.account)).collect();
        let tokens: Vec<Value> = items.iter().map(|item| token(&item.account)).collect();
        Tree(json!({ "tokenOrder": order, "tokens": tokens })).text(false)
    }
}

/// What the app tells tokens apart by.
fn id(account: &Account) -> String {
    if account.issuer().is_empty() {
        account.name().to_owned()
    } else {
        [account.issuer(), ":", account.name()].concat()
    }
}

fn token(account: &Account) -> Value {
    // EXPOSE: the file holds the key as numbers.
    let secret: Vec<Value> = account.secret().expose().iter().map(|byte| byte.cast_signed().into()).collect();
    let kind = if let Kind::Hotp { .. } = account.kind() { "HOTP" } else { "TOTP" };
    json!({
        "algo": account.algorithm().id(), "counter": counter(account), "digits": account.digits(),
        "issuerExt": account.issuer(), "issuerInt": account.issuer(), "label": account.name(),
        "period": period(account), "secret": secret, "type": kind,
    })
}
