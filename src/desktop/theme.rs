//! All looks of the window: colours, type, space, and the few ways to paint text.
//!
//! Colours come in a light and a dark set of the same names; a test holds both to contrast AA.

mod cards;
mod faces;
mod lines;
mod phrases;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub(crate) use cards::{Cards, arc, ground, outline, plain};
use eframe::egui;
use egui::TextFormat;
use egui::epaint::Shadow;
use egui::{Color32, CornerRadius, FontFamily, FontId, Galley, Painter, Stroke, TextStyle, Theme};
pub(crate) use faces::stand_in;
pub(crate) use lines::balanced;
use otp::app::config::{self, Config};
use otp::text::{Lang, Text};

use crate::words;

/// The widest that a view gets.
pub(crate) const WIDEST: f32 = 640.0;
/// The smallest window that every view has room in.
pub(crate) const LEAST: egui::Vec2 = egui::vec2(360.0, 360.0);
/// The height from which on the foot has room for advice: a tiling desktop, or one where the text is
/// large, asks nobody for the least size.
pub(crate) const LOWEST: f32 = 350.0;
/// Space at the window's edge.
pub(crate) const EDGE: f32 = 16.0;
/// Space inside a card.
pub(crate) const INSIDE: f32 = 12.0;
/// Space between cards.
pub(crate) const BETWEEN: f32 = 8.0;
/// The height of a control; nothing to press is lower than 32.
pub(crate) const CONTROL: f32 = 40.0;
/// The height of a lesser control.
pub(crate) const LOW: f32 = 32.0;
/// Corners of controls.
pub(crate) const ROUND: u8 = 8;
/// Corners of cards.
pub(crate) const ROUND_CARD: u8 = 10;

/// How long views and menus take to fade in, in seconds.
const FADE: f32 = 0.12;

/// A view's title.
pub(crate) const TITLE: f32 = 20.0;
/// An issuer, and the one sentence of a notice.
pub(crate) const STRONG: f32 = 15.0;
/// Controls and text to read.
pub(crate) const BODY: f32 = 14.0;
/// What is secondary.
pub(crate) const QUIET: f32 = 13.0;
/// The seconds inside a ring.
pub(crate) const SMALL: f32 = 12.0;
/// A code.
pub(crate) const CODE: f32 = 28.0;

/// The colours of one theme.
pub(crate) struct Palette {
    pub(crate) background: Color32,
    pub(crate) card: Color32,
    pub(crate) hovered: Color32,
    pub(crate) line: Color32,
    /// The outline of a field, which has to be seen to be found.
    pub(crate) edge: Color32,
    pub(crate) text: Color32,
    pub(crate) quiet: Color32,
    pub(crate) accent: Color32,
    pub(crate) on_accent: Color32,
    pub(crate) good: Color32,
    pub(crate) watch: Color32,
    pub(crate) bad: Color32,
    pub(crate) track: Color32,
}

const LIGHT: Palette = Palette {
    background: rgb(0xf6_f7_f9),
    card: rgb(0xff_ff_ff),
    hovered: rgb(0xfa_fb_fd),
    line: rgb(0xe3_e6_eb),
    edge: rgb(0x80_8a_99),
    text: rgb(0x14_18_1f),
    quiet: rgb(0x5b_64_72),
    accent: rgb(0x1f_6f_eb),
    on_accent: rgb(0xff_ff_ff),
    good: rgb(0x1a_7f_4b),
    watch: rgb(0x9a_5b_00),
    bad: rgb(0xc4_30_2b),
    track: rgb(0xd8_dd_e5),
};

const DARK: Palette = Palette {
    background: rgb(0x12_15_1a),
    card: rgb(0x1a_1f_27),
    hovered: rgb(0x1e_24_2d),
    line: rgb(0x2a_31_3c),
    edge: rgb(0x6b_77_88),
    text: rgb(0xee_f1_f5),
    quiet: rgb(0x9a_a5_b4),
    accent: rgb(0x5b_9b_ff),
    on_accent: rgb(0x08_12_1f),
    good: rgb(0x4c_c3_8a),
    watch: rgb(0xe0_a1_3c),
    bad: rgb(0xff_6b_63),
    track: rgb(0x32_3b_48),
};

/// The colours of letter tiles, dark enough for [`ON_TILE`] in both themes.
const TILES: [Color32; 8] = [
    rgb(0x9c_61_14),
    rgb(0x24_5f_ab),
    rgb(0x10_75_66),
    rgb(0x5a_4a_b8),
    rgb(0xa6_25_3c),
    rgb(0x3d_6e_2f),
    rgb(0x8a_3f_8f),
    rgb(0x4a_5a_70),
];
/// The letter on a tile.
pub(crate) const ON_TILE: Color32 = Color32::WHITE;

impl Palette {
    /// The colours of the theme that `ui` is drawn in.
    pub(crate) fn of(ui: &egui::Ui) -> &'static Self {
        if ui.visuals().dark_mode { &DARK } else { &LIGHT }
    }

    /// The colours of the theme that the whole window is drawn in.
    pub(crate) fn in_context(ctx: &egui::Context) -> &'static Self {
        if ctx.theme() == Theme::Dark { &DARK } else { &LIGHT }
    }
}

/// The colour of the tile for `name`: always the same for the same name.
pub(crate) fn tile(name: &str) -> Color32 {
    // FNV-1a: neighbours such as `Binance` and `Binance US` land on different colours.
    let hash = name
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    TILES[(hash >> 32) as usize % TILES.len()]
}

/// Gives `ctx` the fonts, spaces and colours of both themes.
pub(crate) fn apply(ctx: &egui::Context) {
    ctx.set_fonts(faces::all());
    // Until the system says otherwise; most desktops that cannot be asked are light.
    ctx.options_mut(|options| options.fallback_theme = Theme::Light);
    ctx.style_mut_of(Theme::Light, |style| restyle(style, &LIGHT));
    ctx.style_mut_of(Theme::Dark, |style| restyle(style, &DARK));
}

/// The program's sign, for the title bar and the list of windows.
pub(crate) fn icon() -> egui::IconData {
    eframe::icon_data::from_png_bytes(include_bytes!("../../packaging/icons/64.png")).unwrap_or_default()
}

/// Sets colours and text size as the owner wishes.
pub(crate) fn configure(ctx: &egui::Context, config: &Config) {
    ctx.set_theme(match config.theme {
        config::Theme::System => egui::ThemePreference::System,
        config::Theme::Light => egui::ThemePreference::Light,
        config::Theme::Dark => egui::ThemePreference::Dark,
    });
    ctx.set_zoom_factor(f32::from(config.text_size) / 100.0);
    let fade = if config.motion && !STILL.load(Ordering::Relaxed) { FADE } else { 0.0 };
    ctx.all_styles_mut(|style| style.animation_time = fade);
}

/// Whether the desktop wishes that nothing moves; see [`configure`].
static STILL: AtomicBool = AtomicBool::new(false);

/// Takes over whether the desktop wishes that nothing moves.
pub(crate) fn keep_still(ctx: &egui::Context, still: bool) {
    STILL.store(still, Ordering::Relaxed);
    if still {
        ctx.all_styles_mut(|style| style.animation_time = 0.0);
    }
}

/// Makes the toolkit forget what was typed, pasted and drawn. What it frees is wiped by the
/// allocator.
pub(crate) fn forget(ctx: &egui::Context) {
    ctx.memory_mut(|memory| {
        memory.data = egui::util::IdTypeMap::default();
        memory.caches = egui::cache::CacheStorage::default();
        memory.stop_text_input();
    });
    ctx.input_mut(|input| {
        input.events.clear();
        input.raw.events.clear();
    });
}

fn restyle(style: &mut egui::Style, colours: &Palette) {
    style.text_styles = [
        (TextStyle::Heading, FontId::proportional(TITLE)),
        (TextStyle::Body, FontId::proportional(BODY)),
        (TextStyle::Button, FontId::proportional(BODY)),
        (TextStyle::Small, FontId::proportional(QUIET)),
        (TextStyle::Monospace, FontId::monospace(QUIET)),
    ]
    .into();
    style.spacing.item_spacing = egui::vec2(BETWEEN, BETWEEN);
    style.spacing.button_padding = egui::vec2(16.0, 8.0);
    style.spacing.interact_size.y = CONTROL;
    style.spacing.scroll =
        egui::style::ScrollStyle { bar_width: 8.0, foreground_color: false, ..egui::style::ScrollStyle::floating() };
    style.scroll_animation = egui::style::ScrollAnimation::none();
    // Labels are not for selecting: a drag over the list must not paint stripes.
    style.interaction.selectable_labels = false;
    recolour(&mut style.visuals, colours);
}

fn recolour(visuals: &mut egui::Visuals, colours: &Palette) {
    visuals.panel_fill = colours.background;
    visuals.window_fill = colours.card;
    visuals.window_stroke = Stroke::new(1.0, colours.line);
    visuals.menu_corner_radius = CornerRadius::same(ROUND_CARD);
    let shade = if visuals.dark_mode { 110 } else { 36 };
    visuals.popup_shadow = Shadow { offset: [0, 4], blur: 18, spread: 0, color: Color32::from_black_alpha(shade) };
    visuals.extreme_bg_color = colours.card;
    visuals.override_text_color = Some(colours.text);
    visuals.weak_text_color = Some(colours.quiet);
    visuals.selection.bg_fill = colours.accent.gamma_multiply(0.35);
    visuals.selection.stroke = Stroke::new(2.0, colours.accent);
    // A blinking cursor would redraw the window all day.
    visuals.text_cursor.blink = false;
    visuals.text_cursor.stroke = Stroke::new(1.5, colours.accent);
    let states = &mut visuals.widgets;
    // Between the parts of a menu.
    states.noninteractive.bg_stroke.color = colours.line;
    for state in [&mut states.inactive, &mut states.hovered, &mut states.active, &mut states.open] {
        state.corner_radius = CornerRadius::same(ROUND);
        state.expansion = 0.0;
        // Scroll bars are filled with this one.
        state.bg_fill = colours.track;
        state.weak_bg_fill = colours.card;
        state.bg_stroke = Stroke::new(1.0, colours.line);
        state.fg_stroke = Stroke::new(1.0, colours.text);
    }
    states.hovered.weak_bg_fill = colours.hovered;
    states.hovered.bg_stroke.color = colours.track;
    states.active.bg_stroke = Stroke::new(2.0, colours.accent);
}

/// One line of `text`, cut with an ellipsis where it would be wider than `width`.
pub(crate) fn line(painter: &Painter, text: &str, size: f32, colour: Color32, width: f32) -> Arc<Galley> {
    cut(painter, text, FontId::proportional(size), colour, width)
}

/// The same in bold.
pub(crate) fn bold_line(painter: &Painter, text: &str, size: f32, colour: Color32, width: f32) -> Arc<Galley> {
    cut(painter, text, bold_font(size), colour, width)
}

fn cut(painter: &Painter, text: &str, font: FontId, colour: Color32, width: f32) -> Arc<Galley> {
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, colour);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(0.0));
    painter.layout_job(job)
}

/// The bold face.
pub(crate) fn bold_font(size: f32) -> FontId {
    FontId::new(size, faces::family())
}

/// Centred quiet text, its literals in a typewriter face.
pub(crate) fn hint(ui: &mut egui::Ui, text: &str) {
    let job = with_literals(text, QUIET, Palette::of(ui).quiet, ui.available_width());
    set(ui, job);
}

/// Text in [`balanced`] lines; a screen reader hears no ends of lines.
pub(crate) fn set(ui: &mut egui::Ui, job: egui::text::LayoutJob) -> egui::Response {
    let text = job.text.clone();
    let response = ui.label(balanced(ui.painter(), job));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &text));
    response
}

/// The same in bold.
pub(crate) fn bold(ui: &mut egui::Ui, mut job: egui::text::LayoutJob) -> egui::Response {
    for section in &mut job.sections {
        let font = &mut section.format.font_id;
        if font.family == FontFamily::Proportional {
            *font = bold_font(font.size);
        }
    }
    set(ui, job)
}

/// `text` in the words of the window, beginning like a sentence.
pub(crate) fn sentence(text: &Text, lang: Lang) -> String {
    words::of(text).sentence(lang)
}

/// `text` in the middle of its line, its `literals`, between backticks, set in a typewriter face
/// and never broken across lines.
pub(crate) fn with_literals(text: &str, size: f32, colour: Color32, width: f32) -> egui::text::LayoutJob {
    let mut job = egui::text::LayoutJob { halign: egui::Align::Center, ..Default::default() };
    job.wrap.max_width = width;
    let format = |font| TextFormat { line_height: Some(size * 1.45), ..TextFormat::simple(font, colour) };
    for (number, piece) in text.split('`').enumerate() {
        if number % 2 == 0 {
            job.append(piece, 0.0, format(FontId::proportional(size)));
        } else {
            job.append(&piece.replace(' ', "\u{a0}"), 0.0, format(FontId::monospace(size)));
        }
    }
    job
}

const fn rgb(hex: u32) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The contrast ratio of WCAG 2.2 ("contrast ratio", "relative luminance").
    fn contrast(one: Color32, two: Color32) -> f64 {
        fn luminance(colour: Color32) -> f64 {
            let [red, green, blue] = [colour.r(), colour.g(), colour.b()].map(|channel| {
                let part = f64::from(channel) / 255.0;
                if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
            });
            0.2126 * red + 0.7152 * green + 0.0722 * blue
        }
        let (one, two) = (luminance(one), luminance(two));
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// WCAG 2.2, 1.4.3 asks 4.5 of text, 1.4.11 asks 3 of rings and outlines.
    #[test]
    fn all_text_has_contrast_aa() {
        #[track_caller]
        fn case(what: &str, least: f64, mark: Color32, ground: Color32) {
            let ratio = contrast(mark, ground);
            assert!(ratio >= least, "{what}: {ratio:.2}");
        }
        for (theme, colours) in [("light", &LIGHT), ("dark", &DARK)] {
            for ground in [colours.background, colours.card, colours.hovered] {
                for text in [colours.text, colours.quiet, colours.good, colours.watch, colours.bad] {
                    case(theme, 4.5, text, ground);
                }
                case(theme, 3.0, colours.accent, ground);
                case(theme, 3.0, colours.edge, ground);
            }
            case(theme, 4.5, colours.on_accent, colours.accent);
        }
        for (number, ground) in TILES.into_iter().enumerate() {
            case(&format!("tile {number}"), 4.5, ON_TILE, ground);
        }
    }

    #[test]
    fn a_name_keeps_its_colour_and_neighbours_differ() {
        assert_eq!(tile("Binance"), tile("Binance"));
        assert_ne!(tile("Binance"), tile("Binance US"));
    }
}
