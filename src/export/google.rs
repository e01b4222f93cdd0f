//! Google Authenticator's “Transfer accounts”: QR codes of ten accounts each.
//!
//! There is no period in them, and older versions of the app compute SHA-1 with six digits whatever
//! the code says; both are told before anything is written. Format: `formats.md` 5.4.

use base64::Engine as _;
use zeroize::Zeroizing;

use crate::account::{Account, Algorithm, Kind};
use crate::secret::Secret;
use crate::text;
use crate::text::Text;

use super::fields::{counter, random};
use super::{Bytes, Encryption, ExportError, Item, Job, Reason, Target, uri};

/// The most accounts that the app puts on a page.
pub const PER_PAGE: usize = 10;
/// The most bytes of the entries on a page: in base64 they still make a code that cameras read.
const MOST_BYTES: usize = 1_400;

pub(super) struct Writer;

impl Target for Writer {
    fn id(&self) -> &'static str {
        "google"
    }

    fn app(&self) -> Text {
        text!("export-app-google")
    }

    fn extension(&self) -> &'static str {
        "png"
    }

    fn encryption(&self) -> Encryption {
        Encryption::Never
    }

    fn leftover(&self, account: &Account) -> Option<Reason> {
        match account.kind() {
            Kind::Totp { period: 30 } | Kind::Hotp { .. } => {}
            Kind::Totp { period } => return Some(Reason::Period { seconds: period }),
            other => return Some(Reason::Kind(other)),
        }
        match account.digits() {
            6 | 8 if entry(account).len() > MOST_BYTES => Some(Reason::LongName),
            6 | 8 => None,
            digits => Some(Reason::Digits { digits }),
        }
    }

    fn caution(&self, account: &Account) -> Option<Text> {
        let usual = account.algorithm() == Algorithm::Sha1 && account.digits() == 6;
        (!usual).then(|| text!("export-caution-google"))
    }

    /// The texts of the QR codes, one a line.
    fn write(&self, items: &[Item], job: &Job<'_>) -> Result<Bytes, ExportError> {
        let pages = pages(items, job.per_page)?;
        Ok(uri::lines(pages.into_iter().map(|page| page.address), b""))
    }
}

/// One transfer code.
#[derive(Debug)]
pub struct Page {
    /// What the code says.
    pub address: Secret,
    /// Which of the items are on it.
    pub items: std::ops::Range<usize>,
}

/// `items`, none of which is a leftover, in codes of at most `per_page` accounts.
///
/// # Errors
/// When the system has no randomness to give.
pub fn pages(items: &[Item], per_page: usize) -> Result<Vec<Page>, ExportError> {
    let entries: Vec<_> = items.iter().map(|item| entry(&item.account)).collect();
    let ranges = split(&entries, per_page.max(1));
    // One id for all parts; readers take 0 for none, and the number is signed.
    let batch_id = u64::from(u32::from_le_bytes(random()?) >> 1 | 1);
    let size = ranges.len();
    let page = |(index, items): (usize, std::ops::Range<usize>)| {
        let mut payload = Zeroizing::new(Vec::with_capacity(MOST_BYTES * 2));
        for entry in entries.get(items.clone()).unwrap_or_default() {
            bytes(&mut payload, 1, entry);
        }
        for (field, value) in [(2, 1), (3, size as u64), (4, index as u64), (5, batch_id)] {
            number(&mut payload, field, value);
        }
        Page { address: address(&payload), items }
    };
    Ok(ranges.into_iter().enumerate().map(page).collect())
}

/// Which entries go together: at most `per_page`, and no more than fit.
fn split(entries: &[Zeroizing<Vec<u8>>], per_page: usize) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let (mut start, mut size) = (0, 0);
    for (at, entry) in entries.iter().enumerate() {
        if at - start == per_page || (at > start && size + entry.len() > MOST_BYTES) {
            ranges.push(start..at);
            (start, size) = (at, 0);
        }
        size += entry.len() + 3;
    }
    if start < entries.len() {
        ranges.push(start..entries.len());
    }
    ranges
}

fn address(payload: &[u8]) -> Secret {
    const START: &str = "otpauth-migration://offline?data=";
    let mut data = Zeroizing::new(String::with_capacity(payload.len() * 2));
    base64::engine::general_purpose::STANDARD.encode_string(payload, &mut data);
    let mut address = String::with_capacity(START.len() + data.len() * 3);
    address.push_str(START);
    for symbol in data.chars() {
        match symbol {
            '+' => address.push_str("%2B"),
            '/' => address.push_str("%2F"),
            '=' => address.push_str("%3D"),
            other => address.push(other),
        }
    }
    Secret::from_text(address)
}

/// One account as a message.
fn entry(account: &Account) -> Zeroizing<Vec<u8>> {
    let names = account.issuer().len() * 2 + account.name().len();
    let mut entry = Zeroizing::new(Vec::with_capacity(names + account.secret().len() + 64));
    // EXPOSE: the message holds the raw key; it is wiped.
    bytes(&mut entry, 1, account.secret().expose());
    let label = match account.issuer() {
        "" => account.name().to_owned(),
        issuer => format!("{issuer}:{}", account.name()),
    };
    bytes(&mut entry, 2, label.as_bytes());
    if !account.issuer().is_empty() {
        bytes(&mut entry, 3, account.issuer().as_bytes());
    }
    let algorithm = match account.algorithm() {
        Algorithm::Sha1 => 1,
        Algorithm::Sha256 => 2,
        Algorithm::Sha512 => 3,
        Algorithm::Md5 => 4,
    };
    number(&mut entry, 4, algorithm);
    number(&mut entry, 5, if account.digits() == 8 { 2 } else { 1 });
    let hotp = matches!(account.kind(), Kind::Hotp { .. });
    number(&mut entry, 6, if hotp { 1 } else { 2 });
    if hotp {
        number(&mut entry, 7, counter(account));
    }
    entry
}

/// Field `field` of wire type 2.
fn bytes(out: &mut Vec<u8>, field: u64, value: &[u8]) {
    varint(out, field << 3 | 2);
    varint(out, value.len() as u64);
    out.extend_from_slice(value);
}

/// Field `field` of wire type 0.
fn number(out: &mut Vec<u8>, field: u64, value: u64) {
    varint(out, field << 3);
    varint(out, value);
}

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push((value & 0x7f) as u8);
}
