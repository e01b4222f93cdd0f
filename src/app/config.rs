//! The settings file: a few wishes, no secrets. A missing or damaged file means the defaults; what a
//! newer program wrote into it stays there.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::app::profile::Profile;
use crate::store::StoreError;
use crate::store::files::Files;
use crate::text::Lang;

/// What the owner has set.
#[allow(clippy::struct_excessive_bools, reason = "each is a tick of the settings")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Config {
    /// `en` or `ja`; without it the system's language counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// After how many seconds a copied code is cleared from the clipboard (5 to 300).
    pub clipboard_seconds: u64,
    /// Light, dark, or as the desktop has it.
    pub theme: Theme,
    /// How large the window's text is, in percent (80 to 200).
    pub text_size: u16,
    /// Whether codes are covered until they are asked for.
    pub hide_codes: bool,
    /// After how many seconds without a key or the pointer the window locks (60 to 86,400); 0 means
    /// never. Without it, after [`LOCK_SECONDS`] where there is a vault, and never where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lock_seconds: Option<u32>,
    /// Whether the window asks before it puts an account into the trash.
    pub confirm_remove: bool,
    /// The order of the window's list.
    pub sort: Sort,
    /// Whether views and menus fade in; nothing else ever moves but the countdown.
    pub motion: bool,
    /// Whether Ctrl+Alt+O brings the window to the front, where the desktop lets it.
    pub hotkey: bool,
    /// Whether there is a sign in the tray, and closing the window only hides it.
    pub tray: bool,
    /// The window's width and height, in points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<(u16, u16)>,
    /// Members of newer programs.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// The window's colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the desktop has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// The order of the window's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// The owner's own.
    #[default]
    Own,
    /// By issuer and name.
    Name,
    /// The latest first.
    Added,
}

/// When a window with a vault locks unless the owner chose otherwise, in seconds.
pub const LOCK_SECONDS: u32 = 300;

impl Default for Config {
    fn default() -> Self {
        Self {
            language: None,
            clipboard_seconds: 30,
            theme: Theme::System,
            text_size: 100,
            hide_codes: false,
            lock_seconds: None,
            confirm_remove: true,
            sort: Sort::Own,
            motion: true,
            hotkey: false,
            tray: false,
            window: None,
            extra: Map::new(),
        }
    }
}

impl Config {
    /// Reads `file`.
    pub fn read(file: &Path) -> Self {
        let read = fs::read(file).ok().and_then(|bytes| serde_json::from_slice::<Self>(&bytes).ok());
        read.unwrap_or_default().within_limits()
    }

    /// The same with every number held in its range.
    #[must_use]
    pub fn within_limits(mut self) -> Self {
        self.clipboard_seconds = self.clipboard_seconds.clamp(5, 300);
        self.text_size = self.text_size.clamp(80, 200);
        self.lock_seconds = self.lock_seconds.map(|seconds| if seconds == 0 { 0 } else { seconds.clamp(60, 86_400) });
        self
    }

    /// Writes `file`, whole or not at all.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn write(&self, file: &Path) -> Result<(), StoreError> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        let files = Files::at(file.parent().unwrap_or(Path::new(".")));
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        files.create()?;
        files.stage(&name, &bytes)?.place()?;
        files.sync()
    }

    /// The language to speak: `wanted`, the one set here, or the system's.
    pub fn lang(&self, wanted: Option<&str>) -> Lang {
        let set = wanted.or(self.language.as_deref()).and_then(Lang::from_locale);
        set.unwrap_or_else(system_language)
    }
}

/// The language of the locale in the environment. Windows, and macOS for programs that were not
/// started in a terminal, have none there; then it is English.
pub fn system_language() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    let locale = set.into_iter().find(|value| !value.is_empty()).unwrap_or_default();
    Lang::from_locale(&locale).unwrap_or_default()
}

/// The language for messages that come before the command line is understood.
pub fn language_of(arguments: &[OsString]) -> Lang {
    let words: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let folder = value_of("--profile", &words);
    let profile = folder.map_or_else(Profile::of_user, |folder| Some(Profile::at(Path::new(folder))));
    let config = profile.map(|profile| Config::read(&profile.config_file())).unwrap_or_default();
    config.lang(value_of("--lang", &words))
}

/// The value of `option`, given as `--option=value` or `--option value`.
fn value_of<'a>(option: &str, words: &[&'a str]) -> Option<&'a str> {
    let joined = words.iter().find_map(|word| word.strip_prefix(option)?.strip_prefix('='));
    joined.or_else(|| words.iter().position(|word| *word == option).and_then(|at| words.get(at + 1).copied()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_file_means_the_defaults_and_numbers_are_held_in_range() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.json");
        assert_eq!(Config::read(&file), Config::default());
        fs::write(&file, "{").unwrap();
        assert_eq!(Config::read(&file), Config::default());
        fs::write(&file, r#"{"language": "ja", "clipboard_seconds": 9999, "text_size": 5, "lock_seconds": 1}"#)
            .unwrap();
        let (language, lock_seconds) = (Some("ja".into()), Some(60));
        let expected = Config { language, clipboard_seconds: 300, text_size: 80, lock_seconds, ..Config::default() };
        assert_eq!(Config::read(&file), expected);
    }

    #[test]
    fn what_is_written_is_read_again_and_unknown_members_stay() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("new").join("config.json");
        let mut config =
            Config { theme: Theme::Dark, sort: Sort::Added, window: Some((440, 680)), ..Config::default() };
        config.write(&file).unwrap();
        assert_eq!(Config::read(&file), config);
        fs::write(&file, r#"{"clipboard_seconds": 45, "later": {"than": ["this"]}}"#).unwrap();
        config = Config::read(&file);
        config.hide_codes = true;
        config.write(&file).unwrap();
        let written: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        assert_eq!(written["later"], serde_json::json!({"than": ["this"]}));
        assert_eq!((&written["clipboard_seconds"], &written["hide_codes"]), (&45.into(), &true.into()));
    }

    #[test]
    fn the_wanted_language_comes_before_the_one_that_is_set() {
        let config = Config { language: Some("ja".into()), ..Config::default() };
        assert_eq!((config.lang(None), config.lang(Some("en"))), (Lang::Japanese, Lang::English));
        assert_eq!(Config::default().lang(Some("ja")), Lang::Japanese);
        assert_eq!(Config { language: Some("fr".into()), ..Config::default() }.lang(None), system_language());
    }
}
