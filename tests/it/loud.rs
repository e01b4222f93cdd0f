//! What must be seen even when every test is good.

use std::io::Write as _;

/// Says `message` on standard error, past the harness, which keeps the output of good tests back.
pub(crate) fn loudly(message: &str) {
    let _ = writeln!(std::io::stderr(), "\n*** {message} ***\n");
}
