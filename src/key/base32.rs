//! Base32 (RFC 4648 section 6) between upper-case symbols without padding and bytes.

use zeroize::Zeroizing;

use crate::secret::Secret;

/// Whether `symbol` stands for five bits, in either case.
pub(crate) fn is_symbol(symbol: char) -> bool {
    matches!(symbol, 'A'..='Z' | 'a'..='z' | '2'..='7')
}

/// How many whole bytes `symbols` base32 symbols hold.
pub(crate) fn bytes_in(symbols: usize) -> usize {
    symbols / 8 * 5 + symbols % 8 * 5 / 8
}

/// The whole bytes in `symbols`, which is upper case; bits left over are dropped, as other apps do
/// (`formats.md` 2.2). `None` if one is no base32 symbol.
pub(crate) fn decode(symbols: &str) -> Option<Secret> {
    // The crate refuses lengths at which the last symbol completes no byte, so that symbol goes.
    let useless = usize::from(matches!(symbols.len() % 8, 1 | 3 | 6));
    let symbols = symbols.get(..symbols.len() - useless)?;
    let mut bytes = Zeroizing::new(vec![0; bytes_in(symbols.len())]);
    base32::RFC4648_NOPAD.decode_buf(symbols, &mut bytes).ok()?;
    Some(Secret::new(std::mem::take(&mut *bytes)))
}

/// `bytes` in upper case without padding.
pub(crate) fn encode(bytes: &[u8]) -> Secret {
    Secret::from_text(base32::RFC4648_NOPAD.encode(bytes))
}
