//! A backup under a passphrase: one file, proved before anybody says that it is complete.

use std::path::{Path, PathBuf};

use eframe::egui;
use otp::app::backup::BackupJob;
use otp::text;
use otp::text::Text;

use crate::add::reader::file_name;
use crate::dialog;
use crate::failure::Failure;
use crate::kit;
use crate::page::{Cx, Page, Place, Want};
use crate::passphrase::NewPassphrase;
use crate::theme;
use crate::worker::{self, Task};

/// The view.
pub(crate) struct Backup {
    passphrase: NewPassphrase,
    path: String,
    choosing: Option<Task<Option<PathBuf>>>,
    writing: Option<Task<Text>>,
    failure: Option<Failure>,
}

impl Default for Backup {
    fn default() -> Self {
        let path = etcetera::home_dir().unwrap_or_default().join("otp-backup.age");
        let path = path.to_string_lossy().into_owned();
        Self { passphrase: NewPassphrase::default(), path, choosing: None, writing: None, failure: None }
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
        match worker::take(&mut self.choosing) {
            Some(Ok(Some(path))) => self.path = path.to_string_lossy().into_owned(),
            Some(Err(failure)) => self.failure = Some(failure),
            _ => {}
        }
        if self.writing.is_some() {
            kit::progress(ui, &cx.say(&text!("backup-working")), None);
            return;
        }
        kit::body(ui, text!("desktop-backup-words").say(lang));
        let ready = self.passphrase.ui(ui, lang);
        kit::field(ui, &text!("desktop-export-file").say(lang), &mut self.path);
        if kit::button(ui, text!("desktop-export-choose").say(lang)).clicked() && self.choosing.is_none() {
            self.choosing = Some(dialog::save(cx.worker, file_name(Path::new(&self.path))));
        }
        if let Some(failure) = &self.failure {
            kit::failure(ui, failure, lang);
        }
        ui.add_space(theme::BETWEEN);
        let ready = ready.filter(|_| !self.path.trim().is_empty());
        let write = ui.add_enabled_ui(ready.is_some(), |ui| kit::filled(ui, text!("desktop-backup-write").say(lang)));
        if let Some(passphrase) = ready.filter(|_| write.inner.clicked()) {
            self.passphrase.clear();
            self.failure = None;
            let (path, now) = (PathBuf::from(self.path.trim()), cx.now);
            self.writing = Some(cx.worker.ask(move |app, _| {
                let job = BackupJob { path: &path, passphrase: &passphrase, armor: false, force: false };
                let count = app.back_up(&job, now)?.accounts;
                Ok(text!("backup-complete", count = count, file = file_name(&path)))
            }));
        }
    }
}
