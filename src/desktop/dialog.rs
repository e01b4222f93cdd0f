//! The system's windows to choose files in. Where there are none, the views take a path instead.

use std::path::PathBuf;

use otp::text;

use crate::failure::Failure;
use crate::worker::{Task, Worker};

/// Asks for files to read; none if the user closed the window.
pub(crate) fn files(worker: &Worker) -> Task<Vec<PathBuf>> {
    worker.aside(|_| {
        available()?;
        Ok(rfd::FileDialog::new().pick_files().unwrap_or_default())
    })
}

/// Asks where to write a file, which `name` suggests.
pub(crate) fn save(worker: &Worker, name: String) -> Task<Option<PathBuf>> {
    worker.aside(move |_| {
        available()?;
        Ok(rfd::FileDialog::new().set_file_name(name).save_file())
    })
}

fn available() -> Result<(), Failure> {
    if is_available() {
        return Ok(());
    }
    Err(Failure::new(text!("desktop-no-dialog"), text!("desktop-no-dialog-hint")))
}

/// Whether the desktop has such windows: its portal, or the program that stands in for it.
#[cfg(target_os = "linux")]
fn is_available() -> bool {
    has_portal().unwrap_or(false) || has_zenity()
}

#[cfg(not(target_os = "linux"))]
fn is_available() -> bool {
    true
}

#[cfg(target_os = "linux")]
fn has_portal() -> zbus::Result<bool> {
    const PORTAL: &str = "org.freedesktop.portal.Desktop";
    let bus = zbus::blocking::Connection::session()?;
    let names = zbus::blocking::fdo::DBusProxy::new(&bus)?;
    let is_portal = |name: &zbus::names::OwnedBusName| name.as_str() == PORTAL;
    Ok(names.list_names()?.iter().any(is_portal) || names.list_activatable_names()?.iter().any(is_portal))
}

#[cfg(target_os = "linux")]
fn has_zenity() -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join("zenity").is_file())
}
