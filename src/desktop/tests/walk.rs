//! What holds for every view: names, targets, widths, the keyboard.

use std::collections::BTreeSet;

use eframe::egui;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};
use otp::text;
use otp::text::Lang;

use super::scenes::{ALL, Scene};
use super::stage::Play;
use crate::theme;

/// The smallest window, the usual one, one with the rail at its side; and the smallest one whose text
/// is twice as large, on a desktop that does not let it grow: half as many points across.
const SIZES: [(f32, f32); 4] =
    [(theme::LEAST.x, theme::LEAST.y), (440.0, 720.0), (1_000.0, 700.0), (theme::LEAST.x / 2.0, theme::LEAST.y / 2.0)];

/// What can be pressed or filled in.
fn is_control(role: Role) -> bool {
    use Role::{Button, CheckBox, Link, MultilineTextInput, PasswordInput, RadioButton, TextInput};
    matches!(role, Button | CheckBox | Link | MultilineTextInput | PasswordInput | RadioButton | TextInput)
}

/// What is wrong with the view at the size it has.
fn faults(play: &Play, width: f64) -> Vec<String> {
    let mut faults = play.unnamed_widgets();
    for node in play.query_all_by(|_| true) {
        let access = node.accesskit_node();
        let words = access.label().or_else(|| access.value()).unwrap_or_default();
        let Some(rect) = access.bounding_box() else { continue };
        if is_control(access.role()) {
            if !words.chars().any(char::is_alphanumeric) {
                faults.push(format!("`{words}` is no name"));
            }
            // The boxes of ticks are as high as their line.
            if rect.height() < 31.9 {
                faults.push(format!("`{words}` is only {} high", rect.height()));
            }
        }
        let says = is_control(access.role()) || matches!(access.role(), Role::Label | Role::Heading | Role::Image);
        if says && !words.is_empty() && (rect.x0 < -0.5 || rect.x1 > width + 0.5) {
            faults.push(format!("`{words}` reaches from {} to {}", rect.x0, rect.x1));
        }
    }
    faults
}

/// The controls that can be used, by name.
fn controls(play: &Play) -> BTreeSet<String> {
    let all = play.query_all_by(|_| true).map(|node| node.accesskit_node());
    let usable = all.filter(|node| is_control(node.role()) && !node.is_disabled());
    usable.filter_map(|node| node.label()).collect()
}

/// Those that the Tab key comes to, and what is wrong with how they show it.
fn reached(play: &mut Play) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut reached, mut faults) = (BTreeSet::new(), BTreeSet::new());
    let height = f64::from(play.ctx.content_rect().height());
    for _ in 0..90 {
        play.key_press(egui::Key::Tab);
        // What is out of sight is scrolled to.
        play.run_steps(3);
        let all = play.query_all_by(|_| true).map(|node| node.accesskit_node());
        for node in all.filter(|node| node.is_focused() && is_control(node.role())) {
            let (label, rect) = (node.label().unwrap_or_default(), node.bounding_box().unwrap_or_default());
            // A row may be higher than what the window leaves to its list.
            let least = rect.height().min(60.0);
            if rect.y1 < least || rect.y0 + least > height {
                faults.insert(format!("`{label}` has the focus out of sight, from {} to {}", rect.y0, rect.y1));
            } else if !is_marked(play, rect) {
                faults.insert(format!("`{label}` does not show that it has the focus"));
            }
            reached.insert(label);
        }
    }
    (reached, faults)
}

/// Whether a heavy line in the accent is drawn at `rect`.
fn is_marked(play: &Play, rect: egui::accesskit::Rect) -> bool {
    #[expect(clippy::cast_possible_truncation, reason = "places on a screen")]
    let [x0, y0, x1, y1] = [rect.x0, rect.y0, rect.x1, rect.y1].map(|place| place as f32);
    let around = egui::Rect::from_min_max(egui::pos2(x0, y0), egui::pos2(x1, y1)).expand(6.0);
    let accent = theme::Palette::in_context(&play.ctx).accent;
    let heavy = |stroke: &egui::Stroke| stroke.color == accent && stroke.width >= 1.5;
    play.output().shapes.iter().any(|clipped| {
        let stroke = match &clipped.shape {
            egui::Shape::Rect(rect) => &rect.stroke,
            egui::Shape::LineSegment { stroke, .. } => stroke,
            _ => return false,
        };
        heavy(stroke) && around.contains_rect(clipped.shape.visual_bounding_rect().shrink(2.0))
    })
}

/// Runs `judge` on every view in both languages.
fn walk(judge: impl Fn(&Scene, &mut Play, Lang) -> Vec<String>) {
    let mut all = Vec::new();
    for lang in Lang::ALL {
        for scene in ALL {
            let faults = judge(scene, &mut (scene.open)(lang), lang);
            all.extend(faults.into_iter().map(|fault| format!("{} ({}): {fault}", scene.name, lang.code())));
        }
    }
    assert!(all.is_empty(), "\n{}\n", all.join("\n"));
}

#[test]
fn every_control_has_a_name_a_size_and_room_and_the_keyboard_reaches_it() {
    walk(|_, play, lang| {
        let mut all = Vec::new();
        for (width, height) in SIZES {
            play.set_size(egui::vec2(width, height));
            play.run_steps(3);
            all.extend(faults(play, width.into()).into_iter().map(|fault| format!("at {width}: {fault}")));
        }
        play.set_size(theme::LEAST);
        play.run_steps(3);
        let (reached, faults) = reached(play);
        all.extend(faults);
        // Behind a question nothing can be reached, but its answers can.
        if play.ctx.memory(|memory| memory.top_modal_layer().is_some()) {
            let cancel = text!("desktop-cancel").say(lang);
            all.extend((!reached.contains(&cancel)).then(|| format!("no key comes to `{cancel}`")));
            return all;
        }
        // Nor behind a menu, whose lines can.
        let open = egui::Popup::is_any_open(&play.ctx);
        let behind = if open { controls(&super::scenes::codes(lang)) } else { BTreeSet::new() };
        let missed = controls(play).difference(&reached).cloned().collect::<BTreeSet<_>>();
        all.extend(missed.difference(&behind).map(|label| format!("no key comes to `{label}`")));
        all
    });
}

/// How many filled buttons are in sight; chips that are on are round.
fn filled(play: &Play) -> usize {
    let accent = theme::Palette::in_context(&play.ctx).accent;
    let corners = egui::CornerRadius::from(theme::ROUND);
    let is_button = |rect: &egui::epaint::RectShape| {
        rect.fill == accent && rect.corner_radius == corners && rect.rect.height() >= theme::CONTROL - 0.5
    };
    let all = play.output().shapes.iter();
    all.filter(|clipped| matches!(&clipped.shape, egui::Shape::Rect(rect) if is_button(rect))).count()
}

#[test]
fn one_button_of_a_view_is_the_next_step() {
    let welcome = ALL.iter().find(|scene| scene.name == "welcome").map(|scene| (scene.open)(Lang::English));
    assert_eq!(welcome.as_ref().map(filled), Some(1));
    walk(|_, play, _| {
        play.set_size(egui::vec2(440.0, 2_000.0));
        play.run_steps(3);
        let count = filled(play);
        Vec::from_iter((count > 1).then(|| format!("{count} buttons are filled")))
    });
}

/// Everything that a screen reader could say.
fn spoken(play: &Play) -> Vec<(Option<String>, Option<String>)> {
    let all = play.query_all_by(|_| true).map(|node| node.accesskit_node());
    all.map(|node| (node.label(), node.value())).collect()
}

/// The commands of the terminal that messages name.
const COMMANDS: &str = "now list import export qr sheet backup drill doctor rescue repair verify edit rename tag note url \
    recovery-codes remove trash restore history open site vault help";

/// Whether `words` tell somebody to type a command of the terminal.
fn names_a_command(words: &str) -> bool {
    let named =
        words.split("otp ").skip(1).filter_map(|rest| rest.split(|symbol: char| !symbol.is_ascii_lowercase()).next());
    named.into_iter().any(|word| COMMANDS.split(' ').any(|command| command == word))
}

#[test]
fn no_view_names_a_command() {
    walk(|_, play, _| {
        let said = spoken(play).into_iter().flat_map(|(label, value)| [label, value]).flatten();
        said.filter(|words| names_a_command(words)).collect()
    });
}

#[test]
fn the_countdown_of_a_code_is_not_read_aloud() {
    for lang in Lang::ALL {
        let mut play = (ALL[0].open)(lang);
        // By then the foot has said what it had to say.
        play.state_mut().now.0 += 10;
        play.run_steps(3);
        let before = spoken(&play);
        assert!(before.iter().any(|(label, _)| label.as_deref().is_some_and(|label| label.contains("2 8 7 0 8 2"))));
        assert!(!before.iter().any(|(label, _)| label.as_deref().is_some_and(|label| label.contains("287"))));
        // The ring goes on, the codes stay.
        play.state_mut().now.0 += 8;
        play.run_steps(3);
        assert_eq!(spoken(&play), before);
    }
}

#[test]
fn arrows_keep_the_row_that_they_select_in_sight() {
    let mut play = (ALL[0].open)(Lang::English);
    play.set_size(egui::vec2(360.0, 480.0));
    play.run_steps(3);
    for key in [[egui::Key::ArrowDown; 4], [egui::Key::ArrowUp; 4]].concat() {
        play.key_press(key);
        play.run_steps(4);
        let all = play.query_all_by(|_| true).map(|node| node.accesskit_node());
        let rect =
            all.filter(egui_kittest::kittest::AccessKitNode::is_focused).find_map(|node| node.bounding_box()).unwrap();
        // Below the bar, the field and a line about the clock, and above the foot.
        assert!(rect.y0 >= 60.0 && rect.y1 <= 430.0);
        assert!(rect.height() < 100.0 || rect.y0 >= 140.0);
    }
}
