//! The recovery key, given: typed from paper, or in whatever holds it – a photo, a scan, a text, the
//! screen.

use eframe::egui;
use otp::app::recovery_key::{self, NoRecoveryKey};
use otp::secret::Secret;
use otp::text;
use otp::text::Text;
use zeroize::Zeroizing;

use crate::add::reader::{self, Offered};
use crate::chooser::Chooser;
use crate::failure::Failure;
use crate::kit;
use crate::page::{Cx, Want};
use crate::worker::{self, Task, Worker};

/// The field, and what was brought instead of typing.
#[derive(Default)]
pub(crate) struct GivenKey {
    typed: Zeroizing<String>,
    /// Whether what is typed is covered.
    covered: bool,
    /// Whether the field is to get the keyboard.
    focuses: bool,
    /// Whether it may be on the screen. One that is to be on paper proves nothing there.
    from_screen: bool,
    chooser: Chooser,
    reading: Option<Task<Secret>>,
}

impl GivenKey {
    /// One that covers what is typed, and is what its view is for.
    pub(crate) fn covered() -> Self {
        Self { covered: true, focuses: true, from_screen: true, ..Self::default() }
    }

    /// Gives the keyboard back to the field: what is in it did not fit.
    pub(crate) fn again(&mut self) {
        self.focuses = true;
    }

    /// Looks for the key in what the user brings.
    pub(crate) fn take(&mut self, offered: Vec<Offered>, worker: &Worker) {
        self.chooser.clear();
        self.reading = Some(worker.aside(move |_| find(offered)));
    }

    /// Whether something was brought that is being read, or came to nothing.
    pub(crate) fn is_at_it(&self) -> bool {
        self.reading.is_some() || self.chooser.has_failed()
    }

    /// Draws the field `label`, the button `done` with what `more` draws beside it, and the other ways
    /// to give the key; gives the key, once.
    pub(crate) fn ui(
        &mut self,
        ui: &mut egui::Ui,
        label: &Text,
        done: &Text,
        cx: &mut Cx<'_>,
        more: impl FnOnce(&mut egui::Ui),
    ) -> Option<Secret> {
        match worker::take(&mut self.reading) {
            None => {}
            Some(Ok(key)) => return Some(key),
            Some(Err(failure)) => self.chooser.fail(failure),
        }
        if self.reading.is_some() {
            kit::progress(ui, &text!("desktop-reading").say(cx.lang), None);
            return None;
        }
        let given = self.field(ui, label, done, cx, more);
        self.others(ui, cx);
        given
    }

    fn field(
        &mut self,
        ui: &mut egui::Ui,
        label: &Text,
        done: &Text,
        cx: &Cx<'_>,
        more: impl FnOnce(&mut egui::Ui),
    ) -> Option<Secret> {
        let field = kit::secret(ui, &label.say(cx.lang), &mut self.typed, !self.covered);
        if std::mem::take(&mut self.focuses) {
            field.request_focus();
        }
        let entered = kit::entered(ui, &field);
        let mut shown = !self.covered;
        kit::tick(ui, &mut shown, text!("desktop-show-typed").say(cx.lang));
        self.covered = !shown;
        let ready = !self.typed.trim().is_empty();
        let pressed = kit::row(ui, |ui| {
            let pressed = ui.add_enabled_ui(ready, |ui| kit::filled(ui, done.say(cx.lang))).inner.clicked();
            more(ui);
            pressed
        });
        // It stays in the field: who made a slip in so many letters mends it there.
        (ready && (pressed || entered)).then(|| Secret::from_text((*self.typed).clone()))
    }

    /// The ways to give it without typing.
    fn others(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        kit::quiet(ui, text!("desktop-given-words").say(cx.lang));
        kit::row(ui, |ui| {
            if kit::button(ui, text!("desktop-given-choose").say(cx.lang)).clicked() {
                self.chooser.open(cx);
            }
            if self.from_screen && kit::button(ui, text!("desktop-given-screen").say(cx.lang)).clicked() {
                cx.want(Want::ReadScreen);
            }
        });
        if let Some(chosen) = self.chooser.ui(ui, cx) {
            self.take(chosen, cx.worker);
        }
    }
}

/// The first recovery key in `offered`; if there is none, why the first of them has none.
fn find(offered: Vec<Offered>) -> Result<Secret, Failure> {
    let mut failure = None;
    for offered in offered {
        match find_in(offered) {
            Ok(key) => return Ok(key),
            Err(error) => drop(failure.get_or_insert(error)),
        }
    }
    Err(failure.unwrap_or_else(|| NoRecoveryKey::NotWritten.into()))
}

fn find_in(offered: Offered) -> Result<Secret, Failure> {
    Ok(recovery_key::find(&match offered {
        Offered::Path(path) => reader::read(&path)?,
        Offered::Content(_, bytes) => bytes,
        Offered::Picture(picture) => reader::bitmap(&picture)?,
        Offered::Key(_) | Offered::Batch(_) => return Err(NoRecoveryKey::NotWritten.into()),
    })?)
}
