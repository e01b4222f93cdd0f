//! The site's own recovery codes: kept here, spent one at a time.

use eframe::egui;
use otp::app::App;
use otp::app::recovery_codes::Pasted;
use otp::secret::Secret;
use otp::text;
use otp::text::Text;
use zeroize::Zeroizing;

use crate::accounts::Item;
use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::page::{Cx, Want};
use crate::paper::OnPaper;
use crate::theme;
use crate::worker::{self, Task};

/// What is typed and shown.
pub(super) struct Codes {
    block: Zeroizing<String>,
    changing: Option<Task<Done>>,
    /// What else is to be said of the last change.
    told: Vec<Text>,
    spending: Option<Task<Secret>>,
    /// The code that was taken last.
    taken: Option<Secret>,
    failure: Option<Failure>,
    asking: Option<Asked>,
    paper: OnPaper,
}

/// A change that was made.
struct Done {
    text: Text,
    /// What else there is to say.
    besides: Vec<Text>,
}

impl From<Text> for Done {
    fn from(text: Text) -> Self {
        Self { text, besides: Vec::new() }
    }
}

/// What is asked about before it is done.
#[derive(Clone, Copy)]
enum Asked {
    Take,
    Remove,
}

impl Default for Codes {
    fn default() -> Self {
        Self {
            block: Zeroizing::default(),
            changing: None,
            told: Vec::new(),
            spending: None,
            taken: None,
            failure: None,
            asking: None,
            paper: OnPaper::named("otp-recovery-codes.pdf"),
        }
    }
}

impl Codes {
    /// Covers what was taken.
    pub(super) fn hide(&mut self) {
        self.taken = None;
    }

    /// Whether codes are typed that are not kept.
    pub(super) fn is_unsaved(&self) -> bool {
        !self.block.trim().is_empty()
    }

    fn hear(&mut self, cx: &mut Cx<'_>) {
        match worker::take(&mut self.changing) {
            None => {}
            Some(Ok(done)) => {
                cx.said.push(Ok(done.text));
                self.told = done.besides;
                cx.want(Want::Reload);
            }
            Some(Err(failure)) => self.failure = Some(failure),
        }
        match worker::take(&mut self.spending) {
            None => {}
            Some(Ok(code)) => {
                self.taken = Some(code);
                cx.want(Want::Reload);
            }
            Some(Err(failure)) => self.failure = Some(failure),
        }
    }

    pub(super) fn ui(&mut self, ui: &mut egui::Ui, item: &Item, cx: &mut Cx<'_>) {
        self.hear(cx);
        let lang = cx.lang;
        kit::body(ui, text!("desktop-codes-words").say(lang));
        let left = item.entry.way_back.codes_left();
        kit::card(ui, |ui| {
            match left {
                None => drop(kit::quiet(ui, cx.say(&text!("codes-kept-none")))),
                Some(left) => drop(kit::body(ui, text!("desktop-ready-left", count = left).say(lang))),
            }
            if let Some(code) = &self.taken {
                kit::toned(ui, text!("desktop-codes-taken").say(lang), Tone::Watch);
                // EXPOSE: the owner asked for it; what the toolkit keeps of it is wiped when freed.
                let code = code.expose_text().unwrap_or_default().to_owned();
                ui.add(egui::Label::new(egui::RichText::new(code).font(egui::FontId::monospace(theme::TITLE))).wrap());
            }
            self.deeds(ui, item, cx);
        });
        self.ask(ui, item, cx);
        if let Some(failure) = &self.failure {
            kit::failure(ui, failure, lang);
        }
        for text in &self.told {
            kit::toned(ui, cx.say(text), Tone::Watch);
        }
        self.add(ui, item, cx);
        if left.is_some() {
            kit::heading(ui, &text!("desktop-paper"), lang);
            let id = item.entry.id;
            self.paper.ui(ui, move |app, job, _| Ok(app.recovery_codes_page(id, job)?), cx);
        }
    }

    /// What can be done with those that are here.
    fn deeds(&mut self, ui: &mut egui::Ui, item: &Item, cx: &Cx<'_>) {
        let (id, title, now, lang) = (item.entry.id, item.title(), cx.now, cx.lang);
        let sets = &item.entry.way_back.recovery_codes;
        let left = item.entry.way_back.codes_left();
        let removed = sets.iter().any(|set| set.removed.is_some());
        if left.is_none() && !removed {
            return;
        }
        kit::row(ui, |ui| {
            if left.is_some_and(|left| left > 0) && kit::button(ui, text!("desktop-codes-take").say(lang)).clicked() {
                self.asking = Some(Asked::Take);
            }
            if left.is_some() && kit::grave(ui, text!("desktop-codes-remove").say(lang)).clicked() {
                self.asking = Some(Asked::Remove);
            }
            if removed && kit::button(ui, text!("desktop-codes-restore").say(lang)).clicked() {
                self.change(cx, move |app| {
                    app.restore_recovery_codes(id, now)?;
                    Ok(text!("codes-restored", account = title).into())
                });
            }
        });
    }

    /// The question before one is taken, because a code that is shown is spent, or all are removed.
    fn ask(&mut self, ui: &egui::Ui, item: &Item, cx: &Cx<'_>) {
        let Some(asked) = self.asking else { return };
        let (id, title, now, lang) = (item.entry.id, item.title(), cx.now, cx.lang);
        let (question, words, yes) = match asked {
            Asked::Take => (text!("desktop-codes-ask"), text!("desktop-codes-ask-words"), text!("desktop-codes-take")),
            Asked::Remove => (
                text!("codes-ask-remove", account = title.clone()),
                text!("desktop-codes-remove-words"),
                text!("desktop-codes-remove"),
            ),
        };
        let Some(agreed) = kit::confirm(ui.ctx(), &question, &words, &yes, lang) else { return };
        self.asking = None;
        match asked {
            _ if !agreed => {}
            Asked::Take => {
                self.spending = Some(cx.worker.ask(move |app, _| Ok(app.spend_recovery_code(id, now)?)));
            }
            Asked::Remove => {
                self.hide();
                self.change(cx, move |app| {
                    app.remove_recovery_codes(id, now)?;
                    Ok(text!("desktop-codes-removed", account = title).into())
                });
            }
        }
    }

    /// The field for more of them.
    fn add(&mut self, ui: &mut egui::Ui, item: &Item, cx: &Cx<'_>) {
        let (id, now, lang) = (item.entry.id, cx.now, cx.lang);
        kit::lines(ui, &text!("desktop-codes-paste").say(lang), &mut self.block, 4);
        let ready = !self.block.trim().is_empty() && self.changing.is_none();
        let words = text!("desktop-codes-keep").say(lang);
        if ui.add_enabled_ui(ready, |ui| kit::filled(ui, words)).inner.clicked() {
            let (block, title) = (Secret::from_text(std::mem::take(&mut *self.block)), item.title());
            self.change(cx, move |app| {
                let Pasted { added, known, left_out } = app.add_recovery_codes(id, &block, now)?;
                let besides = [
                    (known > 0).then(|| text!("codes-known", count = known)),
                    (left_out > 0).then(|| text!("codes-left-out", count = left_out)),
                ];
                let text = text!("codes-added", count = added, account = title);
                Ok(Done { text, besides: besides.into_iter().flatten().collect() })
            });
        }
    }

    fn change(&mut self, cx: &Cx<'_>, change: impl FnOnce(&mut App) -> Result<Done, Failure> + Send + 'static) {
        self.failure = None;
        self.told.clear();
        self.changing = Some(cx.worker.ask(move |app, _| change(app)));
    }
}
