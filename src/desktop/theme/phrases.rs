//! Where a text may break into lines, and how much a reader would mind.
//!
//! Japanese may be broken anywhere and reads badly inside a word. Its phrases are found by the model
//! of `BudouX`.

use std::collections::BTreeMap;
use std::ops::Range;

/// A sentence ends.
const SENTENCE: f32 = 0.0;
/// A part of a sentence ends.
const COMMA: f32 = 0.02;
/// A phrase ends, or a word of a language with spaces.
const PHRASE: f32 = 0.06;
/// A list goes on, or a name in two words does.
const LIST: f32 = 0.25;
/// Inside a word.
const WORD: f32 = 3.0;
/// Where Japanese never breaks.
const NEVER: f32 = 9.0;

/// What does not begin a line in Japanese.
const NOT_FIRST: &[char] = &[
    'ー', '、', '。', '）', '」', '』', '・', '？', '！', '…', 'っ', 'ゃ', 'ゅ', 'ょ', 'ッ', 'ャ', 'ュ', 'ョ', 'ァ',
    'ィ', 'ゥ', 'ェ', 'ォ', 'ん', 'ン', ')', '：', ':', '/', '.', ',',
];

/// What does not end one.
const NOT_LAST: &[char] = &['（', '「', '『', '('];

/// A part of a text that stays on one line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    /// Its bytes, with the spaces behind it.
    pub(super) range: Range<usize>,
    /// What a line that ends after it costs, beside 1 for a line that is empty.
    pub(super) cost: f32,
}

/// The parts of one paragraph, in order. No part ends inside `whole` ranges.
pub(super) fn parts(text: &str, whole: &[Range<usize>]) -> Vec<Part> {
    let mut ends = BTreeMap::new();
    if text.chars().any(is_japanese) {
        let mut end = 0;
        for phrase in budoux::parse(budoux::models::default_japanese_model(), text) {
            end += phrase.len();
            ends.insert(end, PHRASE);
        }
    }
    let mut symbols = text.char_indices().peekable();
    while let Some((at, symbol)) = symbols.next() {
        let end = at + symbol.len_utf8();
        if let Some(cost) = cost_after(symbol, &text[..at], symbols.peek().map(|(_, next)| *next)) {
            let before = ends.entry(end).or_insert(cost);
            *before = before.min(cost);
        }
    }
    cut(text, ends.into_iter().filter(|(end, _)| !whole.iter().any(|range| range.start < *end && *end < range.end)))
}

/// Every symbol of `part`, a part of `text` too long for a line, as a part of its own.
pub(super) fn symbols(text: &str, part: &Part) -> Vec<Part> {
    let inside = text[part.range.clone()].char_indices().map(|(at, symbol)| {
        let end = part.range.start + at + symbol.len_utf8();
        (end, if end == part.range.end { part.cost } else { WORD + at_edge(&text[..end], &text[end..]) })
    });
    let mut from = part.range.start;
    inside.map(|(end, cost)| Part { range: std::mem::replace(&mut from, end)..end, cost }).collect()
}

/// What it costs to break after `symbol`, which stands between `before` and `next`.
fn cost_after(symbol: char, before: &str, next: Option<char>) -> Option<f32> {
    match symbol {
        '。' | '！' => Some(SENTENCE),
        '、' | '：' | '？' => Some(COMMA),
        '・' => Some(LIST),
        // What is in brackets is said aside.
        _ if next.is_some_and(|next| NOT_LAST.contains(&next)) => Some(COMMA),
        ' ' => {
            let last = before.trim_end().chars().next_back()?;
            match (last.is_ascii(), next?.is_ascii()) {
                (true, true) if matches!(last, '.' | ',' | ':' | ';') => Some(COMMA),
                (true, true) if before.chars().any(is_japanese) => Some(LIST),
                (true, true) => Some(PHRASE),
                // Beside a Latin word a space may stand inside a phrase; the model says where.
                _ => None,
            }
        }
        _ => None,
    }
}

/// The text cut at `ends`, each moved behind the spaces that follow it.
fn cut(text: &str, ends: impl Iterator<Item = (usize, f32)>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut from = 0;
    for (end, cost) in ends.chain([(text.len(), SENTENCE)]) {
        let rest = &text[end..];
        let end = end + rest.len() - rest.trim_start_matches(' ').len();
        match parts.last_mut() {
            Some(last) if last.range.end == end => last.cost = last.cost.min(cost),
            _ if at_edge(&text[..end], &text[end..]) > 0.0 => {}
            _ => {
                parts.push(Part { range: from..end, cost });
                from = end;
            }
        }
    }
    parts
}

/// What it costs more where Japanese does not end a line, or does not begin one.
fn at_edge(before: &str, after: &str) -> f32 {
    let last = before.chars().next_back().is_some_and(|last| NOT_LAST.contains(&last));
    let first = after.chars().next().is_some_and(|first| NOT_FIRST.contains(&first));
    if last || first { NEVER } else { 0.0 }
}

fn is_japanese(symbol: char) -> bool {
    matches!(symbol, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_phrases_and_words() {
        #[track_caller]
        fn case(expected: &str) {
            let text = expected.replace('|', "");
            let parts: Vec<&str> = parts(&text, &[]).iter().map(|part| &text[part.range.clone()]).collect();
            assert_eq!(parts.join("|"), expected);
        }
        case("まだ|何も|保存していません。|要らない|ものの|チェックを|外してください。");
        case("文字を|減らすか、|Esc キーを|押すと|すべての|アカウントが|表示されます");
        case("Google |Authenticator、|Aegis、|2FAS など 21 種類の|形式");
        case("Keep |the |paper |away |from |the |computer.");
        case("（例：|1234）");
        case("トレイに|アイコンを|置く|（閉じても|隠れるだけ。|終了は |Ctrl+Q）");
        case("");
    }

    #[test]
    fn what_is_copied_letter_by_letter_stays_whole() {
        let text = "次の コマンドを 実行: otp list --codes";
        let at = text.find("otp").unwrap();
        let whole = at..text.len();
        assert!(
            parts(text, std::slice::from_ref(&whole)).iter().any(|part| part.range.end > at && part.range.start <= at)
        );
        assert!(parts(text, &[]).len() > parts(text, &[whole]).len());
    }

    #[test]
    fn a_word_that_is_too_long_breaks_at_any_letter_but_not_before_a_mark() {
        let text = "ユーザー、";
        let all = symbols(text, &Part { range: 0..text.len(), cost: COMMA });
        let costs: Vec<f32> = all.iter().map(|part| part.cost).collect();
        assert_eq!(costs, [WORD + NEVER, WORD, WORD + NEVER, WORD + NEVER, COMMA]);
        assert_eq!(all.last().map(|part| part.range.end), Some(text.len()));
    }
}
