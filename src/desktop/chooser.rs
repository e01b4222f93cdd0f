//! Files that the user chooses: in the system's window, or by their path where there is none.

use std::path::PathBuf;

use eframe::egui;
use otp::text;

use crate::add::reader::Offered;
use crate::dialog;
use crate::failure::Failure;
use crate::kit;
use crate::page::{Cx, Want};
use crate::worker::{self, Task};

/// How far the choice is.
#[derive(Default)]
pub(crate) struct Chooser {
    choosing: Option<Task<Vec<PathBuf>>>,
    failure: Option<Failure>,
    /// The path that is typed.
    path: String,
}

impl Chooser {
    /// Opens the system's window.
    pub(crate) fn open(&mut self, cx: &Cx<'_>) {
        if self.choosing.is_none() {
            self.failure = None;
            self.choosing = Some(dialog::files(cx.worker));
        }
    }

    /// Tells that what was chosen last came to nothing.
    pub(crate) fn fail(&mut self, failure: Failure) {
        self.failure = Some(failure);
    }

    /// Whether it did, and nothing was chosen since.
    pub(crate) fn has_failed(&self) -> bool {
        self.failure.is_some()
    }

    /// Forgets what went wrong.
    pub(crate) fn clear(&mut self) {
        self.failure = None;
    }

    /// Gives the files that were chosen, once. Draws what went wrong, with a field for a path, which
    /// goes the way of what is dropped.
    pub(crate) fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) -> Option<Vec<Offered>> {
        let chosen = match worker::take(&mut self.choosing) {
            Some(Ok(files)) if !files.is_empty() => Some(files.into_iter().map(Offered::Path).collect()),
            Some(Err(failure)) => {
                self.failure = Some(failure);
                None
            }
            _ => None,
        };
        if let Some(failure) = &self.failure {
            kit::failure(ui, failure, cx.lang);
            self.path(ui, cx);
        }
        chosen
    }

    fn path(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let field = kit::field(ui, &text!("desktop-path").say(cx.lang), &mut self.path);
        kit::first(ui, &field);
        let entered = kit::entered(ui, &field);
        let pressed = kit::button(ui, text!("desktop-path-read").say(cx.lang)).clicked();
        if (entered || pressed) && !self.path.trim().is_empty() {
            cx.want(Want::Bring(vec![Offered::Path(PathBuf::from(self.path.trim()))]));
        }
    }
}
