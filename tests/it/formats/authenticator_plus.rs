//! Authenticator Plus: the list in a locked archive, and its database by itself and in an archive.
//! The database has neither periods nor algorithms; its third kind is Battle.net.

use hmac::{Hmac, KeyInit as _, Mac as _};
use otp::crypto::{cipher, kdf};
use otp::secret::Secret;
use rusqlite::{Connection, params};
use sha1::Sha1;

use super::zips::{zip, zip_crypto};
use super::{Export, golden, line, plain};
use crate::vectors::Vector;

const PASSPHRASE: &str = "coral unruly plow";
const PAGE: usize = 1024;
const RESERVED: usize = 48;

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|_| true);
    let lines: Vec<String> = accounts.iter().map(Vector::uri).collect();
    let list = zip_crypto("Accounts.txt", lines.join("\n").as_bytes(), PASSPHRASE);
    let list = Export::new("authenticator-plus", "authenticator-plus.zip", list, &accounts).locked(PASSPHRASE);
    let sealed = seal(&database(), PASSPHRASE);
    let packed = zip(&[("authplus.db", &sealed)], None);
    let by_itself = |format, file, bytes| {
        let mut export = Export::new(format, file, bytes, &usual()).locked(PASSPHRASE);
        let mut first = plain(&usual()[0]);
        first.extras.tags = vec!["Money".into()];
        export.expected[0] = line(&first);
        export.expected.push(line(&plain(&blizzard())));
        export
    };
    vec![
        list,
        by_itself("authenticator-plus", "authenticator-plus-database.zip", packed),
        by_itself("authenticator-plus-database", "authenticator-plus.db", sealed),
    ]
}

fn usual() -> Vec<Vector> {
    golden(|vector| vector.algorithm == "SHA1" && vector.digits == 6 && (vector.kind == "hotp" || vector.moving == 30))
}

fn blizzard() -> Vector {
    Vector { issuer: "Battle.net".into(), name: "US-1".into(), digits: 8, ..usual()[1].clone() }
}

/// A database that leaves room at the end of each page, which SQLite does only for a file that
/// says so already: an empty one is made first and altered.
fn database() -> Vec<u8> {
    let mut empty = Connection::open_in_memory().unwrap();
    empty.execute_batch("PRAGMA page_size = 1024; CREATE TABLE a (a); DROP TABLE a; VACUUM;").unwrap();
    let mut bytes = empty.serialize("main").unwrap().to_vec();
    assert_eq!(bytes.len(), PAGE);
    bytes[20] = u8::try_from(RESERVED).unwrap();
    // Where the content of the page begins, for there is none.
    bytes[105..107].copy_from_slice(&u16::try_from(PAGE - RESERVED).unwrap().to_be_bytes());
    let mut connection = Connection::open_in_memory().unwrap();
    connection.deserialize_read_exact("main", &*bytes, PAGE, false).unwrap();
    fill(&connection);
    let mut bytes = connection.serialize("main").unwrap().to_vec();
    // Another version of SQLite may have made the file; the field is for its own use.
    bytes[96..100].fill(0);
    bytes
}

fn fill(connection: &Connection) {
    let sql = "CREATE TABLE accounts (_id INTEGER PRIMARY KEY, email TEXT NOT NULL, secret TEXT NOT NULL, \
        counter INTEGER DEFAULT 0, type INTEGER, issuer TEXT DEFAULT NULL, original_name TEXT DEFAULT NULL, \
        category TEXT);";
    connection.execute_batch(sql).unwrap();
    let insert = "INSERT INTO accounts (email, secret, counter, type, issuer, category) VALUES (?, ?, ?, ?, ?, ?)";
    for (vector, number) in usual().iter().zip(0..) {
        let (kind, counter) = if vector.kind == "hotp" { (1, vector.moving) } else { (0, 0) };
        // Spaces inside secrets occur.
        let secret = format!("{} {}", &vector.secret[..4], &vector.secret[4..]);
        let category = (number == 0).then_some("Money");
        connection.execute(insert, params![vector.name, secret, counter, kind, vector.issuer, category]).unwrap();
    }
    let own = blizzard();
    let hex: String = own.key().iter().map(|byte| format!("{byte:02x}")).collect();
    connection.execute(insert, params![own.name, hex, 0, 2, own.issuer, ""]).unwrap();
}

/// Seals each page as SQLCipher 3 does.
fn seal(plain: &[u8], passphrase: &str) -> Vec<u8> {
    let salt = [6; 16];
    let secret = |bytes: &[u8]| Secret::new(bytes.to_vec());
    let key: kdf::Key<32> = kdf::pbkdf2(kdf::Hash::Sha1, &secret(passphrase.as_bytes()), &salt, 64_000).unwrap();
    let masked = salt.map(|byte| byte ^ 0x3a);
    let codes: kdf::Key<32> = kdf::pbkdf2(kdf::Hash::Sha1, &secret(&*key), &masked, 2).unwrap();
    let mut sealed = Vec::new();
    for (page, number) in plain.chunks(PAGE).zip(1_u32..) {
        let start = if number == 1 { 16 } else { 0 };
        let iv = [number.to_le_bytes()[0]; 16];
        // Sealing adds a block of padding, which a page has not.
        let content = &page[start..PAGE - RESERVED];
        let mut body = cipher::seal_cbc(&key, &iv, content);
        body.truncate(content.len());
        body.extend(iv);
        let mut mac = Hmac::<Sha1>::new_from_slice(&*codes).unwrap();
        mac.update(&body);
        mac.update(&number.to_le_bytes());
        sealed.extend(&salt[..start]);
        sealed.extend(body);
        sealed.extend(mac.finalize().into_bytes());
        sealed.extend([0; 12]);
    }
    sealed
}
