//! Which part of a label is the issuer and which the account's name (`formats.md` 2.3).

/// The issuer and the name that an issuer field and a label come to, both perhaps empty.
///
/// An issuer field that is not blank wins, and is removed from the front of the label, however
/// often it stands there. Without one, the label is split at its first colon. Nothing else of the
/// label is ever dropped.
pub fn settle_names(issuer: Option<&str>, label: &str) -> (String, String) {
    let label = trim(label);
    let (issuer, name) = match issuer.map(trim).filter(|issuer| !issuer.is_empty()) {
        Some(issuer) => (issuer, without_issuer(label, issuer)),
        None => split(label),
    };
    (issuer.to_owned(), without_colons(name).to_owned())
}

/// The issuer that `label` names although `issuer` is another one.
pub(super) fn other_issuer<'a>(issuer: &str, label: &'a str) -> Option<&'a str> {
    let label = trim(label);
    let (first, _) = split(label);
    let same = issuer.is_empty() || first.is_empty() || strip(label, issuer).is_some();
    (!same).then_some(first)
}

/// The halves of `label` around its first colon; the whole as name where that colon is a URL's.
fn split(label: &str) -> (&str, &str) {
    match label.split_once(':') {
        Some((issuer, name)) if !name.starts_with("//") => (trim(issuer), trim(name)),
        _ => ("", label),
    }
}

fn without_issuer<'a>(label: &'a str, issuer: &str) -> &'a str {
    let mut name = label;
    loop {
        // The issuer first: it may begin with a colon itself.
        let rest = strip(name, issuer).unwrap_or_else(|| without_colons(name));
        if rest.len() == name.len() {
            return name;
        }
        name = rest;
    }
}

/// `name` without stray colons at its start (`:cool@example.com`, seen from Ente and Proton).
fn without_colons(name: &str) -> &str {
    name.trim_start_matches(|symbol| symbol == ':' || is_blank(symbol))
}

/// What follows `issuer` and a colon at the start of `label`, ignoring case.
fn strip<'a>(label: &'a str, issuer: &str) -> Option<&'a str> {
    let mut rest = label.chars();
    for expected in issuer.chars() {
        let found = rest.next()?;
        if found != expected && !found.to_lowercase().eq(expected.to_lowercase()) {
            return None;
        }
    }
    rest.as_str().trim_start().strip_prefix(':').map(trim)
}

/// `text` without blanks around it.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

fn is_blank(symbol: char) -> bool {
    symbol.is_whitespace() || symbol == '\0'
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rules of `formats.md` 2.3 by number.
    #[test]
    fn labels_are_settled_by_the_rules() {
        #[track_caller]
        fn case(issuer: Option<&str>, label: &str, expected: (&str, &str)) {
            let (issuer, name) = settle_names(issuer, label);
            assert_eq!((&*issuer, &*name), expected);
        }
        case(Some(" Binance "), "taro", ("Binance", "taro")); // 1
        case(Some("  "), "Binance: taro", ("Binance", "taro"));
        case(Some("GitHub"), "GitHub:GitHub: octo", ("GitHub", "octo")); // 2
        case(Some("GitHub"), "github : octo", ("GitHub", "octo"));
        case(Some("A:B"), "A:B:user", ("A:B", "user"));
        case(Some("ÉTÉ"), "été:x", ("ÉTÉ", "x"));
        case(Some("Symantec"), "VIP Access:VSST1", ("Symantec", "VIP Access:VSST1")); // 3
        case(Some("Git"), "GitHub:octo", ("Git", "GitHub:octo"));
        case(None, "Matrix:@user_:matrix.org", ("Matrix", "@user_:matrix.org")); // 4
        case(None, "https://example.com/alice", ("", "https://example.com/alice"));
        case(None, ":alice", ("", "alice"));
        case(None, "alice", ("", "alice"));
        case(Some("/e/"), ":cool@example.com", ("/e/", "cool@example.com")); // 5
        case(None, "Ente::cool", ("Ente", "cool"));
        case(Some("A"), ":A::A:x", ("A", "x"));
        case(Some(":A"), ":A:", (":A", ""));
        case(None, "", ("", "")); // 6
        case(None, ":", ("", ""));
        case(Some("楽天"), "楽天:太郎\0", ("楽天", "太郎"));
    }

    #[test]
    fn a_different_issuer_in_the_label_is_noticed() {
        assert_eq!(other_issuer("Work", "Google:alice"), Some("Google"));
        assert_eq!(other_issuer("google", "Google:alice"), None);
        assert_eq!(other_issuer("Work", "alice"), None);
        assert_eq!(other_issuer("Work", "https://example.com"), None);
        assert_eq!(other_issuer("A:B", "A:B:alice"), None);
    }
}
