//! What one line of a note says.

use crate::import::table::cell;
use crate::import::table::role::Role;

/// What a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// Anything else.
    Other,
}

/// The most words before a key that nothing announces.
const MOST_WORDS: usize = 4;
/// The most words of a key in groups.
const MOST_GROUPS: usize = 64;

impl<'a> Line<'a> {
    /// Reads `line`.
    pub(super) fn read(line: &'a str) -> Self {
        let line = line.trim();
        let rule = line.chars().all(|symbol| "-=*_─━".contains(symbol));
        if line.is_empty() || rule {
            return Self::Blank;
        }
        // Markdown tables are read as tables.
        if line.starts_with('|') {
            return Self::Other;
        }
        if let Some(title) = heading(line) {
            return Self::Heading(title);
        }
        let line = line.trim_start_matches(['-', '*', '・', '•', '●', '○', ' ', '　']);
        labelled(line).or_else(|| with_key(line)).unwrap_or_else(|| alone(line))
    }
}

/// “# Binance”, “■ Binance”, “【Binance】”.
fn heading(line: &str) -> Option<&str> {
    let boxed = line.strip_prefix('【').and_then(|rest| rest.split_once('】'));
    let title = boxed.map(|(title, _)| title).or_else(|| line.strip_prefix(['#', '■', '◆', '▼']))?;
    let title = title.trim_start_matches('#').trim();
    cell::is_plain_name(title).then_some(title)
}

/// “キー: JBSW …” and “メール：taro@example.com”. A program writes `=` or quotes there.
fn labelled(line: &str) -> Option<Line<'_>> {
    let (label, value) = line.split_once([':', '：'])?;
    let value = value.trim();
    let (role, _) = Role::of(label)?;
    Some(match role {
        Role::Key if cell::reads_as_key(value) => Line::Key { issuer: "", name: "", key: value, announced: true },
        Role::Name if !value.is_empty() => Line::Name(value),
        Role::Either if cell::is_email(value) => Line::Name(value),
        Role::Issuer | Role::Either if cell::is_plain_name(value) => Line::Issuer(value),
        _ => return if role == Role::Key { with_key(line) } else { Some(Line::Other) },
    })
}

/// A line that ends with a key.
fn with_key(line: &str) -> Option<Line<'_>> {
    let starts = word_starts(line);
    // The longest end of the line that can only be a key, so that no group is left behind.
    let mut ends = starts.iter().rev().take(MOST_GROUPS).filter_map(|at| Some((*at, line.get(*at..)?)));
    let (at, key) = ends.rfind(|(_, end)| cell::is_key(end))?;
    let before = line.get(..at)?.trim_end();
    let (rest, announced) = without_label(before);
    let rest = rest.trim_end_matches([':', '：', ',', '、', '/', '／', '|', ' ', '　']);
    let name = words(rest).find(|word| cell::is_email(word)).unwrap_or_default();
    let issuer = match rest.find(name).filter(|_| !name.is_empty()) {
        Some(at) => rest.get(..at).unwrap_or_default(),
        None => rest,
    };
    let issuer = issuer.trim_end_matches([':', '：', ',', '、', '/', '／', '|', ' ', '　', '(', '（', '<']).trim();
    let issuer = if cell::is_plain_name(issuer) { issuer } else { "" };
    let few = words(rest).count() <= MOST_WORDS;
    let said = announced || rest.is_empty() || few && (!issuer.is_empty() || !name.is_empty());
    said.then_some(Line::Key { issuer, name, key, announced })
}

/// `before`, which stands before a key, without the word that announces it.
fn without_label(before: &str) -> (&str, bool) {
    let bare = before.trim_end_matches([':', '：', ' ', '　']);
    let starts = word_starts(bare);
    // “backup key” has two words.
    for start in starts.iter().rev().take(2).rev() {
        let label = bare.get(*start..).unwrap_or_default();
        if matches!(Role::of(label), Some((Role::Key, _))) {
            return (bare.get(..*start).unwrap_or_default(), true);
        }
    }
    (before, false)
}

fn alone(line: &str) -> Line<'_> {
    let name = line.trim_end_matches([':', '：']);
    if cell::is_email(name) {
        Line::Name(name)
    } else if cell::is_plain_name(name) {
        Line::Word(name)
    } else {
        Line::Other
    }
}

/// What may stand between words besides blanks.
fn is_between(symbol: char) -> bool {
    symbol.is_whitespace() || ":：,、/／|;；".contains(symbol)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_between)
        .map(|word| word.trim_matches(['(', ')', '（', '）', '<', '>']))
        .filter(|word| !word.is_empty())
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
        case("楽天ウォレット（taro@example.com）バックアップキー：W25FHWSU56FVKU7A", key("", "", WHOLE, false));
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
        case("the request W25FHWSU56FVKU7A was refused", Line::Other);
        case("we saw a strange request with the id W25FHWSU56FVKU7A", Line::Other);
    }
}
