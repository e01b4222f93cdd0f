//! The programs that are installed together and stand in one folder.

use std::io;
use std::path::PathBuf;

/// Where the program `name` is: beside this one, or, where this one is a test, in the folder above.
///
/// # Errors
/// When it is in neither place, or this program does not know its own.
pub fn beside(name: &str) -> io::Result<PathBuf> {
    let own = std::env::current_exe()?;
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let places = own.ancestors().skip(1).take(2).map(|folder| folder.join(&file));
    places.into_iter().find(|program| program.is_file()).ok_or_else(|| io::ErrorKind::NotFound.into())
}
