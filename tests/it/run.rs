//! `otp` as a person or a script runs it: a throw-away home, a command, what it must say.
//!
//! Each [`Otp`] has an empty vault, made once and copied. Its passphrase is protected by next to no
//! scrypt work, so that a command takes no longer than with a keyring. No command sees a terminal
//! or a keyring unless its test says so.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use otp::crypto::age::{self, MOST_WORK};
use otp::error::Exit;
use otp::secret::Secret;
use tempfile::TempDir;

/// The passphrase of every vault here.
pub(crate) const PASSPHRASE: &str = "coral plow ninja marsh";
/// The secret of RFC 6238 for SHA-1.
pub(crate) const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/// A home folder with a profile, and the program to run in it.
pub(crate) struct Otp {
    home: TempDir,
    everywhere: Vec<String>,
}

impl Otp {
    /// A home with an empty vault, opened by a passphrase file.
    pub(crate) fn new() -> Self {
        static MADE: OnceLock<TempDir> = OnceLock::new();
        let made = MADE.get_or_init(|| {
            let made = Self::bare().with_vault_options();
            made.run(["vault", "create"]).succeeds();
            make_light(&made.profile());
            made.home
        });
        let copy = Self::bare().with_vault_options();
        fs::create_dir(copy.profile()).unwrap();
        fs::set_permissions(copy.profile(), fs::Permissions::from_mode(0o700)).unwrap();
        for entry in fs::read_dir(made.path().join("profile")).unwrap().flatten() {
            fs::copy(entry.path(), copy.profile().join(entry.file_name())).unwrap();
        }
        copy
    }

    /// A home in which nothing has happened yet.
    pub(crate) fn bare() -> Self {
        let home = tempfile::tempdir().unwrap();
        let profile = home.path().join("profile").to_str().unwrap().to_owned();
        Self { home, everywhere: vec!["--profile".to_owned(), profile] }
    }

    /// [`Otp::new`] with the accounts of `list`, one `otpauth://` address a line.
    #[track_caller]
    pub(crate) fn with(list: &str) -> Self {
        let otp = Self::new();
        otp.run(["import", "-", "--yes"]).stdin(list).succeeds();
        otp
    }

    fn with_vault_options(mut self) -> Self {
        let file = self.private("passphrase", PASSPHRASE.as_bytes());
        self.everywhere.extend(["--vault-passphrase-file".to_owned(), file.to_str().unwrap().to_owned()]);
        self
    }

    /// The same home without the vault's passphrase.
    pub(crate) fn without_passphrase(mut self) -> Self {
        self.everywhere.truncate(2);
        self
    }

    /// The folder that stands for the user's home.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// The profile's folder.
    pub(crate) fn profile(&self) -> PathBuf {
        self.home().join("profile")
    }

    /// A file in the home that anybody may read.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.home().join(name);
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// A file in the home that only its owner may read.
    pub(crate) fn private(&self, name: &str, content: &[u8]) -> PathBuf {
        use std::os::unix::fs::OpenOptionsExt;
        let path = self.home().join(name);
        let mut options = fs::OpenOptions::new();
        let file = options.write(true).create(true).truncate(true).mode(0o600).open(&path);
        file.unwrap().write_all(content).unwrap();
        path
    }

    /// A picture of the QR code of `text`, in the home.
    pub(crate) fn picture(&self, name: &str, text: &str) -> String {
        self.file(name, png(text))
    }

    /// `otp` with `arguments`, after the options that hold everywhere.
    pub(crate) fn run<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Run {
        self.command(env!("CARGO_BIN_EXE_otp"), arguments)
    }

    /// `otp` called by `shell`, which knows it as `$OTP` and the options as `"$@"`.
    pub(crate) fn shell(&self, shell: &str) -> Run {
        self.command("sh", ["-c", shell, "sh"])
    }

    fn command<'a>(&self, program: &str, arguments: impl IntoIterator<Item = &'a str>) -> Run {
        // Without a session of its own the command could ask on the terminal of whoever tests.
        let mut command = Command::new("setsid");
        command.arg("--wait").arg(program).args(arguments).args(&self.everywhere);
        command.current_dir(self.home()).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", self.home()).env("LANG", "C.UTF-8").env("TZ", "UTC").env("OTP", env!("CARGO_BIN_EXE_otp"));
        for bus in ["DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"] {
            command.env(bus, "unix:path=/nowhere/bus");
        }
        Run { command, stdin: Vec::new(), stdout: None, stderr: None }
    }
}

/// Puts the identity of the vault in `profile` under next to no scrypt work.
fn make_light(profile: &Path) {
    let passphrase = Secret::from_text(PASSPHRASE.to_owned());
    let line = age::open(&passphrase, &fs::read(profile.join("identity.age")).unwrap(), MOST_WORK).unwrap();
    let mut recipient = ::age::scrypt::Recipient::new(PASSPHRASE.to_owned().into());
    recipient.set_work_factor(1);
    let recipients: [&dyn ::age::Recipient; 1] = [&recipient];
    let encryptor = ::age::Encryptor::with_recipients(recipients.into_iter()).unwrap();
    let mut sealed = Vec::new();
    let mut writer = encryptor.wrap_output(&mut sealed).unwrap();
    writer.write_all(&line).unwrap();
    writer.finish().unwrap();
    for name in ["identity.age", "identity.age.1"] {
        fs::write(profile.join(name), &sealed).unwrap();
    }
}

/// A picture of the QR code of `text`.
pub(crate) fn png(text: &str) -> Vec<u8> {
    const SIDE: u32 = 6;
    const QUIET: u32 = 4;
    let code = qrcode::QrCode::new(text).unwrap();
    let width = u32::try_from(code.width()).unwrap();
    let colors = code.to_colors();
    let size = (width + 2 * QUIET) * SIDE;
    let picture = image::GrayImage::from_fn(size, size, |x, y| {
        let (column, row) = ((x / SIDE).wrapping_sub(QUIET), (y / SIDE).wrapping_sub(QUIET));
        let dark = column < width && row < width && colors[(row * width + column) as usize] == qrcode::Color::Dark;
        image::Luma([if dark { 0 } else { 255 }])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// One call, and what it must say.
#[must_use = "nothing runs before `succeeds`, `fails_with` or `said`"]
pub(crate) struct Run {
    command: Command,
    stdin: Vec<u8>,
    stdout: Option<String>,
    stderr: Option<String>,
}

impl Run {
    /// What comes in on standard input; nothing without this.
    pub(crate) fn stdin(mut self, text: impl AsRef<[u8]>) -> Self {
        self.stdin = text.as_ref().to_vec();
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Uses the bus and with it the keyring of the session that the test runs in.
    pub(crate) fn in_this_session(mut self) -> Self {
        for name in ["DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "XDG_DATA_HOME"] {
            self.command.env(name, std::env::var_os(name).unwrap_or_default());
        }
        self
    }

    /// The call itself, for whoever starts it in a way of their own.
    pub(crate) fn into_command(self) -> Command {
        self.command
    }

    /// All that it must print on standard output.
    pub(crate) fn stdout(mut self, expected: &str) -> Self {
        self.stdout = Some(expected.to_owned());
        self
    }

    /// All that it must print on standard error.
    pub(crate) fn stderr(mut self, expected: &str) -> Self {
        self.stderr = Some(expected.to_owned());
        self
    }

    /// Runs it; it must end well.
    #[track_caller]
    pub(crate) fn succeeds(self) -> Said {
        self.ends_with(Exit::Done)
    }

    /// Runs it; it must end with `exit`, and print no data unless [`Run::stdout`] expects some.
    #[track_caller]
    pub(crate) fn fails_with(mut self, exit: Exit) -> Said {
        self.stdout.get_or_insert_default();
        self.ends_with(exit)
    }

    /// Runs it; it must end with `exit`.
    #[track_caller]
    pub(crate) fn ends_with(self, exit: Exit) -> Said {
        let (stdout, stderr) = (self.stdout.clone(), self.stderr.clone());
        let said = self.said();
        assert_eq!(said.code, i32::from(exit.code()), "{} instead of {}\n{said}", said.code, exit.code());
        if let Some(expected) = stdout {
            assert_eq!(said.stdout, expected, "standard output\n{said}");
        }
        if let Some(expected) = stderr {
            assert_eq!(without_ids(&said.stderr), expected, "standard error\n{said}");
        }
        said
    }

    /// Runs it, however it ends.
    pub(crate) fn said(mut self) -> Said {
        self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.command.spawn().expect("`setsid` is installed");
        // A command that reads nothing may have ended already.
        let _ = child.stdin.take().unwrap().write_all(&self.stdin);
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        Said {
            code: status.code().unwrap_or(-1),
            stdout: String::from_utf8(stdout).unwrap(),
            stderr: String::from_utf8(stderr).unwrap(),
        }
    }
}

/// `text` without the ids at the ends of its lines, which are random.
fn without_ids(text: &str) -> String {
    let bare = |line: &str| match line.trim_end().rsplit_once("  id:") {
        Some((line, _)) => format!("{line}\n"),
        None => line.to_owned(),
    };
    text.split_inclusive('\n').map(bare).collect()
}

/// What a command said, and how it ended.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Said {
    /// The answer of `--json`.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        let answer: serde_json::Value = serde_json::from_str(&self.stdout).unwrap();
        assert_eq!(answer["version"], 1);
        answer
    }

    /// The names of the fields of an object in an answer.
    pub(crate) fn fields(object: &serde_json::Value) -> BTreeSet<&str> {
        object.as_object().unwrap().keys().map(String::as_str).collect()
    }
}

impl std::fmt::Display for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "---- stdout\n{}---- stderr\n{}----", self.stdout, self.stderr)
    }
}

/// What `oathtool` says about the base32 `secret` at the Unix time `at`.
pub(crate) fn oathtool(secret: &str, at: u64) -> String {
    let output = Command::new("oathtool").args(["--totp", "-b", secret, "-N", &format!("@{at}")]).output();
    String::from_utf8(output.expect("`oathtool` is installed").stdout).unwrap().trim().to_owned()
}
