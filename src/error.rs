//! What an error says, what it advises, and the number a command exits with.
//!
//! Errors carry names, places and limits, never the content of a file or a secret, so any of them
//! can be shown to anybody.

use crate::text::Text;

/// What every error of this library can tell.
pub trait Explain: std::error::Error {
    /// One sentence: what went wrong.
    fn text(&self) -> Text;

    /// One thing the reader can do next.
    fn hint(&self) -> Option<Text>;

    /// How the failure ends a command.
    fn exit(&self) -> Exit;
}

/// Implements `Display` (in English) and `Error` for types that implement [`Explain`].
#[macro_export]
macro_rules! explained {
    ($($kind:ty),* $(,)?) => {$(
        impl std::fmt::Display for $kind {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&$crate::error::Explain::text(self).say($crate::text::Lang::English))
            }
        }
        impl std::error::Error for $kind {}
    )*};
}

/// Declares [`Exit`] with its numbers and the id under which each is described.
macro_rules! exits {
    ($($(#[doc = $doc:literal])+ $name:ident = $number:literal, $id:literal;)*) => {
        /// How a command ends. The numbers are part of the command line's contract.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Exit {
            $($(#[doc = $doc])+ $name = $number,)*
        }

        impl Exit {
            /// Every way to end, by number.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The name used in locale files (`exit-…`) and in JSON.
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)*
                }
            }
        }
    };
}

exits! {
    /// Done.
    Done = 0, "done";
    /// Something that should not happen.
    Internal = 1, "internal";
    /// The command line does not make sense.
    Usage = 2, "usage";
    /// No account matches.
    NotFound = 3, "not-found";
    /// Several accounts match.
    Ambiguous = 4, "ambiguous";
    /// The keyring or the vault is locked.
    Locked = 5, "locked";
    /// There is no keyring on this computer.
    NoKeyring = 6, "no-keyring";
    /// The keyring that answers is another one.
    WrongKeyring = 7, "wrong-keyring";
    /// The keyring is the right one, and its items are gone.
    EmptiedKeyring = 8, "emptied-keyring";
    /// The keyring does not answer.
    TimedOut = 9, "timed-out";
    /// Some entries came in, some did not.
    Partial = 10, "partial";
    /// A file could not be read or written.
    Disk = 11, "disk";
    /// The user said no, or nobody could be asked.
    Cancelled = 12, "cancelled";
    /// The input cannot be understood, or is refused.
    BadInput = 13, "bad-input";
    /// A passphrase does not fit.
    WrongPassphrase = 14, "wrong-passphrase";
    /// A code or an address does not belong to the account.
    NoMatch = 15, "no-match";
    /// Nothing may be changed now.
    ReadOnly = 16, "read-only";
    /// Another process holds the store.
    Busy = 17, "busy";
    /// The secret of this account is missing or damaged.
    Broken = 18, "broken";
    /// `doctor` found something to do.
    Attention = 19, "attention";
    /// The clipboard could not be filled or read.
    NoClipboard = 20, "no-clipboard";
    /// The keyring or the vault failed in a way of its own.
    Refused = 21, "refused";
    /// There is no screen that could be looked at.
    NoScreen = 22, "no-screen";
    /// An address only looks like the official one.
    LookAlike = 23, "look-alike";
    /// The browser did not start.
    NoBrowser = 24, "no-browser";
}

impl Exit {
    /// The number handed to the shell.
    pub fn code(self) -> u8 {
        self as u8
    }

    /// What this end means, for the table of exit codes.
    pub fn text(self) -> Text {
        Text::new(format!("exit-{}", self.id()))
    }
}
