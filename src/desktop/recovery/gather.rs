//! The files that a proof or a restoration is read from: chosen, dropped or pasted.

use std::path::PathBuf;

use eframe::egui;
use otp::text::Text;

use crate::add::PathField;
use crate::add::reader::{Offered, Reader};
use crate::add::reading::Reading;
use crate::dialog;
use crate::failure::Failure;
use crate::kit;
use crate::page::Cx;
use crate::worker::{self, Task, Worker};

/// How far it is.
#[derive(Default)]
pub(super) struct Gather {
    choosing: Option<Task<Vec<PathBuf>>>,
    reading: Option<Reading>,
    failure: Option<Failure>,
    path: PathField,
}

impl Gather {
    /// Begins to read `offered`.
    pub(super) fn read(&mut self, offered: Vec<Offered>, worker: &Worker) {
        self.failure = None;
        self.reading = Some(Reading::new(worker, offered, None));
    }

    /// Draws the button `choose`, or how far the reading is; gives what was read, once.
    pub(super) fn ui(&mut self, ui: &mut egui::Ui, choose: &Text, cx: &mut Cx<'_>) -> Option<Reader> {
        if let Some(reading) = &mut self.reading {
            let read = reading.ui(ui, cx)?;
            self.reading = None;
            match read {
                Ok(reader) => return Some(reader),
                Err(failure) => self.failure = Some(failure),
            }
        }
        if let Some(offered) = self.choose(ui, choose, cx) {
            self.read(offered, cx.worker);
        }
        None
    }

    /// Draws the button `choose`; gives the files that were chosen with it, once.
    pub(super) fn choose(&mut self, ui: &mut egui::Ui, choose: &Text, cx: &mut Cx<'_>) -> Option<Vec<Offered>> {
        if kit::filled(ui, choose.say(cx.lang)).clicked() && self.choosing.is_none() {
            self.failure = None;
            self.choosing = Some(dialog::files(cx.worker));
        }
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
            self.path.ui(ui, cx);
        }
        chosen
    }
}
