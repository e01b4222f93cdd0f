//! The fire drill, and proving one copy, backup or sheet: what it gives is compared in memory with
//! what is kept. Nothing is left of it but the date.

use crate::account::AccountId;
use crate::app::App;
use crate::clock::UnixTime;
use crate::import::{self, About, Imported};
use crate::present;
use crate::qr;
use crate::recovery::drill::{self, Kept, Line, Verdict};
use crate::store::StoreError;
use crate::text;
use crate::text::Text;

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// A file: a recovery copy or a backup.
    Copy,
    /// A picture of a printed sheet.
    Paper,
}

impl Proof {
    /// What a file with the content `bytes` is: a photo, a scan and a page show paper.
    pub fn of(bytes: &[u8]) -> Self {
        if qr::is_picture(bytes) || import::is_pdf(bytes) { Self::Paper } else { Self::Copy }
    }
}

/// What a source is: the file, when and where it was written, how many accounts it has.
pub fn heading(source: &str, about: Option<&About>, count: usize) -> Text {
    match about {
        Some(about) if about.device.is_empty() => {
            text!("drill-heading-at", file = source, at = present::moment(about.written), count = count)
        }
        Some(about) => {
            let (at, device) = (present::moment(about.written), about.device.as_str());
            text!("drill-heading-on", file = source, at = at, device = device, count = count)
        }
        None => text!("drill-heading", file = source, count = count),
    }
}

/// What came out for one account.
pub fn told(line: &Line) -> Text {
    let account = present::title(&line.issuer, &line.name);
    match line.verdict {
        Verdict::Same => text!("drill-same", account = account),
        Verdict::Differs => text!("drill-differs", account = account),
        Verdict::Missing => text!("drill-missing", account = account),
        Verdict::Rescued => text!("drill-rescued", account = account),
        Verdict::OnlyThere => text!("drill-only-there", account = account),
    }
}

impl App {
    /// Compares `found`, which was read from a copy or from paper, with every account that is kept,
    /// and dates those that it proves.
    ///
    /// # Errors
    /// When the place does not answer, or is not the one with the accounts.
    pub fn prove(&mut self, found: &[Imported], proof: Proof, now: UnixTime) -> Result<Vec<Line>, StoreError> {
        let entries = self.ledger.index().map(|index| index.accounts.clone()).unwrap_or_default();
        let ids: Vec<AccountId> = entries.iter().map(|entry| entry.id).collect();
        let accounts = if ids.is_empty() { Vec::new() } else { self.ledger.accounts(&ids)? };
        let kept: Vec<Kept> =
            entries.into_iter().zip(accounts).map(|(entry, account)| Kept { entry, account }).collect();
        let mut lines = drill::compare(&kept, found, now);
        // What is in the trash may be missing anywhere.
        lines.retain(|line| !(line.trashed && line.verdict == Verdict::Missing));
        let proved: Vec<AccountId> =
            lines.iter().filter(|line| line.verdict == Verdict::Same).filter_map(|line| line.id).collect();
        self.date(&proved, proof, now)?;
        Ok(lines)
    }

    /// Remembers that the accounts `ids` were proved.
    pub(super) fn date(&mut self, ids: &[AccountId], proof: Proof, now: UnixTime) -> Result<(), StoreError> {
        if ids.is_empty() {
            return Ok(());
        }
        self.ledger.edit(now, |index| {
            for entry in index.accounts.iter_mut().filter(|entry| ids.contains(&entry.id)) {
                match proof {
                    Proof::Copy => entry.way_back.copy_proved = Some(now),
                    Proof::Paper => entry.way_back.paper_proved = Some(now),
                }
            }
            Ok(())
        })
    }
}
