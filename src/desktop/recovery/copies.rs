//! Recovery copies: the key that opens them, shown once and given back, and the folders they go to.

use std::path::{Path, PathBuf};

use eframe::egui;
use otp::app::copies::{CopiesError, CopiesStatus, CopyPlace, PlaceState};
use otp::present;
use otp::qr::{self, Modules};
use otp::recovery::sheet;
use otp::secret::Secret;
use otp::store::StoreError;
use otp::text;
use otp::text::Text;

use crate::account::paint;
use crate::add::reader::Offered;
use crate::dialog;
use crate::failure::Failure;
use crate::given_key::GivenKey;
use crate::kit::{self, Tone};
use crate::page::{Cx, Page, Place, Want};
use crate::paper::OnPaper;
use crate::theme;
use crate::worker::{self, Task, Worker};

/// The view.
pub(crate) struct CopiesPage {
    asking: Option<Task<CopiesStatus>>,
    status: Option<CopiesStatus>,
    making: Option<Task<(Secret, Modules)>>,
    /// The new key, as long as it is shown.
    key: Option<Key>,
    /// The key, given back.
    given: GivenKey,
    choosing: Option<Task<Option<PathBuf>>>,
    /// A folder that is typed.
    path: String,
    /// Whether that one is being added: it stays in its field if that fails.
    typed: bool,
    changing: Option<Task<Option<Text>>>,
    failure: Option<Failure>,
}

/// A recovery key on the screen.
struct Key {
    line: Secret,
    modules: Modules,
    paper: OnPaper,
    /// Whether its owner says that it is written down.
    noted: bool,
}

impl CopiesPage {
    pub(crate) fn new(worker: &Worker) -> Self {
        Self {
            asking: Some(status(worker)),
            status: None,
            making: None,
            key: None,
            given: GivenKey::default(),
            choosing: None,
            path: String::new(),
            typed: false,
            changing: None,
            failure: None,
        }
    }

    fn hear(&mut self, cx: &mut Cx<'_>) {
        match worker::take(&mut self.asking) {
            None => {}
            Some(Ok(status)) => self.status = Some(status),
            Some(Err(failure)) => self.failure = Some(failure),
        }
        match worker::take(&mut self.making) {
            None => {}
            Some(Ok((line, modules))) => {
                let paper = OnPaper::named("otp-recovery-key.pdf").saying("desktop-copies-saved");
                self.key = Some(Key { line, modules, paper, noted: false });
                self.asking = Some(status(cx.worker));
            }
            Some(Err(failure)) => self.failure = Some(failure),
        }
        match worker::take(&mut self.choosing) {
            Some(Ok(Some(folder))) => self.add(folder, cx),
            Some(Err(failure)) => self.failure = Some(failure),
            _ => {}
        }
        match worker::take(&mut self.changing) {
            None => {}
            Some(Ok(said)) => {
                if self.typed {
                    self.path.clear();
                }
                self.key = None;
                self.given = GivenKey::default();
                cx.said.extend(said.map(Ok));
                self.asking = Some(status(cx.worker));
                cx.want(Want::Reload);
            }
            Some(Err(failure)) => self.failure = Some(failure),
        }
    }

    /// Has the store change something, and write copies where they are behind.
    fn change(
        &mut self,
        cx: &Cx<'_>,
        change: impl FnOnce(&mut otp::app::App, otp::clock::UnixTime) -> Result<Option<Text>, Failure> + Send + 'static,
    ) {
        let now = cx.now;
        self.failure = None;
        self.changing = Some(cx.worker.ask(move |app, _| {
            let said = change(app, now)?;
            let failed = app.write_copies(now).pop();
            Ok(failed.or(said))
        }));
    }

    /// Has `folder` get copies, too.
    fn add(&mut self, folder: PathBuf, cx: &Cx<'_>) {
        self.change(cx, move |app, now| {
            app.add_copy_folder(&folder, now).map_err(|error| whole(error, &folder))?;
            Ok(None)
        });
    }

    /// Before there is a key.
    fn begin(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>) {
        kit::body(ui, text!("desktop-copies-words").say(cx.lang));
        if kit::filled(ui, text!("desktop-copies-make").say(cx.lang)).clicked() {
            self.make(cx);
        }
    }

    fn make(&mut self, cx: &Cx<'_>) {
        let now = cx.now;
        self.failure = None;
        self.making = Some(cx.worker.ask(move |app, _| {
            let line = app.new_recovery_key(now)?.line();
            // EXPOSE: the code that is shown says the key.
            let modules = qr::modules(line.expose_text().unwrap_or_default())?;
            Ok((line, modules))
        }));
    }

    /// The key, shown once.
    fn show(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let Some(key) = &mut self.key else { return };
        if key.noted {
            // Out of sight: what is given back now is what is on the paper.
            kit::tick(ui, &mut key.noted, text!("desktop-copies-noted").say(cx.lang));
            kit::quiet(ui, text!("desktop-copies-covered").say(cx.lang));
            return self.confirm(ui, cx);
        }
        kit::toned(ui, text!("backup-key-page").say(cx.lang), Tone::Watch);
        paint(ui, &key.modules, &text!("desktop-copies-key").say(cx.lang));
        // EXPOSE: the owner has to write it down; what the toolkit keeps of it is wiped when freed.
        kit::literal(ui, key.line.expose_text().unwrap_or_default());
        kit::heading(ui, &text!("desktop-paper"), cx.lang);
        let line = key.line.duplicate();
        key.paper.ui(ui, move |_, job, _| Ok(sheet::recovery_key(&line, job)?), cx);
        ui.add_space(theme::BETWEEN);
        kit::tick(ui, &mut key.noted, text!("desktop-copies-noted").say(cx.lang));
        if self.given.is_at_it() {
            self.confirm(ui, cx);
        }
    }

    /// The key, given back.
    fn confirm(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let (label, done) = (text!("desktop-copies-back"), text!("desktop-copies-confirm"));
        let (waits, lang, mut another) = (self.key.is_none(), cx.lang, false);
        let more = |ui: &mut egui::Ui| {
            another = waits && kit::button(ui, text!("desktop-copies-another").say(lang)).clicked();
        };
        if let Some(key) = self.given.ui(ui, &label, &done, cx, more) {
            self.change(cx, move |app, now| {
                app.confirm_recovery_key(&key, now)?;
                Ok(Some(text!("backup-confirmed")))
            });
        } else if another {
            self.make(cx);
        }
    }

    /// The folders, and what can be done with them.
    fn places(&mut self, ui: &mut egui::Ui, status: &CopiesStatus, cx: &Cx<'_>) {
        let lang = cx.lang;
        if let Some(since) = status.since {
            kit::toned(ui, cx.say(&text!("backup-on", since = present::moment(since))), Tone::Good);
        }
        for (number, place) in status.places.iter().enumerate() {
            kit::card(ui, |ui| {
                told(ui, place, cx);
                // The profile's own folder always gets one.
                if number > 0 && kit::button(ui, text!("desktop-copies-remove").say(lang)).clicked() {
                    let folder = place.folder.clone();
                    self.change(cx, move |app, now| {
                        app.remove_copy_folder(&folder, now)?;
                        Ok(None)
                    });
                }
            });
        }
        let field = kit::field(ui, &text!("desktop-copies-path").say(lang), &mut self.path);
        if std::mem::take(&mut self.typed) {
            // The field was away while its folder was added.
            field.request_focus();
        }
        let ready = !self.path.trim().is_empty();
        let entered = kit::enter(ui, &[&field], ready);
        kit::row(ui, |ui| {
            let here = text!("desktop-copies-here").say(lang);
            // A new key that has not been given back comes first.
            let rank = usize::from(status.unconfirmed.is_some());
            let pressed = ui.add_enabled_ui(ready, |ui| kit::nth_button(ui, rank, here)).inner.clicked();
            if pressed || entered {
                self.typed = true;
                self.add(PathBuf::from(self.path.trim()), cx);
            }
            if kit::button(ui, text!("desktop-copies-add").say(lang)).clicked() && self.choosing.is_none() {
                self.choosing = Some(dialog::folder(cx.worker));
            }
        });
        ui.add_space(theme::BETWEEN);
        kit::row(ui, |ui| {
            if kit::button(ui, text!("desktop-copies-new").say(lang)).clicked() {
                self.make(cx);
            }
            if kit::grave(ui, text!("desktop-copies-stop").say(lang)).clicked() {
                self.change(cx, |app, now| {
                    app.stop_copies(now)?;
                    Ok(Some(text!("backup-stopped")))
                });
            }
        });
    }
}

/// `error` with the whole path of `folder` if it is about that one: whoever chose or typed it looks for
/// the slip in it.
fn whole(error: CopiesError, folder: &Path) -> CopiesError {
    match error {
        CopiesError::Store(StoreError::Disk { file, kind }) if folder.ends_with(&file) => {
            CopiesError::Store(StoreError::Disk { file: folder.to_string_lossy().into_owned(), kind })
        }
        error => error,
    }
}

fn status(worker: &Worker) -> Task<CopiesStatus> {
    worker.ask(|app, _| Ok(app.copies_status()))
}

/// Draws how `place` is.
pub(super) fn told(ui: &mut egui::Ui, place: &CopyPlace, cx: &Cx<'_>) {
    let current = place.state == PlaceState::Current && place.newest.is_some();
    kit::toned(ui, cx.say(&place.text()), if current { Tone::Good } else { Tone::Watch });
}

impl Page for CopiesPage {
    fn place(&self) -> Place {
        Place::Recovery
    }

    fn title(&self) -> Text {
        text!("desktop-copies-title")
    }

    /// As long as the new key is nowhere but on the screen.
    fn parting(&self) -> Option<[Text; 3]> {
        self.key.as_ref().filter(|key| !key.noted && !key.paper.is_kept())?;
        Some([text!("desktop-copies-leave"), text!("desktop-copies-leave-words"), text!("desktop-copies-leave-yes")])
    }

    fn take(&mut self, offered: Vec<Offered>, worker: &Worker) -> Option<Vec<Offered>> {
        // A key that was just made waits for it, whether the place was looked at since or not.
        let waits = self.key.is_some() || self.status.as_ref().is_some_and(|status| status.unconfirmed.is_some());
        if !waits {
            return Some(offered);
        }
        self.given.take(offered, worker);
        None
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        self.hear(cx);
        if let Some(failure) = &self.failure {
            kit::failure(ui, failure, cx.lang);
        }
        if self.making.is_some() || self.changing.is_some() {
            kit::progress(ui, &text!("desktop-export-writing").say(cx.lang), None);
            return;
        }
        if self.key.is_some() {
            return self.show(ui, cx);
        }
        let Some(status) = self.status.clone() else {
            if self.asking.is_some() {
                kit::progress(ui, &text!("desktop-reading").say(cx.lang), None);
            }
            return;
        };
        if status.unconfirmed.is_some() {
            kit::body(ui, text!("desktop-copies-waiting").say(cx.lang));
            self.confirm(ui, cx);
        }
        if status.since.is_some() {
            self.places(ui, &status, cx);
        } else if status.unconfirmed.is_none() {
            self.begin(ui, cx);
        }
    }
}
