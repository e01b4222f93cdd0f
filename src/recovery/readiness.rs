//! How ready the owner is: which ways back into each account there are, and what to do next.
//!
//! All of it is in the index, so that it can be told without a keyring and at no cost.

use crate::clock::{DAY, UnixTime};
use crate::store::index::{Entry, Index};
use crate::text;
use crate::text::Text;

/// After so many days the owner is asked to try a way back once more (`security.md` R17.2).
pub const TRIED_DAYS: u64 = 30;
/// After so many days a proof no longer counts for an account: paper fades, sticks die.
const PROOF_DAYS: u64 = 365;
/// With so many recovery codes left it is time for new ones.
const FEW_CODES: usize = 2;

/// How an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// There is a way back, and it was tried.
    Good,
    /// There is a way back that nobody tried, or not for a year.
    Watch,
    /// Its backup key is on this computer and nowhere else that is known.
    Bad,
}

impl Level {
    /// The name used in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Watch => "watch",
            Self::Bad => "bad",
        }
    }

    /// The same in words, for a mark that must not speak by its colour alone.
    pub fn text(self) -> Text {
        match self {
            Self::Good => text!("readiness-good"),
            Self::Watch => text!("readiness-watch"),
            Self::Bad => text!("readiness-bad"),
        }
    }
}

/// The ways back into one account.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    entry: &'a Entry,
    copies: bool,
}

/// One of the ways back, or what makes them shorter.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// `paper`, `paper-proved`, `copy`, `copy-proved`, `codes`, `second`, `login` or `address`.
    pub id: &'static str,
    /// Whether it is there.
    pub there: bool,
    /// What it is, with a date or number if it is there.
    pub text: Text,
}

impl<'a> Standing<'a> {
    /// The ways back into `entry`, an account of `index`.
    pub fn of(entry: &'a Entry, index: &Index) -> Self {
        Self::new(entry, index.copies.is_some())
    }

    /// The same where it is known whether recovery copies are written.
    pub fn new(entry: &'a Entry, copies: bool) -> Self {
        Self { entry, copies }
    }

    /// How the account stands at `now`.
    pub fn level(&self, now: UnixTime) -> Level {
        match self.proved() {
            _ if !self.is_kept() => Level::Bad,
            Some(when) if now.since(when) < PROOF_DAYS * DAY => Level::Good,
            _ => Level::Watch,
        }
    }

    /// Whether recovery copies, which are written after every change, have the account.
    pub fn is_copied(&self) -> bool {
        self.copies
    }

    /// Whether the key is anywhere besides this computer's store.
    fn is_kept(&self) -> bool {
        self.copies || self.entry.way_back.printed.is_some() || self.proved().is_some()
    }

    /// When a way back was last tried.
    fn proved(&self) -> Option<UnixTime> {
        self.entry.way_back.paper_proved.max(self.entry.way_back.copy_proved)
    }

    /// Whether the site itself would let the owner in without a code of this account.
    fn has_second_way(&self) -> bool {
        let way = &self.entry.way_back;
        !way.second.is_empty() || way.codes_left().is_some_and(|left| left > 0)
    }

    /// Every way, there or not; `date` puts a time into words.
    pub fn ways(&self, date: &dyn Fn(UnixTime) -> String) -> Vec<Way> {
        let way = &self.entry.way_back;
        let dated = |id, when: Option<UnixTime>, with: fn(String) -> Text, without: Text| Way {
            id,
            there: when.is_some(),
            text: when.map_or(without, |when| with(date(when))),
        };
        let plain = |id, there, text| Way { id, there, text };
        let left = way.codes_left().unwrap_or(0);
        let codes = if left > 0 { text!("readiness-codes-left", count = left) } else { text!("readiness-codes") };
        let second = second_ways(self.entry);
        let address = self.entry.url.is_some();
        let copy_proved = |when: String| text!("readiness-copy-proved-on", date = when);
        vec![
            dated("paper", way.printed, |when| text!("readiness-paper-on", date = when), text!("readiness-paper")),
            dated(
                "paper-proved",
                way.paper_proved,
                |when| text!("readiness-paper-proved-on", date = when),
                text!("readiness-paper-proved"),
            ),
            plain("copy", self.copies, text!("readiness-copy")),
            dated("copy-proved", way.copy_proved, copy_proved, text!("readiness-copy-proved")),
            plain("codes", left > 0, codes),
            plain("second", second.is_some(), second.unwrap_or_else(|| text!("readiness-second"))),
            plain("login", !way.login.is_empty(), text!("readiness-login")),
            plain("address", address, text!("readiness-address")),
        ]
    }
}

/// The second ways into `entry` that its owner noted, in words.
pub fn second_ways(entry: &Entry) -> Option<Text> {
    let named = |way: &String| match way.as_str() {
        "sms" => text!("readiness-second-sms"),
        "passkey" => text!("readiness-second-passkey"),
        "device" => text!("readiness-second-device"),
        other => text!("readiness-second-other", way = other),
    };
    let list = |list: Text, way| text!("readiness-and", first = list, second = way);
    entry.way_back.second.iter().map(named).reduce(list)
}

/// Something worth doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// This many accounts are on this computer and nowhere else: put them on paper.
    Print(usize),
    /// This many are on paper that was never read back.
    ProvePaper(usize),
    /// This many are in copies that were never opened.
    ProveCopy(usize),
    /// There are no recovery copies, so that what comes in next is nowhere else.
    Copies,
    /// This many accounts came in after the last sheet was made.
    Newer(usize),
    /// Nothing was tried for this many days.
    TryAgain(u64),
    /// This many accounts have next to no recovery codes left.
    FewCodes(usize),
    /// This many have no second way in.
    SecondWay(usize),
    /// Of this many it is not noted with which e-mail address one logs in.
    Login(usize),
    /// Of this many the official address is not noted.
    Address(usize),
}

impl Step {
    /// Whether it is worth a line where nobody asked for it.
    pub fn is_pressing(self) -> bool {
        matches!(self, Self::Print(_) | Self::ProvePaper(_) | Self::ProveCopy(_) | Self::Newer(_) | Self::TryAgain(_))
    }

    /// What is missing, in one sentence.
    pub fn text(self) -> Text {
        match self {
            Self::Print(count) => text!("readiness-step-print", count = count),
            Self::ProvePaper(count) => text!("readiness-step-prove-paper", count = count),
            Self::ProveCopy(count) => text!("readiness-step-prove-copy", count = count),
            Self::Copies => text!("readiness-step-copies"),
            Self::Newer(count) => text!("readiness-step-newer", count = count),
            Self::TryAgain(days) => text!("readiness-step-try-again", days = days),
            Self::FewCodes(count) => text!("readiness-step-few-codes", count = count),
            Self::SecondWay(count) => text!("readiness-step-second-way", count = count),
            Self::Login(count) => text!("readiness-step-login", count = count),
            Self::Address(count) => text!("readiness-step-address", count = count),
        }
    }

    /// What to do about it.
    pub fn next(self) -> Text {
        match self {
            Self::Print(_) | Self::Newer(_) => text!("readiness-next-print"),
            Self::ProvePaper(_) => text!("readiness-next-prove-paper"),
            Self::ProveCopy(_) => text!("readiness-next-prove-copy"),
            Self::Copies => text!("readiness-next-copies"),
            Self::TryAgain(_) => text!("readiness-next-try-again"),
            Self::FewCodes(_) => text!("readiness-next-few-codes"),
            Self::SecondWay(_) => text!("readiness-next-second-way"),
            Self::Login(_) => text!("readiness-next-login"),
            Self::Address(_) => text!("readiness-next-address"),
        }
    }
}

/// What is worth doing for the accounts of `index` outside the trash, the most valuable first.
pub fn steps(index: &Index, now: UnixTime) -> Vec<Step> {
    let all: Vec<Standing<'_>> = index.active().map(|entry| Standing::of(entry, index)).collect();
    let count = |holds: &dyn Fn(&Standing<'_>) -> bool| all.iter().filter(|standing| holds(standing)).count();
    if all.is_empty() {
        return Vec::new();
    }
    let printed = |it: &Standing<'_>| it.entry.way_back.printed.is_some();
    let untried = |it: &Standing<'_>| it.is_kept() && it.proved().is_none();
    let few = |it: &Standing<'_>| it.entry.way_back.codes_left().is_some_and(|left| left <= FEW_CODES);
    let alone = count(&|it| !it.is_kept());
    let steps = [
        Step::Print(alone),
        Step::ProvePaper(count(&|it| untried(it) && printed(it))),
        Step::ProveCopy(count(&|it| untried(it) && !printed(it))),
        Step::Newer(if count(&printed) > 0 { count(&|it| it.is_kept() && !printed(it)) } else { 0 }),
        Step::TryAgain(if alone == 0 { untried_days(&all, now) } else { 0 }),
        Step::FewCodes(count(&few)),
        Step::SecondWay(count(&|it| !it.has_second_way() && !few(it))),
        Step::Login(count(&|it| it.entry.way_back.login.is_empty())),
        Step::Address(count(&|it| it.entry.url.is_none())),
    ];
    let mut steps: Vec<Step> = steps.into_iter().filter(Step::is_due).collect();
    if index.copies.is_none() {
        let place = steps.iter().take_while(|step| step.is_pressing()).count();
        steps.insert(place, Step::Copies);
    }
    steps
}

impl Step {
    fn is_due(&self) -> bool {
        match *self {
            Self::TryAgain(days) => days > 0,
            Self::Copies => true,
            Self::Print(count)
            | Self::ProvePaper(count)
            | Self::ProveCopy(count)
            | Self::Newer(count)
            | Self::FewCodes(count)
            | Self::SecondWay(count)
            | Self::Login(count)
            | Self::Address(count) => count > 0,
        }
    }
}

/// For how many days no way back of any account was tried; 0 if that is not long, or if there is an
/// account whose way back was never tried, for which there is a step of its own.
fn untried_days(all: &[Standing<'_>], now: UnixTime) -> u64 {
    let tried: Option<Vec<UnixTime>> = all.iter().map(Standing::proved).collect();
    let latest = tried.into_iter().flatten().max();
    latest.map(|when| now.since(when) / DAY).filter(|days| *days > TRIED_DAYS).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{Account, AccountId, Algorithm, Kind, Parts};
    use crate::secret::Secret;
    use crate::store::index::{Copies, RecoveryCodes, WayBack};
    use crate::store::{Backend, BackendKind};
    use crate::text::Lang;

    const NOW: UnixTime = UnixTime(20_000 * DAY);

    fn ago(days: u64) -> UnixTime {
        UnixTime(NOW.0 - days * DAY)
    }

    /// An account of which everything is noted that has nothing to do with its key.
    fn entry(way_back: WayBack) -> Entry {
        let parts = Parts {
            issuer: "Binance".to_owned(),
            name: "taro".to_owned(),
            kind: Kind::Totp { period: 30 },
            algorithm: Algorithm::Sha1,
            digits: 6,
            secret: Secret::new(vec![7; 20]),
            pin: None,
        };
        let mut entry = Entry::new(AccountId::random().unwrap(), &Account::new(parts).unwrap(), String::new(), NOW);
        entry.url = Some("https://www.binance.com".to_owned());
        entry.way_back = WayBack { login: "taro@example.com".to_owned(), second: vec!["sms".to_owned()], ..way_back };
        entry
    }

    fn index(copies: bool, entries: Vec<Entry>) -> Index {
        let backend = Backend { kind: BackendKind::Memory, service: String::new(), collection: String::new() };
        let mut index = Index::new(AccountId::random().unwrap(), backend);
        index.accounts = entries;
        index.copies = copies.then(|| Copies {
            recipient: "age1".to_owned(),
            since: NOW,
            changed: 0,
            folders: Vec::new(),
            extra: serde_json::Map::new(),
        });
        index
    }

    fn paper(printed: u64, proved: Option<u64>) -> WayBack {
        WayBack { printed: Some(ago(printed)), paper_proved: proved.map(ago), ..WayBack::default() }
    }

    fn copy(proved: u64) -> WayBack {
        WayBack { copy_proved: Some(ago(proved)), ..WayBack::default() }
    }

    #[test]
    fn the_most_valuable_step_comes_first() {
        #[track_caller]
        fn case(copies: bool, ways: Vec<WayBack>, expected: &[Step]) {
            assert_eq!(steps(&index(copies, ways.into_iter().map(entry).collect()), NOW), expected);
        }
        let none = WayBack::default;
        case(false, vec![], &[]);
        case(false, vec![none(), none()], &[Step::Print(2), Step::Copies]);
        case(false, vec![paper(3, None)], &[Step::ProvePaper(1), Step::Copies]);
        case(false, vec![paper(3, None), none()], &[Step::Print(1), Step::ProvePaper(1), Step::Copies]);
        case(false, vec![paper(3, Some(2))], &[Step::Copies]);
        case(true, vec![none()], &[Step::ProveCopy(1)]);
        case(true, vec![paper(3, Some(2)), none()], &[Step::ProveCopy(1), Step::Newer(1)]);
        case(true, vec![paper(3, Some(2)), copy(1)], &[Step::Newer(1)]);
        case(true, vec![copy(1)], &[]);
        case(true, vec![copy(30)], &[]);
        case(true, vec![copy(31)], &[Step::TryAgain(31)]);
        case(true, vec![copy(31), copy(5)], &[]);
        case(false, vec![paper(400, Some(40))], &[Step::TryAgain(40), Step::Copies]);
    }

    #[test]
    fn what_makes_the_way_shorter_comes_last() {
        let codes = |count, spent: Vec<u16>| {
            let id = AccountId::random().unwrap();
            WayBack { recovery_codes: vec![RecoveryCodes { id, count, spent, added: NOW, removed: None }], ..copy(1) }
        };
        let bare = |way_back: WayBack| Entry { way_back, url: None, ..entry(WayBack::default()) };
        let all = vec![bare(copy(1)), bare(codes(8, vec![])), bare(codes(8, (0..7).collect())), entry(copy(1))];
        let expected = [Step::FewCodes(1), Step::SecondWay(1), Step::Login(3), Step::Address(3)];
        assert_eq!(steps(&index(true, all), NOW), expected);
        assert!(expected.iter().all(|step| !step.is_pressing()));
    }

    #[test]
    fn the_trash_needs_no_way_back() {
        let mut gone = entry(WayBack::default());
        gone.trashed = Some(NOW);
        assert_eq!(steps(&index(false, vec![gone]), NOW), []);
    }

    #[test]
    fn an_account_stands_as_its_ways_back_do() {
        #[track_caller]
        fn case(copies: bool, way_back: WayBack, level: Level) {
            let index = index(copies, vec![entry(way_back)]);
            assert_eq!(Standing::of(&index.accounts[0], &index).level(NOW), level);
        }
        case(false, WayBack::default(), Level::Bad);
        case(true, WayBack::default(), Level::Watch);
        case(false, paper(3, None), Level::Watch);
        case(false, paper(3, Some(1)), Level::Good);
        case(false, paper(900, Some(364)), Level::Good);
        case(false, paper(900, Some(365)), Level::Watch);
        case(true, copy(364), Level::Good);
    }

    #[test]
    fn the_ways_are_told_in_words() {
        let index = index(true, vec![entry(paper(1, None))]);
        let ways = Standing::of(&index.accounts[0], &index).ways(&|time| format!("day {}", time.day()));
        let told = |there: bool, lang| {
            let ways = ways.iter().filter(|way| way.there == there);
            ways.map(|way| way.text.say(lang)).collect::<Vec<_>>()
        };
        assert_eq!(
            told(true, Lang::English),
            ["key on paper (day 19999)", "recovery copies", "SMS", "login e-mail", "official address"]
        );
        assert_eq!(told(false, Lang::English), ["paper tried", "copy tried", "recovery codes"]);
        assert_eq!(told(false, Lang::Japanese), ["紙の確認", "コピーの確認", "リカバリーコード"]);
    }
}
