//! What stands in the list's place: a beginner's first steps, and a keyring that does not give the
//! secrets away, each with what to do about it.

use eframe::egui;
use otp::error::Explain;
use otp::store::StoreError;
use otp::text;
use otp::text::Text;

use super::accept::Accept;
use crate::failure::Failure;
use crate::kit::{self, Offer};
use crate::notice::Notice;
use crate::page::{Cx, Place, Want};
use crate::theme;
use crate::vault::MakeVault;

/// What a button of these views does.
#[derive(Clone, Copy)]
enum Deed {
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
    if let Some(deed) = notice.ui(ui, cx.lang).and_then(|number| deeds.get(number)) {
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
            for deed in deeds {
                if kit::button(ui, deed.text().say(cx.lang)).clicked() {
                    deed.act(cx);
                }
            }
        });
    });
}

/// A failure of the store in the window's words: what happened, what to do, and the buttons for it.
fn explained(failure: &Failure) -> (Text, Option<Text>, &'static [Deed]) {
    let text = failure.text.clone();
    match failure.store.as_deref() {
        Some(StoreError::NoKeyring) => (text, Some(text!("desktop-state-no-keyring")), &[Deed::Vault, Deed::Retry]),
        Some(StoreError::Locked) => (text, Some(text!("desktop-state-locked")), &[Deed::Retry]),
        Some(StoreError::TimedOut { .. }) => (text, Some(text!("desktop-state-timed-out")), &[Deed::Retry]),
        Some(StoreError::WrongKeyring { .. }) => {
            (text, Some(text!("desktop-state-wrong")), &[Deed::Retry, Deed::Accept])
        }
        Some(StoreError::EmptiedKeyring) => {
            (text, Some(text!("desktop-state-emptied")), &[Deed::Accept, Deed::Retry, Deed::Recovery])
        }
        Some(error @ (StoreError::LostIdentity | StoreError::Damaged { .. })) => {
            (text, error.hint(), &[Deed::Recovery, Deed::Retry])
        }
        _ => (text, failure.hint.clone(), &[Deed::Retry]),
    }
}

/// The three steps of whoever has no account here yet.
pub(crate) fn welcome(ui: &mut egui::Ui, cx: &mut Cx<'_>) {
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.add_space(theme::BETWEEN);
        kit::strong(ui, &text!("desktop-welcome").say(cx.lang));
        kit::quiet(ui, text!("desktop-welcome-words").say(cx.lang));
        ui.add_space(theme::BETWEEN);
        let first = Offer {
            title: text!("desktop-welcome-one").say(cx.lang),
            words: text!("desktop-welcome-one-words").say(cx.lang),
            button: text!("desktop-welcome-one-button").say(cx.lang),
            first: true,
        };
        if kit::offer(ui, &first).clicked() {
            cx.want(Want::Go(Place::Add));
        }
        for (title, words) in [
            (text!("desktop-welcome-two"), text!("desktop-welcome-two-words")),
            (text!("desktop-welcome-three"), text!("desktop-welcome-three-words")),
        ] {
            kit::card(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 3.0;
                kit::strong(ui, &title.say(cx.lang));
                kit::quiet(ui, words.say(cx.lang));
            });
        }
        ui.add_space(theme::BETWEEN);
        if kit::link(ui, text!("desktop-welcome-back").say(cx.lang)).clicked() {
            cx.want(Want::Go(Place::Recovery));
        }
    });
}
