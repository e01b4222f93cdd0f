//! The settings file: a few wishes, no secrets. A missing or damaged file means the defaults.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::text::Lang;

/// What the owner has set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Config {
    /// `en` or `ja`; without it the system's language counts.
    pub language: Option<String>,
    /// After how many seconds a copied code is cleared from the clipboard (5 to 300).
    pub clipboard_seconds: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self { language: None, clipboard_seconds: 30 }
    }
}

impl Config {
    /// Reads `file`.
    pub fn read(file: &Path) -> Self {
        let read = fs::read(file).ok().and_then(|bytes| serde_json::from_slice::<Self>(&bytes).ok());
        let mut config = read.unwrap_or_default();
        config.clipboard_seconds = config.clipboard_seconds.clamp(5, 300);
        config
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
        fs::write(&file, r#"{"language": "ja", "clipboard_seconds": 9999, "later": true}"#).unwrap();
        assert_eq!(Config::read(&file), Config { language: Some("ja".into()), clipboard_seconds: 300 });
    }

    #[test]
    fn the_wanted_language_comes_before_the_one_that_is_set() {
        let config = Config { language: Some("ja".into()), ..Config::default() };
        assert_eq!((config.lang(None), config.lang(Some("en"))), (Lang::Japanese, Lang::English));
        assert_eq!(Config::default().lang(Some("ja")), Lang::Japanese);
        assert_eq!(Config { language: Some("fr".into()), ..Config::default() }.lang(None), system_language());
    }
}
