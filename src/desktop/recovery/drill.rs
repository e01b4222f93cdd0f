//! The fire drill: copies, backups and sheets restored in memory and compared. Nothing is left of it
//! but the date.

mod round;

use std::collections::VecDeque;

use eframe::egui;
use otp::app::drill;
use otp::import::About;
use otp::recovery::drill::{Line, Verdict, is_whole};
use otp::secret::Secret;
use otp::text;
use otp::text::Text;

use self::round::Round;
use super::copies;
use super::gather::Gather;
use crate::add::reader::{Offered, Reader};
use crate::add::reading::Reading;
use crate::add::receipt;
use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::page::{Cx, Page, Place, Want};
use crate::theme;
use crate::worker::{self, Task, Worker};

/// The view.
#[derive(Default)]
pub(crate) struct Drill {
    gather: Gather,
    finding: Option<Task<Vec<Round>>>,
    /// What there is still to go through.
    waiting: VecDeque<Round>,
    /// The one that is being read.
    reading: Option<(Round, Reading)>,
    /// The one that is being compared.
    proving: Option<(Round, Task<Proved>)>,
    /// What opened the one before; the copies of all places share a key.
    last: Option<Secret>,
    outcomes: Vec<Outcome>,
    failure: Option<Failure>,
}

/// What came of one of them; nothing where there was nothing to read.
struct Outcome {
    round: Round,
    proved: Option<Result<Proved, Unread>>,
}

/// Why it gives nothing.
enum Unread {
    /// As a whole.
    Whole(Failure),
    /// None of its several pages could be read.
    Pages(Vec<(String, Text)>),
}

impl Unread {
    fn ui(&self, ui: &mut egui::Ui, name: &str, cx: &Cx<'_>) {
        let failure = match self {
            Self::Whole(failure) => failure,
            Self::Pages(failed) => return receipt::failed(ui, failed, cx),
        };
        let reason = failure.text.clone();
        let text = if name.is_empty() { reason } else { text!("import-file-failed", file = name, reason = reason) };
        live(ui, cx.say(&text), Tone::Bad);
        if let Some(hint) = &failure.hint {
            kit::quiet(ui, cx.say(hint));
        }
    }
}

/// What it gives.
struct Proved {
    lines: Vec<Line>,
    about: Option<About>,
    count: usize,
    /// The pages of several that could not be read, and why.
    failed: Vec<(String, Text)>,
    unread: usize,
}

impl Outcome {
    fn ui(&self, ui: &mut egui::Ui, cx: &Cx<'_>) {
        kit::card(ui, |ui| {
            if let Some(place) = &self.round.place {
                copies::told(ui, place, cx);
            }
            match &self.proved {
                None => {}
                Some(Ok(proved)) => proved.ui(ui, &self.round.name, cx),
                Some(Err(unread)) => unread.ui(ui, &self.round.name, cx),
            }
        });
    }
}

impl Proved {
    fn ui(&self, ui: &mut egui::Ui, name: &str, cx: &Cx<'_>) {
        if !name.is_empty() {
            kit::quiet(ui, cx.say(&drill::heading(name, self.about.as_ref(), self.count)));
        }
        let (text, tone) = if is_whole(&self.lines, self.unread) {
            (text!("drill-whole"), Tone::Good)
        } else {
            (text!("drill-not-whole"), Tone::Bad)
        };
        live(ui, cx.say(&text), tone);
        for line in &self.lines {
            kit::toned(ui, drill::told(line).say(cx.lang), tone_of(line));
        }
        receipt::failed(ui, &self.failed, cx);
        if self.unread > 0 {
            kit::toned(ui, cx.say(&text!("drill-unread", count = self.unread)), Tone::Bad);
        }
    }
}

/// A line that a screen reader says by itself.
fn live(ui: &mut egui::Ui, text: String, tone: Tone) {
    let line = kit::toned(ui, text, tone);
    ui.ctx().accesskit_node_builder(line.id, |node| node.set_live(egui::accesskit::Live::Polite));
}

fn tone_of(line: &Line) -> Tone {
    match line.verdict {
        Verdict::Same | Verdict::Rescued => Tone::Good,
        Verdict::Differs | Verdict::Missing => Tone::Bad,
        Verdict::OnlyThere => Tone::Watch,
    }
}

impl Drill {
    /// Begins anew with what `find` gives.
    fn begin(&mut self, finding: Task<Vec<Round>>) {
        *self = Self { finding: Some(finding), ..Self::default() };
    }

    fn is_busy(&self) -> bool {
        self.finding.is_some() || self.reading.is_some() || self.proving.is_some() || !self.waiting.is_empty()
    }

    fn hear(&mut self, cx: &mut Cx<'_>) {
        match worker::take(&mut self.finding) {
            None => {}
            Some(Ok(rounds)) if rounds.is_empty() => {
                self.failure = Some(Failure::new(text!("drill-nothing"), text!("desktop-drill-nothing-hint")));
            }
            Some(Ok(rounds)) => self.waiting = rounds.into(),
            Some(Err(failure)) => self.failure = Some(failure),
        }
        if let Some(answer) = self.proving.as_ref().and_then(|(_, task)| task.poll())
            && let Some((round, _)) = self.proving.take()
        {
            self.outcomes.push(Outcome { round, proved: Some(answer.map_err(Unread::Whole)) });
            cx.want(Want::Reload);
        }
    }

    /// Turns to what comes next.
    fn go_on(&mut self, cx: &Cx<'_>) {
        while self.reading.is_none() && self.proving.is_none() {
            let Some(mut round) = self.waiting.pop_front() else {
                self.last = None;
                return;
            };
            let offered = std::mem::take(&mut round.offered);
            if offered.is_empty() {
                self.outcomes.push(Outcome { round, proved: None });
                continue;
            }
            let reader = Reader::new(offered, None).trying(self.last.take());
            self.reading = Some((round, Reading::by(cx.worker, reader)));
        }
    }

    /// Draws how far the reading is, and compares what was read.
    fn read(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let Some(read) = self.reading.as_mut().and_then(|(_, reading)| reading.ui(ui, cx)) else { return };
        let Some((round, _)) = self.reading.take() else { return };
        ui.ctx().request_repaint();
        match read {
            Err(failure) => self.outcomes.push(Outcome { round, proved: Some(Err(Unread::Whole(failure))) }),
            Ok(reader) => self.compare(round, reader, cx),
        }
    }

    fn compare(&mut self, round: Round, mut reader: Reader, cx: &Cx<'_>) {
        self.last = reader.take_last();
        if reader.batch.accounts.is_empty() && !reader.failed.is_empty() {
            self.outcomes.push(Outcome { round, proved: Some(Err(Unread::Pages(reader.failed))) });
            return;
        }
        let (proof, now) = (round.proof, cx.now);
        let task = cx.worker.ask(move |app, _| {
            let Reader { batch, failed, .. } = reader;
            let lines = app.prove(&batch.accounts, proof, now)?;
            let unread = batch.skipped.len() + failed.len();
            Ok(Proved { lines, count: batch.accounts.len(), about: batch.about, failed, unread })
        });
        self.proving = Some((round, task));
    }
}

impl Page for Drill {
    fn place(&self) -> Place {
        Place::Recovery
    }

    fn title(&self) -> Text {
        text!("desktop-drill-title")
    }

    fn take(&mut self, offered: Vec<Offered>, worker: &Worker) -> Option<Vec<Offered>> {
        let rest = match &mut self.reading {
            Some((_, reading)) => reading.take(offered, worker),
            None => Some(offered),
        };
        if let Some(offered) = rest {
            self.begin(worker.aside(move |_| round::sorted(offered)));
        }
        None
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        self.hear(cx);
        self.go_on(cx);
        if self.outcomes.is_empty() && self.failure.is_none() {
            kit::body(ui, text!("desktop-drill-words").say(cx.lang));
        }
        for outcome in &self.outcomes {
            outcome.ui(ui, cx);
        }
        if let Some(failure) = &self.failure {
            kit::failure(ui, failure, cx.lang);
        }
        ui.add_space(theme::BETWEEN);
        if self.reading.is_some() {
            return self.read(ui, cx);
        }
        if self.is_busy() {
            kit::progress(ui, &text!("desktop-reading").say(cx.lang), None);
            return;
        }
        if let Some(offered) = self.gather.choose(ui, &text!("desktop-drill-choose"), cx) {
            self.begin(cx.worker.aside(move |_| round::sorted(offered)));
        }
        if kit::button(ui, text!("desktop-drill-newest").say(cx.lang)).clicked() {
            self.begin(cx.worker.ask(|app, _| Ok(round::newest(app))));
        }
    }
}
