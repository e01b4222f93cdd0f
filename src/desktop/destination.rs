//! Where a file is to be written: a field with its path, and the system's window to choose one in.

use std::path::{Path, PathBuf};

use eframe::egui;
use otp::text;

use crate::add::reader::file_name;
use crate::dialog;
use crate::failure::Failure;
use crate::kit;
use crate::page::Cx;
use crate::worker::{self, Task};

/// The place.
#[derive(Default)]
pub(crate) struct Destination {
    path: String,
    choosing: Option<Task<Option<PathBuf>>>,
}

impl Destination {
    /// In the home folder under `name`, unless the user says otherwise; numbered where that is taken.
    pub(crate) fn named(name: &str) -> Self {
        let path = free(&etcetera::home_dir().unwrap_or_default().join(name));
        Self { path: path.to_string_lossy().into_owned(), choosing: None }
    }

    /// Takes what was chosen; gives why there is no window to choose in.
    pub(crate) fn hear(&mut self) -> Option<Failure> {
        match worker::take(&mut self.choosing)? {
            Ok(chosen) => {
                self.path =
                    chosen.map_or_else(|| std::mem::take(&mut self.path), |path| path.to_string_lossy().into_owned());
                None
            }
            Err(failure) => Some(failure),
        }
    }

    /// Draws the field.
    pub(crate) fn field(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>) {
        kit::field(ui, &text!("desktop-export-file").say(cx.lang), &mut self.path);
    }

    /// Draws the button that opens the system's window.
    pub(crate) fn button(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>) {
        if kit::button(ui, text!("desktop-export-choose").say(cx.lang)).clicked() && self.choosing.is_none() {
            self.choosing = Some(dialog::save(cx.worker, file_name(Path::new(&self.path))));
        }
    }

    /// The path, if there is one.
    pub(crate) fn path(&self) -> Option<PathBuf> {
        let path = self.path.trim();
        (!path.is_empty()).then(|| PathBuf::from(path))
    }
}

/// `path`, or the first like it with a number that no file has.
fn free(path: &Path) -> PathBuf {
    let name = file_name(path);
    // Only the last of several endings is one here, as the system has it.
    let (stem, ending) = name.rsplit_once('.').map_or((&*name, String::new()), |(stem, end)| (stem, format!(".{end}")));
    let numbered = |number: u32| path.with_file_name(format!("{stem}-{number}{ending}"));
    let taken = |path: &PathBuf| path.symlink_metadata().is_ok();
    let mut names = std::iter::once(path.to_owned()).chain((2..100).map(numbered));
    names.find(|path| !taken(path)).unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| folder.path().join(name);
        assert_eq!(free(&file("sheet.pdf")), file("sheet.pdf"));
        std::fs::write(file("sheet.pdf"), "").unwrap();
        assert_eq!(free(&file("sheet.pdf")), file("sheet-2.pdf"));
        std::fs::write(file("sheet-2.pdf"), "").unwrap();
        assert_eq!(free(&file("sheet.pdf")), file("sheet-3.pdf"));
        std::fs::write(file("copy"), "").unwrap();
        assert_eq!(free(&file("copy")), file("copy-2"));
        std::fs::write(file("a.json.age"), "").unwrap();
        assert_eq!(free(&file("a.json.age")), file("a.json-2.age"));
    }
}
