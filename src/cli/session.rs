//! What every command starts with: the options that hold everywhere, the profile, the language.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::app::clock::{self, Doubt};
use crate::app::config::Config;
use crate::app::profile::Profile;
use crate::app::{App, Farewell};
use crate::clock::Clock;
use crate::error::Exit;
use crate::present;
use crate::secret::Secret;
use crate::store::StoreError;
use crate::store::vault::Notices;
use crate::text;
use crate::text::Lang;

use crate::cli::ask;
use crate::cli::failure::Failure;
use crate::cli::input;
use crate::cli::output::Output;

/// Options that hold for every command.
#[derive(Debug, clap::Args)]
pub(crate) struct Globals {
    #[arg(long, global = true, value_name = "en|ja", value_parser = ["en", "ja"])]
    pub(crate) lang: Option<String>,
    #[arg(long, short, global = true)]
    quiet: bool,
    #[arg(long, short, global = true)]
    yes: bool,
    #[arg(long, global = true, value_name = "DIR")]
    profile: Option<PathBuf>,
    #[arg(long, global = true, value_name = "FILE")]
    vault_passphrase_file: Option<PathBuf>,
}

/// What a command works with.
pub(crate) struct Session {
    profile: Option<Profile>,
    pub(crate) config: Config,
    /// The clock by which codes are made.
    pub(crate) clock: Clock,
    pub(crate) yes: bool,
    vault_passphrase_file: Option<PathBuf>,
    lang: Lang,
    vault_notices: OnceCell<Notices>,
    gave_up: Arc<AtomicBool>,
    farewell: OnceCell<Farewell>,
}

impl Globals {
    /// The session and the output, in the language of `--lang`, the settings or the system.
    pub(crate) fn start(self) -> (Session, Output) {
        let profile = self.profile.as_deref().map_or_else(Profile::of_user, |path| Some(Profile::at(path)));
        let config = profile.as_ref().map(|profile| Config::read(&profile.config_file())).unwrap_or_default();
        let clock = profile.as_ref().map(clock::read).unwrap_or_default();
        let lang = config.lang(self.lang.as_deref());
        let vault_passphrase_file = self.vault_passphrase_file;
        let session = Session {
            profile,
            config,
            clock,
            yes: self.yes,
            vault_passphrase_file,
            lang,
            vault_notices: OnceCell::new(),
            farewell: OnceCell::new(),
            gave_up: Arc::default(),
        };
        (session, Output::new(lang, self.quiet))
    }
}

impl Session {
    /// Opens the profile, and says what was found on the way. Where there is no list of accounts,
    /// the keyring is asked once whether it has some. A passphrase for a vault that is not there is
    /// refused: a script that counts on the vault must not fill the keyring.
    pub(crate) fn open(&self, out: &mut Output) -> Result<App, Failure> {
        let mut app = self.open_as_it_is(out)?;
        if self.vault_passphrase_file.is_some() && !app.has_vault() && !app.uses_vault() {
            return Err(StoreError::NoVault.into());
        }
        app.search()?;
        say_notices(&mut app, out);
        Ok(app)
    }

    /// The same for commands that look for themselves, or that must not open anything.
    pub(crate) fn open_as_it_is(&self, out: &mut Output) -> Result<App, Failure> {
        let profile = self.profile()?;
        // A file that others can read is refused now, not when the vault is opened.
        self.given_passphrase()?;
        let mut app = App::open(profile, self.unlocker())?;
        say_notices(&mut app, out);
        let _ = self.vault_notices.set(app.vault_notices());
        let _ = self.farewell.set(app.farewell());
        if self.vault_passphrase_file.is_some() {
            app.is_unattended();
        }
        Ok(app)
    }

    /// Says what was left to be said when the command ended: the vault opens only when a secret is
    /// needed, and recovery copies are written when the profile is closed.
    pub(crate) fn say_farewell(&self, out: &mut Output) {
        for notice in self.vault_notices.get().map(Notices::take).unwrap_or_default() {
            out.say(&notice.text());
        }
        for text in self.farewell.get().map(Farewell::take).unwrap_or_default() {
            out.say(&text);
        }
    }

    /// The profile's folders.
    pub(crate) fn profile(&self) -> Result<Profile, Failure> {
        self.profile
            .clone()
            .ok_or_else(|| Failure::new(Exit::Disk, text!("cli-no-home")).hint(text!("cli-hint-no-home")))
    }

    /// How the vault's passphrase is come by, when it is needed: from the file, or asked for.
    fn unlocker(&self) -> crate::app::AskPassphrase {
        let (file, lang, gave_up) = (self.vault_passphrase_file.clone(), self.lang, Arc::clone(&self.gave_up));
        Arc::new(move || match &file {
            Some(file) => input::passphrase_file(file).map_err(|_| StoreError::Locked),
            None => ask::hidden(&text!("vault-ask-passphrase"), lang).ok_or_else(|| {
                gave_up.store(ask::is_possible(), Ordering::Relaxed);
                StoreError::VaultLocked
            }),
        })
    }

    /// Whether the user was asked for the vault's passphrase and did not want to tell it.
    pub(crate) fn gave_up(&self) -> bool {
        self.gave_up.load(Ordering::Relaxed)
    }

    /// The vault's passphrase from `--vault-passphrase-file`, if given; a file that others can
    /// read is refused.
    pub(crate) fn given_passphrase(&self) -> Result<Option<Secret>, Failure> {
        self.passphrase_file().map(input::passphrase_file).transpose()
    }

    fn passphrase_file(&self) -> Option<&Path> {
        self.vault_passphrase_file.as_deref()
    }
}

/// Says beside codes what is to be known of the clock they are made by.
pub(crate) fn say_clock(clock: Clock, doubt: Option<Doubt>, out: &mut Output) {
    if let Some(correction) = clock.correction() {
        out.note(&text!("clock-corrected", seconds = present::signed(correction.seconds)));
    }
    if let Some(doubt) = doubt {
        out.note(&doubt.text());
    }
}

/// Says what was found and dealt with on the way.
pub(crate) fn say_notices(app: &mut App, out: &mut Output) {
    for notice in app.take_notices() {
        out.say(&notice);
    }
}
