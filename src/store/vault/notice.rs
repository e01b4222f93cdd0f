//! What a vault tells besides results: that something was wrong and has been got round.

use std::sync::{Arc, Mutex, PoisonError};

use crate::text;
use crate::text::Text;

/// Something that the user should know although the command goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A file cannot be read, and a previous generation stands in.
    Older {
        /// The file's name.
        file: String,
        /// The name of the generation.
        used: String,
    },
    /// The identity opened from its spare only.
    Spare {
        /// The file's name.
        file: String,
        /// The spare's name.
        used: String,
    },
    /// An unreadable file is kept under another name.
    Aside {
        /// The file's name.
        file: String,
        /// The name it is kept under.
        kept: String,
    },
    /// A file or folder was open to others and is no more.
    Tightened {
        /// The whole path.
        path: String,
    },
}

impl Notice {
    /// One sentence.
    pub fn text(&self) -> Text {
        match self {
            Self::Older { file, used } => text!("vault-older", file = file.as_str(), used = used.as_str()),
            Self::Spare { file, used } => text!("vault-spare", file = file.as_str(), used = used.as_str()),
            Self::Aside { file, kept } => text!("vault-aside", file = file.as_str(), kept = kept.as_str()),
            Self::Tightened { path } => text!("vault-tightened", path = path.as_str()),
        }
    }
}

/// The notices of a vault, for whoever shows them; stays valid when the vault is handed on.
#[derive(Debug, Clone, Default)]
pub struct Notices(Arc<Mutex<Vec<Notice>>>);

impl Notices {
    /// Takes the notices since the last call, each only once.
    pub fn take(&self) -> Vec<Notice> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(in crate::store) fn add(&self, notice: Notice) {
        let mut notices = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !notices.contains(&notice) {
            notices.push(notice);
        }
    }
}
