//! The examination: clock, keyring, index, canary, unfinished work, trash. Each finding is a
//! sentence and, where there is something to do, a next step.

use crate::app::App;
use crate::app::clock::{RELEASED, is_synchronised, is_synchronised_by_kernel};
use crate::app::readiness::Tally;
use crate::clock::UnixTime;
use crate::error::{Exit, Explain};
use crate::present;
use crate::store::index::Entry;
use crate::store::ledger::Notice;
use crate::store::{BackendKind, StoreError};
use crate::text;
use crate::text::Text;

/// How a finding is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// All is well.
    Good,
    /// Worth knowing.
    Notice,
    /// Something has to be done.
    Bad,
}

/// One thing that was looked at.
#[derive(Debug)]
pub struct Finding {
    /// What: `clock`, `correction`, `keyring`, `index`, `canary`, `pending`, `secrets`, `found`, `left`,
    /// `vault`, `trash`, `readiness`.
    pub id: &'static str,
    /// How it is meant.
    pub level: Level,
    /// One sentence.
    pub text: Text,
    /// What to do next.
    pub next: Option<Text>,
    /// What the command exits with because of it.
    pub exit: Exit,
}

impl Finding {
    fn good(id: &'static str, text: Text) -> Self {
        Self { id, level: Level::Good, text, next: None, exit: Exit::Done }
    }

    fn notice(id: &'static str, text: Text, next: Text) -> Self {
        Self { id, level: Level::Notice, text, next: Some(next), exit: Exit::Done }
    }

    /// What a report says of it, line by line, every message put into words by `say`.
    pub fn lines(&self, say: &dyn Fn(&Text) -> String) -> Vec<String> {
        let mark = match self.level {
            Level::Good => text!("doctor-mark-good"),
            Level::Notice => text!("doctor-mark-notice"),
            Level::Bad => text!("doctor-mark-bad"),
        };
        let first = format!("{} {}", say(&mark), say(&self.text));
        std::iter::once(first).chain(self.next.iter().map(|next| format!("   → {}", say(next)))).collect()
    }

    fn bad(id: &'static str, error: &StoreError) -> Self {
        let exit = if error.exit() == Exit::Internal { Exit::Attention } else { error.exit() };
        Self { id, level: Level::Bad, text: error.text(), next: error.hint(), exit }
    }
}

impl App {
    /// Looks at everything, finishes what was left unfinished, and takes forgotten secrets in.
    pub fn examine(&mut self, now: UnixTime) -> Vec<Finding> {
        // Who asks for an examination can wait for the service that asks the kernel.
        let follows = is_synchronised_by_kernel().or_else(is_synchronised);
        let mut findings = vec![clock(now, follows)];
        findings.extend(self.correction(follows));
        if self.ledger.index().is_none() && self.ledger.recover().unwrap_or(false) {
            let accounts = self.accounts().len();
            let text = text!("notice-rebuilt", accounts = accounts);
            findings.push(Finding::notice("found", text, text!("doctor-next-found")));
        }
        if self.ledger.index().is_none() {
            findings.push(Finding::notice("index", text!("doctor-no-accounts"), text!("doctor-next-import")));
            findings.push(self.place());
            return findings;
        }
        let canary = self.ledger.check_canary();
        findings.push(self.index_finding());
        let place = self.place();
        let is_told = place.level == Level::Bad;
        findings.push(place);
        match canary {
            Ok(()) => findings.extend(self.inner(now)),
            // Of a place that does not answer nothing more can be said.
            Err(_) if is_told => {}
            Err(error) => findings.push(Finding::bad("canary", &error)),
        }
        let vault = self.vault_notices.take();
        findings.extend(vault.iter().map(|notice| Finding::notice("vault", notice.text(), text!("doctor-next-vault"))));
        findings.push(self.trash_finding());
        findings.extend(self.readiness_findings(now));
        findings
    }

    /// The correction of the clock that is kept, and whether it is still right, as far as can be told.
    fn correction(&self, follows: Option<bool>) -> Option<Finding> {
        let correction = self.clock().correction()?;
        let (seconds, found) = (present::signed(correction.seconds), present::moment(correction.found));
        let text = text!("doctor-correction", seconds = seconds, found = found);
        let next = match follows {
            Some(true) => text!("doctor-next-correction-wrong"),
            _ => text!("doctor-next-correction"),
        };
        Some(Finding::notice("correction", text, next))
    }

    /// How the accounts stand, and everything worth doing, the most valuable first.
    fn readiness_findings(&self, now: UnixTime) -> Vec<Finding> {
        let Tally { good, watch, bad } = self.tally(now);
        let accounts = good + watch + bad;
        if accounts == 0 {
            return Vec::new();
        }
        let summary = text!("readiness-summary", accounts = accounts, good = good, watch = watch, bad = bad);
        let level = if watch + bad == 0 { Level::Good } else { Level::Notice };
        let first = Finding { id: "readiness", level, text: summary, next: None, exit: Exit::Done };
        let steps = self.next_steps(now).into_iter();
        std::iter::once(first).chain(steps.map(|step| Finding::notice("readiness", step.text(), step.next()))).collect()
    }

    /// Where the secrets are, and whether that place answers.
    fn place(&mut self) -> Finding {
        let kind = self.ledger.index().map_or(BackendKind::Keyring, |index| index.backend.kind);
        if kind == BackendKind::Vault {
            return Finding::good("keyring", text!("doctor-vault", folder = self.profile.data().display().to_string()));
        }
        match self.ledger.store().and_then(|store| store.list().map(|_| store.backend())) {
            Ok(backend) if backend.service.is_empty() => Finding::good("keyring", text!("doctor-keyring")),
            Ok(backend) => {
                let (service, collection) = (backend.service, backend.collection);
                Finding::good("keyring", text!("doctor-keyring-named", service = service, collection = collection))
            }
            Err(error) => Finding::bad("keyring", &error),
        }
    }

    fn index_finding(&self) -> Finding {
        let (accounts, trash) = (self.accounts().len(), self.trash().len());
        let text = text!("doctor-index", accounts = accounts, trash = trash);
        match self.ledger.read_only() {
            Some(reason) => Finding::bad("index", &StoreError::ReadOnly { reason }),
            None => Finding::good("index", text),
        }
    }

    /// What can be looked at once the place is known to be the right one.
    fn inner(&mut self, now: UnixTime) -> Vec<Finding> {
        let mut findings = vec![Finding::good("canary", text!("doctor-canary"))];
        if let Err(error) = self.ledger.finish(now) {
            findings.push(Finding::bad("pending", &error));
            return findings;
        }
        findings.extend(self.pending_findings());
        findings.extend(self.secrets_findings());
        match self.ledger.adopt_orphans(now) {
            Ok(0) => {}
            Ok(count) => findings.push(Finding::notice(
                "found",
                text!("doctor-found", count = count),
                text!("doctor-next-found"),
            )),
            Err(error) => findings.push(Finding::bad("found", &error)),
        }
        findings.extend(self.left_finding(now));
        findings
    }

    /// Deletes what a move left behind and is due, unless somebody would have to open that place.
    fn left_finding(&mut self, now: UnixTime) -> Option<Finding> {
        match self.quietly(|app| app.ledger.clear_left(now)) {
            Ok(()) => None,
            Err(StoreError::VaultLocked | StoreError::Locked | StoreError::NoKeyring | StoreError::KeyringGone) => {
                Some(Finding::notice("left", text!("doctor-left"), text!("doctor-next-left")))
            }
            Err(error) => Some(Finding::bad("left", &error)),
        }
    }

    /// What was settled on the way: unfinished work, a new canary, an index made anew.
    fn pending_findings(&mut self) -> Vec<Finding> {
        let found: Vec<Finding> = self.ledger.take_notices().iter().map(settled).collect();
        if found.is_empty() { vec![Finding::good("pending", text!("doctor-pending"))] } else { found }
    }

    /// Whether every secret is there and whole, and which are short.
    fn secrets_findings(&mut self) -> Vec<Finding> {
        // What another account took the place of may be broken: that is why it was replaced.
        let in_use = |entry: &&Entry| entry.superseded_by.is_none();
        let entries = self.ledger.index().map(|index| index.accounts.as_slice()).unwrap_or_default();
        let ids: Vec<_> = entries.iter().filter(in_use).map(|entry| entry.id).collect();
        let answers = match self.ledger.accounts(&ids) {
            Ok(answers) => answers,
            Err(error) => return vec![Finding::bad("secrets", &error)],
        };
        let mut findings: Vec<Finding> = answers
            .iter()
            .filter_map(|answer| answer.as_ref().err())
            .map(|error| Finding::bad("secrets", error))
            .collect();
        if findings.is_empty() {
            findings.push(Finding::good("secrets", text!("doctor-secrets", count = answers.len())));
        }
        let short = answers.iter().flatten().filter(|account| account.secret().len() < 10).count();
        if short > 0 {
            findings.push(Finding::notice("secrets", text!("doctor-short", count = short), text!("doctor-next-short")));
        }
        findings
    }

    fn trash_finding(&self) -> Finding {
        match self.trash().len() {
            0 => Finding::good("trash", text!("doctor-trash-empty")),
            count => Finding::notice("trash", text!("doctor-trash", count = count), text!("doctor-next-trash")),
        }
    }
}

/// Something that was settled on the way, and what its owner may want to do about it.
fn settled(notice: &Notice) -> Finding {
    match notice {
        Notice::Interrupted { .. } => Finding::notice("pending", notice.text(), text!("doctor-next-interrupted")),
        Notice::NewCanary => Finding::notice("canary", notice.text(), text!("doctor-next-settled")),
        Notice::OlderIndex { .. } | Notice::Rebuilt { .. } => {
            Finding::notice("index", notice.text(), text!("doctor-next-settled"))
        }
    }
}

/// Whether the computer's clock can be trusted, as far as it can be told without a network: `follows`
/// says whether a time server sets it.
fn clock(now: UnixTime, follows: Option<bool>) -> Finding {
    if now < RELEASED {
        return Finding::notice("clock", text!("doctor-clock-past"), text!("doctor-next-clock"));
    }
    match follows {
        Some(false) => Finding::notice("clock", text!("doctor-clock-unsure"), text!("doctor-next-clock")),
        Some(true) => Finding::good("clock", text!("doctor-clock")),
        None => Finding::good("clock", text!("doctor-clock-untold")),
    }
}
