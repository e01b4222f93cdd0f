//! The QR code of an account as it is printed: large enough for cheap cameras, and never denser than
//! they read.

use crate::account::{Account, Parts};
use crate::export::ExportError;
use crate::export::paper::MM;
use crate::qr::{self, Modules};
use crate::secret::Secret;
use crate::uri;

/// The longest address, in bytes: what a code of 69 modules holds at level M.
const MOST_BYTES: usize = 331;
/// The side of a code with its border, in points, unless its modules would be smaller than
/// [`MODULE`].
pub(super) const SIDE: f32 = 40.0 * MM;
/// The smallest side of a module, in points.
const MODULE: f32 = 0.6 * MM;

/// A code to print.
pub(super) struct Code {
    pub(super) modules: Modules,
    /// Its side with its border, in points.
    pub(super) side: f32,
    /// Whether the names in it were cut.
    pub(super) cut: bool,
}

/// The code of `account`.
pub(super) fn code(account: &Account) -> Result<Code, ExportError> {
    let (address, cut) = address(account);
    // EXPOSE: the code that is printed says the address.
    let modules = qr::modules(address.expose_text().unwrap_or_default())?;
    let side = side(&modules);
    Ok(Code { modules, side, cut })
}

/// How long the side of `modules` is, border included, in points.
fn side(modules: &Modules) -> f32 {
    let count = u16::try_from(modules.whole()).map_or(0.0, f32::from);
    (count * MODULE).max(SIDE)
}

/// The address of `account`, and whether its names had to be cut to fit.
fn address(account: &Account) -> (Secret, bool) {
    let whole = uri::write(account);
    if whole.len() <= MOST_BYTES {
        return (whole, false);
    }
    let mut shortest = whole;
    for most in [40, 24, 16, 10, 6, 3, 0] {
        let cut = |name: &str| name.chars().take(most).collect::<String>();
        let (issuer, name) = (cut(account.issuer()), cut(account.name()));
        let Ok(named) = Account::new(Parts { issuer, name, ..account.duplicate().into_parts() }) else { break };
        shortest = uri::write(&named);
        if shortest.len() <= MOST_BYTES {
            break;
        }
    }
    (shortest, true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{Algorithm, Kind};

    fn account(issuer: &str, name: &str, bytes: usize) -> Account {
        let (issuer, name, secret) = (issuer.to_owned(), name.to_owned(), Secret::new(vec![0xa5; bytes]));
        let (kind, algorithm) = (Kind::Totp { period: 86_400 }, Algorithm::Sha512);
        Account::new(Parts { issuer, name, kind, algorithm, digits: 10, secret, pin: None }).unwrap()
    }

    #[test]
    fn a_code_is_never_too_dense_and_always_of_the_same_account() {
        for (issuer, name, bytes) in [("Binance", "taro", 20), ("取引所", "太郎@例", 20), ("楽", "名", 128)] {
            let account = account(&issuer.repeat(12), &name.repeat(20), bytes);
            let (address, _) = address(&account);
            let read = uri::parse(address.expose_text().unwrap()).unwrap().account;
            assert!(read.gives_same_codes(&account) && address.len() <= MOST_BYTES, "{}", address.len());
            let code = code(&account).unwrap();
            let module = code.side / f32::from(u16::try_from(code.modules.whole()).unwrap());
            assert!(module >= MODULE && code.side <= 46.3 * MM, "{module} {}", code.side);
        }
    }
}
