//! Sources that a passphrase or a key opens.

use std::fmt;

use crate::secret::Secret;
use crate::text::Text;

use super::{Batch, ImportError};

/// What opening a source gives.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "one a source, moved a few times")]
pub enum Opened {
    /// Its entries.
    Batch(Batch),
    /// It takes a passphrase or a key.
    Locked(Locked),
}

impl From<Batch> for Opened {
    fn from(batch: Batch) -> Self {
        Self::Batch(batch)
    }
}

/// A source that a passphrase or a key opens. It was read already and holds what it needs, so a wrong
/// passphrase costs nothing but another try.
pub struct Locked {
    format: &'static str,
    takes_key: bool,
    unlock: Box<Unlock>,
}

type Unlock = dyn Fn(&Secret) -> Result<Opened, ImportError> + Send;

impl Locked {
    /// A source of format `format` that `unlock` opens.
    pub(super) fn by(
        format: &'static str,
        unlock: impl Fn(&Secret) -> Result<Opened, ImportError> + Send + 'static,
    ) -> Opened {
        Opened::Locked(Self { format, takes_key: false, unlock: Box::new(unlock) })
    }

    /// The same for a source that a recovery key opens, or another key of `age`.
    pub(super) fn for_key(
        format: &'static str,
        unlock: impl Fn(&Secret) -> Result<Opened, ImportError> + Send + 'static,
    ) -> Opened {
        Opened::Locked(Self { format, takes_key: true, unlock: Box::new(unlock) })
    }

    /// Whether a recovery key opens it, rather than a passphrase.
    pub fn takes_key(&self) -> bool {
        self.takes_key
    }

    /// What people call its format.
    pub fn app(&self) -> Text {
        super::app(self.format)
    }

    /// Opens it.
    ///
    /// # Errors
    /// One that [may be tried again](ImportError::is_wrong_key) when the passphrase or key does not
    /// fit, and any other when the source turns out to be damaged.
    pub fn unlock(&self, passphrase: &Secret) -> Result<Opened, ImportError> {
        (self.unlock)(passphrase)
    }
}

impl fmt::Debug for Locked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Locked").field("format", &self.format).finish_non_exhaustive()
    }
}
