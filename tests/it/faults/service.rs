//! A Secret Service of our own that can be told to misbehave. Interface: Secret Service API Draft 0.2.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use aes::Aes128;
use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use hkdf::Hkdf;
use num_bigint::BigUint;
use sha2::Sha256;
use zbus::Message;
use zbus::blocking::{Connection, MessageIterator};
use zbus::message::Type;
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value};

const NAME: &str = "org.freedesktop.secrets";
const COLLECTION: &str = "/org/freedesktop/secrets/collection/login";
/// The prime of the Second Oakley Group (RFC 2409, section 6.2).
const PRIME: &[u8] = b"ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74\
020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6\
f44c42e9a637ed6b0bff5cb6f406b7edee386bfb5a899fa5ae9f24117c4b1fe649286651ece65381ffffffffffffffff";

/// How it serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// As it should.
    Honest,
    /// Takes every call, and answers none.
    Silent,
    /// The same, and sends signals to the caller all the time.
    Chatty,
    /// Answers as it should, this much later.
    Late(Duration),
    /// Gives every secret out empty.
    Empty,
    /// Says that it keeps what it gets, and does not.
    Forgetful,
}

type Attributes = HashMap<String, String>;

/// A service with its items, by the number in their paths.
struct State {
    manner: Manner,
    items: BTreeMap<usize, (Attributes, Vec<u8>)>,
    created: usize,
    /// The key of each session, by its number.
    keys: Vec<[u8; 16]>,
}

/// The service, on the bus of this session until the process ends.
pub(super) struct Service(Arc<Mutex<State>>);

impl Service {
    /// # Panics
    /// Where another one has the name.
    pub(super) fn start() -> Self {
        let (items, keys) = (BTreeMap::new(), Vec::new());
        let state = Arc::new(Mutex::new(State { manner: Manner::Honest, items, created: 0, keys }));
        let connection = Connection::session().unwrap();
        let calls = MessageIterator::from(connection.clone());
        connection.request_name(NAME).unwrap();
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for call in calls.flatten().filter(|call| call.message_type() == Type::MethodCall) {
                let (state, connection) = (Arc::clone(&shared), connection.clone());
                let manner = state.lock().unwrap().manner;
                // Each answer in its own time, so that late ones do not hold up those to later calls.
                thread::spawn(move || {
                    if let Manner::Late(time) = manner {
                        thread::sleep(time);
                    }
                    match manner {
                        Manner::Silent => {}
                        Manner::Chatty => chat(&connection, &call),
                        _ => state.lock().unwrap().answer(&connection, &call),
                    }
                });
            }
        });
        Self(state)
    }

    pub(super) fn behave(&self, manner: Manner) {
        self.0.lock().unwrap().manner = manner;
    }

    /// How many items it keeps.
    pub(super) fn items(&self) -> usize {
        self.0.lock().unwrap().items.len()
    }
}

/// Sends a signal every now and then, for longer than anybody should wait.
fn chat(connection: &Connection, call: &Message) {
    let header = call.header();
    for _ in 0..100 {
        let interface = "org.freedesktop.Secret.Collection";
        let _ = connection.emit_signal(header.sender().cloned(), COLLECTION, interface, "ItemChanged", &item(1));
        thread::sleep(Duration::from_millis(200));
    }
}

fn item(number: usize) -> OwnedObjectPath {
    path(&format!("{COLLECTION}/{number}"))
}

fn path(text: &str) -> OwnedObjectPath {
    ObjectPath::try_from(text.to_owned()).unwrap().into()
}

/// The number at the end of a path.
fn number(path: &str) -> usize {
    path.rsplit('/').next().unwrap().parse().unwrap()
}

impl State {
    /// Whoever has gone away meanwhile gets no answer.
    fn answer(&mut self, connection: &Connection, call: &Message) {
        let (header, body) = (call.header(), call.body());
        let nothing = path("/");
        let _ = match header.member().unwrap().as_str() {
            "ReadAlias" => {
                let (alias,): (String,) = body.deserialize().unwrap();
                let found = if alias == "default" { path(COLLECTION) } else { nothing };
                connection.reply(&header, &found)
            }
            "Get" => {
                let (_, name): (String, String) = body.deserialize().unwrap();
                let value = match &*name {
                    "Locked" => Value::from(false),
                    _ => Value::from(self.items[&number(header.path().unwrap())].0.clone()),
                };
                connection.reply(&header, &value)
            }
            "OpenSession" => {
                let (_, theirs): (String, OwnedValue) = body.deserialize().unwrap();
                connection.reply(&header, &self.session(&Vec::try_from(theirs).unwrap()))
            }
            "SearchItems" => {
                let (wanted,): (Attributes,) = body.deserialize().unwrap();
                let has = |(_, (own, _)): &(&usize, &(Attributes, Vec<u8>))| {
                    wanted.iter().all(|(name, value)| own.get(name) == Some(value))
                };
                let found: Vec<_> = self.items.iter().filter(has).map(|(number, _)| item(*number)).collect();
                connection.reply(&header, &(found, Vec::<OwnedObjectPath>::new()))
            }
            "GetSecrets" => {
                let (wanted, session): (Vec<OwnedObjectPath>, OwnedObjectPath) = body.deserialize().unwrap();
                let sealed = wanted.iter().map(|path| (path.clone(), self.sealed(number(path), &session)));
                connection.reply(&header, &sealed.collect::<HashMap<_, _>>())
            }
            "CreateItem" => {
                type Sealed = (OwnedObjectPath, Vec<u8>, Vec<u8>, String);
                let (mut properties, sealed, _): (HashMap<String, OwnedValue>, Sealed, bool) =
                    body.deserialize().unwrap();
                let attributes = properties.remove("org.freedesktop.Secret.Item.Attributes").unwrap();
                let attributes = Attributes::try_from(attributes).unwrap();
                let (session, start, cipher, _) = sealed;
                let cbc = cbc::Decryptor::<Aes128>::new_from_slices(&self.keys[number(&session)], &start).unwrap();
                let secret = cbc.decrypt_padded_vec::<Pkcs7>(&cipher).unwrap();
                self.created += 1;
                if self.manner != Manner::Forgetful {
                    self.items.insert(self.created, (attributes, secret));
                }
                connection.reply(&header, &(item(self.created), nothing))
            }
            "Delete" => {
                self.items.remove(&number(header.path().unwrap()));
                connection.reply(&header, &nothing)
            }
            other => connection.reply_error(&header, "org.freedesktop.DBus.Error.UnknownMethod", &other),
        };
    }

    /// Opens a session with whoever sent `theirs`: our half of the agreement, and its path.
    fn session(&mut self, theirs: &[u8]) -> (OwnedValue, OwnedObjectPath) {
        let prime = BigUint::parse_bytes(PRIME, 16).unwrap();
        // A fake keeps nothing worth a random number.
        let exponent = BigUint::from(0x0123_4567_89ab_cdef_u64);
        let shared = BigUint::from_bytes_be(theirs).modpow(&exponent, &prime).to_bytes_be();
        let mut padded = vec![0; 128 - shared.len()];
        padded.extend(shared);
        let mut key = [0; 16];
        Hkdf::<Sha256>::new(None, &padded).expand(&[], &mut key).unwrap();
        self.keys.push(key);
        let ours = BigUint::from(2_u8).modpow(&exponent, &prime).to_bytes_be();
        let session = path(&format!("/org/freedesktop/secrets/session/{}", self.keys.len() - 1));
        (Value::from(ours).try_into().unwrap(), session)
    }

    /// The secret of an item as it travels in `session`.
    fn sealed(&self, item: usize, session: &OwnedObjectPath) -> (OwnedObjectPath, Vec<u8>, Vec<u8>, String) {
        let start = [7; 16];
        let cbc = cbc::Encryptor::<Aes128>::new_from_slices(&self.keys[number(session)], &start).unwrap();
        let secret: &[u8] = if self.manner == Manner::Empty { &[] } else { &self.items[&item].1 };
        (session.clone(), start.to_vec(), cbc.encrypt_padded_vec::<Pkcs7>(secret), "text/plain".to_owned())
    }
}
