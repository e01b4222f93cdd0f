//! Which accounts a sheet has: a short digest that stands on the paper, and what came in since.

use sha2::{Digest as _, Sha256};

use crate::account::AccountId;
use crate::secret::hex;
use crate::store::index::{Entry, Index};

/// How many hexadecimal digits of the SHA-256 are printed.
const DIGITS: usize = 12;

/// The digest of the set `ids`, in groups of four: `3f9a-04c2-77be`. The first 12 hexadecimal digits
/// of the SHA-256 of the ids, sorted, each followed by a line feed. Ids are random, and a replaced
/// secret has a new one, so it changes with every key and tells nothing.
pub fn digest(ids: &[AccountId]) -> String {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let lines = ids.iter().fold(Sha256::new(), |hash, id| hash.chain_update(format!("{id}\n")));
    let digits = hex(&lines.finalize());
    let digits = digits.as_bytes().get(..DIGITS).unwrap_or_default();
    digits.chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-")
}

/// The accounts outside the trash that are on no sheet yet; `None` where no sheet was ever made.
pub fn newer_than_sheets(index: &Index) -> Option<Vec<&Entry>> {
    let printed = |entry: &Entry| index.sheets.iter().any(|sheet| sheet.ids.contains(&entry.id));
    (!index.sheets.is_empty()).then(|| index.active().filter(|entry| !printed(entry)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(last: u8) -> AccountId {
        AccountId::parse(&format!("{last:032x}")).unwrap()
    }

    /// As `printf '%032x\n' 1 2 | sha256sum` says it.
    #[test]
    fn the_digest_is_of_the_set() {
        assert_eq!(digest(&[id(1), id(2)]), "d293-1869-6977");
        assert_eq!(digest(&[id(2), id(1), id(2)]), digest(&[id(1), id(2)]));
        assert_ne!(digest(&[id(1)]), digest(&[id(2)]));
    }
}
