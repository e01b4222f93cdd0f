//! The way back from a backup or a copy: the difference first, then what is missing here comes in.
//! Nothing that is here is taken away.

use eframe::egui;
use otp::app::backup::{Restoration, nothing};
use otp::app::receive::ReceiptLine;
use otp::present;
use otp::text;
use otp::text::Text;

use super::gather::Gather;
use crate::accounts::title;
use crate::add::reader::Offered;
use crate::add::receipt::{self, Lists};
use crate::failure::Failure;
use crate::kit::{self, Rows, Tone};
use crate::page::{Cx, Page, Place, Want};
use crate::worker::{self, Task, Worker};

/// The view.
#[derive(Default)]
pub(crate) struct Restore {
    gather: Gather,
    comparing: Option<Task<Restoration>>,
    found: Option<Restoration>,
    restoring: Option<Task<Option<Text>>>,
    failure: Option<Failure>,
    lists: Lists,
    only_here: Rows,
}

impl Restore {
    fn hear(&mut self, cx: &mut Cx<'_>) {
        match worker::take(&mut self.comparing) {
            None => {}
            Some(Ok(found)) => self.found = Some(found),
            Some(Err(failure)) => self.failure = Some(failure),
        }
        match worker::take(&mut self.restoring) {
            None => {}
            Some(Ok(done)) => {
                cx.said.extend(done.map(Ok));
                cx.want(Want::Reload);
                cx.want(Want::Go(Place::Codes));
            }
            Some(Err(failure)) => self.failure = Some(failure),
        }
    }

    fn difference(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let Some(found) = &self.found else { return };
        kit::quiet(ui, cx.say(&made(found)));
        receipt::lines(ui, &found.receipt, &mut self.lists, cx);
        for (number, entry) in found.only_here.iter().enumerate() {
            let line = |ui: &mut egui::Ui| {
                kit::quiet(ui, cx.say(&text!("backup-only-here", account = title(entry))));
            };
            self.only_here.row(ui, number, line);
        }
        for (id, counter) in &found.counters {
            let Some(item) = cx.accounts.item(*id) else { continue };
            let line = text!("backup-counter-moves", account = item.title(), counter = counter.to_string());
            kit::quiet(ui, cx.say(&line));
        }
    }

    /// What can be done with the difference.
    fn choice(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let Some(found) = &self.found else { return };
        if found.is_empty() {
            // Some may have been taken back since.
            let missed = found.receipt.lines.iter().filter_map(ReceiptLine::missed);
            let count = missed.filter(|id| cx.accounts.item(*id).is_none()).count();
            kit::toned(ui, cx.say(&nothing(count)), if count > 0 { Tone::Watch } else { Tone::Good });
            return;
        }
        let kept = found.receipt.kept();
        if kit::filled(ui, text!("desktop-restore-button", count = kept).say(cx.lang)).clicked()
            && let Some(found) = self.found.take()
        {
            let now = cx.now;
            self.restoring = Some(cx.worker.ask(move |app, progress| {
                progress.tell(0, kept);
                let count = app.restore_backup(found, now, &mut |done| progress.tell(done, kept))?;
                Ok(Some(text!("backup-restored", count = count)))
            }));
        }
    }
}

/// When and where the backup was made, as far as it says, and how many accounts it has.
fn made(found: &Restoration) -> Text {
    let count = found.receipt.lines.len();
    match &found.about {
        None => text!("desktop-restore-holds", count = count),
        Some(about) => {
            let (at, device) = (present::moment(about.written), about.device.as_str());
            match device {
                "" => text!("desktop-restore-made", at = at, count = count),
                device => text!("desktop-restore-made-on", at = at, device = device, count = count),
            }
        }
    }
}

impl Page for Restore {
    fn place(&self) -> Place {
        Place::Recovery
    }

    fn title(&self) -> Text {
        text!("desktop-restore-title")
    }

    fn leaves(&mut self) -> Option<Task<Option<Text>>> {
        self.restoring.take()
    }

    fn take(&mut self, offered: Vec<Offered>, worker: &Worker) -> Option<Vec<Offered>> {
        if self.gather.take(offered, worker) {
            self.found = None;
        }
        None
    }

    fn bar(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        self.choice(ui, cx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        self.hear(cx);
        if let Some(failure) = &self.failure {
            kit::failure(ui, failure, cx.lang);
        }
        if let Some(task) = &self.restoring {
            kit::progress(ui, &text!("desktop-export-writing").say(cx.lang), task.progress());
        } else if self.comparing.is_some() {
            kit::progress(ui, &text!("desktop-reading").say(cx.lang), None);
        } else if self.found.is_some() {
            self.difference(ui, cx);
        } else {
            kit::body(ui, text!("desktop-restore-words").say(cx.lang));
            match self.gather.ui(ui, &text!("desktop-restore-choose"), cx) {
                None => {}
                Some(Err(failure)) => self.gather.fail(failure),
                Some(Ok(reader)) => {
                    self.failure = None;
                    self.comparing = Some(cx.worker.ask(move |app, _| Ok(app.compare_backup(reader.batch)?)));
                }
            }
        }
    }
}
