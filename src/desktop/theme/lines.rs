//! Where sentences break into lines.
//!
//! Japanese may be broken anywhere, and the toolkit does so. It reads best where a comma or a full
//! stop ends the line, well where a phrase does, and badly inside a word.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use eframe::egui;
use egui::cache::FramePublisher;
use egui::text::LayoutJob;
use egui::{Galley, Painter};

/// Longer texts are paragraphs, and read well in full lines.
const MOST: usize = 6;
/// How many widths are tried.
const TRIES: u8 = 12;
/// What is lost where lines break at a place that a reader would not choose.
const BAD: u32 = 20;

/// The width that a text was given in the frame before, by its hash.
type Widths = FramePublisher<u64, f32>;

/// `job` in lines of about the same length, where it takes a few: no word is left alone on the
/// last, and none is broken that need not be.
pub(crate) fn balanced(painter: &Painter, mut job: LayoutJob) -> Arc<Galley> {
    let key = hash(&job);
    let known = painter.ctx().memory_mut(|memory| memory.caches.cache::<Widths>().get(&key).copied());
    let width = known.or_else(|| best_width(painter, &job));
    if let Some(width) = width {
        painter.ctx().memory_mut(|memory| memory.caches.cache::<Widths>().set(key, width));
        job.wrap.max_width = width;
    }
    painter.layout_job(job)
}

fn hash(job: &LayoutJob) -> u64 {
    let mut hasher = DefaultHasher::new();
    job.hash(&mut hasher);
    hasher.finish()
}

/// The width at which `job` breaks best; `None` where there is nothing to choose.
fn best_width(painter: &Painter, job: &LayoutJob) -> Option<f32> {
    let laid = |width| {
        let mut job = job.clone();
        job.wrap.max_width = width;
        painter.layout_job(job)
    };
    let widest = job.wrap.max_width;
    let lines = laid(widest).rows.len();
    if !(2..=MOST).contains(&lines) {
        return None;
    }
    // The narrowest that takes no more lines, to some points.
    let (mut least, mut most) = (0.0, widest);
    for _ in 0..6 {
        let middle = f32::midpoint(least, most);
        (least, most) = if laid(middle).rows.len() <= lines { (least, middle) } else { (middle, most) };
    }
    let mut best = (u32::MAX, widest);
    for step in 0..=TRIES {
        let width = most + (widest - most) * f32::from(step) / f32::from(TRIES);
        let galley = laid(width);
        if galley.rows.len() != lines {
            continue;
        }
        let rows: Vec<String> = galley.rows.iter().map(|row| row.row.text()).collect();
        let lost = loss(&rows);
        if lost < best.0 {
            best = (lost, width);
        }
        if lost == 0 {
            break;
        }
    }
    Some(best.1)
}

/// What is lost by breaking into `rows`.
fn loss(rows: &[String]) -> u32 {
    let length = |row: &String| row.chars().count();
    let longest = rows.iter().map(length).max().unwrap_or(0);
    let alone = rows.last().is_some_and(|last| length(last) * 3 < longest);
    let breaks = rows.windows(2).map(|pair| if let [before, after] = pair { at_break(before, after) } else { 0 });
    breaks.sum::<u32>() + if alone { 8 } else { 0 }
}

fn at_break(before: &str, after: &str) -> u32 {
    let space = before.ends_with(' ');
    let (Some(last), Some(first)) = (before.trim_end().chars().last(), after.trim_start().chars().next()) else {
        return 0;
    };
    match (last, first) {
        // The space would indent the line.
        _ if after.starts_with(' ') => BAD,
        (_, first) if NOT_FIRST.contains(&first) => BAD,
        (last, _) if NOT_LAST.contains(&last) => BAD,
        ('、' | '。' | '：' | '？', _) => 0,
        // Latin words, and Latin beside Japanese: a particle belongs to the word before it.
        _ if space && is_hiragana(first) => 8,
        _ if space => {
            if last.is_ascii() && first.is_ascii() {
                0
            } else {
                3
            }
        }
        ('・', _) => 2,
        // A phrase ends in hiragana, and the next begins with something else.
        _ if is_hiragana(last) && !is_hiragana(first) => 1,
        _ if is_katakana(last) && is_katakana(first) => 10,
        _ if is_hiragana(last) => 6,
        _ => 8,
    }
}

/// What does not begin a line in Japanese.
const NOT_FIRST: &[char] = &[
    'ー', '、', '。', '）', '」', '』', '・', '？', '！', '…', 'っ', 'ゃ', 'ゅ', 'ょ', 'ッ', 'ャ', 'ュ', 'ョ', 'ァ',
    'ィ', 'ゥ', 'ェ', 'ォ', 'ん', 'ン', ')', '：',
];

/// What does not end one.
const NOT_LAST: &[char] = &['（', '「', '『', '('];

fn is_hiragana(symbol: char) -> bool {
    ('ぁ'..='ゖ').contains(&symbol)
}

fn is_katakana(symbol: char) -> bool {
    ('ァ'..='ー').contains(&symbol)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_where_a_reader_would_end_it() {
        // The better of each pair comes first.
        #[track_caller]
        fn case(better: &[&str], worse: &[&str]) {
            let [better, worse] =
                [better, worse].map(|rows| loss(&rows.iter().map(|&row| row.into()).collect::<Vec<_>>()));
            assert!(better < worse, "{better} {worse}");
        }
        case(&["何も保存していません。", "要らないもの"], &["何も保存していません。要ら", "ないもの"]);
        case(&["新しい ", "key"], &["新し", "い key"]);
        case(&["この", "キーリング"], &["このキー", "リング"]);
        case(&["他の", "ユーザー"], &["他のユーザ", "ー"]);
        case(&["読めない文字は", "（？）"], &["読めない文字は（", "？）"]);
        case(&["QR ", "コード"], &["QR コー", "ド"]);
        case(
            &["このページを撮影した人は、あなたの", "すべてのコードを手に入れます。"],
            &["このページを撮影した人は、あなたのすべてのコードを手に", "入れます。"],
        );
        case(&["a sentence ", "in English"], &["GEZDGNBV", "GY3TQOJQ"]);
    }
}
