//! The programs that are installed together and stand in one folder.

use std::io;
use std::path::{Path, PathBuf};

/// Where the tools that build programs put tests and benchmarks: one folder below the programs.
const TESTS: &str = "deps";

/// Where the program `name` is: beside this one, or, where this one is a test, in the folder above.
/// No other folder is looked into: what lies there may be anybody's.
///
/// # Errors
/// When it is in neither place, or this program does not know its own.
pub fn beside(name: &str) -> io::Result<PathBuf> {
    let own = std::env::current_exe()?;
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let own_folder = own.parent();
    let above = own_folder.filter(|folder| folder.ends_with(TESTS)).and_then(Path::parent);
    let mut places = own_folder.into_iter().chain(above).map(|folder| folder.join(&file));
    places.find(|program| program.is_file()).ok_or_else(|| io::ErrorKind::NotFound.into())
}
