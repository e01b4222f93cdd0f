//! `otp edit`, and its short forms `rename`, `tag`, `note` and `url`.

use crate::account::{Account, AccountId, Parts};
use crate::app::App;
use crate::app::organise::Change;
use crate::clock::UnixTime;
use crate::error::Exit;
use crate::key;
use crate::present;
use crate::store::index::Entry;
use crate::store::ledger::Added;
use crate::text;

use crate::cli::ask;
use crate::cli::failure::Failure;
use crate::cli::input;
use crate::cli::output::Output;
use crate::cli::pick;
use crate::cli::session::Session;

#[derive(Debug, clap::Args)]
pub(crate) struct Edit {
    query: String,
    #[arg(long)]
    issuer: Option<String>,
    #[arg(long)]
    name: Option<String>,
    #[arg(long)]
    note: Option<String>,
    #[arg(long)]
    url: Option<String>,
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    #[arg(long, value_name = "TAG")]
    untag: Vec<String>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    position: Option<u32>,
    #[arg(long, value_name = "EMAIL")]
    login: Option<String>,
    #[arg(long, value_name = "WAY")]
    second: Vec<String>,
    #[arg(long)]
    no_second: bool,
    #[arg(long)]
    new_key: bool,
}

impl Edit {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let change = Change {
            issuer: self.issuer,
            name: self.name,
            note: self.note,
            url: self.url,
            add_tags: self.tag,
            remove_tags: self.untag,
            position: self.position.and_then(|place| usize::try_from(place).ok()),
            favorite: None,
            login: self.login,
            add_second: self.second,
            clear_second: self.no_second,
        };
        if self.new_key {
            return re_enrol(&self.query, &change, session, out);
        }
        apply(&self.query, change, session, out)
    }
}

/// Asks for the names and the note of `entry`; an empty answer keeps what is there.
fn ask_for(entry: &Entry, out: &Output) -> Result<Change, Failure> {
    let asked = |question| -> Result<Option<String>, Failure> {
        let answer = ask::line(&question, out.lang).ok_or_else(ask::nobody)?;
        Ok(Some(answer).filter(|answer| !answer.is_empty()))
    };
    Ok(Change {
        issuer: asked(text!("organise-ask-issuer", now = entry.issuer.as_str()))?,
        name: asked(text!("organise-ask-name", now = entry.name.as_str()))?,
        note: asked(text!("organise-ask-note", now = entry.note.as_str()))?,
        ..Change::default()
    })
}

#[derive(Debug, clap::Args)]
pub(crate) struct Rename {
    query: String,
    name: Option<String>,
    #[arg(long)]
    issuer: Option<String>,
}

impl Rename {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let change = Change { issuer: self.issuer, name: self.name, ..Change::default() };
        apply(&self.query, change, session, out)
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct Tag {
    query: String,
    tags: Vec<String>,
    #[arg(long)]
    remove: bool,
}

impl Tag {
    /// Without tags, prints the present ones.
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        if self.tags.is_empty() {
            return show(&self.query, |entry| entry.tags.join("\n"), session, out);
        }
        let change = if self.remove {
            Change { remove_tags: self.tags, ..Change::default() }
        } else {
            Change { add_tags: self.tags, ..Change::default() }
        };
        apply(&self.query, change, session, out)
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct Note {
    query: String,
    note: Option<String>,
}

impl Note {
    /// Without a new note, prints the present one.
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        match self.note {
            Some(note) => apply(&self.query, Change { note: Some(note), ..Change::default() }, session, out),
            None => show(&self.query, |entry| entry.note.clone(), session, out),
        }
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct Url {
    query: String,
    url: Option<String>,
}

impl Url {
    /// Without a new address, prints the present one.
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        match self.url {
            Some(url) => apply(&self.query, Change { url: Some(url), ..Change::default() }, session, out),
            None => show(&self.query, |entry| entry.url.clone().unwrap_or_default(), session, out),
        }
    }
}

/// Makes the change; without any, asks for one.
fn apply(query: &str, change: Change, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
    let mut app = session.open(out)?;
    let entry = pick::one(Some(query), &app.accounts(), out)?;
    let change = if change == Change::default() { ask_for(&entry, out)? } else { change };
    if change == Change::default() {
        out.note(&text!("organise-unchanged", account = present::title(&entry.issuer, &entry.name)));
        return Ok(Exit::Done);
    }
    app.change(entry.id, &change, UnixTime::now())?;
    let after = app.entry(entry.id).unwrap_or(&entry);
    out.note(&text!("organise-changed", account = present::title(&after.issuer, &after.name)));
    Ok(Exit::Done)
}

fn show(query: &str, field: impl Fn(&Entry) -> String, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
    let app = session.open(out)?;
    let entry = pick::one(Some(query), &app.accounts(), out)?;
    let field = field(&entry);
    let lines = field.split('\n').map(text::visible).collect::<Vec<_>>();
    out.data(&lines.join("\n"))?;
    Ok(Exit::Done)
}

/// A new backup key for an account that has one: the site was asked for a new one. The old key
/// stays in the trash.
fn re_enrol(query: &str, change: &Change, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
    let mut app = session.open(out)?;
    let entry = pick::one(Some(query), &app.accounts(), out)?;
    let typed = input::secret(&text!("import-ask-key"), out.lang)?;
    // EXPOSE: the key is read from what was typed; both are wiped.
    let read = key::read(typed.expose_text().unwrap_or_default())?;
    let old = app.settings(entry.id)?;
    let account = Account::new(Parts { secret: read.secret, ..old })?;
    let title = present::title(&entry.issuer, &entry.name);
    if !session.yes && !ask::yes(&text!("organise-ask-replace", account = title.clone()), out.lang)? {
        return Err(ask::cancelled());
    }
    let id = replace(&mut app, &entry, account, title, out)?;
    app.change(id, change, UnixTime::now())?;
    Ok(Exit::Done)
}

fn replace(
    app: &mut App,
    entry: &Entry,
    account: Account,
    title: text::Text,
    out: &mut Output,
) -> Result<AccountId, Failure> {
    match app.replace(entry.id, account, UnixTime::now())? {
        Added::New(id) => {
            out.note(&text!("organise-replaced", account = title));
            Ok(id)
        }
        Added::Already(id) => {
            out.note(&text!("organise-same-key", account = title));
            Ok(id)
        }
    }
}
