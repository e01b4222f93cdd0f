//! Recovery sheets: what goes onto them, and the note in the index that they were made.

use crate::account::AccountId;
use crate::app::App;
use crate::app::export::SaveError;
use crate::clock::UnixTime;
use crate::export::{self, Bytes, ExportError, Item, Paper, Reason, google};
use crate::present;
use crate::qr::{self, Modules};
use crate::recovery::digest::digest;
use crate::recovery::sheet::{self, Job, Listed};
use crate::secret::Secret;
use crate::store::StoreError;
use crate::store::index::{Index, Sheet};
use crate::text;
use crate::text::{Lang, Text};

/// The most sheets that are remembered.
const MOST_SHEETS: usize = 20;

/// What kind of sheet is made.
#[derive(Debug)]
pub enum Make {
    /// A block for each account, in the open.
    Open,
    /// Everything under this passphrase.
    Sealed(Secret),
    /// Transfer codes of Google Authenticator.
    Transfer,
}

/// A sheet that was made and is nowhere but in memory.
pub struct Made {
    /// The PDF file.
    pub bytes: Bytes,
    /// The accounts on it.
    pub ids: Vec<AccountId>,
    /// On which page each of them is, from 1; empty unless each has a block of its own.
    pub pages: Vec<u16>,
    /// Its digest.
    pub digest: String,
    /// Why some accounts are not on it: their secrets are missing or damaged.
    pub broken: Vec<StoreError>,
    /// The accounts that transfer codes cannot carry, each with the reason.
    pub left: Vec<(Text, Reason)>,
}

impl App {
    /// Makes a sheet of the accounts `ids`, in that order, for `paper` and in the language `lang`.
    /// Nothing is written; [`App::record_sheet`] comes after the file is safe.
    ///
    /// # Errors
    /// When the place of the secrets does not answer, or the file cannot be put together.
    pub fn make_sheet(
        &mut self,
        ids: &[AccountId],
        make: &Make,
        paper: Paper,
        lang: Lang,
        now: UnixTime,
    ) -> Result<Made, SaveError> {
        let (mut kept, mut items, mut broken) = (Vec::new(), Vec::new(), Vec::new());
        for (id, answer) in ids.iter().zip(self.ledger.accounts(ids)?) {
            match answer {
                Ok(account) => {
                    kept.push(*id);
                    items.push(Item { account, extras: self.extras(*id) });
                }
                Err(error) => broken.push(error),
            }
        }
        let mut left = Vec::new();
        if matches!(make, Make::Transfer)
            && let Some(target) = export::target("google")
        {
            let fits: Vec<bool> = items.iter().map(|item| target.leftover(&item.account).is_none()).collect();
            kept = kept.into_iter().zip(fits).filter_map(|(id, fits)| fits.then_some(id)).collect();
            let gone = export::take_leftovers(target, &mut items);
            left = gone.into_iter().map(|(item, reason)| (title(&item), reason)).collect();
        }
        if items.is_empty() {
            return Err(broken
                .into_iter()
                .next()
                .map_or(SaveError::Content(ExportError::NothingFits), SaveError::Disk));
        }
        let (digest, date) = (digest(&kept), present::day(now));
        let job = Job { date: &date, paper, lang };
        let (bytes, pages) = match make {
            Make::Open => {
                let sheet::Made { bytes, pages } = sheet::accounts(&self.listed(items, &kept), &digest, &job)?;
                (bytes, pages)
            }
            Make::Sealed(passphrase) => (sealed(&items, passphrase, &digest, &job, now)?, Vec::new()),
            Make::Transfer => (transfer(&google::pages(&items, google::PER_PAGE)?, &items, paper, lang)?, Vec::new()),
        };
        Ok(Made { bytes, ids: kept, pages, digest, broken, left })
    }

    /// `items`, whose ids are `ids`, with what the owner noted of the ways in.
    fn listed(&self, items: Vec<Item>, ids: &[AccountId]) -> Vec<Listed> {
        let listed = |(item, id): (Item, &AccountId)| {
            let entry = self.entry(*id);
            let login = entry.map(|entry| entry.way_back.login.clone()).unwrap_or_default();
            let url = entry.and_then(|entry| entry.url.clone()).unwrap_or_default();
            Listed { account: item.account, login, url }
        };
        items.into_iter().zip(ids).map(listed).collect()
    }

    /// Notes that `made` is on paper, or in a file for it, now that it is safe.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn record_sheet(&mut self, made: &Made, now: UnixTime) -> Result<(), StoreError> {
        self.ledger.edit(now, |index: &mut Index| {
            let (digest, ids, pages) = (made.digest.clone(), made.ids.clone(), made.pages.clone());
            index.sheets.push(Sheet { made: now, digest, ids, pages });
            let surplus = index.sheets.len().saturating_sub(MOST_SHEETS);
            index.sheets.drain(..surplus);
            for id in &made.ids {
                if let Some(entry) = index.entry_mut(*id) {
                    entry.way_back.printed = Some(now);
                }
            }
            Ok(())
        })
    }
}

/// The encrypted sheet of `items`, once it was opened again and had all of them.
fn sealed(
    items: &[Item],
    passphrase: &Secret,
    digest: &str,
    job: &Job<'_>,
    now: UnixTime,
) -> Result<Bytes, ExportError> {
    let parts = sheet::seal(&export::plain(items, now, &super::process::device())?, passphrase)?;
    let texts = parts.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    if !export::reads_back(texts.as_bytes(), items, Some(passphrase))? {
        return Err(ExportError::ReadBack);
    }
    sheet::sealed(&parts, digest, job)
}

/// Google's transfer codes of `items` on paper, a page each.
///
/// # Errors
/// When the file cannot be put together.
pub fn transfer(pages: &[google::Page], items: &[Item], paper: Paper, lang: Lang) -> Result<Bytes, ExportError> {
    let count = pages.len();
    let sheets = pages.iter().zip(1..).map(|(page, number)| {
        let heading = text!("export-sheet-heading", page = number, pages = count).say(lang);
        let advice = text!("export-sheet-advice").say(lang);
        let names = page.items.clone().filter_map(|at| items.get(at)).map(|item| title(item).say(lang)).collect();
        Ok(export::Sheet { modules: transfer_code(page)?, heading, advice, names })
    });
    export::pdf(sheets.collect::<Result<_, ExportError>>()?, paper, lang)
}

/// The QR code of one page of a transfer.
///
/// # Errors
/// When it says too much.
pub fn transfer_code(page: &google::Page) -> Result<Modules, ExportError> {
    // EXPOSE: the code that is drawn says the address.
    Ok(qr::modules(page.address.expose_text().unwrap_or_default())?)
}

/// The account in one line.
pub fn title(item: &Item) -> Text {
    present::title(item.account.issuer(), item.account.name())
}
