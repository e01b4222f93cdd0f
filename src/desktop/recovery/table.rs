//! How each account stands, as a table, or as cards where there is no room for one.

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
/// The columns after the account's.
const COLUMNS: [&str; 5] = [
    "desktop-ready-paper",
    "desktop-ready-proved",
    "desktop-ready-copy",
    "desktop-ready-codes",
    "desktop-ready-second",
];

/// Whether there is no room for a table.
pub(super) fn is_narrow(ui: &egui::Ui) -> bool {
    ui.available_width() < TABLE_FROM
}

/// Draws it.
pub(super) fn ui(ui: &mut egui::Ui, cx: &mut Cx<'_>) {
    let accounts = cx.accounts;
    if !is_narrow(ui) {
        kit::card(ui, |ui| {
            head(ui, cx);
            for item in &accounts.items {
                row(ui, item, cx);
            }
        });
        return;
    }
    kit::card(ui, |ui| {
        for item in &accounts.items {
            card(ui, item, cx);
        }
    });
}

/// The least width of a column, which a date fits into.
const COLUMN: f32 = 84.0;

/// Cells side by side: a good third of the width for the account, the rest in equal parts.
fn cells(ui: &mut egui::Ui, first: impl FnOnce(&mut egui::Ui), mut rest: impl FnMut(&mut egui::Ui, usize)) {
    let width = ui.available_width();
    let step = (width * 0.62 / 5.0).max(COLUMN);
    let cell = |ui: &mut egui::Ui, width: f32, content: &mut dyn FnMut(&mut egui::Ui)| {
        ui.allocate_ui_with_layout(egui::vec2(width, theme::LOW), Layout::left_to_right(Align::Center), |ui| {
            ui.set_width(width);
            content(ui);
        });
    };
    let mut first = Some(first);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        cell(ui, width - 5.0 * step, &mut |ui| {
            if let Some(first) = first.take() {
                first(ui);
            }
        });
        for column in 0..COLUMNS.len() {
            cell(ui, step, &mut |ui| rest(ui, column));
        }
    });
}

fn head(ui: &mut egui::Ui, cx: &Cx<'_>) {
    cells(
        ui,
        |ui| drop(kit::quiet(ui, text!("desktop-ready-account").say(cx.lang))),
        |ui, column| {
            if let Some(id) = COLUMNS.get(column) {
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
    let words: Vec<String> = named.map(|(id, (words, _))| format!("{} {words}", Text::new(*id).say(cx.lang))).collect();
    match (words.is_empty(), item.level) {
        (false, _) => drop(kit::quiet(ui, words.join(" ・ "))),
        (true, Some(level)) => drop(kit::toned(ui, cx.say(&level.text()), Tone::of(level))),
        (true, None) => {}
    }
    ui.add_space(6.0);
}
