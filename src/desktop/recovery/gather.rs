//! The files that a proof or a restoration is read from: chosen, dropped or pasted.

use eframe::egui;
use otp::import::Batch;
use otp::text::Text;

use crate::add::reader::{Offered, Reader};
use crate::add::reading::Reading;
use crate::chooser::Chooser;
use crate::failure::Failure;
use crate::kit;
use crate::page::Cx;
use crate::worker::Worker;

/// How far it is.
#[derive(Default)]
pub(super) struct Gather {
    chooser: Chooser,
    reading: Option<Reading>,
    /// What was read before, if what comes now adds to it.
    before: Option<Batch>,
}

impl Gather {
    /// Begins to read `offered`.
    pub(super) fn read(&mut self, offered: Vec<Offered>, worker: &Worker) {
        self.chooser.clear();
        let reader = Reader::new(offered, None);
        let reader = match self.before.take() {
            Some(batch) => reader.onto(batch),
            None => reader,
        };
        self.reading = Some(Reading::by(worker, reader));
    }

    /// Has the next reading add to `batch`.
    pub(super) fn add_to(&mut self, batch: Batch) {
        self.before = Some(batch);
    }

    /// Whether something is being read.
    pub(super) fn is_reading(&self) -> bool {
        self.reading.is_some()
    }

    /// Looks in `offered` for the recovery key that it waits for, or gives it back.
    pub(super) fn take_key(&mut self, offered: Vec<Offered>, worker: &Worker) -> Option<Vec<Offered>> {
        match &mut self.reading {
            Some(reading) => reading.take(offered, worker),
            None => Some(offered),
        }
    }

    /// Looks in `offered` for the recovery key that it waits for, or begins to read it; tells whether
    /// it begins.
    pub(super) fn take(&mut self, offered: Vec<Offered>, worker: &Worker) -> bool {
        let rest = self.take_key(offered, worker);
        rest.map(|offered| self.read(offered, worker)).is_some()
    }

    /// Tells that what was chosen last came to nothing.
    pub(super) fn fail(&mut self, failure: Failure) {
        self.chooser.fail(failure);
    }

    /// Draws the button `choose`, or how far the reading is; gives what came of it, once.
    pub(super) fn ui(&mut self, ui: &mut egui::Ui, choose: &Text, cx: &mut Cx<'_>) -> Option<Result<Reader, Failure>> {
        if let Some(reading) = &mut self.reading {
            let read = reading.ui(ui, cx)?;
            self.reading = None;
            return Some(read);
        }
        if let Some(offered) = self.choose(ui, choose, cx) {
            self.read(offered, cx.worker);
        }
        None
    }

    /// Draws the button `choose`; gives the files that were chosen with it, once.
    pub(super) fn choose(&mut self, ui: &mut egui::Ui, choose: &Text, cx: &mut Cx<'_>) -> Option<Vec<Offered>> {
        if kit::filled(ui, choose.say(cx.lang)).clicked() {
            self.chooser.open(cx);
        }
        self.chooser.ui(ui, cx)
    }
}
