//! The first view: every account with its code, or what stands in the list's place.

mod accept;
mod clock;
mod keys;
mod list;
mod menu;
mod plan;
mod ring;
mod row;
mod several;
pub(crate) mod states;
mod tagging;

use eframe::egui;
use otp::account::AccountId;
use otp::app::config::{Config, Sort};
use otp::clock::UnixTime;
use otp::code::Code;
use otp::text;

use crate::accounts::{Accounts, State};
use crate::kit;
use crate::notice::Notice;
use crate::page::{Cx, Page, Place, Want};
use crate::theme;
pub(crate) use clock::drop_correction;
use list::List;
pub(crate) use menu::{open_site, pin, pin_text, remove};

/// How long a code that was uncovered stays so, in seconds.
const SHOWN: u64 = 30;

/// How long a code that was asked for of a counter account stays, in seconds. It does not run out, and
/// whoever types it into another machine needs a while, since asking again uses up one more; but it is
/// good until it is used, and must not stand there when its owner has left.
const COUNTED: u64 = 60;

/// How long a row shows that its code was copied, in seconds.
const COPIED: u64 = 2;

/// What became of rows that were pressed.
struct Lately<'a> {
    /// The last code that was asked for of a counter account.
    counted: Option<(AccountId, &'a Code)>,
    /// The account whose code was copied just now.
    copied: Option<AccountId>,
}

/// The list of codes.
#[derive(Default)]
pub(crate) struct Codes {
    list: List,
    /// The last code that was asked for of a counter account, and until when it stays.
    counted: Option<(AccountId, Code, UnixTime)>,
    /// The account whose code was copied last, and when.
    pub(crate) copied: Option<(AccountId, UnixTime)>,
    /// Whether the codes were covered in the last frame, and none was shown.
    covered: bool,
}

impl Codes {
    /// The field that narrows the list.
    pub(crate) fn field() -> egui::Id {
        egui::Id::unique("search")
    }

    /// Whether what is drawn changes with the time.
    pub(crate) fn ticks(&self) -> bool {
        !self.covered || self.counted.is_some()
    }

    /// Takes in the `code` that was asked for of the counter account `id`.
    pub(crate) fn count(&mut self, id: AccountId, code: Code, now: UnixTime) {
        self.counted = Some((id, code, UnixTime(now.0 + COUNTED)));
    }
}

impl Page for Codes {
    fn place(&self) -> Place {
        Place::Codes
    }

    /// As many columns as there is room for; what stands in the list's place is to be read.
    fn widest(&self, accounts: &Accounts) -> f32 {
        if accounts.items.is_empty() { theme::WIDEST } else { f32::INFINITY }
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        self.covered = false;
        self.counted.take_if(|(.., until)| cx.now >= *until);
        states::read_only(ui, cx);
        match &cx.accounts.state {
            // A store that answers at once shall not flash a notice.
            State::Waiting(since) if cx.accounts.items.is_empty() => {
                if cx.now.since(*since) >= 1 {
                    Notice::waiting().ui(ui, cx.lang);
                }
                return;
            }
            State::Failed(failure, _) => {
                if cx.accounts.items.is_empty() {
                    states::page(ui, failure, cx);
                    return;
                }
                kit::above_list(ui, |ui| states::banner(ui, failure, cx));
            }
            State::Here if cx.accounts.items.is_empty() => {
                states::welcome(ui, cx);
                return;
            }
            _ => {}
        }
        let lately = Lately {
            counted: self.counted.as_ref().map(|(id, code, _)| (*id, code)),
            copied: self.copied.filter(|(_, at)| cx.now.since(*at) < COPIED).map(|(id, _)| id),
        };
        self.list.ui(ui, cx, &lately);
        self.covered = cx.config.hide_codes && !self.list.shows(cx.now);
    }
}

/// The orders of the list, with their names.
pub(crate) const SORTS: [(Sort, &str); 3] =
    [(Sort::Own, "desktop-sort-own"), (Sort::Name, "desktop-sort-name"), (Sort::Added, "desktop-sort-added")];

/// The settings with the codes covered, or not.
fn covering(config: &Config, hide: bool) -> Want {
    Want::Configure(Config { hide_codes: hide, ..config.clone() })
}

/// What the button says that covers or uncovers all codes.
fn covering_text(config: &Config) -> text::Text {
    if config.hide_codes { text!("desktop-show-codes") } else { text!("desktop-hide-codes") }
}
