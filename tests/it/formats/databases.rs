//! Databases of Google Authenticator, Microsoft Authenticator and Stratum. Google's has neither
//! periods nor algorithms, Microsoft's no counters either; Stratum's carries everything.

use rusqlite::{Connection, params};

use super::{Export, golden, line, plain};
use crate::vectors::Vector;

pub(super) fn exports() -> Vec<Export> {
    vec![google(), microsoft(), stratum()]
}

/// A database with what `sql` and `rows` put into it, as the bytes of its file.
pub(crate) fn database(sql: &str, rows: impl FnOnce(&Connection)) -> Vec<u8> {
    let mut connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(sql).unwrap();
    rows(&connection);
    let mut bytes = connection.serialize("main").unwrap().to_vec();
    // Another version of SQLite may have made the file; the field is for its own use.
    bytes[96..100].fill(0);
    bytes
}

/// What an app without these settings can hold.
fn usual(vector: &Vector) -> bool {
    vector.algorithm == "SHA1" && vector.digits == 6 && (vector.kind == "hotp" || vector.moving == 30)
}

fn google() -> Export {
    let accounts = golden(usual);
    let sql = "CREATE TABLE accounts (_id INTEGER PRIMARY KEY, email TEXT NOT NULL, secret TEXT NOT NULL, \
        counter INTEGER DEFAULT 0, type INTEGER, provider INTEGER DEFAULT 0, issuer TEXT DEFAULT NULL, \
        original_name TEXT DEFAULT NULL, isencrypted INTEGER DEFAULT 0);";
    let insert = "INSERT INTO accounts (email, secret, counter, type, issuer, isencrypted) VALUES (?, ?, ?, ?, ?, ?)";
    let bytes = database(sql, |connection| {
        for vector in &accounts {
            let hotp = vector.kind == "hotp";
            let name = match &*vector.issuer {
                "" => vector.name.clone(),
                issuer => format!("{issuer}:{}", vector.name),
            };
            let issuer = Some(&vector.issuer).filter(|issuer| !issuer.is_empty());
            let counter = if hotp { vector.moving } else { 0 };
            connection.execute(insert, params![name, vector.secret, counter, u8::from(hotp), issuer, 0]).unwrap();
        }
        connection.execute(insert, params!["Sealed:taro", "b64==", 0, 0, "Sealed", 1]).unwrap();
    });
    let skipped = vec!["Sealed:taro – the app keeps its key to itself, in a form that only that phone can read"];
    Export { skipped, ..Export::new("google-database", "google-databases.sqlite", bytes, &accounts) }
}

fn microsoft() -> Export {
    let accounts = golden(|vector| usual(vector) && vector.kind == "totp");
    let sql = "CREATE TABLE accounts (_id INTEGER PRIMARY KEY, name TEXT NOT NULL, username TEXT NOT NULL, \
        oath_secret_key TEXT NOT NULL, account_type INTEGER NOT NULL, encrypted_oath_secret_key TEXT NOT NULL);";
    let insert = "INSERT INTO accounts (name, username, oath_secret_key, account_type, encrypted_oath_secret_key) \
        VALUES (?, ?, ?, ?, ?)";
    let own = Vector { name: "hanako@outlook.jp".into(), issuer: "Microsoft".into(), digits: 8, ..accounts[0].clone() };
    let bytes = database(sql, |connection| {
        for vector in &accounts {
            let secret = vector.secret.to_lowercase();
            connection.execute(insert, params![vector.issuer, vector.name, secret, 0, ""]).unwrap();
        }
        let key = super::base64(&own.key());
        connection.execute(insert, params![own.issuer, own.name, key, 1, ""]).unwrap();
        connection.execute(insert, params!["Company", "taro", "", 2, ""]).unwrap();
        connection.execute(insert, params!["New", "taro", "", 0, "sealed"]).unwrap();
    });
    let mut export = Export::new("microsoft", "microsoft-phonefactor.sqlite", bytes, &accounts);
    export.expected.push(line(&plain(&own)));
    export.skipped = vec![
        "Company:taro – it approves sign-ins in its own app and has no codes",
        "New:taro – the app keeps its key to itself, in a form that only that phone can read",
    ];
    export
}

fn stratum() -> Export {
    let accounts = golden(|_| true);
    let sql = "CREATE TABLE authenticator (type integer, icon varchar, issuer varchar(32), username varchar(40), \
        secret varchar primary key not null, pin varchar, algorithm integer, digits integer, period integer, \
        counter integer, ranking integer);
        CREATE TABLE category (id varchar(8) primary key not null, name varchar(32), ranking integer);
        CREATE TABLE authenticatorcategory (categoryId varchar, authenticatorSecret varchar, ranking integer);
        INSERT INTO category VALUES ('c1', 'Money', 0);";
    let insert = "INSERT INTO authenticator VALUES (?, ?, ?, ?, ?, NULL, ?, ?, ?, ?, 0)";
    let bytes = database(sql, |connection| {
        for vector in &accounts {
            let kind = match &*vector.kind {
                "hotp" => 1,
                "totp" => 2,
                _ => 4,
            };
            let algorithm = match &*vector.algorithm {
                "SHA1" => 0,
                "SHA256" => 1,
                _ => 2,
            };
            let (period, counter) = if kind == 1 { (30, vector.moving) } else { (vector.moving, 0) };
            let icon = (vector.issuer == "GitHub").then_some("@0123");
            let row = params![
                kind,
                icon,
                vector.issuer,
                vector.name,
                vector.secret,
                algorithm,
                vector.digits,
                period,
                counter
            ];
            connection.execute(insert, row).unwrap();
        }
        let link = "INSERT INTO authenticatorcategory VALUES ('c1', ?, 0)";
        connection.execute(link, [&accounts[0].secret]).unwrap();
    });
    let mut export = Export::new("stratum-database", "stratum-database.db3", bytes, &accounts);
    let mut first = plain(&accounts[0]);
    first.extras.tags = vec!["Money".into()];
    export.expected[0] = line(&first);
    export.remarks = vec!["1 icon is not carried over"];
    export
}
