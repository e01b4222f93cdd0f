//! `otp vault`: an encrypted file for the secrets, where there is no OS keyring.

use std::path::PathBuf;

use crate::app::App;
use crate::clock::UnixTime;
use crate::crypto::passphrase;
use crate::error::{Exit, Explain};
use crate::secret::Secret;
use crate::store::{BackendKind, StoreError};
use crate::text;

use crate::cli::ask;
use crate::cli::failure::Failure;
use crate::cli::input;
use crate::cli::output::Output;
use crate::cli::session::Session;

#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
pub(crate) struct Vault {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    Create(Create),
    Move(Move),
    Unlock(Unlock),
    Lock(Lock),
    Passphrase(Passphrase),
}

#[derive(Debug, clap::Args)]
struct Create {
    #[arg(long)]
    weak: bool,
}

#[derive(Debug, clap::Args)]
struct Move {
    #[arg(long, value_name = "keyring|vault", value_parser = ["keyring", "vault"])]
    to: Option<String>,
    #[arg(long)]
    weak: bool,
}

#[derive(Debug, clap::Args)]
struct Unlock {
    #[arg(long = "for", value_name = "15m", default_value = "15m", value_parser = duration)]
    period: u32,
}

#[derive(Debug, clap::Args)]
struct Lock {}

#[derive(Debug, clap::Args)]
struct Passphrase {
    #[arg(long, value_name = "FILE")]
    new_passphrase_file: Option<PathBuf>,
    #[arg(long)]
    weak: bool,
}

/// `90`, `90s`, `15m` or `2h` in seconds; at most a day.
fn duration(typed: &str) -> Result<u32, String> {
    let (number, unit) = match typed.char_indices().find(|(_, symbol)| !symbol.is_ascii_digit()) {
        Some((at, _)) => typed.split_at(at),
        None => (typed, "s"),
    };
    let factor = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        _ => return Err(String::new()),
    };
    let seconds = number.parse::<u32>().ok().and_then(|number| number.checked_mul(factor));
    seconds.filter(|seconds| (1..=86_400).contains(seconds)).ok_or_else(String::new)
}

impl Vault {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let mut app = session.open_as_it_is(out)?;
        match self.action {
            Action::Create(create) => {
                make(&mut app, create.weak, session, out)?;
            }
            Action::Move(shift) => shift.run(&mut app, session, out)?,
            Action::Unlock(unlock) => {
                require(&app)?;
                app.unlock_vault(unlock.period)?;
                out.note(&text!("vault-unlocked", minutes = unlock.period.div_ceil(60)));
            }
            Action::Lock(Lock {}) => {
                require(&app)?;
                let was_open = app.lock_vault();
                out.note(&if was_open { text!("vault-locked") } else { text!("vault-was-locked") });
            }
            Action::Passphrase(change) => change.run(&mut app, session, out)?,
        }
        Ok(Exit::Done)
    }
}

impl Move {
    /// Without `--to`, moves to the other place.
    fn run(&self, app: &mut App, session: &Session, out: &mut Output) -> Result<(), Failure> {
        let to = match self.to.as_deref() {
            Some("keyring") => BackendKind::Keyring,
            None if app.uses_vault() => BackendKind::Keyring,
            _ => BackendKind::Vault,
        };
        if to == BackendKind::Vault && !app.has_vault() {
            make(app, self.weak, session, out)?;
        }
        if app.ledger().index().is_none_or(|index| index.backend.kind == to) {
            out.note(&text!("vault-nothing-to-move"));
            return Ok(());
        }
        let of = app.accounts().len() + app.trash().len();
        let moved = app.shift(to, UnixTime::now(), &mut |done| {
            out.progress(&text!("import-progress", done = done.min(of), of = of));
        });
        out.progress_done();
        moved?;
        out.note(&if to == BackendKind::Vault { text!("vault-moved-in") } else { text!("vault-moved-out") });
        Ok(())
    }
}

impl Passphrase {
    fn run(&self, app: &mut App, session: &Session, out: &mut Output) -> Result<(), Failure> {
        require(app)?;
        let old = match session.given_passphrase()? {
            Some(old) => old,
            None => ask::hidden(&text!("vault-ask-passphrase"), out.lang).ok_or_else(ask::nobody)?,
        };
        let new = match &self.new_passphrase_file {
            Some(file) => judged(input::passphrase_file(file)?, self.weak)?,
            None => new_passphrase(self.weak, out)?,
        };
        app.change_passphrase(&old, &new)?;
        out.note(&text!("vault-passphrase-changed"));
        Ok(())
    }
}

/// Makes the vault, with the passphrase from the file or asked for twice.
fn make(app: &mut App, weak: bool, session: &Session, out: &mut Output) -> Result<(), Failure> {
    if app.has_vault() {
        return Err(Failure::new(Exit::Disk, text!("vault-exists")).hint(text!("vault-hint-exists")));
    }
    if app.uses_vault() {
        return Err(StoreError::LostIdentity.into());
    }
    let passphrase = match session.given_passphrase()? {
        Some(passphrase) => judged(passphrase, weak)?,
        None => new_passphrase(weak, out)?,
    };
    app.create_vault(&passphrase, UnixTime::now())?;
    out.note(&text!("vault-created", folder = app.profile().data().display().to_string()));
    if !app.uses_vault() {
        out.note(&text!("vault-not-in-use"));
    }
    Ok(())
}

/// Asks for a new passphrase until it is good and typed twice alike.
fn new_passphrase(weak: bool, out: &Output) -> Result<Secret, Failure> {
    let first = ask::hidden(&text!("vault-ask-new"), out.lang).ok_or_else(ask::nobody)?;
    let first = judged(first, weak)?;
    let second = ask::hidden(&text!("vault-ask-again"), out.lang).ok_or_else(ask::nobody)?;
    if first.matches(&second) {
        Ok(first)
    } else {
        Err(Failure::new(Exit::BadInput, text!("vault-not-alike")).hint(text!("vault-hint-not-alike")))
    }
}

/// `passphrase`, unless it is weak and nobody insists.
pub(crate) fn judged(passphrase: Secret, weak: bool) -> Result<Secret, Failure> {
    match passphrase::judge(&passphrase) {
        Err(reason) if !weak => Err(Failure::new(Exit::BadInput, reason.text()).hint(text!("vault-hint-weak"))),
        _ => Ok(passphrase),
    }
}

fn require(app: &App) -> Result<(), StoreError> {
    match (app.has_vault(), app.uses_vault()) {
        (true, _) => Ok(()),
        (false, true) => Err(StoreError::LostIdentity),
        (false, false) => Err(StoreError::NoVault),
    }
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn durations_have_a_unit_and_a_limit() {
        for (typed, seconds) in [("90", Ok(90)), ("15m", Ok(900)), ("2h", Ok(7_200)), ("24h", Ok(86_400))] {
            assert_eq!(duration(typed), seconds, "{typed}");
        }
        for typed in ["", "m", "0", "25h", "-5m", "1d", "99999999999"] {
            assert!(duration(typed).is_err(), "{typed}");
        }
    }
}
