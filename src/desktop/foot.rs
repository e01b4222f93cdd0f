//! The line at the window's foot. It says one thing at a time, or is not there.

use std::collections::VecDeque;

use eframe::egui;
use otp::clock::UnixTime;
use otp::recovery::readiness::Step;
use otp::text;
use otp::text::{Lang, Text};

use crate::failure::Failure;
use crate::kit;
use crate::page::{Place, Want};
use crate::theme::{self, Palette};

/// How high what it says is: two lines, so that the view above it stays where it is whatever it says.
const HEIGHT: f32 = 40.6;
/// How long a plain message stays, in seconds.
const STAY: u64 = 8;
/// How long one stays that says what to do as well.
const LONG: u64 = 15;
/// How long it stays at least while others wait, in seconds.
const BRIEF: u64 = 3;

/// What the foot says: one thing after the other, so that none is lost.
#[derive(Default)]
pub(crate) struct Foot {
    copied: Option<Copied>,
    /// What is to be said, the first now.
    lines: VecDeque<Line>,
    /// How much is done of how much, while a long change is under way.
    working: Option<(usize, usize)>,
}

/// A code on the clipboard.
struct Copied {
    account: String,
    /// Its issuer alone, where the line has no room for more.
    short: String,
    since: UnixTime,
    until: UnixTime,
}

struct Line {
    text: Text,
    /// What to do about it.
    hint: Option<Text>,
    failed: bool,
    /// Since when it is said; `None` while it waits.
    since: Option<UnixTime>,
}

impl Line {
    /// Whether it was there long enough at `now`, where others wait or not.
    fn is_over(&self, now: UnixTime, others: bool) -> bool {
        let stay = match self.hint {
            Some(_) => LONG,
            // What failed has to be read.
            None if others && !self.failed => BRIEF,
            None => STAY,
        };
        self.since.is_some_and(|since| now.since(since) >= stay)
    }
}

impl Foot {
    /// The code of `account`, in `short` its issuer, will be on the clipboard for `seconds` from `now`.
    pub(crate) fn copied(&mut self, account: String, short: String, seconds: u64, now: UnixTime) {
        let until = UnixTime(now.0.saturating_add(seconds));
        self.copied = Some(Copied { account, short, since: now, until });
    }

    /// Something that the user asked for was done.
    pub(crate) fn done(&mut self, text: Text) {
        self.answer(Line { text, hint: None, failed: false, since: None });
    }

    /// Something that the user asked for did not work.
    pub(crate) fn failed(&mut self, failure: Failure) {
        let Failure { text, hint, .. } = failure;
        self.answer(Line { text, hint, failed: true, since: None });
    }

    /// Something that nobody asked for, so that it waits for its turn.
    pub(crate) fn notice(&mut self, text: Text) {
        if self.lines.iter().all(|line| line.text != text) {
            self.lines.push_back(Line { text, hint: None, failed: false, since: None });
        }
    }

    /// A change is under way, of which so much of so much is done; or none.
    pub(crate) fn working(&mut self, progress: Option<(usize, usize)>) {
        self.working = progress;
    }

    fn answer(&mut self, line: Line) {
        // What is said again begins anew.
        self.lines.retain(|other| other.text != line.text);
        self.lines.push_front(line);
    }

    /// Forgets what it said.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Whether it says something that is over after a while.
    pub(crate) fn speaks(&self) -> bool {
        self.copied.is_some() || !self.lines.is_empty()
    }

    /// Lets what is over go, and the next have its say.
    pub(crate) fn tick(&mut self, now: UnixTime) {
        if self.copied.as_ref().is_some_and(|copied| now >= copied.until) {
            self.copied = None;
            self.notice(text!("desktop-cleared"));
        }
        self.interrupt(now);
        if self.copy(now).is_some() {
            return;
        }
        let others = self.lines.len() > 1;
        if self.lines.front().is_some_and(|line| line.is_over(now, others)) {
            self.lines.pop_front();
        }
        if let Some(line) = self.lines.front_mut() {
            line.since.get_or_insert(now);
        }
    }

    /// Has what was being said before an answer came begin anew after it, unless it was read.
    fn interrupt(&mut self, now: UnixTime) {
        let mut number = 0;
        self.lines.retain(|line| {
            number += 1;
            number == 1 || !line.is_over(now, true)
        });
        self.lines.iter_mut().skip(1).for_each(|line| line.since = None);
    }

    /// The copy that is to be told at `now`: what was pressed just now answers at once, and goes on
    /// counting when everything else was said.
    fn copy(&self, now: UnixTime) -> Option<&Copied> {
        self.copied.as_ref().filter(|copied| self.lines.is_empty() || now.since(copied.since) < BRIEF)
    }

    /// Draws the line, if there is something to say: what was done, or else the next `step`.
    pub(crate) fn ui(&self, ui: &mut egui::Ui, now: UnixTime, step: Option<Step>, lang: Lang) -> Option<Want> {
        let colours = Palette::of(ui);
        let copy = self.copy(now);
        let (text, colour) = match (copy, self.lines.front()) {
            (Some(copied), _) => (text!("desktop-copied", account = copied.account.as_str()), colours.text),
            (None, Some(line)) => (line.text.clone(), if line.failed { colours.bad } else { colours.quiet }),
            (None, None) => match self.working {
                Some((done, of)) => (text!("desktop-working", done = done, of = of), colours.quiet),
                None => return next_step(ui, step?, lang),
            },
        };
        let words = plain(&text, lang);
        if let (None, Some(Line { hint: Some(hint), .. })) = (copy, self.lines.front()) {
            line(ui, |ui| say_failed(ui, &words, &plain(hint, lang)));
            return None;
        }
        line(ui, |ui| {
            // Lines of text, not of controls.
            ui.spacing_mut().interact_size.y = 0.0;
            let said = |ui: &mut egui::Ui| match copy {
                Some(copied) => say_copied(ui, &words, copied, lang),
                None => kit::said(ui, &words, colour),
            };
            let left = copy.map(|copied| text!("desktop-clearing", seconds = copied.until.since(now)).say(lang));
            // The countdown is a label of its own, and silent.
            let right = |ui: &mut egui::Ui| drop(left.map(|left| countdown(ui, &left)));
            kit::ends_in(ui, HEIGHT, right, |ui| {
                let line = said(ui);
                aloud(ui, &line);
            });
        });
        None
    }
}

/// `text` as the foot says it.
fn plain(text: &Text, lang: Lang) -> String {
    theme::sentence(text, lang).replace('`', "")
}

/// Has `line` read aloud when it comes.
fn aloud(ui: &egui::Ui, line: &egui::Response) {
    ui.ctx().accesskit_node_builder(line.id, |node| node.set_live(egui::accesskit::Live::Polite));
}

/// That something did not work, and what to do, less loud.
fn say_failed(ui: &mut egui::Ui, words: &str, hint: &str) {
    ui.spacing_mut().item_spacing.y = 1.0;
    let line = kit::said(ui, words, Palette::of(ui).bad);
    aloud(ui, &line);
    let line = kit::quiet(ui, hint);
    aloud(ui, &line);
}

fn countdown(ui: &mut egui::Ui, left: &str) -> egui::Response {
    let words = theme::line(ui.painter(), left, theme::BODY, Palette::of(ui).quiet, f32::INFINITY);
    ui.label(words)
}

/// That a code was copied: `words`, or only the issuer where those have no room. Read aloud whole.
fn say_copied(ui: &mut egui::Ui, words: &str, copied: &Copied, lang: Lang) -> egui::Response {
    let colours = Palette::of(ui);
    paint_tick(ui, colours);
    let whole = theme::line(ui.painter(), words, theme::BODY, colours.text, ui.available_width());
    if !whole.elided {
        return ui.label(whole);
    }
    let short = text!("desktop-copied", account = copied.short.as_str());
    let line = kit::said(ui, &theme::sentence(&short, lang), colours.text);
    line.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words));
    line
}

fn paint_tick(ui: &mut egui::Ui, colours: &Palette) {
    let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(18.0), egui::Sense::hover());
    kit::paint_done(ui.painter(), rect.center(), 18.0, colours);
}

/// The most valuable next step, and the way there.
fn next_step(ui: &mut egui::Ui, step: Step, lang: Lang) -> Option<Want> {
    line(ui, |ui| {
        let words = theme::sentence(&step.text(), lang);
        let way = text!("desktop-foot-step").say(lang);
        let way = kit::ends_in(ui, HEIGHT, |ui| kit::link(ui, way), |ui| drop(kit::quiet(ui, words)));
        way.clicked().then_some(Want::Go(Place::Recovery))
    })
}

/// The place at the foot.
fn line<R>(ui: &mut egui::Ui, content: impl FnOnce(&mut egui::Ui) -> R) -> R {
    let colours = Palette::of(ui);
    let frame = egui::Frame::new().inner_margin(egui::Margin::symmetric(16, 10));
    let panel = egui::Panel::bottom("foot").frame(frame).resizable(false).show_separator_line(false);
    let shown = panel.show(ui, |ui| {
        ui.set_min_height(HEIGHT);
        content(ui)
    });
    let rect = shown.response.rect;
    ui.painter().hline(rect.x_range(), rect.top(), egui::Stroke::new(1.0, colours.line));
    shown.inner
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(foot: &mut Foot, at: u64) -> Option<Text> {
        foot.tick(UnixTime(at));
        if let Some(copied) = foot.copy(UnixTime(at)) {
            return Some(text!("desktop-copied", account = copied.account.as_str()));
        }
        foot.lines.front().map(|line| line.text.clone())
    }

    #[test]
    fn notices_wait_for_each_other_and_none_is_lost() {
        let (one, two) = (text!("desktop-accepted"), text!("desktop-vault-made"));
        let mut foot = Foot::default();
        for at in 100..103 {
            foot.notice(one.clone());
            foot.notice(two.clone());
            assert_eq!(said(&mut foot, at), Some(one.clone()), "what is said again is not said twice");
        }
        for (at, expected) in [(103, &two), (110, &two)] {
            assert_eq!(said(&mut foot, at).as_ref(), Some(expected), "{at}");
        }
        assert_eq!(said(&mut foot, 111), None);
        assert!(!foot.speaks());
    }

    #[test]
    fn answers_come_at_once_and_what_they_interrupt_comes_again() {
        let (notice, bad, done) = (text!("desktop-accepted"), text!("desktop-waiting"), text!("desktop-vault-made"));
        let mut foot = Foot::default();
        foot.notice(notice.clone());
        assert_eq!(said(&mut foot, 100), Some(notice.clone()));
        foot.failed(Failure::bare(bad.clone()));
        assert_eq!(said(&mut foot, 101), Some(bad.clone()));
        foot.done(done.clone());
        // What failed stays longer than what was done.
        for (at, expected) in [(102, &done), (104, &done), (105, &bad), (112, &bad), (113, &notice), (120, &notice)] {
            assert_eq!(said(&mut foot, at).as_ref(), Some(expected), "{at}");
        }
        assert_eq!(said(&mut foot, 121), None);
    }

    #[test]
    fn a_copy_answers_at_once_and_counts_on_after_the_others() {
        let (made, copied) = (text!("desktop-vault-made"), text!("desktop-copied", account = "Binance"));
        let mut foot = Foot::default();
        foot.notice(made.clone());
        assert_eq!(said(&mut foot, 100), Some(made.clone()));
        foot.copied("Binance".to_owned(), "Binance".to_owned(), 30, UnixTime(101));
        for (at, expected) in [(101, &copied), (103, &copied), (104, &made), (108, &copied), (130, &copied)] {
            assert_eq!(said(&mut foot, at).as_ref(), Some(expected), "{at}");
        }
        assert_eq!(said(&mut foot, 131), Some(text!("desktop-cleared")));
    }

    #[test]
    fn what_failed_comes_with_what_to_do_and_stays_longer() {
        use egui_kittest::kittest::Queryable;
        use otp::error::Explain;
        use otp::store::StoreError;

        for lang in Lang::ALL {
            let mut foot = Foot::default();
            foot.failed(StoreError::Locked.into());
            foot.tick(UnixTime(100));
            let play = egui_kittest::Harness::builder().with_context_setup(theme::apply);
            let play = play.build_ui_state(|ui, foot: &mut Foot| drop(foot.ui(ui, UnixTime(100), None, lang)), foot);
            let words = [StoreError::Locked.text(), StoreError::Locked.hint().unwrap()];
            let [text, hint] = words.map(|words| play.get_by_label(&plain(&words, lang)).rect());
            assert!(text.bottom() < hint.top());
        }
        let mut foot = Foot::default();
        foot.failed(StoreError::Locked.into());
        for (at, over) in [(100, false), (114, false), (115, true)] {
            assert_eq!(said(&mut foot, at).is_none(), over, "{at}");
        }
    }

    #[test]
    fn how_far_a_long_change_is_waits_for_what_was_done() {
        use egui_kittest::kittest::Queryable;

        for lang in Lang::ALL {
            let mut foot = Foot::default();
            foot.working(Some((3, 12)));
            let play = egui_kittest::Harness::builder().with_context_setup(theme::apply);
            let mut play =
                play.build_ui_state(|ui, foot: &mut Foot| drop(foot.ui(ui, UnixTime(100), None, lang)), foot);
            let told = text!("desktop-working", done = 3, of = 12).say(lang);
            assert!(play.query_by_label(&told).is_some());
            play.state_mut().done(text!("desktop-vault-made"));
            play.run_steps(2);
            assert!(play.query_by_label(&told).is_none());
        }
    }
}
