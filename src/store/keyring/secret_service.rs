//! The Secret Service of Linux desktops (GNOME Keyring, KDE Wallet, `KeePassXC`): items.
//!
//! Many keys are looked up in one go and fetched by one `GetSecrets`, which no keyring crate offers.
//! Reading never opens a window where there is no display: a locked keyring is an error then.
//!
//! The first call on a connection is one that does nothing. GNOME Keyring notes a new caller in a
//! task of its own, which now and then runs only after the caller's first call; if that call is
//! `OpenSession`, the whole daemon aborts (Debian bug 1147303, seen here with version 42.1).
//! Interface: Secret Service API Draft 0.2, "D-Bus API Documentation".

use std::collections::HashMap;
use std::path::Path;

use zvariant::{OwnedObjectPath, OwnedValue, Value};

use super::session::{ALGORITHM, Offer, SessionKey};
use super::{Place, SERVICE, label};
use crate::account::AccountId;
use crate::bus::{BUS, Bus, BusError, Target, Ticket, malformed};
use crate::secret::Secret;
use crate::store::{Key, Line, StoreError};

/// From how many keys on it is cheaper to fetch everything of ours than to look for each.
const MANY: usize = 8;

/// How many requests may be on their way at once.
const AT_ONCE: usize = 200;

pub(super) const NAME: &str = "org.freedesktop.secrets";

pub(super) const SECRETS: Target<'_> =
    Target { name: NAME, path: "/org/freedesktop/secrets", interface: "org.freedesktop.Secret.Service" };

/// The paths of unlocked and of locked items.
type Found = (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>);

/// A secret as the service hands it out: session, start value, cipher text, content type.
type Sealed = (OwnedObjectPath, Vec<u8>, Vec<u8>, String);

/// A conversation with the service.
pub(super) struct SecretService {
    pub(super) bus: Bus,
    session: Option<(OwnedObjectPath, SessionKey)>,
    pub(super) quiet: bool,
}

impl Place for SecretService {
    fn open() -> Result<Self, StoreError> {
        let mut bus = Bus::session()?;
        match bus.call::<_, OwnedObjectPath>(SECRETS, "ReadAlias", &(SERVICE,)) {
            // There is no such alias; that it was answered is what counts.
            Ok(_) | Err(BusError::Refused { .. }) => Ok(Self { bus, session: None, quiet: false }),
            Err(error) => Err(error.into()),
        }
    }

    fn create(&mut self, items: &[(Key, Line)], progress: &mut dyn FnMut(usize)) -> Result<(), StoreError> {
        let collection = self.default_unlocked()?;
        let offer = self.propose()?;
        self.agree(offer)?;
        for (done, (key, line)) in items.iter().enumerate() {
            self.create_item(&collection, &key.to_string(), line)?;
            progress(done + 1);
        }
        Ok(())
    }

    fn read(&mut self, keys: &[Key]) -> Result<Vec<Option<Secret>>, StoreError> {
        let mut lines = self.read_together(keys)?;
        let left: Vec<_> =
            keys.iter().zip(&lines).filter(|(_, line)| line.is_none()).map(|(key, _)| key.clone()).collect();
        let found = self.read_each(&left)?;
        for (place, line) in lines.iter_mut().filter(|line| line.is_none()).zip(found) {
            *place = line;
        }
        Ok(lines)
    }

    fn list(&mut self) -> Result<Vec<Key>, StoreError> {
        self.unlock_default()?;
        let (mut items, locked): Found = self.bus.call(SECRETS, "SearchItems", &(attributes(None),))?;
        self.unlock(&locked)?;
        items.extend(locked);
        let mut keys = Vec::with_capacity(items.len());
        let mut mute = Vec::new();
        for some in items.chunks(AT_ONCE) {
            let asked: Vec<_> = some.iter().map(|item| self.ask(item, ITEM, "Attributes")).collect::<Result<_, _>>()?;
            for (item, ticket) in some.iter().zip(asked) {
                match self.answer::<HashMap<String, String>>(ticket) {
                    Ok(attributes) => keys.extend(attributes.get("username").and_then(|user| Key::parse(user))),
                    Err(StoreError::Refused { .. }) => mute.push(Some(item.clone())),
                    Err(error) => return Err(error),
                }
            }
        }
        keys.extend(self.owners(&mute)?);
        Ok(keys)
    }

    fn delete(&mut self, keys: &[Key]) -> Result<(), StoreError> {
        let found = self.find_unlocked(keys)?;
        for item in found.iter().flatten() {
            let target = Target { name: NAME, path: item, interface: ITEM };
            let prompt: OwnedObjectPath = self.bus.call(target, "Delete", &())?;
            self.prompt(&prompt)?;
        }
        Ok(())
    }

    fn stay_quiet(&mut self) {
        self.quiet = true;
    }

    fn origin(&mut self) -> Result<(String, String), StoreError> {
        let collection = self.default_collection()?;
        let collection = collection.as_ref().and_then(|path| path.rsplit('/').next()).unwrap_or_default().to_owned();
        let owner: String = self.bus.call(BUS, "GetNameOwner", &(NAME,))?;
        let process: u32 = self.bus.call(BUS, "GetConnectionUnixProcessID", &(owner,))?;
        Ok((program(process), collection))
    }
}

const ITEM: &str = "org.freedesktop.Secret.Item";
pub(super) const COLLECTION: &str = "org.freedesktop.Secret.Collection";

impl SecretService {
    /// Reads what is under `keys` by fetching everything of ours, which costs two calls however many
    /// keys there are, and asking each line whose it is. What is not found so may still be there.
    ///
    /// A line that names the wrong account is not believed: whoever decodes it compares the names.
    fn read_together(&mut self, keys: &[Key]) -> Result<Vec<Option<Secret>>, StoreError> {
        let mut lines = HashMap::new();
        if keys.len() >= MANY {
            let offer = self.propose()?;
            let (items, _): Found = self.bus.call(SECRETS, "SearchItems", &(attributes(None),))?;
            self.agree(offer)?;
            // Another profile may keep far more here than was asked for.
            if items.len() <= 2 * keys.len() {
                let items: Vec<_> = items.into_iter().map(Some).collect();
                let fetched = self.fetch(&items)?.into_iter().flatten();
                lines.extend(fetched.filter_map(|line| Some((owner(&line)?, line))));
            }
        }
        Ok(keys.iter().map(|key| lines.remove(key)).collect())
    }

    /// Whose the items at `paths` are, by their lines. A service that read its file again while it
    /// ran finds items and gives their secrets, but does not answer for their attributes; one that
    /// is gone by now is nobody's.
    fn owners(&mut self, paths: &[Option<OwnedObjectPath>]) -> Result<Vec<Key>, StoreError> {
        if paths.is_empty() {
            return Ok(Vec::new());
        }
        let offer = self.propose()?;
        self.agree(offer)?;
        Ok(self.fetch(paths)?.iter().flatten().filter_map(owner).collect())
    }

    /// Reads what is under `keys` by looking for each of them.
    fn read_each(&mut self, keys: &[Key]) -> Result<Vec<Option<Secret>>, StoreError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let offer = self.propose()?;
        let found = self.find_unlocked(keys)?;
        self.agree(offer)?;
        // More than one item under a key cannot be ours; one of them is as good as the other.
        let paths: Vec<_> = found.into_iter().map(|items| items.into_iter().next()).collect();
        self.fetch(&paths)
    }

    /// Looks for the items of each key, and unlocks them.
    fn find_unlocked(&mut self, keys: &[Key]) -> Result<Vec<Vec<OwnedObjectPath>>, StoreError> {
        let mut found = self.find(keys)?;
        if found.iter().any(|(open, locked)| open.is_empty() && locked.is_empty()) && self.unlock_default()? {
            // Some services find nothing in a locked collection.
            found = self.find(keys)?;
        }
        let locked: Vec<_> = found.iter().flat_map(|(_, locked)| locked.clone()).collect();
        self.unlock(&locked)?;
        Ok(found.into_iter().map(|(open, locked)| open.into_iter().chain(locked).collect()).collect())
    }

    /// Creates the item of `user` in `collection`. An item that is like it stays as it is.
    fn create_item(&mut self, collection: &OwnedObjectPath, user: &str, line: &Line) -> Result<(), StoreError> {
        let Some((session, key)) = &self.session else { return Err(malformed().into()) };
        let (start, cipher) = key.seal(line.secret()).ok_or(StoreError::NoRandomness)?;
        let properties = HashMap::from([
            ("org.freedesktop.Secret.Item.Label", Value::from(label(user))),
            ("org.freedesktop.Secret.Item.Attributes", Value::from(attributes(Some(user)))),
        ]);
        let target = Target { name: NAME, path: collection, interface: COLLECTION };
        let body = (properties, (session, start.as_slice(), cipher, "text/plain"), false);
        let (_, prompt): (OwnedObjectPath, OwnedObjectPath) = self.bus.call(target, "CreateItem", &body)?;
        self.prompt(&prompt)
    }

    /// Offers a key to the service, if there is none yet.
    fn propose(&mut self) -> Result<Option<(Offer, Ticket)>, StoreError> {
        if self.session.is_some() {
            return Ok(None);
        }
        let offer = Offer::random().ok_or(StoreError::NoRandomness)?;
        let ticket = self.bus.send(SECRETS, "OpenSession", &(ALGORITHM, Value::from(offer.public())))?;
        Ok(Some((offer, ticket)))
    }

    /// Takes the key that the service answers with, if one was proposed.
    fn agree(&mut self, proposed: Option<(Offer, Ticket)>) -> Result<(), StoreError> {
        let Some((offer, ticket)) = proposed else { return Ok(()) };
        let (theirs, path): (OwnedValue, OwnedObjectPath) = self.bus.receive(ticket)?;
        let theirs: Vec<u8> = theirs.try_into().map_err(|_| malformed())?;
        self.session = Some((path, offer.accept(&theirs).ok_or_else(malformed)?));
        Ok(())
    }

    /// Looks for the item of each key.
    fn find(&mut self, keys: &[Key]) -> Result<Vec<Found>, StoreError> {
        let mut found = Vec::with_capacity(keys.len());
        for some in keys.chunks(AT_ONCE) {
            let mut asked = Vec::with_capacity(some.len());
            for key in some {
                let user = key.to_string();
                asked.push(self.bus.send(SECRETS, "SearchItems", &(attributes(Some(&user)),))?);
            }
            for ticket in asked {
                found.push(self.bus.receive(ticket)?);
            }
        }
        Ok(found)
    }

    /// Fetches the secrets of the items at `paths`, all at once.
    fn fetch(&mut self, paths: &[Option<OwnedObjectPath>]) -> Result<Vec<Option<Secret>>, StoreError> {
        let wanted: Vec<_> = paths.iter().flatten().collect();
        let Some((session, key)) = self.session.as_ref().filter(|_| !wanted.is_empty()) else {
            return Ok(paths.iter().map(|_| None).collect());
        };
        let sealed: HashMap<OwnedObjectPath, Sealed> = self.bus.call(SECRETS, "GetSecrets", &(wanted, session))?;
        let open = |path: &OwnedObjectPath| {
            let (_, start, cipher, _) = sealed.get(path)?;
            // What cannot be opened is damaged, and damage is the caller's to judge.
            Some(key.open(start, cipher).unwrap_or_else(|| Secret::new(Vec::new())))
        };
        Ok(paths.iter().map(|path| path.as_ref().and_then(open)).collect())
    }

    /// Asks for the property `name` of the object at `path`.
    pub(super) fn ask(&mut self, path: &OwnedObjectPath, interface: &str, name: &str) -> Result<Ticket, StoreError> {
        let target = Target { name: NAME, path, interface: "org.freedesktop.DBus.Properties" };
        Ok(self.bus.send(target, "Get", &(interface, name))?)
    }

    /// The property that was asked for.
    pub(super) fn answer<T: TryFrom<OwnedValue>>(&mut self, ticket: Ticket) -> Result<T, StoreError> {
        let value: OwnedValue = self.bus.receive(ticket)?;
        Ok(value.try_into().map_err(|_| malformed())?)
    }
}

/// Whose line this is, by its own account; see [`item`](crate::store::item).
fn owner(line: &Secret) -> Option<Key> {
    // EXPOSE: only the id is taken out.
    let text = line.expose_text()?;
    if let Some((_, rest)) = text.rsplit_once("&id=") {
        return AccountId::parse(rest.get(..32)?).map(Key::Account);
    }
    if let Some(rest) = text.strip_prefix("otp-codes?id=") {
        return AccountId::parse(rest.get(..32)?).map(Key::Codes);
    }
    let vault = text.strip_prefix("otp-vault?id=")?.get(..32)?;
    AccountId::parse(vault).map(Key::Canary)
}

/// What our items are found by.
fn attributes(user: Option<&str>) -> HashMap<&str, &str> {
    std::iter::once(("service", SERVICE)).chain(user.map(|user| ("username", user))).collect()
}

/// The name of the program that runs as `process`; empty when it cannot be told.
fn program(process: u32) -> String {
    let folder = Path::new("/proc").join(process.to_string());
    let file = std::fs::read_link(folder.join("exe")).ok();
    let name = file.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    // After an update of the running program the link ends in this word.
    name.map(|name| name.trim_end_matches(" (deleted)").to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_whose_it_is() {
        #[track_caller]
        fn case(line: &str, key: Option<&str>) {
            let key = key.map(|key| Key::parse(key).unwrap());
            assert_eq!(owner(&Secret::from_text(line.to_owned())), key);
        }
        let (id, other) = ("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210");
        case(&format!("otpauth://totp/x?secret=GE&id={id}&vault={other}&sum=00"), Some(id));
        case(&format!("otpauth://totp/x?secret=GE&id={other}&id={id}&vault={other}&sum=00"), Some(id));
        case(&format!("otp-vault?id={id}&created=0&place=p&key=00&sum=00"), Some(&format!("vault:{id}")));
        case(&format!("otp-codes?id={id}&vault={other}&sum=00"), Some(&format!("codes:{id}")));
        case("otpauth://totp/x?secret=GE&id=0123", None);
        case("seen 7", None);
        case("", None);
    }
}
