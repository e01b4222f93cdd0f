//! The files that a proof or a restoration is read from: chosen, dropped or pasted.

use eframe::egui;
use otp::text::Text;

use crate::add::reader::{Offered, Reader};
use crate::add::reading::Reading;
use crate::chooser::Chooser;
use crate::kit;
use crate::page::Cx;
use crate::worker::Worker;

/// How far it is.
#[derive(Default)]
pub(super) struct Gather {
    chooser: Chooser,
    reading: Option<Reading>,
}

impl Gather {
    /// Begins to read `offered`.
    pub(super) fn read(&mut self, offered: Vec<Offered>, worker: &Worker) {
        self.chooser.clear();
        self.reading = Some(Reading::new(worker, offered, None));
    }

    /// Looks in `offered` for the recovery key that it waits for, or begins to read it; tells whether
    /// it begins.
    pub(super) fn take(&mut self, offered: Vec<Offered>, worker: &Worker) -> bool {
        let rest = match &mut self.reading {
            Some(reading) => reading.take(offered, worker),
            None => Some(offered),
        };
        rest.map(|offered| self.read(offered, worker)).is_some()
    }

    /// Draws the button `choose`, or how far the reading is; gives what was read, once.
    pub(super) fn ui(&mut self, ui: &mut egui::Ui, choose: &Text, cx: &mut Cx<'_>) -> Option<Reader> {
        if let Some(reading) = &mut self.reading {
            let read = reading.ui(ui, cx)?;
            self.reading = None;
            match read {
                Ok(reader) => return Some(reader),
                Err(failure) => self.chooser.fail(failure),
            }
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
