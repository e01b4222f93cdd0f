//! What a recovery copy has of the index, and so which changes call for a new one.

use super::{Entry, Index, RecoveryCodes};

/// Every so many uses of a counter call for a new copy. A site looks for a code that far ahead, or
/// nearly, so an older copy still gets its owner in.
const COUNTER_STEP: u64 = 10;

impl Index {
    /// Whether a copy of `self` serves for `other` as well. What was proved or printed when is in no
    /// copy, and a counter may have moved on a little.
    pub fn same_content(&self, other: &Self) -> bool {
        let recipient = |index: &Self| index.copies.as_ref().map(|copies| copies.recipient.clone());
        recipient(self) == recipient(other)
            && self.accounts.len() == other.accounts.len()
            && self.accounts.iter().zip(&other.accounts).all(|(one, two)| one.content() == two.content())
    }
}

impl Entry {
    fn content(&self) -> Self {
        let mut content = self.clone();
        content.counter = self.counter.map(|counter| counter / COUNTER_STEP);
        content.fingerprint = String::new();
        content.superseded_by = None;
        content.extra.clear();
        let way_back = &mut content.way_back;
        (way_back.printed, way_back.paper_proved, way_back.copy_proved) = (None, None, None);
        way_back.recovery_codes.retain(|set: &RecoveryCodes| set.removed.is_none());
        content
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{Account, AccountId, Algorithm, Kind, Parts};
    use crate::clock::UnixTime;
    use crate::secret::Secret;
    use crate::store::{Backend, BackendKind};

    fn index() -> Index {
        let backend = Backend { kind: BackendKind::Memory, service: String::new(), collection: String::new() };
        let mut index = Index::new(AccountId::parse(&"0".repeat(32)).unwrap(), backend);
        let parts = Parts {
            issuer: "Binance".into(),
            name: "taro".into(),
            kind: Kind::Hotp { counter: 0 },
            algorithm: Algorithm::Sha1,
            digits: 6,
            secret: Secret::new(vec![7; 20]),
            pin: None,
        };
        let account = Account::new(parts).unwrap();
        for digit in ["1", "2"] {
            let id = AccountId::parse(&digit.repeat(32)).unwrap();
            index.accounts.push(Entry::new(id, &account, String::new(), UnixTime(1)));
        }
        index
    }

    #[test]
    fn only_what_a_copy_has_calls_for_a_new_one() {
        #[track_caller]
        fn case(change: impl FnOnce(&mut Index), same: bool) {
            let old = index();
            let mut new = old.clone();
            change(&mut new);
            assert_eq!(old.same_content(&new), same);
        }
        case(|index| index.generation += 1, true);
        case(|index| index.accounts[0].way_back.copy_proved = Some(UnixTime(5)), true);
        case(|index| index.accounts[0].way_back.login = "taro".into(), false);
        case(|index| index.accounts[0].name.push('x'), false);
        case(|index| index.accounts[0].trashed = Some(UnixTime(5)), false);
        case(|index| drop(index.accounts.pop()), false);
        case(|index| index.accounts.reverse(), false);
        let counting = |counter| {
            let mut index = index();
            index.accounts[0].counter = Some(counter);
            index
        };
        assert!(counting(10).same_content(&counting(19)));
        assert!(!counting(19).same_content(&counting(20)));
    }
}
