//! The true key from one with slips in it and codes that the old phone shows.

use std::sync::Arc;

use eframe::egui;
use otp::account::Account;
use otp::clock::UnixTime;
use otp::code::Seen;
use otp::import::{Batch, Extras, Imported, Place as Source};
use otp::present;
use otp::repair::{End, Search, Shape, Watch};
use otp::text;
use otp::text::Text;
use zeroize::Zeroizing;

use crate::add::incoming::Incoming;
use crate::add::reader::Offered;
use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::page::{Cx, Page, Place, Want};
use crate::theme;
use crate::worker::Task;

/// A key that fits may still be a wrong one with this probability; above it, one more code is
/// asked for.
const UNSURE: f64 = 0.001;
/// The clocks of phone and computer may differ by so many periods.
const TOLERANCE: u32 = 1;

/// The view.
#[derive(Default)]
pub(crate) struct Repair {
    key: Zeroizing<String>,
    code: String,
    /// The codes that were given, and when.
    seen: Vec<(String, UnixTime)>,
    running: Option<Running>,
    outcome: Option<Result<Outcome, Failure>>,
}

/// A search that is under way.
struct Running {
    task: Task<(Search, End)>,
    watch: Arc<Watch>,
}

/// What a run came to.
enum Outcome {
    /// One key is left, and there is no doubt about it.
    Found(Box<Account>),
    /// One more code is needed, and why.
    More(Text),
    /// Nothing fits.
    Nothing(Text),
}

impl Drop for Repair {
    fn drop(&mut self) {
        if let Some(running) = &self.running {
            running.watch.stop();
        }
    }
}

impl Repair {
    /// The search for what was typed, with every code.
    fn search(&self) -> Result<Search, Failure> {
        let digits = self.seen.first().map_or(6, |(code, _)| code.chars().filter(char::is_ascii_digit).count());
        let shape = Shape { digits: u8::try_from(digits).unwrap_or(6), ..Shape::default() };
        let mut search = Search::new(&self.key, shape, TOLERANCE)?;
        for (code, at) in &self.seen {
            search.add(Seen::new(code, *at, *at))?;
        }
        Ok(search)
    }

    fn run(&mut self, cx: &Cx<'_>) {
        let mut search = match self.search() {
            Ok(search) => search,
            Err(failure) => {
                self.outcome = Some(Err(failure));
                self.seen.pop();
                return;
            }
        };
        let watch = Arc::new(Watch::default());
        let watched = Arc::clone(&watch);
        self.outcome = None;
        let task = cx.worker.aside(move |_| {
            let end = search.run(&watched)?;
            Ok((search, end))
        });
        self.running = Some(Running { task, watch });
    }

    fn hear(&mut self) {
        let Some(answer) = self.running.as_ref().and_then(|running| running.task.poll()) else { return };
        self.running = None;
        self.outcome = match answer {
            Ok((search, end)) => outcome(search, end),
            Err(failure) => Some(Err(failure)),
        };
    }

    fn form(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>) {
        let lang = cx.lang;
        kit::body(ui, text!("desktop-repair-words").say(lang));
        kit::secret(ui, &text!("desktop-repair-key").say(lang), &mut self.key, true);
        for (code, at) in &self.seen {
            kit::quiet(ui, text!("desktop-repair-seen", code = code.as_str(), at = present::moment(*at)).say(lang));
        }
        let field = kit::field(ui, &text!("desktop-repair-code").say(lang), &mut self.code);
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let ready = !self.key.trim().is_empty() && !self.code.trim().is_empty();
        ui.add_space(theme::BETWEEN);
        let words = if self.seen.is_empty() { text!("desktop-repair-start") } else { text!("desktop-repair-more") };
        let pressed = ui.add_enabled_ui(ready, |ui| kit::filled(ui, words.say(lang))).inner.clicked();
        if ready && (pressed || entered) {
            self.seen.push((std::mem::take(&mut self.code), cx.code_time()));
            self.run(cx);
        }
    }

    fn progress(&self, ui: &mut egui::Ui, cx: &Cx<'_>) -> bool {
        let Some(Running { watch, .. }) = &self.running else { return false };
        let (tried, most) = (watch.tried(), watch.planned());
        let [tried_words, most_words] = [tried, most].map(|keys| present::thousands(keys.into()));
        let words = match watch.left() {
            Some(left) => {
                text!("repair-progress-left", tried = tried_words, most = most_words, time = present::span(left))
            }
            None => text!("repair-progress", tried = tried_words, most = most_words),
        };
        let part = |keys: u64| usize::try_from(keys).unwrap_or(usize::MAX);
        kit::progress(ui, &cx.say(&words), Some((part(tried), part(most))));
        // The search tells nobody that it goes on.
        ui.ctx().request_repaint_after(std::time::Duration::from_millis(250));
        kit::button(ui, text!("desktop-repair-stop").say(cx.lang)).clicked()
    }

    fn outcome(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let found = match &self.outcome {
            None => return,
            Some(Err(failure)) => return kit::failure(ui, failure, cx.lang),
            Some(Ok(Outcome::Nothing(text))) => {
                kit::toned(ui, cx.say(text), Tone::Bad);
                return;
            }
            Some(Ok(Outcome::More(text))) => {
                kit::toned(ui, cx.say(text), Tone::Watch);
                return;
            }
            Some(Ok(Outcome::Found(account))) => account.duplicate(),
        };
        kit::card(ui, |ui| {
            kit::toned(ui, text!("desktop-repair-found").say(cx.lang), Tone::Good);
            if kit::filled(ui, text!("desktop-repair-keep").say(cx.lang)).clicked() {
                let imported =
                    Imported { account: found, place: Source::line(1), notes: Vec::new(), extras: Extras::default() };
                let offered = vec![Offered::Batch(Batch::from(imported))];
                cx.want(Want::Replace(Box::new(Incoming::new(cx.worker, offered))));
            }
        });
    }
}

fn outcome(search: Search, end: End) -> Option<Result<Outcome, Failure>> {
    let fitting = search.found().len();
    Some(Ok(match end {
        End::Stopped => return None,
        End::Exhausted => Outcome::Nothing(text!("repair-nothing")),
        End::TooFewCodes => Outcome::More(text!("repair-too-few")),
        End::Found if fitting > 1 => Outcome::More(text!("repair-several", count = fitting)),
        End::Found if search.expected_false() > UNSURE => Outcome::More(text!("repair-unsure")),
        End::Found => {
            let shape = search.shape();
            let found = search.into_found().pop()?;
            match shape.account(String::new(), String::new(), found.secret) {
                Ok(account) => Outcome::Found(Box::new(account)),
                Err(error) => return Some(Err(error.into())),
            }
        }
    }))
}

impl Page for Repair {
    fn place(&self) -> Place {
        Place::Recovery
    }

    fn title(&self) -> Text {
        text!("desktop-repair-title")
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        self.hear();
        if self.running.is_some() {
            if self.progress(ui, cx)
                && let Some(running) = &self.running
            {
                running.watch.stop();
            }
            return;
        }
        self.outcome(ui, cx);
        self.form(ui, cx);
    }
}
