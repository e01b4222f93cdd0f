//! Recovery codes of sites: kept like a secret, spent one at a time.

use crate::account::AccountId;
use crate::app::App;
use crate::clock::UnixTime;
use crate::error::{Exit, Explain};
use crate::export::{Bytes, ExportError};
use crate::key::codes::{self, CodeSet, CodesError};
use crate::recovery::sheet::{self, Codes, Job};
use crate::secret::Secret;
use crate::store::StoreError;
use crate::store::index::{Event, Index, RecoveryCodes};
use crate::store::ledger::KeptCodes;
use crate::text;
use crate::text::Text;

/// What came of a pasted block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pasted {
    /// How many codes were new and are kept.
    pub added: usize,
    /// How many were here already.
    pub known: usize,
    /// How many pieces of the block were no codes.
    pub left_out: usize,
}

/// Why recovery codes could not be kept or given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecoveryCodesError {
    /// The store said no.
    Store(StoreError),
    /// The block has none, or too many.
    Block(CodesError),
    /// The account has none, or none that is not spent.
    NoneLeft,
    /// There is nothing to remove, to take back or to print.
    Nothing,
    /// The page cannot be put together.
    Page(ExportError),
}

impl From<StoreError> for RecoveryCodesError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Explain for RecoveryCodesError {
    fn text(&self) -> Text {
        match self {
            Self::Store(error) => error.text(),
            Self::Block(error) => error.text(),
            Self::NoneLeft => text!("codes-none-left"),
            Self::Nothing => text!("codes-nothing"),
            Self::Page(error) => error.text(),
        }
    }

    fn hint(&self) -> Option<Text> {
        match self {
            Self::Store(error) => error.hint(),
            Self::Block(error) => error.hint(),
            Self::NoneLeft => Some(text!("codes-hint-none-left")),
            Self::Nothing => None,
            Self::Page(error) => error.hint(),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::Store(error) => error.exit(),
            Self::Block(error) => error.exit(),
            Self::NoneLeft | Self::Nothing => Exit::NotFound,
            Self::Page(error) => error.exit(),
        }
    }
}

crate::explained!(RecoveryCodesError);

impl App {
    /// Keeps the codes of a pasted block for the account `id`. When this returns, they survive a
    /// crash and a power cut.
    ///
    /// # Errors
    /// When there is no code in it, or anything fails; nothing has then changed.
    pub fn add_recovery_codes(
        &mut self,
        id: AccountId,
        block: &Secret,
        now: UnixTime,
    ) -> Result<Pasted, RecoveryCodesError> {
        let block = codes::parse(block).map_err(RecoveryCodesError::Block)?;
        let here = self.recovery_codes(id)?;
        let found = block.codes.len();
        let mut codes = block.codes;
        codes.retain(|code| !here.iter().any(|set| set.has(code)));
        let added = codes.len();
        if added > 0 {
            self.ledger.add_codes(&[(id, CodeSet { codes, spent: Vec::new(), added: now })], now)?;
        }
        Ok(Pasted { added, known: found - added, left_out: block.left_out })
    }

    /// The recovery codes of the account `id`, set by set.
    ///
    /// # Errors
    /// When the place does not answer, or one set is missing or damaged.
    pub fn recovery_codes(&mut self, id: AccountId) -> Result<Vec<CodeSet>, StoreError> {
        let kept = self.ledger.codes(&[id])?;
        if kept.iter().any(|kept| kept.codes.is_err()) {
            self.ledger.check_canary()?;
        }
        kept.into_iter().map(|kept| kept.codes).collect()
    }

    /// A page for paper with all recovery codes of the account `id`; those that are spent are struck out.
    ///
    /// # Errors
    /// When there are none, one set cannot be read, or the page cannot be put together.
    pub fn recovery_codes_page(&mut self, id: AccountId, job: &Job<'_>) -> Result<Bytes, RecoveryCodesError> {
        let (mut codes, mut spent) = (Vec::new(), Vec::new());
        for set in self.recovery_codes(id)? {
            let before = u16::try_from(codes.len()).unwrap_or(u16::MAX);
            spent.extend(set.spent.iter().map(|position| position.saturating_add(before)));
            codes.extend(set.codes);
        }
        let entry = self.entry(id).filter(|_| !codes.is_empty()).ok_or(RecoveryCodesError::Nothing)?;
        let url = entry.url.as_deref().unwrap_or_default();
        let page = Codes { issuer: &entry.issuer, name: &entry.name, url, codes: &codes, spent: &spent };
        sheet::recovery_codes(&page, job).map_err(RecoveryCodesError::Page)
    }

    /// Gives out the next code of the account `id` that is not spent. That it is spent is durable
    /// before anybody sees it, so that none is ever given out twice.
    ///
    /// # Errors
    /// When there is none left, it cannot be read, or the index cannot be written.
    pub fn spend_recovery_code(&mut self, id: AccountId, now: UnixTime) -> Result<Secret, RecoveryCodesError> {
        // Read first: a code that cannot be shown is not spent.
        let kept = self.ledger.codes(&[id])?;
        if kept.iter().all(|kept| kept.codes.is_err()) {
            self.ledger.check_canary()?;
        }
        let readable = |set: &RecoveryCodes| kept.iter().any(|kept| kept.id == set.id && kept.codes.is_ok());
        let (set, position) = self.ledger.edit(now, |index| {
            let sets = index.entry(id).map(|entry| entry.way_back.recovery_codes.clone()).unwrap_or_default();
            let next = sets.iter().filter(|set| readable(set)).find_map(|set| Some((set.id, set.next()?)));
            let (set, position) = next.ok_or(RecoveryCodesError::NoneLeft)?;
            each(index, set, |set| set.spent.push(position));
            index.record(Event::plain(now, id, "spent"));
            Ok::<_, RecoveryCodesError>((set, position))
        })?;
        let codes = kept.into_iter().find(|kept| kept.id == set).and_then(|kept| kept.codes.ok());
        let code = codes.and_then(|mut set| {
            let position = usize::from(position);
            (position < set.codes.len()).then(|| set.codes.swap_remove(position))
        });
        code.ok_or(RecoveryCodesError::NoneLeft)
    }

    /// Removes the recovery codes of the account `id`. They can be taken back for 30 days.
    ///
    /// # Errors
    /// When there are none, or the index cannot be written.
    pub fn remove_recovery_codes(&mut self, id: AccountId, now: UnixTime) -> Result<(), RecoveryCodesError> {
        self.mark_codes(id, now, "codes-removed", |set| set.removed.is_none(), |set| set.removed = Some(now))
    }

    /// Takes removed recovery codes of the account `id` back.
    ///
    /// # Errors
    /// When none were removed, or the index cannot be written.
    pub fn restore_recovery_codes(&mut self, id: AccountId, now: UnixTime) -> Result<(), RecoveryCodesError> {
        self.mark_codes(id, now, "codes-restored", |set| set.removed.is_some(), |set| set.removed = None)
    }

    fn mark_codes(
        &mut self,
        id: AccountId,
        now: UnixTime,
        what: &str,
        fits: impl Fn(&RecoveryCodes) -> bool,
        mark: impl Fn(&mut RecoveryCodes),
    ) -> Result<(), RecoveryCodesError> {
        self.ledger.edit(now, |index| {
            let sets = index.entry_mut(id).map(|entry| &mut entry.way_back.recovery_codes);
            let mut fitting = sets.into_iter().flatten().filter(|set| fits(set)).peekable();
            fitting.peek().ok_or(RecoveryCodesError::Nothing)?;
            fitting.for_each(mark);
            index.record(Event::plain(now, id, what));
            Ok(())
        })
    }

    /// What has to be done so that the sets that came in for accounts, in a backup, are here. Of a
    /// set that is here already, only what is spent is taken over.
    pub(super) fn plan_codes(
        &mut self,
        sets: impl Iterator<Item = (AccountId, Vec<CodeSet>)>,
    ) -> Result<CodesPlan, StoreError> {
        let sets: Vec<(AccountId, CodeSet)> =
            sets.flat_map(|(id, sets)| sets.into_iter().map(move |set| (id, set))).collect();
        let ids: Vec<AccountId> = sets.iter().map(|(id, _)| *id).collect();
        let here = self.ledger.codes(&ids)?;
        let mut plan = CodesPlan::default();
        for (id, set) in sets {
            match here.iter().filter(|kept| kept.account == id).find_map(|kept| spent_here(kept, &set)) {
                Some((_, spent)) if spent.is_empty() => {}
                Some(known) => plan.spent.push(known),
                None => plan.fresh.push((id, set)),
            }
        }
        Ok(plan)
    }

    /// Does what `plan` says.
    pub(super) fn carry_out(&mut self, plan: &CodesPlan, now: UnixTime) -> Result<(), StoreError> {
        self.ledger.add_codes(&plan.fresh, now)?;
        if plan.spent.is_empty() {
            return Ok(());
        }
        self.ledger.edit(now, |index| {
            for (id, positions) in &plan.spent {
                each(index, *id, |set| {
                    let new: Vec<u16> =
                        positions.iter().copied().filter(|position| !set.spent.contains(position)).collect();
                    set.spent.extend(new);
                });
            }
            Ok(())
        })
    }
}

/// Recovery codes on their way in.
#[derive(Debug, Default)]
pub(super) struct CodesPlan {
    /// Sets that are not here, and the accounts that they are for.
    fresh: Vec<(AccountId, CodeSet)>,
    /// Sets that are here, and which of their codes are spent by now.
    spent: Vec<(AccountId, Vec<u16>)>,
}

impl CodesPlan {
    /// Whether there is nothing to do.
    pub(super) fn is_empty(&self) -> bool {
        self.fresh.is_empty() && self.spent.is_empty()
    }
}

/// If `kept` has every code of `set`: its id, and the positions that are spent in `set` and not yet
/// there.
fn spent_here(kept: &KeptCodes, set: &CodeSet) -> Option<(AccountId, Vec<u16>)> {
    let own = kept.codes.as_ref().ok()?;
    let place = |code: &Secret| own.codes.iter().position(|own| own.matches(code));
    let places = set.codes.iter().map(place).collect::<Option<Vec<_>>>()?;
    let spent = set.spent.iter().filter_map(|position| places.get(usize::from(*position)));
    let spent = spent.filter_map(|place| u16::try_from(*place).ok());
    Some((kept.id, spent.filter(|place| !own.spent.contains(place)).collect()))
}

/// Changes the set `id` wherever an account names it: one that took the place of another shares it.
fn each(index: &mut Index, id: AccountId, change: impl Fn(&mut RecoveryCodes)) {
    let sets = index.accounts.iter_mut().flat_map(|entry| &mut entry.way_back.recovery_codes);
    sets.filter(|set| set.id == id).for_each(change);
}
