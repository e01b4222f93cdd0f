//! Sentences broken into lines, as a terminal and a printed page show them.

use super::table::columns;

/// `text` in lines of at most `most` columns. Latin words and what stands between backticks, to be
/// copied, stay whole; Japanese breaks between any two characters, except that no line begins with a
/// mark that belongs to the one before.
pub fn wrap(text: &str, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for piece in pieces(text) {
        let width = columns(piece.trim_end());
        if used > 0 && used + width > most {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(piece);
        }
        used += columns(piece);
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

/// The parts of `text` between which a line may end.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    let mut quoted = false;
    for (at, symbol) in text.char_indices() {
        if !quoted && before.is_some_and(|before| may_break(before, symbol)) {
            pieces.extend(text.get(start..at));
            start = at;
        }
        quoted ^= symbol == '`';
        before = Some(symbol);
    }
    pieces.extend(text.get(start..));
    pieces
}

/// Whether a line may end between two neighbours.
fn may_break(before: char, after: char) -> bool {
    let wide = |symbol: char| matches!(symbol, '\u{2e80}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
    let closes =
        |symbol: char| "、。，．）」』】〉》：；！？ー…々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ".contains(symbol);
    let opens = |symbol: char| "（「『【〈《".contains(symbol);
    match (before, after) {
        (' ', after) => after != ' ',
        (_, ' ') => false,
        (before, after) => {
            (wide(before) || wide(after)) && !closes(after) && !opens(before) && !",.:;!?)".contains(after)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_where_they_may() {
        #[track_caller]
        fn case(text: &str, most: usize, lines: &[&str]) {
            assert_eq!(wrap(text, most), lines);
        }
        case("one two three", 7, &["one two", "three"]);
        case("one two three", 80, &["one two three"]);
        case("unbreakable", 4, &["unbreakable"]);
        case("認証コードです。", 10, &["認証コード", "です。"]);
        case("認証コード。次", 10, &["認証コー", "ド。次"]);
        case("「認証」を `otp now` で", 12, &["「認証」を", "`otp now` で"]);
        case("run `otp now x`, then", 10, &["run", "`otp now x`,", "then"]);
        case("", 10, &[""]);
    }
}
