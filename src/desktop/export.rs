//! Accounts on their way out, into a file of another app: what it cannot carry is said first.

use eframe::egui;
use otp::account::AccountId;
use otp::app::App;
use otp::app::export::Gathered;
use otp::clock::UnixTime;
use otp::error::Explain;
use otp::export::{self, Encryption, Item, Job, TARGETS, Target, google};
use otp::present;
use otp::secret::Secret;
use otp::text;
use otp::text::Text;

use crate::destination::{Destination, Spot};
use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::page::{Cx, Page, Place, Want};
use crate::passphrase::NewPassphrase;
use crate::recovery::Transfer;
use crate::theme;
use crate::worker::{self, Task};

/// The view.
pub(crate) struct Export {
    /// The accounts that go out.
    ids: Vec<AccountId>,
    target: Option<&'static dyn Target>,
    /// Whether a file that may be encrypted is not.
    open: bool,
    passphrase: NewPassphrase,
    destination: Destination,
    looking: Option<Task<Report>>,
    report: Option<Result<Report, Failure>>,
    writing: Option<Task<Text>>,
    failure: Option<Failure>,
}

/// What a target does not carry.
struct Report {
    fits: usize,
    left: Vec<(Text, Text)>,
    cautions: Vec<(Text, Text)>,
    losses: Vec<Text>,
    broken: Vec<Text>,
}

impl Export {
    /// Of the accounts `ids`.
    pub(crate) fn of(ids: Vec<AccountId>) -> Self {
        Self {
            ids,
            target: None,
            open: false,
            passphrase: NewPassphrase::default(),
            destination: Destination::default(),
            looking: None,
            report: None,
            writing: None,
            failure: None,
        }
    }

    fn choose_target(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        kit::quiet(ui, text!("desktop-export-to").say(cx.lang));
        for target in TARGETS {
            let chosen = kit::wide_button(ui, &cx.say(&target.app())).clicked();
            if chosen && target.id() == "google" {
                // Transfer codes have a view of their own.
                cx.want(Want::Replace(Box::new(Transfer::new(cx.worker, self.ids.clone()))));
            } else if chosen {
                self.target = Some(*target);
                self.destination = Destination::named(&format!("otp-{}.{}", target.id(), target.extension()));
                let (ids, target) = (self.ids.clone(), *target);
                self.looking = Some(cx.worker.ask(move |app, _| look(app, &ids, target)));
            }
        }
    }

    fn hear(&mut self, cx: &mut Cx<'_>) {
        if let Some(report) = worker::take(&mut self.looking) {
            self.report = Some(report);
        }
        if let Some(failure) = self.destination.hear() {
            self.failure = Some(failure);
        }
        match worker::take(&mut self.writing) {
            Some(Ok(done)) => {
                cx.said.push(Ok(done));
                cx.want(Want::Back);
            }
            Some(Err(failure)) => self.failure = Some(failure),
            None => {}
        }
    }

    fn write(&mut self, ui: &mut egui::Ui, target: &'static dyn Target, cx: &mut Cx<'_>) {
        let lang = cx.lang;
        let encrypted = match target.encryption() {
            Encryption::Never => false,
            Encryption::Always => true,
            Encryption::Optional => {
                kit::tick(ui, &mut self.open, text!("desktop-export-open").say(lang));
                !self.open
            }
        };
        let passphrase = if encrypted { self.passphrase.ui(ui, lang).map(Some) } else { Some(None) };
        if !encrypted {
            kit::toned(ui, cx.say(&text!("export-plain-warning")), Tone::Watch);
        }
        let entered = self.destination.field(ui, cx) || (encrypted && self.passphrase.entered());
        self.destination.button(ui, cx);
        if let Some(failure) = &self.failure {
            kit::failure(ui, failure, lang);
        }
        ui.add_space(theme::BETWEEN);
        let ready = passphrase.filter(|_| self.destination.path().is_some());
        let save = ui.add_enabled_ui(ready.is_some(), |ui| kit::filled(ui, text!("desktop-export-save").say(lang)));
        let Some(passphrase) = ready else { return };
        if let Some(spot) = self.destination.spot(ui, save.inner.clicked() || entered, cx) {
            self.failure = None;
            let (ids, now) = (self.ids.clone(), cx.now);
            let task = cx.worker.ask(move |app, _| write(app, &ids, target, passphrase.as_ref(), spot, now));
            self.writing = Some(task);
        }
    }
}

/// Finds out what `target` does not carry.
fn look(app: &mut App, ids: &[AccountId], target: &dyn Target) -> Result<Report, Failure> {
    let Gathered { mut items, broken } = app.gather(ids)?;
    let left = export::take_leftovers(target, &mut items);
    let caution = |item: &Item| Some((title(item), target.caution(&item.account)?));
    Ok(Report {
        fits: items.len(),
        left: left.iter().map(|(item, reason)| (title(item), reason.text())).collect(),
        cautions: items.iter().filter_map(caution).collect(),
        losses: target.carries().losses(&items),
        broken: broken.iter().map(Explain::text).collect(),
    })
}

/// Writes the file, reads it back, and only then says so.
fn write(
    app: &mut App,
    ids: &[AccountId],
    target: &dyn Target,
    passphrase: Option<&Secret>,
    spot: Spot,
    now: UnixTime,
) -> Result<Text, Failure> {
    let Gathered { mut items, .. } = app.gather(ids)?;
    export::take_leftovers(target, &mut items);
    if items.is_empty() {
        return Err(Failure::new(text!("export-nothing-fits"), text!("export-hint-other-target")));
    }
    let bytes = target.write(&items, &Job { passphrase, at: now, per_page: google::PER_PAGE })?;
    let check = |_: usize, written: &[u8]| export::reads_back(written, &items, passphrase).map(drop);
    let done = text!("export-done", count = items.len(), file = spot.name());
    spot.write(bytes, &check)?;
    Ok(done)
}

fn title(item: &Item) -> Text {
    present::title(item.account.issuer(), item.account.name())
}

/// Says what stays behind, and what may go wrong on the other side.
fn tell(ui: &mut egui::Ui, report: &Report, cx: &Cx<'_>) {
    kit::card(ui, |ui| {
        kit::body(ui, text!("desktop-export-fits", count = report.fits).say(cx.lang));
        for (account, reason) in &report.left {
            let line = text!("export-left-out", account = account.clone(), reason = reason.clone());
            kit::toned(ui, cx.say(&line), Tone::Watch);
        }
        for reason in &report.broken {
            kit::toned(ui, cx.say(&text!("export-left-out-broken", reason = reason.clone())), Tone::Bad);
        }
        for (account, caution) in &report.cautions {
            let line = text!("export-caution", account = account.clone(), caution = caution.clone());
            kit::toned(ui, cx.say(&line), Tone::Watch);
        }
        for loss in &report.losses {
            kit::quiet(ui, cx.say(&text!("export-loss", loss = loss.clone())));
        }
    });
}

impl Page for Export {
    fn place(&self) -> Place {
        Place::Codes
    }

    fn title(&self) -> Text {
        text!("desktop-export-title")
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        self.hear(cx);
        let Some(target) = self.target else { return self.choose_target(ui, cx) };
        kit::strong(ui, &cx.say(&target.app()));
        if self.writing.is_some() || self.looking.is_some() {
            kit::progress(ui, &text!("desktop-export-writing").say(cx.lang), None);
            return;
        }
        match &self.report {
            Some(Ok(report)) => {
                tell(ui, report, cx);
                let fits = report.fits > 0;
                if fits {
                    self.write(ui, target, cx);
                }
            }
            Some(Err(failure)) => kit::failure(ui, failure, cx.lang),
            None => {}
        }
    }
}
