//! Where a file is to be written: a field with its path, the system's window to choose one in, and a
//! question where another file stands there.

use std::path::{Path, PathBuf};

use eframe::egui;
use otp::app::export::{Check, Piece, save};
use otp::app::places;
use otp::export::Bytes;
use otp::text;

use crate::add::reader::file_name;
use crate::dialog;
use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::page::Cx;
use crate::theme;
use crate::worker::{self, Task};

/// The place.
#[derive(Default)]
pub(crate) struct Destination {
    path: String,
    choosing: Option<Task<Option<PathBuf>>>,
    /// The file that its owner has agreed to replace in the system's window.
    agreed: Option<PathBuf>,
    /// The path that was to be written to, and the file that is in the way.
    taken: Option<(PathBuf, PathBuf)>,
    /// The last path that was looked at, and the service that copies its folder.
    synced: (String, Option<&'static str>),
}

/// Where to write, as its owner has it.
pub(crate) struct Spot {
    pub(crate) path: PathBuf,
    /// Whether the file that stands there is replaced.
    pub(crate) replace: bool,
}

impl Spot {
    /// The file's name.
    pub(crate) fn name(&self) -> String {
        file_name(&self.path)
    }

    /// Writes `bytes` once `check` has seen them on the disk. What stood there stays if anything fails.
    pub(crate) fn write(self, bytes: Bytes, check: &Check<'_>) -> Result<(), Failure> {
        Ok(save(&[Piece { path: self.path, bytes }], self.replace, check)?)
    }
}

impl Destination {
    /// In the home folder under `name`, unless the user says otherwise; numbered where that is taken.
    pub(crate) fn named(name: &str) -> Self {
        let path = free(&etcetera::home_dir().unwrap_or_default().join(name));
        Self { path: path.to_string_lossy().into_owned(), ..Self::default() }
    }

    /// Takes what was chosen; gives why there is no window to choose in.
    pub(crate) fn hear(&mut self) -> Option<Failure> {
        match worker::take(&mut self.choosing)? {
            Ok(None) => None,
            Ok(Some(path)) => {
                self.path = path.to_string_lossy().into_owned();
                // The system's window has asked about a file that is there, on every desktop.
                self.agreed = Some(path).filter(|path| stands(path));
                None
            }
            Err(failure) => Some(failure),
        }
    }

    /// Draws the field; says so where the folder is copied to other computers. True when Enter was
    /// pressed in it.
    pub(crate) fn field(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>) -> bool {
        let field = kit::field(ui, &text!("desktop-export-file").say(cx.lang), &mut self.path);
        if self.synced.0 != self.path {
            self.synced = (self.path.clone(), self.path().and_then(|path| places::synced(&path)));
        }
        if let Some(service) = self.synced.1 {
            kit::toned(ui, cx.say(&text!("export-synced", service = service)), Tone::Watch);
        }
        kit::entered(ui, &field)
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

    /// Where to write, once the button for that was `pressed`. While another file stands there, draws
    /// the question whether it is to be replaced, and gives nothing without a yes.
    pub(crate) fn spot(&mut self, ui: &mut egui::Ui, pressed: bool, cx: &Cx<'_>) -> Option<Spot> {
        self.spot_of(ui, pressed, |path| vec![path.to_owned()], cx)
    }

    /// The same where those of `files` are written that the path stands for.
    pub(crate) fn spot_of(
        &mut self,
        ui: &mut egui::Ui,
        pressed: bool,
        files: impl Fn(&Path) -> Vec<PathBuf>,
        cx: &Cx<'_>,
    ) -> Option<Spot> {
        let path = self.path()?;
        if pressed {
            let agreed = self.agreed.take();
            let taken = files(&path).into_iter().find(|file| stands(file));
            if taken.is_none() || taken == agreed {
                self.taken = None;
                return Some(Spot { path, replace: taken.is_some() });
            }
            self.taken = taken.map(|taken| (path.clone(), taken));
        }
        // A question about another name is answered by taking this one.
        self.taken.take_if(|(asked, _)| *asked != path);
        let replace = self.taken.as_ref().is_some_and(|(_, taken)| asked(ui, taken, pressed, cx));
        replace.then(|| {
            self.taken = None;
            Spot { path, replace }
        })
    }
}

/// Asks whether the file `path` is to be replaced; true once it is. A question that is `new` is scrolled
/// to.
fn asked(ui: &mut egui::Ui, path: &Path, new: bool, cx: &Cx<'_>) -> bool {
    kit::card(ui, |ui| {
        let line = kit::toned(ui, cx.say(&text!("export-exists", file = file_name(path))), Tone::Watch);
        ui.ctx().accesskit_node_builder(line.id, |node| node.set_live(egui::accesskit::Live::Assertive));
        kit::quiet(ui, text!("desktop-replace-words").say(cx.lang));
        let replace = kit::grave(ui, text!("desktop-replace").say(cx.lang));
        if new {
            ui.scroll_to_rect(replace.rect.expand(theme::EDGE), None);
        }
        replace.clicked()
    })
}

/// Whether something stands at `path` that can be replaced; a folder never is.
fn stands(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|found| !found.is_dir())
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

    #[test]
    fn a_folder_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sheet.pdf");
        assert!(!stands(folder.path()) && !stands(&file));
        std::fs::write(&file, "").unwrap();
        assert!(stands(&file));
    }
}
