//! What is to be said of the clock, above the codes that it makes.

use eframe::egui;
use otp::app::clock::Doubt;
use otp::present;
use otp::text;
use otp::text::Text;

use crate::kit::{self, Tone};
use crate::page::{Cx, Want};

/// Draws the correction in force and the doubt, if there are any.
pub(super) fn ui(ui: &mut egui::Ui, cx: &mut Cx<'_>) {
    if let Some(correction) = cx.accounts.clock.correction() {
        let words = cx.say(&text!("clock-corrected", seconds = present::signed(correction.seconds)));
        let drop = text!("desktop-clock-drop").say(cx.lang);
        if kit::beside(ui, drop, |ui| kit::toned(ui, words, Tone::Watch)).clicked() {
            drop_correction(cx);
        }
    }
    if let Some(doubt) = cx.accounts.doubt {
        kit::toned(ui, doubted(doubt).say(cx.lang), Tone::Watch);
    }
}

/// Makes codes by the computer's own clock again.
pub(crate) fn drop_correction(cx: &mut Cx<'_>) {
    let task = cx.worker.ask(|app, _| {
        app.correct_clock(None)?;
        Ok(Some(text!("desktop-clock-dropped")))
    });
    cx.want(Want::Do(task));
}

/// A doubt with what can be done about it in the window.
fn doubted(doubt: Doubt) -> Text {
    match doubt {
        Doubt::Past => text!("desktop-clock-past"),
        Doubt::Back => text!("desktop-clock-back"),
        Doubt::Unsynchronised => text!("desktop-clock-unsynchronised"),
        Doubt::CorrectedTwice => text!("desktop-clock-corrected-twice"),
    }
}
