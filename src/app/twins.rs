//! Several enrolments of one account: they look alike, and only the newest works at the site.

use crate::account::AccountId;
use crate::app::App;
use crate::clock::UnixTime;
use crate::code::Verdict;
use crate::present;
use crate::store::StoreError;
use crate::store::index::Entry;
use crate::text;
use crate::text::Text;

/// Another enrolment that a code belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct Twin {
    /// The account.
    pub entry: Entry,
    /// How the code belongs to it.
    pub verdict: Verdict,
}

/// Whether `other` is another enrolment of the account `entry`.
pub fn is_twin(entry: &Entry, other: &Entry) -> bool {
    entry.id != other.id && entry.issuer == other.issuer && entry.name == other.name
}

/// The account with what tells it from others of the same name.
pub fn named(entry: &Entry) -> Text {
    let id = entry.id.to_string();
    let start = id.get(..6).unwrap_or_default().to_owned();
    let title = present::title(&entry.issuer, &entry.name);
    text!("verify-named", account = title, added = present::day(entry.added), id = start)
}

impl App {
    /// The other enrolments of the account `id` that `typed` is a code of at `now`, in the trash or
    /// not. No counter is changed.
    ///
    /// # Errors
    /// When the place does not answer, or is not the one with the accounts.
    pub fn twins(&mut self, id: AccountId, typed: &str, now: UnixTime) -> Result<Vec<Twin>, StoreError> {
        let Some(entry) = self.entry(id).cloned() else { return Ok(Vec::new()) };
        let all = self.accounts().into_iter().chain(self.trash());
        let twins: Vec<Entry> = all.filter(|other| is_twin(&entry, other)).cloned().collect();
        let ids: Vec<AccountId> = twins.iter().map(|twin| twin.id).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let verdicts = self.whose(&ids, typed, now)?;
        let twins = twins.into_iter().zip(verdicts).map(|(entry, verdict)| Twin { entry, verdict });
        Ok(twins.filter(|twin| twin.verdict != Verdict::NoMatch).collect())
    }
}
