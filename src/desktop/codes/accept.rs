//! Going on in the keyring that answers, because the one with the keys is gone for good.

use eframe::egui;
use otp::text;
use otp::text::Text;

use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::page::{Cx, Page, Place, Want};
use crate::theme;
use crate::worker::{self, Task};

/// The view that says what that means, and does it.
#[derive(Default)]
pub(super) struct Accept {
    task: Option<Task<()>>,
    failure: Option<Failure>,
}

impl Page for Accept {
    fn place(&self) -> Place {
        Place::Codes
    }

    fn title(&self) -> Text {
        text!("desktop-accept-title")
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        match worker::take(&mut self.task) {
            None => {}
            Some(Ok(())) => {
                cx.said.push(Ok(text!("desktop-accepted")));
                cx.want(Want::Reload);
                // From there the keys come back.
                cx.want(Want::Go(Place::Recovery));
            }
            Some(Err(failure)) => self.failure = Some(failure),
        }
        kit::body(ui, text!("desktop-accept-words").say(cx.lang));
        kit::toned(ui, text!("desktop-accept-warning").say(cx.lang), Tone::Watch);
        if let Some(failure) = &self.failure {
            kit::failure(ui, failure, cx.lang);
        }
        ui.add_space(theme::BETWEEN);
        if self.task.is_some() {
            kit::progress(ui, &text!("desktop-waiting").say(cx.lang), None);
        } else if kit::filled(ui, text!("desktop-accept").say(cx.lang)).clicked() {
            let now = cx.now;
            self.failure = None;
            self.task = Some(cx.worker.ask(move |app, _| Ok(app.ledger().accept_keyring(now)?)));
        }
    }
}
