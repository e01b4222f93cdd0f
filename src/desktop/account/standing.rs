//! What the account is, and the ways back into it: those that are there, and those that are missing.

use eframe::egui;
use otp::present;
use otp::recovery::readiness::{Standing, Way};
use otp::store::index::Entry;
use otp::text;
use otp::text::Text;

use crate::accounts::Item;
use crate::kit::{self, Tone};
use crate::page::{Cx, Place, Want};
use crate::theme;

pub(super) fn ui(ui: &mut egui::Ui, item: &Item, cx: &mut Cx<'_>) {
    let standing = Standing::new(&item.entry, cx.accounts.copied);
    let level = standing.level(cx.now);
    kit::card(ui, |ui| {
        kit::toned(ui, cx.say(&level.text()), Tone::of(level));
        let (there, missing): (Vec<Way>, Vec<Way>) =
            standing.ways(&present::day).into_iter().partition(|way| way.there);
        for (title, ways) in [("desktop-ready-there", there), ("desktop-ready-missing", missing)] {
            list(ui, title, ways, cx);
        }
    });
    if kit::filled(ui, cx.say(&text!("desktop-ready-tools"))).clicked() {
        cx.want(Want::Go(Place::Recovery));
    }
    kit::heading(ui, &text!("desktop-facts"), cx.lang);
    kit::card(ui, |ui| {
        for fact in facts(&item.entry) {
            kit::body(ui, cx.say(&fact));
        }
    });
}

fn list(ui: &mut egui::Ui, title: &'static str, ways: Vec<Way>, cx: &Cx<'_>) {
    if ways.is_empty() {
        return;
    }
    ui.add_space(theme::BETWEEN);
    kit::quiet(ui, Text::new(title).say(cx.lang));
    for way in ways {
        kit::body(ui, cx.say(&way.text));
    }
}

/// Whose way of making codes `kind` is.
fn app(kind: &str) -> &str {
    match kind {
        "steam" => "Steam",
        "motp" => "Mobile-OTP",
        "yandex" => "Yandex",
        other => other,
    }
}

/// How its codes are made, and since when it is here.
fn facts(entry: &Entry) -> Vec<Text> {
    let kind = match (entry.period, entry.counter) {
        (_, Some(counter)) => text!("desktop-fact-counter", counter = counter),
        (Some(period), None) => text!("desktop-fact-time", seconds = period),
        (None, None) => text!("desktop-fact-kind", kind = app(&entry.kind)),
    };
    vec![
        kind,
        text!("desktop-fact-digits", count = entry.digits, algorithm = entry.algorithm.id()),
        text!("desktop-fact-added", date = present::day(entry.added)),
        text!("desktop-fact-id", id = entry.id.to_string()),
    ]
}
