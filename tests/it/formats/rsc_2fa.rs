//! The command `2fa`. It has one word for a name, and SHA-1 with 30 seconds.

use super::{Export, golden};
use crate::vectors::Vector;

pub(super) fn exports() -> Vec<Export> {
    let fits = |vector: &Vector| vector.algorithm == "SHA1" && vector.kind != "steam" && !vector.name.contains(' ');
    let mut accounts = golden(fits);
    for vector in &mut accounts {
        vector.issuer.clear();
    }
    let lines: Vec<String> = accounts.iter().map(spell).collect();
    vec![Export::new("rsc-2fa", "rsc-2fa.txt", lines.concat().into_bytes(), &accounts)]
}

fn spell(vector: &Vector) -> String {
    let counter = if vector.kind == "hotp" { format!(" {:020}", vector.moving) } else { String::new() };
    format!("{} {} {}{counter}\n", vector.name, vector.digits, vector.secret)
}
