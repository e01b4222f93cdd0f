//! The least that anybody has to do: bare calls to the Secret Service.

use std::collections::HashMap;

use num_bigint::BigUint;
use zbus::blocking::Connection;
use zbus::zvariant::{DynamicType, OwnedObjectPath, OwnedValue, Value};

/// The prime of the Second Oakley Group (RFC 2409, section 6.2).
const PRIME: &[u8] = b"ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74\
020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6\
f44c42e9a637ed6b0bff5cb6f406b7edee386bfb5a899fa5ae9f24117c4b1fe649286651ece65381ffffffffffffffff";

const LINE: &[u8] = b"otpauth://totp/Binance:taro%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
&issuer=Binance&algorithm=SHA1&digits=6&period=30&id=0123456789abcdef0123456789abcdef\
&vault=0123456789abcdef0123456789abcdef&sum=0123456789abcdef";

struct Service {
    connection: Connection,
    session: OwnedObjectPath,
}

impl Service {
    /// Connects as a client must: with a session, whose secrets travel in clear or encrypted.
    fn connect(encrypted: bool) -> Self {
        let connection = Connection::session().unwrap();
        // Without a first call that does nothing, GNOME Keyring may abort (Debian bug 1147303).
        let _: OwnedObjectPath = call(&connection, "/org/freedesktop/secrets", "Service", "ReadAlias", &("nothing",));
        let mut exponent = [0; 32];
        getrandom::fill(&mut exponent).unwrap();
        let exponent = BigUint::from_bytes_be(&exponent);
        let prime = BigUint::parse_bytes(PRIME, 16).unwrap();
        let (algorithm, input) = if encrypted {
            let public = BigUint::from(2_u8).modpow(&exponent, &prime);
            ("dh-ietf1024-sha256-aes128-cbc-pkcs7", Value::from(public.to_bytes_be()))
        } else {
            ("plain", Value::from(""))
        };
        let (theirs, session): (OwnedValue, OwnedObjectPath) =
            call(&connection, "/org/freedesktop/secrets", "Service", "OpenSession", &(algorithm, input));
        if encrypted {
            let theirs: Vec<u8> = theirs.try_into().unwrap();
            std::hint::black_box(BigUint::from_bytes_be(&theirs).modpow(&exponent, &prime));
        }
        Self { connection, session }
    }
}

fn call<B, T>(connection: &Connection, path: &str, interface: &str, member: &str, body: &B) -> T
where
    B: serde::Serialize + DynamicType,
    T: serde::de::DeserializeOwned + zbus::zvariant::Type,
{
    let interface = format!("org.freedesktop.Secret.{interface}");
    let reply = connection.call_method(Some("org.freedesktop.secrets"), path, Some(&*interface), member, body);
    reply.unwrap().body().deserialize().unwrap()
}

/// Fetches every secret of ours with one `GetSecrets`.
pub(crate) fn get_secrets(encrypted: bool) {
    type Sealed = (OwnedObjectPath, Vec<u8>, Vec<u8>, String);
    let Service { connection, session } = Service::connect(encrypted);
    let path = "/org/freedesktop/secrets";
    let ours = HashMap::from([("service", "otp")]);
    let (items, _): (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) =
        call(&connection, path, "Service", "SearchItems", &(ours,));
    let secrets: HashMap<OwnedObjectPath, Sealed> =
        call(&connection, path, "Service", "GetSecrets", &(&items, session));
    assert_eq!(secrets.len(), items.len());
}

/// Creates `count` items like ours, one `CreateItem` each, and nothing else.
pub(crate) fn create_items(count: u32) {
    let Service { connection, session } = Service::connect(false);
    let path = "/org/freedesktop/secrets/collection/login";
    for number in 0..count {
        let attributes = HashMap::from([("service", "floor".to_owned()), ("username", format!("{number:032x}"))]);
        let properties = HashMap::from([
            ("org.freedesktop.Secret.Item.Label", Value::from("floor")),
            ("org.freedesktop.Secret.Item.Attributes", Value::from(attributes)),
        ]);
        let secret = (&session, Vec::<u8>::new(), LINE, "text/plain");
        let _: (OwnedObjectPath, OwnedObjectPath) =
            call(&connection, path, "Collection", "CreateItem", &(properties, secret, false));
    }
}
