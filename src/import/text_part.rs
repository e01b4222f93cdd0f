//! Parts of a text that was split over several QR codes, which may be on pages and in pictures of
//! their own.

use zeroize::Zeroizing;

use crate::qr::{self, Part};

use super::parts::MissingParts;
use super::{Batch, ImportError, Place, SkipReason, addresses};

/// One part, and where it stood.
#[derive(PartialEq, Eq)]
pub(super) struct TextPart {
    part: Part,
    text: Zeroizing<String>,
    place: Place,
}

/// Without the text, which may be a part of a key.
impl std::fmt::Debug for TextPart {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("TextPart").field("part", &self.part).finish_non_exhaustive()
    }
}

impl TextPart {
    fn is_the_same_as(&self, other: &Self) -> bool {
        (self.part, &self.text) == (other.part, &other.text)
    }
}

impl Batch {
    /// Reads what a QR code says: something like a line of a file, or a `part` of it.
    pub(super) fn code(&mut self, text: &str, part: Option<Part>, place: Place) -> Result<(), ImportError> {
        let Some(part) = part else {
            // A code is one entry even where its text has several lines, such as a visiting card.
            return addresses::read_line(text.trim(), place, self);
        };
        let known = TextPart { part, text: Zeroizing::new(text.to_owned()), place };
        self.take_text_parts(vec![known]);
        self.skip(place, String::new(), SkipReason::PartOfText(part))
    }

    /// Takes over `parts`, each once.
    pub(super) fn take_text_parts(&mut self, parts: Vec<TextPart>) {
        for part in parts {
            if !self.text_parts.iter().any(|known| known.is_the_same_as(&part)) {
                self.text_parts.push(part);
            }
        }
    }

    /// Reads the texts of which all parts are here.
    pub(super) fn join_texts(&mut self) -> Result<(), ImportError> {
        let firsts: Vec<(Part, Place)> =
            self.text_parts.iter().map(|it| (it.part, it.place)).filter(|(part, _)| part.number == 1).collect();
        for (first, place) in firsts {
            let parts: Vec<(Part, &str)> = self.text_parts.iter().map(|it| (it.part, it.text.as_str())).collect();
            let Some(whole) = qr::join_parts(&parts, first) else { continue };
            let is_its = |part: Part| part.is_of_the_text_of(first);
            self.text_parts.retain(|it| !is_its(it.part));
            self.skipped.retain(|it| !matches!(it.reason, SkipReason::PartOfText(part) if is_its(part)));
            addresses::read_line(whole.trim(), place, self)?;
        }
        Ok(())
    }

    /// The texts of which some parts were read and others were not.
    pub fn missing_text_parts(&self) -> Vec<MissingParts> {
        let mut firsts: Vec<Part> = Vec::new();
        for TextPart { part, .. } in &self.text_parts {
            if !firsts.iter().any(|known| known.is_of_the_text_of(*part)) {
                firsts.push(*part);
            }
        }
        let read =
            |one: Part| self.text_parts.iter().map(move |it| it.part).filter(move |part| part.is_of_the_text_of(one));
        let missing = |one: Part| MissingParts::of(one.of.into(), read(one).map(|part| part.number.into()));
        firsts.into_iter().filter_map(missing).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQ&issuer=Binance";

    /// Part `number` of [`ADDRESS`], split in two.
    fn half(number: usize) -> (&'static str, Option<Part>) {
        let (one, two) = ADDRESS.split_at(30);
        let parity = ADDRESS.bytes().fold(0, |parity, byte| parity ^ usize::from(byte));
        ([one, two][number - 1], Part::of_header((number - 1) << 12 | 1 << 8 | parity))
    }

    fn with(number: usize) -> Batch {
        let (text, part) = half(number);
        let mut batch = Batch::default();
        batch.code(text, part, Place::code(1)).unwrap();
        batch.join_texts().unwrap();
        batch
    }

    #[test]
    fn parts_in_several_pictures_are_put_together() {
        for order in [[1, 2], [2, 1]] {
            let mut batch = Batch::default();
            batch.append(with(order[0]), "one.png");
            batch.append(with(order[0]), "the same once more.png");
            assert_eq!((batch.accounts.len(), batch.skipped.len()), (0, 2));
            batch.append(with(order[1]), "two.png");
            assert_eq!((batch.accounts.len(), batch.skipped.len()), (1, 0));
            assert_eq!(batch.missing_text_parts(), []);
        }
    }

    #[test]
    fn what_is_missing_is_told() {
        let missing = with(2).missing_text_parts();
        assert_eq!(missing, [MissingParts { size: 2, read: vec![2], missing: vec![1] }]);
    }
}
