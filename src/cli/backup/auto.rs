//! `otp backup auto`: a copy after every change, that only the recovery key opens.

use std::path::PathBuf;

use crate::app::App;
use crate::app::copies::{CopiesError, CopiesStatus, CopyPlace, PlaceState};
use crate::app::export::SaveError;
use crate::clock::UnixTime;
use crate::crypto::age::Identity;
use crate::error::Exit;
use crate::present;
use crate::qr;
use crate::recovery::sheet::{self, Job};
use crate::text;
use serde_json::{Value, json};

use crate::cli::ask;
use crate::cli::failure::Failure;
use crate::cli::gather::{recovery_key_in, typed_recovery_key};
use crate::cli::json;
use crate::cli::output::Output;
use crate::cli::paper::OnPaper;
use crate::cli::screen;
use crate::cli::session::Session;

/// How often a recovery key may be mistyped.
const TRIES: usize = 3;

#[derive(Debug, clap::Args)]
pub(crate) struct Auto {
    #[arg(long, value_name = "IMAGE", conflicts_with_all = ["new_key", "off", "output", "print"])]
    confirm: Option<PathBuf>,
    #[arg(long, conflicts_with = "off")]
    new_key: bool,
    #[arg(long, value_name = "DIR", conflicts_with = "off")]
    folder: Vec<PathBuf>,
    #[arg(long, value_name = "DIR", conflicts_with = "off")]
    remove_folder: Vec<PathBuf>,
    #[arg(long, conflicts_with_all = ["output", "print"])]
    off: bool,
    #[command(flatten)]
    to: OnPaper,
    #[arg(long)]
    json: bool,
}

impl Auto {
    pub(crate) fn run(&self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        if self.to.is_wanted() {
            self.to.check()?;
        }
        let mut app = session.open(out)?;
        let (status, now) = (app.copies_status(), UnixTime::now());
        let first = status.since.is_none() && status.unconfirmed.is_none();
        let makes = self.confirm.is_none() && (self.new_key || first);
        if self.off {
            return stop(&mut app, session, out);
        }
        if self.to.is_wanted() && !makes {
            return Err(Failure::new(Exit::Usage, text!("backup-key-late")).hint(text!("backup-hint-key-late")));
        }
        if let Some(path) = &self.confirm {
            app.confirm_recovery_key(&recovery_key_in(path)?, now)?;
            out.note(&text!("backup-confirmed"));
        } else if makes {
            self.make_key(&mut app, session, out)?;
        } else if status.unconfirmed.is_some() && !self.json && screen::is_possible() {
            ask_back(&mut app, out)?;
        }
        for folder in &self.remove_folder {
            app.remove_copy_folder(folder, now)?;
        }
        for folder in &self.folder {
            app.add_copy_folder(folder, now)?;
        }
        for text in app.write_copies(now) {
            out.say(&text);
        }
        self.show(&app.copies_status(), out)
    }

    /// Makes a key, hands it out once, and asks for it back where somebody can answer.
    fn make_key(&self, app: &mut App, session: &Session, out: &mut Output) -> Result<(), Failure> {
        if !self.to.is_wanted() && !screen::is_possible() {
            let failure = Failure::new(Exit::Usage, text!("backup-key-nowhere"));
            return Err(failure.hint(text!("backup-hint-key-nowhere")));
        }
        self.to.agree(session, out)?;
        let identity = app.new_recovery_key(UnixTime::now())?;
        if self.to.is_wanted() {
            self.put_on_paper(&identity, out)?;
        } else {
            show_key(&identity, out)?;
        }
        drop(identity);
        if session.yes || !ask::is_possible() {
            out.note(&text!("backup-confirm-later"));
            return Ok(());
        }
        ask_back(app, out)
    }

    fn put_on_paper(&self, identity: &Identity, out: &mut Output) -> Result<(), Failure> {
        let date = present::day(UnixTime::now());
        let page = sheet::recovery_key(&identity.line(), &Job { date: &date, paper: self.to.size(), lang: out.lang });
        let page = page.map_err(SaveError::from)?;
        self.to.write(&page, &text!("backup-key-file", file = self.to.file_name()), out)?;
        self.to.print(&page, &text!("backup-key-printed"), out)?;
        Ok(())
    }

    fn show(&self, status: &CopiesStatus, out: &mut Output) -> Result<Exit, Failure> {
        if self.json {
            out.data(&json::answer("copies", &data(status)))?;
        } else if !self.to.takes_standard_output() {
            for line in lines(status, out) {
                out.data(&line)?;
            }
        }
        let behind = |place: &CopyPlace| place.state != PlaceState::Current;
        let to_do = status.unconfirmed.is_some() || status.places.iter().any(behind);
        Ok(if to_do { Exit::Attention } else { Exit::Done })
    }
}

fn show_key(identity: &Identity, out: &Output) -> Result<(), Failure> {
    let line = identity.line();
    // EXPOSE: the code that is shown says the key.
    let modules = qr::modules(line.expose_text().unwrap_or_default())?;
    screen::reveal(&text!("backup-key-page"), &line, Some(&modules), out)
}

/// Asks for the key that was shown, typed or as a photo of it; it may also come later.
fn ask_back(app: &mut App, out: &mut Output) -> Result<(), Failure> {
    for _ in 0..TRIES {
        let typed = ask::hidden(&text!("backup-ask-confirm"), out.lang).ok_or_else(ask::nobody)?;
        if typed.is_empty() {
            break;
        }
        match app.confirm_recovery_key(&typed_recovery_key(typed)?, UnixTime::now()) {
            Ok(()) => {
                out.note(&text!("backup-confirmed"));
                return Ok(());
            }
            Err(error @ (CopiesError::NotAKey(_) | CopiesError::OtherKey)) => out.failure(&error.into()),
            Err(error) => return Err(error.into()),
        }
    }
    out.note(&text!("backup-confirm-later"));
    Ok(())
}

fn stop(app: &mut App, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
    if !session.yes && !ask::yes(&text!("backup-ask-off"), out.lang)? {
        return Err(ask::cancelled());
    }
    app.stop_copies(UnixTime::now())?;
    out.note(&text!("backup-stopped"));
    Ok(Exit::Done)
}

fn lines(status: &CopiesStatus, out: &Output) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(since) = status.since {
        lines.push(text!("backup-on", since = present::moment(since)).say(out.lang));
    }
    if let Some(made) = status.unconfirmed {
        lines.push(text!("backup-unconfirmed", made = present::moment(made)).say(out.lang));
    }
    lines.extend(status.places.iter().map(|place| place.text().say(out.lang)));
    lines
}

fn data(status: &CopiesStatus) -> Value {
    let place = |place: &CopyPlace| {
        let state = match place.state {
            PlaceState::Current => "current",
            PlaceState::Behind => "behind",
            PlaceState::Absent => "absent",
        };
        json!({
            "folder": place.folder.display().to_string(),
            "state": state,
            "newest": place.newest.as_ref().map(|copy| copy.at.0),
            "file": place.newest.as_ref().map(|copy| copy.path.display().to_string()),
        })
    };
    json!({
        "since": status.since.map(|since| since.0),
        "unconfirmed": status.unconfirmed.map(|made| made.0),
        "places": status.places.iter().map(place).collect::<Vec<_>>(),
    })
}
