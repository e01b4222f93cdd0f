//! What to do now, step by step, for somebody who cannot get in.
//!
//! The steps are told from what the index knows of the account; nothing is opened for them, so they
//! are there when the keyring is not. With no account at all they still hold.

use crate::clock::UnixTime;
use crate::recovery::readiness::second_ways;
use crate::store::index::{Entry, Index};
use crate::text;
use crate::text::{Arg, Text};

/// Declares the cases: name in code, id.
macro_rules! cases {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal;)*) => {
        /// What has happened.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Case {
            $($(#[doc = $doc])+ $name,)*
        }

        impl Case {
            /// Every case, the most frequent first.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The name used on the command line and in JSON.
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)*
                }
            }
        }
    };
}

cases! {
    /// The phone with the codes is lost, stolen or broken.
    Lost = "lost";
    /// There is a new phone, and the codes are on the old one.
    Replaced = "replaced";
    /// The site refuses the codes.
    Refused = "refused";
    /// The keyring of this computer is locked, empty or another one.
    Keyring = "keyring";
    /// The computer with the accounts is lost or broken.
    Computer = "computer";
    /// The e-mail address or the password is forgotten.
    Login = "login";
    /// Something was typed into a page that was not the site's own.
    Phishing = "phishing";
}

impl Case {
    /// Reads an id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|case| case.id() == id)
    }

    /// What has happened, as the person would say it.
    pub fn text(self) -> Text {
        Text::new(format!("rescue-case-{}", self.id()))
    }
}

/// What is known of the ways back.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Known {
    /// What stands for the account in a command; a placeholder where there is none in mind.
    pub query: Option<String>,
    /// Whether this computer has the backup key.
    pub here: bool,
    /// When the key was put on paper.
    pub printed: Option<UnixTime>,
    /// Whether there are recovery copies.
    pub copies: bool,
    /// How many recovery codes are left.
    pub codes: usize,
    /// The second ways in.
    pub second: Option<Text>,
    /// With what the owner logs in.
    pub login: Option<String>,
    /// The official address.
    pub address: Option<String>,
}

impl Known {
    /// What `index` knows of `entry`.
    pub fn of(entry: &Entry, index: &Index) -> Self {
        let way = &entry.way_back;
        Self {
            query: query(entry, index),
            here: true,
            printed: way.printed,
            copies: index.copies.is_some(),
            codes: way.codes_left().unwrap_or(0),
            second: second_ways(entry),
            login: Some(way.login.clone()).filter(|login| !login.is_empty()),
            address: entry.url.clone(),
        }
    }

    /// What holds for all accounts of `index` together.
    pub fn of_all(index: &Index) -> Self {
        let printed = index.active().filter_map(|entry| entry.way_back.printed).max();
        let here = index.active().next().is_some();
        Self { here, printed, copies: index.copies.is_some(), ..Self::default() }
    }
}

/// What finds `entry` among the accounts of `index`: its issuer alone if no other has it, its id if
/// there is another enrolment of the account.
fn query(entry: &Entry, index: &Index) -> Option<String> {
    let is_twin = |other: &Entry| other.id != entry.id && (&other.issuer, &other.name) == (&entry.issuer, &entry.name);
    if index.active().any(is_twin) {
        return entry.id.to_string().get(..6).map(|start| format!("id:{start}"));
    }
    let shared = index.active().filter(|other| other.issuer.eq_ignore_ascii_case(&entry.issuer)).count() > 1;
    let names = match (entry.issuer.trim(), entry.name.trim()) {
        (issuer, name) if shared && !issuer.is_empty() => format!("{issuer} {name}"),
        ("", name) => name.to_owned(),
        (issuer, _) => issuer.to_owned(),
    };
    Some(names.trim()).filter(|names| !names.is_empty()).map(quoted)
}

/// `name` as a shell takes it for one word.
fn quoted(name: &str) -> String {
    let plain = |symbol: char| symbol.is_alphanumeric() || matches!(symbol, '.' | '-' | '_' | '@' | '+');
    // What begins with a hyphen would be taken for an option.
    let name = name.trim_start_matches('-');
    if name.chars().all(plain) {
        return name.to_owned();
    }
    format!("\"{}\"", name.replace(['"', '$', '`', '\\', '!'], "?"))
}

/// The steps of one plan, and what they are told from.
struct Plan<'a> {
    known: &'a Known,
    date: &'a dyn Fn(UnixTime) -> String,
    steps: Vec<Text>,
}

/// The steps for `case`, in their order; `date` puts a time into words.
pub fn plan(case: Case, known: &Known, date: &dyn Fn(UnixTime) -> String) -> Vec<Text> {
    let mut plan = Plan { known, date, steps: Vec::new() };
    match case {
        Case::Lost => plan.lost(),
        Case::Replaced => plan.replaced(),
        Case::Refused => plan.refused(),
        Case::Keyring => plan.keyring(),
        Case::Computer => plan.computer(),
        Case::Login => plan.login(),
        Case::Phishing => plan.phishing(),
    }
    plan.steps
}

impl Plan<'_> {
    fn lost(&mut self) {
        self.say(text!("rescue-lock-phone"));
        self.get_in();
        self.say_with_query(text!("rescue-new-key"));
        self.next_phone();
        self.afterwards();
    }

    fn replaced(&mut self) {
        self.say(text!("rescue-keep-old-phone"));
        if self.known.here {
            self.next_phone();
            self.say_with_query(text!("rescue-try-new-phone"));
        } else {
            self.say(text!("rescue-transfer"));
            self.get_in();
        }
        self.say(text!("rescue-wipe-old-phone"));
        self.afterwards();
    }

    fn refused(&mut self) {
        self.say(text!("rescue-stop-trying"));
        self.site_first();
        self.say(text!("rescue-clock"));
        self.say_with_query(text!("rescue-right-account"));
        self.say(text!("rescue-old-key"));
        self.say(text!("rescue-slip"));
        self.without_code();
        self.support(text!("rescue-what-refused"));
    }

    fn keyring(&mut self) {
        self.say(text!("rescue-nothing-deleted"));
        self.say(text!("rescue-keyring-locked"));
        self.say(text!("rescue-keyring-other"));
        self.copy();
        self.paper();
        self.say(text!("rescue-from-phone"));
        self.say(text!("rescue-accept-keyring"));
        self.without_code();
        self.afterwards();
    }

    fn computer(&mut self) {
        self.say(text!("rescue-phone-still-works"));
        self.say(text!("rescue-other-computer"));
        self.copy();
        self.paper();
        self.without_code();
        self.support(text!("rescue-what-lost"));
        self.say(text!("rescue-computer-stolen"));
        self.afterwards();
    }

    fn login(&mut self) {
        self.say(text!("rescue-no-second-account"));
        match &self.known.login {
            Some(login) => self.say(text!("rescue-login-noted", login = login.as_str())),
            None => self.say_with_query(text!("rescue-login-search")),
        }
        self.say(text!("rescue-mailbox-first"));
        self.site_first();
        self.say(text!("rescue-reset-password"));
        if self.known.here {
            self.say_with_query(text!("rescue-code-here"));
        }
        self.support(text!("rescue-what-login"));
        if self.known.login.is_none() {
            self.say_with_query(text!("rescue-note-login"));
        }
    }

    fn phishing(&mut self) {
        self.say(text!("rescue-close-page"));
        self.site_first();
        self.say(text!("rescue-change-password"));
        self.say(text!("rescue-support-at-once", from = self.help_page()));
        self.say(text!("rescue-look-for-thieves"));
        self.say_with_query(text!("rescue-new-key-stolen"));
        self.say(text!("rescue-other-places"));
        self.say(text!("rescue-report"));
        self.say(text!("rescue-support-never"));
        self.say_with_query(match self.known.address {
            Some(_) => text!("rescue-bookmark-noted"),
            None => text!("rescue-bookmark"),
        });
    }

    /// Every way to get in without the phone, the quickest first.
    fn get_in(&mut self) {
        self.site_first();
        if let Some(login) = &self.known.login {
            self.say(text!("rescue-login-noted", login = login.as_str()));
        }
        if self.known.here {
            // Whoever has the code need not search for anything else.
            self.say_with_query(text!("rescue-code-here"));
            self.say_with_query(text!("rescue-if-refused"));
            return;
        }
        self.paper();
        self.copy();
        self.say(text!("rescue-find-key"));
        self.say(text!("rescue-same-app"));
        self.without_code();
        self.support(text!("rescue-what-lost"));
    }

    /// The ways in that need no code.
    fn without_code(&mut self) {
        let known = self.known;
        if known.codes > 0 {
            self.say_with_query(text!("rescue-codes-left", count = known.codes));
        } else {
            self.say(text!("rescue-codes-search"));
        }
        match known.second.clone() {
            Some(ways) => self.say(text!("rescue-second-noted", ways = ways)),
            None => self.say(text!("rescue-second-search")),
        }
    }

    fn paper(&mut self) {
        match self.known.printed {
            Some(when) => self.say(text!("rescue-paper", date = (self.date)(when))),
            None => self.say(text!("rescue-paper-search")),
        }
    }

    fn copy(&mut self) {
        self.say(if self.known.copies { text!("rescue-copy") } else { text!("rescue-copy-search") });
    }

    fn next_phone(&mut self) {
        let transfer = if self.known.here { text!("rescue-fill-phone") } else { text!("rescue-fill-phone-later") };
        self.say(transfer);
    }

    /// How to reach the true site.
    fn site_first(&mut self) {
        match self.known.address.clone() {
            Some(address) => self.say_with_query(text!("rescue-open-noted", address = address)),
            None => self.say(text!("rescue-open-yourself")),
        }
    }

    /// The last resort; `what` is what to tell the site.
    fn support(&mut self, what: Text) {
        let login = self.known.login.as_deref();
        let login: Arg = login.map_or_else(|| text!("rescue-your-login").into(), Arg::from);
        self.say(text!("rescue-support", what = what, login = login, from = self.help_page()));
        self.say(text!("rescue-support-never"));
    }

    /// From where to write to the site's support.
    fn help_page(&self) -> Text {
        match &self.known.address {
            Some(address) => text!("rescue-from-address", address = address.as_str()),
            None => text!("rescue-from-bookmark"),
        }
    }

    /// What makes it harmless the next time.
    fn afterwards(&mut self) {
        self.say_with_query(text!("rescue-afterwards"));
    }

    fn say(&mut self, step: Text) {
        self.steps.push(step);
    }

    fn say_with_query(&mut self, step: Text) {
        let query: Arg = match &self.known.query {
            Some(query) => query.as_str().into(),
            None => text!("rescue-query-any").into(),
        };
        self.steps.push(step.with("query", query));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    /// The first words of every step.
    fn told(case: Case, known: &Known) -> String {
        let steps = plan(case, known, &|_| "2026-01-02".to_owned());
        steps.iter().map(|step| step.say(Lang::English)).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_key_at_hand_comes_before_everything_else() {
        let known = Known { query: Some("binance".to_owned()), here: true, ..Known::default() };
        let lost = told(Case::Lost, &known);
        assert!(lost.contains("`otp now binance` shows the code"));
        assert!(!lost.contains("Look for the backup key itself"), "nobody searches for what is here");
        let place = |words: &str| lost.find(words).unwrap();
        assert!(place("lock it now") < place("otp now binance"));
        assert!(place("otp now binance") < place("otp edit binance --new-key"));
        assert!(place("otp edit binance --new-key") < place("make the next time harmless"));
    }

    #[test]
    fn what_is_known_is_named_and_what_is_not_is_searched_for() {
        let nothing = told(Case::Lost, &Known::default());
        for words in ["Look for paper", "Look for copies", "Look for the backup key itself", "Look for recovery codes"]
        {
            assert!(nothing.contains(words), "{words}");
        }
        let known = Known { printed: Some(UnixTime(0)), copies: true, codes: 3, ..Known::default() };
        let all = told(Case::Computer, &known);
        for words in
            ["You printed the backup key on 2026-01-02", "You have recovery copies", "You have 3 recovery codes"]
        {
            assert!(all.contains(words), "{words}");
        }
    }

    #[test]
    fn every_case_says_something_of_its_own_in_both_languages() {
        for lang in Lang::ALL {
            let mut firsts = std::collections::BTreeSet::new();
            for case in Case::ALL {
                assert_eq!(Case::from_id(case.id()), Some(*case));
                let steps = plan(*case, &Known::default(), &|_| String::new());
                assert!((6..=14).contains(&steps.len()), "{}: {}", case.id(), steps.len());
                firsts.insert(steps[0].say(lang));
            }
            assert_eq!(firsts.len(), Case::ALL.len());
        }
    }

    #[test]
    fn a_name_becomes_one_word_of_a_command() {
        for (name, word) in [
            ("Binance", "Binance"),
            ("ビットバンク", "ビットバンク"),
            ("taro@example.com", "taro@example.com"),
            ("Main account", "\"Main account\""),
            ("a\"; rm -rf $HOME", "\"a?; rm -rf ?HOME\""),
            ("-x", "x"),
        ] {
            assert_eq!(quoted(name), word);
        }
    }
}
