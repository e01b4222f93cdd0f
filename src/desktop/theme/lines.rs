//! How texts are set in lines: of about the same length, and broken where a reader would break them.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use eframe::egui;
use egui::cache::FramePublisher;
use egui::text::LayoutJob;
use egui::{FontFamily, Galley, Painter};

use super::phrases::{self, Part};

/// What another line costs, beside 1 for a line that is empty.
const LINE: f32 = 1.0;

/// Where a text was broken in the frame before, in bytes, by its hash.
type Breaks = FramePublisher<u64, Arc<Vec<usize>>>;

/// `job` in as few lines as it takes, of about the same length: no word is left alone on the last,
/// and none is broken that need not be. Its text has line feeds where lines end.
pub(crate) fn balanced(painter: &Painter, job: LayoutJob) -> Arc<Galley> {
    let key = hash(&job);
    let ctx = painter.ctx();
    let known = ctx.memory_mut(|memory| memory.caches.cache::<Breaks>().get(&key).cloned());
    let breaks = known.unwrap_or_else(|| Arc::new(breaks(painter, &job)));
    ctx.memory_mut(|memory| memory.caches.cache::<Breaks>().set(key, Arc::clone(&breaks)));
    painter.layout_job(if breaks.is_empty() { job } else { broken(&job, &breaks) })
}

fn hash(job: &LayoutJob) -> u64 {
    let mut hasher = DefaultHasher::new();
    job.hash(&mut hasher);
    hasher.finish()
}

/// Where `job` breaks best, in bytes; nowhere if it has room on one line.
fn breaks(painter: &Painter, job: &LayoutJob) -> Vec<usize> {
    let mut unbroken = job.clone();
    unbroken.wrap.max_width = f32::INFINITY;
    let galley = painter.layout_job(unbroken);
    if galley.size().x <= job.wrap.max_width {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut from = 0;
    for (text, row) in job.text.split('\n').zip(&galley.rows) {
        // Each symbol has a glyph, and so each byte at which one begins has a width.
        let mut widths = vec![0.0; text.len()];
        for ((at, _), glyph) in text.char_indices().zip(&row.row.glyphs) {
            widths[at] = glyph.advance_width;
        }
        let whole = if job.wrap.break_anywhere { Vec::new() } else { literals(job, from, text.len()) };
        let parts = if job.wrap.break_anywhere { anywhere(text) } else { phrases::parts(text, &whole) };
        // What the toolkit measures may differ by a rounding.
        found.extend(lines(text, &widths, parts, job.wrap.max_width - 0.5).into_iter().map(|at| from + at));
        from += text.len() + 1;
    }
    found
}

/// What is set in a typewriter face, in the `length` bytes after `from`.
fn literals(job: &LayoutJob, from: usize, length: usize) -> Vec<Range<usize>> {
    let typed = job.sections.iter().filter(|section| section.format.font_id.family == FontFamily::Monospace);
    let inside = |at: usize| at.saturating_sub(from).min(length);
    typed.map(|section| inside(section.byte_range.start.0)..inside(section.byte_range.end.0)).collect()
}

/// Every symbol for itself, where lines may end anywhere.
fn anywhere(text: &str) -> Vec<Part> {
    text.char_indices().map(|(at, symbol)| Part { range: at..at + symbol.len_utf8(), cost: 0.0 }).collect()
}

/// Where `text`, whose symbols have these `widths`, ends its lines but for the last, when no line is
/// wider than `most`.
fn lines(text: &str, widths: &[f32], parts: Vec<Part>, most: f32) -> Vec<usize> {
    let width = |range: Range<usize>| widths[range].iter().sum::<f32>();
    let shown = |range: &Range<usize>| width(range.start..range.start + text[range.clone()].trim_end().len());
    let parts: Vec<Part> = parts
        .into_iter()
        .flat_map(|part| if shown(&part.range) > most { phrases::symbols(text, &part) } else { vec![part] })
        .collect();
    // The least that the lines up to each part cost, and the part that the last of them begins with.
    let mut best = vec![(0.0, 0)];
    for (last, part) in parts.iter().enumerate() {
        let end = if last + 1 == parts.len() { 0.0 } else { part.cost };
        let mut least = (f32::INFINITY, last);
        let mut room = most - shown(&part.range);
        for first in (0..=last).rev() {
            if first < last {
                room -= width(parts[first].range.clone());
            }
            if room < 0.0 && first < last {
                break;
            }
            let cost = best[first].0 + (room / most).max(0.0).powi(2) + LINE + end;
            if cost < least.0 {
                least = (cost, first);
            }
        }
        best.push(least);
    }
    let mut found = Vec::new();
    let mut at = parts.len();
    while at > 0 {
        at = best[at].1;
        if at > 0 {
            found.push(parts[at - 1].range.end);
        }
    }
    found.reverse();
    found
}

/// `job` with a line feed at each of `breaks`, in place of the spaces before it.
fn broken(job: &LayoutJob, breaks: &[usize]) -> LayoutJob {
    let mut set = LayoutJob { text: String::new(), sections: Vec::new(), ..job.clone() };
    for section in &job.sections {
        let (start, end) = (section.byte_range.start.0, section.byte_range.end.0);
        let mut from = start;
        let mut text = String::new();
        for at in breaks.iter().copied().filter(|at| start < *at && *at <= end) {
            text.push_str(job.text[std::mem::replace(&mut from, at)..at].trim_end_matches(' '));
            text.push('\n');
        }
        text.push_str(&job.text[from..end]);
        set.append(&text, section.leading_space, section.format.clone());
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text` in lines of at most `most` half widths, as an editor would count them.
    fn set(text: &str, most: f32) -> Vec<String> {
        let mut widths = vec![0.0; text.len()];
        for (at, symbol) in text.char_indices() {
            widths[at] = if symbol.is_ascii() { 1.0 } else { 2.0 };
        }
        let mut from = 0;
        let ends = lines(text, &widths, phrases::parts(text, &[]), most).into_iter().chain([text.len()]);
        ends.map(|end| text[std::mem::replace(&mut from, end)..end].to_owned()).collect()
    }

    #[test]
    fn a_line_ends_where_a_reader_would_end_it() {
        #[track_caller]
        fn case(most: f32, rows: &[&str]) {
            assert_eq!(set(&rows.concat(), most), rows);
        }
        case(30.0, &["まだ何も保存していません。", "要らないもののチェックを", "外してください。"]);
        case(50.0, &["このページを撮影した人は、", "あなたのすべての認証コードを手に入れます。"]);
        case(28.0, &["Google Authenticator など、", "ほとんどのアプリで", "読み取れる QR コード"]);
        case(30.0, &["Keep the paper away ", "from the computer."]);
        case(30.0, &["Short."]);
    }

    #[test]
    fn no_line_is_wider_than_there_is_room_even_for_one_long_word() {
        let rows = set("キーは GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ です。", 16.0);
        assert!(rows.len() > 2);
        for row in rows {
            let width: usize = row.trim_end().chars().map(|symbol| if symbol.is_ascii() { 1 } else { 2 }).sum();
            assert!(width <= 16, "{row}");
        }
    }

    #[test]
    fn line_feeds_take_the_place_of_spaces() {
        let format = |size| egui::TextFormat { line_height: Some(size), ..Default::default() };
        let mut job = LayoutJob::default();
        job.append("one two ", 0.0, format(10.0));
        job.append("three四五", 0.0, format(12.0));
        let set = broken(&job, &[4, 8, 16]);
        assert_eq!(set.text, "one\ntwo\nthree四\n五");
        assert_eq!(set.sections.len(), 2);
        assert_eq!(set.sections[1].byte_range.start.0, 8);
    }
}
