//! What a view is to the window: its state is a struct, `ui` draws it, and what the user wants of
//! the rest of the window it leaves in [`Cx`].

use eframe::egui;
use otp::account::AccountId;
use otp::app::config::Config;
use otp::clock::UnixTime;
use otp::secret::Secret;
use otp::text;
use otp::text::{Lang, Text};

use crate::accounts::Accounts;
use crate::add::reader::Offered;
use crate::failure::Failure;
use crate::theme;
use crate::worker::{Task, Worker};

/// A view.
pub(crate) trait Page {
    /// The part of the window it belongs to.
    fn place(&self) -> Place;

    /// Its name.
    fn title(&self) -> Text {
        self.place().title()
    }

    /// Draws it.
    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>);

    /// Draws what stands still below it while it scrolls: what is done with a long list, and how much of
    /// it. Usually nothing.
    fn bar(&mut self, _ui: &mut egui::Ui, _cx: &mut Cx<'_>) {}

    /// Whether anything in it changes with the time alone.
    fn ticks(&self) -> bool {
        false
    }

    /// What goes on when it is left, of which the foot tells from then on.
    fn leaves(&mut self) -> Option<Task<Option<Text>>> {
        None
    }

    /// Whether its owner waits for something long; the window does not lock itself meanwhile.
    fn is_busy(&self) -> bool {
        false
    }

    /// What is asked before it is left, where something in it would be lost: the question, why it is
    /// asked, and the button that leaves.
    fn parting(&self) -> Option<[Text; 3]> {
        None
    }

    /// The view that Back opens in its place, if not the one below: the form that was filled in for it.
    fn before(&mut self) -> Option<Box<dyn Page>> {
        None
    }

    /// Takes what the user drops or pastes, or gives it back to be brought in.
    fn take(&mut self, offered: Vec<Offered>, _worker: &Worker) -> Option<Vec<Offered>> {
        Some(offered)
    }

    /// How wide it may get; beyond it, lines are hard to follow across.
    fn widest(&self, _accounts: &Accounts) -> f32 {
        theme::WIDEST
    }
}

/// What a view asks with [`Page::parting`] where something was typed and not saved.
pub(crate) fn unsaved() -> [Text; 3] {
    [text!("desktop-leave-ask"), text!("desktop-leave-words"), text!("desktop-leave-yes")]
}

/// The parts of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The list of codes.
    Codes,
    /// Bringing accounts in.
    Add,
    /// Being able to come back.
    Recovery,
    /// What was removed.
    Trash,
    /// The settings.
    Settings,
}

impl Place {
    /// Every part, in the order of the navigation.
    pub(crate) const ALL: [Self; 5] = [Self::Codes, Self::Add, Self::Recovery, Self::Trash, Self::Settings];

    /// What the navigation calls it.
    pub(crate) fn label(self) -> Text {
        match self {
            Self::Codes => text!("desktop-nav-codes"),
            Self::Add => text!("desktop-nav-add"),
            Self::Recovery => text!("desktop-nav-recovery"),
            Self::Trash => text!("desktop-nav-trash"),
            Self::Settings => text!("desktop-nav-settings"),
        }
    }

    /// The title of its first view.
    pub(crate) fn title(self) -> Text {
        match self {
            Self::Codes => text!("desktop-title"),
            Self::Add => text!("desktop-add-title"),
            Self::Recovery => text!("desktop-recovery-title"),
            Self::Trash => text!("desktop-trash-title"),
            Self::Settings => text!("desktop-settings-title"),
        }
    }
}

/// What a view wants of the window.
pub(crate) enum Want {
    /// This view, above the present one.
    Open(Box<dyn Page>),
    /// This view in place of the present one.
    Replace(Box<dyn Page>),
    /// The view below.
    Back,
    /// The first view of a part.
    Go(Place),
    /// The accounts read again.
    Reload,
    /// Other settings.
    Configure(Config),
    /// The code of this account on the clipboard.
    Copy(AccountId),
    /// The one after it.
    CopyNext(AccountId),
    /// This change, and then the accounts anew; what comes of it is said at the foot.
    Do(Task<Option<Text>>),
    /// What the user brings, read and shown before it is kept.
    Bring(Vec<Offered>),
    /// What the screen shows without the window, read like what the user brings.
    ReadScreen,
    /// The vault opened with this passphrase.
    Unlock(Secret),
    /// The codes covered and the secrets wiped.
    Lock,
}

/// What a view is drawn with.
pub(crate) struct Cx<'a> {
    pub(crate) lang: Lang,
    pub(crate) now: UnixTime,
    pub(crate) accounts: &'a Accounts,
    pub(crate) worker: &'a Worker,
    pub(crate) config: &'a Config,
    pub(crate) wants: Vec<Want>,
    /// The cards of a view that ticks, which leaves their fill to the window.
    pub(crate) cards: theme::Cards,
    /// What is to be said at the foot.
    pub(crate) said: Vec<Result<Text, Failure>>,
}

impl Cx<'_> {
    /// `text` in words, beginning like a sentence.
    pub(crate) fn say(&self, text: &Text) -> String {
        theme::sentence(text, self.lang)
    }

    /// The time by which codes are made.
    pub(crate) fn code_time(&self) -> UnixTime {
        self.accounts.clock.at(self.now)
    }

    /// Asks the window for `want`.
    pub(crate) fn want(&mut self, want: Want) {
        self.wants.push(want);
    }

    /// Opens `page` above the present view.
    pub(crate) fn open(&mut self, page: impl Page + 'static) {
        self.want(Want::Open(Box::new(page)));
    }
}
