//! HTML cut into what people and browsers read: texts and values of attributes.

use zeroize::Zeroizing;

/// The longest name of a sign between `&` and `;` that is looked for.
const LONGEST_NAME: usize = 8;
/// Signs by name, as far as addresses and names have them.
const SIGNS: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("colon", ':'),
    ("sol", '/'),
];

/// The texts and the quoted values of attributes of `page`, still escaped, comments left out.
pub(super) fn pieces(page: &str) -> impl Iterator<Item = &str> {
    Pieces { rest: page, inside: false }
}

struct Pieces<'a> {
    rest: &'a str,
    /// Whether the rest begins inside a tag.
    inside: bool,
}

impl<'a> Pieces<'a> {
    /// Takes what stands before any of `ends`, or everything; says which end was met.
    fn until(&mut self, ends: &[char]) -> (&'a str, Option<char>) {
        let Some(at) = self.rest.find(ends) else { return (std::mem::take(&mut self.rest), None) };
        let (before, rest) = self.rest.split_at(at);
        let end = rest.chars().next();
        self.rest = rest.get(1..).unwrap_or_default();
        (before, end)
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        while !self.rest.is_empty() {
            if !self.inside {
                let text = self.until(&['<']).0;
                if let Some(comment) = self.rest.strip_prefix("!--") {
                    self.rest = comment.split_once("-->").map_or("", |(_, after)| after);
                } else {
                    self.inside = true;
                }
                if !text.trim().is_empty() {
                    return Some(text);
                }
                continue;
            }
            match self.until(&['>', '"', '\'']).1 {
                Some('>') => self.inside = false,
                Some(quote) => return Some(self.until(&[quote]).0),
                None => {}
            }
        }
        None
    }
}

/// `text` with its signs as themselves. What is no sign stays: addresses are full of `&`.
pub(super) fn unescape(text: &str) -> Zeroizing<String> {
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    // By the ends of signs, which are rarer: text that is nothing but `&` is copied at once.
    while let Some((before, after)) = rest.split_once(';') {
        let found = before.rsplit_once('&').filter(|(_, name)| name.len() <= LONGEST_NAME);
        if let Some((before, sign)) = found.and_then(|(before, name)| Some((before, sign(name)?))) {
            plain.push_str(before);
            plain.push(sign);
        } else {
            plain.push_str(before);
            plain.push(';');
        }
        rest = after;
    }
    plain.push_str(rest);
    plain
}

fn sign(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return SIGNS.iter().find(|(known, _)| *known == name).map(|(_, sign)| *sign);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    code.ok().and_then(char::from_u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_cut_into_texts_and_values() {
        #[track_caller]
        fn case(page: &str, expected: &[&str]) {
            assert_eq!(pieces(page).collect::<Vec<_>>(), expected);
        }
        case("<p class=a title=\"x > y\">one<br/>two</p>", &["x > y", "one", "two"]);
        case("<a href='b\"c'>d</a>", &["b\"c", "d"]);
        case("<!-- <p>no</p> -->yes", &["yes"]);
        case("<p title=\"never closed>text", &["never closed>text"]);
        case("<", &[]);
        case("<!--", &[]);
    }

    #[test]
    fn signs_are_read_and_everything_else_stays() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            assert_eq!(*unescape(text), expected);
        }
        case("a&amp;b&#x3a;&#47;&lt;", "a&b:/<");
        case("?secret=A&issuer=B&period=60", "?secret=A&issuer=B&period=60");
        case("&unknown; &#xffffffff; &", "&unknown; &#xffffffff; &");
        case("&株;", "&株;");
        case("&&amp;&", "&&&");
        case("&a longer text;&quot;", "&a longer text;\"");
    }
}
