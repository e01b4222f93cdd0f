//! Something to import, and what it looks like: text, a table, a JSON tree, an archive, preferences, a
//! database.
//!
//! Each look is taken at most once, however many formats ask.

use std::cell::OnceCell;
use std::time::Duration;

use serde_json::Value;
use zeroize::Zeroizing;

use super::archive::Archive;
use super::csv::{self, Sketch};
use super::json::Json;
use super::preferences::Preferences;
use super::sqlite::{self, Database};
use super::work::Work;
use super::{ImportError, plain};

/// Gives the content of the file of this name beside the source, if there is one.
pub type Beside<'a> = dyn Fn(&str) -> Option<Zeroizing<Vec<u8>>> + 'a;

/// Hears how many pages of a document are read, of how many.
pub type Told<'a> = dyn Fn(usize, usize) + 'a;

/// Something to import.
pub struct Source<'a> {
    bytes: &'a [u8],
    name: Option<&'a str>,
    beside: Option<&'a Beside<'a>>,
    told: Option<&'a Told<'a>>,
    /// Whether it lies in an archive.
    is_inside: bool,
    patience: Duration,
    work: Work,
    looks: Looks<'a>,
}

/// How long a source may keep a machine busy (`security.md` R2.1).
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// What a source was found to look like so far.
#[derive(Default)]
struct Looks<'a> {
    text: OnceCell<Option<Zeroizing<String>>>,
    table: OnceCell<Option<Sketch>>,
    json: OnceCell<Result<Json, usize>>,
    archive: OnceCell<Option<Archive<'a>>>,
    preferences: OnceCell<Option<Preferences>>,
    database: OnceCell<Option<Database>>,
}

impl<'a> Source<'a> {
    /// The content `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            name: None,
            beside: None,
            told: None,
            is_inside: false,
            patience: PATIENCE,
            work: Work::default(),
            looks: Looks::default(),
        }
    }

    /// The same, called `name`. A name is shown; what the source is, its content decides.
    #[must_use]
    pub fn named(self, name: &'a str) -> Self {
        Self { name: Some(name), ..self }
    }

    /// Whether it is called a picture. Where its content has no marks of anything, that is all that
    /// tells what its owner takes it for.
    pub(super) fn is_called_picture(&self) -> bool {
        const ENDS: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "heic", "heif", "avif"];
        let end = self.name.and_then(|name| name.rsplit_once('.')).map(|(_, end)| end.to_ascii_lowercase());
        end.is_some_and(|end| ENDS.contains(&&*end))
    }

    /// The same, with the files that lie beside it: some exports come in two pieces.
    #[must_use]
    pub fn with(self, beside: &'a Beside<'a>) -> Self {
        Self { beside: Some(beside), ..self }
    }

    /// The same, telling `told` of the pages of a document as they are read.
    #[must_use]
    pub fn telling(self, told: &'a Told<'a>) -> Self {
        Self { told: Some(told), ..self }
    }

    /// Tells that `done` of `of` pages are read.
    pub(super) fn tell(&self, done: usize, of: usize) {
        if let Some(told) = self.told {
            told(done, of);
        }
    }

    /// The content.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The name to show.
    pub fn name(&self) -> Option<&'a str> {
        self.name
    }

    /// The file called `name` beside this one.
    pub(super) fn beside(&self, name: &str) -> Option<Zeroizing<Vec<u8>>> {
        self.beside.and_then(|beside| beside(name))
    }

    /// Something that this source holds inside: a file of an archive.
    pub(super) fn inner<'b>(&self, bytes: &'b [u8], name: &'b str) -> Source<'b> {
        Source { is_inside: true, patience: self.patience, work: self.work.clone(), ..Source::new(bytes).named(name) }
    }

    /// Whether it lies in an archive.
    pub(super) fn is_inside(&self) -> bool {
        self.is_inside
    }

    /// The work that the pictures in it share.
    pub(super) fn work(&self) -> &Work {
        &self.work
    }

    /// The same, with less time to read it.
    pub(super) fn within(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// How long reading it may take, as far as that can be held.
    pub(super) fn patience(&self) -> Duration {
        self.patience
    }

    /// The content as text; `None` if it is none.
    pub(super) fn text(&self) -> Option<&str> {
        self.looks.text.get_or_init(|| plain::read(self.bytes)).as_ref().map(|text| text.as_str())
    }

    /// The content as text that is neither JSON nor markup: lines, a list, a table.
    pub(super) fn lines(&self) -> Option<&str> {
        self.text().filter(|text| {
            let text = text.trim_start();
            !text.starts_with(['{', '[']) && (!text.starts_with('<') || text.starts_with("<otpauth"))
        })
    }

    /// What kind of table the content is, if it is one with keys.
    pub(super) fn table(&self) -> Option<Sketch> {
        *self.looks.table.get_or_init(|| self.lines().and_then(csv::sketch))
    }

    /// The content as markup, XML or HTML.
    pub(super) fn markup(&self) -> Option<&str> {
        self.text().filter(|text| {
            let text = text.trim_start();
            text.starts_with('<') && !text.starts_with("<otpauth")
        })
    }

    /// The content as the preferences of an Android app; `None` if it is anything else.
    pub(super) fn preferences(&self) -> Option<&Preferences> {
        self.looks.preferences.get_or_init(|| self.markup().and_then(Preferences::parse)).as_ref()
    }

    /// The JSON tree of format `id`, which is known to be meant.
    ///
    /// # Errors
    /// When the content is damaged; the error names the line.
    pub(super) fn json(&self, id: &'static str) -> Result<&Value, ImportError> {
        self.tree().map_err(|line| ImportError::Damaged { format: id, line })
    }

    fn tree(&self) -> Result<&Value, usize> {
        let tree = self.looks.json.get_or_init(|| {
            let text = self.text().map(str::trim_start).filter(|text| text.starts_with(['{', '[']));
            text.ok_or(0).and_then(Json::parse)
        });
        tree.as_ref().map(Json::value).map_err(|line| *line)
    }

    /// Whether the content is a JSON object with all of `keys`, or one so damaged that it cannot be
    /// read but still mentions them, so that a damaged file keeps its name.
    pub(super) fn is_object_with(&self, keys: &[&str]) -> bool {
        self.is_tree('{', keys, |tree| keys.iter().all(|key| tree.get(key).is_some()))
    }

    /// The same for a JSON array whose first entry is an object with all of `keys`.
    pub(super) fn is_list_with(&self, keys: &[&str]) -> bool {
        self.is_tree('[', keys, |tree| tree.get(0).is_some_and(|item| keys.iter().all(|key| item.get(key).is_some())))
    }

    /// Whether the content is a JSON tree that begins with `start` and `fits`, or one so damaged that
    /// it cannot be read but still mentions all `keys`.
    pub(super) fn is_tree(&self, start: char, keys: &[&str], fits: impl Fn(&Value) -> bool) -> bool {
        let Some(text) = self.text().map(str::trim_start).filter(|text| text.starts_with(start)) else { return false };
        match self.tree() {
            Ok(tree) => fits(tree),
            Err(_) => keys.iter().all(|key| text.contains(&format!("\"{key}\""))),
        }
    }

    /// The content as a zip archive; `None` if it is none.
    pub(super) fn archive(&self) -> Option<&Archive<'a>> {
        self.looks.archive.get_or_init(|| Archive::open(self.bytes)).as_ref()
    }

    /// Whether the content is a zip archive with a file of one of these names.
    pub(super) fn has_member(&self, names: &[&str]) -> bool {
        self.archive().is_some_and(|archive| names.iter().any(|name| archive.has(name)))
    }

    /// The content as a database of format `id`, which is known to be meant.
    ///
    /// # Errors
    /// When it is damaged.
    pub(super) fn database(&self, id: &'static str) -> Result<&Database, ImportError> {
        let database = self.looks.database.get_or_init(|| Database::open(self.bytes));
        database.as_ref().ok_or(ImportError::Damaged { format: id, line: 0 })
    }

    /// Whether the content is a database with a table `table` that stores all of `columns`, or one
    /// so damaged that it cannot be read but still mentions them.
    pub(super) fn has_table(&self, table: &str, columns: &[&str]) -> bool {
        if !sqlite::is_database(self.bytes) {
            return false;
        }
        match self.looks.database.get_or_init(|| Database::open(self.bytes)) {
            Some(database) => database.has(table, columns),
            None => columns.iter().all(|column| memchr::memmem::find(self.bytes, column.as_bytes()).is_some()),
        }
    }
}
