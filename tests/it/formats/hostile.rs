//! Hostile archives and databases, and why each is refused (`security.md` G9). What they cost is
//! looked at in `tests/it/hostile.rs`.

use std::io::{Cursor, Write as _};

use otp::crypto::CryptoError;
use otp::import::{self, ImportError, Opened, Source};
use otp::secret::Secret;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::databases::database;
use super::keepass::{PASSPHRASE, version_3};
use super::zips::zip;

/// Whether `bytes` are refused for the reason that `fits`, with the passphrase where they take one.
#[track_caller]
fn refused(bytes: &[u8], fits: impl Fn(&ImportError) -> bool) {
    let opened = import::open(&Source::new(bytes)).and_then(|opened| match opened {
        Opened::Locked(locked) => locked.unlock(&Secret::from_text(PASSPHRASE.into())),
        batch @ Opened::Batch(_) => Ok(batch),
    });
    let error = opened.unwrap_err();
    assert!(fits(&error), "{error:?}");
}

/// An archive of `count` files of `mebibytes` zeros each, packed once.
pub(crate) fn bomb(mebibytes: usize, count: usize) -> Vec<u8> {
    let mut once = ZipWriter::new(Cursor::new(Vec::new()));
    once.start_file("a.txt", SimpleFileOptions::default()).unwrap();
    for _ in 0..mebibytes {
        once.write_all(&vec![0; 1 << 20]).unwrap();
    }
    let mut once = ZipArchive::new(Cursor::new(once.finish().unwrap().into_inner())).unwrap();
    let mut many = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..count {
        many.raw_copy_file_rename(once.by_index(0).unwrap(), format!("{number}.txt")).unwrap();
    }
    many.finish().unwrap().into_inner()
}

#[test]
fn archives_that_would_fill_the_memory_are_refused() {
    let too_big = |error: &ImportError| *error == ImportError::TooBig;
    refused(&bomb(65, 1), too_big);
    refused(&bomb(60, 5), too_big);
}

#[test]
fn archives_in_archives_stay_closed() {
    let mut nested = zip(&[("list.txt", b"otpauth://totp/a?secret=JBSWY3DPEHPK3PXP")], None);
    for _ in 0..3 {
        nested = zip(&[("inner.zip", &nested)], None);
    }
    refused(&nested, |error| matches!(error, ImportError::Closed { why: "import-zip-nested", .. }));
}

#[test]
fn an_archive_of_very_many_files_is_refused() {
    let entry = [b"PK\x01\x02".as_slice(), &[0; 24], &[2, 0], &[0; 16]].concat();
    let local = [b"PK\x03\x04".as_slice(), &[0; 22], &[1, 0, 0, 0], b"a"].concat();
    let count = 60_000_u16;
    let length = u32::try_from((entry.len() + 2) * usize::from(count)).unwrap();
    let start = u32::try_from(local.len()).unwrap();
    let mut bytes = local;
    for number in 0..count {
        bytes.extend([entry.as_slice(), &number.to_le_bytes()].concat());
    }
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    bytes.extend([length.to_le_bytes(), start.to_le_bytes()].concat());
    bytes.extend([0, 0]);
    refused(&bytes, |error| matches!(error, ImportError::Damaged { .. } | ImportError::Closed { .. }));
}

#[test]
fn nothing_computed_in_a_database_is_read() {
    let unknown = |error: &ImportError| *error == ImportError::Unknown;
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) \
        SELECT 'a' AS email, 'AA' AS secret, i AS counter, 0 AS type FROM n";
    refused(&database(&format!("CREATE VIEW accounts AS {endless};"), |_| {}), unknown);
    let computed = "CREATE TABLE accounts (email TEXT, counter INTEGER, type INTEGER, \
        secret TEXT AS (hex(zeroblob(400000000))));
        INSERT INTO accounts VALUES ('a', 0, 0);";
    refused(&database(computed, |_| {}), unknown);
}

#[test]
fn a_database_of_very_many_rows_is_refused() {
    let rows = "CREATE TABLE accounts (email TEXT, secret TEXT, counter INTEGER, type INTEGER);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
        INSERT INTO accounts SELECT 'a', 'JBSWY3DPEHPK3PXP', 0, 0 FROM n;";
    refused(&database(rows, |_| {}), |error| *error == ImportError::TooMany);
}

#[test]
fn a_keepass_database_that_costs_too_much_is_refused() {
    let costly = version_3("<KeePassFile></KeePassFile>", 1 << 40);
    refused(&costly, |error| *error == ImportError::Crypto(CryptoError::TooCostly));
    let deep = "<Group>".repeat(100_000);
    refused(&version_3(&deep, 10), |error| matches!(error, ImportError::Damaged { .. }));
    let entities = "<!DOCTYPE a [<!ENTITY b \"bbbb\">]><KeePassFile>&b;</KeePassFile>";
    refused(&version_3(entities, 10), |error| matches!(error, ImportError::Damaged { .. }));
}

/// Texts on which every step that is not bounded would take minutes: about 10 s each at most.
#[test]
fn endless_texts_are_read_or_refused() {
    const MIB: usize = 1 << 20;
    let address = "otpauth://totp/Binance:taro?secret=JBSWY3DPEHPK3PXP";
    let cases = [
        ("ampersands", "&".repeat(20 * MIB)),
        ("a page of ampersands", format!("<html>{address}{}", "&".repeat(20 * MIB))),
        ("a page of signs by number", format!("<html>{}", "&#1;".repeat(5 * MIB))),
        ("opening brackets", "<".repeat(20 * MIB)),
        ("a page of opening brackets", format!("<html>{address}{}", "<".repeat(20 * MIB))),
        ("one line of base32", "W25FHWSU56FVKU7A".repeat(MIB + MIB / 4)),
        ("one line of keys", format!("Binance key: {}", "W25F HWSU ".repeat(2 * MIB))),
        ("short lines", "Binance\n".repeat(200_000)),
        ("lines of keys", "Binance W25FHWSU56FVKU7A\n".repeat(200_000)),
        ("bars", "|".repeat(20 * MIB)),
        ("columns", format!("service,key\n{}\n", ",W25FHWSU56FVKU7A".repeat(100_000))),
        ("columns of headings", format!("{}\nBinance\n", "key,".repeat(100_000))),
    ];
    for (what, text) in cases {
        let opened = import::open(&Source::new(text.as_bytes()));
        let accounts = match opened {
            Ok(Opened::Batch(batch)) => batch.accounts.len(),
            // It may be an encrypted file that has no marks.
            Ok(Opened::Locked(_)) => 0,
            Err(error) => {
                let expected = matches!(error, ImportError::Unknown | ImportError::TooMany | ImportError::TooBig);
                assert!(expected, "{what}: {error:?}");
                0
            }
        };
        assert!(accounts <= 1, "{what}: {accounts}");
    }
}
