//! From the top of a page to its bottom, and on to the next one; the head of every page.

use crate::export::paper::{self, Leaf, Letters, Style};
use crate::export::{Bytes, ExportError};
use crate::text;
use crate::text::Text;

use super::Job;

/// The empty border of a page, in points.
pub(super) const MARGIN: f32 = 45.0;
/// Where the content of a page begins, below its head.
const TOP: f32 = MARGIN + 44.0;
/// What is smaller than running text: labels, the line below the title.
pub(super) const SMALL: Style = Style::plain(8.5);
/// Running text.
pub(super) const BODY: Style = Style::plain(9.5);

/// Pages that are being filled.
pub(super) struct Flow<'a> {
    pub(super) job: Job<'a>,
    pub(super) letters: &'a Letters,
    leaves: Vec<Leaf>,
    /// Where the next thing goes on the last page.
    pub(super) y: f32,
}

impl<'a> Flow<'a> {
    pub(super) fn new(job: &Job<'a>, letters: &'a Letters) -> Self {
        Self { job: *job, letters, leaves: vec![Leaf::default()], y: TOP }
    }

    /// How wide the content of a page is.
    pub(super) fn width(&self) -> f32 {
        self.job.paper.size().0 - 2.0 * MARGIN
    }

    /// Begins a new page unless `height` is left on this one.
    pub(super) fn need(&mut self, height: f32) {
        if self.y + height > self.job.paper.size().1 - MARGIN && self.y > TOP {
            self.leaves.push(Leaf::default());
            self.y = TOP;
        }
    }

    /// The number of the page that is being filled, from 1.
    pub(super) fn page(&self) -> u16 {
        u16::try_from(self.leaves.len()).unwrap_or(u16::MAX)
    }

    /// The page that is being filled.
    pub(super) fn leaf(&mut self) -> &mut Leaf {
        if self.leaves.is_empty() {
            self.leaves.push(Leaf::default());
        }
        let last = self.leaves.len() - 1;
        &mut self.leaves[last]
    }

    /// Writes `text` in as many lines as it takes, `indent` from the left.
    pub(super) fn paragraph(&mut self, text: &Text, style: Style, indent: f32) {
        let text = text.say(self.job.lang);
        let (letters, width) = (self.letters, self.width() - indent);
        for line in letters.lines(&text, style, width) {
            self.line(style, indent, line);
        }
    }

    /// Numbered steps; the number of the first is `from`.
    pub(super) fn steps(&mut self, from: usize, steps: impl IntoIterator<Item = Text>) {
        for (step, number) in steps.into_iter().zip(from..) {
            self.need(BODY.size * 1.4);
            let at = (MARGIN, self.y + BODY.size);
            self.leaf().text(at, BODY, format!("{number}."));
            self.paragraph(&step, BODY, 14.0);
        }
    }

    /// Lines to type into a terminal.
    pub(super) fn commands(&mut self, lines: &[&str]) {
        self.y += 2.0;
        for line in lines {
            self.line(Style::exact(8.5), 20.0, *line);
        }
        self.y += 2.0;
    }

    /// Writes one line as it stands.
    pub(super) fn line(&mut self, style: Style, indent: f32, line: impl Into<String>) {
        self.need(style.size * 1.4);
        self.y += style.size;
        let at = (MARGIN + indent, self.y);
        self.leaf().text(at, style, line);
        self.y += style.size * 0.45;
    }

    /// A heading, with some space before it.
    pub(super) fn heading(&mut self, text: &Text) {
        self.y += 4.0;
        self.paragraph(text, Style::bold(10.5), 0.0);
        self.y += 1.0;
    }

    /// A label and a ruled blank line to write on, from `x` on and `width` wide in all.
    pub(super) fn blank(&mut self, label: &Text, x: f32, width: f32) {
        let label = label.say(self.job.lang);
        let used = self.letters.width(&label, SMALL) + 6.0;
        let y = self.y;
        let leaf = self.leaf();
        leaf.text((x, y), SMALL, label);
        leaf.rule((x + used, y + 2.0), (width - used).max(0.0), 0.4);
    }

    /// A line across the page, but not right below its head, which ends in one.
    pub(super) fn rule(&mut self) {
        if self.y <= TOP {
            return;
        }
        let (width, y) = (self.width(), self.y);
        self.leaf().rule((MARGIN, y), width, 0.5);
    }

    /// Puts the head onto every page, `title` and below it `facts`, and makes the file.
    pub(super) fn finish(mut self, title: &Text, facts: &Text) -> Result<Bytes, ExportError> {
        let (job, pages, width) = (self.job, self.leaves.len(), self.width());
        let (title, facts) = (title.say(job.lang), facts.say(job.lang));
        for (leaf, page) in self.leaves.iter_mut().zip(1..) {
            let number = text!("sheet-page", page = page, pages = pages).say(job.lang);
            let right = MARGIN + width - self.letters.width(&number, BODY);
            leaf.text((MARGIN, MARGIN + 10.0), Style::bold(16.0), title.as_str());
            leaf.text((right, MARGIN + 10.0), BODY, number);
            leaf.text((MARGIN, MARGIN + 25.0), SMALL, facts.as_str());
            leaf.rule((MARGIN, MARGIN + 31.0), width, 1.0);
        }
        paper::pdf(&self.leaves, job.paper, self.letters, &title, job.lang)
    }
}
