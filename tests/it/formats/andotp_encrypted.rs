//! andOTP: the same list under a password, in the old scheme and the newer one.

use otp::crypto::{cipher, kdf};
use otp::secret::Secret;

use super::{Export, andotp};

const PASSPHRASE: &str = "velvet acorn stair";

pub(super) fn exports() -> Vec<Export> {
    let list = andotp::list().to_string();
    let (salt, nonce, rounds) = ([6; 12], [5; 12], 1_000_u32);
    let secret = Secret::from_text(PASSPHRASE.into());
    let seal = |key: &kdf::Key<32>| cipher::seal_gcm(key, &nonce, b"", list.as_bytes()).unwrap();
    let newer = seal(&kdf::pbkdf2(kdf::Hash::Sha1, &secret, &salt, rounds).unwrap());
    let newer = [&rounds.to_be_bytes()[..], &salt, &nonce, &newer].concat();
    let old = [&nonce[..], &seal(&kdf::sha256(&secret))].concat();
    let export = |file, bytes| {
        let export = Export::new("andotp-encrypted", file, bytes, &[]).locked(PASSPHRASE);
        Export { expected: andotp::expected(), ..export }
    };
    vec![export("andotp-newer.json.aes", newer), export("andotp-old.json.aes", old)]
}
