//! The plain text inside encrypted copies and sheets (`security.md` part 4, rule 3).
//!
//! ```text
//! # otp-backup 1
//! # written 1764109431 (seconds since 1970)
//! # device my-laptop
//! # accounts 2
//! # sha256 of the addresses 5d0c…
//! otpauth://totp/Binance:taro%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=Binance
//! otpauth://totp/…
//! # meta {"account":1,"favorite":true,"login":"taro@example.com","note":"","tags":["money"]}
//! # codes {"account":1,"added":1764100000,"codes":["1234-5678","2345-6789"],"spent":[0]}
//! ```
//!
//! `account` is the number among the addresses. A `# meta` line says what is known besides the
//! address, as far as anything is: `tags`, `note`, `favorite`, `url`, `login`, `second` (second ways
//! in), `trashed` (since when it is in the trash). A `# codes` line is a set of a site's recovery
//! codes, `spent` being positions counted from 0. Spaces at the end make the length a multiple of
//! 1 KiB, so that it does not tell how many accounts there are. To every other program all lines but
//! the addresses are comments. It is read back like any list of addresses: `import/meta.rs`.

use std::fmt::Write as _;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::clock::UnixTime;
use crate::import::Extras;
use crate::key::codes::CodeSet;
use crate::secret::{Secret, hex};

use super::tree::Tree;
use super::uri::lines;
use super::{Bytes, ExportError, Item};

/// The length of the text is a multiple of this.
const STEP: usize = 1024;

/// `items` as a text, written `at` on the computer `device`, if it is to be named.
///
/// # Errors
/// When a note or a tag cannot be put into JSON.
pub fn plain(items: &[Item], at: UnixTime, device: &str) -> Result<Bytes, ExportError> {
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
    if !device.is_empty() {
        let _ = writeln!(head, "# device {device}");
    }
    let _ = writeln!(head, "# accounts {}", items.len());
    let _ = writeln!(head, "# sha256 of the addresses {}", hex(&digest.finalize()));
    let body = lines(addresses.into_iter(), head.as_bytes());
    let comments = items.iter().zip(1..).flat_map(|(item, number)| comments(item, number));
    let comments =
        comments.map(|(mark, tree)| Ok((mark, tree.text(false)?))).collect::<Result<Vec<_>, ExportError>>()?;
    let length = body.len() + comments.iter().map(|(mark, line)| mark.len() + line.len() + 1).sum::<usize>();
    let padded = (length + 1).next_multiple_of(STEP);
    let mut text = Zeroizing::new(Vec::with_capacity(padded));
    text.extend_from_slice(&body);
    for (mark, line) in comments {
        text.extend_from_slice(mark.as_bytes());
        text.extend_from_slice(&line);
        text.push(b'\n');
    }
    text.resize(padded - 1, b' ');
    text.push(b'\n');
    Ok(text)
}

/// What is known of `item` besides its address, a line each: what it starts with, and its tree.
fn comments(item: &Item, number: usize) -> Vec<(&'static str, Tree)> {
    let codes = item.extras.codes.iter().map(|set| ("# codes ", numbered(codes(set), number)));
    meta(item, number).into_iter().map(|tree| ("# meta ", tree)).chain(codes).collect()
}

fn meta(item: &Item, number: usize) -> Option<Tree> {
    let extras = &item.extras;
    let mut fields = serde_json::Map::new();
    let mut say = |name: &str, known: bool, value: Value| {
        if known {
            fields.insert(name.to_owned(), value);
        }
    };
    say("tags", !extras.tags.is_empty(), json!(extras.tags));
    say("note", !extras.note.is_empty(), json!(extras.note));
    say("favorite", extras.favorite, json!(true));
    fields.extend(ways_back(extras).map(|(name, value)| (name.to_owned(), value)));
    (!fields.is_empty()).then(|| numbered(Value::Object(fields), number))
}

/// `fields` of the account `number`.
fn numbered(mut fields: Value, number: usize) -> Tree {
    fields["account"] = json!(number);
    Tree(fields)
}

/// What only files of ours say of an account, as far as it is known.
pub(super) fn ways_back(extras: &Extras) -> impl Iterator<Item = (&'static str, Value)> {
    let fields = [
        ("url", !extras.url.is_empty(), json!(extras.url)),
        ("login", !extras.login.is_empty(), json!(extras.login)),
        ("second", !extras.second.is_empty(), json!(extras.second)),
        ("trashed", extras.trashed.is_some(), json!(extras.trashed)),
    ];
    fields.into_iter().filter(|(_, known, _)| *known).map(|(name, _, value)| (name, value))
}

/// A set of recovery codes; whoever takes it wipes it.
pub(super) fn codes(set: &CodeSet) -> Value {
    // EXPOSE: the tree around it is wiped when it is dropped.
    let codes: Vec<&str> = set.codes.iter().map(|code| code.expose_text().unwrap_or_default()).collect();
    json!({ "codes": codes, "spent": set.spent, "added": set.added })
}
