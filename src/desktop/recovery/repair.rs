//! The true key from one with slips in it and codes that the old phone shows.

use std::sync::Arc;

use eframe::egui;
use otp::account::{Account, AccountError};
use otp::app::when;
use otp::clock::UnixTime;
use otp::code::Seen;
use otp::import::Batch;
use otp::present;
use otp::repair::{End, Search, Shape, Watch};
use otp::text;
use otp::text::Text;
use zeroize::Zeroizing;

use crate::add::incoming::Incoming;
use crate::add::reader::Offered;
use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::page::{Cx, Page, Place, Want, unsaved};
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
    /// When the code was shown, as it is typed.
    when: String,
    seen: Vec<Given>,
    /// What the key is for, once it is found.
    issuer: String,
    name: String,
    running: Option<Running>,
    outcome: Option<Result<Outcome, Failure>>,
}

/// A code that was given, and from when until when it may have been shown.
struct Given {
    code: String,
    from: UnixTime,
    until: UnixTime,
}

impl Given {
    fn seen(&self) -> Seen {
        Seen::new(&self.code, self.from, self.until)
    }
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
    /// One more code is needed, and why; or it was stopped.
    More(Text),
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
        // A code of another length is found out when it is added.
        let digits = self.seen.first().and_then(|given| u8::try_from(given.seen().digits().len()).ok());
        let digits = digits.filter(|digits| (6..=10).contains(digits)).unwrap_or(6);
        let mut search = Search::new(&self.key, Shape { digits, ..Shape::default() }, TOLERANCE)?;
        for given in &self.seen {
            search.add(given.seen())?;
        }
        Ok(search)
    }

    /// Searches with the code that is typed, too, if there is one.
    fn press(&mut self, cx: &Cx<'_>) {
        if self.code.trim().is_empty() {
            return match self.search() {
                Ok(search) => self.run(search, cx),
                Err(failure) => self.outcome = Some(Err(failure)),
            };
        }
        let Some((from, until)) = when::read(&self.when, cx.code_time()) else {
            self.outcome = Some(Err(Failure::new(text!("repair-bad-time"), text!("repair-hint-time"))));
            return;
        };
        self.seen.push(Given { code: std::mem::take(&mut self.code), from, until });
        match self.search() {
            Ok(search) => {
                self.when.clear();
                self.run(search, cx);
            }
            Err(failure) => {
                // What was typed stays where it can be corrected.
                self.code = self.seen.pop().map(|given| given.code).unwrap_or_default();
                self.outcome = Some(Err(failure));
            }
        }
    }

    fn run(&mut self, mut search: Search, cx: &Cx<'_>) {
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
        let key = kit::secret(ui, &text!("desktop-repair-key").say(lang), &mut self.key, true);
        kit::first(ui, &key);
        self.given(ui, cx);
        let code = kit::field(ui, &text!("desktop-repair-code").say(lang), &mut self.code);
        let when = kit::field(ui, &text!("desktop-repair-when").say(lang), &mut self.when);
        let typed = !self.code.trim().is_empty();
        let ready = !self.key.trim().is_empty() && (typed || !self.seen.is_empty());
        ui.add_space(theme::BETWEEN);
        let more = typed && !self.seen.is_empty();
        let words = if more { text!("desktop-repair-more") } else { text!("desktop-repair-start") };
        // Once a key is found, keeping it is the next step.
        let found = usize::from(matches!(self.outcome, Some(Ok(Outcome::Found(_)))));
        let pressed = ui.add_enabled_ui(ready, |ui| kit::nth_button(ui, found, words.say(lang))).inner.clicked();
        let entered = kit::enter(ui, &[&key, &code, &when], ready);
        if ready && (pressed || entered) {
            self.press(cx);
        }
    }

    /// The codes so far, each of which can be taken out again.
    fn given(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>) {
        let mut out = None;
        for (number, given) in self.seen.iter().enumerate() {
            let (code, at) = (given.code.as_str(), present::moment(given.from));
            let label = text!("desktop-repair-remove", code = code).say(cx.lang);
            let words = text!("desktop-repair-seen", code = code, at = at).say(cx.lang);
            let remove = |ui: &mut egui::Ui| kit::arrow(ui, "×", &label).clicked();
            if kit::ends(ui, remove, |ui| drop(kit::quiet(ui, words))) {
                out = Some(number);
            }
        }
        if let Some(number) = out {
            self.seen.remove(number);
            self.outcome = None;
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
        let tens = tried.saturating_mul(10).checked_div(most).unwrap_or(0).min(10) * 10;
        let spoken = text!("desktop-repair-spoken", percent = tens.to_string()).say(cx.lang);
        kit::long_progress(ui, &cx.say(&words), &spoken, (part(tried), part(most)));
        // The search tells nobody that it goes on.
        ui.ctx().request_repaint_after(std::time::Duration::from_millis(250));
        kit::button(ui, text!("desktop-repair-stop").say(cx.lang)).clicked()
    }

    fn outcome(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let found = match &self.outcome {
            None => return,
            Some(Err(failure)) => return kit::failure(ui, failure, cx.lang),
            Some(Ok(Outcome::More(text))) => return drop(kit::toned(ui, cx.say(text), Tone::Watch)),
            Some(Ok(Outcome::Found(account))) => account,
        };
        let (issuer, name) = (&mut self.issuer, &mut self.name);
        let mut kept = None;
        kit::card(ui, |ui| {
            kit::toned(ui, text!("desktop-repair-found").say(cx.lang), Tone::Good);
            kit::field(ui, &text!("desktop-field-issuer").say(cx.lang), issuer);
            kit::field(ui, &text!("desktop-field-name").say(cx.lang), name);
            if kit::filled(ui, text!("desktop-repair-keep").say(cx.lang)).clicked() {
                kept = Some(named(found, issuer, name));
            }
        });
        match kept {
            None => {}
            Some(Err(error)) => cx.said.push(Err(error.into())),
            // It is shown before it is kept.
            Some(Ok(account)) => {
                let offered = vec![Offered::Batch(Batch::one(account, Vec::new()))];
                let incoming = Incoming::new(cx.worker, offered).typed_into(std::mem::take(self));
                cx.want(Want::Replace(Box::new(incoming)));
            }
        }
    }
}

/// `found` under these names.
fn named(found: &Account, issuer: &str, name: &str) -> Result<Account, AccountError> {
    let mut parts = found.duplicate().into_parts();
    (parts.issuer, parts.name) = (issuer.trim().to_owned(), name.trim().to_owned());
    Account::new(parts)
}

fn outcome(search: Search, end: End) -> Option<Result<Outcome, Failure>> {
    let fitting = search.found().len();
    Some(Ok(match end {
        End::Stopped => Outcome::More(text!("repair-stopped", keys = present::thousands(search.tried()))),
        End::Exhausted if search.tried() == 0 => {
            return Some(Err(Failure::new(text!("repair-too-open"), text!("repair-hint-too-open"))));
        }
        End::Exhausted => return Some(Err(Failure::new(text!("repair-nothing"), text!("repair-hint-nothing")))),
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

    fn is_busy(&self) -> bool {
        self.running.is_some()
    }

    fn parting(&self) -> Option<[Text; 3]> {
        (!self.key.trim().is_empty()).then(unsaved)
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
