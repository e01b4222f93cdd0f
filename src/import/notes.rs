//! Free text in which people keep their keys: “Binance: taro@example.com キー JBSW Y3DP …”, blocks of
//! labelled lines, Markdown tables, and what a few command-line tools write (`formats.md` 21).
//!
//! An account needs a key that is announced by a word, or that can be nothing else and ends its
//! line. Prose, programs and passwords never become accounts. Names beside the key are a guess.

use crate::text;
use crate::text::Text;

use super::table::{Plan, Table, add_key, cell};
use super::{Batch, Format, ImportError, Opened, Place, Source, csv, draft::Draft};

mod line;

use line::Line;

/// How much of a text is looked at to see whether it holds keys, in bytes.
const SAMPLE: usize = 256 << 10;

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

    fn recognizes(&self, source: &Source<'_>) -> bool {
        let Some(text) = source.lines().filter(|text| !cell::is_address(text)) else { return false };
        let sample = (0..4).find_map(|less| text.get(..SAMPLE - less)).unwrap_or(text);
        !csv::is_table(text) && (markdown(sample).is_some() || entries(sample).iter().any(Entry::is_certain))
    }

    fn is_general(&self) -> bool {
        true
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let text = source.lines().unwrap_or_default();
        let mut batch = Batch::default();
        if let Some((table, plan)) = markdown(text) {
            table.read(&plan, &mut batch)?;
        }
        let entries = entries(text);
        for entry in &entries {
            let draft = Draft { issuer: entry.issuer.trim(), name: entry.name.trim(), ..Draft::default() };
            add_key(draft, entry.key, Place::line(entry.line), &mut batch)?;
        }
        batch.remark(entries.len(), |_| text!("import-remark-notes"));
        Ok(batch.into())
    }
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
    /// The line of the key.
    line: usize,
}

impl Entry<'_> {
    /// Nothing yet.
    const BLANK: Self = Self { issuer: "", name: "", key: "", announced: false, line: 0 };

    /// Whether it is enough to take the whole text for one with keys.
    fn is_certain(&self) -> bool {
        cell::is_key(self.key)
    }
}

/// The accounts in `text`. A blank line ends one, and so does a second key or site.
fn entries(text: &str) -> Vec<Entry<'_>> {
    let (mut entries, mut section, mut entry) = (Vec::new(), "", Entry::BLANK);
    let mut fresh = true;
    for (written, number) in text.lines().zip(1..) {
        let line = Line::read(written);
        if let Line::Heading(title) = line {
            section = title;
        }
        let again = match line {
            Line::Key { .. } => !entry.key.is_empty(),
            Line::Issuer(_) => !entry.issuer.is_empty() && !entry.key.is_empty(),
            Line::Blank | Line::Heading(_) => true,
            _ => false,
        };
        if again {
            finish(&mut entries, std::mem::replace(&mut entry, Entry::BLANK), section);
            fresh = true;
        }
        match line {
            Line::Key { issuer, name, key, announced } => {
                entry.issuer = if issuer.is_empty() { entry.issuer } else { issuer };
                entry.name = if name.is_empty() { entry.name } else { name };
                (entry.key, entry.announced, entry.line) = (key, announced, number);
            }
            Line::Issuer(issuer) => entry.issuer = issuer,
            Line::Name(name) if entry.name.is_empty() => entry.name = name,
            // Alone, only the first line of a block is a site: another may be a password.
            Line::Word(word) if fresh => entry.issuer = word,
            _ => {}
        }
        fresh &= matches!(line, Line::Blank | Line::Heading(_));
    }
    finish(&mut entries, entry, section);
    entries
}

/// Keeps `entry` if it has a key, and something that says what the key is.
fn finish<'a>(entries: &mut Vec<Entry<'a>>, mut entry: Entry<'a>, section: &'a str) {
    if entry.issuer.is_empty() {
        entry.issuer = section;
    }
    let named = entry.announced || !entry.issuer.is_empty() || !entry.name.is_empty();
    // One more than a batch takes is enough to be refused there.
    if !entry.key.is_empty() && named && entries.len() <= super::MAX_ENTRIES {
        entries.push(entry);
    }
}

#[cfg(test)]
mod tests;
