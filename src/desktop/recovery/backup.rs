//! A backup under a passphrase: one file, proved before anybody says that it is complete.

use eframe::egui;
use otp::app::backup::BackupJob;
use otp::text;
use otp::text::Text;

use crate::destination::Destination;
use crate::failure::Failure;
use crate::kit;
use crate::page::{Cx, Page, Place, Want};
use crate::passphrase::NewPassphrase;
use crate::theme;
use crate::worker::{self, Task};

/// The view.
pub(crate) struct Backup {
    passphrase: NewPassphrase,
    destination: Destination,
    writing: Option<Task<Text>>,
    failure: Option<Failure>,
}

impl Default for Backup {
    fn default() -> Self {
        let destination = Destination::named("otp-backup.age");
        Self { passphrase: NewPassphrase::default(), destination, writing: None, failure: None }
    }
}

impl Page for Backup {
    fn place(&self) -> Place {
        Place::Recovery
    }

    fn title(&self) -> Text {
        text!("desktop-backup-title")
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let lang = cx.lang;
        match worker::take(&mut self.writing) {
            None => {}
            Some(Ok(done)) => {
                cx.said.push(Ok(done));
                cx.want(Want::Reload);
                cx.want(Want::Back);
            }
            Some(Err(failure)) => self.failure = Some(failure),
        }
        if let Some(failure) = self.destination.hear() {
            self.failure = Some(failure);
        }
        if self.writing.is_some() {
            kit::progress(ui, &cx.say(&text!("backup-working")), None);
            return;
        }
        kit::body(ui, text!("desktop-backup-words").say(lang));
        let ready = self.passphrase.ui(ui, lang);
        let entered = self.destination.field(ui, cx) || (self.passphrase.entered());
        self.destination.button(ui, cx);
        if let Some(failure) = &self.failure {
            kit::failure(ui, failure, lang);
        }
        ui.add_space(theme::BETWEEN);
        let ready = ready.filter(|_| self.destination.path().is_some());
        let write = ui.add_enabled_ui(ready.is_some(), |ui| kit::filled(ui, text!("desktop-backup-write").say(lang)));
        let Some(passphrase) = ready else { return };
        if let Some(spot) = self.destination.spot(ui, write.inner.clicked() || entered, cx) {
            self.passphrase.clear();
            self.failure = None;
            let now = cx.now;
            self.writing = Some(cx.worker.ask(move |app, _| {
                let job = BackupJob { path: &spot.path, passphrase: &passphrase, armor: false, force: spot.replace };
                let count = app.back_up(&job, now)?.accounts;
                Ok(text!("backup-complete", count = count, file = spot.name()))
            }));
        }
    }
}
