//! A card that offers something: a title, a quiet line, and a button that does it.

use eframe::egui;
use egui::{Align, FontId, Layout, Rect, Ui};

use super::{card, filled, paint_done, quiet, strong};
use crate::theme::{self, Palette};

/// The least width of words beside a button.
const WORDS: f32 = 230.0;
/// With less room than this the words stand below the disc.
const BESIDE_DISC: f32 = 140.0;
/// The disc before the words.
const DISC: f32 = 28.0;

/// What an [`offer`] says.
pub(crate) struct Offer {
    pub(crate) mark: Option<Mark>,
    pub(crate) title: String,
    pub(crate) words: String,
    /// What the button says; without it the card only tells.
    pub(crate) button: Option<String>,
    /// Whether it is the next step.
    pub(crate) first: bool,
}

/// What stands before the words, where cards follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Its number.
    Number(usize),
    /// Its number, and that it is not its turn.
    Later(usize),
    /// It is done.
    Done,
}

/// A card with a title, a quiet line, and a button that does it: at their right, or below where
/// words would have no room beside it. True when it was pressed.
pub(crate) fn offer(ui: &mut Ui, offer: &Offer) -> bool {
    card(ui, |ui| {
        let whole = ui.available_width();
        let marked = if offer.mark.is_some() { DISC + theme::INSIDE } else { 0.0 };
        let indent = if whole - marked < BESIDE_DISC { 0.0 } else { marked };
        let mut top = ui.cursor().min;
        if indent < marked {
            top.y += DISC + theme::BETWEEN;
        }
        let button = offer.button.as_deref().map_or(egui::Vec2::ZERO, |words| size(ui, words, whole - indent));
        let beside = whole - indent - button.x - theme::INSIDE;
        let below = beside < WORDS || button.x == 0.0;
        let width = if below { whole - indent } else { beside };
        let words = texts(ui, offer, egui::pos2(top.x + indent, top.y), width);
        let height = if below { words } else { words.max(button.y) };
        if let Some(mark) = offer.mark {
            let middle = if indent < marked { -theme::BETWEEN - DISC / 2.0 } else { DISC.max(height.min(44.0)) / 2.0 };
            mark.paint(ui, egui::pos2(top.x + DISC / 2.0, top.y + middle));
        }
        let Some(words) = &offer.button else { return false };
        let place = if below {
            egui::pos2(top.x + indent, top.y + height + theme::BETWEEN)
        } else {
            egui::pos2(top.x + whole - button.x, top.y + (height - button.y) / 2.0)
        };
        let place = Rect::from_min_size(place, button);
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place));
        let response = if offer.first { filled(&mut inner, words) } else { super::button(&mut inner, words) };
        ui.expand_to_include_rect(place);
        response.clicked()
    })
}

/// How large the button is that says `words`, in lines where it would be wider than `most`.
fn size(ui: &Ui, words: &str, most: f32) -> egui::Vec2 {
    let font = FontId::proportional(theme::BODY);
    let words = ui.painter().layout(words.to_owned(), font, egui::Color32::PLACEHOLDER, most - 34.0);
    egui::vec2(words.size().x + 34.0, theme::CONTROL.max(words.size().y + 16.0))
}

/// Title and line at `at`; gives their height.
fn texts(ui: &mut Ui, offer: &Offer, at: egui::Pos2, width: f32) -> f32 {
    let room = Rect::from_min_size(at, egui::vec2(width, 0.0));
    let layout = Layout::top_down(Align::Min);
    let texts = ui.scope_builder(egui::UiBuilder::new().max_rect(room).layout(layout), |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 3.0;
        strong(ui, &offer.title);
        quiet(ui, &offer.words);
    });
    texts.response.rect.height()
}

impl Mark {
    fn paint(self, ui: &Ui, center: egui::Pos2) {
        let colours = Palette::of(ui);
        let (number, ink) = match self {
            Self::Done => return paint_done(ui.painter(), center, DISC, colours),
            Self::Number(number) => {
                ui.painter().circle_filled(center, DISC / 2.0, colours.accent);
                (number, colours.on_accent)
            }
            Self::Later(number) => {
                let line = egui::Stroke::new(1.5, colours.edge);
                ui.painter().circle_stroke(center, DISC / 2.0 - 1.0, line);
                (number, colours.quiet)
            }
        };
        let font = FontId::proportional(theme::BODY);
        ui.painter().text(center, egui::Align2::CENTER_CENTER, number.to_string(), font, ink);
    }
}
