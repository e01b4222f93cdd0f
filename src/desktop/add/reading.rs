//! Reading what the user brings: waited for in words, with each passphrase asked for in place, and
//! again after a wrong one.

use eframe::egui;
use otp::import::{Format, Locked};
use otp::secret::Secret;
use otp::text;
use zeroize::Zeroizing;

use super::reader::{Offered, Reader, Step};
use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::page::Cx;
use crate::worker::{Task, Worker};

/// What is being read.
pub(crate) struct Reading(Stage);

enum Stage {
    Running(Task<Step>),
    Locked(Box<Lock>),
    Over,
}

/// A source that takes a passphrase.
struct Lock {
    reader: Reader,
    locked: Locked,
    wrong: bool,
    typed: Zeroizing<String>,
    shown: bool,
    focused: bool,
}

impl Reading {
    /// Begins to read `offered`, which are of the format `format` if their owner says so.
    pub(crate) fn new(worker: &Worker, offered: Vec<Offered>, format: Option<&'static dyn Format>) -> Self {
        Self::by(worker, Reader::new(offered, format))
    }

    /// Has `reader` begin.
    pub(crate) fn by(worker: &Worker, reader: Reader) -> Self {
        Self(Stage::Running(worker.aside(move |progress| reader.run(progress))))
    }

    /// Whether it waits for a passphrase.
    pub(crate) fn is_locked(&self) -> bool {
        matches!(self.0, Stage::Locked(_))
    }

    /// Draws how far it is; gives what was read, once.
    pub(crate) fn ui(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>) -> Option<Result<Reader, Failure>> {
        let answer = match &mut self.0 {
            Stage::Over => return None,
            Stage::Locked(lock) => lock.ui(ui, cx)?,
            Stage::Running(task) => {
                waited(ui, task, cx);
                let answer = task.poll()?;
                return self.heard(answer);
            }
        };
        let Stage::Locked(lock) = std::mem::replace(&mut self.0, Stage::Over) else { return None };
        let Lock { reader, locked, .. } = *lock;
        self.0 = Stage::Running(match answer {
            Answer::Passphrase(passphrase) => {
                cx.worker.aside(move |progress| reader.unlock(locked, passphrase, progress))
            }
            Answer::Skip => cx.worker.aside(move |progress| reader.skip(text!("import-left-closed"), progress)),
        });
        None
    }

    fn heard(&mut self, answer: Result<Step, Failure>) -> Option<Result<Reader, Failure>> {
        self.0 = Stage::Over;
        match answer {
            Err(failure) => Some(Err(failure)),
            Ok(Step::Done(reader)) => Some(Ok(reader)),
            Ok(Step::Locked { reader, locked, wrong }) => {
                let typed = Zeroizing::default();
                self.0 = Stage::Locked(Box::new(Lock { reader, locked, wrong, typed, shown: false, focused: false }));
                None
            }
        }
    }
}

/// How far `task` is: of several sources, which one it is at.
fn waited(ui: &mut egui::Ui, task: &Task<Step>, cx: &Cx<'_>) {
    let progress = task.progress();
    let words = match progress {
        None => text!("desktop-reading"),
        Some((done, of)) => text!("import-reading", number = done + 1, of = of),
    };
    kit::progress(ui, &cx.say(&words), progress);
}

/// What the user says to a locked source.
enum Answer {
    Passphrase(Secret),
    Skip,
}

impl Lock {
    fn ui(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>) -> Option<Answer> {
        let lang = cx.lang;
        let app = self.locked.app();
        let title = match self.reader.name() {
            "" => text!("desktop-locked", app = app),
            file => text!("desktop-locked-file", app = app, file = file),
        };
        kit::body(ui, cx.say(&title));
        let label = if self.locked.takes_key() { text!("desktop-locked-key") } else { text!("desktop-locked-field") };
        let field = kit::secret(ui, &label.say(lang), &mut self.typed, self.shown);
        if !std::mem::replace(&mut self.focused, true) {
            field.request_focus();
        }
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        kit::tick(ui, &mut self.shown, text!("desktop-show-typed").say(lang));
        if self.wrong {
            let line = kit::toned(ui, text!("desktop-locked-wrong").say(lang), Tone::Bad);
            ui.ctx().accesskit_node_builder(line.id, |node| node.set_live(egui::accesskit::Live::Assertive));
        }
        kit::row(ui, |ui| {
            let pressed = kit::filled(ui, text!("desktop-locked-open").say(lang)).clicked();
            if (pressed || entered) && !self.typed.is_empty() {
                return Some(Answer::Passphrase(Secret::from_text(std::mem::take(&mut *self.typed))));
            }
            kit::button(ui, text!("desktop-locked-skip").say(lang)).clicked().then_some(Answer::Skip)
        })
    }
}
