//! The line of a set of recovery codes:
//! `otp-codes?id=…&vault=…&account=…&for=Binance&codes=1234-5678,…&sum=…`.
//!
//! Whoever looks at it with a keyring viewer sees the codes and what they are for. Which of them are
//! spent is in the index, because items are never changed.

use zeroize::Zeroizing;

use super::{checked, sum};
use crate::account::AccountId;
use crate::key::codes::CodeSet;
use crate::secret::Secret;
use crate::store::{Line, StoreError};
use crate::uri::{encoded, escaped};

/// How much of an account's name stands in the line, in characters.
const NAME: usize = 24;

/// The line that keeps the codes of `set` under `id` for the store `vault`. They belong to
/// `account`, which people know as `name`.
///
/// # Errors
/// When they do not fit into a line; what `key::codes::parse` gives always does.
pub fn encode_codes(
    set: &CodeSet,
    id: AccountId,
    vault: AccountId,
    account: AccountId,
    name: &str,
) -> Result<Line, StoreError> {
    let mut codes = Zeroizing::new(String::with_capacity(Line::MOST));
    for code in &set.codes {
        if !codes.is_empty() {
            codes.push(',');
        }
        // EXPOSE: the line is what the store keeps.
        codes.push_str(&Zeroizing::new(encoded(code.expose_text().unwrap_or_default())));
    }
    let short = encoded(&name.chars().take(NAME).collect::<String>());
    let head = format!("otp-codes?id={id}&vault={vault}&account={account}&for={short}&codes=");
    let body = Zeroizing::new(head + &codes);
    Line::new(Secret::from_text(format!("{}&sum={}", *body, sum(body.as_bytes())))).ok_or(StoreError::NotKept)
}

/// What a line of codes says.
#[derive(Debug)]
pub struct CodesLine {
    /// The codes, in their order.
    pub codes: Vec<Secret>,
    /// The store that it belongs to.
    pub vault: AccountId,
    /// The account that it was made for.
    pub account: AccountId,
}

/// Reads a line that [`encode_codes`] wrote for `id`; `None` if it is empty, half-written, damaged or
/// another set's.
pub fn decode_codes(line: &Secret, id: AccountId) -> Option<CodesLine> {
    // EXPOSE: taken apart in place; each code is wrapped again.
    let body = checked(line.expose_text()?)?.strip_prefix("otp-codes?id=")?;
    let (line_id, rest) = body.split_once("&vault=")?;
    let (vault, rest) = rest.split_once("&account=")?;
    let (account, rest) = rest.split_once("&for=")?;
    let (_, codes) = rest.split_once("&codes=")?;
    let codes = codes.split(',').map(unescape).collect::<Option<Vec<_>>>()?;
    let (vault, account) = (AccountId::parse(vault)?, AccountId::parse(account)?);
    (AccountId::parse(line_id)? == id).then_some(CodesLine { codes, vault, account })
}

/// Reads what `uri::encoded` wrote.
fn unescape(text: &str) -> Option<Secret> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let (byte, after) = if byte == b'%' { escaped(after)? } else { (byte, after) };
        bytes.push(byte);
        rest = after;
    }
    (!bytes.is_empty()).then(|| Secret::new(std::mem::take(&mut *bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::codes::{MOST, parse};

    fn ids() -> [AccountId; 3] {
        [(); 3].map(|()| AccountId::random().unwrap())
    }

    fn set(block: &str) -> CodeSet {
        let codes = parse(&Secret::from_text(block.to_owned())).unwrap().codes;
        CodeSet { codes, ..CodeSet::default() }
    }

    #[test]
    fn a_line_gives_back_its_codes_and_only_to_its_id() {
        let [id, vault, account] = ids();
        let set = set("1234 5678\n2345 6789\nabcd-efgh\n");
        let line = encode_codes(&set, id, vault, account, "楽天銀行 & Co").unwrap();
        let read = decode_codes(line.secret(), id).unwrap();
        assert_eq!((read.vault, read.account), (vault, account));
        let back = CodeSet { codes: read.codes, ..CodeSet::default() };
        assert_eq!(back, set);
        assert!(decode_codes(line.secret(), vault).is_none());
        assert!(line.secret().expose_text().unwrap().contains("codes=1234%205678,2345%206789,abcd-efgh&sum="));
    }

    #[test]
    fn the_longest_block_fits() {
        let [id, vault, account] = ids();
        let codes = (0..MOST).map(|number| format!("{number:04} AAAA BBBB CCCC DDDD EEEE FFFF GGGG"));
        let block = codes.collect::<Vec<_>>().join("\n");
        let set = set(&block);
        assert_eq!(set.codes.len(), MOST);
        assert!(encode_codes(&set, id, vault, account, &"髙".repeat(256)).is_ok());
    }

    #[test]
    fn a_line_cut_or_changed_anywhere_is_no_line() {
        let [id, vault, account] = ids();
        let line = encode_codes(&set("1234 5678"), id, vault, account, "Binance").unwrap();
        let bytes = line.secret().expose();
        for end in 0..bytes.len() {
            assert!(decode_codes(&Secret::new(bytes[..end].to_vec()), id).is_none(), "cut at {end}");
            let mut changed = bytes.to_vec();
            changed[end] ^= 1;
            assert!(decode_codes(&Secret::new(changed), id).is_none(), "changed at {end}");
        }
    }
}
