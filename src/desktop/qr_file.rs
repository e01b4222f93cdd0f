//! QR codes on their way into a file: where to, as what, and that they are the keys themselves.

use eframe::egui;
use otp::text;
use otp::text::Text;

use crate::destination::Destination;
use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::page::Cx;
use crate::worker::{self, Task};

/// The file, and what became of it.
pub(crate) struct QrFile {
    pub(crate) destination: Destination,
    keeping: Option<Task<Text>>,
    pub(crate) failure: Option<Failure>,
}

impl QrFile {
    /// In the home folder under `name`, unless the user says otherwise.
    pub(crate) fn named(name: &str) -> Self {
        Self { destination: Destination::named(name), keeping: None, failure: None }
    }

    /// Goes on where a thread has finished.
    pub(crate) fn hear(&mut self, cx: &mut Cx<'_>) {
        if let Some(failure) = self.destination.hear() {
            self.failure = Some(failure);
        }
        match worker::take(&mut self.keeping) {
            None => {}
            Some(Ok(done)) => cx.said.push(Ok(done)),
            Some(Err(failure)) => self.failure = Some(failure),
        }
    }

    /// Draws it; `kinds` says what the name may end in, `button` what is written. True when that is
    /// asked for.
    pub(crate) fn ui(&mut self, ui: &mut egui::Ui, kinds: &Text, button: &Text, cx: &Cx<'_>) -> bool {
        let lang = cx.lang;
        kit::heading(ui, &text!("desktop-qr-file"), lang);
        if self.keeping.is_some() {
            kit::progress(ui, &text!("desktop-export-writing").say(lang), None);
            return false;
        }
        kit::toned(ui, cx.say(&text!("export-plain-warning")), Tone::Watch);
        let entered = self.destination.field(ui, cx);
        kit::quiet(ui, cx.say(kinds));
        if let Some(failure) = &self.failure {
            kit::failure(ui, failure, lang);
        }
        kit::row(ui, |ui| {
            let save = kit::button(ui, button.say(lang)).clicked();
            self.destination.button(ui, cx);
            save || entered
        })
    }

    /// Waits for what writes it, or says why nothing does.
    pub(crate) fn write(&mut self, task: Result<Task<Text>, Failure>) {
        self.failure = None;
        match task {
            Ok(task) => self.keeping = Some(task),
            Err(failure) => self.failure = Some(failure),
        }
    }
}
