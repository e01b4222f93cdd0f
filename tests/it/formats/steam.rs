//! Steam Guard: a file as it is, several accounts in one, and files under a password in either
//! scheme, whose parameters stand in the manifest beside them.

use otp::crypto::cipher;
use otp::crypto::kdf::{self, Argon2Cost, Hash};
use otp::secret::Secret;
use serde_json::{Map, Value, json};

use super::{Export, base64, golden, line, plain};
use crate::vectors::Vector;

const PASSPHRASE: &str = "gravel tulip raft";
const IVS: [[u8; 16]; 2] = [[1; 16], [2; 16]];
const SALT: [u8; 8] = [3; 8];

pub(super) fn exports() -> Vec<Export> {
    let vectors = golden(|vector| vector.kind == "steam");
    let (vector, account) = (&vectors[0], account(&vectors[0]));
    let export = |file, bytes| {
        let remark = "the revocation code (R…), which Steam asks for to remove the authenticator, is not carried over: \
                      write it down";
        let expected = vec![line(&plain(vector))];
        Export { expected, remarks: vec![remark], ..Export::new("steam", file, bytes, &[]) }
    };
    let sealed = |file, key: &kdf::Key<32>, iv: &[u8; 16]| {
        let content = cipher::seal_cbc(key, iv, account.to_string().as_bytes());
        let beside = vec![("manifest.json", manifest().to_string().into_bytes())];
        Export { beside, ..export(file, base64(&content).into_bytes()).locked(PASSPHRASE) }
    };
    let secret = Secret::from_text(PASSPHRASE.into());
    let pbkdf2 = kdf::pbkdf2(Hash::Sha1, &secret, &SALT, 50_000).unwrap();
    let cost = Argon2Cost { memory: 12 * 1024, passes: 3, lanes: 12 };
    let argon2 = kdf::argon2id(&secret, &SALT, cost).unwrap();
    let several: Map<String, Value> =
        vectors.iter().zip(1234..).map(|(vector, id)| (id.to_string(), self::account(vector))).collect();
    let mut several = export("steam-accounts.json", json!({ "accounts": several }).to_string().into_bytes());
    several.expected = vectors.iter().map(|vector| line(&plain(vector))).collect();
    vec![
        export("steam.maFile", account.to_string().into_bytes()),
        several,
        sealed("steam-pbkdf2.maFile", &pbkdf2, &IVS[0]),
        sealed("steam-argon2.maFile", &argon2, &IVS[1]),
    ]
}

fn account(vector: &Vector) -> Value {
    json!({
        "shared_secret": base64(&vector.key()), "account_name": vector.name, "revocation_code": "R12345",
        "identity_secret": "never read", "Session": { "SessionID": "never read" },
    })
}

fn manifest() -> Value {
    let newer = json!({ "scheme": "Argon2idAes256", "salt": base64(&SALT), "iv": base64(&IVS[1]) });
    json!({ "encrypted": true, "entries": [
        {
            "filename": "steam-pbkdf2.maFile", "steamid": 1, "encryption_salt": base64(&SALT),
            "encryption_iv": base64(&IVS[0]),
        },
        { "filename": "steam-argon2.maFile", "steam_id": 2, "encryption": newer },
    ] })
}
