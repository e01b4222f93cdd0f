//! Files and standard input, read within limits.

use std::fs::File;
use std::io::{ErrorKind, IsTerminal, Read};
use std::path::Path;

use crate::error::Exit;
use crate::secret::Secret;
use crate::store::StoreError;
use crate::text;
use crate::text::{Lang, Text};
use zeroize::Zeroizing;

use crate::cli::ask;
use crate::cli::failure::Failure;

/// The largest input, in bytes.
const MOST: u64 = 64 << 20;

/// Reads the file `path`.
pub(crate) fn file(path: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    let size = file.metadata().map(|data| (data.is_dir(), data.len()));
    match size {
        Ok((true, _)) => Err(unreadable(path, &ErrorKind::IsADirectory.into())),
        Ok((_, size)) if size > MOST => Err(too_large()),
        _ => read(file).map_err(|error| error.map_or_else(too_large, |error| unreadable(path, &error))),
    }
}

/// What the system said of a file that was given, and what can be done about that.
fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    let failure = Failure::from(StoreError::disk(path, error));
    match error.kind() {
        ErrorKind::NotFound => failure.hint(text!("cli-hint-not-found")),
        ErrorKind::PermissionDenied => failure.hint(text!("cli-hint-denied")),
        ErrorKind::IsADirectory => failure.hint(text!("cli-hint-folder")),
        _ => failure.hint(text!("cli-hint-unreadable")),
    }
}

/// Reads standard input to its end.
pub(crate) fn standard() -> Result<Zeroizing<Vec<u8>>, Failure> {
    read(std::io::stdin()).map_err(|error| error.map_or_else(too_large, |error| unreadable(Path::new("-"), &error)))
}

/// Whether standard input is a pipe or a file rather than the keyboard.
pub(crate) fn is_piped() -> bool {
    !std::io::stdin().is_terminal()
}

/// A secret from standard input, or else asked for without showing it.
pub(crate) fn secret(question: &Text, lang: Lang) -> Result<Secret, Failure> {
    if is_piped() {
        return Ok(Secret::new(standard()?.to_vec()));
    }
    ask::hidden(question, lang).ok_or_else(ask::nobody)
}

/// The last part of `path`, to name it by.
pub(crate) fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Reads to the end; `None` as error means that there was too much.
fn read(source: impl Read) -> Result<Zeroizing<Vec<u8>>, Option<std::io::Error>> {
    let mut bytes = Zeroizing::new(Vec::new());
    source.take(MOST + 1).read_to_end(&mut bytes).map_err(Some)?;
    if bytes.len() as u64 > MOST { Err(None) } else { Ok(bytes) }
}

fn too_large() -> Failure {
    Failure::new(Exit::BadInput, text!("cli-too-large", mebibytes = MOST >> 20)).hint(text!("cli-hint-too-large"))
}

/// The passphrase in the first line of `path`, which nobody else may read.
pub(crate) fn passphrase_file(path: &Path) -> Result<Secret, Failure> {
    let name = name(path);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let known = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        // What is no file is refused below, in its own words.
        if known.is_file() && known.permissions().mode() & 0o077 != 0 {
            let text = text!("cli-passphrase-file-open", file = name.as_str());
            return Err(
                Failure::new(Exit::BadInput, text).hint(text!("cli-hint-passphrase-file-open", file = name.as_str()))
            );
        }
    }
    let bytes = file(path)?;
    let end = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(bytes.len());
    if end == 0 {
        return Err(Failure::new(Exit::BadInput, text!("cli-passphrase-file-empty", file = name.as_str())));
    }
    Ok(Secret::new(bytes.get(..end).unwrap_or_default().to_vec()))
}
