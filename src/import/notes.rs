//! Free text in which people keep their keys: “Binance: taro@example.com キー JBSW Y3DP …”, blocks of
//! labelled lines, Markdown tables, and what a few command-line tools write (`formats.md` 21).
//!
//! An account needs a key that a label announces, or that can be nothing else where its line or its
//! block names somebody and no label says that it is a password or the like. Rows with commas,
//! semicolons, tabs or bars are the business of `csv`. Names beside the key are a guess.

use crate::key;
use crate::text;
use crate::text::Text;

use super::table::role::Role;
use super::table::{Plan, Table, add_key, cell};
use super::{Batch, Format, ImportError, Opened, Other, Place, Source, draft::Draft};

mod label;
mod line;

use line::Line;

/// How much of a text is looked at to see whether it holds keys, in bytes.
const SAMPLE: usize = 256 << 10;
/// The most lines of a text. Nobody keeps more, and each costs a few microseconds.
const MOST_LINES: usize = 200_000;
/// The most lines that are named because their keys are not taken.
const MOST_TOLD: usize = 10;

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        "text"
    }

    fn app(&self) -> Text {
        text!("import-app-text")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-text")
    }

    fn holds_more(&self) -> bool {
        true
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        let Some(text) = source.lines().filter(|text| !cell::is_address(text)) else { return false };
        let sample = text.get(..text.floor_char_boundary(SAMPLE)).unwrap_or(text);
        source.table().is_none() && (markdown(sample).is_some() || has_entry(sample) || key::is_key_alone(text))
    }

    fn is_general(&self) -> bool {
        true
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let text = source.lines().unwrap_or_default();
        if text.lines().nth(MOST_LINES).is_some() {
            return Err(ImportError::TooMany);
        }
        let mut batch = Batch::default();
        if let Some((table, plan)) = markdown(text) {
            table.read(&plan, &mut batch)?;
        }
        let entries = entries(text);
        if entries.is_empty() && key::is_key_alone(text) {
            batch.skip(Place::line(1), String::new(), Other::Key)?;
            return Ok(batch.into());
        }
        for entry in &entries {
            let draft = Draft { issuer: entry.issuer.trim(), name: entry.name.trim(), ..Draft::default() };
            add_key(draft, entry.key, Place::line(entry.line), &mut batch)?;
        }
        batch.remark(entries.len(), |_| text!("import-remark-free-text"));
        batch.remarks.extend(left(text, &entries));
        Ok(batch.into())
    }
}

/// Says which lines of `text` have something like a key that is in none of `entries`.
fn left(text: &str, entries: &[Entry<'_>]) -> Option<Text> {
    let taken = |number: &usize| entries.binary_search_by_key(number, |entry| entry.line).is_ok();
    let others = text.lines().zip(1..).filter(|(_, number)| !taken(number));
    let left = others.filter(|(written, _)| line::shows_key(written)).map(|(_, number)| number.to_string());
    let left: Vec<String> = left.collect();
    let mut list = left.get(..MOST_TOLD).unwrap_or(&left).join(", ");
    list.push_str(if left.len() > MOST_TOLD { " …" } else { "" });
    (!left.is_empty()).then(|| text!("import-remark-keys-left", count = left.len(), lines = list))
}

/// The rows of a Markdown table in `text`, if one has keys.
fn markdown(text: &str) -> Option<(Table, Plan)> {
    let mut table = Table::default();
    for (line, number) in text.lines().map(str::trim).zip(1..) {
        let cells = line.strip_prefix('|').filter(|_| !line.chars().all(|symbol| "|-: ".contains(symbol)));
        if let Some(cells) = cells {
            table.push(Place::line(number), cells.trim_end_matches('|').split('|')).ok()?;
        }
    }
    let plan = Plan::of(&table)?;
    Some((table, plan))
}

/// An account in the making.
#[derive(Clone, Copy)]
struct Entry<'a> {
    issuer: &'a str,
    name: &'a str,
    key: &'a str,
    /// Whether a word announces the key.
    announced: bool,
    /// Whether several keys stand there bare, one below the other: a list of codes or a long text.
    listed: bool,
    /// The line of the key.
    line: usize,
}

impl Entry<'_> {
    /// Nothing yet.
    const BLANK: Self = Self { issuer: "", name: "", key: "", announced: false, listed: false, line: 0 };

    /// Whether it is enough to take the whole text for one with keys.
    fn is_certain(&self) -> bool {
        cell::is_key(self.key)
    }

    /// Whether its key stands alone on its line and nothing announces it.
    fn is_bare(&self, line: usize) -> bool {
        !self.key.is_empty() && !self.announced && self.line == line
    }
}

/// What the lines so far say of the next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    /// Nothing.
    None,
    /// It is a key.
    Key,
    /// It is a password or another secret that is none of ours.
    Hidden,
}

/// Whether there is an account in `text` that is certain.
fn has_entry(text: &str) -> bool {
    let mut reader = Reader::new();
    let is_certain = |reader: &Reader<'_>| reader.entries.last().is_some_and(Entry::is_certain);
    let found = text.lines().zip(1..).any(|(written, number)| {
        reader.read(written, number);
        is_certain(&reader)
    });
    found || {
        reader.finish();
        is_certain(&reader)
    }
}

/// The accounts in `text`. A blank line ends one, and so does a second key or site.
fn entries(text: &str) -> Vec<Entry<'_>> {
    let mut reader = Reader::new();
    // One more than a batch takes is enough to be refused there.
    for (written, number) in text.lines().zip(1..) {
        if reader.entries.len() > super::MAX_ENTRIES {
            break;
        }
        reader.read(written, number);
    }
    reader.finish();
    reader.entries
}

struct Reader<'a> {
    entries: Vec<Entry<'a>>,
    entry: Entry<'a>,
    /// The heading above.
    section: &'a str,
    /// Whether a title above says that passwords and the like follow.
    hidden: bool,
    label: Label,
    /// How many lines the block has so far.
    lines: usize,
}

impl<'a> Reader<'a> {
    fn new() -> Self {
        let (entries, label) = (Vec::new(), Label::None);
        Self { entries, entry: Entry::BLANK, section: "", hidden: false, label, lines: 0 }
    }

    fn read(&mut self, written: &'a str, number: usize) {
        let line = match (Line::read(written), self.label) {
            (Line::Other | Line::Word(_), Label::Key) if cell::reads_as_key(written) => {
                Line::Key { issuer: "", name: "", key: written.trim(), announced: true }
            }
            (Line::Key { issuer, name, key, .. }, Label::Key) => Line::Key { issuer, name, key, announced: true },
            (Line::Key { announced: false, .. }, Label::Hidden) => Line::Other,
            (Line::Key { announced: false, .. }, _) if self.hidden => Line::Other,
            (line, _) => line,
        };
        match line {
            Line::Blank => return self.blank(),
            Line::Heading(title) => return self.heading(title),
            Line::Key { issuer, name, key, announced } => self.key((issuer, name), key, announced, number),
            Line::Issuer(issuer) => {
                self.finish_if(!self.entry.issuer.is_empty() && !self.entry.key.is_empty());
                self.entry.issuer = issuer;
            }
            Line::Name(name) if self.entry.name.is_empty() => self.entry.name = name,
            // Alone, only the first line of a block is a site: another may be a password.
            Line::Word(word) if self.lines == 0 => self.entry.issuer = word,
            _ => {}
        }
        self.label = match line {
            Line::Announcement => Label::Key,
            Line::Concealment => Label::Hidden,
            // What is concealed goes on to the end of the block, what is announced is one line.
            _ if self.label == Label::Key => Label::None,
            _ => self.label,
        };
        self.lines += 1;
    }

    fn key(&mut self, (issuer, name): (&'a str, &'a str), key: &'a str, announced: bool, number: usize) {
        let bare = !announced && issuer.is_empty() && name.is_empty();
        if bare && self.entry.is_bare(number - 1) {
            (self.entry.listed, self.entry.line) = (true, number);
            return;
        }
        self.finish_if(!self.entry.key.is_empty());
        let or = |own: &'a str, known: &'a str| if own.is_empty() { known } else { own };
        let entry = self.entry;
        let (issuer, name) = (or(issuer, entry.issuer), or(name, entry.name));
        self.entry = Entry { issuer, name, key, announced, listed: false, line: number };
    }

    fn blank(&mut self) {
        // A label alone is the title of all that follows.
        match (self.label, self.lines) {
            (Label::Hidden, 1) => self.hidden = true,
            (Label::Key, 1) => self.hidden = false,
            _ => {}
        }
        if self.lines != 1 || self.label == Label::Hidden {
            self.label = Label::None;
        }
        self.finish();
    }

    fn heading(&mut self, title: &'a str) {
        self.finish();
        self.hidden = label::hides(title);
        // A label names nobody.
        let names = !self.hidden && Role::of(title).is_none();
        (self.section, self.label) = (if names { title } else { "" }, Label::None);
    }

    fn finish_if(&mut self, again: bool) {
        if again {
            self.finish();
        }
    }

    /// Keeps the entry if it has a key, and something that says what the key is.
    fn finish(&mut self) {
        let mut entry = std::mem::replace(&mut self.entry, Entry::BLANK);
        if entry.issuer.is_empty() {
            entry.issuer = self.section;
        }
        let named = entry.announced || !entry.issuer.is_empty() || !entry.name.is_empty();
        if !entry.key.is_empty() && named && !entry.listed {
            self.entries.push(entry);
        }
        self.lines = 0;
    }
}

#[cfg(test)]
mod tests;
