//! What one line of a note says.

use crate::import::table::cell;
use crate::import::table::role::Role;
use crate::key;

use super::label;

/// What a line says.
// A line may hold a key, so only tests print it.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// Nothing: accounts are apart.
    Blank,
    /// What the following lines are about.
    Heading(&'a str),
    /// A key, and who it is for as far as the line says so.
    Key { issuer: &'a str, name: &'a str, key: &'a str, announced: bool },
    /// The site, said to be one.
    Issuer(&'a str),
    /// The account there.
    Name(&'a str),
    /// A few words that may be the site.
    Word(&'a str),
    /// A label: the next line is a key.
    Announcement,
    /// A label: what follows is a password or another secret that is none of ours.
    Concealment,
    /// Anything else.
    Other,
}

/// The longest line that is looked at, in bytes; keys and names are shorter.
const LONGEST: usize = 1_024;
/// The most words before a key that nothing announces.
const MOST_WORDS: usize = 4;
/// The most words of a key in groups.
const MOST_GROUPS: usize = 64;
/// The most symbols of a key that nothing announces: 40 bytes.
const MOST_SYMBOLS: usize = 64;
/// What stands between the cells of a row.
const CELLS: [char; 4] = [',', ';', '|', '\t'];
/// What may stand around a key or a label.
const AROUND: [char; 5] = [' ', '　', '*', '`', '"'];
/// What may stand between a name and what follows.
const AFTER: [char; 14] = [':', '：', ',', '、', '/', '／', '|', ' ', '　', '(', '（', '<', '-', '–'];

impl<'a> Line<'a> {
    /// Reads `line`.
    pub(super) fn read(line: &'a str) -> Self {
        let line = line.trim();
        // Markdown tables are read as tables.
        if line.len() > LONGEST || line.starts_with('|') {
            return Self::Other;
        }
        if line.chars().all(|symbol| "-=*_─━".contains(symbol)) {
            return Self::Blank;
        }
        if let Some(title) = heading(line) {
            return Self::Heading(title);
        }
        let line = without_bullet(line);
        labelled(line).or_else(|| with_key(line)).unwrap_or_else(|| alone(line))
    }
}

/// Whether there is something like a key in `line`, whatever else there is. Markdown tables are read
/// as tables.
pub(super) fn shows_key(line: &str) -> bool {
    let line = line.trim();
    let is_text = line.len() <= LONGEST && !line.starts_with('|');
    is_text && (cell::is_key(line) || words(line).any(cell::is_key))
}

/// “# Binance”, “■ Binance”, “【Binance】”.
fn heading(line: &str) -> Option<&str> {
    let boxed = line.strip_prefix('【').and_then(|rest| rest.split_once('】'));
    let boxed = boxed.filter(|(_, after)| after.is_empty()).map(|(title, _)| title);
    let title = boxed.or_else(|| line.strip_prefix(['#', '■', '◆', '▼']))?;
    let title = title.trim_start_matches('#').trim();
    (cell::is_plain_name(title) || label::hides(title)).then_some(title)
}

/// `line` without the sign or the number of an enumeration.
fn without_bullet(line: &str) -> &str {
    let bare = line.trim_start_matches(['-', '*', '・', '•', '●', '○', ' ', '　']);
    let after = bare.trim_start_matches(|symbol: char| symbol.is_ascii_digit());
    let numbered = after.strip_prefix(['.', ')', '）']).filter(|_| after.len() < bare.len());
    numbered.filter(|rest| rest.starts_with([' ', '　'])).map_or(bare, str::trim_start)
}

/// “キー: JBSW …” and “メール：taro@example.com”. A program writes `=` or quotes there.
fn labelled(line: &str) -> Option<Line<'_>> {
    let (label, value) = line.split_once([':', '：'])?;
    let value = value.trim_matches(AROUND);
    if value.is_empty() {
        return None;
    }
    let (role, _) = Role::of(label).or_else(|| label::hides(label).then_some((Role::Hidden, 0)))?;
    Some(match role {
        Role::Key if Role::announces(label) && cell::reads_as_key(value) => {
            Line::Key { issuer: "", name: "", key: value, announced: true }
        }
        Role::Key => return with_key(line),
        Role::Name if !cell::is_key(value) => Line::Name(value),
        Role::Either if cell::is_email(value) => Line::Name(value),
        Role::Issuer | Role::Either if cell::is_plain_name(value) => Line::Issuer(value),
        _ => Line::Other,
    })
}

/// A line that ends with a key.
fn with_key(line: &str) -> Option<Line<'_>> {
    let line = line.trim_end_matches(AROUND).trim_end_matches([')', '）', '」', '】', '>', '。']);
    let starts = word_starts(line);
    // The longest end of the line that can only be a key, so that no group is left behind.
    let mut ends = starts.iter().rev().take(MOST_GROUPS).filter_map(|at| Some((*at, line.get(*at..)?)));
    let (at, key) = ends.rfind(|(_, end)| cell::is_key(end))?;
    let before = line.get(..at)?;
    let (rest, announced) = without_label(before);
    let (issuer, name) = names(rest);
    let said = if announced {
        !directly_foreign(rest)
    } else {
        is_evident(key) && may_precede(before, name) && (before.is_empty() || !(issuer.is_empty() && name.is_empty()))
    };
    said.then_some(Line::Key { issuer, name, key, announced })
}

/// The site and the account in `rest`, as far as they can be told.
fn names(rest: &str) -> (&str, &str) {
    let name = words(rest).find(|word| cell::is_email(word)).unwrap_or_default();
    let (before, after) = match rest.split_once(name) {
        Some(parts) if !name.is_empty() => parts,
        _ => (rest, ""),
    };
    let site = |text: &str| cell::is_plain_name(text) && !Role::announces(text);
    let before = before
        .trim_end_matches(AFTER)
        .trim_start_matches(['[', '「', '【', '*'])
        .trim_end_matches([']', '」', '】', '*']);
    let after = after.trim_matches(|symbol: char| is_between(symbol));
    let issuer = [before.trim(), after].into_iter().find(|text| site(text)).unwrap_or_default();
    (issuer, name)
}

/// Whether `key`, which nothing announces, is neither a sentence in capitals, nor the address of a
/// wallet, which has 56 or 58 symbols, nor a line of a long text.
fn is_evident(key: &str) -> bool {
    let symbols = key::symbols(key);
    symbols.bytes().any(|symbol| symbol.is_ascii_digit())
        && symbols.len() <= MOST_SYMBOLS
        && !matches!(symbols.len(), 56 | 58)
}

/// Whether a key that nothing announces may follow `before`: no label of anything else, no cells of
/// a row, no path, and no `address:password`.
fn may_precede(before: &str, name: &str) -> bool {
    let last = before.trim_end().chars().next_back();
    let apart = before.is_empty() || before.ends_with(char::is_whitespace) && last != Some('=');
    let joined =
        before.ends_with([':', '：']) && name.is_empty() || before.ends_with([')', '）', '」', '】', '(', '（']);
    let label = words(before).last().unwrap_or_default();
    (apart || joined)
        && !before.contains(CELLS)
        && words(before).count() <= MOST_WORDS
        && !label::hides(before)
        && Role::of(label).is_none()
}

/// `before`, which stands before a key, without the label that announces it.
fn without_label(before: &str) -> (&str, bool) {
    let bare = before.trim_end_matches([':', '：', ' ', '　', '(', '（', '*', '`']);
    let starts = word_starts(bare);
    // “backup key” has two words.
    for start in starts.iter().rev().take(3).rev() {
        let label = bare.get(*start..).unwrap_or_default();
        if !label.contains(CELLS) && Role::announces(label) {
            return (bare.get(..*start).unwrap_or_default(), true);
        }
        // “Binanceのキー”
        let owned = label.rsplit_once('の').filter(|(_, label)| !label.contains(CELLS) && Role::announces(label));
        if let Some((owner, _)) = owned {
            return (bare.get(..start + owner.len()).unwrap_or_default(), true);
        }
    }
    let mentioned = matches!(Role::of(bare), Some((Role::Key, _))) && !label::hides(bare) && !bare.contains(CELLS);
    if mentioned { ("", true) } else { (before, false) }
}

/// Whether the word directly before a label makes it another: “product key”, “SSH キー”.
fn directly_foreign(rest: &str) -> bool {
    let directly = rest.trim_end_matches([' ', '　', '-']);
    let word = directly.rsplit(is_between).next().unwrap_or_default();
    label::hides(word)
}

/// A line without a key: a name, a label, or anything else.
fn alone(line: &str) -> Line<'_> {
    let name = line.trim_end_matches([':', '：']).trim_matches(AROUND).trim_end_matches([':', '：']);
    if cell::is_email(name) {
        Line::Name(name)
    } else if Role::announces(name) {
        Line::Announcement
    } else if label::hides(name) {
        Line::Concealment
    } else if matches!(Role::of(name), Some((Role::Key, _))) {
        Line::Announcement
    } else if cell::is_plain_name(name) {
        Line::Word(name)
    } else {
        Line::Other
    }
}

/// What may stand between words besides blanks.
fn is_between(symbol: char) -> bool {
    symbol.is_whitespace() || ":：,、，/／|;；()（）<>[]「」【】*`\"".contains(symbol)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_between).filter(|word| !word.is_empty())
}

/// Where the words of `text` start.
fn word_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut between = true;
    for (at, symbol) in text.char_indices() {
        if between && !is_between(symbol) {
            starts.push(at);
        }
        between = is_between(symbol);
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key<'a>(issuer: &'a str, name: &'a str, key: &'a str, announced: bool) -> Line<'a> {
        Line::Key { issuer, name, key, announced }
    }

    #[test]
    fn lines_say_what_they_hold() {
        #[track_caller]
        fn case(line: &str, expected: Line<'_>) {
            assert_eq!(Line::read(line), expected);
        }
        const KEY: &str = "W25F HWSU 56FV KU7A";
        const WHOLE: &str = "W25FHWSU56FVKU7A";
        case("Binance: taro@example.com キー W25F HWSU 56FV KU7A", key("Binance", "taro@example.com", KEY, true));
        case("bitFlyer taro@example.com W25FHWSU56FVKU7A", key("bitFlyer", "taro@example.com", WHOLE, false));
        case(
            "楽天ウォレット（taro@example.com）バックアップキー：W25FHWSU56FVKU7A",
            key("楽天ウォレット", "taro@example.com", WHOLE, true),
        );
        case("- backup key: W25FHWSU56FVKU7A", key("", "", WHOLE, true));
        case("GitHub W25FHWSU56FVKU7A", key("GitHub", "", WHOLE, false));
        case("github:W25FHWSU56FVKU7A", key("github", "", WHOLE, false));
        case("メール：taro@example.com", Line::Name("taro@example.com"));
        case("サービス: Coincheck", Line::Issuer("Coincheck"));
        case("パスワード: W25FHWSU56FVKU7A", Line::Other);
        case("## Kraken", Line::Heading("Kraken"));
        case("【Kraken】", Line::Heading("Kraken"));
        case("Kraken", Line::Word("Kraken"));
        case("P@ssw0rd!", Line::Other);
        case("---", Line::Blank);
        case("let key = \"W25FHWSU56FVKU7A\";", Line::Other);
        case("the request W25FHWSU56FVKU7A was refused", Line::Concealment);
        case("we saw a strange request with the id W25FHWSU56FVKU7A", Line::Concealment);
    }
}
