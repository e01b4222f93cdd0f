//! One account of the list: tile, issuer, name, code, ring. The whole row is its button.

use eframe::egui;
use egui::{Align2, FontId, Painter, Pos2, Rect, Stroke, StrokeKind};
use otp::account::{Account, Kind};
use otp::clock::UnixTime;
use otp::code::{self, Code};
use otp::present;
use otp::store::StoreError;
use otp::text;
use otp::text::{Lang, Text, is_hidden, visible};

use super::ring;
use crate::accounts::Item;
use crate::digits;
use crate::kit;
use crate::theme::{self, Palette};

/// The side of a letter tile.
const TILE: f32 = 36.0;
/// Space between tile and text, and between code and ring.
const GAP: f32 = 12.0;
/// The width of the mark of readiness, with the space behind it.
const MARK: f32 = 14.0;
/// What is left to the names beside words that stand for a code.
const NAMES: f32 = 108.0;
/// The width of the three dots at the end, which open the menu.
const MORE: f32 = 26.0;

/// Where the parts of a row stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Everything on one level.
    Wide,
    /// The code below the names, where both would not fit side by side.
    Narrow,
}

impl Shape {
    /// The shape of all rows in a list of this width whose longest code has so many symbols.
    pub(crate) fn fitting(width: f32, longest: u8) -> Self {
        if width >= Self::least_wide(longest) { Self::Wide } else { Self::Narrow }
    }

    /// The width from which on everything has room on one level.
    pub(crate) fn least_wide(longest: u8) -> f32 {
        NAMES + f32::from(longest.max(6)) * 22.0 + 152.0
    }

    /// The height of a row.
    pub(crate) fn height(self) -> f32 {
        match self {
            Self::Wide => 68.0,
            Self::Narrow => 112.0,
        }
    }
}

/// An account as it is shown at one moment.
pub(crate) struct Row<'a> {
    pub(crate) item: &'a Item,
    /// The code that was last asked for, if this is a counter account.
    pub(crate) counted: Option<&'a Code>,
    pub(crate) now: UnixTime,
    pub(crate) lang: Lang,
    pub(crate) shape: Shape,
    pub(crate) selected: bool,
    /// Whether the code is covered.
    pub(crate) hidden: bool,
    /// Whether the code was copied just now.
    pub(crate) copied: bool,
    /// Whether it is marked, while several are being marked.
    pub(crate) marked: Option<bool>,
}

/// What was done to a row.
pub(crate) struct Pressed {
    /// The row itself.
    pub(crate) row: egui::Response,
    /// Its three dots.
    pub(crate) more: egui::Response,
    /// Whether its code is to be shown.
    pub(crate) reveal: bool,
}

/// What stands where the code stands.
enum Face {
    /// A code; the seconds left and the period, if it runs out; the next code, if that is soon.
    Code { code: String, time: Option<(u64, u64)>, next: Option<String> },
    /// A code that is covered, with so many symbols.
    Hidden { dots: String },
    /// Words instead.
    Words { text: Text, bad: bool },
}

impl Row<'_> {
    /// Draws the row in `rect`.
    pub(crate) fn ui(&self, ui: &egui::Ui, rect: Rect) -> Pressed {
        let row = ui.interact(rect, id(self.item), egui::Sense::click_and_drag());
        let face = self.face();
        row.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, self.spoken(&face)));
        let colours = Palette::of(ui);
        self.paint_card(ui.painter(), rect, row.hovered(), colours);
        let mut inside = rect.shrink2(egui::vec2(theme::INSIDE, 0.0));
        inside.max.x = rect.right() - MORE;
        self.paint_tile(ui.painter(), inside, colours);
        match self.shape {
            Shape::Wide => self.paint_wide(ui.painter(), inside, &face, colours),
            Shape::Narrow => self.paint_narrow(ui.painter(), inside, &face, colours),
        }
        if let Some(level) = self.item.level {
            let words = theme::sentence(&level.text(), self.lang);
            ui.ctx().accesskit_node_builder(row.id, |node| node.set_description(words));
        }
        if let Some(marked) = self.marked {
            ui.ctx().accesskit_node_builder(row.id, |node| node.set_toggled(marked.into()));
        }
        let more = self.more(ui, rect, colours);
        let reveal = matches!(face, Face::Hidden { .. }) && self.eye(ui, inside, colours);
        Pressed { row: row.on_hover_cursor(egui::CursorIcon::PointingHand), more, reveal }
    }

    /// The three dots that open the menu.
    fn more(&self, ui: &egui::Ui, rect: Rect, colours: &Palette) -> egui::Response {
        let mut place = Rect::from_min_max(egui::pos2(rect.right() - MORE, rect.top()), rect.max);
        if self.shape == Shape::Narrow {
            // Beside the names.
            place.max.y = rect.top() + 2.0 * theme::INSIDE + TILE;
        }
        let more = ui.interact(place, id(self.item).with("more"), egui::Sense::click());
        let label = text!("desktop-row-more", account = self.item.title()).say(self.lang);
        more.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
        outline(ui, &more, place.shrink(4.0), colours);
        let colour = if more.hovered() { colours.text } else { colours.quiet };
        for step in [-5.0, 0.0, 5.0] {
            ui.painter().circle_filled(place.center() + egui::vec2(-1.0, step), 1.4, colour);
        }
        more
    }

    /// The eye that uncovers the code; true when it was pressed.
    fn eye(&self, ui: &egui::Ui, inside: Rect, colours: &Palette) -> bool {
        let middle = match self.shape {
            Shape::Wide => inside.center().y,
            Shape::Narrow => lower(inside),
        };
        let center = egui::pos2(inside.right() - ring::SIZE / 2.0, middle);
        let place = Rect::from_center_size(center, egui::vec2(36.0, theme::CONTROL));
        let eye = ui.interact(place, id(self.item).with("eye"), egui::Sense::click());
        let label = text!("desktop-row-show", account = self.item.title()).say(self.lang);
        eye.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
        outline(ui, &eye, place.shrink(2.0), colours);
        if self.copied {
            kit::paint_done(ui.painter(), center, ring::SIZE, colours);
        } else {
            let colour = if eye.hovered() { colours.text } else { colours.quiet };
            kit::paint_eye(ui.painter(), center, colour, true);
        }
        eye.clicked()
    }

    fn face(&self) -> Face {
        let account = match &self.item.account {
            Ok(account) => account,
            Err(StoreError::Broken { .. }) => return Face::Words { text: text!("desktop-unreadable"), bad: true },
            // It is the place that does not give it: what is in it may be as good as ever.
            Err(_) => return Face::Words { text: text!("desktop-unread"), bad: false },
        };
        if let Kind::Hotp { .. } = account.kind() {
            return match self.counted {
                Some(_) if self.hidden => hidden(account),
                Some(code) => Face::Code { code: present::grouped(&code.digits), time: None, next: None },
                None => Face::Words { text: text!("desktop-counter"), bad: false },
            };
        }
        if self.hidden {
            return hidden(account);
        }
        let code = code::at(account, self.now);
        let left = code.seconds_left(self.now).unwrap_or(0);
        let period = account.kind().period().map_or(0, u64::from);
        let next = (left <= ring::LAST).then(|| present::grouped(&code::next(account, self.now).digits));
        Face::Code { code: present::grouped(&code.digits), time: Some((left, period)), next }
    }

    /// What a screen reader says: the names, and the code digit by digit. Not the countdown.
    fn spoken(&self, face: &Face) -> String {
        let title = self.item.title();
        let text = match face {
            Face::Code { code, .. } => {
                let apart: Vec<String> = code.chars().filter(|symbol| *symbol != ' ').map(String::from).collect();
                text!("desktop-row", account = title, code = apart.join(" "))
            }
            Face::Hidden { .. } => text!("desktop-row-words", account = title, words = text!("desktop-row-hidden")),
            Face::Words { text, .. } => text!("desktop-row-words", account = title, words = text.clone()),
        };
        text.say(self.lang)
    }

    fn paint_card(&self, painter: &Painter, rect: Rect, hovered: bool, colours: &Palette) {
        // At rest it has the colour that the window is cleared to.
        if hovered {
            painter.rect_filled(rect, theme::ROUND_CARD, colours.hovered);
        }
        if self.selected {
            let stroke = Stroke::new(2.0, colours.accent);
            painter.rect_stroke(rect, theme::ROUND_CARD, stroke, StrokeKind::Inside);
        } else {
            let colour = if hovered { colours.track } else { colours.line };
            theme::outline(painter, rect, Stroke::new(1.0, colour));
        }
    }

    fn paint_tile(&self, painter: &Painter, inside: Rect, colours: &Palette) {
        let middle = match self.shape {
            Shape::Wide => inside.center().y,
            Shape::Narrow => inside.top() + theme::INSIDE + TILE / 2.0,
        };
        let tile = Rect::from_center_size(egui::pos2(inside.left() + TILE / 2.0, middle), egui::Vec2::splat(TILE));
        if self.marked == Some(true) {
            painter.rect_filled(tile, theme::ROUND, colours.accent);
            return kit::paint_tick(painter, tile.center(), TILE, colours.on_accent);
        }
        let entry = &self.item.entry;
        let name = if entry.issuer.is_empty() { &entry.name } else { &entry.issuer };
        let readable = self.item.account.is_ok();
        let fill = if readable { theme::tile(name) } else { colours.quiet };
        painter.rect_filled(tile, theme::ROUND, fill);
        let font = theme::bold_font(18.0);
        let ink = if readable { theme::ON_TILE } else { colours.card };
        let letter = painter.layout_no_wrap(letter(name).to_string(), font, ink);
        painter.galley(tile.center() - letter.size() / 2.0, letter, ink);
    }

    fn paint_wide(&self, painter: &Painter, inside: Rect, face: &Face, colours: &Palette) {
        let middle = inside.center().y;
        let left = inside.left() + TILE + GAP;
        let right = inside.right();
        let end = match face {
            Face::Code { code, time, next } => {
                let end = right - ring::SIZE;
                self.paint_end(painter, egui::pos2(end + ring::SIZE / 2.0, middle), *time, colours);
                let end = end - GAP - digits::width(painter, code, theme::CODE);
                let high = if next.is_some() { middle - 9.0 } else { middle };
                digits::paint(painter, egui::pos2(end, high), code, theme::CODE, colours.text);
                if let Some(next) = next {
                    let under = egui::pos2(right - ring::SIZE - GAP, middle + 19.0);
                    self.paint_next(painter, under, Align2::RIGHT_CENTER, next, colours);
                }
                end
            }
            Face::Hidden { dots } => {
                let end = right - ring::SIZE - GAP - digits::width(painter, dots, theme::CODE);
                digits::paint(painter, egui::pos2(end, middle), dots, theme::CODE, colours.quiet);
                end
            }
            Face::Words { text, bad } => {
                let colour = if *bad { colours.bad } else { colours.quiet };
                let words = theme::line(painter, &text.say(self.lang), theme::QUIET, colour, right - left - NAMES);
                let at = egui::pos2(right - words.size().x, middle - words.size().y / 2.0);
                painter.galley(at, words, colour);
                at.x
            }
        };
        self.paint_names(painter, egui::pos2(left, middle), end - GAP - left, colours);
    }

    fn paint_narrow(&self, painter: &Painter, inside: Rect, face: &Face, colours: &Palette) {
        let left = inside.left() + TILE + GAP;
        let upper = inside.top() + theme::INSIDE + TILE / 2.0;
        let lower = lower(inside);
        match face {
            Face::Code { code, time, next } => {
                self.paint_end(painter, egui::pos2(inside.right() - ring::SIZE / 2.0, lower), *time, colours);
                let high = if next.is_some() { lower - 7.0 } else { lower };
                let (from, size) = narrow(painter, inside, code);
                digits::paint(painter, egui::pos2(from, high), code, size, colours.text);
                if let Some(next) = next {
                    self.paint_next(painter, egui::pos2(from, lower + 18.0), Align2::LEFT_CENTER, next, colours);
                }
            }
            Face::Hidden { dots } => {
                let (from, size) = narrow(painter, inside, dots);
                digits::paint(painter, egui::pos2(from, lower), dots, size, colours.quiet);
            }
            Face::Words { text, bad } => {
                let colour = if *bad { colours.bad } else { colours.quiet };
                let words = theme::line(painter, &text.say(self.lang), theme::QUIET, colour, inside.right() - left);
                painter.galley(egui::pos2(left, lower - words.size().y / 2.0), words, colour);
            }
        }
        self.paint_names(painter, egui::pos2(left, upper), inside.right() - left, colours);
    }

    /// The ring, or that the code was copied.
    fn paint_end(&self, painter: &Painter, center: Pos2, time: Option<(u64, u64)>, colours: &Palette) {
        if self.copied {
            kit::paint_done(painter, center, ring::SIZE, colours);
        } else if let Some((left, period)) = time {
            ring::paint(painter, center, left, period, colours);
        }
    }

    fn paint_next(&self, painter: &Painter, at: Pos2, anchor: Align2, next: &str, colours: &Palette) {
        let text = text!("desktop-next", code = next).say(self.lang);
        painter.text(at, anchor, text, FontId::proportional(theme::QUIET), colours.quiet);
    }

    /// Issuer above, name below; one alone stands in the middle.
    fn paint_names(&self, painter: &Painter, at: Pos2, width: f32, colours: &Palette) {
        let entry = &self.item.entry;
        let (mut upper, lower) = match (entry.issuer.trim(), entry.name.trim()) {
            ("", "") => (present::title("", "").say(self.lang), ""),
            ("", name) => (visible(name).into_owned(), ""),
            (issuer, name) => (visible(issuer).into_owned(), if name == issuer { "" } else { name }),
        };
        if entry.favorite {
            upper = format!("★ {upper}");
        }
        let parts = [lower].into_iter().chain(entry.tags.iter().map(String::as_str)).filter(|part| !part.is_empty());
        let lower = kit::joined(&parts.map(visible).collect::<Vec<_>>(), self.lang);
        let upper = theme::bold_line(painter, &upper, theme::STRONG, colours.text, width);
        let high = if lower.is_empty() { at.y - upper.size().y / 2.0 } else { at.y - upper.size().y - 1.0 };
        painter.galley(egui::pos2(at.x, high), upper, colours.text);
        if !lower.is_empty() {
            let mark = if self.item.level.is_some() { MARK } else { 0.0 };
            let lower = theme::line(painter, &lower, theme::QUIET, colours.quiet, width - mark);
            let middle = at.y + 3.0 + lower.size().y / 2.0;
            painter.galley(egui::pos2(at.x + mark, at.y + 3.0), lower, colours.quiet);
            if let Some(level) = self.item.level {
                kit::paint_level(painter, egui::pos2(at.x + 4.0, middle), level, colours);
            }
        }
    }
}

/// The row's id in the window: the same as long as the account exists.
pub(crate) fn id(item: &Item) -> egui::Id {
    egui::Id::unique(("row", item.entry.id.to_string()))
}

/// A code of `account` that is covered.
fn hidden(account: &Account) -> Face {
    let dots = "•".repeat(usize::from(account.digits()));
    Face::Hidden { dots: present::grouped(&dots) }
}

/// Where a code begins in a narrow row, and how large it is: under the names, or else under the tile,
/// and smaller where the ring would not have its room even so.
fn narrow(painter: &Painter, inside: Rect, code: &str) -> (f32, f32) {
    let end = inside.right() - ring::SIZE - GAP;
    let width = digits::width(painter, code, theme::CODE);
    let under_names = inside.left() + TILE + GAP;
    if under_names + width <= end {
        return (under_names, theme::CODE);
    }
    (inside.left(), theme::CODE * ((end - inside.left()) / width).min(1.0))
}

/// Where the middle of the code stands in a narrow row.
fn lower(inside: Rect) -> f32 {
    inside.bottom() - theme::INSIDE - 18.0
}

/// Shows that a part of a row has the focus.
fn outline(ui: &egui::Ui, part: &egui::Response, place: Rect, colours: &Palette) {
    if part.has_focus() {
        let stroke = Stroke::new(2.0, colours.accent);
        ui.painter().rect_stroke(place, theme::ROUND, stroke, StrokeKind::Inside);
    }
}

/// The letter on the tile: the first one, or digit, of `name`, or whatever else it shows.
fn letter(name: &str) -> char {
    let letter = name.chars().find(|symbol| symbol.is_alphanumeric());
    let symbol = letter.or_else(|| name.chars().find(|symbol| !symbol.is_whitespace() && !is_hidden(*symbol)));
    symbol.and_then(|symbol| symbol.to_uppercase().next()).unwrap_or('・')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tile_shows_the_first_letter() {
        #[track_caller]
        fn case(name: &str, expected: char) {
            assert_eq!(letter(name), expected);
        }
        case("binance", 'B');
        case("ビットフライヤー", 'ビ');
        case("楽天銀行", '楽');
        case("  (1Password)", '1');
        case("\u{202e}evil", 'E');
        case("😀 Bank", 'B');
        case("\u{200b} 😀", '😀');
        case("", '・');
    }

    #[test]
    fn rows_stack_where_names_would_have_no_room() {
        assert_eq!(Shape::fitting(328.0, 6), Shape::Narrow);
        assert_eq!(Shape::fitting(408.0, 6), Shape::Wide);
        assert_eq!(Shape::fitting(408.0, 8), Shape::Narrow);
        assert_eq!(Shape::fitting(640.0, 10), Shape::Wide);
    }
}
