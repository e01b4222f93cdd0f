//! Any other archive: exports of several apps, pictures and what is none of both, plain and locked.

use std::fs;

use super::zips::zip;
use super::{Export, golden};
use crate::fixtures;

const PASSPHRASE: &str = "coral unruly plow";

pub(super) fn exports() -> Vec<Export> {
    let list = fs::read(fixtures::path("uri-list.txt")).unwrap();
    let sealed = fs::read(fixtures::path("formats/aegis-locked.json")).unwrap();
    let accounts = golden(|_| true);
    let nested = zip(&[("list.txt", &list)], None);
    let members: Vec<(&str, &[u8])> = vec![
        ("../../list.txt", &list),
        ("readme.txt", b"nothing of ours"),
        ("inner.zip", &nested),
        ("broken.png", b"\x89PNG\r\n\x1a\n"),
        ("__MACOSX/list.txt", &list),
    ];
    let export = Export {
        skipped: vec![" – the picture is damaged or cut short"],
        remarks: vec![
            "1 file in the archive is no export that can be read",
            "1 archive inside the archive was not opened; unpack it, and import it by itself",
        ],
        ..Export::new("zip", "several.zip", zip(&members, None), &accounts)
    };
    let locked = zip(&[("list.txt", &list)], Some(PASSPHRASE));
    let locked = Export::new("zip", "several-locked.zip", locked, &accounts).locked(PASSPHRASE);
    let inside = zip(&[("list.txt", &list), ("aegis.json", &sealed)], None);
    let mut inside = Export::new("zip", "locked-inside.zip", inside, &accounts).locked(PASSPHRASE);
    inside.expected.extend(super::aegis::exports().remove(1).expected);
    inside.remarks = vec!["aegis.json: 1 icon is not carried over"];
    vec![export, locked, inside]
}
