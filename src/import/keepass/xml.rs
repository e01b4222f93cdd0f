//! The entries in the XML of a database, one after the other, with bounded depth and without
//! document types or entities (`security.md` R2.4).

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zeroize::{Zeroize as _, Zeroizing};

use crate::crypto::stream::Stream;
use crate::import::ImportError;
use crate::import::draft::base64;

use super::damaged;

/// The deepest nesting of elements: more than any owner of a database nests groups.
const MOST_DEPTH: usize = 128;
/// The most fields of an entry that are looked at.
const MOST_FIELDS: usize = 1_000;

/// An entry.
#[derive(Default)]
pub(super) struct Entry {
    /// Names and values.
    fields: Vec<(String, Zeroizing<String>)>,
    /// The groups it lies in, from the outermost but one.
    pub(super) groups: Vec<String>,
    /// Its own tags.
    pub(super) tags: Vec<String>,
    /// Whether it lies in the recycle bin.
    pub(super) trashed: bool,
}

impl Entry {
    /// The value of the field `name`; empty where there is none.
    pub(super) fn field(&self, name: &str) -> &str {
        self.fields().find(|(found, _)| *found == name).map(|(_, value)| value).unwrap_or_default()
    }

    /// All fields, in order.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// Whether `xml` is nested no deeper than any real database.
pub(super) fn check_depth(xml: &str) -> Result<(), ImportError> {
    let (mut reader, mut depth) = (Reader::from_str(xml), 0_usize);
    loop {
        match reader.read_event().map_err(|_| damaged())? {
            Event::Start(_) if depth == MOST_DEPTH => return Err(damaged()),
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::DocType(_) => return Err(damaged()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Hands every entry of `xml` to `take`, older states left out.
pub(super) fn each_entry(
    xml: &str,
    stream: &mut Stream,
    mut take: impl FnMut(&Entry) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let mut walk = Walk::new(stream);
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().map_err(|_| damaged())? {
            Event::Start(element) => walk.start(&element)?,
            Event::Empty(element) => {
                walk.start(&element)?;
                walk.end(&mut take)?;
            }
            Event::Text(text) => walk.text.push_str(&text),
            Event::CData(text) => walk.text.push_str(&text),
            Event::GeneralRef(reference) => walk.text.push(character(&reference)?),
            Event::End(_) => walk.end(&mut take)?,
            Event::DocType(_) => return Err(damaged()),
            Event::Eof => return if walk.path.is_empty() { Ok(()) } else { Err(damaged()) },
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
}

/// The character that `&…;` stands for; the five of XML and numbers are all there are.
fn character(reference: &BytesRef<'_>) -> Result<char, ImportError> {
    if let Some(character) = reference.resolve_char_ref().map_err(|_| damaged())? {
        return Ok(character);
    }
    match &**reference {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "apos" => Ok('\''),
        "quot" => Ok('"'),
        _ => Err(damaged()),
    }
}

/// An open element.
struct Element {
    name: String,
    is_protected: bool,
}

#[derive(Default)]
struct Group {
    id: String,
    name: String,
}

/// Where the reading has come to.
struct Walk<'a> {
    stream: &'a mut Stream,
    path: Vec<Element>,
    text: Zeroizing<String>,
    bin: Bin,
    groups: Vec<Group>,
    entry: Entry,
    key: String,
    /// How many elements of older states are open.
    history: usize,
}

/// The recycle bin, as far as there is one.
#[derive(Default)]
struct Bin {
    is_enabled: bool,
    id: String,
}

impl<'a> Walk<'a> {
    fn new(stream: &'a mut Stream) -> Self {
        let (path, text, bin, groups) = (Vec::new(), Zeroizing::default(), Bin::default(), Vec::new());
        Self { stream, path, text, bin, groups, entry: Entry::default(), key: String::new(), history: 0 }
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), ImportError> {
        if self.path.len() == MOST_DEPTH {
            return Err(damaged());
        }
        let protected = element.try_get_attribute("Protected").map_err(|_| damaged())?;
        let is_protected = protected.is_some_and(|value| value.value.eq_ignore_ascii_case("true"));
        let name = element.name().as_ref().to_owned();
        match name.as_str() {
            "Group" => self.groups.push(Group::default()),
            "Entry" if self.history == 0 => self.entry = Entry::default(),
            "History" => self.history += 1,
            _ => {}
        }
        self.path.push(Element { name, is_protected });
        self.text.zeroize();
        Ok(())
    }

    fn end(&mut self, take: &mut impl FnMut(&Entry) -> Result<(), ImportError>) -> Result<(), ImportError> {
        let Some(element) = self.path.pop() else { return Err(damaged()) };
        let mut text = std::mem::take(&mut self.text);
        if element.is_protected {
            // Older states count too: all protected values share one stream.
            let mut bytes = Zeroizing::new(base64(&text).ok_or_else(damaged)?);
            self.stream.apply(&mut bytes);
            text = Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned());
        }
        let parent = self.path.last().map(|element| element.name.as_str()).unwrap_or_default();
        match (parent, element.name.as_str()) {
            (_, "History") => self.history = self.history.saturating_sub(1),
            (_, "Group") => drop(self.groups.pop()),
            ("Meta", "RecycleBinEnabled") => self.bin.is_enabled = text.trim().eq_ignore_ascii_case("true"),
            ("Meta", "RecycleBinUUID") => text.trim().clone_into(&mut self.bin.id),
            ("Group", "UUID") => self.in_group(|group| text.trim().clone_into(&mut group.id)),
            ("Group", "Name") => self.in_group(|group| text.trim().clone_into(&mut group.name)),
            ("String", "Key") => self.key.clone_from(&text),
            ("String", "Value") if self.history == 0 && self.entry.fields.len() < MOST_FIELDS => {
                self.entry.fields.push((std::mem::take(&mut self.key), text));
            }
            ("Entry", "Tags") if self.history == 0 => {
                self.entry.tags = text.split([';', ',']).map(str::to_owned).collect();
            }
            (_, "Entry") if self.history == 0 => return self.finish(take),
            _ => {}
        }
        Ok(())
    }

    fn in_group(&mut self, set: impl FnOnce(&mut Group)) {
        if let Some(group) = self.groups.last_mut() {
            set(group);
        }
    }

    fn finish(&mut self, take: &mut impl FnMut(&Entry) -> Result<(), ImportError>) -> Result<(), ImportError> {
        let mut entry = std::mem::take(&mut self.entry);
        entry.trashed = self.bin.is_enabled && self.groups.iter().any(|group| group.id == self.bin.id);
        entry.groups = self.groups.iter().skip(1).map(|group| group.name.clone()).collect();
        take(&entry)
    }
}
