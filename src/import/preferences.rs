//! Shared preferences of Android apps: small XML files that rooted phones give away.
//!
//! Only texts are kept. There is no document type, no entity beyond the five that XML itself has,
//! and no depth (`security.md` R2.4). A damaged file gives what stands before the damage, so that
//! it keeps its name.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use zeroize::Zeroizing;

use super::ImportError;

/// The deepest nesting: a text in a set in the map.
const MOST_DEPTH: usize = 3;
/// The most texts of a file: an entry each, and some settings.
const MOST_TEXTS: usize = 20_000;

/// The texts of a file of preferences, in its order.
#[derive(Debug, Default)]
pub(super) struct Preferences {
    texts: Vec<(String, Zeroizing<String>)>,
    /// The line of the first damage.
    damage: Option<usize>,
}

impl Preferences {
    /// Reads `markup`; `None` if it is something else than preferences.
    pub(super) fn parse(markup: &str) -> Option<Self> {
        let mut reader = Reader::from_str(markup);
        let mut walk = Walk::default();
        loop {
            let step = match reader.read_event() {
                Ok(Event::Eof) if walk.depth == 0 => break,
                Ok(event) => walk.step(&event),
                Err(_) => None,
            };
            if step.is_none() {
                let before = usize::try_from(reader.buffer_position()).ok().and_then(|at| markup.get(..at));
                walk.found.damage = Some(before.unwrap_or(markup).matches('\n').count() + 1);
                break;
            }
        }
        walk.is_map.then(|| walk.finish())
    }

    /// Refuses a damaged file of format `id`.
    ///
    /// # Errors
    /// [`ImportError::Damaged`], with the line.
    pub(super) fn check(&self, id: &'static str) -> Result<(), ImportError> {
        self.damage.map_or(Ok(()), |line| Err(ImportError::Damaged { format: id, line }))
    }

    /// Every text with its name.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// The first text whose name ends with `name`: apps put the name of their package in front.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.texts().find(|(found, _)| found.ends_with(name)).map(|(_, text)| text)
    }
}

/// A walk through the elements of a file.
#[derive(Default)]
struct Walk {
    found: Preferences,
    is_map: bool,
    depth: usize,
    /// The text that is being read, with its depth.
    open: Option<(usize, String, Zeroizing<String>)>,
}

impl Walk {
    /// Takes the next part; `None` where it is nothing that preferences have.
    fn step(&mut self, event: &Event<'_>) -> Option<()> {
        match event {
            Event::Start(element) => self.start(element)?,
            Event::End(_) => {
                self.depth = self.depth.checked_sub(1)?;
                self.close();
            }
            Event::Text(text) => self.push(text),
            Event::CData(text) => self.push(text),
            Event::GeneralRef(name) => match name.resolve_char_ref().ok()? {
                Some(symbol) => self.push(symbol.encode_utf8(&mut [0; 4])),
                None => self.push(entity(name)?),
            },
            // Numbers and truth values are elements without content.
            Event::Empty(element) if self.depth == 0 => self.root(element)?,
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) => {}
            Event::DocType(_) | Event::PI(_) | Event::Eof => return None,
        }
        Some(())
    }

    fn root(&mut self, element: &BytesStart<'_>) -> Option<()> {
        self.is_map |= element.name().as_ref() == "map";
        self.is_map.then_some(())
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Option<()> {
        if self.depth == 0 {
            self.root(element)?;
        }
        self.depth += 1;
        if self.depth > MOST_DEPTH || self.found.texts.len() >= MOST_TEXTS {
            return None;
        }
        if self.depth == 2 && element.name().as_ref() == "string" {
            let name = element.try_get_attribute("name").ok()??;
            let name = name.normalized_value_with(XmlVersion::Implicit1_0, 1, entity).ok()?.into_owned();
            self.open = Some((self.depth, name, Zeroizing::default()));
        }
        Some(())
    }

    /// Adds to the text that is being read. Between texts there are only blanks.
    fn push(&mut self, part: &str) {
        if let Some((_, _, text)) = &mut self.open {
            text.push_str(part);
        }
    }

    fn close(&mut self) {
        if let Some((_, name, text)) = self.open.take_if(|(depth, ..)| *depth > self.depth) {
            self.found.texts.push((name, text));
        }
    }

    /// What was found, a text that was cut short included.
    fn finish(mut self) -> Preferences {
        self.depth = 0;
        self.close();
        self.found
    }
}

/// What XML's own five entities stand for.
fn entity(name: &str) -> Option<&'static str> {
    Some(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_and_nothing_else() {
        #[track_caller]
        fn case(markup: &str, texts: &[(&str, &str)], damage: Option<usize>) {
            let found = Preferences::parse(markup).unwrap();
            assert_eq!((found.texts().collect::<Vec<_>>(), found.damage), (texts.to_vec(), damage));
        }
        let head = "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n";
        case(&format!("{head}<map />"), &[], None);
        case("<map><string name=\"a&amp;b\">&lt;1&#10;&quot;株</string></map>", &[("a&b", "<1\n\"株")], None);
        case("<map><int name=\"n\" value=\"1\" /><string name=\"a\"></string></map>", &[("a", "")], None);
        case("<map><set name=\"s\"><string>x</string></set></map>", &[], None);
        case("<map>\n<string name=\"a\">x</string>\n<string name=\"b\">y", &[("a", "x"), ("b", "y")], Some(3));
        case("<map><string name=\"a\">&bomb;</string></map>", &[("a", "")], Some(1));
        case("<map><string name=\"a\">&nbsp;</string></map>", &[("a", "")], Some(1));
        case("<map><set><set><set><set>", &[], Some(1));
    }

    #[test]
    fn other_markup_is_left_alone() {
        for markup in ["<html><map></map></html>", "<!DOCTYPE map [<!ENTITY a \"b\">]><map/>", "<plist/>", ""] {
            assert!(Preferences::parse(markup).is_none(), "{markup}");
        }
    }
}
