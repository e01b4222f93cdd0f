//! The recovery sheet: what goes onto it, a look at it, and onto paper or into a file.

use std::sync::Arc;

use eframe::egui;
use otp::account::AccountId;
use otp::app::preview::preview;
use otp::app::printer;
use otp::app::sheet::{Made, Make};
use otp::error::Explain;
use otp::export::Paper;
use otp::text;
use otp::text::Text;

use crate::destination::{Destination, Spot};
use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::page::{Cx, Page, Place, Want};
use crate::paper::Printing;
use crate::passphrase::NewPassphrase;
use crate::theme;
use crate::worker::{self, Task};

/// How wide a page is drawn, in pixels.
const WIDE: u16 = 1_000;

/// The kinds of sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    #[default]
    Open,
    Sealed,
    Transfer,
}

/// The view.
pub(crate) struct Sheet {
    /// The only accounts on it; without, all of them.
    only: Option<Vec<AccountId>>,
    kind: Kind,
    paper: Paper,
    passphrase: NewPassphrase,
    making: Option<Task<Made>>,
    made: Option<Arc<Made>>,
    page: usize,
    pages: usize,
    drawing: Option<Task<(Option<egui::ColorImage>, usize)>>,
    picture: Option<egui::TextureHandle>,
    destination: Destination,
    printing: Printing,
    keeping: Option<Task<Text>>,
    failure: Option<Failure>,
}

impl Default for Sheet {
    fn default() -> Self {
        Self {
            only: None,
            kind: Kind::Open,
            paper: Paper::A4,
            passphrase: NewPassphrase::default(),
            making: None,
            made: None,
            page: 0,
            pages: 0,
            drawing: None,
            picture: None,
            destination: Destination::named("otp-sheet.pdf"),
            printing: Printing::default(),
            keeping: None,
            failure: None,
        }
    }
}

/// Page `number` of what was made, as a picture; and how many pages there are.
fn drawn(made: &Made, number: usize) -> (Option<egui::ColorImage>, usize) {
    let Some(preview) = preview(&made.bytes, number, WIDE) else { return (None, 0) };
    let size = [preview.width, preview.height];
    (Some(egui::ColorImage::from_rgba_premultiplied(size, &preview.pixels)), preview.pages)
}

impl Sheet {
    /// With the accounts `ids` alone.
    pub(crate) fn of(ids: Vec<AccountId>) -> Self {
        Self { only: Some(ids), ..Self::default() }
    }

    /// The accounts that go onto it.
    fn ids(&self, cx: &Cx<'_>) -> Vec<AccountId> {
        let all = cx.accounts.items.iter().map(|item| item.entry.id);
        all.filter(|id| self.only.as_ref().is_none_or(|only| only.contains(id))).collect()
    }

    fn hear(&mut self, ctx: &egui::Context, cx: &mut Cx<'_>) {
        match worker::take(&mut self.making) {
            None => {}
            Some(Ok(made)) => {
                self.made = Some(Arc::new(made));
                self.draw(0, cx);
            }
            Some(Err(failure)) => self.failure = Some(failure),
        }
        match worker::take(&mut self.drawing) {
            None => {}
            Some(Ok((picture, pages))) => {
                let options = egui::TextureOptions::LINEAR;
                self.picture = picture.map(|picture| ctx.load_texture("sheet", picture, options));
                self.pages = pages;
            }
            Some(Err(failure)) => self.failure = Some(failure),
        }
        if let Some(failure) = self.destination.hear() {
            self.failure = Some(failure);
        }
        match worker::take(&mut self.keeping) {
            None => {}
            Some(Ok(done)) => {
                cx.said.push(Ok(done));
                cx.want(Want::Reload);
            }
            Some(Err(failure)) => self.failure = Some(failure),
        }
    }

    /// Has page `number` drawn.
    fn draw(&mut self, number: usize, cx: &Cx<'_>) {
        let Some(made) = self.made.clone() else { return };
        self.page = number;
        self.drawing = Some(cx.worker.aside(move |_| Ok(drawn(&made, number))));
    }

    fn options(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>) {
        let lang = cx.lang;
        kit::body(ui, text!("desktop-sheet-words").say(lang));
        match self.only.as_deref() {
            None => {}
            Some([id]) => {
                if let Some(item) = cx.accounts.item(*id) {
                    kit::strong(ui, &item.title().say(lang));
                }
            }
            Some(ids) => kit::strong(ui, &cx.say(&text!("desktop-several", count = ids.len()))),
        }
        kit::quiet(ui, text!("desktop-sheet-kind").say(lang));
        let kinds = [
            (Kind::Open, text!("desktop-sheet-open").say(lang)),
            (Kind::Sealed, text!("desktop-sheet-sealed").say(lang)),
            (Kind::Transfer, text!("desktop-sheet-transfer").say(lang)),
        ];
        self.kind = kit::choose(ui, self.kind, &kinds).unwrap_or(self.kind);
        kit::quiet(
            ui,
            match self.kind {
                Kind::Open => text!("desktop-sheet-open-words"),
                Kind::Sealed => text!("desktop-sheet-sealed-words"),
                Kind::Transfer => text!("desktop-sheet-transfer-words"),
            }
            .say(lang),
        );
        kit::quiet(ui, text!("desktop-sheet-paper").say(lang));
        let papers = crate::paper::sizes(lang);
        self.paper = kit::choose(ui, self.paper, &papers).unwrap_or(self.paper);
        let passphrase = if self.kind == Kind::Sealed { self.passphrase.ui(ui, lang).map(Some) } else { Some(None) };
        if let Some(failure) = &self.failure {
            kit::failure(ui, failure, lang);
        }
        ui.add_space(theme::BETWEEN);
        let ids = self.ids(cx);
        let ready = passphrase.filter(|_| !ids.is_empty());
        let make = ui.add_enabled_ui(ready.is_some(), |ui| kit::filled(ui, text!("desktop-sheet-make").say(lang)));
        let pressed = make.inner.clicked() || (self.kind == Kind::Sealed && self.passphrase.entered());
        if let Some(passphrase) = ready.filter(|_| pressed) {
            let make = match (self.kind, passphrase) {
                (_, Some(passphrase)) => Make::Sealed(passphrase),
                (Kind::Transfer, None) => Make::Transfer,
                (_, None) => Make::Open,
            };
            self.passphrase.clear();
            self.failure = None;
            self.page = 0;
            let (paper, now) = (self.paper, cx.now);
            self.making = Some(cx.worker.ask(move |app, _| Ok(app.make_sheet(&ids, &make, paper, lang, now)?)));
        }
    }

    /// The sheet as it will be, and the ways onto paper.
    fn look(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let lang = cx.lang;
        let Some(made) = self.made.clone() else { return };
        for error in &made.broken {
            kit::toned(ui, cx.say(&text!("export-left-out-broken", reason = error.text())), Tone::Bad);
        }
        for (account, reason) in &made.left {
            let line = text!("export-left-out", account = account.clone(), reason = reason.text());
            kit::toned(ui, cx.say(&line), Tone::Watch);
        }
        let entered = self.destination.field(ui, cx);
        if let Some(failure) = &self.failure {
            kit::failure(ui, failure, lang);
        }
        let (save, print) = kit::row(ui, |ui| {
            let save = kit::filled(ui, text!("desktop-sheet-save").say(lang)).clicked();
            self.destination.button(ui, cx);
            (save, self.printing.ui(ui, lang))
        });
        if let Some(spot) = self.destination.spot(ui, save || entered, cx) {
            self.save(spot, cx);
        }
        if print {
            self.print(cx);
        }
        kit::quiet(ui, text!("desktop-sheet-then").say(lang));
        self.preview(ui, cx);
    }

    fn preview(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>) {
        let lang = cx.lang;
        let title = text!("desktop-transfer-page", page = self.page + 1, pages = self.pages.max(1)).say(lang);
        if self.pages > 1 {
            kit::row(ui, |ui| {
                let mut go = None;
                let previous = text!("desktop-transfer-previous").say(lang);
                if ui.add_enabled_ui(self.page > 0, |ui| kit::arrow(ui, "‹", &previous)).inner.clicked() {
                    go = self.page.checked_sub(1);
                }
                let (next, more) = (text!("desktop-sheet-next").say(lang), self.page + 1 < self.pages);
                if ui.add_enabled_ui(more, |ui| kit::arrow(ui, "›", &next)).inner.clicked() {
                    go = Some(self.page + 1);
                }
                kit::quiet(ui, title.as_str());
                if let Some(page) = go {
                    self.draw(page, cx);
                }
            });
        }
        let Some(picture) = &self.picture else { return };
        let width = ui.available_width().min(560.0);
        let size = picture.size_vec2();
        let image = egui::Image::new(picture).fit_to_exact_size(egui::vec2(width, width * size.y / size.x));
        ui.vertical_centered(|ui| ui.add(image.alt_text(title)));
    }

    /// Writes the file, and notes it only when it is safe.
    fn save(&mut self, spot: Spot, cx: &Cx<'_>) {
        let (Some(made), now) = (self.made.clone(), cx.now) else { return };
        self.failure = None;
        self.keeping = Some(cx.worker.ask(move |app, _| {
            let done = text!("export-done", count = made.ids.len(), file = spot.name());
            spot.write(made.bytes.clone(), &|_, _| Ok(()))?;
            app.record_sheet(&made, now)?;
            Ok(done)
        }));
    }

    fn print(&mut self, cx: &Cx<'_>) {
        let Some(made) = self.made.clone() else { return };
        let (paper, now) = (self.paper, cx.now);
        self.failure = None;
        self.keeping = Some(cx.worker.ask(move |app, _| {
            printer::print(&made.bytes, paper)?;
            app.record_sheet(&made, now)?;
            Ok(text!("desktop-sheet-printed"))
        }));
    }
}

impl Page for Sheet {
    fn place(&self) -> Place {
        Place::Recovery
    }

    fn title(&self) -> Text {
        text!("desktop-sheet-title")
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        self.hear(ui.ctx(), cx);
        let busy = self.making.is_some() || self.keeping.is_some();
        if busy {
            kit::progress(ui, &text!("desktop-export-writing").say(cx.lang), None);
        } else if self.made.is_some() {
            self.look(ui, cx);
        } else {
            self.options(ui, cx);
        }
    }
}
