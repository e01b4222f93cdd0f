//! The real program on the real keyring, in a session that is thrown away. Linux only.
#![cfg(target_os = "linux")]
#![expect(clippy::print_stdout, reason = "numbers for whoever asks with `--nocapture`")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use otp::account::{Account, Algorithm, Kind, Parts};
use otp::clock::UnixTime;
use otp::code;
use otp::secret::Secret;

/// Has the ignored test `name` run inside `scripts/with-keyring`.
#[track_caller]
pub(crate) fn run_inside(name: &str) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/with-keyring");
    let mut command = Command::new(script);
    command.arg(std::env::current_exe().unwrap()).args(["--exact", name, "--ignored", "--nocapture"]);
    let output = command.output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
    for line in said.lines().filter(|line| line.starts_with("measured: ")) {
        println!("{line}");
    }
}

/// A profile of its own inside a private keyring.
pub(crate) struct Session {
    home: PathBuf,
}

/// The accounts as a command shows them: by issuer the name, each with its right code.
pub(crate) type Shown = BTreeMap<String, String>;

impl Session {
    /// # Panics
    /// Outside `scripts/with-keyring`, where a keyring of the user's could answer.
    pub(crate) fn new() -> Self {
        let private = std::env::var_os("OTP_TEST_KEYRING").is_some();
        assert!(private, "this test needs a private keyring: run it inside `scripts/with-keyring`");
        Self { home: PathBuf::from(std::env::var_os("HOME").unwrap()) }
    }

    pub(crate) fn profile(&self) -> PathBuf {
        self.home.join("profile")
    }

    /// The words that start the program on this profile.
    pub(crate) fn words(&self) -> Vec<String> {
        let profile = self.profile().display().to_string();
        [env!("CARGO_BIN_EXE_otp"), "--lang", "en", "--yes", "--profile", &profile].map(str::to_owned).to_vec()
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let words = self.words();
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).args(arguments);
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs what has to succeed.
    #[track_caller]
    pub(crate) fn succeeds(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs the program while `fault` hits its call number `when` of `call`; with a `+` at its end
    /// every later one too.
    pub(crate) fn faulted(&self, fault: &str, call: &str, when: usize, arguments: &[&str]) -> Output {
        self.faulting(fault, call, when, arguments).output().unwrap()
    }

    /// The same call, for whoever gives it an input.
    pub(crate) fn faulting(&self, fault: &str, call: &str, when: usize, arguments: &[&str]) -> Command {
        let mut strace = Command::new("strace");
        strace.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace=?{call}")]);
        let (fault, for_good) = fault.strip_suffix('+').map_or((fault, ""), |fault| (fault, "+"));
        strace.args(["-e", &format!("inject=?{call}:{fault}:when={when}{for_good}")]);
        strace.args(self.words()).args(arguments);
        strace
    }

    /// A file with the accounts `numbers`.
    pub(crate) fn file(&self, numbers: &[usize]) -> String {
        let path = self.home.join(format!("accounts-{}.txt", numbers[0]));
        let lines = numbers.iter().map(|number| {
            let line = otp::uri::write(&account(*number));
            format!("{}\n", line.expose_text().unwrap())
        });
        fs::write(&path, lines.collect::<String>()).unwrap();
        path.display().to_string()
    }

    /// The accounts, each with its code compared; none is there twice.
    #[track_caller]
    pub(crate) fn shown(&self) -> Shown {
        let mut shown = Shown::new();
        for entry in entries(&self.succeeds(&["list", "--codes", "--json"])) {
            let issuer = entry["issuer"].as_str().unwrap().to_owned();
            let number = issuer.trim_start_matches("site ").parse().unwrap();
            let from = UnixTime(entry["valid_from"].as_u64().unwrap());
            assert_eq!(entry["code"], code::at(&account(number), from).digits, "{issuer}");
            assert_eq!(shown.insert(issuer, entry["name"].as_str().unwrap().to_owned()), None, "twice");
        }
        shown
    }

    /// The issuers of what is in the trash.
    #[track_caller]
    pub(crate) fn trash(&self) -> Vec<String> {
        let entries = entries(&self.succeeds(&["trash", "--json"]));
        entries.iter().map(|entry| entry["issuer"].as_str().unwrap().to_owned()).collect()
    }
}

fn entries(answer: &str) -> Vec<serde_json::Value> {
    let answer: serde_json::Value = serde_json::from_str(answer).unwrap();
    answer["accounts"].as_array().unwrap().clone()
}

fn account(number: usize) -> Account {
    let kind = Kind::Totp { period: 30 };
    let secret = Secret::from_text(format!("key {number:06}"));
    let (issuer, name) = (format!("site {number}"), "taro".to_owned());
    Account::new(Parts { issuer, name, kind, algorithm: Algorithm::Sha1, digits: 6, secret, pin: None }).unwrap()
}
