//! Onto the next phone: transfer codes that Google Authenticator and most other apps scan, one a page.

use std::path::{Path, PathBuf};

use eframe::egui;
use otp::account::AccountId;
use otp::app::App;
use otp::app::export::Gathered;
use otp::app::transfer::Form;
use otp::clock::UnixTime;
use otp::error::Explain;
use otp::export::{self, ExportError, Job, Reason, Target, google};
use otp::present;
use otp::qr::{self, Modules};
use otp::text;
use otp::text::{Lang, Text};

use crate::account::paint;
use crate::add::reader::file_name;
use crate::destination::Spot;
use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::page::{Cx, Page, Place, Want};
use crate::qr_file::QrFile;
use crate::worker::{self, Task, Worker};

/// For how many seconds a code is shown before it is covered again.
const SHOWN: u64 = 30;

/// The view.
pub(crate) struct Transfer {
    ids: Vec<AccountId>,
    making: Option<Task<Made>>,
    made: Option<Result<Made, Failure>>,
    /// The page that is next, and until when it is shown; none before the user wants to see it.
    shown: Option<(usize, Option<UnixTime>)>,
    file: QrFile,
}

/// The codes, and what is not on them.
struct Made {
    pages: Vec<(Modules, Vec<Text>)>,
    count: usize,
    left: Vec<(Text, Text)>,
    broken: Vec<Text>,
    cautions: Vec<(Text, Text)>,
}

impl Transfer {
    /// Of the accounts `ids`.
    pub(crate) fn new(worker: &Worker, ids: Vec<AccountId>) -> Self {
        let all = ids.clone();
        let making = Some(worker.ask(move |app, _| make(app, &all)));
        Self { ids, making, made: None, shown: None, file: QrFile::named("otp-transfer.png") }
    }

    /// What is on the codes and what is not, before they are shown.
    fn before(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let Some(Ok(made)) = &self.made else { return };
        kit::body(ui, text!("desktop-transfer-how").say(cx.lang));
        kit::toned(ui, text!("desktop-transfer-warning").say(cx.lang), Tone::Watch);
        kit::card(ui, |ui| {
            kit::body(ui, text!("desktop-transfer-count", count = made.count, pages = made.pages.len()).say(cx.lang));
            for (account, reason) in &made.left {
                let line = text!("export-left-out", account = account.clone(), reason = reason.clone());
                kit::toned(ui, cx.say(&line), Tone::Bad);
            }
            for reason in &made.broken {
                kit::toned(ui, cx.say(&text!("export-left-out-broken", reason = reason.clone())), Tone::Bad);
            }
            for (account, caution) in &made.cautions {
                let line = text!("export-caution", account = account.clone(), caution = caution.clone());
                kit::toned(ui, cx.say(&line), Tone::Watch);
            }
        });
        let any = !made.pages.is_empty();
        let show = ui.add_enabled_ui(any, |ui| kit::filled(ui, text!("desktop-transfer-show").say(cx.lang))).inner;
        if show.clicked() {
            self.shown = Some(shown(0, cx));
        }
        if any {
            self.file(ui, cx);
        }
    }

    /// The same codes in a file, or in one for each.
    fn file(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>) {
        let save = self.file.ui(ui, &text!("export-hint-bad-ending"), &text!("desktop-export-save"), cx);
        let pages = self.made.as_ref().and_then(|made| made.as_ref().ok()).map_or(0, |made| made.pages.len());
        let files = |path: &Path| Form::named(path).map(|form| form.files(path, pages)).unwrap_or_default();
        if let Some(Spot { path, replace }) = self.file.destination.spot_of(ui, save, files, cx) {
            let (ids, now, lang) = (self.ids.clone(), cx.now, cx.lang);
            self.file.write(Ok(cx.worker.ask(move |app, _| write(app, &ids, &path, replace, now, lang))));
        }
    }

    fn hear(&mut self, cx: &mut Cx<'_>) {
        if let Some(made) = worker::take(&mut self.making) {
            self.made = Some(made);
        }
        self.file.hear(cx);
    }

    /// A code that was covered again, and the way to see it once more.
    fn covered(&mut self, ui: &mut egui::Ui, number: usize, cx: &Cx<'_>) {
        let Some(Ok(made)) = &self.made else { return };
        kit::strong(ui, &text!("desktop-transfer-page", page = number + 1, pages = made.pages.len()).say(cx.lang));
        kit::quiet(ui, text!("desktop-transfer-covered").say(cx.lang));
        if kit::filled(ui, text!("desktop-qr-show").say(cx.lang)).clicked() {
            self.shown = Some(shown(number, cx));
        }
    }

    /// One code, and the way to the next.
    fn page(&mut self, ui: &mut egui::Ui, number: usize, until: UnixTime, cx: &mut Cx<'_>) {
        let Some(Ok(made)) = &self.made else { return };
        let Some((modules, names)) = made.pages.get(number) else { return };
        let of = made.pages.len();
        let title = text!("desktop-transfer-page", page = number + 1, pages = of).say(cx.lang);
        kit::strong(ui, &title);
        paint(ui, modules, &title);
        let mut go = None;
        kit::row(ui, |ui| {
            let last = number + 1 == of;
            let next = if last { text!("desktop-transfer-done") } else { text!("desktop-transfer-next") };
            if kit::filled(ui, next.say(cx.lang)).clicked() {
                go = Some(if last { None } else { Some(number + 1) });
            }
            if number > 0 && kit::button(ui, text!("desktop-transfer-previous").say(cx.lang)).clicked() {
                go = Some(Some(number - 1));
            }
            if kit::button(ui, text!("desktop-transfer-longer").say(cx.lang)).clicked() {
                go = Some(Some(number));
            }
        });
        kit::quiet(ui, text!("desktop-transfer-scanned", done = number, pages = of).say(cx.lang));
        let names: Vec<String> = names.iter().map(|name| name.say(cx.lang)).collect();
        let comma = if cx.lang == Lang::Japanese { "、" } else { ", " };
        kit::quiet(ui, names.join(comma));
        kit::quiet(ui, text!("desktop-qr-left", seconds = until.since(cx.now)).say(cx.lang));
        match go {
            None => {}
            Some(Some(number)) => self.shown = Some(shown(number, cx)),
            Some(None) => {
                self.shown = None;
                cx.said.push(Ok(text!("export-shown", count = made.count)));
                cx.want(Want::Back);
            }
        }
    }
}

/// Page `number`, shown from now on for a while.
fn shown(number: usize, cx: &Cx<'_>) -> (usize, Option<UnixTime>) {
    (number, Some(UnixTime(cx.now.0 + SHOWN)))
}

/// Writes the codes as what the name of `path` says.
fn write(
    app: &mut App,
    ids: &[AccountId],
    path: &Path,
    replace: bool,
    now: UnixTime,
    lang: Lang,
) -> Result<Text, Failure> {
    let bad = || Failure::new(text!("export-bad-ending"), text!("export-hint-bad-ending"));
    let form = Form::named(path).ok_or_else(bad)?;
    let (_, Gathered { items, .. }, _) = gathered(app, ids)?;
    let files = form.files(path, google::pages(&items, google::PER_PAGE)?.len());
    let job = Job { passphrase: None, at: now, per_page: google::PER_PAGE };
    form.write(&items, &job, &files, replace, lang)?;
    let name = |file: Option<&PathBuf>| file.map(|file| file_name(file)).unwrap_or_default();
    let (count, first, last) = (items.len(), name(files.first()), name(files.last()));
    Ok(match files.len() {
        1 => text!("export-done", count = count, file = first),
        several => text!("export-done-pages", count = count, files = several, first = first, last = last),
    })
}

/// What the codes are made for, the accounts that they carry, and those that they do not.
type Sorted = (&'static dyn Target, Gathered, Vec<(export::Item, Reason)>);

fn gathered(app: &mut App, ids: &[AccountId]) -> Result<Sorted, Failure> {
    let target = export::target("google").ok_or(ExportError::NotMade)?;
    let mut gathered = app.gather(ids)?;
    let left = export::take_leftovers(target, &mut gathered.items);
    Ok((target, gathered, left))
}

fn make(app: &mut App, ids: &[AccountId]) -> Result<Made, Failure> {
    let (target, Gathered { items, broken }, left) = gathered(app, ids)?;
    let title = |item: &export::Item| present::title(item.account.issuer(), item.account.name());
    let mut pages = Vec::new();
    for page in google::pages(&items, google::PER_PAGE)? {
        // EXPOSE: the code that is shown says the address.
        let modules = qr::modules(page.address.expose_text().unwrap_or_default())?;
        pages.push((modules, items.get(page.items).unwrap_or_default().iter().map(title).collect()));
    }
    let left = left.iter().map(|(item, reason)| (title(item), reason.text())).collect();
    let broken = broken.iter().map(Explain::text).collect();
    let caution = |item: &export::Item| Some((title(item), target.caution(&item.account)?));
    Ok(Made { pages, count: items.len(), left, broken, cautions: items.iter().filter_map(caution).collect() })
}

impl Page for Transfer {
    fn place(&self) -> Place {
        Place::Recovery
    }

    fn title(&self) -> Text {
        text!("desktop-transfer-title")
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        self.hear(cx);
        if let Some((_, until)) = &mut self.shown {
            until.take_if(|until| cx.now >= *until);
        }
        match (&self.made, self.shown) {
            (None, _) => kit::progress(ui, &text!("desktop-export-writing").say(cx.lang), None),
            (Some(Err(failure)), _) => kit::failure(ui, failure, cx.lang),
            (Some(Ok(_)), None) => self.before(ui, cx),
            (Some(Ok(_)), Some((number, None))) => self.covered(ui, number, cx),
            (Some(Ok(_)), Some((number, Some(until)))) => self.page(ui, number, until, cx),
        }
    }

    fn ticks(&self) -> bool {
        matches!(self.shown, Some((_, Some(_))))
    }
}
