//! Where a profile lives on disk.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use sha2::{Digest, Sha256};

use crate::secret::hex;

/// The folders of one profile.
#[derive(Debug, Clone)]
pub struct Profile {
    data: PathBuf,
    config: PathBuf,
    place: String,
}

impl Profile {
    /// The user's own profile: `$XDG_DATA_HOME/otp` and `$XDG_CONFIG_HOME/otp`, on macOS
    /// `~/Library/Application Support/otp`, on Windows `%LOCALAPPDATA%\otp`, which does not roam.
    /// `None` if the system does not say where the user's files belong.
    pub fn of_user() -> Option<Self> {
        let place = "default".to_owned();
        if cfg!(windows) {
            let base = etcetera::base_strategy::Windows::new().ok()?;
            let folder = base.cache_dir().join("otp");
            return Some(Self { data: folder.clone(), config: folder, place });
        }
        if cfg!(target_os = "macos") {
            let folder = etcetera::base_strategy::Apple::new().ok()?.data_dir().join("otp");
            return Some(Self { data: folder.clone(), config: folder, place });
        }
        let base = etcetera::base_strategy::Xdg::new().ok()?;
        Some(Self { data: base.data_dir().join("otp"), config: base.config_dir().join("otp"), place })
    }

    /// The profile in the folder `path`, apart from the user's own.
    pub fn at(path: &Path) -> Self {
        let full = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let digest = Sha256::digest(full.as_os_str().as_encoded_bytes());
        let place = hex(&digest[..8]);
        Self { data: full.clone(), config: full, place }
    }

    /// The folder of index and vault.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The configuration file.
    pub fn config_file(&self) -> PathBuf {
        self.config.join("config.json")
    }

    /// A word that tells this profile's secrets from those of another in the same keyring.
    pub fn place(&self) -> &str {
        &self.place
    }
}
