//! Proving the paper: photos or scans of a printed sheet, compared with what is kept. The pages may
//! come one after the other.

use std::sync::{Arc, Mutex, PoisonError};

use eframe::egui;
use otp::app::sheet_check::{Checked, Proof};
use otp::error::Explain;
use otp::import::{Batch, ImportError};
use otp::text;
use otp::text::Text;

use super::gather::Gather;
use crate::add::reader::{Offered, Reader};
use crate::add::receipt;
use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::page::{Cx, Page, Place, Want};
use crate::worker::{self, Task, Worker};

/// The view.
#[derive(Default)]
pub(crate) struct Check {
    gather: Gather,
    /// What was brought while other pages were being read.
    waiting: Vec<Offered>,
    /// What was read, lent to the store's thread while that compares it.
    read: Arc<Mutex<Batch>>,
    /// The pictures that could not be read, and why.
    failed: Vec<(String, Text)>,
    checking: Option<Task<Checked>>,
    checked: Option<Result<Checked, Failure>>,
}

impl Check {
    fn hear(&mut self, cx: &mut Cx<'_>) {
        if let Some(answer) = worker::take(&mut self.checking) {
            self.checked = Some(answer);
            let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
            self.gather.add_to(std::mem::take(&mut *read));
            cx.want(Want::Reload);
        }
        if self.checking.is_none() && !self.gather.is_reading() && !self.waiting.is_empty() {
            self.gather.read(std::mem::take(&mut self.waiting), cx.worker);
        }
    }

    /// Compares all pages that were read so far with what is kept.
    fn compare(&mut self, reader: Reader, cx: &Cx<'_>) {
        self.failed = reader.failed;
        self.read = Arc::new(Mutex::new(reader.batch));
        let (lent, now) = (Arc::clone(&self.read), cx.now);
        self.checking = Some(cx.worker.ask(move |app, _| {
            let batch = lent.lock().unwrap_or_else(PoisonError::into_inner);
            Ok(app.check_sheet(&batch, now)?)
        }));
    }
}

fn tone(proof: Proof) -> Tone {
    match proof {
        Proof::Matches => Tone::Good,
        Proof::Unreadable | Proof::NotFound | Proof::Newer => Tone::Watch,
        Proof::Old | Proof::Unknown => Tone::Bad,
    }
}

fn told(ui: &mut egui::Ui, checked: &Checked, failed: &[(String, Text)], cx: &Cx<'_>) {
    kit::card(ui, |ui| {
        let proved = checked.count(Proof::Matches);
        let line = kit::toned(
            ui,
            cx.say(&text!("sheet-proved", count = proved)),
            if proved > 0 { Tone::Good } else { Tone::Bad },
        );
        ui.ctx().accesskit_node_builder(line.id, |node| node.set_live(egui::accesskit::Live::Polite));
        for account in &checked.accounts {
            let proof = Text::new(format!("sheet-proof-{}", account.proof.id()));
            let line = text!("desktop-check-line", proof = proof, account = account.title.clone());
            kit::toned(ui, line.say(cx.lang), tone(account.proof));
        }
        for skipped in &checked.unreadable {
            kit::toned(ui, cx.say(&receipt::skip(skipped)), Tone::Bad);
        }
        receipt::failed(ui, failed, cx);
        for missing in &checked.missing {
            kit::toned(ui, cx.say(&missing.text()), Tone::Watch);
        }
        let newer = checked.count(Proof::Newer);
        if newer > 0 {
            kit::toned(ui, cx.say(&text!("sheet-newer", count = newer)), Tone::Watch);
        }
        let unseen = checked.count(Proof::Unreadable) + checked.count(Proof::NotFound);
        if unseen + checked.unreadable.len() + failed.len() > 0 {
            kit::quiet(ui, cx.say(&text!("sheet-hint-every-page")));
        }
    });
    kit::quiet(ui, cx.say(&text!("sheet-delete-pictures")));
}

/// `failure` with what helps here: nobody takes the export of an app for a sheet.
fn clearer(failure: Failure) -> Failure {
    if failure.text == ImportError::Unknown.text() {
        return Failure { hint: Some(text!("sheet-hint-every-page")), ..failure };
    }
    failure
}

impl Page for Check {
    fn place(&self) -> Place {
        Place::Recovery
    }

    fn title(&self) -> Text {
        text!("desktop-sheet-check-title")
    }

    fn take(&mut self, offered: Vec<Offered>, worker: &Worker) -> Option<Vec<Offered>> {
        self.waiting.extend(self.gather.take_key(offered, worker).into_iter().flatten());
        None
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        self.hear(cx);
        if self.checking.is_some() {
            kit::progress(ui, &text!("desktop-reading").say(cx.lang), None);
            return;
        }
        match &self.checked {
            None => drop(kit::body(ui, text!("desktop-sheet-check-words").say(cx.lang))),
            Some(Ok(checked)) => told(ui, checked, &self.failed, cx),
            Some(Err(failure)) => kit::failure(ui, failure, cx.lang),
        }
        match self.gather.ui(ui, &text!("desktop-sheet-check-choose"), cx) {
            None => {}
            Some(Ok(reader)) => self.compare(reader, cx),
            Some(Err(failure)) => self.gather.fail(clearer(failure)),
        }
        let idle = !self.gather.is_reading() && self.checking.is_none();
        if idle && self.checked.is_some() && kit::button(ui, text!("desktop-check-anew").say(cx.lang)).clicked() {
            *self = Self::default();
        }
    }
}
