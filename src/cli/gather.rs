//! What an import is given: files, folders and standard input, unlocked where they take a
//! passphrase.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use crate::app::{folder, recovery_key};
use crate::error::{Exit, Explain};
use crate::import::{self, Batch, Format, Locked, Opened, Source};
use crate::secret::Secret;
use crate::text;
use crate::text::Text;
use zeroize::Zeroizing;

use crate::cli::ask;
use crate::cli::failure::Failure;
use crate::cli::input;
use crate::cli::output::Output;

/// Everything that was read.
pub(crate) struct Gathered {
    /// The entries of all sources.
    pub(crate) batch: Batch,
    /// The sources of several that could not be read, and why.
    pub(crate) failed: Vec<(String, Text)>,
    /// The files that were read.
    pub(crate) files: Vec<PathBuf>,
    /// Whether any of them holds more than accounts.
    pub(crate) holds_more: bool,
    /// Whether it came from the clipboard, which holds it still.
    pub(crate) copied: bool,
}

impl From<Batch> for Gathered {
    fn from(batch: Batch) -> Self {
        Self { batch, failed: Vec::new(), files: Vec::new(), holds_more: false, copied: false }
    }
}

/// What opens backups and recovery copies without a question, on every command that reads them.
#[derive(Debug, clap::Args)]
pub(crate) struct BackupKeys {
    #[arg(long, value_name = "FILE", conflicts_with = "recovery_key")]
    passphrase_file: Option<PathBuf>,
    #[arg(long, value_name = "IMAGE")]
    recovery_key: Option<PathBuf>,
}

impl BackupKeys {
    /// With the passphrase in a file, or the recovery key in a picture, a file or standard input.
    pub(crate) fn read(&self) -> Result<Keys, Failure> {
        let passphrase = self.passphrase_file.as_deref().map(input::passphrase_file);
        let given = passphrase.or_else(|| self.recovery_key.as_deref().map(recovery_key_in));
        Ok(Keys { given: given.transpose()?, ..Keys::default() })
    }
}

/// How locked sources are opened.
#[derive(Default)]
pub(crate) struct Keys {
    /// The passphrase given in a file.
    given: Option<Secret>,
    /// The one that opened the source before.
    last: Option<Secret>,
    /// What every source is, if its owner says so.
    from: Option<&'static dyn Format>,
    /// Whether anything that was read holds more than accounts.
    holds_more: bool,
    /// Whether there are several sources, so that one of them may stay closed.
    are_several: bool,
}

impl Keys {
    /// With the passphrase in the file `path`, if there is one, for sources of the format `from`, or
    /// of any.
    pub(crate) fn new(path: Option<&Path>, from: Option<&str>) -> Result<Self, Failure> {
        let given = path.map(input::passphrase_file).transpose()?;
        let from = from.map(|id| import::format(id).ok_or_else(|| unknown_format(id))).transpose()?;
        Ok(Self { given, from, ..Self::default() })
    }

    /// Opens `locked`: with the passphrase given, with the one used before, or by asking until it
    /// fits or the answer is empty. One of several is then left out, a single one given up.
    fn unlock(&mut self, locked: &Locked, name: Option<&str>, out: &mut Output) -> Result<Opened, Failure> {
        if let Some(given) = &self.given {
            return Ok(locked.unlock(given)?);
        }
        if let Some(opened) = self.last.as_ref().and_then(|last| locked.unlock(last).ok()) {
            return Ok(opened);
        }
        loop {
            out.progress_done();
            let typed = ask::hidden(&self.question(locked, name), out.lang).ok_or_else(|| nobody(locked))?;
            if typed.is_empty() {
                return Err(if self.are_several { left_closed() } else { ask::cancelled() });
            }
            let typed = match if locked.takes_key() { typed_recovery_key(typed) } else { Ok(typed) } {
                Ok(typed) => typed,
                Err(failure) => {
                    out.failure(&failure);
                    continue;
                }
            };
            match locked.unlock(&typed) {
                Err(error) if error.is_wrong_key() => out.failure(&error.into()),
                Err(error) => return Err(error.into()),
                Ok(opened) => {
                    self.last = Some(typed);
                    return Ok(opened);
                }
            }
        }
    }

    /// What is asked of `locked`, which is called `name`.
    fn question(&self, locked: &Locked, name: Option<&str>) -> Text {
        let question = match name {
            Some(name) if locked.takes_key() => text!("import-ask-recovery-key-of", file = name),
            None if locked.takes_key() => text!("import-ask-recovery-key"),
            Some(name) => text!("import-ask-passphrase-of", app = locked.app(), file = name),
            None => text!("import-ask-passphrase", app = locked.app()),
        };
        if self.are_several { text!("import-ask-or-leave", question = question) } else { question }
    }

    /// Reads the source `bytes` to its end, however many passphrases that takes.
    pub(crate) fn open(&mut self, source: &Source<'_>, out: &mut Output) -> Result<Batch, Failure> {
        let opened = self.begin(source)?;
        self.unlock_all(opened, source.name(), out)
    }

    /// Reads `source` as far as it goes without a passphrase.
    fn begin(&mut self, source: &Source<'_>) -> Result<Opened, Failure> {
        let format = self.from.or_else(|| import::recognize(source));
        self.holds_more |= format.is_some_and(Format::holds_more);
        Ok(match format {
            Some(format) => import::open_as(format, source)?,
            // Says why.
            None => import::open(source)?,
        })
    }

    /// What is behind as many passphrases as it takes.
    fn unlock_all(&mut self, mut opened: Opened, name: Option<&str>, out: &mut Output) -> Result<Batch, Failure> {
        loop {
            match opened {
                Opened::Batch(batch) => return Ok(batch),
                Opened::Locked(locked) => opened = self.unlock(&locked, name, out)?,
            }
        }
    }

    /// Reads one file; `-` is standard input.
    pub(crate) fn read(&mut self, path: &Path, out: &mut Output) -> Result<Batch, Failure> {
        if path.as_os_str() == "-" {
            return self.open(&Source::new(&input::standard()?), out);
        }
        let (bytes, name) = (input::file(path)?, input::name(path));
        let beside = |other: &str| beside(path, other);
        let heard = RefCell::new(out);
        let tell = |done: usize, of: usize| tell_pages(done, of, &mut heard.borrow_mut());
        let opened = self.begin(&Source::new(&bytes).named(&name).with(&beside).telling(&tell));
        let out = heard.into_inner();
        out.progress_done();
        self.unlock_all(opened?, Some(&name), out)
    }

    /// Reads what the screen shows.
    pub(crate) fn screen(&mut self, out: &mut Output) -> Result<Gathered, Failure> {
        let mut all = Gathered::from(Batch::default());
        for (monitor, opened) in import::screen()? {
            let name = Some(monitor.as_str()).filter(|name| !name.is_empty());
            let batch = self.unlock_all(opened, name, out)?;
            match name {
                Some(name) => all.batch.append(batch, name),
                None => all.batch = batch,
            }
        }
        self.read_sheets(&mut all, out)?;
        Ok(all)
    }

    /// Reads `paths`; of folders every file in them. Where there are several, one that cannot be
    /// read is named, and the others still count.
    pub(crate) fn read_all(&mut self, paths: &[&PathBuf], out: &mut Output) -> Result<Gathered, Failure> {
        let mut all = Gathered::from(Batch::default());
        let files = all.spread(paths, out)?;
        self.are_several = files.len() + all.failed.len() > 1;
        if let ([path], false) = (&files[..], self.are_several) {
            let asides = std::mem::take(&mut all.batch.asides);
            all.batch = self.read(path, out)?;
            all.batch.asides.extend(asides);
            all.files = files;
            all.holds_more = self.holds_more;
            return Ok(all);
        }
        let of = files.len();
        for (path, number) in files.into_iter().zip(1_usize..) {
            out.progress(&text!("import-reading", number = number, of = of));
            let read = self.read(&path, out);
            if all.take(input::name(&path), read, out)? {
                all.files.push(path);
            }
        }
        out.progress_done();
        self.read_sheets(&mut all, out)?;
        all.holds_more = self.holds_more;
        Ok(all)
    }

    /// Opens the encrypted sheets whose pages are pictures of their own.
    fn read_sheets(&mut self, all: &mut Gathered, out: &mut Output) -> Result<(), Failure> {
        while let Some(sheet) = all.batch.take_sheet() {
            let name = sheet.files.join(", ");
            // Where there is nothing else, what becomes of it is what becomes of everything.
            self.are_several = !all.batch.accounts.is_empty();
            let read = self.unlock_all(sheet.opened, Some(&name), out);
            let read = if self.are_several { read } else { Ok(read?) };
            all.take(name, read, out)?;
        }
        Ok(())
    }
}

impl Gathered {
    /// `paths` with folders replaced by the files in them. Notes what is left out of them.
    fn spread(&mut self, paths: &[&PathBuf], out: &mut Output) -> Result<Vec<PathBuf>, Failure> {
        let mut files = Vec::new();
        for path in paths {
            if !path.is_dir() {
                files.push((*path).clone());
                continue;
            }
            match folder::inside(path) {
                Ok(inside) => {
                    files.extend(inside.files);
                    self.batch.asides.extend(inside.left);
                }
                Err(error) if paths.len() > 1 => self.leave(input::name(path), error.text(), out),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(files)
    }

    /// Takes what was read of the source `name`, one of several, or notes why it gives nothing; tells
    /// which. Whoever gives up gives up everything.
    fn take(&mut self, name: String, read: Result<Batch, Failure>, out: &mut Output) -> Result<bool, Failure> {
        match read {
            Ok(batch) => self.batch.append(batch, &name),
            Err(failure) if failure.exit == Exit::Cancelled => return Err(failure),
            Err(failure) => {
                self.leave(name, failure.text, out);
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Says why the source `name` gives nothing.
    fn leave(&mut self, name: String, reason: Text, out: &mut Output) {
        out.progress_done();
        out.say(&text!("import-file-failed", file = name.as_str(), reason = reason.clone()));
        self.failed.push((name, reason));
    }
}

/// Tells which page of a document is being read, where there are several.
fn tell_pages(done: usize, of: usize, out: &mut Output) {
    if of > 1 {
        out.progress(&text!("import-reading-page", number = (done + 1).min(of), of = of));
    }
}

/// The file called `name` in the folder of `path`.
fn beside(path: &Path, name: &str) -> Option<Zeroizing<Vec<u8>>> {
    let plain = Path::new(name).file_name().is_some_and(|file| file == name);
    plain.then(|| input::file(&path.with_file_name(name)).ok()).flatten()
}

/// The recovery key in a photo, a scan, a text or on standard input.
pub(crate) fn recovery_key_in(path: &Path) -> Result<Secret, Failure> {
    let bytes = if path.as_os_str() == "-" { input::standard()? } else { input::file(path)? };
    Ok(recovery_key::find(&bytes)?)
}

/// The recovery key that was typed, or that is in the photo or file whose name was; a slip as it is.
pub(crate) fn typed_recovery_key(typed: Secret) -> Result<Secret, Failure> {
    // EXPOSE: looked at for a key; the name of a file is no secret.
    let path = typed.expose_text().filter(|text| !recovery_key::is_one(text)).map(|text| Path::new(text.trim()));
    let found = path.filter(|path| path.is_file()).map(recovery_key_in).transpose()?;
    Ok(found.unwrap_or(typed))
}

fn unknown_format(id: &str) -> Failure {
    Failure::new(Exit::Usage, text!("import-no-such-format", format = id)).hint(text!("import-hint-no-such-format"))
}

fn nobody(locked: &Locked) -> Failure {
    let text = if locked.takes_key() { text!("import-needs-recovery-key") } else { text!("import-needs-passphrase") };
    ask::given_up_or(Failure::new(Exit::WrongPassphrase, text).hint(text!("import-hint-needs-passphrase")))
}

/// One of several sources got no passphrase.
fn left_closed() -> Failure {
    Failure::new(Exit::WrongPassphrase, text!("import-left-closed"))
}
