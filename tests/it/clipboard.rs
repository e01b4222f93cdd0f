//! The clipboard's helper against a real X server, asked by `xclip`.
//!
//! Every test has an X server of its own. Upper bounds are loose, because a busy machine is no
//! fault of the helper.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// What the helper answers when the clipboard holds the code, and when there is no clipboard.
const HOLDS: u8 = b'+';
const NO_DESKTOP: u8 = b'd';
const PATIENCE: Duration = Duration::from_secs(20);

/// An X server of its own.
pub(crate) struct Display {
    server: Child,
    /// What `DISPLAY` says of it.
    pub(crate) name: String,
}

impl Display {
    fn start() -> Self {
        Self::with_screen("64x64x24")
    }

    /// With a screen of this width, height and depth.
    pub(crate) fn with_screen(size: &str) -> Self {
        let mut server = Command::new("Xvfb");
        server.args(["-displayfd", "1", "-screen", "0", size, "-nolisten", "tcp"]);
        let mut server = server.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("Xvfb is installed");
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        Self { server, name: format!(":{}", number.trim()) }
    }

    /// Starts the helper with `code` for `seconds`, and waits until it holds the clipboard.
    fn hold(&self, code: &str, seconds: u64) -> Helper {
        let mut helper = Helper::start(&self.name, code, seconds);
        assert_eq!(helper.answer(), Some(HOLDS));
        helper
    }

    /// Starts the helper with `code` that is lent to it, and waits until it holds the clipboard.
    fn lend(&self, code: &str) -> (Helper, ChildStdin) {
        let (mut helper, line) = Helper::told(&self.name, &format!("{code}\n"), 600);
        assert_eq!(helper.answer(), Some(HOLDS));
        (helper, line)
    }

    fn xclip(&self, arguments: &[&str]) -> Command {
        let mut xclip = Command::new("xclip");
        xclip.env("DISPLAY", &self.name).args(arguments).stderr(Stdio::null());
        xclip
    }

    /// What a selection holds as `target`; empty if it has no owner.
    fn read(&self, selection: &str, target: &str) -> String {
        let output = self.xclip(&["-out", "-selection", selection, "-target", target]).output();
        String::from_utf8(output.expect("xclip is installed").stdout).unwrap()
    }

    pub(crate) fn text(&self) -> String {
        self.read("clipboard", "UTF8_STRING")
    }

    /// Copies `text` as another program does.
    fn copy(&self, text: &str) {
        self.copy_as("UTF8_STRING", text.as_bytes());
    }

    /// Copies `content` of the type `target` as another program does.
    pub(crate) fn copy_as(&self, target: &str, content: &[u8]) {
        let mut xclip = self.xclip(&["-in", "-selection", "clipboard", "-target", target]);
        let mut xclip = xclip.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        xclip.stdin.take().unwrap().write_all(content).unwrap();
        assert!(xclip.wait().unwrap().success());
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

struct Helper {
    process: Child,
    stdout: ChildStdout,
}

impl Helper {
    fn start(display: &str, code: &str, seconds: u64) -> Self {
        Self::told(display, code, seconds).0
    }

    /// One that is told `words`, and the other end of what it listens to.
    fn told(display: &str, words: &str, seconds: u64) -> (Self, ChildStdin) {
        let mut helper = Command::new(env!("CARGO_BIN_EXE_otp"));
        helper.args(["clipboard-hold", &seconds.to_string()]);
        helper.env_remove("WAYLAND_DISPLAY").env("DISPLAY", display);
        helper.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = helper.spawn().unwrap();
        let mut line = process.stdin.take().unwrap();
        line.write_all(words.as_bytes()).unwrap();
        let stdout = process.stdout.take().unwrap();
        (Self { process, stdout }, line)
    }

    /// The helper's one byte; `None` if it ends without.
    fn answer(&mut self) -> Option<u8> {
        let mut answer = [0];
        self.stdout.read_exact(&mut answer).ok().map(|()| answer[0])
    }

    fn signal(&self, name: &str) {
        let kill = Command::new("kill").args(["-s", name, &self.process.id().to_string()]).status();
        assert!(kill.unwrap().success());
    }

    /// Waits for the helper's end.
    fn end(mut self) -> ExitStatus {
        let started = Instant::now();
        loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status;
            }
            assert!(started.elapsed() < PATIENCE, "the helper does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn a_code_is_there_until_its_time_is_over() {
    let display = Display::start();
    let started = Instant::now();
    let helper = display.hold("123456", 3);
    assert_eq!(display.text(), "123456");
    assert_eq!(display.text(), "123456", "it can be pasted more than once");
    assert!(helper.end().success());
    assert!(started.elapsed() >= Duration::from_secs(3));
    assert_eq!(display.text(), "");
}

#[test]
fn a_code_is_marked_as_not_to_be_recorded() {
    let display = Display::start();
    let _helper = display.hold("123456", 60);
    let targets = display.read("clipboard", "TARGETS");
    assert!(targets.lines().any(|target| target == "x-kde-passwordManagerHint"), "{targets}");
    assert_eq!(display.read("clipboard", "x-kde-passwordManagerHint"), "secret");
}

#[test]
fn the_primary_selection_is_left_alone() {
    let display = Display::start();
    let _helper = display.hold("123456", 60);
    assert_eq!(display.read("primary", "TARGETS"), "");
}

#[test]
fn what_was_copied_meanwhile_stays() {
    let display = Display::start();
    let helper = display.hold("123456", 60);
    display.copy("something else");
    assert!(helper.end().success(), "the helper has nothing left to do");
    assert_eq!(display.text(), "something else");
}

#[test]
fn a_code_taken_over_by_a_clipboard_manager_is_cleared_all_the_same() {
    let display = Display::start();
    let helper = display.hold("123456", 2);
    display.copy("123456");
    assert_eq!(display.text(), "123456");
    assert!(helper.end().success());
    assert_eq!(display.text(), "");
}

#[test]
fn signals_clear_the_clipboard() {
    let display = Display::start();
    for signal in ["TERM", "INT", "HUP"] {
        let helper = display.hold("123456", 600);
        assert_eq!(display.text(), "123456");
        helper.signal(signal);
        assert!(helper.end().success(), "SIG{signal}");
        assert_eq!(display.text(), "", "SIG{signal}");
    }
}

#[test]
fn a_signal_leaves_what_was_copied_meanwhile() {
    let display = Display::start();
    let helper = display.hold("123456", 600);
    display.copy("something else");
    helper.signal("TERM");
    helper.end();
    assert_eq!(display.text(), "something else");
}

#[test]
fn a_code_that_is_lent_goes_with_whoever_lent_it() {
    let display = Display::start();
    let (helper, line) = display.lend("123456");
    assert_eq!(display.text(), "123456");
    drop(line);
    assert!(helper.end().success());
    assert_eq!(display.text(), "");
    let (helper, line) = display.lend("123456");
    display.copy("something else");
    drop(line);
    assert!(helper.end().success());
    assert_eq!(display.text(), "something else");
}

#[test]
fn a_code_that_is_given_up_leaves_the_next_one_alone() {
    let display = Display::start();
    let (older, mut line) = display.lend("123456");
    let (_newer, _line) = display.lend("123456");
    line.write_all(b"-").unwrap();
    assert!(older.end().success());
    assert_eq!(display.text(), "123456");
}

#[test]
fn without_a_desktop_the_answer_says_so() {
    let mut helper = Helper::start(":4095", "123456", 3);
    assert_eq!(helper.answer(), Some(NO_DESKTOP));
    assert!(!helper.end().success());
}
