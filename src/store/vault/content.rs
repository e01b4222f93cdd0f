//! The plain text inside `vault.age`: a person reads it after `age -d`, without this program.
//!
//! The first line is `# otp-vault 1`. Above each item stands `# key`, a space and its key; the very
//! next line is the item, exactly as it was given, so an item may look like a comment. Lines that
//! are neither are kept, not understood. Spaces at the end fill up the last KiB and so hide how
//! many accounts there are (`security.md` part 4, rules 3 and 4).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use zeroize::Zeroizing;

use crate::secret::Secret;
use crate::store::{Key, Line, StoreError};

use super::VAULT;

const MAGIC: &[u8] = b"# otp-vault ";
const VERSION: &[u8] = b"1";
const KEY: &[u8] = b"# key ";
const ABOUT: &[u8] = b"# Kept by otp. Each otpauth:// line is an account that any authenticator can take over.";
const STEP: usize = 1024;

type Bytes = Zeroizing<Vec<u8>>;

/// Everything that a vault holds.
#[derive(Default)]
pub(super) struct Content {
    items: BTreeMap<Key, Bytes>,
    /// Lines of other programs or hands, and the second item under a key.
    others: Vec<Bytes>,
}

impl Content {
    /// Reads what [`Content::print`] wrote, or somebody changed with an editor.
    ///
    /// # Errors
    /// When it is no vault, or one of a newer program.
    pub(super) fn parse(text: &[u8]) -> Result<Self, StoreError> {
        let mut lines = text.split(|byte| *byte == b'\n');
        match lines.next().and_then(|first| first.strip_prefix(MAGIC)) {
            Some(VERSION) => {}
            Some(_) => return Err(StoreError::TooNew),
            None => return Err(StoreError::Damaged { file: VAULT.to_owned() }),
        }
        let mut content = Self::default();
        while let Some(line) = lines.next() {
            if let Some(key) = key(line) {
                let item = kept(lines.next().unwrap_or_default());
                match content.items.entry(key) {
                    Entry::Vacant(place) => drop(place.insert(item)),
                    Entry::Occupied(_) => content.others.push(item),
                }
            } else if line != ABOUT && line.iter().any(|byte| *byte != b' ') {
                content.others.push(kept(line));
            }
        }
        Ok(content)
    }

    /// The text, its length a multiple of 1 KiB.
    pub(super) fn print(&self) -> Bytes {
        let keyed: Vec<_> = self.items.iter().map(|(key, item)| (key.to_string(), item)).collect();
        let mut pieces = vec![MAGIC, VERSION, b"\n", ABOUT, b"\n"];
        for (key, item) in &keyed {
            pieces.extend([KEY, key.as_bytes(), b"\n", item, b"\n"]);
        }
        for line in &self.others {
            pieces.extend([&***line, b"\n"]);
        }
        let length: usize = pieces.iter().map(|piece| piece.len()).sum();
        // The whole size at once: a buffer that grows would leave copies behind.
        let padded = (length + 1).next_multiple_of(STEP);
        let mut text = Zeroizing::new(Vec::with_capacity(padded));
        for piece in pieces {
            text.extend_from_slice(piece);
        }
        text.resize(padded - 1, b' ');
        text.push(b'\n');
        text
    }

    /// Adds `items`, or none of them.
    ///
    /// # Errors
    /// When one exists already.
    pub(super) fn add(&mut self, items: &[(Key, Line)]) -> Result<(), StoreError> {
        if items.iter().any(|(key, _)| self.items.contains_key(key)) {
            return Err(StoreError::exists());
        }
        // EXPOSE: the lines go into the text that is encrypted; it is wiped after that.
        let added = items.iter().map(|(key, line)| (key.clone(), kept(line.secret().expose())));
        self.items.extend(added);
        Ok(())
    }

    /// Removes the items under `keys`; tells whether there were any.
    pub(super) fn remove(&mut self, keys: &[Key]) -> bool {
        let before = self.items.len();
        for key in keys {
            self.items.remove(key);
        }
        self.items.len() < before
    }

    /// The item under `key`.
    pub(super) fn get(&self, key: &Key) -> Option<Secret> {
        self.items.get(key).map(|item| Secret::new(item.to_vec()))
    }

    /// The key of every item.
    pub(super) fn keys(&self) -> Vec<Key> {
        self.items.keys().cloned().collect()
    }
}

fn key(line: &[u8]) -> Option<Key> {
    let key = line.strip_prefix(KEY)?;
    Key::parse(std::str::from_utf8(key).ok()?)
}

fn kept(line: &[u8]) -> Bytes {
    Zeroizing::new(line.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::AccountId;

    fn item(line: &str) -> (Key, Line) {
        let key = Key::Account(AccountId::random().unwrap());
        (key, Line::new(Secret::from_text(line.to_owned())).unwrap())
    }

    #[test]
    fn a_person_can_read_it() {
        let mut content = Content::default();
        let id = "000102030405060708090a0b0c0d0e0f";
        let line = Line::new(Secret::from_text("otpauth://totp/Binance?secret=GE".into())).unwrap();
        content.add(&[(Key::parse(id).unwrap(), line)]).unwrap();
        let text = content.print();
        let text = std::str::from_utf8(&text).unwrap();
        let expected = "# otp-vault 1\n\
            # Kept by otp. Each otpauth:// line is an account that any authenticator can take over.\n\
            # key 000102030405060708090a0b0c0d0e0f\n\
            otpauth://totp/Binance?secret=GE\n";
        assert_eq!(text.trim_end_matches([' ', '\n']), expected.trim_end());
        assert!(text.starts_with(expected));
    }

    #[test]
    fn items_that_look_like_comments_come_back() {
        let items = ["# key 000102030405060708090a0b0c0d0e0f", "# otp-vault 1", "   ", "otpauth://totp/x?secret=GE"];
        let items = items.map(item);
        let mut content = Content::default();
        content.add(&items).unwrap();
        let content = Content::parse(&content.print()).unwrap();
        assert_eq!(content.keys().len(), items.len());
        for (key, line) in &items {
            assert!(content.get(key).unwrap().matches(line.secret()));
        }
    }

    #[test]
    fn the_length_hides_the_number() {
        let mut content = Content::default();
        for _ in 0..300 {
            content.add(&[item(&"x".repeat(97))]).unwrap();
            let text = content.print();
            assert_eq!(text.len() % 1024, 0);
            assert_eq!(text.len(), text.capacity(), "the buffer grew");
            assert!(Content::parse(&text).unwrap().others.is_empty());
        }
    }

    #[test]
    fn lines_of_others_are_kept() {
        let text = b"# otp-vault 1\notpauth://totp/by-hand?secret=GE\n# a note\n\n# key not-one\n\
            # key 000102030405060708090a0b0c0d0e0f\none\n# key 000102030405060708090a0b0c0d0e0f\ntwo\n";
        let content = Content::parse(&Content::parse(text).unwrap().print()).unwrap();
        let others: Vec<_> = content.others.iter().map(|line| &***line).collect();
        assert_eq!(others, [&b"otpauth://totp/by-hand?secret=GE"[..], b"# a note", b"# key not-one", b"two"]);
        let key = Key::parse("000102030405060708090a0b0c0d0e0f").unwrap();
        assert!(content.get(&key).unwrap().matches(&Secret::from_text("one".into())));
        assert_eq!(content.keys(), [key]);
    }

    #[test]
    fn other_texts_are_refused() {
        #[track_caller]
        fn case(text: &[u8], expected: &StoreError) {
            assert_eq!(Content::parse(text).err().as_ref(), Some(expected));
        }
        case(b"", &StoreError::Damaged { file: "vault.age".into() });
        case(b"otpauth://totp/x?secret=GE\n", &StoreError::Damaged { file: "vault.age".into() });
        case(b"# otp-vault 2\n", &StoreError::TooNew);
        case(b"# otp-vault 1 \n", &StoreError::TooNew);
    }
}
