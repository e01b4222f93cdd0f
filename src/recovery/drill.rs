//! What a copy, a backup or a sheet gives, compared with the accounts that are kept.

use crate::account::{Account, AccountId};
use crate::clock::UnixTime;
use crate::code;
use crate::import::Imported;
use crate::store::StoreError;
use crate::store::index::Entry;

/// An account as it is kept, with its secret, or why that cannot be read.
pub struct Kept {
    /// What the index says.
    pub entry: Entry,
    /// The account.
    pub account: Result<Account, StoreError>,
}

/// What the copy says of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It gives the same codes.
    Same,
    /// It has an account of this name that gives other codes.
    Differs,
    /// It does not have it.
    Missing,
    /// It has it, while the secret that is kept here cannot be read any more.
    Rescued,
    /// It has it, and here there is none such.
    OnlyThere,
}

/// One account of a comparison.
#[derive(Debug)]
pub struct Line {
    /// The account here.
    pub id: Option<AccountId>,
    /// Its issuer.
    pub issuer: String,
    /// Its name at the issuer.
    pub name: String,
    /// Whether it is in the trash here.
    pub trashed: bool,
    /// What came out.
    pub verdict: Verdict,
}

/// Whether every account that is kept comes back from where `lines` are from, and `unread` entries
/// are.
pub fn is_whole(lines: &[Line], unread: usize) -> bool {
    unread == 0 && lines.iter().all(|line| !matches!(line.verdict, Verdict::Missing | Verdict::Differs))
}

/// Compares every code at `now`, and every key: the accounts in the order in which they are kept,
/// then those that are only in the copy.
pub fn compare(kept: &[Kept], found: &[Imported], now: UnixTime) -> Vec<Line> {
    let mut used = vec![false; found.len()];
    let mut lines: Vec<Line> = kept.iter().map(|kept| line(kept, found, &mut used, now)).collect();
    let rest = found.iter().zip(used).filter(|(_, used)| !used).map(|(found, _)| Line {
        id: None,
        issuer: found.account.issuer().to_owned(),
        name: found.account.name().to_owned(),
        trashed: false,
        verdict: Verdict::OnlyThere,
    });
    lines.extend(rest);
    lines
}

fn line(kept: &Kept, found: &[Imported], used: &mut [bool], now: UnixTime) -> Line {
    let entry = &kept.entry;
    let named = |found: &Imported| found.account.issuer() == entry.issuer && found.account.name() == entry.name;
    let same = |found: &Imported| kept.account.as_ref().is_ok_and(|kept| is_same(kept, &found.account, now));
    // An account that is there twice, once under an old key, counts as the one that is right.
    let at = found.iter().position(same).or_else(|| found.iter().zip(&*used).position(|(it, used)| !used && named(it)));
    if let Some(used) = at.and_then(|at| used.get_mut(at)) {
        *used = true;
    }
    let verdict = match at.and_then(|at| found.get(at)) {
        None => Verdict::Missing,
        Some(_) if kept.account.is_err() => Verdict::Rescued,
        Some(found) if same(found) => Verdict::Same,
        Some(_) => Verdict::Differs,
    };
    let (issuer, name) = (entry.issuer.clone(), entry.name.clone());
    Line { id: Some(entry.id), issuer, name, trashed: entry.is_trashed(), verdict }
}

/// Whether both give the same code now, and always. Where codes are counted, at the same counter.
fn is_same(kept: &Account, found: &Account, now: UnixTime) -> bool {
    let mut parts = found.duplicate().into_parts();
    if std::mem::discriminant(&parts.kind) == std::mem::discriminant(&kept.kind()) {
        parts.kind = kept.kind();
    }
    let Ok(level) = Account::new(parts) else { return false };
    found.gives_same_codes(kept) && code::at(&level, now).digits == code::at(kept, now).digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{Algorithm, Kind, Parts};
    use crate::import::{Extras, Place};
    use crate::secret::Secret;

    fn account(issuer: &str, key: u8, counter: Option<u64>) -> Account {
        let kind = counter.map_or(Kind::Totp { period: 30 }, |counter| Kind::Hotp { counter });
        let (issuer, name, secret) = (issuer.to_owned(), "taro".to_owned(), Secret::new(vec![key; 20]));
        Account::new(Parts { issuer, name, kind, algorithm: Algorithm::Sha1, digits: 6, secret, pin: None }).unwrap()
    }

    fn kept(account: Account, readable: bool) -> Kept {
        let id = AccountId::random().unwrap();
        let entry = Entry::new(id, &account, String::new(), UnixTime(1));
        let broken = || StoreError::Broken { account: String::new() };
        Kept { entry, account: if readable { Ok(account) } else { Err(broken()) } }
    }

    fn imported(account: Account) -> Imported {
        Imported { account, place: Place::line(1), notes: Vec::new(), extras: Extras::default() }
    }

    #[test]
    fn every_account_has_its_verdict() {
        let here = [
            kept(account("same", 1, None), true),
            kept(account("counted", 2, Some(9)), true),
            kept(account("differs", 3, None), true),
            kept(account("missing", 4, None), true),
            kept(account("rescued", 5, None), false),
        ];
        let there = [
            account("renamed there", 1, None),
            account("counted", 2, Some(4)),
            account("differs", 99, None),
            account("rescued", 5, None),
            account("only there", 6, None),
        ];
        let lines = compare(&here, &there.map(imported), UnixTime(59));
        let verdicts: Vec<(&str, Verdict)> = lines.iter().map(|line| (&*line.issuer, line.verdict)).collect();
        assert_eq!(
            verdicts,
            [
                ("same", Verdict::Same),
                ("counted", Verdict::Same),
                ("differs", Verdict::Differs),
                ("missing", Verdict::Missing),
                ("rescued", Verdict::Rescued),
                ("only there", Verdict::OnlyThere),
            ]
        );
    }

    #[test]
    fn an_old_key_beside_the_right_one_does_not_matter() {
        let here = [kept(account("site", 1, None), true)];
        let there = [account("site", 9, None), account("site", 1, None)].map(imported);
        let verdicts: Vec<Verdict> = compare(&here, &there, UnixTime(59)).iter().map(|line| line.verdict).collect();
        assert_eq!(verdicts, [Verdict::Same, Verdict::OnlyThere]);
    }
}
