//! Reads what the user brings, however many passphrases that takes: on a thread beside the window,
//! which only asks for the next passphrase.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui;
use otp::app::{folder, recovery_key};
use otp::error::Explain;
use otp::import::{self, Batch, Format, ImportError, Locked, Opened, Other, Sheet, SkipReason, Source};
use otp::key;
use otp::qr;
use otp::secret::Secret;
use otp::store::StoreError;
use otp::text;
use otp::text::Text;
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::worker::Progress;

/// Something that the user brings.
pub(crate) enum Offered {
    /// A file, or a folder of files.
    Path(PathBuf),
    /// Content from elsewhere, and what to call it.
    Content(String, Zeroizing<Vec<u8>>),
    /// A picture from the clipboard.
    Picture(Arc<egui::ColorImage>),
    /// A backup key and nothing else: its names have to be asked for.
    Key(Zeroizing<String>),
    /// What a view has made already.
    Batch(Batch),
}

impl Offered {
    /// What was dropped on the window.
    pub(crate) fn dropped(file: &egui::DroppedFileHandle) -> Self {
        Self::Path(file.path().to_owned())
    }

    /// What `event` pastes, if that is meant for the whole window: a picture always; a text unless
    /// the user `writes` into a field, and on the list of codes only if it is a key or an address.
    pub(crate) fn pasted(event: &egui::Event, writes: bool) -> Option<Self> {
        match event {
            egui::Event::PasteImage(picture) => Some(Self::Picture(Arc::clone(picture))),
            egui::Event::Paste(text) if !writes && is_content(text) => Some(Self::text(text.clone())),
            _ => None,
        }
    }

    /// A text from the clipboard.
    pub(crate) fn text(text: String) -> Self {
        if key::looks_like_secret(&text) && key::read(&text).is_ok() {
            return Self::Key(Zeroizing::new(text));
        }
        Self::Content(String::new(), Zeroizing::new(text.into_bytes()))
    }
}

/// Whether a pasted text is to be read, rather than typed.
fn is_content(text: &str) -> bool {
    text.contains('\n') || key::looks_like_secret(text) || recovery_key::is_one(text)
}

/// A file whose content is on this computer, and how much of it came in.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    pub(crate) path: PathBuf,
    /// Whether it usually holds more than accounts.
    pub(crate) holds_more: bool,
}

/// What is read so far, and what is still to be read.
#[derive(Default)]
pub(crate) struct Reader {
    waiting: Vec<Offered>,
    /// How many sources there are. One of several may fail.
    of: usize,
    /// Whether it adds to what others have read.
    adds: bool,
    format: Option<&'static dyn Format>,
    /// The passphrase that opened the source before.
    last: Option<Secret>,
    pub(crate) batch: Batch,
    /// The sources that could not be read, and why.
    pub(crate) failed: Vec<(String, Text)>,
    pub(crate) origins: Vec<Origin>,
    /// The backup key that is all there is in the only source, a picture: its names have to be asked for.
    pub(crate) key: Option<Zeroizing<String>>,
    /// The file that is being read.
    origin: Option<Origin>,
    name: String,
}

/// How far a reader came.
pub(crate) enum Step {
    /// Everything is read.
    Done(Reader),
    /// The next source takes a passphrase or the recovery key; why the last one did not fit.
    Locked { reader: Reader, locked: Locked, wrong: Option<ImportError> },
}

impl Reader {
    /// A reader of `offered`, which are of the format `format` if their owner says so.
    pub(crate) fn new(offered: Vec<Offered>, format: Option<&'static dyn Format>) -> Self {
        Self { waiting: offered, format, ..Self::default() }
    }

    /// Adds to `batch`, which is not lost whatever cannot be read.
    pub(crate) fn onto(self, batch: Batch) -> Self {
        Self { batch, adds: true, ..self }
    }

    /// Tries `last` before it asks for a passphrase.
    pub(crate) fn trying(self, last: Option<Secret>) -> Self {
        Self { last, ..self }
    }

    /// The passphrase that opened the last source, for the next reader.
    pub(crate) fn take_last(&mut self) -> Option<Secret> {
        self.last.take()
    }

    /// What the source that is being read is called.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Reads on.
    pub(crate) fn run(mut self, progress: &Progress) -> Result<Step, Failure> {
        self.spread()?;
        self.of = self.waiting.len() + self.failed.len();
        self.waiting.reverse();
        self.go_on(progress)
    }

    fn are_several(&self) -> bool {
        self.of > 1 || self.adds
    }

    /// Tells which of several sources it is at.
    fn tell(&self, progress: &Progress) {
        if self.of > 1 {
            progress.tell(self.of.saturating_sub(self.waiting.len() + 1), self.of);
        }
    }

    fn go_on(mut self, progress: &Progress) -> Result<Step, Failure> {
        while let Some(offered) = self.waiting.pop().filter(|_| !progress.is_cancelled()) {
            self.tell(progress);
            match self.open(offered, progress) {
                Ok(Opened::Batch(batch)) => self.take(batch),
                Ok(Opened::Locked(locked)) => return self.unlock_with_last(locked, progress),
                Err(failure) if self.are_several() => self.fail(failure.text),
                Err(failure) => return Err(failure),
            }
        }
        // The pages of an encrypted sheet are pictures of their own.
        match self.batch.take_sheet() {
            Some(Sheet { files, opened: Opened::Locked(locked) }) => {
                self.name = files.join(", ");
                self.unlock_with_last(locked, progress)
            }
            _ => Ok(Step::Done(self)),
        }
    }

    /// Tries `passphrase` on `locked`, and reads on if it fits.
    pub(crate) fn unlock(mut self, locked: Locked, passphrase: Secret, progress: &Progress) -> Result<Step, Failure> {
        self.tell(progress);
        match locked.unlock(&passphrase) {
            Ok(opened) => {
                self.last = Some(passphrase);
                match opened {
                    Opened::Batch(batch) => {
                        self.take(batch);
                        self.go_on(progress)
                    }
                    Opened::Locked(inner) => self.unlock_with_last(inner, progress),
                }
            }
            Err(error) if error.is_wrong_key() => Ok(Step::Locked { reader: self, locked, wrong: Some(error) }),
            Err(error) => self.give_up(error, progress),
        }
    }

    /// Leaves the locked source out, and reads on.
    pub(crate) fn skip(mut self, reason: Text, progress: &Progress) -> Result<Step, Failure> {
        self.fail(reason);
        self.go_on(progress)
    }

    /// Exports of one app often share a passphrase.
    fn unlock_with_last(mut self, locked: Locked, progress: &Progress) -> Result<Step, Failure> {
        match self.last.as_ref().map(|last| locked.unlock(last)) {
            Some(Ok(Opened::Batch(batch))) => {
                self.take(batch);
                self.go_on(progress)
            }
            Some(Ok(Opened::Locked(inner))) => Ok(Step::Locked { reader: self, locked: inner, wrong: None }),
            // The key fits, and what is behind it is damaged: to ask for the key again would not help.
            Some(Err(error)) if locked.takes_key() && !error.is_wrong_key() => self.give_up(error, progress),
            _ => Ok(Step::Locked { reader: self, locked, wrong: None }),
        }
    }

    /// One of several sources may fail.
    fn give_up(self, error: ImportError, progress: &Progress) -> Result<Step, Failure> {
        if self.are_several() { self.skip(error.text(), progress) } else { Err(error.into()) }
    }

    fn take(&mut self, batch: Batch) {
        let name = std::mem::take(&mut self.name);
        if self.are_several() {
            self.batch.append(batch, &name);
        } else {
            let asides = std::mem::replace(&mut self.batch, batch).asides;
            self.batch.asides.extend(asides);
        }
        self.origins.extend(self.origin.take());
    }

    fn fail(&mut self, reason: Text) {
        self.origin = None;
        self.failed.push((std::mem::take(&mut self.name), reason));
    }

    fn open(&mut self, offered: Offered, progress: &Progress) -> Result<Opened, Failure> {
        let told = |done, of| progress.tell_pages(done, of);
        match offered {
            Offered::Batch(batch) => Ok(Opened::Batch(batch)),
            Offered::Content(name, bytes) => {
                self.name = name;
                self.recognize(&Source::new(&bytes).telling(&told))
            }
            Offered::Key(text) => self.recognize(&Source::new(text.as_bytes())),
            Offered::Picture(picture) => self.recognize(&Source::new(&bitmap(&picture)?)),
            Offered::Path(path) => {
                self.name = file_name(&path);
                let bytes = read(&path)?;
                self.origin = Some(Origin { path: path.clone(), holds_more: false });
                let name = self.name.clone();
                let beside = |other: &str| beside(&path, other);
                self.recognize(&Source::new(&bytes).named(&name).with(&beside).telling(&told))
            }
        }
    }

    fn recognize(&mut self, source: &Source<'_>) -> Result<Opened, Failure> {
        let Some(format) = self.format.or_else(|| import::recognize(source)) else {
            // Says why.
            return Ok(import::open(source)?);
        };
        if let Some(origin) = &mut self.origin {
            origin.holds_more = format.holds_more();
        }
        let opened = import::open_as(format, source)?;
        if let Opened::Batch(batch) = &opened
            && !self.are_several()
        {
            self.key = key_alone(batch, source.bytes());
        }
        Ok(opened)
    }

    /// Replaces folders by the files in them. Notes what is left out of them.
    fn spread(&mut self) -> Result<(), Failure> {
        let offered = std::mem::take(&mut self.waiting);
        let several = offered.len() > 1;
        for offered in offered {
            let Offered::Path(path) = &offered else {
                self.waiting.push(offered);
                continue;
            };
            if !path.is_dir() {
                self.waiting.push(offered);
                continue;
            }
            match folder::inside(path) {
                Ok(inside) => {
                    self.waiting.extend(inside.files.into_iter().map(Offered::Path));
                    self.batch.asides.extend(inside.left);
                }
                Err(error) if several => self.failed.push((file_name(path), error.text())),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

/// The backup key that is all there is in `bytes`, which gave `batch`: nothing says whose it is.
fn key_alone(batch: &Batch, bytes: &[u8]) -> Option<Zeroizing<String>> {
    let alone = |reason: &SkipReason| matches!(reason, SkipReason::Other(Other::Key));
    // Receipts never hold a key, so it is read once more.
    match &batch.skipped[..] {
        [] if batch.accounts.len() == 1 => import::bare_key(bytes),
        [only] if batch.accounts.is_empty() && alone(&only.reason) => import::bare_key(bytes).or_else(|| key_in(bytes)),
        _ => None,
    }
}

/// What the only QR code of `picture` says.
fn key_in(picture: &[u8]) -> Option<Zeroizing<String>> {
    let found = qr::read(picture).ok()?;
    <[qr::Found; 1]>::try_from(found).ok().map(|[code]| code.text)
}

/// The last part of `path`, to name it by.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Reads the file `path`, unless it is too big to be meant, or none: a device may have no end, and
/// a pipe may never begin.
pub(crate) fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
    const MOST: u64 = (import::MAX_MIB as u64) << 20;
    let failed = |error: std::io::Error| Failure::from(StoreError::disk(path, &error));
    let known = std::fs::metadata(path).map_err(failed)?;
    if !known.is_file() {
        let text = text!("desktop-no-file", file = file_name(path));
        return Err(Failure::new(text, text!("desktop-no-file-hint")));
    }
    // The room is there at once, so that no copy stays behind; and a file may grow meanwhile.
    let size = usize::try_from(known.len().min(MOST)).unwrap_or_default();
    let mut bytes = Zeroizing::new(Vec::with_capacity(size + 1));
    let file = std::fs::File::open(path).map_err(failed)?;
    file.take(MOST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MOST { Err(ImportError::TooBig.into()) } else { Ok(bytes) }
}

/// The file called `name` in the folder of `path`.
fn beside(path: &Path, name: &str) -> Option<Zeroizing<Vec<u8>>> {
    let plain = Path::new(name).file_name().is_some_and(|file| file == name);
    plain.then(|| read(&path.with_file_name(name)).ok()).flatten()
}

/// `picture` as a file that decoders read.
pub(crate) fn bitmap(picture: &egui::ColorImage) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let [width, height] = picture.size.map(|side| u32::try_from(side).unwrap_or(u32::MAX));
    let bytes = picture.pixels.iter().flat_map(egui::Color32::to_array).collect();
    let damaged = || Failure::from(otp::qr::QrError::Damaged);
    let picture = image::RgbaImage::from_raw(width, height, bytes).ok_or_else(damaged)?;
    let mut file = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut file, image::ImageFormat::Bmp).map_err(|_| damaged())?;
    Ok(Zeroizing::new(file.into_inner()))
}
