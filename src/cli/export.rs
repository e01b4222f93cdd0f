//! `otp export`: accounts into a file of another app, or onto the next phone.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::account::AccountId;
use crate::app::App;
use crate::app::export::{Gathered, Piece, save};
use crate::app::places;
use crate::app::sheet::title;
use crate::clock::UnixTime;
use crate::error::Exit;
use crate::export::{self, Encryption, ExportError, Item, Job, TARGETS, Target, google};
use crate::find;
use crate::secret::Secret;
use crate::store::index::Entry;
use crate::text;
use crate::text::Text;

use crate::cli::ask;
use crate::cli::failure::Failure;
use crate::cli::input;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::cli::transfer;
use crate::cli::vault::judged;
use crate::cli::words;

#[derive(Debug, clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(crate) struct Export {
    queries: Vec<String>,
    #[arg(long, value_name = "FORMAT", required_unless_present = "list_formats")]
    to: Option<String>,
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[arg(long, conflicts_with_all = ["passphrase_file", "weak"])]
    plain: bool,
    #[arg(long)]
    weak: bool,
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    #[arg(long)]
    force: bool,
    #[arg(long)]
    reveal: bool,
    #[arg(long)]
    trashed: bool,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=10))]
    per_page: Option<u8>,
    #[arg(long, conflicts_with_all = ["to", "output", "queries"])]
    list_formats: bool,
}

/// Where the accounts go.
pub(crate) enum To {
    /// Into a file.
    File(PathBuf),
    /// To standard output.
    Standard,
    /// Onto the screen, page by page.
    Screen,
}

impl Export {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        if self.list_formats {
            return list_formats(out);
        }
        let target = export::target(self.to.as_deref().unwrap_or_default()).ok_or_else(unknown_target)?;
        let to = self.to(target)?;
        self.check_encryption(target)?;
        let mut app = session.open(out)?;
        let Gathered { mut items, broken } = app.gather(&chosen(&self.queries, self.trashed, &app)?)?;
        for error in &broken {
            out.say(&text!("export-left-out-broken", reason = crate::error::Explain::text(error)));
        }
        let left = export::take_leftovers(target, &mut items);
        let partial = !left.is_empty() || !broken.is_empty();
        tell(target, &items, &left, out);
        if items.is_empty() {
            return Err(ExportError::NothingFits.into());
        }
        if partial {
            out.note(&text!("export-advice"));
            if !session.yes && !ask::yes(&text!("export-ask-rest", count = items.len()), out.lang)? {
                return Err(ask::cancelled());
            }
        }
        self.write(target, &to, &items, out)?;
        Ok(if partial { Exit::Partial } else { Exit::Done })
    }

    /// Writes `items`, and only then says so.
    fn write(&self, target: &dyn Target, to: &To, items: &[Item], out: &mut Output) -> Result<(), Failure> {
        let passphrase = self.passphrase(target, out)?;
        let job = Job {
            passphrase: passphrase.as_ref(),
            at: UnixTime::now(),
            per_page: self.per_page.map_or(google::PER_PAGE, usize::from),
        };
        match to {
            To::Screen => return transfer::show(items, &job, out),
            To::File(path) if target.id() == "google" => return transfer::write(items, &job, path, self.force, out),
            _ => {}
        }
        if passphrase.is_none() {
            out.say(&text!("export-plain-warning"));
        }
        let bytes = target.write(items, &job)?;
        let To::File(path) = to else {
            let mut standard = std::io::stdout();
            let written = standard.write_all(&bytes).and_then(|()| standard.flush());
            return written.map_err(|_| Failure::new(Exit::Disk, text!("cli-output-failed")));
        };
        let checked = std::cell::Cell::new(false);
        let check = |_: usize, written: &[u8]| {
            checked.set(export::reads_back(written, items, passphrase.as_ref())?);
            Ok(())
        };
        save(&[Piece { path: path.clone(), bytes }], self.force, &check)?;
        out.note(&text!("export-done", count = items.len(), file = file_name(path)));
        if checked.get() {
            out.note(&text!("export-checked"));
        }
        tell_place(path, out);
        Ok(())
    }

    /// Where to, checked before anything is asked or read.
    fn to(&self, target: &dyn Target) -> Result<To, Failure> {
        match &self.output {
            None if target.id() == "google" && crate::cli::screen::is_possible() => Ok(To::Screen),
            None if target.id() == "google" => Err(no_file(text!("export-hint-no-file-google"))),
            None => Err(no_file(text!("export-hint-no-file", extension = target.extension()))),
            Some(path) if path.as_os_str() == "-" => {
                if std::io::stdout().is_terminal() && !self.reveal {
                    return Err(stdout_failure());
                }
                Ok(To::Standard)
            }
            Some(path) => {
                if target.id() == "google" {
                    transfer::form(path)?;
                }
                check_new(path, self.force)?;
                Ok(To::File(path.clone()))
            }
        }
    }

    fn check_encryption(&self, target: &dyn Target) -> Result<(), Failure> {
        let usage = |text, hint| Err(Failure::new(Exit::Usage, text).hint(hint));
        match target.encryption() {
            Encryption::Always if self.plain => {
                usage(text!("export-always-encrypted"), text!("export-hint-always-encrypted"))
            }
            Encryption::Never if self.passphrase_file.is_some() || self.weak => {
                usage(text!("export-never-encrypted"), text!("export-hint-never-encrypted"))
            }
            _ => Ok(()),
        }
    }

    /// The passphrase, if the file is to have one.
    fn passphrase(&self, target: &dyn Target, out: &Output) -> Result<Option<Secret>, Failure> {
        let encrypted = match target.encryption() {
            Encryption::Never => false,
            Encryption::Optional => !self.plain,
            Encryption::Always => true,
        };
        if !encrypted {
            return Ok(None);
        }
        if let Some(file) = &self.passphrase_file {
            return judged(input::passphrase_file(file)?, self.weak).map(Some);
        }
        let nobody = || {
            let text = text!("export-needs-passphrase");
            ask::given_up_or(Failure::new(Exit::WrongPassphrase, text).hint(text!("export-hint-needs-passphrase")))
        };
        let typed = ask::hidden(&text!("export-ask-passphrase"), out.lang).ok_or_else(nobody)?;
        words::twice(judged(typed, self.weak)?, nobody, out).map(Some)
    }
}

/// The accounts that are meant: all of them, or those that match any of `queries`; with those in the
/// trash if `trashed`.
pub(crate) fn chosen(queries: &[String], trashed: bool, app: &App) -> Result<Vec<AccountId>, Failure> {
    let mut all = app.accounts();
    if trashed {
        all.extend(app.trash());
    }
    if all.is_empty() {
        return Err(Failure::new(Exit::NotFound, text!("pick-empty")).hint(text!("pick-hint-empty")));
    }
    if queries.is_empty() {
        return Ok(all.iter().map(|entry| entry.id).collect());
    }
    let mut wanted = Vec::new();
    for query in queries {
        let found = matching(query, &all);
        if found.is_empty() {
            let text = text!("pick-none", query = query.as_str());
            return Err(Failure::new(Exit::NotFound, text).hint(text!("pick-hint-none")));
        }
        wanted.extend(found);
    }
    Ok(all.iter().map(|entry| entry.id).filter(|id| wanted.contains(id)).collect())
}

/// The accounts of `all` that `query` means; `id:` names one of several of the same name.
fn matching(query: &str, all: &[&Entry]) -> Vec<AccountId> {
    if let Some(start) = query.strip_prefix("id:").filter(|start| !start.is_empty()) {
        return all.iter().map(|entry| entry.id).filter(|id| id.to_string().starts_with(start)).collect();
    }
    find::filter(query, all).into_iter().map(|entry| entry.id).collect()
}

/// Says what is left out and what may go wrong, before anything is written.
fn tell(target: &dyn Target, items: &[Item], left: &[(Item, export::Reason)], out: &mut Output) {
    for (item, reason) in left {
        out.say(&text!("export-left-out", account = title(item), reason = reason.text()));
    }
    for item in items {
        if let Some(caution) = target.caution(&item.account) {
            out.say(&text!("export-caution", account = title(item), caution = caution));
        }
    }
    for loss in target.carries().losses(items) {
        out.say(&text!("export-loss", loss = loss));
    }
}

/// Says that what was written to `path` is copied elsewhere, if it is.
pub(crate) fn tell_place(path: &Path, out: &mut Output) {
    if let Some(said) = places::written(path) {
        out.say(&said);
    }
}

/// Refuses a path where something stands already.
pub(crate) fn check_new(path: &Path, force: bool) -> Result<(), Failure> {
    if force || std::fs::symlink_metadata(path).is_err() {
        return Ok(());
    }
    Err(Failure::new(Exit::Disk, text!("export-exists", file = file_name(path))).hint(text!("export-hint-exists")))
}

/// The last part of `path`, to name it by.
pub(crate) fn file_name(path: &Path) -> String {
    input::name(path)
}

/// The ending of the name of `path`, in lower case.
pub(crate) fn ending(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}

pub(crate) fn stdout_failure() -> Failure {
    Failure::new(Exit::Usage, text!("export-stdout")).hint(text!("export-hint-stdout"))
}

fn no_file(hint: Text) -> Failure {
    Failure::new(Exit::Usage, text!("export-no-file")).hint(hint)
}

fn unknown_target() -> Failure {
    Failure::new(Exit::Usage, text!("export-unknown-target")).hint(text!("export-hint-unknown-target"))
}

fn list_formats(out: &mut Output) -> Result<Exit, Failure> {
    let targets: Vec<_> = TARGETS.iter().map(|target| (target.id(), target.app())).collect();
    out.ids(&targets)?;
    Ok(Exit::Done)
}
