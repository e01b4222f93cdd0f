//! The folders in which Linux keyrings keep their files, made to survive a power cut.
//!
//! GNOME Keyring answers "created" long before its file is on the disk (`security.md` F1): after a
//! power cut the item is there, with an empty secret.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use crate::store::StoreError;

/// Where GNOME Keyring and KDE Wallet keep their files, below the user's data folder.
const FOLDERS: [&str; 2] = ["keyrings", "kwalletd"];

/// Returns when what the keyring programs wrote is on the disk, as far as their folders can be seen.
///
/// # Errors
/// `Disk` when the system cannot promise it.
pub(super) fn sync() -> Result<(), StoreError> {
    let data = data_folder();
    FOLDERS.iter().try_for_each(|name| {
        flush(&data.join(name)).map_err(|error| StoreError::Disk { file: (*name).to_owned(), kind: error.kind() })
    })
}

fn flush(folder: &Path) -> io::Result<()> {
    let folder = match File::open(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        other => other?,
    };
    rustix::fs::syncfs(&folder)?;
    // Some file systems have no such thing for folders; what counts has been done above.
    let _ = folder.sync_all();
    Ok(())
}

/// The user's data folder (XDG Base Directory Specification).
fn data_folder() -> PathBuf {
    let variable = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    variable("XDG_DATA_HOME").unwrap_or_else(|| variable("HOME").unwrap_or_default().join(".local/share"))
}
