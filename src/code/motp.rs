//! Mobile-OTP: six hexadecimal digits from the time, the secret and a PIN (`formats.md` 23.3).

use md5::{Digest, Md5};

use crate::account::Account;
use crate::secret::hex;

/// The code of `account` in the ten seconds number `step` since 1970.
pub(super) fn code(account: &Account, step: u64) -> String {
    let mut hash = Md5::new();
    hash.update(step.to_string());
    // EXPOSE: the secret is hashed as text, in lower case whatever it came in.
    for byte in account.secret().expose() {
        hash.update([byte.to_ascii_lowercase()]);
    }
    // EXPOSE: and so is the PIN.
    hash.update(account.pin().map(crate::secret::Secret::expose).unwrap_or_default());
    let hash = hash.finalize();
    hex(&hash).chars().take(account.digits().into()).collect()
}
