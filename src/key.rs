//! Backup keys as sites print them and people type them.
//!
//! Spaces, dashes, quotes, case and width do not matter. A wrong symbol is named with its position
//! and what it was probably meant to be, but never replaced: a guessed key gives wrong codes.
//! Format: `formats.md` 2.2. Keys in files are read by `uri::decode_secret`, which is laxer.

mod base32;
pub mod codes;
mod guess;
mod typed;

use zeroize::Zeroizing;

use crate::account::MAX_SECRET;
use crate::error::{Exit, Explain};
use crate::secret::Secret;
use crate::text;
use crate::text::Text;

pub(crate) use base32::{bytes_in, decode, is_symbol};
pub use guess::{is_key_alone, looks_like_secret};
pub(crate) use typed::{symbols, without_label};

/// A key that was read, and what its owner should know about it.
#[derive(Debug)]
pub struct BackupKey {
    /// The bytes of the key: 1 to 128.
    pub secret: Secret,
    /// What is odd about it; usually nothing.
    pub notes: Vec<KeyNote>,
}

/// Something odd about a key that could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyNote {
    /// It has fewer than 10 bytes, which no large site hands out.
    Short {
        /// Its length.
        bytes: usize,
    },
    /// Its length is one that base32 never has: letters may be missing at the end.
    LostLetters,
    /// It was read as base32 but could be hexadecimal too.
    PerhapsHex,
}

impl KeyNote {
    /// One sentence for the owner of the key.
    pub fn text(self) -> Text {
        match self {
            Self::Short { bytes } => text!("key-note-short", bytes = bytes),
            Self::LostLetters => text!("key-note-lost-letters"),
            Self::PerhapsHex => text!("key-note-perhaps-hex"),
        }
    }
}

/// A symbol that no key has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrongSymbol {
    /// Where it stands, counted from 1 in the symbols of the key (spaces, dashes and quotes do not count).
    pub position: usize,
    /// What it is and what was probably meant.
    pub meant: Meant,
}

/// What a wrong symbol was probably meant to be.
///
/// Other symbols are not named: someone may have typed a password by mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meant {
    /// A zero, probably the letter O.
    O,
    /// A one, probably the letter I or L.
    IOrL,
    /// An eight, probably the letter B.
    B,
    /// A nine, perhaps a misread g or q.
    GOrQ,
    /// Any other symbol; nobody knows.
    Unknown,
}

impl WrongSymbol {
    fn text(self) -> Text {
        let id = match self.meant {
            Meant::O => "key-wrong-zero",
            Meant::IOrL => "key-wrong-one",
            Meant::B => "key-wrong-eight",
            Meant::GOrQ => "key-wrong-nine",
            Meant::Unknown => "key-wrong-other",
        };
        Text::new(id).with("position", self.position)
    }
}

/// How many wrong symbols are named.
pub const MAX_NAMED: usize = 8;
/// Below this many bytes a key is remarkable.
pub const SHORT: usize = 10;

/// Reads a backup key as typed or pasted.
///
/// # Errors
/// See [`KeyError`]. [`KeyError::IsUri`] and [`KeyError::LooksLikeHex`] are no dead ends: pass the
/// text on to [`crate::uri::parse`], or ask and call [`read_hex`].
pub fn read(typed: &str) -> Result<BackupKey, KeyError> {
    let symbols = clean(typed)?;
    let wrong = wrong_symbols(&symbols);
    if wrong.is_empty() {
        return from_base32(&symbols);
    }
    if is_hex(&symbols) {
        return Err(KeyError::LooksLikeHex { bytes: symbols.len() / 2 });
    }
    let more = wrong.len().saturating_sub(MAX_NAMED);
    Err(KeyError::WrongSymbols { named: wrong.into_iter().take(MAX_NAMED).collect(), more })
}

/// Reads a key that its owner says is hexadecimal.
///
/// # Errors
/// When it is none, empty or too long.
pub fn read_hex(typed: &str) -> Result<Secret, KeyError> {
    let symbols = clean(typed)?;
    if !is_hex(&symbols) {
        return Err(KeyError::NotHex);
    }
    check_length(symbols.len() / 2)?;
    let mut bytes = Vec::with_capacity(symbols.len() / 2);
    let values =
        || symbols.chars().filter_map(|symbol| symbol.to_digit(16)).filter_map(|value| u8::try_from(value).ok());
    bytes.extend(values().step_by(2).zip(values().skip(1).step_by(2)).map(|(high, low)| high << 4 | low));
    Ok(Secret::new(bytes))
}

/// `secret` as a backup key: base32, upper case, no padding.
pub fn write(secret: &Secret) -> Secret {
    // EXPOSE: base32 spells the raw bytes; the text is a `Secret` again.
    base32::encode(secret.expose())
}

/// `secret` as a backup key in groups of four symbols, which people can compare and copy.
pub fn grouped(secret: &Secret) -> Secret {
    let key = write(secret);
    // EXPOSE: the symbols are spread out; the text is a `Secret` again.
    let symbols = key.expose();
    let mut groups = Vec::with_capacity(symbols.len() + symbols.len() / 4);
    for group in symbols.chunks(4) {
        if !groups.is_empty() {
            groups.push(b' ');
        }
        groups.extend_from_slice(group);
    }
    Secret::new(groups)
}

/// The symbols of `typed` without anything around and between them.
fn clean(typed: &str) -> Result<Zeroizing<String>, KeyError> {
    if typed::is_address(typed) {
        return Err(KeyError::IsUri);
    }
    let mut symbols = typed::symbols(typed::without_label(typed));
    let unpadded = symbols.trim_end_matches('=').len();
    symbols.truncate(unpadded);
    if symbols.is_empty() { Err(KeyError::Empty) } else { Ok(symbols) }
}

fn wrong_symbols(symbols: &str) -> Vec<WrongSymbol> {
    let wrong = symbols.chars().enumerate().filter(|(_, symbol)| !is_symbol(*symbol));
    wrong.map(|(index, symbol)| WrongSymbol { position: index + 1, meant: meant(symbol) }).collect()
}

fn meant(symbol: char) -> Meant {
    match symbol {
        '0' => Meant::O,
        '1' => Meant::IOrL,
        '8' => Meant::B,
        '9' => Meant::GOrQ,
        _ => Meant::Unknown,
    }
}

fn is_hex(symbols: &str) -> bool {
    symbols.len().is_multiple_of(2) && symbols.bytes().all(|symbol| symbol.is_ascii_hexdigit())
}

fn from_base32(symbols: &str) -> Result<BackupKey, KeyError> {
    check_length(bytes_in(symbols.len()))?;
    let mut upper = Zeroizing::new(String::with_capacity(symbols.len()));
    upper.extend(symbols.chars().map(|symbol| symbol.to_ascii_uppercase()));
    let Some(secret) = decode(&upper) else { return Err(KeyError::Empty) };
    let notes = [
        (secret.len() < SHORT).then_some(KeyNote::Short { bytes: secret.len() }),
        matches!(symbols.len() % 8, 1 | 3 | 6).then_some(KeyNote::LostLetters),
        is_hex(symbols).then_some(KeyNote::PerhapsHex),
    ];
    Ok(BackupKey { secret, notes: notes.into_iter().flatten().collect() })
}

fn check_length(bytes: usize) -> Result<(), KeyError> {
    match bytes {
        0 => Err(KeyError::TooShort),
        1..=MAX_SECRET => Ok(()),
        bytes => Err(KeyError::TooLong { bytes }),
    }
}

/// Why typed text is no backup key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyError {
    /// Nothing was typed.
    Empty,
    /// One symbol, which is not even a byte.
    TooShort,
    /// More than 128 bytes.
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// Symbols that no key has.
    WrongSymbols {
        /// The first [`MAX_NAMED`] of them.
        named: Vec<WrongSymbol>,
        /// How many follow.
        more: usize,
    },
    /// No base32, but hexadecimal: ask, then [`read_hex`].
    LooksLikeHex {
        /// Its length when read so.
        bytes: usize,
    },
    /// Said to be hexadecimal, but it is not.
    NotHex,
    /// An address such as `otpauth://…`: [`crate::uri::parse`] reads it.
    IsUri,
}

impl Explain for KeyError {
    fn text(&self) -> Text {
        match self {
            Self::Empty => text!("key-empty"),
            Self::TooShort => text!("key-too-short"),
            Self::TooLong { bytes } => text!("key-too-long", bytes = *bytes, most = MAX_SECRET),
            Self::WrongSymbols { named, more } => {
                text!("key-wrong-symbols", count = named.len() + more, list = list(named, *more))
            }
            Self::LooksLikeHex { bytes } => text!("key-looks-like-hex", bytes = *bytes),
            Self::NotHex => text!("key-not-hex"),
            Self::IsUri => text!("key-is-address"),
        }
    }

    fn hint(&self) -> Option<Text> {
        Some(match self {
            Self::Empty | Self::TooShort | Self::TooLong { .. } => text!("key-hint-copy-again"),
            Self::WrongSymbols { .. } => text!("key-hint-symbols"),
            Self::LooksLikeHex { .. } => text!("key-hint-hex"),
            Self::NotHex => text!("key-hint-not-hex"),
            Self::IsUri => text!("key-hint-address"),
        })
    }

    fn exit(&self) -> Exit {
        Exit::BadInput
    }
}

crate::explained!(KeyError);

/// The wrong symbols as one enumeration.
fn list(named: &[WrongSymbol], more: usize) -> Text {
    let rest = (more > 0).then(|| text!("key-wrong-more", count = more));
    let items = named.iter().map(|symbol| symbol.text()).chain(rest);
    items.reduce(|before, item| text!("key-wrong-list", before = before, item = item)).unwrap_or(text!("key-empty"))
}

#[cfg(test)]
mod tests;
