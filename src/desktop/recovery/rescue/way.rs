//! The steps in the words of the window, which names no command, and where their buttons lead.

use otp::recovery::rescue::Case;
use otp::text;
use otp::text::Text;

use crate::account::{Details, Part};
use crate::accounts::Item;
use crate::codes::open_site;
use crate::page::{Cx, Place, Want};

use super::super::Deed;

/// Where the button of a step leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::recovery) enum Way {
    /// To a part of the window.
    Place(Place),
    /// To a tool of the recovery page.
    Deed(Deed),
    /// To a part of the account that it is about.
    Part(Part),
    /// To the account's official site.
    Site,
    /// To the steps for another case.
    Case(Case),
}

/// The steps that name a command, each with its words here, and its button.
const STEPS: &[(&str, &str, Option<Way>)] = &[
    ("rescue-accept-keyring", "desktop-rescue-accept-keyring", Some(Way::Place(Place::Codes))),
    ("rescue-afterwards", "desktop-rescue-afterwards", Some(Way::Place(Place::Recovery))),
    ("rescue-bookmark", "desktop-rescue-bookmark", Some(Way::Part(Part::Edit))),
    ("rescue-bookmark-noted", "desktop-rescue-bookmark-noted", Some(Way::Site)),
    ("rescue-clock", "desktop-rescue-clock", Some(Way::Part(Part::Check))),
    ("rescue-code-here", "desktop-rescue-code-here", Some(Way::Place(Place::Codes))),
    ("rescue-codes-left", "desktop-rescue-codes-left", Some(Way::Part(Part::Codes))),
    ("rescue-computer-stolen", "desktop-rescue-computer-stolen", None),
    ("rescue-copy", "desktop-rescue-copy", Some(Way::Deed(Deed::Restore))),
    ("rescue-copy-search", "desktop-rescue-copy-search", Some(Way::Deed(Deed::Restore))),
    ("rescue-fill-phone", "desktop-rescue-fill-phone", Some(Way::Deed(Deed::Transfer))),
    ("rescue-fill-phone-later", "desktop-rescue-fill-phone-later", None),
    ("rescue-find-key", "desktop-rescue-find-key", Some(Way::Place(Place::Add))),
    ("rescue-from-phone", "desktop-rescue-from-phone", Some(Way::Place(Place::Add))),
    ("rescue-if-refused", "desktop-rescue-if-refused", Some(Way::Case(Case::Refused))),
    ("rescue-login-search", "desktop-rescue-login-search", None),
    ("rescue-new-key", "desktop-rescue-new-key", Some(Way::Part(Part::Renew))),
    ("rescue-new-key-stolen", "desktop-rescue-new-key-stolen", Some(Way::Part(Part::Renew))),
    ("rescue-note-login", "desktop-rescue-note-login", Some(Way::Part(Part::Edit))),
    ("rescue-nothing-deleted", "desktop-rescue-nothing-deleted", Some(Way::Place(Place::Codes))),
    ("rescue-old-key", "desktop-rescue-old-key", Some(Way::Place(Place::Trash))),
    ("rescue-open-noted", "desktop-rescue-open-noted", Some(Way::Site)),
    ("rescue-paper", "desktop-rescue-paper", Some(Way::Place(Place::Add))),
    ("rescue-paper-search", "desktop-rescue-paper-search", Some(Way::Place(Place::Add))),
    ("rescue-report", "desktop-rescue-report", Some(Way::Deed(Deed::Site))),
    ("rescue-right-account", "desktop-rescue-right-account", Some(Way::Place(Place::Codes))),
    ("rescue-slip", "desktop-rescue-slip", Some(Way::Deed(Deed::Repair))),
    ("rescue-transfer", "desktop-rescue-transfer", Some(Way::Place(Place::Add))),
    ("rescue-try-new-phone", "desktop-rescue-try-new-phone", Some(Way::Place(Place::Codes))),
];

/// `step` in the words of the window, and where its button leads.
pub(super) fn of(step: Text) -> (Text, Option<Way>) {
    match STEPS.iter().find(|(id, ..)| *id == step.id()) {
        Some((_, words, way)) => (step.told_as(words), *way),
        None => (step, None),
    }
}

impl Way {
    /// Whether it leads anywhere for `item`.
    pub(super) fn leads(self, item: Option<&Item>) -> bool {
        match self {
            Self::Place(_) | Self::Deed(_) | Self::Case(_) => true,
            Self::Part(_) => item.is_some(),
            Self::Site => item.is_some_and(|item| item.entry.url.is_some()),
        }
    }

    /// What its button says.
    pub(in crate::recovery) fn text(self) -> Text {
        match self {
            Self::Place(Place::Add) => text!("desktop-nav-add-button"),
            Self::Place(Place::Codes) => text!("desktop-kept-codes"),
            Self::Place(place) => place.label(),
            Self::Deed(deed) => deed.title(),
            Self::Part(part) => part.text(),
            Self::Site => text!("desktop-menu-site"),
            Self::Case(case) => case.text(),
        }
    }

    /// The case whose steps it leads to.
    pub(super) fn case(self) -> Option<Case> {
        if let Self::Case(case) = self { Some(case) } else { None }
    }

    /// Goes there.
    pub(in crate::recovery) fn go(self, item: Option<&Item>, cx: &mut Cx<'_>) {
        match (self, item) {
            (Self::Place(place), _) => cx.want(Want::Go(place)),
            (Self::Deed(deed), _) => deed.open(cx),
            (Self::Part(part), Some(item)) => cx.open(Details::at(item, part)),
            (Self::Site, Some(item)) => open_site(item, cx),
            (Self::Part(_) | Self::Site, None) | (Self::Case(_), _) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use otp::clock::UnixTime;
    use otp::recovery::rescue::{Known, plan};
    use otp::text::Lang;

    use super::*;

    /// Somebody of whom everything is known, and somebody of whom nothing is.
    fn known() -> [Known; 2] {
        let all = Known {
            query: Some("binance".to_owned()),
            here: true,
            printed: Some(UnixTime(30)),
            copies: true,
            codes: 3,
            second: None,
            login: Some("taro@example.com".to_owned()),
            address: Some("https://example.com".to_owned()),
        };
        [all, Known::default()]
    }

    #[test]
    fn no_step_of_the_window_names_a_command() {
        for known in known() {
            for case in Case::ALL {
                for step in plan(*case, &known, &|_| "2026-11-22".to_owned()) {
                    let (step, _) = of(step);
                    for lang in Lang::ALL {
                        let words = step.say(lang);
                        assert!(!words.contains("`otp "), "{}: {words}", step.id());
                        assert!(!words.contains("--"), "{}: {words}", step.id());
                    }
                }
            }
        }
    }

    #[test]
    fn every_step_told_otherwise_is_one_of_a_plan() {
        let mut ids = std::collections::BTreeSet::new();
        for known in known() {
            for case in Case::ALL {
                ids.extend(plan(*case, &known, &|_| String::new()).iter().map(|step| step.id().to_owned()));
            }
        }
        for (id, ..) in STEPS {
            assert!(ids.contains(*id), "{id} is in no plan");
        }
    }
}
