//! What was written, read back as everything that comes in is read.

use crate::account::Account;
use crate::import::{self, Imported, Opened, Source};
use crate::secret::Secret;

use super::{ExportError, Item};

/// Reads `file` back and compares it with `items`. `false` if no format that is read here
/// recognizes it, so that nothing is known.
///
/// # Errors
/// [`ExportError::ReadBack`] when other accounts come out than went in.
pub fn reads_back(file: &[u8], items: &[Item], passphrase: Option<&Secret>) -> Result<bool, ExportError> {
    let source = Source::new(file);
    if import::recognize(&source).is_none() {
        return Ok(false);
    }
    let failed = |_| ExportError::ReadBack;
    let mut opened = import::open(&source).map_err(failed)?;
    loop {
        match opened {
            Opened::Batch(batch) => return compare(&batch.accounts, items).map(|()| true),
            Opened::Locked(locked) => {
                opened = locked.unlock(passphrase.ok_or(ExportError::ReadBack)?).map_err(failed)?;
            }
        }
    }
}

/// Finds each of `items` once in `found`, usually at the same place.
fn compare(found: &[Imported], items: &[Item]) -> Result<(), ExportError> {
    let mut rest: Vec<&Account> = found.iter().map(|imported| &imported.account).collect();
    for item in items {
        let at = rest.iter().position(|account| same(account, &item.account)).ok_or(ExportError::ReadBack)?;
        rest.remove(at);
    }
    if rest.is_empty() { Ok(()) } else { Err(ExportError::ReadBack) }
}

fn same(one: &Account, two: &Account) -> bool {
    one.kind() == two.kind() && one.gives_same_codes(two)
}
