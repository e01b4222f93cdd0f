//! Where the window's accounts come from: the worker's side of it.

use std::sync::Arc;

use otp::account::{Account, AccountId};
use otp::app::App;
use otp::app::profile::Profile;
use otp::clock::UnixTime;
use otp::code::Code;
use otp::find::Named;
use otp::store::StoreError;

/// One account of the list.
pub(crate) struct Item {
    pub(crate) id: AccountId,
    pub(crate) issuer: String,
    pub(crate) name: String,
    pub(crate) tags: Vec<String>,
    /// The account itself, or why this one alone cannot be read.
    pub(crate) account: Result<Account, StoreError>,
}

impl Named for Item {
    fn issuer(&self) -> &str {
        &self.issuer
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn tags(&self) -> &[String] {
        &self.tags
    }
}

/// A place that lists every account with its secret. Calls may block as long as the store's
/// deadlines allow.
pub(crate) trait Source: Send {
    /// Reads everything.
    ///
    /// # Errors
    /// When the store is locked, absent, hung, another one or emptied.
    fn load(&mut self) -> Result<Vec<Item>, StoreError>;

    /// Whether another program changed the accounts since the last load.
    fn changed(&mut self) -> bool;

    /// The next code of a counter account; its counter moves on.
    ///
    /// # Errors
    /// When the secret cannot be read or the counter cannot be written.
    fn count(&mut self, id: AccountId, now: UnixTime) -> Result<Code, StoreError>;
}

/// The accounts of a profile. Opened at the first load, and again after a failure.
pub(crate) struct Stored {
    profile: Option<Profile>,
    app: Option<App>,
}

impl Stored {
    /// The accounts of `profile`; `None` when the system does not say where files belong.
    pub(crate) fn new(profile: Option<Profile>) -> Self {
        Self { profile, app: None }
    }

    fn app(&mut self) -> Result<&mut App, StoreError> {
        if let Some(app) = self.app.take() {
            return Ok(self.app.insert(app));
        }
        let profile = self.profile.clone();
        let nowhere = StoreError::Disk { file: "otp".to_owned(), kind: std::io::ErrorKind::NotFound };
        // The window cannot ask for a passphrase yet; `otp vault unlock` can.
        let mut app = App::open(profile.ok_or(nowhere)?, Arc::new(|| Err(StoreError::VaultLocked)))?;
        app.search()?;
        Ok(self.app.insert(app))
    }

    fn read(&mut self) -> Result<Vec<Item>, StoreError> {
        let app = self.app()?;
        app.refresh()?;
        let mut items: Vec<Item> = app.accounts().into_iter().map(unread).collect();
        if items.is_empty() {
            return Ok(items);
        }
        let ids: Vec<AccountId> = items.iter().map(|item| item.id).collect();
        for (item, account) in items.iter_mut().zip(app.secrets(&ids)?) {
            item.account = account;
        }
        Ok(items)
    }
}

fn unread(entry: &otp::store::index::Entry) -> Item {
    Item {
        id: entry.id,
        issuer: entry.issuer.clone(),
        name: entry.name.clone(),
        tags: entry.tags.clone(),
        account: Err(StoreError::Broken { account: entry.shown() }),
    }
}

impl Source for Stored {
    fn load(&mut self) -> Result<Vec<Item>, StoreError> {
        // A connection that failed is not used again: the keyring may have been restarted.
        self.read().inspect_err(|_| self.app = None)
    }

    fn changed(&mut self) -> bool {
        self.app().is_ok_and(|app| app.refresh().unwrap_or(true))
    }

    fn count(&mut self, id: AccountId, now: UnixTime) -> Result<Code, StoreError> {
        self.app()?.code(id, now)
    }
}
