//! Keyed archives of Apple's programs (`NSKeyedArchiver`): binary property lists with a flat table
//! of objects that name each other by number.
//!
//! Objects are read where they lie, one at a time, and only those that are asked for. A reader that
//! builds the whole tree has to follow a file to any depth, and objects that are named twice would
//! multiply; this one does neither.

use zeroize::Zeroizing;

use crate::import::draft::Number;
use crate::uri::{Field, UriError};

/// The largest archive, in bytes: pictures for a hundred accounts.
const MOST_BYTES: usize = 16 << 20;
/// The most fields of an object; what follows is not looked at.
const MOST_FIELDS: usize = 64;
/// The longest text, in bytes. What follows is cut off; no name may be as long.
const MOST_TEXT: usize = 4096;

/// How every binary property list starts.
pub(super) const START: &[u8] = b"bplist00";

/// An archive.
pub(super) struct Archive<'a> {
    bytes: &'a [u8],
    /// Where the places of the items stand, and how long each is.
    table: usize,
    place_size: usize,
    /// How long the number of an item is.
    ref_size: usize,
    /// The item around everything.
    top: usize,
    /// The items of the table of objects.
    objects: &'a [u8],
}

/// An item of a property list. Lists are the numbers of their items, one after the other.
#[derive(Clone, Copy)]
enum Item<'a> {
    Whole(u64),
    Real(f64),
    Ascii(&'a [u8]),
    Utf16(&'a [u8]),
    Data(&'a [u8]),
    /// The number of an object.
    Object(usize),
    List(&'a [u8]),
    Fields {
        keys: &'a [u8],
        values: &'a [u8],
    },
    Other,
}

/// An object of an archive, or the dictionary around everything.
#[derive(Clone, Copy)]
pub(super) struct Object<'a, 'b> {
    archive: &'b Archive<'a>,
    keys: &'a [u8],
    values: &'a [u8],
}

impl<'a> Archive<'a> {
    /// The archive in `bytes`; `None` if it is none.
    pub(super) fn parse(bytes: &'a [u8]) -> Option<Self> {
        let trailer = bytes.last_chunk::<32>().filter(|_| bytes.starts_with(START) && bytes.len() <= MOST_BYTES)?;
        let [_, _, _, _, _, _, place_size, ref_size, numbers @ ..] = trailer;
        let mut archive = Self {
            bytes,
            table: number(numbers.get(16..)?)?,
            place_size: (*place_size).into(),
            ref_size: usize::from(*ref_size).max(1),
            top: number(numbers.get(8..16)?)?,
            objects: &[],
        };
        let Item::List(objects) = archive.top()?.item("$objects")? else { return None };
        archive.objects = objects;
        Some(archive)
    }

    /// The dictionary around everything.
    fn top(&self) -> Option<Object<'a, '_>> {
        self.object(self.read(self.top)?)
    }

    /// The object that holds all others.
    pub(super) fn root(&self) -> Option<Object<'a, '_>> {
        let top = self.object(self.top()?.item("$top")?)?;
        self.object(top.item("root")?)
    }

    /// The item `index`.
    fn read(&self, index: usize) -> Option<Item<'a>> {
        let at = self.table.checked_add(index.checked_mul(self.place_size)?)?;
        let at = number(self.bytes.get(at..at.checked_add(self.place_size)?)?)?;
        let (mark, rest) = self.bytes.get(at..)?.split_first()?;
        let low = mark & 0x0f;
        Some(match mark >> 4 {
            1 if low <= 3 => whole(rest.get(..1 << low)?),
            2 if low == 2 => Item::Real(f32::from_be_bytes(*rest.first_chunk()?).into()),
            2 if low == 3 => Item::Real(f64::from_be_bytes(*rest.first_chunk()?)),
            4 => Item::Data(sized(low, rest, 1)?),
            5 => Item::Ascii(sized(low, rest, 1)?),
            6 => Item::Utf16(sized(low, rest, 2)?),
            8 => Item::Object(number(rest.get(..usize::from(low) + 1)?)?),
            0xa => Item::List(sized(low, rest, self.ref_size)?),
            0xd => {
                let both = sized(low, rest, self.ref_size.checked_mul(2)?)?;
                let (keys, values) = both.split_at(both.len() / 2);
                Item::Fields { keys, values }
            }
            _ => Item::Other,
        })
    }

    /// The item that `reference` names, or the object that the item names. The first object stands
    /// for nothing.
    fn resolve(&self, reference: &[u8]) -> Option<Item<'a>> {
        match self.read(number(reference)?)? {
            Item::Object(0) => None,
            Item::Object(object) => self.read(number(self.objects.chunks_exact(self.ref_size).nth(object)?)?),
            item => Some(item),
        }
    }

    /// The value in `values` that belongs to `key` in `keys`.
    fn field(&self, key: &str, keys: &[u8], values: &[u8]) -> Option<Item<'a>> {
        let is_key = |name: &[u8]| matches!(self.resolve(name), Some(Item::Ascii(found)) if found == key.as_bytes());
        let mut fields = keys.chunks_exact(self.ref_size).zip(values.chunks_exact(self.ref_size)).take(MOST_FIELDS);
        self.resolve(fields.find(|(name, _)| is_key(name))?.1)
    }

    fn object(&self, item: Item<'a>) -> Option<Object<'a, '_>> {
        match item {
            Item::Fields { keys, values } => Some(Object { archive: self, keys, values }),
            _ => None,
        }
    }
}

impl<'a, 'b> Object<'a, 'b> {
    /// What the field `key` holds, in the object itself or in the dictionary that it stands for.
    fn item(&self, key: &str) -> Option<Item<'a>> {
        self.own(key).or_else(|| match (self.own("NS.keys")?, self.own("NS.objects")?) {
            (Item::List(keys), Item::List(values)) => self.archive.field(key, keys, values),
            _ => None,
        })
    }

    fn own(&self, key: &str) -> Option<Item<'a>> {
        self.archive.field(key, self.keys, self.values)
    }

    /// The text under `key`; empty where there is none.
    pub(super) fn text(&self, key: &str) -> Zeroizing<String> {
        let item = self.item(key).and_then(|item| match item {
            Item::Fields { .. } => self.archive.object(item)?.own("NS.string"),
            item => Some(item),
        });
        match item {
            Some(Item::Ascii(bytes)) => ascii(bytes),
            Some(Item::Utf16(bytes)) => utf16(bytes),
            _ => Zeroizing::default(),
        }
    }

    /// The bytes under `key`.
    pub(super) fn data(&self, key: &str) -> Option<&'a [u8]> {
        let item = match self.item(key)? {
            item @ Item::Fields { .. } => self.archive.object(item)?.own("NS.data")?,
            item => item,
        };
        match item {
            Item::Data(data) => Some(data),
            _ => None,
        }
    }

    /// The members of the list under `key`, `None` for those that are no objects.
    pub(super) fn list(&self, key: &str) -> impl Iterator<Item = Option<Self>> + use<'a, 'b> {
        let archive = self.archive;
        let list = self.item(key).and_then(|list| archive.object(list)?.own("NS.objects"));
        let members = if let Some(Item::List(members)) = list { members } else { &[] };
        members.chunks_exact(archive.ref_size).map(|member| archive.object(archive.resolve(member)?))
    }

    /// The whole number under `key`; `None` where there is none.
    pub(super) fn number(&self, key: &str, field: Field) -> Number {
        match self.item(key) {
            None => Ok(None),
            Some(Item::Whole(number)) => Ok(Some(number)),
            Some(_) => Err(UriError::BadNumber { field }),
        }
    }

    /// The number under `key`, with what follows its point.
    pub(super) fn real(&self, key: &str) -> Option<f64> {
        match self.item(key)? {
            Item::Real(number) => Some(number),
            Item::Ascii(text) => ascii(text).parse().ok(),
            _ => None,
        }
    }

    /// Whether anything stands under `key`.
    pub(super) fn has(&self, key: &str) -> bool {
        self.item(key).is_some()
    }
}

/// Up to 8 bytes as a number.
fn number(bytes: &[u8]) -> Option<usize> {
    let fits = (1..=8).contains(&bytes.len());
    let number = bytes.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    usize::try_from(number).ok().filter(|_| fits)
}

/// A whole number; those of 8 bytes, and no others, have a sign.
fn whole(bytes: &[u8]) -> Item<'static> {
    let number = bytes.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    if number > i64::MAX.cast_unsigned() { Item::Other } else { Item::Whole(number) }
}

/// The content of an item of `unit` bytes each, of which `low` counts up to 14 and what follows the
/// mark counts more.
fn sized(low: u8, rest: &[u8], unit: usize) -> Option<&[u8]> {
    let (length, rest) = if low < 15 {
        (usize::from(low), rest)
    } else {
        let (mark, rest) = rest.split_first()?;
        let (length, rest) = rest.split_at_checked(1 << (mark & 3))?;
        (number(length)?, rest)
    };
    rest.get(..length.checked_mul(unit)?)
}

fn ascii(bytes: &[u8]) -> Zeroizing<String> {
    let bytes = bytes.get(..MOST_TEXT).unwrap_or(bytes);
    Zeroizing::new(String::from_utf8_lossy(bytes).into_owned())
}

fn utf16(bytes: &[u8]) -> Zeroizing<String> {
    let bytes = bytes.get(..MOST_TEXT).unwrap_or(bytes);
    let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
    Zeroizing::new(String::from_utf16_lossy(&Zeroizing::new(units)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_that_name_themselves_come_to_an_end() {
        // One dictionary whose only key and value are itself.
        let trailer = [&[0; 6][..], &[1, 1], &[0; 7], &[1], &[0; 8], &[0; 7], &[11]].concat();
        let bytes = [START, &[0xd1, 0, 0, 8], &trailer].concat();
        assert!(Archive::parse(&bytes).is_none());
        for end in 0..bytes.len() {
            assert!(Archive::parse(&bytes[..end]).is_none());
        }
    }

    #[test]
    fn numbers_and_lengths_never_overflow() {
        assert_eq!(number(&[0xff; 9]), None);
        assert_eq!(number(&[]), None);
        assert_eq!(number(&[1, 0]), Some(256));
        assert_eq!(sized(15, &[0x13, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0], 8), None);
        assert_eq!(sized(15, &[0x10, 2, 7, 8, 9], 1), Some(&[7, 8][..]));
        assert_eq!(sized(2, &[7], 1), None);
        assert!(matches!(whole(&[0xff; 8]), Item::Other));
        assert!(matches!(whole(&[0xff]), Item::Whole(255)));
    }
}
