//! What stands in the list's place: a beginner's first steps, and a keyring that does not give the
//! secrets away, each with what to do about it.

use eframe::egui;
use otp::error::Explain;
use otp::store::{ReadOnly, StoreError};
use otp::text;
use otp::text::Text;

use super::accept::Accept;
use crate::begin::{self, Stage};
use crate::failure::Failure;
use crate::kit;
use crate::notice::Notice;
use crate::page::{Cx, Place, Want};
use crate::recovery::{Rescue, Restore};
use crate::theme;
use crate::vault::MakeVault;

/// What a button of these views does.
#[derive(Clone, Copy)]
pub(crate) enum Deed {
    Retry,
    Vault,
    Accept,
    Recovery,
}

impl Deed {
    fn text(self) -> Text {
        match self {
            Self::Retry => text!("desktop-retry"),
            Self::Vault => text!("desktop-make-vault"),
            Self::Accept => text!("desktop-state-accept"),
            Self::Recovery => text!("desktop-to-recovery"),
        }
    }

    fn act(self, cx: &mut Cx<'_>) {
        match self {
            Self::Retry => cx.want(Want::Reload),
            Self::Vault => cx.open(MakeVault::default()),
            Self::Accept => cx.open(Accept::default()),
            Self::Recovery => cx.want(Want::Go(Place::Recovery)),
        }
    }
}

/// Nothing of the accounts is known.
pub(crate) fn page(ui: &mut egui::Ui, failure: &Failure, cx: &mut Cx<'_>) {
    let (sentence, hint, deeds) = explained(failure);
    let buttons = deeds.iter().map(|deed| deed.text()).collect();
    let notice = Notice { mark: "！", bad: true, sentence, hint, buttons };
    if let Some(deed) = kit::scrolls(ui, |ui| notice.ui(ui, cx.lang)).and_then(|number| deeds.get(number)) {
        deed.act(cx);
    }
}

/// The names of the accounts are known, and perhaps codes that were read before.
pub(crate) fn banner(ui: &mut egui::Ui, failure: &Failure, cx: &mut Cx<'_>) {
    let (sentence, hint, deeds) = explained(failure);
    kit::card(ui, |ui| {
        let line = kit::toned(ui, cx.say(&sentence), kit::Tone::Bad);
        ui.ctx().accesskit_node_builder(line.id, |node| node.set_live(egui::accesskit::Live::Assertive));
        if let Some(hint) = &hint {
            kit::quiet(ui, cx.say(hint));
        }
        kit::row(ui, |ui| {
            for (number, deed) in deeds.iter().enumerate() {
                if kit::nth_button(ui, number, deed.text().say(cx.lang)).clicked() {
                    deed.act(cx);
                }
            }
        });
    });
}

/// Nothing can be changed, and why. Whoever brought an old list back on purpose goes on with it.
pub(crate) fn read_only(ui: &mut egui::Ui, cx: &mut Cx<'_>) {
    let Some(reason) = cx.accounts.read_only else { return };
    kit::card(ui, |ui| {
        let line = kit::toned(ui, cx.say(&StoreError::ReadOnly { reason }.text()), kit::Tone::Bad);
        ui.ctx().accesskit_node_builder(line.id, |node| node.set_live(egui::accesskit::Live::Polite));
        match reason {
            ReadOnly::Newer => drop(kit::quiet(ui, text!("desktop-state-newer").say(cx.lang))),
            ReadOnly::RolledBack => {
                kit::quiet(ui, text!("desktop-state-older").say(cx.lang));
                if kit::button(ui, text!("desktop-state-older-accept").say(cx.lang)).clicked() {
                    accept_older(cx);
                }
            }
        }
    });
}

fn accept_older(cx: &mut Cx<'_>) {
    let now = cx.now;
    let task = cx.worker.ask(move |app, _| {
        app.ledger().accept_older(now)?;
        Ok(Some(text!("desktop-older-accepted")))
    });
    cx.want(Want::Do(task));
}

/// A failure of the store in the window's words: what happened, what to do, and the buttons for it.
pub(crate) fn explained(failure: &Failure) -> (Text, Option<Text>, &'static [Deed]) {
    let text = failure.text.clone();
    match failure.store.as_deref() {
        Some(StoreError::KeyringGone) => (text, failure.hint.clone(), &[Deed::Retry, Deed::Recovery]),
        Some(StoreError::NoKeyring) => (text, Some(text!("desktop-state-no-keyring")), &[Deed::Vault, Deed::Retry]),
        Some(StoreError::Locked) => (text, Some(text!("desktop-state-locked")), &[Deed::Retry]),
        Some(StoreError::TimedOut { .. }) => (text, Some(text!("desktop-state-timed-out")), &[Deed::Retry]),
        Some(StoreError::WrongKeyring { .. }) => {
            (text, Some(text!("desktop-state-wrong")), &[Deed::Retry, Deed::Accept])
        }
        Some(StoreError::EmptiedKeyring) => {
            (text, Some(text!("desktop-state-emptied")), &[Deed::Retry, Deed::Accept, Deed::Recovery])
        }
        Some(error @ (StoreError::LostIdentity | StoreError::Damaged { .. })) => {
            (text, error.hint(), &[Deed::Recovery, Deed::Retry])
        }
        _ => (text, failure.hint.clone(), &[Deed::Retry]),
    }
}

/// The first view of whoever has no account here yet.
pub(crate) fn welcome(ui: &mut egui::Ui, cx: &mut Cx<'_>) {
    kit::scrolls(ui, |ui| {
        ui.add_space(theme::BETWEEN);
        kit::strong(ui, &text!("desktop-welcome").say(cx.lang));
        kit::quiet(ui, text!("desktop-welcome-words").say(cx.lang));
        ui.add_space(theme::BETWEEN);
        begin::ui(ui, Stage::Bring, true, cx);
        ui.add_space(theme::BETWEEN);
        if kit::link(ui, text!("desktop-welcome-back").say(cx.lang)).clicked() {
            cx.open(Restore::default());
        }
        if kit::link(ui, text!("desktop-welcome-lost").say(cx.lang)).clicked() {
            cx.open(Rescue::default());
        }
    });
}
