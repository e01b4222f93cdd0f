//! Starts the browser at the official address of an account.

use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Exit, Explain};
use crate::site::Site;
use crate::text;
use crate::text::Text;

/// Why the browser was not started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BrowserError {
    /// What is noted is no address that can be handed on.
    BadAddress,
    /// The system has no means to start a browser, or that means failed.
    NotStarted {
        /// The program that should have done it.
        program: &'static str,
    },
}

impl Explain for BrowserError {
    fn text(&self) -> Text {
        match self {
            Self::BadAddress => text!("open-bad-address"),
            Self::NotStarted { program } => text!("open-not-started", program = *program),
        }
    }

    fn hint(&self) -> Option<Text> {
        Some(match self {
            Self::BadAddress => text!("open-hint-bad-address"),
            Self::NotStarted { .. } => text!("open-hint-not-started"),
        })
    }

    fn exit(&self) -> Exit {
        match self {
            Self::BadAddress => Exit::BadInput,
            Self::NotStarted { .. } => Exit::NoBrowser,
        }
    }
}

crate::explained!(BrowserError);

/// How long the opener has to say that it failed.
const PATIENCE: Duration = Duration::from_secs(2);

/// What opens an address, and what it is told before the address.
const OPENER: (&str, &[&str]) = if cfg!(windows) {
    // Hands the address to the system (ShellExecute), without a shell that would read it as a command.
    ("rundll32.exe", &["url.dll,FileProtocolHandler"])
} else if cfg!(target_os = "macos") {
    ("/usr/bin/open", &[])
} else {
    ("xdg-open", &[])
};

/// What a browser needs from the environment, by name or by its start (`security.md` R4.2): paths,
/// the desktop, the language and the input method, without which nobody could type Japanese.
const ENVIRONMENT: &[&str] = &[
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "LANG",
    "LANGUAGE",
    "TZ",
    "TMPDIR",
    "DISPLAY",
    "XAUTHORITY",
    "BROWSER",
    "DESKTOP_SESSION",
    "XMODIFIERS",
    "WSL_DISTRO_NAME",
    "WSL_INTEROP",
    "SystemRoot",
    "SystemDrive",
    "windir",
    "ComSpec",
    "PATHEXT",
    "TEMP",
    "TMP",
    "USERPROFILE",
    "USERNAME",
    "USERDOMAIN",
    "HOMEDRIVE",
    "HOMEPATH",
    "APPDATA",
    "LOCALAPPDATA",
    "ALLUSERSPROFILE",
];
const PREFIXES: &[&str] = &[
    "LC_",
    "XDG_",
    "WAYLAND_",
    "DBUS_SESSION_",
    "GNOME_",
    "KDE_",
    "GTK_",
    "GDK_",
    "QT_",
    "MOZ_",
    "Program",
    "CommonProgram",
];

/// Opens `address` in the browser that the system knows. The browser is on its own afterwards.
///
/// # Errors
/// When it is no address of a web page, or the system does not start a browser.
pub fn open(address: &str) -> Result<(), BrowserError> {
    let plain = |symbol: char| !matches!(symbol, '"' | '\'' | '<' | '>' | '`' | '\\' | '^' | '{' | '|' | '}');
    let page = address.starts_with("https://") || address.starts_with("http://");
    if !page || Site::parse(address).is_err() || !address.chars().all(plain) {
        return Err(BrowserError::BadAddress);
    }
    let (program, first) = OPENER;
    let mut command = Command::new(program);
    command.args(first).arg(address).env_clear().envs(std::env::vars_os().filter(|(name, _)| is_needed(name)));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // Ctrl+C in our terminal is not meant for the browser.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let started = command.spawn().map(has_started);
    if started.unwrap_or(false) { Ok(()) } else { Err(BrowserError::NotStarted { program }) }
}

/// Whether `opener` did its work. Some become the browser themselves and end when it does, so one
/// that still runs after a while has started it.
fn has_started(mut opener: Child) -> bool {
    let begin = Instant::now();
    while begin.elapsed() < PATIENCE {
        match opener.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => thread::sleep(Duration::from_millis(20)),
            Err(_) => return false,
        }
    }
    // The window outlives the browser, and would otherwise collect its remains.
    thread::spawn(move || opener.wait());
    true
}

fn is_needed(name: &std::ffi::OsStr) -> bool {
    let Some(name) = name.to_str() else { return false };
    let same = |other: &&str| if cfg!(windows) { name.eq_ignore_ascii_case(other) } else { name == *other };
    ENVIRONMENT.iter().any(same) || PREFIXES.iter().any(|start| name.starts_with(start)) || name.ends_with("_IM_MODULE")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn only_addresses_of_web_pages_are_handed_on() {
        for address in
            ["", "javascript:alert(1)", "file:///etc/passwd", "binance.com", "https://a.b/\"&calc", "-h", "https://"]
        {
            assert_eq!(open(address), Err(BrowserError::BadAddress), "{address}");
        }
    }

    #[test]
    fn the_environment_is_that_of_a_desktop() {
        for (name, needed) in [
            ("PATH", true),
            ("GTK_IM_MODULE", true),
            ("XDG_RUNTIME_DIR", true),
            ("DBUS_SESSION_BUS_ADDRESS", true),
            ("LC_ALL", true),
            ("AWS_SECRET_ACCESS_KEY", false),
            ("LD_PRELOAD", false),
            ("SSH_AUTH_SOCK", false),
        ] {
            assert_eq!(is_needed(name.as_ref()), needed, "{name}");
        }
    }

    #[test]
    fn errors_are_sentences() {
        let error = BrowserError::NotStarted { program: "xdg-open" };
        assert_eq!(error.to_string(), "the browser did not start: `xdg-open` is missing or failed");
        assert_eq!(
            error.hint().unwrap().say(Lang::English),
            "type the official address yourself; `otp url QUERY` shows it"
        );
    }
}
