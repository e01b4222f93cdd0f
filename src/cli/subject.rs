//! What `otp now` shows codes of: a stored account, or one in a picture of which nothing is kept.

use crate::account::{Account, AccountId, Kind};
use crate::app::App;
use crate::app::clock::Doubt;
use crate::app::site::judge;
use crate::clock::{Clock, UnixTime};
use crate::code::{self, Code};
use crate::error::Exit;
use crate::find::{self, Found, How, Named};
use crate::import::{Batch, Imported};
use crate::present;
use crate::site::Site;
use crate::store::index::Entry;
use crate::text;
use crate::text::Text;
use serde_json::Value;

use crate::cli::failure::Failure;
use crate::cli::json;
use crate::cli::output::Output;
use crate::cli::pick;
use crate::cli::session::{self, Session};

/// An account that gives codes.
pub(crate) struct Subject {
    source: Source,
    /// The name to show.
    pub(crate) title: Text,
    /// What is told of it in JSON.
    pub(crate) data: Value,
    /// Why the computer's clock may be wrong, where that could be told.
    doubt: Option<Doubt>,
}

enum Source {
    /// The secret was read once; the keyring is not asked again.
    Held(Box<Account>),
    /// A counter in the store: each code uses one up.
    Counter(Box<App>, AccountId),
}

impl Subject {
    /// The stored account that `query` means.
    pub(crate) fn stored(query: Option<&str>, session: &Session, out: &mut Output) -> Result<Self, Failure> {
        let app = session.open(out)?;
        let found = pick::one(query, &app.accounts(), out);
        let entry = found.map_err(|failure| pick::look_in_trash(failure, query, &app.trash()))?;
        Self::of(app, &entry)
    }

    /// The stored account that `query` means, which must be one whose official site `address` is.
    pub(crate) fn of_site(
        query: Option<&str>,
        address: &str,
        session: &Session,
        out: &mut Output,
    ) -> Result<Self, Failure> {
        let site = Site::parse(address)?;
        let app = session.open(out)?;
        let entry = at_home(query, &site, &app.accounts(), out)?;
        Self::of(app, &entry)
    }

    fn of(mut app: App, entry: &Entry) -> Result<Self, Failure> {
        let (title, data) = (present::title(&entry.issuer, &entry.name), json::account(entry));
        let counts = entry.kind == Kind::Hotp { counter: 0 }.id();
        let held = if counts { None } else { Some(Box::new(app.ledger().account(entry.id)?)) };
        app.tidy(UnixTime::now());
        let doubt = app.doubt(UnixTime::now());
        let source = held.map_or_else(|| Source::Counter(Box::new(app), entry.id), Source::Held);
        Ok(Self { source, title, data, doubt })
    }

    /// Says beside a code what is to be known of the clock it is made by.
    pub(crate) fn say_clock(&self, clock: Clock, out: &mut Output) {
        if !self.counts() {
            session::say_clock(clock, self.doubt, out);
        }
    }

    /// The account in a picture of which `batch` was read; with several, `query` says which.
    pub(crate) fn pictured(batch: Batch, query: Option<&str>, out: &mut Output) -> Result<Self, Failure> {
        if batch.accounts.is_empty() {
            return Err(nothing(&batch));
        }
        let mut all: Vec<Pictured> =
            batch.accounts.into_iter().enumerate().map(|(at, imported)| Pictured { at, imported }).collect();
        let at = chosen(query.unwrap_or_default(), &all, out)?;
        let Imported { account, extras, notes, .. } = all.swap_remove(at).imported;
        let letters = [account.issuer(), account.name()].into_iter().filter_map(present::suspicious);
        for note in notes.into_iter().chain(letters) {
            out.note(&text!("receipt-note", note = note));
        }
        if matches!(account.kind(), Kind::Hotp { .. }) {
            out.say(&text!("now-counter-not-kept"));
        }
        let (title, data) = (present::title(account.issuer(), account.name()), json::unkept(&account, &extras));
        Ok(Self { source: Source::Held(Box::new(account)), title, data, doubt: None })
    }

    /// Whether its codes come from a counter instead of the time.
    pub(crate) fn counts(&self) -> bool {
        match &self.source {
            Source::Held(account) => matches!(account.kind(), Kind::Hotp { .. }),
            Source::Counter(..) => true,
        }
    }

    /// The code at `now`; a stored counter is used up by it.
    pub(crate) fn code(&mut self, now: UnixTime) -> Result<Code, Failure> {
        match &mut self.source {
            Source::Held(account) => Ok(code::at(account, now)),
            Source::Counter(app, id) => Ok(app.code(*id, now)?),
        }
    }

    /// The code after the one at `now`; none where a counter would have to be used up for it.
    pub(crate) fn next(&self, now: UnixTime) -> Option<Code> {
        match &self.source {
            Source::Held(account) => Some(code::next(account, now)).filter(|code| code.valid.is_some()),
            Source::Counter(..) => None,
        }
    }
}

/// The account that `query` means, which must be one whose official site `site` is. Without a query
/// the site says which.
fn at_home(query: Option<&str>, site: &Site, all: &[&Entry], out: &mut Output) -> Result<Entry, Failure> {
    let chosen = query.map(|query| pick::one(Some(query), all, out)).transpose()?;
    let candidates = chosen.as_ref().map_or_else(|| all.to_vec(), |entry| vec![entry]);
    let judgement = judge(site, &candidates);
    let own = judgement.own(site).inspect_err(|_| out.say(&text!("site-real-time")))?;
    pick::one(None, own, out)
}

/// An account of a picture and its place among them.
struct Pictured {
    at: usize,
    imported: Imported,
}

impl Named for Pictured {
    fn issuer(&self) -> &str {
        self.imported.account.issuer()
    }

    fn name(&self) -> &str {
        self.imported.account.name()
    }

    fn tags(&self) -> &[String] {
        &self.imported.extras.tags
    }
}

impl Pictured {
    fn title(&self) -> Text {
        present::title(self.issuer(), self.name())
    }
}

/// The place of the one account that `query` means; an empty query means every account.
fn chosen(query: &str, all: &[Pictured], out: &mut Output) -> Result<usize, Failure> {
    match find::find(query, all) {
        Found::One { it, how } => {
            if how == How::Near {
                out.note(&text!("pick-near", query = query, account = it.title()));
            }
            Ok(it.at)
        }
        Found::None { .. } => {
            let failure = Failure::new(Exit::NotFound, text!("now-picture-other"));
            Err(failure.hint(text!("now-hint-picture-other")))
        }
        Found::Many(several) => {
            for one in &several {
                out.talk(&format!("  {}", one.title().say(out.lang)));
            }
            let text = text!("now-picture-several", count = several.len());
            Err(Failure::new(Exit::Ambiguous, text).hint(text!("now-hint-picture-several")))
        }
    }
}

/// Why there is no account in a picture: what it is a part of, or what the first thing in it is instead.
fn nothing(batch: &Batch) -> Failure {
    let only = |text, hint| Failure::new(Exit::BadInput, text).hint(hint);
    if let Some(missing) = batch.missing_sheet_parts().first() {
        return only(text!("now-picture-part-of-sheet", missing = missing.text()), text!("now-hint-part-of-sheet"));
    }
    if let Some(missing) = batch.missing_text_parts().first() {
        return only(text!("now-picture-part-of-text", missing = missing.text()), text!("now-hint-part-of-text"));
    }
    let reason = batch.skipped.first().map(|skipped| &skipped.reason);
    let text = reason.map_or_else(|| text!("now-picture-none"), crate::import::SkipReason::text);
    let hint = reason.and_then(crate::import::SkipReason::hint).unwrap_or_else(|| text!("import-hint-set-up-code"));
    only(text, hint)
}
