//! What is done to the accounts, and what has to be true of them afterwards.

use std::collections::BTreeMap;

use otp::account::{Account, AccountId, Algorithm, Kind, Parts};
use otp::clock::{DAY, UnixTime};
use otp::key::codes::CodeSet;
use otp::secret::Secret;
use otp::store::index::Entry;
use otp::store::ledger::{Added, Ledger, Newcomer, Replaces};
use otp::store::{BackendKind, StoreError};

/// One change, as the use cases of `app` make it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    /// One account comes in, the very first one with canary and index.
    AddOne,
    /// Two come in at once, one of them counter-based.
    AddTwo,
    Rename,
    Trash,
    Restore,
    Purge,
    /// The first account gets another secret.
    Replace,
    /// A counter is used and its code shown.
    Code,
    /// The first account gets a set of recovery codes.
    Codes,
    /// All secrets move to the other place.
    Move,
}

impl Deed {
    pub(super) const ALL: [Self; 10] = [
        Self::AddOne,
        Self::AddTwo,
        Self::Rename,
        Self::Trash,
        Self::Restore,
        Self::Purge,
        Self::Replace,
        Self::Code,
        Self::Codes,
        Self::Move,
    ];
}

/// Where an account is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    Active,
    Trash,
}

/// What its owner was told: for each account, known by the number its secret is made of, where it
/// is and, for a counter, the next one that was not shown yet; and how many sets of recovery codes it
/// has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Told(BTreeMap<u8, (Where, u64)>, BTreeMap<u8, usize>);

/// Counter-based accounts have numbers from here on.
const COUNTED: u8 = 128;

/// The account number `number`: all bytes of its secret are this number.
pub(super) fn account(number: u8) -> Account {
    let kind = if number >= COUNTED { Kind::Hotp { counter: 0 } } else { Kind::Totp { period: 30 } };
    let secret = Secret::new(vec![number; 20]);
    let (issuer, name) = (format!("site {number}"), "taro".to_owned());
    Account::new(Parts { issuer, name, kind, algorithm: Algorithm::Sha1, digits: 6, secret, pin: None }).unwrap()
}

/// The day on which the deed number `day` is done.
pub(super) fn time(day: u64) -> UnixTime {
    UnixTime(1_800_000_000 + day * DAY)
}

impl Told {
    /// Adds accounts that were not there.
    pub(super) fn with(mut self, numbers: &[u8]) -> Self {
        self.0.extend(numbers.iter().map(|number| (*number, (Where::Active, 0))));
        self
    }

    fn first(&self, place: Where, fits: impl Fn(u8) -> bool) -> Option<u8> {
        self.0.iter().find(|(number, told)| told.0 == place && fits(**number)).map(|(number, _)| *number)
    }

    fn next(&self, counted: bool) -> u8 {
        let range = if counted { COUNTED..=255 } else { 1..=COUNTED - 1 };
        range.clone().find(|number| !self.0.contains_key(number)).unwrap_or(*range.end())
    }

    /// What is true once `deed` is done; `None` if there is nothing to do it to.
    pub(super) fn after(&self, deed: Deed) -> Option<Self> {
        let mut told = self.clone();
        let plain = |number: u8| number < COUNTED;
        match deed {
            Deed::AddOne => return Some(told.with(&[self.next(false)])),
            Deed::AddTwo => return Some(told.with(&[self.next(false), self.next(true)])),
            Deed::Rename => drop(self.first(Where::Active, plain)?),
            Deed::Move if self.0.is_empty() => return None,
            Deed::Move => {}
            Deed::Trash => told.0.get_mut(&self.first(Where::Active, plain)?)?.0 = Where::Trash,
            Deed::Restore => told.0.get_mut(&self.first(Where::Trash, |_| true)?)?.0 = Where::Active,
            Deed::Purge => {
                let gone = self.first(Where::Trash, |_| true)?;
                told.0.remove(&gone);
                told.1.remove(&gone);
            }
            Deed::Replace => {
                let old = self.first(Where::Active, plain)?;
                told.0.get_mut(&old)?.0 = Where::Trash;
                told = told.with(&[self.next(false)]);
                if let Some(codes) = self.1.get(&old) {
                    told.1.insert(self.next(false), *codes);
                }
            }
            Deed::Codes => *told.1.entry(self.first(Where::Active, plain)?).or_default() += 1,
            Deed::Code => told.0.get_mut(&self.first(Where::Active, |number| !plain(number))?)?.1 += 1,
        }
        Some(told)
    }

    /// Does `deed` through the library.
    pub(super) fn perform(&self, deed: Deed, ledger: &mut Ledger, now: UnixTime) -> Result<(), StoreError> {
        let plain = |number: u8| number < COUNTED;
        let new = |number| Newcomer::from(account(number));
        match deed {
            Deed::AddOne => ledger.add(vec![new(self.next(false))], now, &mut |_| {}).map(drop),
            Deed::AddTwo => ledger.add(vec![new(self.next(false)), new(self.next(true))], now, &mut |_| {}).map(drop),
            Deed::Rename => self.edit(ledger, Where::Active, plain, now, |entry| "jiro".clone_into(&mut entry.name)),
            Deed::Trash => self.edit(ledger, Where::Active, plain, now, |entry| entry.trashed = Some(now)),
            Deed::Restore => self.edit(ledger, Where::Trash, |_| true, now, |entry| entry.trashed = None),
            Deed::Code => self.edit(
                ledger,
                Where::Active,
                |number| !plain(number),
                now,
                |entry| {
                    entry.counter = entry.counter.map(|counter| counter + 1);
                },
            ),
            Deed::Purge => {
                let id = id_of(ledger, self.first(Where::Trash, |_| true).unwrap());
                ledger.purge(&[id], now)
            }
            Deed::Replace => {
                let old = id_of(ledger, self.first(Where::Active, plain).unwrap());
                let newcomer = Newcomer { replaces: Some(Replaces::ReEnrolled(old)), ..new(self.next(false)) };
                ledger.add(vec![newcomer], now, &mut |_| {}).map(drop)
            }
            Deed::Codes => {
                let id = id_of(ledger, self.first(Where::Active, plain).unwrap());
                ledger.add_codes(&[(id, codes())], now)
            }
            Deed::Move => {
                let here = ledger.backend()?.kind;
                let to = if here == BackendKind::Vault { BackendKind::Keyring } else { BackendKind::Vault };
                ledger.shift(to, now, &mut |_| {})
            }
        }
    }

    fn edit(
        &self,
        ledger: &mut Ledger,
        place: Where,
        fits: impl Fn(u8) -> bool,
        now: UnixTime,
        change: impl FnOnce(&mut Entry),
    ) -> Result<(), StoreError> {
        let id = id_of(ledger, self.first(place, fits).unwrap());
        ledger.edit(now, |index| {
            change(index.entry_mut(id).unwrap());
            Ok(())
        })
    }

    /// What `ledger` has now, secrets read and compared.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub(super) fn seen(ledger: &mut Ledger) -> Result<Self, String> {
        let entries: Vec<Entry> = ledger.index().map(|index| index.accounts.clone()).unwrap_or_default();
        let ids: Vec<AccountId> = entries.iter().map(|entry| entry.id).collect();
        let answers = ledger.accounts(&ids).map_err(|error| error.to_string())?;
        let mut told = Self::default();
        let sets = ledger.codes(&ids).map_err(|error| error.to_string())?;
        for (entry, answer) in entries.iter().zip(answers) {
            let kept = answer.map_err(|error| format!("{}: {error}", entry.issuer))?;
            let number = kept.secret().expose()[0];
            if !kept.gives_same_codes(&account(number)) || entry.issuer != format!("site {number}") {
                return Err(format!("{}: another secret", entry.issuer));
            }
            let place = if entry.is_trashed() { Where::Trash } else { Where::Active };
            if told.0.insert(number, (place, entry.counter.unwrap_or(0))).is_some() {
                return Err(format!("{}: twice", entry.issuer));
            }
            let own: Vec<_> = sets.iter().filter(|set| set.account == entry.id).collect();
            if own.iter().any(|set| set.codes.as_ref().map(|set| set.codes.len()) != Ok(codes().codes.len())) {
                return Err(format!("{}: recovery codes are lost", entry.issuer));
            }
            if !own.is_empty() {
                told.1.insert(number, own.len());
            }
        }
        Ok(told)
    }

    /// Whether every account of `self` is as it was told before, or as it is after a deed that was
    /// interrupted. A counter may have moved on, never back.
    pub(super) fn check(&self, before: &Self, after: &Self) -> Result<(), String> {
        for number in 0..=u8::MAX {
            let [found, old, new] = [self, before, after].map(|told| told.0.get(&number));
            let place = |told: Option<&(Where, u64)>| told.map(|told| told.0);
            let counter = found.map_or(u64::MAX, |found| found.1);
            if ![place(old), place(new)].contains(&place(found)) || old.is_some_and(|old| counter < old.1) {
                return Err(format!("site {number} is {found:?}, was {old:?}, would be {new:?}"));
            }
            let [sets, old, new] = [self, before, after].map(|told| told.1.get(&number));
            if found.is_some() && ![old, new].contains(&sets) {
                return Err(format!("site {number} has {sets:?} sets of codes, had {old:?}, would have {new:?}"));
            }
        }
        Ok(())
    }
}

impl Told {
    /// Whether every account of `self` was there before or after: what was deleted for good does
    /// not come back.
    pub(super) fn has_nothing_but(&self, before: &Self, after: &Self) -> Result<(), String> {
        let strange = self.0.keys().find(|number| !before.0.contains_key(number) && !after.0.contains_key(number));
        strange.map_or(Ok(()), |number| Err(format!("site {number} came back")))
    }
}

/// Recovery codes of a site.
fn codes() -> CodeSet {
    let codes = ["1234-5678", "2345-6789"].map(|code| Secret::from_text(code.to_owned()));
    CodeSet { codes: codes.into(), ..CodeSet::default() }
}

fn id_of(ledger: &Ledger, number: u8) -> AccountId {
    let entry = ledger.index().unwrap().accounts.iter().find(|entry| entry.issuer == format!("site {number}"));
    entry.unwrap().id
}

/// Whether one more account can be added.
pub(super) fn add_one_more(ledger: &mut Ledger, now: UnixTime) -> Result<(), String> {
    match ledger.add(vec![account(99).into()], now, &mut |_| {}) {
        Ok(added) if matches!(added[..], [Added::New(_)]) => {}
        other => return Err(format!("a further account: {other:?}")),
    }
    Told::seen(ledger).map(drop)
}
