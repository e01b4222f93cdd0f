//! Locking: when nobody is there, when the screen locks or the computer sleeps; and the way back in.

#[cfg(target_os = "linux")]
mod logind;
mod looks;
pub(crate) mod owner;
mod screen;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError};
use std::time::Duration;

use eframe::egui;
use otp::clock::UnixTime;
use otp::error::Explain;
use otp::secret::Secret;
use otp::store::StoreError;
use otp::text;
use otp::text::{Lang, Text};
use zeroize::Zeroizing;

use crate::accounts::{Accounts, State};
use crate::kit::{self, Tone};
use crate::notice::{above, paint_mark};
use crate::page::Want;
use crate::theme::{self, Palette};
use crate::worker::Wake;
use owner::{Answer, Owner};

/// How long nobody has touched the window.
pub(crate) struct Idle(UnixTime);

impl Idle {
    /// Touched just now.
    pub(crate) fn new(now: UnixTime) -> Self {
        Self(now)
    }

    /// Whether `seconds` have passed without a key or the pointer; 0 is never.
    pub(crate) fn is_over(&mut self, now: UnixTime, seconds: u32) -> bool {
        let over = seconds > 0 && now.since(self.0) >= u64::from(seconds);
        if over {
            self.0 = now;
        }
        over
    }

    /// Takes note of what was done in this frame. To be asked after [`Self::is_over`]: the key that
    /// comes too late does not count.
    pub(crate) fn note(&mut self, ctx: &egui::Context, now: UnixTime) {
        if ctx.input(|input| input.events.iter().any(is_touch)) {
            self.0 = now;
        }
    }

    /// The time until then; `None` if that is never.
    pub(crate) fn left(&self, now: UnixTime, seconds: u32) -> Option<Duration> {
        let left = u64::from(seconds).saturating_sub(now.since(self.0)).max(1);
        (seconds > 0).then(|| Duration::from_secs(left))
    }
}

/// Whether somebody did something.
fn is_touch(event: &egui::Event) -> bool {
    use egui::Event;
    matches!(
        event,
        Event::Key { .. }
            | Event::Text(_)
            | Event::Paste(_)
            | Event::PointerMoved(_)
            | Event::PointerButton { .. }
            | Event::MouseWheel { .. }
            | Event::Touch { .. }
    )
}

/// Whether the screen locks, or the computer goes to sleep or did, as far as the desktop tells.
#[derive(Clone)]
pub(crate) struct Signals(Arc<AtomicBool>);

impl Signals {
    /// Listens from now on, and calls `wake` when there is something to hear.
    pub(crate) fn listen(wake: &Wake) -> Self {
        let signals = Self(Arc::default());
        #[cfg(target_os = "linux")]
        logind::listen(&signals, wake);
        #[cfg(not(target_os = "linux"))]
        looks::listen(&signals, wake);
        signals
    }

    /// Whether that was said since this was asked last.
    pub(crate) fn heard(&self) -> bool {
        self.0.swap(false, Ordering::Relaxed)
    }

    fn tell(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// What stands before everything else while the window is locked.
#[derive(Default)]
pub(crate) struct Gate {
    typed: Zeroizing<String>,
    shown: bool,
    /// Whether it says what is left to whoever has forgotten the passphrase.
    forgot: bool,
    /// Whether a passphrase was given and not judged yet.
    opening: bool,
    asked: Asked,
}

/// Whether the system was asked if its owner is there.
#[derive(Default)]
enum Asked {
    #[default]
    No,
    /// Its answer is to come.
    Waiting(Receiver<Answer>),
    /// It said that the owner is not.
    Refused,
}

impl Gate {
    /// Whether a passphrase was given and not judged yet.
    pub(crate) fn is_opening(&self) -> bool {
        self.opening
    }

    /// Draws it, with a `word` of what came meanwhile.
    pub(crate) fn ui(
        &mut self,
        ui: &mut egui::Ui,
        accounts: &Accounts,
        owner: Option<&Owner>,
        word: Option<&Text>,
        lang: Lang,
    ) -> Option<Want> {
        let vault = match &accounts.state {
            State::Locked => accounts.uses_vault,
            _ => true,
        };
        let waiting = matches!(accounts.state, State::Waiting(_));
        self.opening &= waiting;
        kit::scrolls(ui, |ui| {
            let want = self.middle(ui, accounts, owner, vault, lang);
            if let Some(word) = word {
                ui.add_space(theme::BETWEEN);
                ui.vertical_centered(|ui| say(ui, word, lang));
            }
            want
        })
    }

    fn middle(
        &mut self,
        ui: &mut egui::Ui,
        accounts: &Accounts,
        owner: Option<&Owner>,
        vault: bool,
        lang: Lang,
    ) -> Option<Want> {
        let waiting = matches!(accounts.state, State::Waiting(_));
        ui.vertical_centered(|ui| {
            ui.set_max_width(ui.available_width().min(360.0));
            above(ui);
            paint_mark(ui, "otp", Palette::of(ui).accent);
            ui.add_space(theme::INSIDE);
            let title = if vault { text!("desktop-lock-vault") } else { text!("desktop-lock-title") };
            centred(ui, &theme::sentence(&title, lang));
            ui.add_space(theme::BETWEEN);
            if vault { self.passphrase(ui, accounts, waiting, lang) } else { self.plain(ui, owner, lang) }
        })
        .inner
    }

    fn passphrase(&mut self, ui: &mut egui::Ui, accounts: &Accounts, waiting: bool, lang: Lang) -> Option<Want> {
        let mut wanted = None;
        ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
            let field = kit::secret(ui, &text!("desktop-lock-passphrase").say(lang), &mut self.typed, self.shown);
            let entered = kit::entered(ui, &field);
            // Whoever comes back types, without a look at where the keys go.
            if ui.memory(|memory| memory.focused().is_none()) {
                field.request_focus();
            }
            kit::tick(ui, &mut self.shown, text!("desktop-show-typed").say(lang));
            if let State::Failed(failure, _) = &accounts.state
                && failure.store.as_deref() == Some(&StoreError::WrongPassphrase)
            {
                kit::toned(ui, theme::sentence(&StoreError::WrongPassphrase.text(), lang), Tone::Bad);
            }
            if waiting {
                kit::progress(ui, &text!("desktop-lock-opening").say(lang), None);
                return;
            }
            let pressed = kit::filled(ui, text!("desktop-lock-unlock").say(lang)).clicked();
            if (pressed || entered) && !self.typed.is_empty() {
                self.opening = true;
                wanted = Some(Want::Unlock(Secret::from_text(std::mem::take(&mut *self.typed))));
            }
            if kit::link(ui, text!("desktop-lock-forgot").say(lang)).clicked() {
                self.forgot = !self.forgot;
            }
            if self.forgot {
                say(ui, &text!("desktop-lock-forgot-words"), lang);
            }
        });
        wanted
    }

    /// Without a vault there is nothing to type: the keyring is the system's to lock, and the system
    /// is who knows its owner.
    fn plain(&mut self, ui: &mut egui::Ui, owner: Option<&Owner>, lang: Lang) -> Option<Want> {
        if let Asked::Waiting(asked) = &self.asked {
            let answer = match asked.try_recv() {
                Ok(answer) => answer,
                Err(TryRecvError::Disconnected) => Answer::Unable,
                Err(TryRecvError::Empty) => {
                    kit::progress(ui, &text!("desktop-lock-asking").say(lang), None);
                    return None;
                }
            };
            if answer != Answer::Refused {
                self.asked = Asked::No;
                return Some(Want::Reload);
            }
            self.asked = Asked::Refused;
        }
        if matches!(self.asked, Asked::Refused) {
            kit::toned(ui, text!("desktop-lock-refused").say(lang), Tone::Watch);
            ui.add_space(theme::BETWEEN);
        }
        let show = kit::filled(ui, text!("desktop-lock-show").say(lang));
        kit::first(ui, &show);
        if !show.clicked() {
            return None;
        }
        let Some(owner) = owner else { return Some(Want::Reload) };
        self.asked = Asked::Waiting(owner.ask(lang));
        None
    }
}

fn say(ui: &mut egui::Ui, word: &Text, lang: Lang) {
    let line = kit::quiet(ui, theme::sentence(word, lang));
    ui.ctx().accesskit_node_builder(line.id, |node| node.set_live(egui::accesskit::Live::Polite));
}

fn centred(ui: &mut egui::Ui, text: &str) {
    let colours = Palette::of(ui);
    theme::bold(ui, theme::with_literals(text, theme::STRONG, colours.text, ui.available_width()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_that_comes_too_late_does_not_keep_the_window_open() {
        let ctx = egui::Context::default();
        let mut idle = Idle::new(UnixTime(100));
        let key = egui::RawInput { events: vec![egui::Event::Text("x".to_owned())], ..Default::default() };
        let mut output = ctx.run_ui(key, |ui| {
            let mut over = |at| {
                let over = idle.is_over(UnixTime(at), 300);
                idle.note(ui.ctx(), UnixTime(at));
                over
            };
            assert!(!over(399) && !over(698) && over(998));
            assert!(!idle.is_over(UnixTime(2_000), 0));
            idle.note(ui.ctx(), UnixTime(2_000));
        });
        output.textures_delta.clear();
        assert_eq!(idle.left(UnixTime(2_010), 300), Some(Duration::from_secs(290)));
        assert_eq!(idle.left(UnixTime(2_010), 0), None);
    }
}
