//! A power cut for real (G2): profile and keyring lie on a file system of their own, whose image is
//! copied the moment a command has reported success. What the copy holds is what a computer would
//! find after the cut. Needs root and loop devices, and says so where it has not got them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::damage::program::with_the_daemon_stopped;
use crate::loud::loudly;
use crate::run::SECRET;
use crate::session::Session;

/// How many times every command meets a cut.
const ROUNDS: usize = 4;
const IMAGE: &str = "OTP_TEST_IMAGE";
const FOUND: &str = "OTP_TEST_FOUND";
const EXPECTED: &str = "OTP_TEST_EXPECTED";

/// A mounted image, until it is dropped.
struct Mounted(TempDir);

impl Mounted {
    /// `None` where this system does not let us.
    fn new(image: &Path) -> Option<Self> {
        let folder = tempfile::tempdir_in("/tmp").unwrap();
        let status = Command::new("mount").args(["-o", "loop"]).arg(image).arg(folder.path()).output();
        status.is_ok_and(|output| output.status.success()).then_some(Self(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg(self.path()).status().is_ok_and(|status| status.success());
        if !unmounted {
            let _ = Command::new("umount").arg("-l").arg(self.path()).status();
        }
    }
}

#[test]
fn what_was_reported_is_there_after_a_power_cut() {
    let folder = tempfile::tempdir().unwrap();
    let image = folder.path().join("image");
    fs::File::create(&image).unwrap().set_len(64 << 20).unwrap();
    let made = Command::new("mkfs.ext4").args(["-q", "-F"]).arg(&image).status();
    let mounted = made.is_ok_and(|status| status.success()).then(|| Mounted::new(&image)).flatten();
    let Some(mounted) = mounted else {
        return loudly("the power cut was NOT tested: it needs root, mkfs.ext4 and loop devices");
    };
    // The script makes its rooms where TMPDIR says.
    inside("story", &[("TMPDIR", mounted.path()), (IMAGE, &image)]);
}

/// Runs an ignored test of this file in a session of its own.
#[track_caller]
fn inside(name: &str, variables: &[(&str, &Path)]) {
    let mut command = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/with-keyring"));
    command.arg(std::env::current_exe().unwrap());
    command.args(["--exact", &format!("power::{name}"), "--ignored", "--nocapture"]);
    let output = command.envs(variables.iter().copied()).output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

fn path(variable: &str) -> PathBuf {
    PathBuf::from(std::env::var_os(variable).expect("run by another test"))
}

#[test]
#[ignore = "run by another test, with everything on an image"]
fn story() {
    let session = Session::new();
    session.succeeds(&["import", &session.file(&[1, 2])]);
    for round in 0..ROUNDS {
        let next = 10 + 3 * round;
        session.succeeds(&["import", &session.file(&[next, next + 1, next + 2])]);
        cut(&session);
        session.succeeds(&["rename", "site 1", &format!("name {round}")]);
        cut(&session);
        session.succeeds(&["remove", "site 2"]);
        cut(&session);
        session.succeeds(&["restore", "site 2"]);
        cut(&session);
    }
    count(&session);
}

/// Cuts the power, and has what is left compared with what is shown on.
fn cut(session: &Session) {
    let copy = Copy::take(session);
    let expected = serde_json::json!({ "shown": session.shown(), "trash": session.trash() });
    let file = copy.folder.path().join("expected.json");
    fs::write(&file, expected.to_string()).unwrap();
    inside("after_the_cut", &[("TMPDIR", Path::new("/tmp")), (FOUND, &copy.room), (EXPECTED, &file)]);
}

/// The image as it was on the disk at some moment, mounted elsewhere.
struct Copy {
    room: PathBuf,
    _mounted: Mounted,
    folder: TempDir,
}

impl Copy {
    fn take(session: &Session) -> Self {
        let folder = tempfile::tempdir_in("/tmp").unwrap();
        let image = folder.path().join("image");
        let copied = Command::new("cp").arg("--sparse=always").arg(path(IMAGE)).arg(&image).status();
        assert!(copied.unwrap().success());
        let mounted = Mounted::new(&image).expect("it could be mounted before");
        // The name of the room is the same: `/tmp/…/otp-keyring.XXXXXX/home/profile`.
        let home = session.profile().parent().unwrap().to_owned();
        let room = mounted.path().join(home.parent().unwrap().file_name().unwrap());
        Self { room, _mounted: mounted, folder }
    }
}

/// Starts the computer again, so to say, with what was found after the cut.
#[test]
#[ignore = "run by another test, with what a power cut left"]
fn after_the_cut() {
    let (session, found) = (Session::new(), path(FOUND));
    let copy = |from: PathBuf, to: &Path| {
        let copied = Command::new("cp").arg("-rT").arg(&from).arg(to).status().unwrap();
        assert!(copied.success(), "{} is not there", from.display());
    };
    copy(found.join("home/profile"), &session.profile());
    with_the_daemon_stopped(|| copy(found.join("data/keyrings"), &path("XDG_DATA_HOME").join("keyrings")));
    let expected: serde_json::Value = serde_json::from_slice(&fs::read(path(EXPECTED)).unwrap()).unwrap();
    let left = serde_json::json!({ "shown": session.shown(), "trash": session.trash() });
    assert_eq!(left, expected);
}

/// A counter that was used is used after the cut too.
fn count(session: &Session) {
    let file = session.profile().with_extension("txt");
    fs::write(&file, format!("otpauth://hotp/counted?secret={SECRET}&issuer=counted&counter=0")).unwrap();
    session.succeeds(&["import", &file.display().to_string()]);
    for used in 1..=ROUNDS as u64 {
        session.succeeds(&["now", "counted"]);
        let copy = Copy::take(session);
        let index = fs::read(copy.room.join("home/profile/index.json")).unwrap();
        let index: serde_json::Value = serde_json::from_slice(&index).unwrap();
        let counted = index["accounts"].as_array().unwrap().iter().find(|entry| entry["issuer"] == "counted");
        assert_eq!(counted.unwrap()["counter"], used);
    }
}
