//! Addresses in lines of text (`formats.md` 4.5): one or several a line, with text before them.

use crate::uri;

use super::other::Other;
use super::{Batch, Extras, ImportError, Imported, Place, google_migration, label, sheet_part};

/// Names of schemes that we read, or know to be somebody's codes.
const SCHEMES: &[&str] = &["apple-otpauth", MIGRATION, "otpauth", "steam", "motp", "phonefactor"];
pub(super) const MIGRATION: &str = "otpauth-migration";

/// The scheme of the first address in `text`.
pub(super) fn first_scheme(text: &str) -> Option<&'static str> {
    schemes(text).next().map(|(_, scheme)| scheme)
}

/// An address in a line.
// It holds a key, so only tests print it.
#[cfg_attr(test, derive(Debug, PartialEq, Eq))]
pub(super) struct Address<'a> {
    pub(super) scheme: &'static str,
    /// From the scheme on.
    pub(super) text: &'a str,
}

/// Whether `text` holds any address.
pub(super) fn any(text: &str) -> bool {
    schemes(text).next().is_some()
}

/// Whether `text` holds addresses, and all of them are Google transfers.
pub(super) fn only_transfers(text: &str) -> bool {
    any(text) && lines(text).all(|(_, line)| split(line).iter().all(|address| address.scheme == MIGRATION))
}

/// Reads every line of `text` that is neither blank nor a comment into `batch`.
pub(super) fn read_lines(text: &str, batch: &mut Batch) -> Result<(), ImportError> {
    read_lines_with(NOTHING_ELSE, text, batch)
}

/// The same, with what `extras` finds in an address besides the account. An address for which it
/// gives `None` is left out.
pub(super) fn read_lines_with(extras: &FindExtras<'_>, text: &str, batch: &mut Batch) -> Result<(), ImportError> {
    for (number, line) in lines(text) {
        read_line_with(extras, line, Place::line(number), batch)?;
    }
    Ok(())
}

/// Reads the addresses of one line, or says what the line is instead.
pub(super) fn read_line(line: &str, place: Place, batch: &mut Batch) -> Result<(), ImportError> {
    read_line_with(NOTHING_ELSE, line, place, batch)
}

/// Finds what an app wrote into an address besides the account.
pub(super) type FindExtras<'a> = dyn Fn(&str) -> Option<Extras> + 'a;

const NOTHING_ELSE: &FindExtras<'static> = &|_| Some(Extras::default());

fn read_line_with(extras: &FindExtras<'_>, line: &str, place: Place, batch: &mut Batch) -> Result<(), ImportError> {
    if line.starts_with(sheet_part::START) {
        return batch.sheet_part(line, place);
    }
    let addresses = split(line);
    if addresses.is_empty() {
        return batch.skip(place, String::new(), Other::of(line).at(place));
    }
    for address in addresses {
        if address.scheme == MIGRATION {
            google_migration::read(address.text, place, batch)?;
        } else if let Some(extras) = extras(address.text) {
            read_address(address.text, extras, place, batch)?;
        }
    }
    Ok(())
}

fn read_address(address: &str, extras: Extras, place: Place, batch: &mut Batch) -> Result<(), ImportError> {
    match uri::parse(address) {
        Ok(uri::Parsed { account, notes }) => {
            let notes = notes.iter().map(uri::Note::text).collect();
            batch.take(Imported { account, place, notes, extras })
        }
        Err(error) => {
            let (issuer, name) = uri::names_in(address).unwrap_or_default();
            batch.skip(place, label(&issuer, &name), error)
        }
    }
}

/// The lines of `text` that say something, without blanks around them, counted from 1.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    // Line ends of old Macs count only where there are no others.
    let end = if text.contains('\n') { '\n' } else { '\r' };
    let lines = text.split(end).map(str::trim).zip(1..).map(|(line, number)| (number, line));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

/// The addresses of one line. The first may follow any text; the others follow a comma, a
/// semicolon or a blank, because their schemes may also stand inside a name.
pub(super) fn split(line: &str) -> Vec<Address<'_>> {
    let mut starts: Vec<(usize, &'static str)> = Vec::new();
    for (start, scheme) in schemes(line) {
        let before = line[..start].trim_end_matches(['"', '\'']);
        if starts.is_empty() || before.ends_with([',', ';']) || before.ends_with(char::is_whitespace) {
            starts.push((start, scheme));
        }
    }
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([line.len()]);
    let between = |symbol: char| symbol.is_whitespace() || matches!(symbol, ',' | ';' | '"' | '\'');
    let cut = |((start, scheme), end): ((usize, &'static str), usize)| {
        let text = line[start..end].trim_end_matches(between);
        Address { scheme, text }
    };
    starts.iter().copied().zip(ends).map(cut).collect()
}

/// Where a scheme of ours starts in `text`, and which.
fn schemes(text: &str) -> impl Iterator<Item = (usize, &'static str)> {
    text.match_indices("://").filter_map(|(colon, _)| {
        let before = &text.as_bytes()[..colon];
        let name = SCHEMES.iter().find(|name| {
            before.len() >= name.len() && before[before.len() - name.len()..].eq_ignore_ascii_case(name.as_bytes())
        })?;
        Some((colon - name.len(), *name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_split_at_addresses_only() {
        #[track_caller]
        fn case(line: &str, expected: &[&str]) {
            assert_eq!(split(line).iter().map(|address| address.text).collect::<Vec<_>>(), expected);
        }
        case("otpauth://totp/a?secret=AA", &["otpauth://totp/a?secret=AA"]);
        case("QR-Code:otpauth-migration://offline?data=AA", &["otpauth-migration://offline?data=AA"]);
        case("株 OTPAUTH://totp/a?secret=AA", &["OTPAUTH://totp/a?secret=AA"]);
        case("otpauth://totp/a,b?secret=AA,otpauth://hotp/c", &["otpauth://totp/a,b?secret=AA", "otpauth://hotp/c"]);
        case("\"otpauth://totp/a\", \"steam://AA\"", &["otpauth://totp/a", "steam://AA"]);
        case("otpauth://totp/a;apple-otpauth://totp/b", &["otpauth://totp/a", "apple-otpauth://totp/b"]);
        case("otpauth://totp/a?secret=AA&image=steam://x", &["otpauth://totp/a?secret=AA&image=steam://x"]);
        case("https://example.com", &[]);
        case("", &[]);
    }

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        #[track_caller]
        fn case(text: &str) {
            assert_eq!(lines(text).collect::<Vec<_>>(), [(1, "a"), (4, "b")]);
        }
        case("a\n# no\n\nb\n");
        case("a\r\n# no\r\n\r\n b");
        case("a\r#no\r\rb\r");
    }
}
