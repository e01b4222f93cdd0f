//! Backups under a passphrase: one file that stock `age` opens, proved before anybody says that it is
//! complete; and the way back from it, which adds and never takes away.

use crate::account::{Account, AccountId, Kind};
use crate::app::App;
use crate::app::drill::Proof;
use crate::app::export::{Piece, SaveError, save};
use crate::app::receive::{Outcome, Receipt};
use crate::app::recovery_codes::CodesPlan;
use crate::clock::UnixTime;
use crate::crypto::{age, armor};
use crate::export::{self, Bytes, ExportError, Item};
use crate::import::{self, About, Batch, Opened, Source};
use crate::secret::Secret;
use crate::store::StoreError;
use crate::store::index::{Entry, Event};
use crate::text;
use crate::text::Text;

/// Where a backup goes, and how.
#[derive(Debug)]
pub struct BackupJob<'a> {
    /// The file.
    pub path: &'a std::path::Path,
    /// Its passphrase.
    pub passphrase: &'a Secret,
    /// Whether it is to be text, for mail and paper.
    pub armor: bool,
    /// Whether it may take the place of another file.
    pub force: bool,
}

/// A backup that was written.
#[derive(Debug)]
pub struct Backup {
    /// How many accounts are in it.
    pub accounts: usize,
    /// Why the others are not.
    pub broken: Vec<StoreError>,
}

/// What a backup would change.
#[derive(Debug)]
pub struct Restoration {
    /// When and where the backup was made, as far as it says.
    pub about: Option<About>,
    /// Its accounts: new, here already, in the trash.
    pub receipt: Receipt,
    /// Accounts that are only here. They stay.
    pub only_here: Vec<Entry>,
    /// Counters that are ahead in the backup.
    pub counters: Vec<(AccountId, u64)>,
    /// Recovery codes of accounts that are here.
    codes: CodesPlan,
    /// The accounts that are here and in it.
    met: Vec<AccountId>,
}

impl Restoration {
    /// Whether there is anything to do.
    pub fn is_empty(&self) -> bool {
        self.receipt.kept() == 0 && self.counters.is_empty() && self.codes.is_empty()
    }
}

/// What to say of a backup that has nothing to restore: everything is here, but for those `in_trash`,
/// which only their owner takes back.
pub fn nothing(in_trash: usize) -> Text {
    match in_trash {
        0 => text!("backup-nothing-to-restore"),
        count => text!("backup-nothing-but-trash", count = count),
    }
}

impl App {
    /// Writes everything there is into one file, reads it back from the disk, decrypts it and
    /// compares every account. Only then is it there under its name, and its accounts are dated.
    ///
    /// # Errors
    /// When anything fails; no new file is then there.
    pub fn back_up(&mut self, job: &BackupJob<'_>, now: UnixTime) -> Result<Backup, SaveError> {
        let gathered = self.gather_all()?;
        let items = gathered.items;
        let sealed = age::seal(age::WORK, job.passphrase, &export::plain(&items, now, &super::process::device())?);
        let sealed = sealed.map_err(ExportError::from)?;
        let bytes = if job.armor { armor::wrap(&sealed).into_bytes() } else { sealed };
        let piece = Piece { path: job.path.to_owned(), bytes: Bytes::new(bytes) };
        save(&[piece], job.force, &|_, written| holds(written, &items, job.passphrase))?;
        let accounts: Vec<Account> = items.into_iter().map(|item| item.account).collect();
        let known = self.ledger.known(&accounts.iter().collect::<Vec<_>>())?;
        let ids: Vec<AccountId> = known.into_iter().flatten().collect();
        self.date(&ids, Proof::Copy, now)?;
        Ok(Backup { accounts: accounts.len(), broken: gathered.broken })
    }

    /// Compares the backup `batch` with what is here. Writes nothing.
    ///
    /// # Errors
    /// When the place does not answer, or is not the one with the accounts.
    pub fn compare_backup(&mut self, mut batch: Batch) -> Result<Restoration, StoreError> {
        let about = batch.about.take();
        let mut receipt = self.compare(&mut batch)?;
        let (mut counters, mut codes) = (Vec::new(), Vec::new());
        let mut met = Vec::new();
        for line in &mut receipt.lines {
            let (Outcome::Here(id) | Outcome::InTrash(id) | Outcome::Mends(id)) = line.outcome else { continue };
            met.push(id);
            if matches!(line.outcome, Outcome::Mends(_)) {
                continue;
            }
            let here = self.entry(id).and_then(|entry| entry.counter);
            if let (Kind::Hotp { counter }, Some(here)) = (line.account.kind(), here)
                && counter > here
            {
                counters.push((id, counter));
            }
            if !line.extras.codes.is_empty() {
                codes.push((id, std::mem::take(&mut line.extras.codes)));
            }
        }
        let codes = self.plan_codes(codes.into_iter())?;
        let only_here = self.accounts().into_iter().filter(|entry| !met.contains(&entry.id)).cloned().collect();
        Ok(Restoration { about, receipt, only_here, counters, codes, met })
    }

    /// Takes in what `restoration` says, and dates the accounts that a backup or copy of ours had.
    /// When this returns, it survives a crash and a power cut. Gives back how many accounts came in.
    ///
    /// # Errors
    /// When anything fails; what came in before that stays, and doing it again takes in the rest.
    pub fn restore_backup(
        &mut self,
        restoration: Restoration,
        now: UnixTime,
        progress: &mut dyn FnMut(usize),
    ) -> Result<usize, StoreError> {
        let Restoration { about, receipt, counters, codes, met, .. } = restoration;
        let kept = self.accept(receipt, &[], now, progress)?;
        if !counters.is_empty() {
            self.ledger.edit(now, |index| {
                for (id, counter) in &counters {
                    let Some(entry) = index.entry_mut(*id) else { continue };
                    entry.counter = entry.counter.max(Some(*counter));
                    index.record(Event::plain(now, *id, "counter"));
                }
                Ok::<(), StoreError>(())
            })?;
        }
        self.carry_out(&codes, now)?;
        if about.is_some() {
            // No drill could prove a copy better.
            self.date(&[&kept[..], &met].concat(), Proof::Copy, now)?;
        }
        Ok(kept.len())
    }
}

/// Whether the file holds every one of `items`, its recovery codes included.
fn holds(file: &[u8], items: &[Item], passphrase: &Secret) -> Result<(), ExportError> {
    let failed = |_| ExportError::ReadBack;
    let batch = match import::open(&Source::new(file)).map_err(failed)? {
        Opened::Locked(locked) => locked.unlock(passphrase).map_err(failed)?,
        opened @ Opened::Batch(_) => opened,
    };
    let Opened::Batch(batch) = batch else { return Err(ExportError::ReadBack) };
    let same = batch.skipped.is_empty()
        && batch.accounts.len() == items.len()
        && batch.accounts.iter().zip(items).all(|(found, item)| {
            let (one, two) = (&found.account, &item.account);
            one.kind() == two.kind() && one.gives_same_codes(two) && found.extras.codes == item.extras.codes
        });
    if same { Ok(()) } else { Err(ExportError::ReadBack) }
}
