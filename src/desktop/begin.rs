//! The three steps of a beginner: accounts come in, a second way back is made, and it is proved.

use eframe::egui;
use otp::recovery::readiness::Step;
use otp::text;

use crate::accounts::Accounts;
use crate::kit::{self, Mark, Offer};
use crate::page::{Cx, Place, Want};
use crate::recovery::{button, go};

/// The step that comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    /// Accounts come in.
    Bring,
    /// They are on paper or in a copy.
    Back,
    /// That was tried.
    Prove,
}

impl Stage {
    /// How far somebody with `accounts` is; `None` when all three are done.
    pub(crate) fn of(accounts: &Accounts) -> Option<Self> {
        let any = |fits: fn(&Step) -> bool| accounts.steps.iter().any(fits);
        if accounts.items.is_empty() {
            Some(Self::Bring)
        } else if any(|step| matches!(step, Step::Print(_))) {
            Some(Self::Back)
        } else if any(|step| matches!(step, Step::ProvePaper(_) | Step::ProveCopy(_))) {
            Some(Self::Prove)
        } else {
            None
        }
    }

    /// What helps with it, of what is missing.
    fn step(self, accounts: &Accounts) -> Option<Step> {
        accounts.steps.iter().copied().find(|step| match self {
            Self::Bring => false,
            Self::Back => matches!(step, Step::Print(_)),
            Self::Prove => matches!(step, Step::ProvePaper(_) | Step::ProveCopy(_)),
        })
    }
}

/// Draws the three steps at `stage`, whose button is filled if that is what the view is for.
pub(crate) fn ui(ui: &mut egui::Ui, stage: Stage, filled: bool, cx: &mut Cx<'_>) {
    let steps = [
        (Stage::Bring, text!("desktop-welcome-one"), text!("desktop-welcome-one-words")),
        (Stage::Back, text!("desktop-welcome-two"), text!("desktop-welcome-two-words")),
        (Stage::Prove, text!("desktop-welcome-three"), text!("desktop-welcome-three-words")),
    ];
    let help = stage.step(cx.accounts);
    for ((own, title, words), number) in steps.into_iter().zip(1..) {
        let mark = match own.cmp(&stage) {
            std::cmp::Ordering::Less => Mark::Done,
            std::cmp::Ordering::Equal => Mark::Number(number),
            std::cmp::Ordering::Greater => Mark::Later(number),
        };
        let button = match (own == stage, help) {
            (true, _) if own == Stage::Bring => Some(text!("desktop-welcome-one-button")),
            (true, Some(step)) => Some(button(step)),
            _ => None,
        };
        let (title, words) = (title.say(cx.lang), words.say(cx.lang));
        let button = button.map(|button| button.say(cx.lang));
        if kit::offer(ui, &Offer { mark: Some(mark), title, words, button, first: filled }) {
            match help {
                Some(step) => go(step, cx),
                None => cx.want(Want::Go(Place::Add)),
            }
        }
    }
    let copies = stage == Stage::Back && cx.accounts.steps.contains(&Step::Copies);
    if copies && kit::link(ui, text!("desktop-welcome-two-copies").say(cx.lang)).clicked() {
        go(Step::Copies, cx);
    }
}
