//! Stratum, formerly Authenticator Pro: `.stratum`, plain or “strong”.
//!
//! Categories are tied to an account by the text of its secret. Format: `formats.md` 15.

use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::account::Account;
use crate::account::{Algorithm, Kind};
use crate::crypto::{cipher, kdf};
use crate::secret::Secret;
use crate::text;
use crate::text::Text;

use super::fields::{base32, counter, motp, or_null, period, pin, random, uuid};
use super::reason::refuse_digits;
use super::tree::Tree;
use super::{Bytes, Carries, Encryption, ExportError, Item, Job, Reason, Target};

const MAGIC: &[u8] = b"AUTHENTICATORPRO";
const COST: kdf::Argon2Cost = kdf::Argon2Cost { memory: 65_536, passes: 3, lanes: 4 };

pub(super) struct Writer;

impl Target for Writer {
    fn id(&self) -> &'static str {
        "stratum"
    }

    fn app(&self) -> Text {
        text!("export-app-stratum")
    }

    fn extension(&self) -> &'static str {
        "stratum"
    }

    fn encryption(&self) -> Encryption {
        Encryption::Optional
    }

    fn carries(&self) -> Carries {
        Carries { tags: usize::MAX, note: false, favorite: false, rest: false }
    }

    fn leftover(&self, account: &Account) -> Option<Reason> {
        let nameless = account.issuer().trim().is_empty().then_some(Reason::NoIssuer);
        nameless.or_else(|| refuse_digits(account, 6..=10))
    }

    fn write(&self, items: &[Item], job: &Job<'_>) -> Result<Bytes, ExportError> {
        let plain = Tree(backup(items)?).text(false)?;
        match job.passphrase {
            None => Ok(plain),
            Some(passphrase) => sealed(&plain, passphrase),
        }
    }
}

fn backup(items: &[Item]) -> Result<Value, ExportError> {
    let mut names: Vec<&str> = items.iter().flat_map(|item| &item.extras.tags).map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    let ids = names.into_iter().map(|name| Ok((name, uuid()?))).collect::<Result<Vec<_>, ExportError>>()?;
    let mut links = Vec::new();
    for item in items {
        for (_, id) in ids.iter().filter(|(name, _)| item.extras.tags.iter().any(|tag| tag == name)) {
            links.push(json!({ "CategoryId": id, "AuthenticatorSecret": secret(&item.account), "Ranking": 0 }));
        }
    }
    let categories = ids.iter().enumerate();
    let categories: Vec<Value> =
        categories.map(|(at, (name, id))| json!({ "Id": id, "Name": name, "Ranking": at })).collect();
    Ok(json!({
        "Authenticators": items.iter().enumerate().map(|(at, item)| entry(at, &item.account)).collect::<Vec<_>>(),
        "Categories": categories, "AuthenticatorCategories": links, "CustomIcons": [],
    }))
}

fn secret(account: &Account) -> String {
    if account.kind() == Kind::Motp { motp(account) } else { base32(account) }
}

fn entry(at: usize, account: &Account) -> Value {
    let kind = match account.kind() {
        Kind::Hotp { .. } => 1,
        Kind::Totp { .. } => 2,
        Kind::Motp => 3,
        Kind::Steam => 4,
        Kind::Yandex => 5,
    };
    let algorithm = match account.algorithm() {
        Algorithm::Sha256 => 1,
        Algorithm::Sha512 => 2,
        // Mobile-OTP has no other, so the number is not looked at there.
        Algorithm::Sha1 | Algorithm::Md5 => 0,
    };
    json!({
        "Type": kind, "Icon": null, "Issuer": account.issuer(), "Username": or_null(account.name()),
        "Secret": secret(account), "Pin": pin(account), "Algorithm": algorithm, "Digits": account.digits(),
        "Period": period(account), "Counter": counter(account), "CopyCount": 0, "Ranking": at,
    })
}

fn sealed(plain: &[u8], passphrase: &Secret) -> Result<Bytes, ExportError> {
    let (salt, nonce): ([u8; 16], [u8; 12]) = (random()?, random()?);
    let key: kdf::Key<32> = kdf::argon2id(passphrase, &salt, COST)?;
    let content = cipher::seal_gcm(&key, &nonce, b"", plain)?;
    Ok(Zeroizing::new([MAGIC, &salt, &nonce, &content].concat()))
}
