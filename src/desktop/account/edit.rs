//! Names, tags, note and official address of an account.

use eframe::egui;
use otp::app::organise::Change;
use otp::present;
use otp::store::index::Entry;
use otp::text;
use otp::text::Text;

use crate::accounts::Item;
use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::page::{Cx, Want};

use super::second::Second;

/// What is typed into the fields.
pub(super) struct Edit {
    fields: Fields,
    /// What was saved last of them.
    saved: Option<Fields>,
    /// Whether there is something to save.
    changed: bool,
    /// Whether Enter goes on from the last field.
    entered: bool,
    failure: Option<Failure>,
}

#[derive(Clone, PartialEq, Eq)]
struct Fields {
    issuer: String,
    name: String,
    tags: String,
    note: String,
    url: String,
    login: String,
    second: Second,
}

impl Fields {
    fn of(entry: &Entry) -> Self {
        Self {
            issuer: entry.issuer.clone(),
            name: entry.name.clone(),
            tags: entry.tags.join(", "),
            note: entry.note.clone(),
            url: entry.url.clone().unwrap_or_default(),
            login: entry.way_back.login.clone(),
            second: Second::of(entry),
        }
    }

    /// What differs from `entry`.
    fn change(&self, entry: &Entry) -> Change {
        let new = |now: &str, before: &str| (now != before).then(|| now.to_owned());
        let tags: Vec<&str> = self.tags.split([',', '、', '，']).map(str::trim).filter(|tag| !tag.is_empty()).collect();
        let owned = |tags: Vec<&str>| tags.into_iter().map(str::to_owned).collect();
        let add = tags.iter().copied().filter(|tag| !entry.tags.iter().any(|known| known == tag)).collect();
        let gone = entry.tags.iter().map(String::as_str).filter(|tag| !tags.contains(tag)).collect();
        let second = self.second.change(entry);
        Change {
            issuer: new(self.issuer.trim(), &entry.issuer),
            name: new(self.name.trim(), &entry.name),
            note: new(&self.note, &entry.note),
            url: new(self.url.trim(), entry.url.as_deref().unwrap_or("")),
            add_tags: owned(add),
            remove_tags: owned(gone),
            login: new(self.login.trim(), &entry.way_back.login),
            clear_second: second.is_some(),
            add_second: second.unwrap_or_default(),
            ..Change::default()
        }
    }
}

impl Edit {
    pub(super) fn new(entry: &Entry) -> Self {
        Self { fields: Fields::of(entry), saved: None, changed: false, entered: false, failure: None }
    }

    /// Whether what is typed was not saved.
    pub(super) fn is_unsaved(&self) -> bool {
        self.changed && self.saved.as_ref() != Some(&self.fields)
    }

    pub(super) fn ui(&mut self, ui: &mut egui::Ui, item: &Item, cx: &mut Cx<'_>) {
        let lang = cx.lang;
        let fields = &mut self.fields;
        let lines = [
            ("desktop-field-issuer", &mut fields.issuer),
            ("desktop-field-name", &mut fields.name),
            ("desktop-field-tags", &mut fields.tags),
            ("desktop-field-url", &mut fields.url),
            ("desktop-field-login", &mut fields.login),
        ];
        let lines = lines.map(|(label, line)| kit::field(ui, &Text::new(label).say(lang), line));
        let [issuer, ..] = &lines;
        kit::first(ui, issuer);
        if let Err(error) = fields.second.ui(ui, lang) {
            self.failure = Some(error.into());
        }
        kit::lines(ui, &text!("desktop-field-note").say(lang), &mut fields.note, 3);
        for warning in [&item.entry.issuer, &item.entry.name].into_iter().filter_map(|name| present::suspicious(name)) {
            kit::toned(ui, cx.say(&warning), Tone::Watch);
        }
        self.changed = fields.change(&item.entry) != Change::default();
        self.entered = kit::enter(ui, &lines.each_ref(), self.changed);
    }

    /// The way to save it, and why that did not work.
    pub(super) fn bar(&mut self, ui: &mut egui::Ui, item: &Item, cx: &mut Cx<'_>) {
        let lang = cx.lang;
        if let Some(failure) = &self.failure {
            kit::failure(ui, failure, lang);
        }
        let change = self.fields.change(&item.entry);
        let (enabled, entered) = (self.changed, std::mem::take(&mut self.entered));
        let save = ui.add_enabled_ui(enabled, |ui| kit::filled(ui, text!("desktop-save").say(lang))).inner;
        if save.clicked() || entered {
            self.save(item, change, cx);
        }
    }

    fn save(&mut self, item: &Item, change: Change, cx: &mut Cx<'_>) {
        if let Err(error) = change.check() {
            self.failure = Some(error.into());
            return;
        }
        self.failure = None;
        self.fields.second.take_typed();
        self.saved = Some(self.fields.clone());
        let (id, now) = (item.entry.id, cx.now);
        let task = cx.worker.ask(move |app, _| {
            app.change(id, &change, now)?;
            let title = app.entry(id).map(crate::accounts::title);
            Ok(title.map(|title| text!("organise-changed", account = title)))
        });
        cx.want(Want::Do(task));
    }
}
