//! What the lines in a store say: one `otpauth://` address per account, its recovery codes, and the
//! canary.
//!
//! Anybody with a keyring viewer can get an account back without this program: the line is an
//! ordinary Key URI with three parameters of ours at its end, `id`, `vault` and `sum`. The sum
//! tells a whole line from one that a crash or a power cut left half-written (`security.md` F2).

mod codes;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::account::{Account, AccountId, Kind, Parts};
use crate::clock::UnixTime;
use crate::secret::{Secret, hex};
use crate::store::{Line, StoreError};
use crate::uri;

pub use codes::{decode_codes, encode_codes};

/// The line that keeps `account` under `id` for the store `vault`.
///
/// Names are shortened where the line would get too long; the index keeps them whole.
///
/// # Errors
/// Only if even the shortest form does not fit, which no valid account reaches.
pub fn encode(account: &Account, id: AccountId, vault: AccountId) -> Result<Line, StoreError> {
    for names in [256, 64, 16, 0] {
        let short = shortened(account, names);
        let address = uri::write(short.as_ref().unwrap_or(account));
        // EXPOSE: the address is the line itself, minus our parameters.
        let address = address.expose_text().unwrap_or_default();
        let body = Zeroizing::new(format!("{address}&id={id}&vault={vault}"));
        if let Some(line) = Line::new(Secret::from_text(format!("{}&sum={}", *body, sum(body.as_bytes())))) {
            return Ok(line);
        }
    }
    Err(StoreError::NotKept)
}

/// `account` with names of at most `most` characters; `None` if they are no longer anyway.
fn shortened(account: &Account, most: usize) -> Option<Account> {
    let fits = |name: &str| name.chars().count() <= most;
    if fits(account.issuer()) && fits(account.name()) {
        return None;
    }
    let parts = account.duplicate().into_parts();
    let cut = |name: String| name.chars().take(most).collect();
    Account::new(Parts { issuer: cut(parts.issuer), name: cut(parts.name), ..parts }).ok()
}

/// Reads a line that [`encode`] wrote for `id`: the account and the store it belongs to. `None` if
/// the line is empty, half-written, damaged or another account's.
pub fn decode(line: &Secret, id: AccountId) -> Option<(Account, AccountId)> {
    // EXPOSE: parsed in place; what comes out is wrapped again.
    let body = checked(line.expose_text()?)?;
    let (rest, vault) = body.rsplit_once("&vault=")?;
    let (_, line_id) = rest.rsplit_once("&id=")?;
    if AccountId::parse(line_id)? != id {
        return None;
    }
    let account = uri::parse(body).ok()?.account;
    let account = if body.starts_with("otpauth://totp/") { ordinary(account)? } else { account };
    Some((account, AccountId::parse(vault)?))
}

/// `account` with the codes that its line states: the addresses of other apps may say `totp` and
/// mean Steam's, ours never do.
fn ordinary(account: Account) -> Option<Account> {
    if account.kind() != Kind::Steam {
        return Some(account);
    }
    let kind = Kind::Totp { period: uri::DEFAULT_PERIOD };
    Account::new(Parts { kind, ..account.into_parts() }).ok()
}

/// The part of `line` before its checksum, if the checksum is right.
fn checked(line: &str) -> Option<&str> {
    let (body, found) = line.rsplit_once("&sum=")?;
    (sum(body.as_bytes()) == found).then_some(body)
}

/// The first eight bytes of the SHA-256 of `bytes`, in hexadecimal.
fn sum(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes)[..8])
}

/// The item that says "this is the keyring with your accounts", read before anything is changed.
/// Written once, before the first index.
#[derive(Debug)]
pub struct Canary {
    /// The id of the store, the same in the index.
    pub vault: AccountId,
    /// When it was made.
    pub created: UnixTime,
    /// Which profile of this user it belongs to, so that one never takes another's accounts over:
    /// a word of letters and digits.
    pub place: String,
    /// 256 random bits that make the fingerprints in the index tell nothing by themselves.
    key: Secret,
}

impl Canary {
    /// A new canary for the store `vault` of the profile `place`.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn new(vault: AccountId, place: &str, created: UnixTime) -> Result<Self, StoreError> {
        let mut key = vec![0; 32];
        getrandom::fill(&mut key).map_err(|_| StoreError::NoRandomness)?;
        Ok(Self { vault, created, place: place.to_owned(), key: Secret::new(key) })
    }

    /// Its line in the store.
    ///
    /// # Errors
    /// Never for a canary that exists; the type of lines asks.
    pub fn encode(&self) -> Result<Line, StoreError> {
        // EXPOSE: the key is part of the line that the store keeps.
        let key = Zeroizing::new(hex(self.key.expose()));
        let (vault, created, place) = (self.vault, self.created.0, &self.place);
        let body = Zeroizing::new(format!("otp-vault?id={vault}&created={created}&place={place}&key={}", *key));
        let line = format!("{}&sum={}", *body, sum(body.as_bytes()));
        Line::new(Secret::from_text(line)).ok_or(StoreError::NotKept)
    }

    /// Reads the line of the store `vault`; `None` if it is damaged or another store's.
    pub fn decode(line: &Secret, vault: AccountId) -> Option<Self> {
        // EXPOSE: parsed in place; the key is wrapped again.
        let body = checked(line.expose_text()?)?.strip_prefix("otp-vault?id=")?;
        let (id, rest) = body.split_once("&created=")?;
        let (created, rest) = rest.split_once("&place=")?;
        let (place, key) = rest.split_once("&key=")?;
        let key: Option<Vec<u8>> =
            (0..32).map(|i| key.get(2 * i..2 * i + 2).and_then(|byte| u8::from_str_radix(byte, 16).ok())).collect();
        let canary = Self {
            vault: AccountId::parse(id)?,
            created: UnixTime(created.parse().ok()?),
            place: place.to_owned(),
            key: Secret::new(key?),
        };
        (canary.vault == vault).then_some(canary)
    }

    /// A short number that is the same for accounts that give the same codes, and that tells
    /// nothing without the canary: HMAC-SHA256 over secret and parameters, cut to 128 bits.
    pub fn fingerprint(&self, account: &Account) -> String {
        // EXPOSE: the HMAC takes the raw key; it keeps no copy.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.key.expose()) else { return String::new() };
        let period = account.kind().period().unwrap_or(0);
        let kind = account.kind().id();
        let head = format!("{kind} {} {} {period} ", account.algorithm().id(), account.digits());
        mac.update(head.as_bytes());
        // EXPOSE: and the raw secret.
        mac.update(account.secret().expose());
        if let Some(pin) = account.pin() {
            mac.update(b"\0");
            // EXPOSE: and the PIN.
            mac.update(pin.expose());
        }
        hex(&mac.finalize().into_bytes()[..16])
    }
}

/// The line that remembers the highest generation seen.
pub fn encode_seen(generation: u64, day: u64) -> Option<Line> {
    Line::new(Secret::from_text(format!("otp-seen?generation={generation}&day={day}")))
}

/// Reads what [`encode_seen`] wrote: generation and day.
pub fn decode_seen(line: &Secret) -> Option<(u64, u64)> {
    // EXPOSE: two numbers, no secret.
    let (generation, day) = line.expose_text()?.strip_prefix("otp-seen?generation=")?.split_once("&day=")?;
    Some((generation.parse().ok()?, day.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Algorithm;

    fn account(issuer: &str, name: &str) -> Account {
        Account::new(Parts {
            issuer: issuer.into(),
            name: name.into(),
            kind: Kind::Totp { period: 30 },
            algorithm: Algorithm::Sha1,
            digits: 6,
            secret: Secret::new((0..10).collect()),
            pin: None,
        })
        .unwrap()
    }

    fn ids() -> (AccountId, AccountId) {
        (AccountId::random().unwrap(), AccountId::random().unwrap())
    }

    #[test]
    fn ordinary_codes_of_five_digits_stay_ordinary_under_the_name_of_steam() {
        let (id, vault) = ids();
        let account = Account::new(Parts { digits: 5, ..account("Steam", "taro").into_parts() }).unwrap();
        let (read, _) = decode(encode(&account, id, vault).unwrap().secret(), id).unwrap();
        assert_eq!((read.kind(), read.digits()), (account.kind(), 5));
        assert!(read.gives_same_codes(&account));
    }

    #[test]
    fn a_line_gives_back_its_account_and_only_to_its_id() {
        let (id, vault) = ids();
        let account = account("楽天銀行", "山田 太郎:100%");
        let line = encode(&account, id, vault).unwrap();
        let (read, read_vault) = decode(line.secret(), id).unwrap();
        assert!(read.gives_same_codes(&account));
        assert_eq!((read.issuer(), read.name(), read_vault), (account.issuer(), account.name(), vault));
        assert!(decode(line.secret(), vault).is_none());
    }

    #[test]
    fn the_longest_names_still_fit_and_keep_the_secret() {
        let (id, vault) = ids();
        let long = account(&"髙".repeat(256), &"﨑".repeat(256));
        let long = Account::new(Parts { secret: Secret::new(vec![255; 128]), ..long.into_parts() }).unwrap();
        let line = encode(&long, id, vault).unwrap();
        assert!(decode(line.secret(), id).unwrap().0.gives_same_codes(&long));
    }

    #[test]
    fn a_line_cut_or_changed_anywhere_is_no_line() {
        let (id, vault) = ids();
        let line = encode(&account("Binance", "taro"), id, vault).unwrap();
        let bytes = line.secret().expose();
        for end in 0..bytes.len() {
            assert!(decode(&Secret::new(bytes[..end].to_vec()), id).is_none(), "cut at {end}");
            let mut changed = bytes.to_vec();
            changed[end] ^= 1;
            assert!(decode(&Secret::new(changed), id).is_none(), "changed at {end}");
        }
    }

    #[test]
    fn the_canary_is_read_back_and_makes_fingerprints_of_codes() {
        let (vault, other) = ids();
        let canary = Canary::new(vault, "default", UnixTime(5)).unwrap();
        let line = canary.encode().unwrap();
        let read = Canary::decode(line.secret(), vault).unwrap();
        assert!(Canary::decode(line.secret(), other).is_none());
        assert_eq!(read.fingerprint(&account("a", "b")), canary.fingerprint(&account("x", "y")));
        let other = Canary::new(vault, "default", UnixTime(5)).unwrap();
        assert_ne!(other.fingerprint(&account("a", "b")), canary.fingerprint(&account("a", "b")));
    }

    #[test]
    fn the_seen_line_is_read_back() {
        assert_eq!(decode_seen(encode_seen(7, 20_000).unwrap().secret()), Some((7, 20_000)));
        assert_eq!(decode_seen(&Secret::from_text("otp-seen?generation=x".into())), None);
    }
}
