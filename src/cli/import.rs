//! `otp import`: whatever people have, into the store, with a receipt first.

use std::path::PathBuf;

use crate::account::{Account, AccountId, Algorithm, Kind, Parts};
use crate::app::App;
use crate::app::organise::Change;
use crate::app::receive::Receipt;
use crate::clock::{Clock, UnixTime};
use crate::code;
use crate::error::Exit;
use crate::import::{self, Batch};
use crate::key::{self, KeyError};
use crate::present;
use crate::secret::Secret;
use crate::text;
use crate::uri;
use serde_json::Value;

use crate::cli::ask;
use crate::cli::copied;
use crate::cli::failure::Failure;
use crate::cli::gather::{Gathered, Keys};
use crate::cli::input;
use crate::cli::json;
use crate::cli::named::Named;
use crate::cli::output::Output;
use crate::cli::receipt;
use crate::cli::session::{Session, say_clock};
use crate::cli::sources::{self, Kept};

#[derive(Debug, clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(crate) struct Import {
    #[command(flatten)]
    named: Named,
    #[arg(long, conflicts_with_all = ["files", "qr"])]
    screen: bool,
    #[arg(long, conflicts_with_all = ["files", "qr", "screen"])]
    clipboard: bool,
    #[arg(long, conflicts_with_all = ["files", "qr", "screen", "clipboard"])]
    key: bool,
    #[arg(long, requires = "key", conflicts_with_all = ["files", "qr"])]
    hex: bool,
    #[arg(long, requires = "key", conflicts_with_all = ["files", "qr"])]
    issuer: Option<String>,
    #[arg(long, requires = "key", conflicts_with_all = ["files", "qr"])]
    name: Option<String>,
    #[arg(long, requires = "key", conflicts_with_all = ["files", "qr"], value_parser = clap::value_parser!(u8).range(1..=10))]
    digits: Option<u8>,
    #[arg(long, requires = "key", value_name = "SECS", conflicts_with_all = ["files", "qr", "counter"], value_parser = clap::value_parser!(u32).range(1..=86_400))]
    period: Option<u32>,
    #[arg(long, requires = "key", conflicts_with_all = ["files", "qr"], value_name = "SHA1|SHA256|SHA512", value_parser = algorithm)]
    algorithm: Option<Algorithm>,
    #[arg(long, requires = "key", conflicts_with_all = ["files", "qr"], value_name = "N")]
    counter: Option<u64>,
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    #[arg(long)]
    dry_run: bool,
    #[arg(long)]
    now: bool,
    #[arg(long)]
    json: bool,
    #[arg(long, value_name = "FORMAT", conflicts_with_all = ["key", "screen"])]
    from: Option<String>,
    #[arg(long, value_name = "FILE", conflicts_with = "key")]
    passphrase_file: Option<PathBuf>,
    #[arg(long, conflicts_with_all = ["key", "screen", "dry_run"])]
    delete_source: bool,
    // Not `exclusive`, which would shut out the options that hold everywhere as well.
    #[arg(long, conflicts_with_all = ["files", "qr", "key", "screen", "clipboard", "tag", "dry_run", "now", "json", "from", "passphrase_file", "delete_source"])]
    list_formats: bool,
}

pub(crate) fn algorithm(typed: &str) -> Result<Algorithm, String> {
    Algorithm::parse(typed).ok_or_else(String::new)
}

impl Import {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        if self.list_formats {
            return list_formats(out);
        }
        Change { add_tags: self.tag.clone(), ..Change::default() }.check()?;
        let Gathered { mut batch, failed, files, holds_more, copied } = self.gather(session, out)?;
        let mut app = session.open(out)?;
        let receipt = app.compare(&mut batch)?;
        let partial = !failed.is_empty() || !receipt.skipped.is_empty();
        let kept = receipt.kept();
        let only_told = self.dry_run || receipt.lines.is_empty();
        let asks = !only_told && kept > 0 && !session.yes;
        let mut answer = self.json.then(|| receipt::json(&receipt, &failed, &app, out.lang));
        // Nobody agrees to what they have not read.
        if answer.is_none() || asks {
            receipt::print(&receipt, &app, out);
        }
        if receipt.lines.is_empty() && !partial {
            let empty = Failure::new(Exit::BadInput, text!("import-no-accounts"));
            let complete = receipt.missing.is_empty();
            return Err(empty.hint(if complete {
                text!("import-hint-no-accounts")
            } else {
                text!("sheet-hint-every-page")
            }));
        }
        let partial = partial || receipt.unopened;
        if only_told {
            print_answer(answer, out)?;
            return Ok(end(&receipt, partial));
        }
        if asks && !ask::yes(&text!("import-ask", count = kept), out.lang)? {
            return Err(ask::cancelled());
        }
        let state = match (failed.is_empty() && receipt.is_whole(), holds_more) {
            (false, _) => Kept::Partly,
            (true, true) => Kept::HoldsMore,
            (true, false) => Kept::Whole,
        };
        let ids = keep(&self.tag, &mut app, receipt, out)?;
        if self.now {
            show_codes(ids, &mut app, answer.as_mut(), session.clock, out)?;
        }
        print_answer(answer, out)?;
        sources::tidy(&files, self.delete_source, state, session, out)?;
        if copied && state != Kept::Partly {
            copied::tidy(self.delete_source, session, out)?;
        }
        Ok(if partial { Exit::Partial } else { Exit::Done })
    }

    /// Everything that was given.
    fn gather(&self, session: &Session, out: &mut Output) -> Result<Gathered, Failure> {
        if self.key {
            let typed = input::secret(&text!("import-ask-key"), out.lang)?;
            // EXPOSE: the key is read from what was typed; both are wiped.
            return Ok(self.typed_key(typed.expose_text().ok_or(KeyError::Empty)?, session, out)?.into());
        }
        let mut keys = Keys::new(self.passphrase_file.as_deref(), self.from.as_deref())?;
        if self.screen {
            return keys.screen(out);
        }
        if self.clipboard {
            return copied::gather(&mut keys, |typed, out| self.typed_key(typed, session, out), out);
        }
        let standard = PathBuf::from("-");
        let mut paths: Vec<&PathBuf> = self.named.paths();
        if paths.is_empty() {
            if !input::is_piped() {
                return Err(Failure::new(Exit::Usage, text!("import-nothing")).hint(text!("import-hint-nothing")));
            }
            paths.push(&standard);
        }
        keys.read_all(&paths, out)
    }

    /// The account of a backup key that somebody typed or copied.
    fn typed_key(&self, typed: &str, session: &Session, out: &mut Output) -> Result<Batch, Failure> {
        let secret = match key::read(typed) {
            _ if self.hex => key::read_hex(typed)?,
            Ok(read) => {
                out.note(&text!("import-key-length", bytes = read.secret.len(), bits = read.secret.len() * 8));
                for note in &read.notes {
                    out.say(&note.text());
                }
                read.secret
            }
            Err(KeyError::IsUri) => {
                let parsed = uri::parse(typed.trim())?;
                let notes = parsed.notes.iter().map(uri::Note::text).collect();
                return Ok(Batch::one(parsed.account, notes));
            }
            Err(error @ KeyError::LooksLikeHex { .. }) => {
                if !ask::yes(&text!("import-ask-hex"), out.lang).map_err(|_| error)? {
                    return Err(ask::cancelled());
                }
                key::read_hex(typed)?
            }
            Err(error) => return Err(error.into()),
        };
        let account = self.account(secret, out)?;
        out.note(&text!("import-compare", code = code::at(&account, session.clock.now()).digits));
        say_clock(session.clock, None, out);
        Ok(Batch::one(account, Vec::new()))
    }

    /// The account around a typed key. Names are asked for where somebody can answer.
    fn account(&self, secret: Secret, out: &Output) -> Result<Account, Failure> {
        let kind = match self.counter {
            Some(counter) => Kind::Hotp { counter },
            None => Kind::Totp { period: self.period.unwrap_or(uri::DEFAULT_PERIOD) },
        };
        let issuer = ask::unless_given(self.issuer.as_deref(), &text!("import-ask-issuer"), out.lang);
        let name = ask::unless_given(self.name.as_deref(), &text!("import-ask-name"), out.lang);
        let digits = self.digits.unwrap_or(uri::DEFAULT_DIGITS);
        let algorithm = self.algorithm.unwrap_or_default();
        Ok(Account::new(Parts { issuer, name, kind, algorithm, digits, secret, pin: None })?)
    }
}

/// Stores what is new, with `tags`, and only then says so.
pub(crate) fn keep(
    tags: &[String],
    app: &mut App,
    receipt: Receipt,
    out: &mut Output,
) -> Result<Vec<AccountId>, Failure> {
    let of = receipt.kept();
    let kept = app.accept(receipt, tags, UnixTime::now(), &mut |done| {
        out.progress(&text!("import-progress", done = done, of = of));
    });
    out.progress_done();
    crate::cli::session::say_notices(app, out);
    let kept = kept?;
    out.note(&text!("import-saved", count = kept.len()));
    Ok(kept)
}

/// The codes of the accounts `ids`: into the `answer` if there is one, else one a line.
fn show_codes(
    ids: Vec<AccountId>,
    app: &mut App,
    answer: Option<&mut Value>,
    clock: Clock,
    out: &mut Output,
) -> Result<(), Failure> {
    let now = clock.now();
    let mut codes = Vec::new();
    for id in ids {
        let code = app.code(id, now)?;
        let Some(entry) = app.entry(id) else { continue };
        if answer.is_some() {
            codes.push(json::with_code(json::account(entry), Some(&code), now, clock));
            continue;
        }
        out.strong(&code.digits)?;
        if let Some(seconds) = code.seconds_left(now) {
            let title = present::title(&entry.issuer, &entry.name);
            out.note(&text!("now-left", account = title, time = present::seconds_left(seconds)));
        }
    }
    match answer {
        Some(answer) => answer["codes"] = codes.into(),
        None => say_clock(clock, app.doubt(UnixTime::now()), out),
    }
    Ok(())
}

/// Prints the receipt that was asked for as JSON: one object, once all is done.
fn print_answer(answer: Option<Value>, out: &mut Output) -> Result<(), Failure> {
    match answer {
        Some(answer) => out.data(&json::answer("receipt", &answer)),
        None => Ok(()),
    }
}

/// How an import ends that stores nothing.
fn end(receipt: &Receipt, partial: bool) -> Exit {
    match (receipt.lines.is_empty(), partial) {
        (true, true) => Exit::BadInput,
        (false, true) => Exit::Partial,
        _ => Exit::Done,
    }
}

fn list_formats(out: &mut Output) -> Result<Exit, Failure> {
    let formats: Vec<_> = import::FORMATS.iter().map(|format| (format.id(), format.app())).collect();
    out.ids(&formats)?;
    Ok(Exit::Done)
}
