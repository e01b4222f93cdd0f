//! How each account stands, as a table, or as cards where there is no room for one.

use std::cmp::Reverse;

use eframe::egui;
use egui::{Align, Layout};
use otp::present;
use otp::recovery::readiness::second_ways;
use otp::text;
use otp::text::Text;

use crate::account::{Details, Part};
use crate::accounts::Item;
use crate::kit::{self, Tone};
use crate::page::Cx;
use crate::theme::{self, Palette};

/// From this width on there is a table.
const TABLE_FROM: f32 = 560.0;
/// So many accounts are shown at once; below them are the tools.
const FEW: usize = 5;
/// The columns after the account's, each with its least width: two have room for a date.
const COLUMNS: [(&str, f32); 5] = [
    ("desktop-ready-paper", 84.0),
    ("desktop-ready-proved", 84.0),
    ("desktop-ready-copy", 52.0),
    ("desktop-ready-codes", 100.0),
    ("desktop-ready-second", 100.0),
];

/// Draws it: those first that miss most, and unless `all` are wanted, only a few of many.
pub(super) fn ui(ui: &mut egui::Ui, all: &mut bool, cx: &mut Cx<'_>) {
    let accounts = cx.accounts;
    let mut items: Vec<&Item> = accounts.items.iter().collect();
    items.sort_by_key(|item| Reverse(item.level));
    let many = items.len() > FEW + 1;
    if many && !*all {
        items.truncate(FEW);
    }
    kit::card(ui, |ui| {
        if ui.available_width() < TABLE_FROM {
            for item in items {
                card(ui, item, cx);
            }
        } else {
            head(ui, cx);
            for item in items {
                row(ui, item, cx);
            }
        }
        if many && !*all {
            *all = kit::link(ui, text!("desktop-ready-all", count = accounts.items.len()).say(cx.lang)).clicked();
        }
    });
}

/// Cells side by side: a good third of the width for the account, or less where the others need it.
fn cells(ui: &mut egui::Ui, first: impl FnOnce(&mut egui::Ui), mut rest: impl FnMut(&mut egui::Ui, usize)) {
    let width = ui.available_width();
    let least: f32 = COLUMNS.iter().map(|(_, least)| least).sum();
    let scale = (width * 0.62 / least).max(1.0);
    let cell = |ui: &mut egui::Ui, width: f32, content: &mut dyn FnMut(&mut egui::Ui)| {
        ui.allocate_ui_with_layout(egui::vec2(width, theme::LOW), Layout::left_to_right(Align::Center), |ui| {
            ui.set_width(width);
            content(ui);
        });
    };
    let mut first = Some(first);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        cell(ui, width - least * scale, &mut |ui| {
            if let Some(first) = first.take() {
                first(ui);
            }
        });
        for (column, (_, least)) in COLUMNS.iter().enumerate() {
            cell(ui, least * scale, &mut |ui| rest(ui, column));
        }
    });
}

fn head(ui: &mut egui::Ui, cx: &Cx<'_>) {
    cells(
        ui,
        |ui| drop(kit::quiet(ui, text!("desktop-ready-account").say(cx.lang))),
        |ui, column| {
            if let Some((id, _)) = COLUMNS.get(column) {
                kit::quiet(ui, Text::new(*id).say(cx.lang));
            }
        },
    );
}

fn row(ui: &mut egui::Ui, item: &Item, cx: &mut Cx<'_>) {
    let line = ui.available_rect_before_wrap();
    ui.painter().hline(line.x_range(), line.top(), egui::Stroke::new(1.0, Palette::of(ui).line));
    let values = values(item, cx);
    let title = item.title().say(cx.lang);
    let mut pressed = false;
    cells(
        ui,
        |ui| pressed = kit::name(ui, &title, item.level, cx.lang).clicked(),
        |ui, column| {
            if let Some((words, there)) = values.get(column) {
                if *there {
                    kit::body(ui, words.as_str())
                } else {
                    kit::quiet(ui, words.as_str())
                };
            }
        },
    );
    if pressed {
        cx.open(Details::at(item, Part::Edit));
    }
}

/// What stands in each column, and whether there is such a way.
fn values(item: &Item, cx: &Cx<'_>) -> [(String, bool); 5] {
    let way = &item.entry.way_back;
    let none = || (text!("desktop-ready-none").say(cx.lang), false);
    let day = |when: Option<otp::clock::UnixTime>| when.map_or_else(none, |when| (present::day(when), true));
    let yes = || (text!("desktop-ready-yes").say(cx.lang), true);
    let codes = |left| (text!("desktop-ready-left", count = left).say(cx.lang), left > 0);
    [
        day(way.printed),
        day(way.paper_proved.max(way.copy_proved)),
        if cx.accounts.copied { yes() } else { none() },
        way.codes_left().map_or_else(none, codes),
        second_ways(&item.entry).map_or_else(none, |second| (second.say(cx.lang), true)),
    ]
}

fn card(ui: &mut egui::Ui, item: &Item, cx: &mut Cx<'_>) {
    ui.spacing_mut().item_spacing.y = 3.0;
    let title = item.title().say(cx.lang);
    if kit::name(ui, &title, item.level, cx.lang).clicked() {
        cx.open(Details::at(item, Part::Edit));
    }
    let values = values(item, cx);
    let named = COLUMNS.iter().zip(&values).filter(|(_, (_, there))| *there);
    let words: Vec<String> =
        named.map(|((id, _), (words, _))| format!("{} {words}", Text::new(*id).say(cx.lang))).collect();
    match (words.is_empty(), item.level) {
        (false, _) => drop(kit::quiet(ui, kit::joined(&words, cx.lang))),
        (true, Some(level)) => drop(kit::toned(ui, cx.say(&level.text()), Tone::of(level))),
        (true, None) => {}
    }
    ui.add_space(6.0);
}
