//! The real window on a screen of its own, moved by real keys, and its memory after it was locked.

mod clipboard;
mod desktop;
mod flows;
mod owner;
mod session;
mod signals;

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::leaks::{BYTES, MARKER, list};
use crate::memory::{copies, may_look, writable};
use crate::run::{Otp, PASSPHRASE};

/// The bar for what a test waits for is far lower; a busy machine is no fault of the window.
const PATIENCE: Duration = Duration::from_mins(1);

/// An X server with a screen that is drawn in software.
struct Screen {
    server: Child,
    name: String,
}

impl Screen {
    fn start() -> Self {
        let mut server = Command::new("Xvfb");
        server.args(["-displayfd", "1", "-screen", "0", "800x800x24", "-nolisten", "tcp"]);
        let mut server = server.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("Xvfb is installed");
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        Self { server, name: format!(":{}", number.trim()) }
    }

    /// What `program` says when it is called with `arguments` on this screen.
    fn ask(&self, program: &str, arguments: &[&str]) -> String {
        let mut command = Command::new(program);
        let output = command.env("DISPLAY", &self.name).args(arguments).stderr(Stdio::null()).output();
        String::from_utf8(output.unwrap_or_else(|_| panic!("{program} is installed")).stdout).unwrap()
    }

    fn clipboard(&self) -> String {
        self.ask("xclip", &["-out", "-selection", "clipboard", "-target", "UTF8_STRING"])
    }

    /// Copies `text` as another program does.
    fn copy(&self, text: &str) {
        let mut xclip = Command::new("xclip");
        xclip.env("DISPLAY", &self.name).args(["-in", "-selection", "clipboard"]).stdin(Stdio::piped());
        let mut xclip = xclip.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("xclip is installed");
        xclip.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        xclip.wait().unwrap();
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The window of a profile.
struct Shown {
    screen: Screen,
    process: Child,
    runtime: tempfile::TempDir,
}

impl Shown {
    fn open(otp: &Otp) -> Self {
        Self::with(otp, |_| ())
    }

    /// With what `change` makes of its command.
    fn with(otp: &Otp, change: impl FnOnce(&mut Command)) -> Self {
        Self::of(&otp.profile(), change)
    }

    fn of(profile: &Path, change: impl FnOnce(&mut Command)) -> Self {
        let (screen, runtime) = (Screen::start(), tempfile::tempdir().unwrap());
        let mut command = start(profile, &screen, runtime.path(), &[]);
        change(&mut command);
        let shown = Self { process: command.spawn().unwrap(), screen, runtime };
        shown.focus();
        shown
    }

    /// Waits for the window, and gives it the keys: nobody manages windows here.
    fn focus(&self) {
        let number = self.process.id().to_string();
        let found = self.screen.ask("xdotool", &["search", "--sync", "--onlyvisible", "--pid", &number, "otp"]);
        let id = found.lines().next().expect("a window");
        self.screen.ask("xdotool", &["windowfocus", "--sync", id]);
    }

    fn click(&self, x: u16, y: u16) {
        self.screen.ask("xdotool", &["mousemove", &x.to_string(), &y.to_string(), "click", "1"]);
    }

    fn key(&self, keys: &[&str]) {
        self.screen.ask("xdotool", &[&["key", "--delay", "30"], keys].concat());
    }

    fn write(&self, text: &str) {
        self.screen.ask("xdotool", &["type", "--delay", "20", text]);
    }

    /// Does `deed` until the clipboard holds what `wanted` gives.
    #[track_caller]
    fn until(&self, wanted: &dyn Fn() -> String, deed: &dyn Fn(&Self)) {
        let end = Instant::now() + PATIENCE;
        while self.screen.clipboard() != wanted() {
            assert!(Instant::now() < end, "the clipboard never held it");
            deed(self);
            std::thread::sleep(Duration::from_millis(700));
        }
    }

    fn memory(&self) -> Vec<Vec<u8>> {
        writable(&self.process.id().to_string())
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// `otp-desktop` for `profile`, with `arguments`.
fn start(profile: &Path, screen: &Screen, runtime: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_otp-desktop"));
    command.arg("--profile").arg(profile).args(["--lang", "en"]).args(arguments);
    command.env("DISPLAY", &screen.name).env("XDG_RUNTIME_DIR", runtime).env("LIBGL_ALWAYS_SOFTWARE", "1");
    command.env_remove("WAYLAND_DISPLAY").env_remove("DBUS_SESSION_BUS_ADDRESS");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Searches for an account and copies its code, as often as it takes.
fn copy_code(shown: &Shown, otp: &Otp, name: &str) {
    let code = || otp.run(["now", name]).succeeds().stdout.trim().to_owned();
    shown.until(&code, &|shown| {
        shown.key(&["Escape", "ctrl+f"]);
        shown.write(name);
        shown.key(&["Return"]);
    });
}

/// Waits until the window is unlocked: the first code can be copied.
fn unlock(shown: &Shown, otp: &Otp, name: &str) {
    std::thread::sleep(Duration::from_secs(2));
    shown.write(PASSPHRASE);
    shown.key(&["Return"]);
    std::thread::sleep(Duration::from_secs(1));
    copy_code(shown, otp, name);
}

#[test]
fn the_window_unlocks_copies_and_sees_what_the_terminal_changes() {
    let otp = Otp::with(
        "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n\
         otpauth://totp/Coincheck:jiro?secret=MFRGGZDFMZTWQ2LK&issuer=Coincheck\n",
    );
    let shown = Shown::open(&otp);
    unlock(&shown, &otp, "coincheck");
    let third = "otpauth://totp/Kraken:taro?secret=NBSWY3DPO5XXE3DENBSWY3DPO5XXE3DE&issuer=Kraken\n";
    otp.run(["import", "-", "--yes"]).stdin(third).succeeds();
    copy_code(&shown, &otp, "kraken");
    // A second start hands its link over and ends; what the link holds is shown, and not stored.
    let link = "otpauth://totp/Link:taro?secret=KRSXG5BAONSWG4TFOQQHO2LUNBXXK5BA&issuer=Link";
    let mut second = start(&otp.profile(), &shown.screen, shown.runtime.path(), &[link]).spawn().unwrap();
    let begun = Instant::now();
    while second.try_wait().unwrap().is_none() {
        assert!(begun.elapsed() < PATIENCE, "the second start goes on");
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(Duration::from_secs(3));
    assert!(!otp.run(["list"]).succeeds().stdout.contains("Link"));
}

#[test]
fn no_secret_is_left_in_the_memory_of_a_locked_window() {
    if !may_look() {
        return;
    }
    let otp = Otp::with(&list(MARKER));
    let shown = Shown::open(&otp);
    unlock(&shown, &otp, "binance");
    // The controls: while it is open, the key and the name are there.
    let open = shown.memory();
    assert!(copies(&open, BYTES) > 0 && copies(&open, b"Binance") > 0, "the search finds nothing at all");
    shown.key(&["ctrl+l"]);
    std::thread::sleep(Duration::from_secs(2));
    let locked = shown.memory();
    let lower = MARKER.to_lowercase();
    let spellings: [&[u8]; 4] = [BYTES, MARKER.as_bytes(), lower.as_bytes(), PASSPHRASE.as_bytes()];
    assert_eq!(spellings.map(|spelling| copies(&locked, spelling)), [0; 4], "raw, base32, lower case, passphrase");
}
