//! Unlocking the Secret Service, which may have to ask the user for a password.
//!
//! The service shows the question itself, and only when told to. Without a display it would wait
//! for nobody, so it is not told to.

use std::collections::HashMap;

use zvariant::{OwnedObjectPath, OwnedValue, Value};

use super::secret_service::{COLLECTION, NAME, SECRETS, SecretService};
use crate::bus::{BUS, DEADLINE, Target};
use crate::store::StoreError;

/// How long a person has to answer the question for the keyring's password, in seconds.
const PATIENCE: u64 = 120;

impl SecretService {
    /// Where new items go; `None` on a desktop where no keyring was ever made.
    pub(super) fn default_collection(&mut self) -> Result<Option<OwnedObjectPath>, StoreError> {
        let path: OwnedObjectPath = self.bus.call(SECRETS, "ReadAlias", &("default",))?;
        Ok(Some(path).filter(|path| path.as_str() != "/"))
    }

    /// Unlocks the default collection; whether it had been locked.
    pub(super) fn unlock_default(&mut self) -> Result<bool, StoreError> {
        let Some(path) = self.default_collection()? else { return Ok(false) };
        let ticket = self.ask(&path, COLLECTION, "Locked")?;
        let locked = self.answer(ticket)?;
        if locked {
            self.unlock(&[path])?;
        }
        Ok(locked)
    }

    /// The default collection, unlocked, and made if there was none.
    pub(super) fn default_unlocked(&mut self) -> Result<OwnedObjectPath, StoreError> {
        if self.default_collection()?.is_none() {
            self.create_default()?;
        }
        self.unlock_default()?;
        self.default_collection()?.ok_or(StoreError::NoKeyring)
    }

    /// Unlocks `objects`, by asking the user where that is possible.
    pub(super) fn unlock(&mut self, objects: &[OwnedObjectPath]) -> Result<(), StoreError> {
        if objects.is_empty() {
            return Ok(());
        }
        let (_, prompt): (Vec<OwnedObjectPath>, OwnedObjectPath) = self.bus.call(SECRETS, "Unlock", &(objects,))?;
        self.prompt(&prompt)
    }

    /// Makes the first collection of this desktop; the service asks the user for a password.
    fn create_default(&mut self) -> Result<(), StoreError> {
        if self.quiet || !display() {
            return Err(StoreError::NoKeyring);
        }
        let label = HashMap::from([("org.freedesktop.Secret.Collection.Label", Value::from("Login"))]);
        let (_, prompt): (OwnedObjectPath, OwnedObjectPath) =
            self.bus.call(SECRETS, "CreateCollection", &(label, "default"))?;
        self.prompt(&prompt)
    }

    /// Has the service ask the user what it wants to ask, and waits for the answer.
    pub(super) fn prompt(&mut self, prompt: &OwnedObjectPath) -> Result<(), StoreError> {
        if prompt.as_str() == "/" {
            return Ok(());
        }
        if self.quiet || !display() {
            return Err(StoreError::Locked);
        }
        let interface = "org.freedesktop.Secret.Prompt";
        let rule = format!("type='signal',interface='{interface}',member='Completed',path='{prompt}'");
        let () = self.bus.call(BUS, "AddMatch", &(rule,))?;
        let shown = self.bus.send(Target { name: NAME, path: prompt, interface }, "Prompt", &("",))?;
        self.bus.wait_at_most(PATIENCE)?;
        let (dismissed, _): (bool, OwnedValue) = self.bus.signal(prompt, "Completed")?;
        self.bus.wait_at_most(DEADLINE)?;
        let () = self.bus.receive(shown)?;
        if dismissed { Err(StoreError::Locked) } else { Ok(()) }
    }
}

/// Whether somebody can be asked for a password on a screen.
fn display() -> bool {
    ["WAYLAND_DISPLAY", "DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
