//! What `otp-desktop` can be started with; the settings and the system fill in the rest.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, value_parser};
use otp::app::clipboard;
use otp::app::config::{Config, language_of};
use otp::app::profile::Profile;
use otp::text;
use otp::text::Lang;
use zeroize::Zeroizing;

/// What to start.
pub(crate) enum Start {
    /// The window.
    Window(Options),
    /// The helper that holds a copied code for so many seconds.
    Clipboard(u64),
}

/// What the window starts with.
pub(crate) struct Options {
    /// The language that was asked for; without it, the settings decide.
    pub(crate) lang: Option<Lang>,
    pub(crate) profile: Option<Profile>,
    pub(crate) config: Config,
    pub(crate) given: Vec<Given>,
}

/// Something that is to be read and shown at once.
#[derive(PartialEq, Eq)]
pub(crate) enum Given {
    /// A file.
    Path(PathBuf),
    /// An `otpauth:` address. Desktops hand over the links that a program handles as arguments; no
    /// other secret ever is one.
    Address(Zeroizing<String>),
}

/// Without the address, which holds a key.
impl std::fmt::Debug for Given {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Path(path) => out.debug_tuple("Path").field(path).finish(),
            Self::Address(_) => out.write_str("Address"),
        }
    }
}

impl Given {
    fn read(argument: &OsString) -> Self {
        match argument.to_str().filter(|text| text.to_ascii_lowercase().starts_with("otpauth")) {
            Some(address) if address.contains("://") => Self::Address(Zeroizing::new(address.to_owned())),
            // The window that reads it may have been started in another folder.
            _ => Self::Path(std::path::absolute(argument).unwrap_or_else(|_| PathBuf::from(argument))),
        }
    }
}

/// Reads the command line.
///
/// # Errors
/// When it makes no sense, or asks for help or the version.
pub(crate) fn read(arguments: impl Iterator<Item = OsString>) -> Result<Start, clap::Error> {
    let arguments: Vec<OsString> = arguments.collect();
    let matches = command(language_of(&arguments)).try_get_matches_from(arguments)?;
    if let Some((_, held)) = matches.subcommand() {
        return Ok(Start::Clipboard(held.get_one("seconds").copied().unwrap_or(clipboard::SECONDS)));
    }
    let folder = matches.get_one::<PathBuf>("profile");
    let profile = folder.map_or_else(Profile::of_user, |folder| Some(Profile::at(folder)));
    let config = profile.as_ref().map(|profile| Config::read(&profile.config_file())).unwrap_or_default();
    let lang = matches.get_one::<String>("lang").and_then(|lang| Lang::from_locale(lang));
    let given = matches.get_many::<OsString>("open").unwrap_or_default().map(Given::read).collect();
    Ok(Start::Window(Options { lang, profile, config, given }))
}

fn command(lang: Lang) -> Command {
    let option = |name: &'static str, value: &'static str| Arg::new(name).long(name).value_name(value);
    let flag = |name: &'static str, action| Arg::new(name).long(name).action(action);
    let hold = Command::new(clipboard::COMMAND).hide(true);
    Command::new("otp-desktop")
        .version(env!("CARGO_PKG_VERSION"))
        .about(text!("desktop-about").say(lang))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .arg(option("lang", "en|ja").value_parser(["en", "ja"]).help(text!("desktop-about-lang").say(lang)))
        .arg(
            option("profile", "DIR")
                .value_parser(value_parser!(PathBuf))
                .help(text!("desktop-about-profile").say(lang)),
        )
        .arg(flag("help", ArgAction::Help).short('h').help(text!("desktop-about-help").say(lang)))
        .arg(flag("version", ArgAction::Version).short('V').help(text!("desktop-about-version").say(lang)))
        .arg(
            Arg::new("open")
                .value_name("FILE")
                .num_args(0..)
                .value_parser(value_parser!(OsString))
                .help(text!("desktop-about-open").say(lang)),
        )
        .args_conflicts_with_subcommands(true)
        .subcommand(hold.arg(Arg::new("seconds").value_parser(value_parser!(u64))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(arguments: &[&str]) -> Result<Start, clap::Error> {
        read(std::iter::once("otp-desktop").chain(arguments.iter().copied()).map(OsString::from))
    }

    #[test]
    fn the_settings_of_a_profile_count_and_options_count_more() {
        let folder = tempfile::tempdir().unwrap();
        let config = r#"{"language": "ja", "clipboard_seconds": 45}"#;
        std::fs::write(folder.path().join("config.json"), config).unwrap();
        let profile = folder.path().to_str().unwrap();
        let Ok(Start::Window(options)) = start(&["--profile", profile]) else { panic!("no window") };
        assert_eq!((options.config.lang(None), options.config.clipboard_seconds), (Lang::Japanese, 45));
        assert!(options.lang.is_none() && options.given.is_empty());
        let Ok(Start::Window(options)) = start(&["--profile", profile, "--lang", "en"]) else { panic!("no window") };
        assert_eq!(options.lang, Some(Lang::English));
    }

    #[test]
    fn help_speaks_the_language_that_is_asked_for() {
        for lang in Lang::ALL {
            let Err(help) = start(&["--lang", lang.code(), "--help"]) else { panic!("no help") };
            let said = help.to_string();
            for words in [text!("desktop-about"), text!("desktop-about-open")] {
                assert!(said.contains(&words.say(lang)), "{said}");
            }
        }
    }

    #[test]
    fn the_key_in_a_link_is_not_part_of_what_is_said_for_debugging() {
        let address = Given::Address(Zeroizing::new("otpauth://totp/x?secret=AE".to_owned()));
        assert_eq!(format!("{address:?}"), "Address");
    }

    #[test]
    fn links_and_files_are_told_apart() {
        let Ok(Start::Window(options)) = start(&["--", "otpauth://totp/x?secret=AE", "otpauth.png"]) else {
            panic!("no window")
        };
        let address = Zeroizing::new("otpauth://totp/x?secret=AE".to_owned());
        let picture = std::env::current_dir().unwrap().join("otpauth.png");
        assert_eq!(options.given, [Given::Address(address), Given::Path(picture)]);
    }

    #[test]
    fn the_helper_of_the_clipboard_is_one_of_the_ways_to_start() {
        assert!(matches!(start(&[clipboard::COMMAND, "30"]), Ok(Start::Clipboard(30))));
        assert!(start(&["--lang", "fr"]).is_err());
        assert!(start(&["--nonsense"]).is_err());
    }
}
