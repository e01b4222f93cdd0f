//! The settings file: a few wishes, no secrets. A missing or damaged file means the defaults.

use std::fs;
use std::path::Path;

use serde::Deserialize;

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
}
