//! Reading what the user brings: waited for in words, with each passphrase asked for in place, and
//! again after a wrong one.

use eframe::egui;
use otp::error::Explain;
use otp::import::{Format, ImportError, Locked};
use otp::secret::Secret;
use otp::text;
use otp::text::Text;
use zeroize::Zeroizing;

use super::reader::{Offered, Reader, Step};
use crate::failure::Failure;
use crate::given_key::GivenKey;
use crate::kit::{self, Tone};
use crate::page::Cx;
use crate::worker::{Task, Worker};

/// What is being read.
pub(crate) struct Reading {
    stage: Stage,
    /// The recovery key that is typed. A wrong one stays, to be mended.
    key: GivenKey,
}

enum Stage {
    Running(Task<Step>),
    Locked(Box<Lock>),
    Over,
}

/// A source that takes a passphrase or the recovery key.
struct Lock {
    reader: Reader,
    locked: Locked,
    /// Why the last one did not fit.
    wrong: Option<ImportError>,
    typed: Zeroizing<String>,
    shown: bool,
}

impl Reading {
    /// Begins to read `offered`, which are of the format `format` if their owner says so.
    pub(crate) fn new(worker: &Worker, offered: Vec<Offered>, format: Option<&'static dyn Format>) -> Self {
        Self::by(worker, Reader::new(offered, format))
    }

    /// Has `reader` begin.
    pub(crate) fn by(worker: &Worker, reader: Reader) -> Self {
        let stage = Stage::Running(worker.aside(move |progress| reader.run(progress)));
        Self { stage, key: GivenKey::covered() }
    }

    /// What it waits for, if the user has to give something.
    pub(crate) fn wants(&self) -> Option<Text> {
        match &self.stage {
            Stage::Locked(lock) if lock.locked.takes_key() => Some(text!("desktop-locked-key-title")),
            Stage::Locked(_) => Some(text!("desktop-locked-title")),
            Stage::Running(_) | Stage::Over => None,
        }
    }

    /// Looks in what the user brings for the recovery key that it waits for, or gives it back.
    pub(crate) fn take(&mut self, offered: Vec<Offered>, worker: &Worker) -> Option<Vec<Offered>> {
        match &self.stage {
            Stage::Locked(lock) if lock.locked.takes_key() => {
                self.key.take(offered, worker);
                None
            }
            _ => Some(offered),
        }
    }

    /// Draws how far it is; gives what was read, once.
    pub(crate) fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) -> Option<Result<Reader, Failure>> {
        let answer = match &mut self.stage {
            Stage::Over => return None,
            Stage::Locked(lock) => lock.ui(ui, &mut self.key, cx)?,
            Stage::Running(task) => {
                waited(ui, task, cx);
                let answer = task.poll()?;
                return self.heard(answer);
            }
        };
        let Stage::Locked(lock) = std::mem::replace(&mut self.stage, Stage::Over) else { return None };
        let Lock { reader, locked, .. } = *lock;
        self.stage = Stage::Running(match answer {
            Answer::Opens(secret) => cx.worker.aside(move |progress| reader.unlock(locked, secret, progress)),
            Answer::Skip => cx.worker.aside(move |progress| reader.skip(text!("import-left-closed"), progress)),
        });
        None
    }

    fn heard(&mut self, answer: Result<Step, Failure>) -> Option<Result<Reader, Failure>> {
        self.stage = Stage::Over;
        match answer {
            Err(failure) => Some(Err(failure)),
            Ok(Step::Done(reader)) => Some(Ok(reader)),
            Ok(Step::Locked { reader, locked, wrong }) => {
                if wrong.is_some() {
                    self.key.again();
                } else {
                    self.key = GivenKey::covered();
                }
                self.stage = Stage::Locked(Box::new(Lock::new(reader, locked, wrong)));
                None
            }
        }
    }
}

/// How far `task` is: at which of several sources, and at which of its pages.
fn waited(ui: &mut egui::Ui, task: &Task<Step>, cx: &Cx<'_>) {
    let (progress, pages) = (task.progress(), task.pages());
    let file = progress.map(|(done, of)| text!("import-reading", number = done + 1, of = of));
    let page = pages.map(|(done, of)| text!("import-reading-page", number = (done + 1).min(of), of = of));
    // Pages come too fast to be spoken one by one.
    let spoken = cx.say(&file.clone().unwrap_or_else(|| text!("desktop-reading")));
    let (Some(page), Some(pages)) = (page, pages) else { return kit::progress(ui, &spoken, progress) };
    let words = match file {
        Some(file) => text!("import-reading-both", file = file, page = page),
        None => page,
    };
    kit::long_progress(ui, &cx.say(&words), &spoken, pages);
}

/// What the user says to a locked source.
enum Answer {
    /// With a passphrase or the recovery key.
    Opens(Secret),
    Skip,
}

impl Lock {
    fn new(reader: Reader, locked: Locked, wrong: Option<ImportError>) -> Self {
        Self { reader, locked, wrong, typed: Zeroizing::default(), shown: false }
    }

    fn ui(&mut self, ui: &mut egui::Ui, key: &mut GivenKey, cx: &mut Cx<'_>) -> Option<Answer> {
        kit::body(ui, cx.say(&self.title()));
        if let Some(error) = &self.wrong {
            wrong(ui, error, cx);
        }
        if self.locked.takes_key() { given(ui, key, cx) } else { self.passphrase(ui, cx) }
    }

    fn title(&self) -> Text {
        let app = self.locked.app();
        match (self.reader.name(), self.locked.takes_key()) {
            ("", true) => text!("desktop-locked-copy"),
            (file, true) => text!("desktop-locked-copy-file", file = file),
            ("", false) => text!("desktop-locked", app = app),
            (file, false) => text!("desktop-locked-file", app = app, file = file),
        }
    }

    fn passphrase(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>) -> Option<Answer> {
        let lang = cx.lang;
        let field = kit::secret(ui, &text!("desktop-locked-field").say(lang), &mut self.typed, self.shown);
        kit::first(ui, &field);
        let entered = kit::entered(ui, &field);
        kit::tick(ui, &mut self.shown, text!("desktop-show-typed").say(lang));
        kit::row(ui, |ui| {
            let pressed = kit::filled(ui, text!("desktop-locked-open").say(lang)).clicked();
            if (pressed || entered) && !self.typed.is_empty() {
                return Some(Answer::Opens(Secret::from_text(std::mem::take(&mut *self.typed))));
            }
            kit::button(ui, text!("desktop-locked-skip").say(lang)).clicked().then_some(Answer::Skip)
        })
    }
}

/// Asks for the recovery key.
fn given(ui: &mut egui::Ui, key: &mut GivenKey, cx: &mut Cx<'_>) -> Option<Answer> {
    let (label, open, lang) = (text!("desktop-locked-key"), text!("desktop-locked-open"), cx.lang);
    let mut skipped = false;
    let skip = |ui: &mut egui::Ui| skipped = kit::button(ui, text!("desktop-locked-skip").say(lang)).clicked();
    let given = key.ui(ui, &label, &open, cx, skip);
    given.map(Answer::Opens).or_else(|| skipped.then_some(Answer::Skip))
}

/// Says why what was given does not open it. Of a passphrase that is all there is to say.
fn wrong(ui: &mut egui::Ui, error: &ImportError, cx: &Cx<'_>) {
    let passphrase = matches!(error, ImportError::WrongPassphrase { .. });
    let text = if passphrase { text!("desktop-locked-wrong") } else { error.text() };
    let line = kit::toned(ui, cx.say(&text), Tone::Bad);
    ui.ctx().accesskit_node_builder(line.id, |node| node.set_live(egui::accesskit::Live::Assertive));
    if let Some(hint) = error.hint().filter(|_| !passphrase) {
        kit::quiet(ui, cx.say(&hint));
    }
}
