//! Accounts, to what other apps read: the way out, onto the next phone or into another program.
//!
//! Nothing is dropped in silence: what a target cannot carry is known before it is written
//! ([`Target::leftover`]), and what was written is read back by [`import`](crate::import). What each
//! app accepts: the “Writing” notes of `formats.md` and its part 24.

use zeroize::Zeroizing;

use crate::account::Account;
use crate::clock::UnixTime;
use crate::import::Extras;
use crate::secret::Secret;
use crate::text;
use crate::text::Text;

mod back;
mod error;
mod fields;
pub(crate) mod paper;
mod picture;
mod plain;
mod reason;
mod sheet;
mod tree;

mod aegis;
mod age_file;
mod andotp;
mod bitwarden;
mod csv;
mod ente;
mod freeotp_plus;
pub mod google;
mod json;
mod keepass;
mod proton;
mod raivo;
mod stratum;
mod twofas;
mod uri;

pub use back::reads_back;
pub use error::ExportError;
pub use paper::Paper;
pub use picture::{Drawing, code};
pub use plain::plain;
pub use reason::Reason;
pub use sheet::{Sheet, pdf};

/// Every target, sorted by id. A new one: its file, its `mod` line, its entry here.
pub const TARGETS: &[&dyn Target] = &[
    &twofas::Writer,
    &aegis::Writer,
    &age_file::Writer,
    &andotp::Writer,
    &bitwarden::Writer,
    &csv::Writer,
    &ente::Writer,
    &freeotp_plus::Writer,
    &google::Writer,
    &json::Writer,
    &keepass::Writer,
    &proton::Writer,
    &raivo::Writer,
    &stratum::Writer,
    &uri::Writer,
];

/// A file in memory, wiped when dropped.
pub type Bytes = Zeroizing<Vec<u8>>;

/// Something that accounts can be written as.
pub trait Target: Sync {
    /// The name used in options, such as `uri`.
    fn id(&self) -> &'static str;

    /// What people call it.
    fn app(&self) -> Text;

    /// How its files usually end, without the dot.
    fn extension(&self) -> &'static str;

    /// Whether its files are encrypted.
    fn encryption(&self) -> Encryption;

    /// What it has room for besides the codes.
    fn carries(&self) -> Carries {
        Carries { tags: 0, note: false, favorite: false, rest: false }
    }

    /// Why it cannot carry `account`; `None` if it can.
    fn leftover(&self, account: &Account) -> Option<Reason>;

    /// What may go wrong with `account` on the other side, although it is carried.
    fn caution(&self, _account: &Account) -> Option<Text> {
        None
    }

    /// Writes `items`, none of which is a leftover; encrypted if `job` has a passphrase.
    ///
    /// # Errors
    /// When the system has no randomness or no memory to give.
    fn write(&self, items: &[Item], job: &Job<'_>) -> Result<Bytes, ExportError>;
}

/// Whether the files of a target are encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// There is no such kind of file.
    Never,
    /// Both kinds exist; encrypted is the default.
    Optional,
    /// There is no other kind of file.
    Always,
}

/// What a target has room for besides the codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carries {
    /// The most tags of an account.
    pub tags: usize,
    /// Notes.
    pub note: bool,
    /// Marks of favourites.
    pub favorite: bool,
    /// What only files of ours have: official addresses, logins, second ways in, the site's recovery
    /// codes and the trash.
    pub rest: bool,
}

impl Carries {
    /// Everything that authenticators know.
    const USUAL: Self = Self { tags: usize::MAX, note: true, favorite: true, rest: false };
    /// Everything.
    const ALL: Self = Self { rest: true, ..Self::USUAL };

    /// What is lost of `items`, one sentence each.
    pub fn losses(self, items: &[Item]) -> Vec<Text> {
        let count = |lost: &dyn Fn(&Extras) -> bool| items.iter().filter(|item| lost(&item.extras)).count();
        let mut losses = Vec::new();
        match count(&|extras| extras.tags.len() > self.tags) {
            0 => {}
            count if self.tags == 0 => losses.push(text!("export-loses-tags", count = count)),
            count => losses.push(text!("export-loses-some-tags", count = count, most = self.tags)),
        }
        match count(&|extras| !self.note && !extras.note.is_empty()) {
            0 => {}
            count => losses.push(text!("export-loses-notes", count = count)),
        }
        match count(&|extras| !self.favorite && extras.favorite) {
            0 => {}
            count => losses.push(text!("export-loses-favorites", count = count)),
        }
        if !self.rest {
            losses.extend(rest_lost(items));
        }
        losses
    }
}

/// What is lost of `items` besides tags, notes and stars.
fn rest_lost(items: &[Item]) -> Vec<Text> {
    let count = |lost: fn(&Extras) -> bool| items.iter().filter(|item| lost(&item.extras)).count();
    let ways = count(|extras| !(extras.url.is_empty() && extras.login.is_empty() && extras.second.is_empty()));
    let (codes, trash) = (count(|extras| !extras.codes.is_empty()), count(|extras| extras.trashed.is_some()));
    let lost = [
        (ways, text!("export-loses-ways-back", count = ways)),
        (codes, text!("export-loses-recovery-codes", count = codes)),
        (trash, text!("export-loses-trash", count = trash)),
    ];
    lost.into_iter().filter(|(count, _)| *count > 0).map(|(_, text)| text).collect()
}

/// An account to write.
#[derive(Debug)]
pub struct Item {
    /// The account.
    pub account: Account,
    /// What else is known about it.
    pub extras: Extras,
}

/// How to write.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// Encrypts the file; `None` writes it in the open.
    pub passphrase: Option<&'a Secret>,
    /// The time to put into it.
    pub at: UnixTime,
    /// The most accounts of one transfer code.
    pub per_page: usize,
}

/// The target `id`.
pub fn target(id: &str) -> Option<&'static dyn Target> {
    TARGETS.iter().copied().find(|target| target.id() == id)
}

/// Takes the items that `target` cannot carry out of `items`, each with the reason.
pub fn take_leftovers(target: &dyn Target, items: &mut Vec<Item>) -> Vec<(Item, Reason)> {
    let (mut kept, mut left) = (Vec::with_capacity(items.len()), Vec::new());
    for item in items.drain(..) {
        match target.leftover(&item.account) {
            Some(reason) => left.push((item, reason)),
            None => kept.push(item),
        }
    }
    *items = kept;
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn targets_have_their_names_and_their_order() {
        let names: Vec<_> = TARGETS.iter().map(|target| target.id()).collect();
        let mut sorted = names.clone();
        sorted.sort_unstable();
        assert_eq!(names, sorted);
        for target in TARGETS {
            for lang in Lang::ALL {
                assert!(target.app().exists(lang), "{}", target.id());
            }
        }
    }
}
