//! Whether a code that the old phone shows belongs to the account, and how far the clock is off: one
//! code raises the question, two in a row answer it.

use eframe::egui;
use otp::account::AccountId;
use otp::app::twins::{Twin, named};
use otp::app::{App, clock};
use otp::clock::{Correction, UnixTime};
use otp::code::{Measured, Seen, Verdict};
use otp::present;
use otp::text;
use otp::text::Text;

use crate::accounts::Item;
use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::page::{Cx, Want};
use crate::theme;
use crate::worker::{self, Task};

/// What was typed, and what it turned out to be.
#[derive(Default)]
pub(super) struct Check {
    typed: String,
    /// The codes in a row that did not fit so far.
    seen: Vec<Seen>,
    task: Option<Task<Answer>>,
    answer: Option<Result<Answer, Failure>>,
}

/// What the codes say.
enum Answer {
    /// Of one code, and of which other accounts of the same name it is one.
    Verdict(Verdict, Vec<Twin>),
    /// The clock was corrected, and is right without that.
    RightAgain,
    /// How far the clock is off, by several.
    Off(Measured),
}

impl Check {
    pub(super) fn ui(&mut self, ui: &mut egui::Ui, item: &Item, cx: &mut Cx<'_>) {
        if let Some(answer) = worker::take(&mut self.task) {
            self.hear(answer, item, cx);
        }
        kit::body(ui, text!("desktop-check-words").say(cx.lang));
        let field = kit::field(ui, &text!("desktop-check-code").say(cx.lang), &mut self.typed);
        kit::first(ui, &field);
        let entered = kit::entered(ui, &field);
        let ready = !self.typed.trim().is_empty() && self.task.is_none();
        let check = text!("desktop-check-button").say(cx.lang);
        let pressed = ui.add_enabled_ui(ready, |ui| kit::filled(ui, check)).inner.clicked();
        if pressed || (entered && ready) {
            self.ask(item.entry.id, cx);
        }
        ui.add_space(theme::BETWEEN);
        let corrected = match &self.answer {
            None => false,
            Some(Ok(answer)) => tell(ui, answer, !self.seen.is_empty(), cx),
            Some(Err(failure)) => {
                kit::failure(ui, failure, cx.lang);
                false
            }
        };
        if corrected {
            self.answer = None;
        }
    }

    fn ask(&mut self, id: AccountId, cx: &Cx<'_>) {
        let now = cx.now;
        self.seen.push(Seen::typed(&std::mem::take(&mut self.typed), now));
        self.answer = None;
        let seen = self.seen.clone();
        self.task = Some(cx.worker.ask(move |app, _| judge(app, id, &seen, now)));
    }

    fn hear(&mut self, answer: Result<Answer, Failure>, item: &Item, cx: &mut Cx<'_>) {
        let asks_on = match &answer {
            // Codes from a counter, and of another key, say nothing about the time.
            Ok(Answer::Verdict(_, twins)) if !twins.is_empty() => false,
            Ok(Answer::Verdict(Verdict::ClockOff { .. } | Verdict::NoMatch, _)) => item.entry.kind != "hotp",
            Ok(Answer::RightAgain) => {
                cx.want(Want::Reload);
                false
            }
            Ok(Answer::Verdict(..)) | Err(_) => false,
            Ok(Answer::Off(measured)) => !measured.fitting.is_empty() && !measured.is_sure(),
        };
        if !asks_on {
            self.seen.clear();
        }
        self.answer = Some(answer);
    }
}

/// What the codes `seen` say of account and clock. A clock that proves right is corrected no more.
fn judge(app: &mut App, id: AccountId, seen: &[Seen], now: UnixTime) -> Result<Answer, Failure> {
    let last = seen.last().map(Seen::digits).unwrap_or_default();
    let corrected = app.clock();
    let verdict = app.verify(id, last, corrected.at(now))?;
    if matches!(verdict, Verdict::Match | Verdict::Ahead { .. }) {
        return Ok(Answer::Verdict(verdict, Vec::new()));
    }
    if corrected.correction().is_some() && app.verify(id, last, now)? == Verdict::Match {
        app.correct_clock(None)?;
        return Ok(Answer::RightAgain);
    }
    let twins = if verdict == Verdict::NoMatch { app.twins(id, last, corrected.at(now))? } else { Vec::new() };
    if seen.len() < 2 || !twins.is_empty() {
        return Ok(Answer::Verdict(verdict, twins));
    }
    let measured = app.measure(id, seen)?;
    if measured.is_sure() && measured.fitting.iter().any(|offset| offset.allows_none()) {
        app.correct_clock(None)?;
    }
    Ok(Answer::Off(measured))
}

/// Draws `answer`, and whether one more code is asked for; true once its correction is in force.
fn tell(ui: &mut egui::Ui, answer: &Answer, asks_on: bool, cx: &mut Cx<'_>) -> bool {
    let (text, tone) = match answer {
        Answer::Verdict(verdict, _) => (verdict.text(), tone(*verdict)),
        Answer::RightAgain => (text!("verify-right-again"), Tone::Good),
        Answer::Off(measured) => match measured.fitting.first() {
            None => (text!("verify-nothing"), Tone::Bad),
            Some(offset) if measured.is_sure() && offset.allows_none() => (text!("verify-clock-right"), Tone::Good),
            Some(offset) => (clock::off(offset.seconds()), Tone::Watch),
        },
    };
    let line = kit::toned(ui, cx.say(&text), tone);
    ui.ctx().accesskit_node_builder(line.id, |node| node.set_live(egui::accesskit::Live::Polite));
    if let Answer::Verdict(_, twins) = answer {
        for twin in twins {
            kit::toned(ui, cx.say(&of_twin(twin)), Tone::Watch);
        }
    }
    if asks_on {
        kit::quiet(ui, text!("desktop-check-next").say(cx.lang));
    }
    let Answer::Off(measured) = answer else { return false };
    match measured.fitting.first() {
        None => {
            kit::quiet(ui, cx.say(&text!("verify-hint-nothing")));
            false
        }
        Some(offset) if measured.is_sure() && !offset.allows_none() => correct(ui, offset.seconds(), cx),
        Some(_) => false,
    }
}

/// That the code belongs to another account of the same name.
fn of_twin(twin: &Twin) -> Text {
    let account = named(&twin.entry);
    if twin.entry.is_trashed() {
        return text!("desktop-check-in-trash", account = account);
    }
    text!("verify-whose", account = account, verdict = twin.verdict.text())
}

fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Match => Tone::Good,
        Verdict::ClockOff { .. } | Verdict::Ahead { .. } => Tone::Watch,
        Verdict::NoMatch => Tone::Bad,
    }
}

/// Offers to make codes by a clock that is `seconds` later; true when that was taken.
fn correct(ui: &mut egui::Ui, seconds: i64, cx: &mut Cx<'_>) -> bool {
    kit::quiet(ui, text!("desktop-check-correct-words").say(cx.lang));
    let pressed = kit::button(ui, text!("desktop-check-correct").say(cx.lang)).clicked();
    if pressed {
        let correction = Correction { seconds, found: cx.now };
        let task = cx.worker.ask(move |app, _| {
            app.correct_clock(Some(correction))?;
            Ok(Some(text!("verify-kept", seconds = present::signed(seconds))))
        });
        cx.want(Want::Do(task));
    }
    pressed
}
