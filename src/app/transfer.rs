//! Google's transfer codes in files: pictures, pages for paper, or their addresses as text.

use std::path::{Path, PathBuf};

use crate::app::export::{Piece, SaveError, save};
use crate::app::sheet::{transfer, transfer_code};
use crate::export::{self, Bytes, Drawing, ExportError, Item, Job, Paper, google};
use crate::text::Lang;

/// What the codes are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A picture of each.
    Pictures(Drawing),
    /// A PDF file with a page for each.
    Pages,
    /// Their addresses, one a line.
    Text,
}

impl Form {
    /// What the ending of the name of `file` asks for.
    pub fn named(file: &Path) -> Option<Self> {
        match file.extension()?.to_str()?.to_lowercase().as_str() {
            "pdf" => Some(Self::Pages),
            "txt" => Some(Self::Text),
            _ => Drawing::named(file).map(Self::Pictures),
        }
    }

    /// The files that `pages` codes are written to, where one was named `file`: where there are several
    /// pictures, they are numbered.
    pub fn files(self, file: &Path, pages: usize) -> Vec<PathBuf> {
        match self {
            Self::Pictures(_) if pages > 1 => (1..=pages).map(|page| numbered(file, page, pages)).collect(),
            _ => vec![file.to_owned()],
        }
    }

    /// Writes the codes of `items` to `files`, which [`Form::files`] gave. What can be read back is
    /// compared before it gets its name.
    ///
    /// # Errors
    /// When the codes cannot be made or written; then no new file is there.
    pub fn write(
        self,
        items: &[Item],
        job: &Job<'_>,
        files: &[PathBuf],
        force: bool,
        lang: Lang,
    ) -> Result<(), SaveError> {
        let pages = google::pages(items, job.per_page)?;
        let contents: Vec<Bytes> = match self {
            Self::Text => vec![export::target("google").map_or(Err(ExportError::NotMade), |to| to.write(items, job))?],
            Self::Pages => vec![transfer(&pages, items, Paper::A4, lang)?],
            Self::Pictures(drawing) => {
                pages.iter().map(|page| drawing.of(&transfer_code(page)?)).collect::<Result<_, _>>()?
            }
        };
        let pieces = files.iter().zip(contents).map(|(path, bytes)| Piece { path: path.clone(), bytes });
        let check = |at: usize, written: &[u8]| match self {
            Self::Text => export::reads_back(written, items, None).map(drop),
            Self::Pictures(Drawing::Png) => {
                let range = pages.get(at).map(|page| page.items.clone()).unwrap_or_default();
                export::reads_back(written, items.get(range).unwrap_or_default(), None).map(drop)
            }
            Self::Pictures(Drawing::Svg) | Self::Pages => Ok(()),
        };
        save(&pieces.collect::<Vec<_>>(), force, &check)
    }
}

/// `codes.png` as `codes-1-of-3.png`.
fn numbered(path: &Path, page: usize, of: usize) -> PathBuf {
    let part = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let (stem, ending) = (part(path.file_stem()), part(path.extension()).to_lowercase());
    path.with_file_name(format!("{stem}-{page}-of-{of}.{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_pictures_are_numbered() {
        let (file, form) = (Path::new("a/codes.PNG"), Form::Pictures(Drawing::Png));
        assert_eq!(form.files(file, 1), [file]);
        assert_eq!(form.files(file, 2), [Path::new("a/codes-1-of-2.png"), Path::new("a/codes-2-of-2.png")]);
        assert_eq!(Form::Pages.files(file, 2), [file]);
    }

    #[test]
    fn the_ending_of_a_name_says_what_is_written() {
        #[track_caller]
        fn case(name: &str, form: Option<Form>) {
            assert_eq!(Form::named(Path::new(name)), form);
        }
        case("codes.PDF", Some(Form::Pages));
        case("codes.txt", Some(Form::Text));
        case("codes.svg", Some(Form::Pictures(Drawing::Svg)));
        case("codes.docx", None);
        case("codes", None);
    }
}
