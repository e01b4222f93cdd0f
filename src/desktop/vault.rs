//! The vault: made where there is no keyring, or wanted instead of it; and its passphrase changed.

use eframe::egui;
use otp::secret::Secret;
use otp::store::BackendKind;
use otp::text;
use otp::text::Text;
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::kit;
use crate::page::{Cx, Page, Place, Want};
use crate::passphrase::NewPassphrase;
use crate::theme;
use crate::worker::{self, Task};

/// The view that makes the vault, and moves what is in the keyring into it.
#[derive(Default)]
pub(crate) struct MakeVault {
    passphrase: NewPassphrase,
    task: Option<Task<()>>,
    failure: Option<Failure>,
}

impl Page for MakeVault {
    fn place(&self) -> Place {
        Place::Settings
    }

    fn title(&self) -> Text {
        text!("desktop-vault-title")
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        match worker::take(&mut self.task) {
            None => {}
            Some(Ok(())) => {
                cx.said.push(Ok(text!("desktop-vault-made")));
                cx.want(Want::Reload);
                // What waits for a place to be kept in is below.
                cx.want(Want::Back);
            }
            Some(Err(failure)) => self.failure = Some(failure),
        }
        kit::body(ui, text!("desktop-vault-words").say(cx.lang));
        kit::toned(ui, text!("desktop-vault-warning").say(cx.lang), kit::Tone::Watch);
        ui.add_space(theme::BETWEEN);
        if let Some(task) = &self.task {
            kit::progress(ui, &text!("desktop-vault-making").say(cx.lang), task.progress());
            return;
        }
        let ready = self.passphrase.ui(ui, cx.lang);
        if let Some(failure) = &self.failure {
            kit::failure(ui, failure, cx.lang);
        }
        ui.add_space(theme::BETWEEN);
        let make = ui.add_enabled_ui(ready.is_some(), |ui| kit::filled(ui, text!("desktop-make-vault").say(cx.lang)));
        if let Some(passphrase) = ready.filter(|_| make.inner.clicked() || self.passphrase.entered()) {
            self.passphrase.clear();
            self.failure = None;
            self.task = Some(make_vault(passphrase, cx));
        }
    }
}

/// Makes the vault and moves every secret into it.
fn make_vault(passphrase: Secret, cx: &Cx<'_>) -> Task<()> {
    let now = cx.now;
    cx.worker.give(passphrase.duplicate());
    cx.worker.ask(move |app, progress| {
        let moves = !app.uses_vault() && app.ledger().index().is_some();
        if moves {
            // What does not give its secrets away leaves no empty vault behind.
            app.ledger().check_canary()?;
        }
        if !app.has_vault() {
            app.create_vault(&passphrase, now)?;
        }
        if moves {
            let of = app.accounts().len() + app.trash().len();
            app.shift(BackendKind::Vault, now, &mut |done| progress.tell(done, of))?;
        }
        Ok(())
    })
}

/// The view that puts the vault under another passphrase.
#[derive(Default)]
pub(crate) struct ChangePassphrase {
    old: Zeroizing<String>,
    new: NewPassphrase,
    task: Option<Task<()>>,
    failure: Option<Failure>,
}

impl Page for ChangePassphrase {
    fn place(&self) -> Place {
        Place::Settings
    }

    fn title(&self) -> Text {
        text!("desktop-vault-change")
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        match worker::take(&mut self.task) {
            None => {}
            Some(Ok(())) => {
                cx.said.push(Ok(text!("vault-passphrase-changed")));
                cx.want(Want::Back);
            }
            Some(Err(failure)) => self.failure = Some(failure),
        }
        if self.task.is_some() {
            kit::progress(ui, &text!("desktop-vault-making").say(cx.lang), None);
            return;
        }
        let old = kit::secret(ui, &text!("desktop-vault-old").say(cx.lang), &mut self.old, false);
        let ready = self.new.ui_after(ui, Some(&old), cx.lang);
        if let Some(failure) = &self.failure {
            kit::failure(ui, failure, cx.lang);
        }
        ui.add_space(theme::BETWEEN);
        let enabled = ready.is_some() && !self.old.is_empty();
        let change = ui.add_enabled_ui(enabled, |ui| kit::filled(ui, text!("desktop-vault-change").say(cx.lang)));
        let pressed = change.inner.clicked() || (enabled && self.new.entered());
        if let Some(new) = ready.filter(|_| pressed) {
            let old = Secret::from_text(std::mem::take(&mut *self.old));
            self.new.clear();
            self.failure = None;
            self.task = Some(cx.worker.ask(move |app, _| Ok(app.change_passphrase(&old, &new)?)));
        }
    }
}
