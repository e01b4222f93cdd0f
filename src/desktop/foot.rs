//! The line at the window's foot. It says one thing at a time, or is not there.

use eframe::egui;
use otp::clock::UnixTime;
use otp::text;
use otp::text::{Lang, Text};

use crate::theme::{self, Palette};

/// How long a plain message stays, in seconds.
const STAY: u64 = 8;

/// What the foot says, and until when.
#[derive(Default)]
pub(crate) struct Foot(Option<(Said, UnixTime)>);

enum Said {
    /// The code of this account is on the clipboard.
    Copied(String),
    /// Something was done.
    Done(Text),
    /// Something did not work.
    Failed(Text),
}

impl Foot {
    /// The code of `account` will be on the clipboard for `seconds` from `now`.
    pub(crate) fn copied(&mut self, account: String, seconds: u64, now: UnixTime) {
        self.0 = Some((Said::Copied(account), UnixTime(now.0.saturating_add(seconds))));
    }

    /// Something was done.
    pub(crate) fn done(&mut self, what: Text, now: UnixTime) {
        self.0 = Some((Said::Done(what), UnixTime(now.0.saturating_add(STAY))));
    }

    /// Something did not work.
    pub(crate) fn failed(&mut self, what: Text, now: UnixTime) {
        self.0 = Some((Said::Failed(what), UnixTime(now.0.saturating_add(STAY))));
    }

    /// Forgets what it said.
    pub(crate) fn clear(&mut self) {
        self.0 = None;
    }

    /// Whether it says something that is over after a while.
    pub(crate) fn speaks(&self) -> bool {
        self.0.is_some()
    }

    /// Lets what is over go.
    pub(crate) fn tick(&mut self, now: UnixTime) {
        if let Some((said, until)) = &self.0
            && now >= *until
        {
            let copied = matches!(said, Said::Copied(_));
            self.0 = copied.then(|| (Said::Done(text!("desktop-cleared")), UnixTime(now.0.saturating_add(STAY))));
        }
    }

    /// Draws the line, if there is something to say.
    pub(crate) fn ui(&self, ui: &mut egui::Ui, now: UnixTime, lang: Lang) {
        let Some((said, until)) = &self.0 else { return };
        let colours = Palette::of(ui);
        let (text, colour) = match said {
            Said::Copied(account) => (text!("desktop-copied", account = account.as_str()), colours.text),
            Said::Done(what) => (what.clone(), colours.quiet),
            Said::Failed(what) => (what.clone(), colours.bad),
        };
        let left = matches!(said, Said::Copied(_)).then(|| text!("desktop-clearing", seconds = until.since(now)));
        let frame = egui::Frame::new().fill(colours.card).inner_margin(egui::Margin::symmetric(16, 10));
        let panel = egui::Panel::bottom("foot").frame(frame).resizable(false).show_separator_line(false);
        let shown = panel.show(ui, |ui| {
            // Lines of text, not of controls.
            ui.spacing_mut().interact_size.y = 0.0;
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.horizontal_wrapped(|ui| {
                let words = |text: String, colour| egui::RichText::new(text).color(colour).line_height(Some(20.0));
                let line = ui.label(words(theme::sentence(&text, lang).replace('`', ""), colour));
                // Said aloud once; the countdown is a label of its own, and silent.
                ui.ctx().accesskit_node_builder(line.id, |node| node.set_live(egui::accesskit::Live::Polite));
                if let Some(left) = left {
                    ui.add(egui::Label::new(words(left.say(lang), colours.quiet)).extend());
                }
            });
        });
        let rect = shown.response.rect;
        ui.painter().hline(rect.x_range(), rect.top(), egui::Stroke::new(1.0, colours.line));
    }
}
