//! A new backup key, because the site was asked for one. The old one goes to the trash.

use eframe::egui;
use otp::account::{Account, Parts};
use otp::app::enrolment::remembered;
use otp::key::{self, KeyError};
use otp::secret::Secret;
use otp::store::ledger::Added;
use otp::text;
use otp::text::Text;
use otp::uri;
use zeroize::Zeroizing;

use crate::accounts::Item;
use crate::add::key::code_now;
use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::page::{Cx, Want};
use crate::theme;
use crate::worker::{self, Task};

/// What is typed.
#[derive(Default)]
pub(super) struct Renew {
    key: Zeroizing<String>,
    task: Option<Task<Text>>,
    failure: Option<Failure>,
}

/// What the typed text says, a key or a whole address.
fn read(typed: &str) -> Result<(Secret, Vec<Text>), Failure> {
    match key::read(typed) {
        Ok(read) => Ok((read.secret, read.notes.iter().map(|note| note.text()).collect())),
        Err(KeyError::IsUri) => Ok((uri::parse(typed.trim())?.account.into_parts().secret, Vec::new())),
        Err(error) => Err(error.into()),
    }
}

impl Renew {
    /// Wipes what was typed.
    pub(super) fn hide(&mut self) {
        self.key = Zeroizing::default();
    }

    /// Whether a key is typed that is not kept.
    pub(super) fn is_unsaved(&self) -> bool {
        !self.key.trim().is_empty()
    }

    /// Whether there is a code that changes with the time.
    pub(super) fn ticks(&self) -> bool {
        !self.key.is_empty()
    }

    pub(super) fn ui(&mut self, ui: &mut egui::Ui, item: &Item, cx: &mut Cx<'_>) {
        let lang = cx.lang;
        match worker::take(&mut self.task) {
            None => {}
            Some(Ok(done)) => {
                self.hide();
                cx.said.push(Ok(done));
                cx.want(Want::Reload);
            }
            Some(Err(failure)) => self.failure = Some(failure),
        }
        if self.task.is_some() {
            kit::progress(ui, &text!("desktop-export-writing").say(lang), None);
            return;
        }
        kit::body(ui, text!("desktop-renew-words").say(lang));
        let field = kit::secret(ui, &text!("desktop-key-field").say(lang), &mut self.key, true);
        kit::first(ui, &field);
        let secret = self.verdict(ui, item, cx);
        let entered = kit::enter(ui, &[&field], secret.is_some());
        if let Some(failure) = &self.failure {
            kit::failure(ui, failure, lang);
        }
        ui.add_space(theme::BETWEEN);
        let words = text!("desktop-renew").say(lang);
        let pressed = ui.add_enabled_ui(secret.is_some(), |ui| kit::filled(ui, words)).inner.clicked();
        if let Some(secret) = secret.filter(|_| pressed || entered) {
            self.keep(secret, item, cx);
        }
    }

    /// What is wrong with the text, or the code it gives.
    fn verdict(&self, ui: &mut egui::Ui, item: &Item, cx: &Cx<'_>) -> Option<Secret> {
        if self.key.trim().is_empty() {
            kit::quiet(ui, text!("desktop-key-hint").say(cx.lang));
            return None;
        }
        let tried = read(&self.key).and_then(|(secret, notes)| {
            let kept = secret.duplicate();
            let here = item.account.as_ref().ok().map(|account| account.duplicate().into_parts());
            let parts = here.or_else(|| remembered(&item.entry)).map(|parts| Parts { secret, ..parts });
            Ok((kept, notes, parts.map(Account::new).transpose()?))
        });
        match tried {
            Ok((secret, notes, account)) => {
                for note in notes {
                    kit::toned(ui, cx.say(&note), Tone::Watch);
                }
                if let Some(account) = account {
                    code_now(ui, &account, cx);
                }
                Some(secret)
            }
            Err(failure) => {
                kit::toned(ui, cx.say(&failure.text), Tone::Bad);
                if let Some(hint) = &failure.hint {
                    kit::quiet(ui, cx.say(hint));
                }
                None
            }
        }
    }

    fn keep(&mut self, secret: Secret, item: &Item, cx: &Cx<'_>) {
        let (id, title, now) = (item.entry.id, item.title(), cx.now);
        self.failure = None;
        self.task = Some(cx.worker.ask(move |app, _| {
            let account = Account::new(Parts { secret, ..app.settings(id)? })?;
            Ok(match app.replace(id, account, now)? {
                Added::New(_) => text!("organise-replaced", account = title),
                Added::Already(_) => text!("organise-same-key", account = title),
            })
        }));
    }
}
