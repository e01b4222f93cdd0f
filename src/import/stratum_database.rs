//! The own database of Stratum and Authenticator Pro, as phones with root access give it:
//! `authenticator.db3`.
//!
//! Format: `formats.md` 15, last row of the table. Categories are linked by the text of the secret.

use crate::text;
use crate::text::Text;
use crate::uri::Field;

use super::draft::{Draft, Key, Stated};
use super::sqlite::{self, Database, Row};
use super::{Batch, Extras, Format, ImportError, Opened, Place, Source, stratum};

const ID: &str = "stratum-database";
const TABLE: &str = "authenticator";
const COLUMNS: &[&str] =
    &["type", "icon", "issuer", "username", "secret", "pin", "algorithm", "digits", "period", "counter"];
/// How the icons begin that the owner added.
const OWN_ICON: char = '@';
const CATEGORIES: &[&str] = &["id", "name"];
const LINKS: &[&str] = &["categoryId", "authenticatorSecret"];

pub(super) struct Importer;

impl Format for Importer {
    fn id(&self) -> &'static str {
        ID
    }

    fn app(&self) -> Text {
        text!("import-app-stratum-database")
    }

    fn how_to_export(&self) -> Text {
        text!("import-export-stratum-database")
    }

    fn recognizes(&self, source: &Source<'_>) -> bool {
        source.has_table(TABLE, &["type", "issuer", "username", "secret"])
    }

    fn open(&self, source: &Source<'_>) -> Result<Opened, ImportError> {
        let database = source.database(ID)?;
        let categories = Categories::read(database)?;
        let (mut batch, mut icons) = (Batch::default(), 0);
        database.each((TABLE, COLUMNS), ID, &mut batch, |row, place, batch| {
            icons += usize::from(row.text("icon").starts_with(OWN_ICON));
            read(row, &categories, place, batch)
        })?;
        batch.without_icons(icons);
        sqlite::remark_log(source, &mut batch);
        Ok(batch.into())
    }
}

/// The categories, and which secrets are in them.
struct Categories {
    categories: Vec<Row>,
    links: Vec<Row>,
}

impl Categories {
    fn read(database: &Database) -> Result<Self, ImportError> {
        let rows = |table, columns| {
            if database.has(table, columns) { database.rows((table, columns), ID) } else { Ok((Vec::new(), true)) }
        };
        let (categories, _) = rows("category", CATEGORIES)?;
        let (links, _) = rows("authenticatorcategory", LINKS)?;
        Ok(Self { categories, links })
    }

    /// The names of those that `secret` is in.
    fn of<'a>(&'a self, secret: &'a str) -> impl Iterator<Item = &'a str> {
        let links = self.links.iter().filter(move |link| link.text("authenticatorSecret") == secret);
        links.filter_map(|link| {
            let category = self.categories.iter().find(|category| category.text("id") == link.text("categoryId"))?;
            Some(category.text("name"))
        })
    }
}

fn read(row: &Row, categories: &Categories, place: Place, batch: &mut Batch) -> Result<(), ImportError> {
    let secret = row.text("secret");
    let kind = stratum::kind(row.code("type"));
    let draft = Draft {
        issuer: row.text("issuer"),
        name: row.text("username"),
        kind,
        secret: if kind == Some(Stated::Motp) { Key::Text(secret) } else { Key::Base32(secret) },
        algorithm: match row.code("algorithm") {
            Some(0) => "SHA1",
            Some(1) => "SHA256",
            Some(2) => "SHA512",
            _ => "unknown",
        },
        digits: row.number("digits", Field::Digits),
        period: row.number("period", Field::Period),
        counter: row.number("counter", Field::Counter),
        pin: row.text("pin"),
        extras: Extras::tagged(categories.of(secret)),
    };
    draft.add(place, batch)
}
