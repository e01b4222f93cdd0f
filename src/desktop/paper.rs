//! Pages on their way onto paper: into a file, or straight to the printer.

use eframe::egui;
use otp::app::App;
use otp::app::printer;
use otp::export::{Bytes, Paper};
use otp::present;
use otp::recovery::sheet::Job;
use otp::text;
use otp::text::{Lang, Text};

use crate::destination::{Destination, Spot};
use crate::failure::Failure;
use crate::kit;
use crate::page::Cx;
use crate::worker::{self, Task};

/// Where the pages go.
pub(crate) struct OnPaper {
    paper: Paper,
    destination: Destination,
    printing: Printing,
    keeping: Option<Task<Text>>,
    failure: Option<Failure>,
    /// The message that names the file once the pages are in it.
    saved: &'static str,
    /// Whether they took one of the ways.
    kept: bool,
}

/// The button that prints, and the question before that: printers keep what they print.
#[derive(Default)]
pub(crate) struct Printing {
    asking: bool,
}

impl Printing {
    /// Draws them; true once it is agreed.
    pub(crate) fn ui(&mut self, ui: &mut egui::Ui, lang: Lang) -> bool {
        self.asking |= kit::button(ui, text!("desktop-sheet-print").say(lang)).clicked();
        if !self.asking {
            return false;
        }
        let (question, words, yes) =
            (text!("desktop-print-ask"), text!("sheet-print-risk"), text!("desktop-print-yes"));
        let answer = kit::confirm(ui.ctx(), &question, &words, &yes, lang);
        self.asking = answer.is_none();
        answer == Some(true)
    }
}

/// The two ways.
enum Way {
    File(Spot),
    Printer,
}

/// What is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A PDF file.
    Pages,
    /// Text, because the file's name does not end in `.pdf`.
    Text,
}

impl Way {
    fn form(&self) -> Form {
        let pages = |spot: &Spot| spot.path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"));
        match self {
            Self::File(spot) if !pages(spot) => Form::Text,
            _ => Form::Pages,
        }
    }
}

/// The sizes of paper, with their names.
pub(crate) fn sizes(lang: Lang) -> [(Paper, String); 2] {
    [(Paper::A4, "A4".to_owned()), (Paper::Letter, text!("desktop-paper-letter").say(lang))]
}

impl OnPaper {
    /// Into the home folder under `name`, unless the user says otherwise.
    pub(crate) fn named(name: &str) -> Self {
        let (destination, printing) = (Destination::named(name), Printing::default());
        let (keeping, failure, saved) = (None, None, "rescue-saved");
        Self { paper: Paper::A4, destination, printing, keeping, failure, saved, kept: false }
    }

    /// The same, saying `saved` of the file.
    pub(crate) fn saying(self, saved: &'static str) -> Self {
        Self { saved, ..self }
    }

    /// Whether the pages were printed or are in a file.
    pub(crate) fn is_kept(&self) -> bool {
        self.kept
    }

    /// Draws the ways; what goes there is put together by `make` when one of them is taken.
    pub(crate) fn ui<M>(&mut self, ui: &mut egui::Ui, make: M, cx: &mut Cx<'_>)
    where
        M: FnOnce(&mut App, &Job<'_>, Form) -> Result<Bytes, Failure> + Send + 'static,
    {
        self.hear(cx);
        let lang = cx.lang;
        if self.keeping.is_some() {
            kit::progress(ui, &text!("desktop-export-writing").say(lang), None);
            return;
        }
        let papers = sizes(lang);
        self.paper = kit::choose(ui, self.paper, &papers).unwrap_or(self.paper);
        let entered = self.destination.field(ui, cx);
        if let Some(failure) = &self.failure {
            kit::failure(ui, failure, lang);
        }
        let (file, print) = kit::row(ui, |ui| {
            let file = kit::button(ui, text!("desktop-sheet-save").say(lang)).clicked();
            self.destination.button(ui, cx);
            (file, self.printing.ui(ui, lang))
        });
        let file = self.destination.spot(ui, file || entered, cx).map(Way::File);
        if let Some(way) = print.then_some(Way::Printer).or(file) {
            self.go(way, make, cx);
        }
    }

    fn hear(&mut self, cx: &mut Cx<'_>) {
        if let Some(failure) = self.destination.hear() {
            self.failure = Some(failure);
        }
        match worker::take(&mut self.keeping) {
            None => {}
            Some(Ok(done)) => {
                self.kept = true;
                cx.said.push(Ok(done));
            }
            Some(Err(failure)) => self.failure = Some(failure),
        }
    }

    fn go<M>(&mut self, way: Way, make: M, cx: &Cx<'_>)
    where
        M: FnOnce(&mut App, &Job<'_>, Form) -> Result<Bytes, Failure> + Send + 'static,
    {
        let (paper, lang, date) = (self.paper, cx.lang, present::day(cx.now));
        let saved = self.saved;
        self.failure = None;
        self.keeping = Some(cx.worker.ask(move |app, _| {
            let bytes = make(app, &Job { date: &date, paper, lang }, way.form())?;
            let Way::File(spot) = way else {
                printer::print(&bytes, paper)?;
                return Ok(text!("desktop-paper-printed"));
            };
            let done = Text::new(saved).with("file", spot.name());
            spot.write(bytes, &|_, _| Ok(()))?;
            Ok(done)
        }));
    }
}
