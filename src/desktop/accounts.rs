//! What the window knows of the accounts, and how the worker reads them.

use std::collections::HashMap;

use otp::account::{Account, AccountId};
use otp::app::App;
use otp::app::clock::Doubt;
use otp::clock::{Clock, UnixTime};
use otp::find::Named;
use otp::present;
use otp::recovery::readiness::{Level, Step};
use otp::store::index::{Entry, Event};
use otp::store::{ReadOnly, StoreError};
use otp::text::Text;

use crate::failure::Failure;
use crate::worker::{self, Task, Worker};

/// One account of the list.
pub(crate) struct Item {
    /// Everything but its secret.
    pub(crate) entry: Entry,
    /// The account itself, or why it cannot be read.
    pub(crate) account: Result<Account, StoreError>,
    /// How its ways back stand.
    pub(crate) level: Option<Level>,
}

impl Item {
    /// The account in one line.
    pub(crate) fn title(&self) -> Text {
        title(&self.entry)
    }
}

/// An account in one line.
pub(crate) fn title(entry: &Entry) -> Text {
    present::title(&entry.issuer, &entry.name)
}

impl Named for Item {
    fn issuer(&self) -> &str {
        &self.entry.issuer
    }

    fn name(&self) -> &str {
        &self.entry.name
    }

    fn tags(&self) -> &[String] {
        &self.entry.tags
    }
}

/// What the worker brings.
pub(crate) struct Loaded {
    items: Vec<Item>,
    trash: Vec<Entry>,
    events: Vec<Event>,
    uses_vault: bool,
    steps: Vec<Step>,
    copied: bool,
    clock: Clock,
    doubt: Option<Doubt>,
    read_only: Option<ReadOnly>,
    notices: Vec<Text>,
    /// Why no secret could be read at all.
    failure: Option<StoreError>,
}

/// The accounts `ids` with their secrets. Where there are none, the place is asked all the same: a
/// vault opens to its passphrase alone, and whoever has no keyring hears so before they bring anything.
fn read(app: &mut App, ids: &[AccountId]) -> Result<Vec<Result<Account, StoreError>>, StoreError> {
    if !ids.is_empty() {
        return app.secrets(ids);
    }
    if app.uses_vault() {
        app.ledger().check_canary()?;
    }
    if app.lacks_keyring() {
        // It may have come meanwhile.
        app.search()?;
    }
    if app.lacks_keyring() { Err(StoreError::NoKeyring) } else { Ok(Vec::new()) }
}

/// Reads everything.
fn load(app: &mut App, now: UnixTime) -> Result<Loaded, Failure> {
    app.refresh()?;
    let entries: Vec<Entry> = app.accounts().into_iter().cloned().collect();
    let ids: Vec<AccountId> = entries.iter().map(|entry| entry.id).collect();
    let (accounts, failure) = match read(app, &ids) {
        Ok(accounts) => (accounts, None),
        Err(error) => (ids.iter().map(|_| Err(error.clone())).collect(), Some(error)),
    };
    let levels: Vec<Option<Level>> =
        ids.iter().map(|id| app.standing(*id).map(|standing| standing.level(now))).collect();
    let items = entries.into_iter().zip(accounts).zip(levels);
    let items = items.map(|((entry, account), level)| Item { entry, account, level }).collect();
    if failure.is_none() {
        app.tidy(now);
    }
    let loaded = Loaded {
        items,
        trash: app.trash().into_iter().cloned().collect(),
        events: app.events(),
        uses_vault: app.uses_vault() || (app.ledger().index().is_none() && app.has_vault()),
        steps: app.next_steps(now),
        copied: app.ledger().index().is_some_and(|index| index.copies.is_some()),
        clock: app.clock(),
        doubt: app.doubt(now),
        read_only: app.ledger().read_only(),
        notices: app.take_notices(),
        failure,
    };
    if loaded.failure.is_some() {
        // A keyring that once did not answer says nothing more over the same connection.
        app.ledger().disconnect();
    }
    Ok(loaded)
}

/// How much of the accounts is known.
#[derive(Debug, Clone)]
pub(crate) enum State {
    /// Nothing since this time.
    Waiting(UnixTime),
    /// Why their secrets cannot be read, since this time.
    Failed(Failure, UnixTime),
    /// Locked on purpose.
    Locked,
    /// All of them.
    Here,
}

/// Everything that the window knows of the accounts.
pub(crate) struct Accounts {
    pub(crate) state: State,
    pub(crate) items: Vec<Item>,
    pub(crate) trash: Vec<Entry>,
    pub(crate) events: Vec<Event>,
    /// Whether the secrets are in the vault.
    pub(crate) uses_vault: bool,
    /// What is worth doing for the ways back, the most valuable first.
    pub(crate) steps: Vec<Step>,
    /// Whether recovery copies are written.
    pub(crate) copied: bool,
    /// By which codes are made.
    pub(crate) clock: Clock,
    /// Why the computer's clock may be wrong.
    pub(crate) doubt: Option<Doubt>,
    /// Why nothing can be changed.
    pub(crate) read_only: Option<ReadOnly>,
    loading: Option<Task<Loaded>>,
    /// Whether something changed after the load that is under way began.
    stale: bool,
}

impl Accounts {
    /// Nothing yet, but asked for.
    pub(crate) fn new(worker: &Worker, now: UnixTime) -> Self {
        let mut accounts = Self {
            state: State::Waiting(now),
            items: Vec::new(),
            trash: Vec::new(),
            events: Vec::new(),
            uses_vault: false,
            steps: Vec::new(),
            copied: false,
            clock: Clock::default(),
            doubt: None,
            read_only: None,
            loading: None,
            stale: false,
        };
        accounts.reload(worker, now);
        accounts
    }

    /// Asks for everything anew; what is known stays until the answer comes.
    pub(crate) fn reload(&mut self, worker: &Worker, now: UnixTime) {
        if self.loading.is_some() {
            self.stale = true;
            return;
        }
        self.loading = Some(worker.ask(move |app, _| load(app, now)));
    }

    /// The same when nothing is known: the view says that it waits.
    pub(crate) fn retry(&mut self, worker: &Worker, now: UnixTime) {
        if !matches!(self.state, State::Here) {
            self.state = State::Waiting(now);
        }
        self.reload(worker, now);
    }

    /// Forgets every secret.
    pub(crate) fn lock(&mut self) {
        self.items.clear();
        self.items.shrink_to_fit();
        self.loading = None;
        self.stale = false;
        self.state = State::Locked;
    }

    /// Takes in what the worker brought; gives what is to be said about it.
    pub(crate) fn hear(&mut self, worker: &Worker, now: UnixTime) -> Vec<Text> {
        let Some(answer) = worker::take(&mut self.loading) else { return Vec::new() };
        if std::mem::take(&mut self.stale) {
            self.reload(worker, now);
        }
        match answer {
            Ok(loaded) => self.take_in(loaded, now),
            Err(failure) => {
                self.state = State::Failed(failure, now);
                Vec::new()
            }
        }
    }

    fn take_in(&mut self, loaded: Loaded, now: UnixTime) -> Vec<Text> {
        let Loaded { mut items, trash, events, uses_vault, steps, copied, clock, doubt, read_only, notices, failure } =
            loaded;
        self.state = match failure {
            None => State::Here,
            Some(error) => {
                if keeps_codes(&error) {
                    self.keep_read(&mut items);
                }
                State::Failed(error.into(), now)
            }
        };
        (self.items, self.trash, self.events, self.uses_vault) = (items, trash, events, uses_vault);
        (self.steps, self.copied) = (steps, copied);
        (self.clock, self.doubt, self.read_only) = (clock, doubt, read_only);
        notices
    }

    /// Moves accounts that were read earlier into `items`: their codes are as good as before.
    fn keep_read(&mut self, items: &mut [Item]) {
        let old =
            self.items.drain(..).filter_map(|item| Some((item.entry.id, (item.entry.fingerprint, item.account.ok()?))));
        let mut old: HashMap<AccountId, (String, Account)> = old.collect();
        for item in items {
            if let Some((fingerprint, account)) = old.remove(&item.entry.id)
                && fingerprint == item.entry.fingerprint
            {
                item.account = Ok(account);
            }
        }
    }

    /// Whether there is nothing yet, and no keyring to keep it in.
    pub(crate) fn lacks_keyring(&self) -> bool {
        let missing = |failure: &Failure| failure.store.as_deref() == Some(&StoreError::NoKeyring);
        matches!(&self.state, State::Failed(failure, _) if missing(failure))
    }

    /// The account `id`, unless it is in the trash.
    pub(crate) fn item(&self, id: AccountId) -> Option<&Item> {
        self.items.iter().find(|item| item.entry.id == id)
    }

    /// Every tag that is in use, by name.
    pub(crate) fn tags(&self) -> Vec<&str> {
        let mut tags: Vec<&str> = self.items.iter().flat_map(|item| &item.entry.tags).map(String::as_str).collect();
        tags.sort_unstable();
        tags.dedup();
        tags
    }
}

/// Whether codes that were read before `error` came are still shown. A place that somebody locked
/// was locked for a reason.
fn keeps_codes(error: &StoreError) -> bool {
    !matches!(error, StoreError::Locked | StoreError::VaultLocked | StoreError::WrongPassphrase)
}
