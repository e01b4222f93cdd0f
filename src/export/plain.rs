//! The plain text inside encrypted copies and sheets (`security.md` part 4, rule 3).
//!
//! `# otp-backup 1`, lines about it, an address a line, and then a `# meta` line for each account
//! with tags, a note or a star, which names it by its number among the addresses. Its length is a
//! multiple of 1 KiB, so that it does not tell how many accounts there are. It is read back like any
//! list of addresses: `import/meta.rs`.

use std::fmt::Write as _;

use serde_json::json;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::clock::UnixTime;
use crate::secret::{Secret, hex};

use super::tree::Tree;
use super::uri::lines;
use super::{Bytes, ExportError, Item};

/// The length of the text is a multiple of this.
const STEP: usize = 1024;

/// `items` as a text, written `at`.
///
/// # Errors
/// When a note or a tag cannot be put into JSON.
pub fn plain(items: &[Item], at: UnixTime) -> Result<Bytes, ExportError> {
    let addresses: Vec<Secret> = items.iter().map(|item| crate::uri::write(&item.account)).collect();
    let mut digest = Sha256::new();
    for address in &addresses {
        // EXPOSE: hashed, so that a copy on paper or elsewhere can be compared with this one.
        digest.update(address.expose());
        digest.update(b"\n");
    }
    let mut head = String::from("# otp-backup 1\n");
    // Writing to a string does not fail.
    let _ = writeln!(head, "# written {} (seconds since 1970)", at.0);
    let _ = writeln!(head, "# accounts {}", items.len());
    let _ = writeln!(head, "# sha256 of the addresses {}", hex(&digest.finalize()));
    let body = lines(addresses.into_iter(), head.as_bytes());
    let meta = items.iter().zip(1..).filter_map(|(item, number)| meta(item, number)).collect::<Result<Vec<_>, _>>()?;
    let length = body.len() + meta.iter().map(|line| line.len() + 8).sum::<usize>();
    let padded = (length + 1).next_multiple_of(STEP);
    let mut text = Zeroizing::new(Vec::with_capacity(padded));
    text.extend_from_slice(&body);
    for line in meta {
        text.extend_from_slice(b"# meta ");
        text.extend_from_slice(&line);
        text.push(b'\n');
    }
    text.resize(padded - 1, b' ');
    text.push(b'\n');
    Ok(text)
}

/// What is known of `item` besides its address; `None` if that is nothing.
fn meta(item: &Item, number: usize) -> Option<Result<Bytes, ExportError>> {
    let extras = &item.extras;
    if extras.tags.is_empty() && extras.note.is_empty() && !extras.favorite {
        return None;
    }
    let fields = json!({
        "account": number, "tags": extras.tags, "note": extras.note, "favorite": extras.favorite,
    });
    Some(Tree(fields).text(false))
}
