//! Proving the paper: photos or scans of a printed sheet, compared with what is kept.

use eframe::egui;
use otp::app::sheet_check::{Checked, Proof};
use otp::text;
use otp::text::Text;

use super::gather::Gather;
use crate::add::reader::Offered;
use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::page::{Cx, Page, Place, Want};
use crate::worker::{self, Task, Worker};

/// The view.
#[derive(Default)]
pub(crate) struct Check {
    gather: Gather,
    checking: Option<Task<Checked>>,
    checked: Option<Result<Checked, Failure>>,
}

fn tone(proof: Proof) -> Tone {
    match proof {
        Proof::Matches => Tone::Good,
        Proof::Unreadable | Proof::NotFound | Proof::Newer => Tone::Watch,
        Proof::Old | Proof::Unknown => Tone::Bad,
    }
}

fn told(ui: &mut egui::Ui, checked: &Checked, cx: &Cx<'_>) {
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
            let line = text!("receipt-skipped", place = skipped.place.text(), reason = skipped.reason.text());
            kit::toned(ui, cx.say(&line), Tone::Bad);
        }
        for missing in &checked.missing {
            kit::toned(ui, cx.say(&missing.text()), Tone::Watch);
        }
        let newer = checked.count(Proof::Newer);
        if newer > 0 {
            kit::toned(ui, cx.say(&text!("sheet-newer", count = newer)), Tone::Watch);
        }
    });
    kit::quiet(ui, cx.say(&text!("sheet-delete-pictures")));
}

impl Page for Check {
    fn place(&self) -> Place {
        Place::Recovery
    }

    fn title(&self) -> Text {
        text!("desktop-sheet-check-title")
    }

    fn take(&mut self, offered: Vec<Offered>, worker: &Worker) -> Option<Vec<Offered>> {
        if self.gather.take(offered, worker) {
            self.checked = None;
        }
        None
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        if let Some(answer) = worker::take(&mut self.checking) {
            self.checked = Some(answer);
            cx.want(Want::Reload);
        }
        if self.checking.is_some() {
            kit::progress(ui, &text!("desktop-reading").say(cx.lang), None);
            return;
        }
        match &self.checked {
            None => drop(kit::body(ui, text!("desktop-sheet-check-words").say(cx.lang))),
            Some(Ok(checked)) => told(ui, checked, cx),
            Some(Err(failure)) => kit::failure(ui, failure, cx.lang),
        }
        if let Some(reader) = self.gather.ui(ui, &text!("desktop-sheet-check-choose"), cx) {
            let now = cx.now;
            self.checking = Some(cx.worker.ask(move |app, _| Ok(app.check_sheet(reader.batch, now)?)));
        }
    }
}
