//! Names, tags, notes, addresses, order and the trash: changes of the index alone, each undone by
//! one more.

use crate::account::{self, AccountError, AccountId, MAX_NOTE, MAX_TAG};
use crate::app::App;
use crate::clock::UnixTime;
use crate::error::{Exit, Explain};
use crate::site::Site;
use crate::store::StoreError;
use crate::store::index::{Entry, Event, Index};
use crate::text;
use crate::text::Text;

/// What is to be changed about an account; `None` leaves a field as it is.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Change {
    /// A new issuer.
    pub issuer: Option<String>,
    /// A new name.
    pub name: Option<String>,
    /// A new note; empty removes it.
    pub note: Option<String>,
    /// A new official address; empty removes it.
    pub url: Option<String>,
    /// Tags to add.
    pub add_tags: Vec<String>,
    /// Tags to take away.
    pub remove_tags: Vec<String>,
    /// A new place in the list, counted from 1.
    pub position: Option<usize>,
    /// Whether it is one of the owner's favourites from now on.
    pub favorite: Option<bool>,
    /// The e-mail address or name with which the owner logs in; empty removes it.
    pub login: Option<String>,
    /// Second ways in to add: `sms`, `passkey`, `device`, or words of the owner's.
    pub add_second: Vec<String>,
    /// Whether the second ways in that are noted go first.
    pub clear_second: bool,
}

/// Why a change was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeError {
    /// The store said no.
    Store(StoreError),
    /// A name is too long.
    Name(AccountError),
    /// A tag, note or second way in is too long or empty, or an address is none.
    Unfit {
        /// Which: `tag`, `note`, `second` or `url`.
        what: &'static str,
    },
    /// Another process removed the account for good.
    Gone,
}

impl From<StoreError> for ChangeError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Explain for ChangeError {
    fn text(&self) -> Text {
        match self {
            Self::Store(error) => error.text(),
            Self::Name(error) => error.text(),
            Self::Unfit { what: "tag" } => text!("organise-bad-tag"),
            Self::Unfit { what: "url" } => text!("organise-bad-url"),
            Self::Unfit { what: "second" } => text!("organise-bad-second"),
            Self::Unfit { .. } => text!("organise-bad-note"),
            Self::Gone => text!("organise-gone"),
        }
    }

    fn hint(&self) -> Option<Text> {
        match self {
            Self::Store(error) => error.hint(),
            Self::Name(error) => error.hint(),
            Self::Unfit { what: "url" } => Some(text!("organise-hint-url")),
            Self::Unfit { .. } => Some(text!("account-hint-shorten")),
            Self::Gone => Some(text!("organise-hint-gone")),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::Store(error) => error.exit(),
            Self::Name(_) | Self::Unfit { .. } => Exit::BadInput,
            Self::Gone => Exit::NotFound,
        }
    }
}

crate::explained!(ChangeError);

impl Change {
    /// Whether every value fits; [`App::change`] asks, too.
    ///
    /// # Errors
    /// The first that does not.
    pub fn check(&self) -> Result<(), ChangeError> {
        let (issuer, name) = (self.issuer.as_deref().unwrap_or(""), self.name.as_deref().unwrap_or(""));
        account::check_names(issuer, name).map_err(ChangeError::Name)?;
        account::check_names("", self.login.as_deref().unwrap_or("")).map_err(ChangeError::Name)?;
        let bad_tag = |tag: &String| tag.trim().is_empty() || tag.chars().count() > MAX_TAG;
        if self.add_tags.iter().any(bad_tag) {
            return Err(ChangeError::Unfit { what: "tag" });
        }
        if self.add_second.iter().any(bad_tag) {
            return Err(ChangeError::Unfit { what: "second" });
        }
        if self.note.as_deref().is_some_and(|note| note.chars().count() > MAX_NOTE) {
            return Err(ChangeError::Unfit { what: "note" });
        }
        if self.url.as_deref().is_some_and(|url| !is_address(url)) {
            return Err(ChangeError::Unfit { what: "url" });
        }
        Ok(())
    }
}

/// Whether `url` is empty or the `https://` address of a web page, without a user's name in it.
pub(super) fn is_address(url: &str) -> bool {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let host = host.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or(""));
    let good = host.is_some_and(|host| !host.contains('@')) && Site::parse(url).is_ok();
    url.is_empty() || (good && url.chars().count() <= MAX_NOTE)
}

impl App {
    /// Changes the account `id`.
    ///
    /// # Errors
    /// When a value does not fit or the index cannot be written.
    pub fn change(&mut self, id: AccountId, change: &Change, now: UnixTime) -> Result<(), ChangeError> {
        self.change_all(&[id], change, now)
    }

    /// Changes each of the accounts `ids` in the same way: all of them, or none.
    ///
    /// # Errors
    /// When a value does not fit, one of them is gone, or the index cannot be written.
    pub fn change_all(&mut self, ids: &[AccountId], change: &Change, now: UnixTime) -> Result<(), ChangeError> {
        change.check()?;
        self.ledger.edit(now, |index| {
            for id in ids {
                let entry = index.entry_mut(*id).ok_or(ChangeError::Gone)?;
                for event in apply(entry, change, now) {
                    index.record(event);
                }
                if let Some(position) = change.position {
                    reorder(index, *id, position);
                }
            }
            Ok(())
        })
    }

    /// Puts the account `id` into the trash, from where it can be taken back for 30 days.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn remove(&mut self, id: AccountId, now: UnixTime) -> Result<(), ChangeError> {
        self.remove_all(&[id], now)
    }

    /// Puts each of the accounts `ids` into the trash: all of them, or none.
    ///
    /// # Errors
    /// When one of them is gone or the index cannot be written.
    pub fn remove_all(&mut self, ids: &[AccountId], now: UnixTime) -> Result<(), ChangeError> {
        self.mark(ids, now, "removed", |entry| entry.trashed = Some(now))
    }

    /// Takes the account `id` back from the trash.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn restore(&mut self, id: AccountId, now: UnixTime) -> Result<(), ChangeError> {
        self.mark(&[id], now, "restored", |entry| {
            entry.trashed = None;
            entry.superseded_by = None;
        })
    }

    fn mark(
        &mut self,
        ids: &[AccountId],
        now: UnixTime,
        what: &str,
        set: impl Fn(&mut Entry),
    ) -> Result<(), ChangeError> {
        self.ledger.edit(now, |index| {
            for id in ids {
                set(index.entry_mut(*id).ok_or(ChangeError::Gone)?);
                index.record(Event::plain(now, *id, what));
            }
            Ok(())
        })
    }

    /// Deletes what has been in the trash long enough (see `Index::is_due`), and copies left
    /// behind by a move; tells how many accounts it were.
    ///
    /// # Errors
    /// When the place does not answer or is another one.
    pub fn purge_due(&mut self, now: UnixTime) -> Result<usize, StoreError> {
        // A place that was left and does not answer any more holds nothing else up.
        let cleared = self.ledger.clear_left(now);
        let cleared = cleared.and(self.ledger.clear_codes(now));
        let Some(index) = self.ledger.index() else { return Ok(0) };
        let due = |entry: &&Entry| entry.trashed.is_some_and(|since| index.is_due(since, now));
        let ids: Vec<AccountId> = index.accounts.iter().filter(due).map(|entry| entry.id).collect();
        self.ledger.purge(&ids, now)?;
        cleared.map(|()| ids.len())
    }
}

/// Applies `change` to `entry` and tells what changed.
fn apply(entry: &mut Entry, change: &Change, now: UnixTime) -> Vec<Event> {
    let before = entry.shown();
    let mut events = Vec::new();
    let mut event = |what: &str, before: String, after: String| {
        if before != after {
            events.push(Event { at: now, id: entry.id, what: what.to_owned(), before, after });
        }
    };
    if let Some(note) = &change.note {
        event("note", std::mem::replace(&mut entry.note, note.clone()), note.clone());
    }
    if let Some(url) = &change.url {
        let new = (!url.is_empty()).then(|| url.clone());
        event("url", std::mem::replace(&mut entry.url, new).unwrap_or_default(), url.clone());
    }
    let tags = entry.tags.join(", ");
    for tag in change.add_tags.iter().map(|tag| tag.trim().to_owned()) {
        if !entry.tags.contains(&tag) {
            entry.tags.push(tag);
        }
    }
    entry.tags.retain(|tag| !change.remove_tags.iter().any(|gone| gone.trim() == tag));
    event("tags", tags, entry.tags.join(", "));
    entry.favorite = change.favorite.unwrap_or(entry.favorite);
    if let Some(login) = &change.login {
        let login = login.trim().to_owned();
        event("login", std::mem::replace(&mut entry.way_back.login, login.clone()), login);
    }
    let (second, noted) = (entry.way_back.second.join(", "), &mut entry.way_back.second);
    note_second(noted, change);
    event("second", second, noted.join(", "));
    entry.issuer.clone_from(change.issuer.as_ref().unwrap_or(&entry.issuer.clone()));
    entry.name.clone_from(change.name.as_ref().unwrap_or(&entry.name.clone()));
    let after = entry.shown();
    if before != after {
        events.push(Event { at: now, id: entry.id, what: "renamed".to_owned(), before, after });
    }
    events
}

/// Puts the second ways in of `change` to those that are `noted`.
fn note_second(noted: &mut Vec<String>, change: &Change) {
    if change.clear_second {
        noted.clear();
    }
    for way in &change.add_second {
        let known = ["sms", "passkey", "device"].into_iter().find(|known| way.trim().eq_ignore_ascii_case(known));
        let way = known.unwrap_or(way.trim()).to_owned();
        if !noted.contains(&way) {
            noted.push(way);
        }
    }
}

/// Moves the account `id` to `position`, counted from 1 among those outside the trash.
fn reorder(index: &mut Index, id: AccountId, position: usize) {
    let Some(from) = index.accounts.iter().position(|entry| entry.id == id) else { return };
    let entry = index.accounts.remove(from);
    let active = index.accounts.iter().enumerate().filter(|(_, entry)| !entry.is_trashed()).map(|(at, _)| at);
    let to = active.clone().nth(position.saturating_sub(1)).unwrap_or(index.accounts.len());
    index.accounts.insert(to, entry);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_official_address_names_a_host_and_no_user() {
        for (url, good) in [
            ("https://www.binance.com/ja", true),
            ("", true),
            ("https://", false),
            ("www.binance.com", false),
            ("https://binance.com@evil.example/", false),
            ("javascript:alert(1)", false),
            ("https://a b.example", false),
        ] {
            assert_eq!(is_address(url), good, "{url}");
        }
    }
}
