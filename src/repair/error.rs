//! What keeps a search from beginning.

use crate::account::{AccountError, MAX_SECRET};
use crate::error::{Exit, Explain};
use crate::text;
use crate::text::Text;

/// Why there is nothing to search for.
#[derive(Debug)]
pub enum RepairError {
    /// No letters, or too few for a key.
    NoKey,
    /// More letters than any key has.
    TooLong,
    /// Symbols that stand for no letter, counted from 1.
    WrongSymbols {
        /// Where they stand.
        positions: Vec<usize>,
    },
    /// Something that is no code of this account.
    NotACode {
        /// How many digits a code has.
        digits: u8,
    },
    /// No code was given.
    NoCode,
    /// A code was seen in too long a time to be of use.
    TooVague,
    /// The account would not be valid.
    Shape(AccountError),
}

impl Explain for RepairError {
    fn text(&self) -> Text {
        match self {
            Self::NoKey => text!("repair-no-key"),
            Self::TooLong => text!("repair-key-too-long", most = MAX_SECRET),
            Self::WrongSymbols { positions } => {
                let list: Vec<String> = positions.iter().take(8).map(usize::to_string).collect();
                text!("repair-wrong-symbols", count = positions.len(), list = list.join(", "))
            }
            Self::NotACode { digits } => text!("repair-not-a-code", digits = usize::from(*digits)),
            Self::NoCode => text!("repair-no-code"),
            Self::TooVague => text!("repair-too-vague"),
            Self::Shape(error) => error.text(),
        }
    }

    fn hint(&self) -> Option<Text> {
        match self {
            Self::NoKey | Self::TooLong => Some(text!("repair-hint-key")),
            Self::WrongSymbols { .. } => Some(text!("repair-hint-symbols")),
            Self::NotACode { .. } | Self::NoCode => Some(text!("repair-hint-code")),
            Self::TooVague => Some(text!("repair-hint-vague")),
            Self::Shape(error) => error.hint(),
        }
    }

    fn exit(&self) -> Exit {
        Exit::BadInput
    }
}

crate::explained!(RepairError);
