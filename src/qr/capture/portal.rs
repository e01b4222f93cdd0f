//! The screen of a Wayland desktop, which only its portal may show to programs.
//!
//! The portal writes the picture into a file, so it is on the disk for a moment; that cannot be
//! avoided. Interface: XDG Desktop Portal, `org.freedesktop.portal.Screenshot`.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::File;
use std::io::Read;
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;

use rustix::process::{DumpableBehavior, dumpable_behavior, set_dumpable_behavior};
use zeroize::Zeroizing;
use zvariant::{OwnedObjectPath, OwnedValue, Value};

use super::{CaptureError, Shot};
use crate::bus::{BUS, Bus, BusError, Target, unescape};

/// How long a person has to answer whether the screen may be seen, in seconds.
const PATIENCE: u64 = 120;
/// The largest picture, in bytes.
const MOST: u64 = 64 << 20;

const PORTAL: Target<'_> = Target {
    name: "org.freedesktop.portal.Desktop",
    path: "/org/freedesktop/portal/desktop",
    interface: "org.freedesktop.portal.Screenshot",
};

pub(super) fn shots() -> Result<Vec<Shot>, CaptureError> {
    let file = ask().map_err(|error| match error {
        BusError::TimedOut { .. } => CaptureError::Denied,
        BusError::Refused { name } if name.starts_with("org.freedesktop.portal.Error.") => CaptureError::Denied,
        BusError::Absent | BusError::Refused { .. } => CaptureError::NoPortal,
    })?;
    let picture = take(file.ok_or(CaptureError::Denied)?)?;
    Ok(vec![Shot { monitor: String::new(), picture }])
}

/// Asks the portal for a picture; the file it is in, or `None` if somebody said no.
fn ask() -> Result<Option<PathBuf>, BusError> {
    let _visible = Visible::start();
    let mut bus = Bus::session()?;
    let rule = "type='signal',interface='org.freedesktop.portal.Request',member='Response'";
    let () = bus.call(BUS, "AddMatch", &(rule,))?;
    let options = HashMap::from([("interactive", Value::from(false))]);
    bus.wait_at_most(PATIENCE)?;
    let request: OwnedObjectPath = bus.call(PORTAL, "Screenshot", &("", options))?;
    let (answer, results): (u32, HashMap<String, OwnedValue>) = bus.signal(&request, "Response")?;
    let uri = results.get("uri").and_then(|uri| uri.downcast_ref::<&str>().ok());
    Ok(uri.filter(|_| answer == 0).and_then(path))
}

/// While this lives, other programs of the user may look at what this process is. The portal wants
/// to know who asks, and refuses a process that hides itself, as ours do (`security.md` R3.3).
struct Visible(Option<DumpableBehavior>);

impl Visible {
    fn start() -> Self {
        let before = dumpable_behavior().ok();
        // Where it cannot be changed, the portal says what it thinks of it.
        let _ = set_dumpable_behavior(DumpableBehavior::Dumpable);
        Self(before)
    }
}

impl Drop for Visible {
    fn drop(&mut self) {
        if let Some(before) = self.0 {
            let _ = set_dumpable_behavior(before);
        }
    }
}

/// The path that a `file://` address names.
fn path(uri: &str) -> Option<PathBuf> {
    let path = uri.strip_prefix("file://")?;
    let path = path.strip_prefix("localhost").unwrap_or(path);
    Some(PathBuf::from(OsString::from_vec(unescape(path)?))).filter(|path| path.is_absolute())
}

/// The content of `file`, which is deleted before it is read: what is open stays readable.
fn take(file: PathBuf) -> Result<Zeroizing<Vec<u8>>, CaptureError> {
    let open = File::open(&file);
    if std::fs::remove_file(&file).is_err() && file.exists() {
        return Err(CaptureError::Left { file });
    }
    let mut bytes = Zeroizing::new(Vec::new());
    open.and_then(|open| open.take(MOST).read_to_end(&mut bytes)).map_err(|_| CaptureError::Unreadable)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn addresses_of_files_are_paths() {
        #[track_caller]
        fn case(uri: &str, expected: Option<&str>) {
            assert_eq!(path(uri).as_deref(), expected.map(Path::new));
        }
        case("file:///home/t/Pictures/Screenshot%20from%201.png", Some("/home/t/Pictures/Screenshot from 1.png"));
        case("file://localhost/tmp/%E7%94%BB%E5%83%8F.png", Some("/tmp/画像.png"));
        case("https://example.com/a.png", None);
        case("file://other/a.png", None);
        case("file:///tmp/%", None);
    }

    #[test]
    fn the_file_is_gone_once_it_was_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("shot.png");
        std::fs::write(&file, b"pixels").unwrap();
        assert_eq!(**take(file.clone()).unwrap(), *b"pixels");
        assert!(!file.exists());
        assert_eq!(take(file), Err(CaptureError::Unreadable));
        // A folder is no file that could be deleted.
        assert_eq!(take(folder.path().to_owned()), Err(CaptureError::Left { file: folder.path().to_owned() }));
    }
}
