//! Google transfers that span several QR codes, and which of them are still missing.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::text;
use crate::text::Text;

/// One QR code of a transfer that has several (`formats.md` 5.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What all parts of one transfer share; newer versions of the app leave it out.
    pub batch_id: Option<i32>,
    /// The place of this part, from 0.
    pub index: u32,
    /// The number of parts: 2 to 1,000.
    pub size: u32,
}

/// The most parts of a transfer: enough for 10,000 accounts, ten to a code.
pub(super) const MAX_PARTS: u32 = 1000;

impl Part {
    /// The part that these numbers of a payload tell of; `None` for a transfer in one piece, or for
    /// numbers that make no sense.
    pub(super) fn new(batch_id: i32, index: u64, size: u64) -> Option<Self> {
        let (index, size) = (u32::try_from(index).ok()?, u32::try_from(size).ok()?);
        let sound = (2..=MAX_PARTS).contains(&size) && index < size;
        // Some apps write 0 where Google leaves the id out.
        sound.then_some(Self { batch_id: Some(batch_id).filter(|id| *id != 0), index, size })
    }

    /// Whether both parts are of one transfer. Those without an id are taken for parts of one if
    /// their transfers have equally many.
    pub fn is_of_the_transfer_of(&self, other: &Self) -> bool {
        (self.batch_id, self.size) == (other.batch_id, other.size)
    }
}

/// A transfer of which not all parts were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingParts {
    /// The number of parts.
    pub size: u32,
    /// The parts that were read, from 1, sorted.
    pub read: Vec<u32>,
    /// The parts that were not, from 1, sorted.
    pub missing: Vec<u32>,
}

impl MissingParts {
    /// What is missing of `size` parts, of which those with the numbers `read` were read; `None` if
    /// nothing is.
    pub(super) fn of(size: u32, read: impl Iterator<Item = u32>) -> Option<Self> {
        let read: BTreeSet<u32> = read.collect();
        let missing: Vec<u32> = (1..=size).filter(|number| !read.contains(number)).collect();
        (!missing.is_empty()).then(|| Self { size, read: read.into_iter().collect(), missing })
    }

    /// One sentence, such as “part 2 of 3 read, still missing 1 and 3”.
    pub fn text(&self) -> Text {
        text!(
            "import-missing-parts",
            count = self.read.len(),
            read = list(&self.read),
            size = self.size,
            missing = list(&self.missing)
        )
    }
}

/// What is missing of the transfers of `asked`, when `parts` are all that were read, in any order
/// and any number of times.
pub fn missing_parts(parts: &[Part], asked: &[Part]) -> Vec<MissingParts> {
    let mut transfers = BTreeMap::<_, BTreeSet<u32>>::new();
    for part in parts.iter().filter(|part| asked.iter().any(|other| part.is_of_the_transfer_of(other))) {
        transfers.entry((part.batch_id, part.size)).or_default().insert(part.index + 1);
    }
    transfers.into_iter().filter_map(|((_, size), read)| MissingParts::of(size, read.into_iter())).collect()
}

/// `1`, `1 and 2`, `1, 2 and 3`.
fn list(numbers: &[u32]) -> Text {
    let words: Vec<_> = numbers.iter().map(u32::to_string).collect();
    match words.as_slice() {
        [first @ .., last] if !first.is_empty() => {
            let first = first.iter().map(|word| text!("import-list-one", word = word.as_str()));
            let joined = first.reduce(|all, next| text!("import-list-comma", all = all, next = next));
            let Some(joined) = joined else { return text!("import-list-one", word = last.as_str()) };
            text!("import-list-and", all = joined, last = last.as_str())
        }
        _ => text!("import-list-one", word = words.concat()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn part(batch_id: Option<i32>, index: u32, size: u32) -> Part {
        Part { batch_id, index, size }
    }

    #[test]
    fn missing_parts_are_named() {
        #[track_caller]
        fn case(parts: &[Part], english: &[&str], japanese: &[&str]) {
            let say =
                |lang| missing_parts(parts, parts).iter().map(|missing| missing.text().say(lang)).collect::<Vec<_>>();
            assert_eq!(say(Lang::English), english);
            assert_eq!(say(Lang::Japanese), japanese);
        }
        case(&[], &[], &[]);
        case(
            &[part(None, 1, 3)],
            &["part 2 of 3 read, still missing 1 and 3"],
            &["全 3 枚のうち 2 枚目を読み取りました。まだ 1・3 枚目が足りません"],
        );
        case(
            &[part(Some(-7), 2, 4), part(Some(-7), 0, 4), part(Some(-7), 1, 4), part(Some(-7), 0, 4)],
            &["parts 1, 2 and 3 of 4 read, still missing 4"],
            &["全 4 枚のうち 1・2・3 枚目を読み取りました。まだ 4 枚目が足りません"],
        );
        case(&[part(None, 1, 2), part(None, 0, 2)], &[], &[]);
        // Two transfers, by id and by size.
        case(
            &[part(Some(1), 0, 2), part(Some(2), 1, 2), part(None, 0, 3), part(None, 1, 3), part(None, 2, 3)],
            &["part 1 of 2 read, still missing 2", "part 2 of 2 read, still missing 1"],
            &[
                "全 2 枚のうち 1 枚目を読み取りました。まだ 2 枚目が足りません",
                "全 2 枚のうち 2 枚目を読み取りました。まだ 1 枚目が足りません",
            ],
        );
    }

    #[test]
    fn numbers_without_sense_make_no_part() {
        assert_eq!(Part::new(5, 1, 3), Some(part(Some(5), 1, 3)));
        assert_eq!(Part::new(0, 0, 2), Some(part(None, 0, 2)));
        assert_eq!(Part::new(5, 0, 1), None);
        assert_eq!(Part::new(5, 3, 3), None);
        assert_eq!(Part::new(5, 0, u64::MAX), None);
        assert_eq!(Part::new(5, 0, 1001), None);
    }
}
