//! What people put around and between the symbols of a key or a code, and how it goes away.

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// `symbol` in its half-width form.
pub(crate) fn fold(symbol: char) -> char {
    match symbol {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(symbol) - 0xfee0).unwrap_or(symbol),
        _ => symbol,
    }
}

/// Whether `symbol`, already folded, only separates or surrounds: spaces, line breaks, dashes,
/// quotes, angle brackets, dots in the middle, and characters that cannot be seen.
pub(crate) fn is_separator(symbol: char) -> bool {
    let dash = matches!(
        symbol,
        '-' | '_' | '\u{2010}'
            ..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{30fc}' | '\u{ff70}' | '\u{b7}' | '\u{30fb}' | '\u{ff65}'
    );
    let quote = matches!(symbol, '"' | '\'' | '`' | '<' | '>' | '\u{ab}' | '\u{bb}' | '\u{b4}'
        | '\u{2018}'..='\u{201f}' | '\u{2039}' | '\u{203a}' | '\u{3008}'..='\u{3011}' | '\u{ff62}' | '\u{ff63}');
    let unseen = matches!(symbol, '\0' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}' | '\u{feff}');
    symbol.is_whitespace() || dash || quote || unseen
}

/// The symbols of `typed` in half width, without separators; their case stays.
pub(crate) fn symbols(typed: &str) -> Zeroizing<String> {
    // No symbol grows when folded, so the buffer is never moved and leaves no copy behind.
    let mut kept = Zeroizing::new(String::with_capacity(typed.len()));
    kept.extend(typed.chars().map(fold).filter(|symbol| !is_separator(*symbol)));
    kept
}

/// Words that sites print before the key; compared without case, width, spaces and dashes.
const LABELS: &[&str] = &["key", "secret", "seed", "code", "キー", "鍵", "シークレット", "コード"];
/// The longest text, in characters, that is looked at as a label.
const LONGEST_LABEL: usize = 40;

/// `typed` without a leading “Backup key:” or “バックアップキー：”. Any other text before a colon
/// stays, so that nothing of a key is lost.
pub(crate) fn without_label(typed: &str) -> &str {
    let Some((label, rest)) = typed.split_once([':', '：']) else { return typed };
    if label.chars().nth(LONGEST_LABEL).is_some() {
        return typed;
    }
    let label = plain(label);
    if LABELS.iter().any(|word| label.ends_with(plain(word).as_str())) { rest } else { typed }
}

fn plain(label: &str) -> Zeroizing<String> {
    let seen = label.nfkc().flat_map(char::to_lowercase).filter(|symbol| !is_separator(*symbol));
    Zeroizing::new(seen.collect())
}

/// Whether `typed` is an address (`otpauth://…` and its kin) instead of a key.
pub(crate) fn is_address(typed: &str) -> bool {
    const SCHEMES: &[&str] = &["otpauth:", "otpauth-migration:", "apple-otpauth:", "steam:", "phonefactor:"];
    let typed = typed.trim_start_matches(|symbol| is_separator(fold(symbol)));
    SCHEMES.iter().any(|scheme| typed.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}
