//! `otp repair`: the true key from one with slips in it and the codes that it gave.

use std::time::{Duration, Instant};

use crate::account::{Account, Algorithm};
use crate::code;
use crate::error::Exit;
use crate::export;
use crate::import::Batch;
use crate::key;
use crate::present;
use crate::repair::{End, Found, RepairError, Search, Shape, Stage, Watch};
use crate::text;
use crate::text::Text;
use serde_json::{Value, json};

use crate::cli::answers::Answers;
use crate::cli::ask;
use crate::cli::failure::Failure;
use crate::cli::import::{algorithm, keep};
use crate::cli::interrupt::Interrupt;
use crate::cli::json;
use crate::cli::output::Output;
use crate::cli::receipt;
use crate::cli::screen::{self, Body, Page};
use crate::cli::session::{Session, say_clock};

#[derive(Debug, clap::Args)]
pub(crate) struct Repair {
    #[arg(long)]
    issuer: Option<String>,
    #[arg(long)]
    name: Option<String>,
    #[arg(long, value_parser = clap::value_parser!(u8).range(1..=10))]
    digits: Option<u8>,
    #[arg(long, value_name = "SECS", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=86_400))]
    period: u32,
    #[arg(long, value_name = "SHA1|SHA256|SHA512", value_parser = algorithm)]
    algorithm: Option<Algorithm>,
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(..=100))]
    steps: u32,
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    #[arg(long)]
    reveal: bool,
    #[arg(long)]
    dry_run: bool,
    #[arg(long)]
    json: bool,
}

/// A key that fits may still be a wrong one with this probability; above it, one more code is
/// asked for.
const UNSURE: f64 = 0.001;

impl Repair {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let mut answers = Answers::start()?;
        let search = self.questions(session, &mut answers, out)?;
        let search = settle(search, &mut answers, session, out)?;
        let mut report = json::repair(&search);
        let shape = search.shape();
        let Some(found) = search.into_found().pop() else { return Err(RepairError::NoCode.into()) };
        out.note(&slips(&found));
        if self.dry_run && !self.reveal {
            return self.end(&report, out);
        }
        let issuer = ask::unless_given(self.issuer.as_deref(), &text!("import-ask-issuer"), out.lang);
        let name = ask::unless_given(self.name.as_deref(), &text!("import-ask-name"), out.lang);
        let account = shape.account(issuer, name, found.secret)?;
        if self.reveal {
            reveal(&account, &mut report, self.json, out)?;
        }
        // Who only wanted to see the key is not told that nobody could be asked to keep it.
        let only_shown = self.reveal && !session.yes && !ask::is_possible();
        if !self.dry_run && !only_shown {
            report["stored"] = self.store(account, session, out)?;
        }
        self.end(&report, out)
    }

    fn end(&self, report: &Value, out: &mut Output) -> Result<Exit, Failure> {
        if self.json {
            out.data(&json::answer("repair", report))?;
        }
        Ok(Exit::Done)
    }

    /// Asks for the key and for the codes that are at hand.
    fn questions(&self, session: &Session, answers: &mut Answers, out: &mut Output) -> Result<Search, Failure> {
        let typed = answers.key(&text!("repair-ask-key"), out)?;
        // EXPOSE: the key is read from what was typed; both are wiped.
        let typed = typed.expose_text().ok_or(RepairError::NoKey)?;
        let start = |digits: Option<u8>| {
            let digits = digits.unwrap_or(crate::uri::DEFAULT_DIGITS);
            let shape = Shape { digits, period: self.period, algorithm: self.algorithm.unwrap_or_default() };
            Search::new(typed, shape, self.steps)
        };
        // What is wrong with the key is said before anything else is asked.
        let mut search = start(self.digits)?;
        let first = answers.code(
            &text!("repair-ask-code"),
            session.clock,
            &mut |seen| {
                // Who types eight digits need not know that there is an option for that.
                let typed = u8::try_from(seen.digits().len()).ok().filter(|digits| (6..=10).contains(digits));
                search = start(self.digits.or(typed))?;
                Ok(search.add(seen)?)
            },
            out,
        )?;
        first.ok_or(RepairError::NoCode)?;
        while more(&text!("repair-ask-more"), &mut search, answers, session, out)? {}
        Ok(search)
    }

    /// Stores the account the way an import does.
    fn store(&self, account: Account, session: &Session, out: &mut Output) -> Result<Value, Failure> {
        out.note(&text!("import-compare", code = code::at(&account, session.clock.now()).digits));
        say_clock(session.clock, None, out);
        let mut app = session.open(out)?;
        let receipt = app.compare(&mut Batch::one(account, Vec::new()))?;
        receipt::print(&receipt, &app, out);
        let kept = receipt.kept();
        if kept > 0 && !session.yes && !ask::yes(&text!("import-ask", count = kept), out.lang)? {
            return Err(ask::cancelled());
        }
        let ids = keep(&self.tag, &mut app, receipt, out)?;
        Ok(ids.iter().map(ToString::to_string).collect())
    }
}

/// Takes one more code, if there is one.
fn more(
    question: &Text,
    search: &mut Search,
    answers: &mut Answers,
    session: &Session,
    out: &mut Output,
) -> Result<bool, Failure> {
    let taken = answers.code(question, session.clock, &mut |seen| Ok(search.add(seen)?), out)?;
    Ok(taken.is_some())
}

/// Searches until one key is left and there is no doubt about it, or no more codes come.
fn settle(mut search: Search, answers: &mut Answers, session: &Session, out: &mut Output) -> Result<Search, Failure> {
    loop {
        let end = run(&mut search, out)?;
        let fitting = search.found().len();
        if end != End::Stopped && search.tried() > 0 {
            out.note(&chance(&search));
        }
        let reason = match end {
            End::Stopped => {
                let text = text!("repair-stopped", keys = present::thousands(search.tried()));
                return Err(Failure::new(Exit::Cancelled, text));
            }
            End::Exhausted if search.tried() == 0 => {
                return Err(Failure::new(Exit::NoMatch, text!("repair-too-open")).hint(text!("repair-hint-too-open")));
            }
            End::Exhausted => {
                return Err(Failure::new(Exit::NoMatch, text!("repair-nothing")).hint(text!("repair-hint-nothing")));
            }
            End::Found if fitting == 1 && search.expected_false() <= UNSURE => return Ok(search),
            End::Found if fitting == 1 => text!("repair-unsure"),
            End::Found => text!("repair-several", count = fitting),
            End::TooFewCodes => text!("repair-too-few"),
        };
        out.say(&reason);
        if !more(&text!("repair-ask-further"), &mut search, answers, session, out)? {
            return match fitting {
                0 => Err(Failure::new(Exit::NoMatch, text!("repair-nothing")).hint(text!("repair-hint-further"))),
                1 => Ok(search),
                several => {
                    let text = text!("repair-several", count = several);
                    Err(Failure::new(Exit::Ambiguous, text).hint(text!("repair-hint-further")))
                }
            };
        }
    }
}

/// Runs the search on a thread of its own, and shows meanwhile how far it is.
fn run(search: &mut Search, out: &mut Output) -> Result<End, Failure> {
    let (_taken, stop) = Interrupt::start();
    let watch = Watch::stopped_by(stop);
    let end = std::thread::scope(|scope| {
        let run = scope.spawn(|| search.run(&watch));
        let mut shown = Instant::now();
        while !run.is_finished() {
            std::thread::sleep(Duration::from_millis(10));
            if shown.elapsed() >= Duration::from_millis(250) {
                out.progress(&progress(&watch));
                shown = Instant::now();
            }
        }
        run.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    });
    out.progress_done();
    Ok(end?)
}

fn progress(watch: &Watch) -> Text {
    let [tried, most] = [watch.tried(), watch.planned()].map(|keys| present::thousands(keys.into()));
    match watch.left() {
        Some(left) => text!("repair-progress-left", tried = tried, most = most, time = present::span(left)),
        None => text!("repair-progress", tried = tried, most = most),
    }
}

/// How many keys were tried, and how likely it is that one of them fits by chance.
fn chance(search: &Search) -> Text {
    let (keys, expected) = (present::thousands(search.tried()), search.expected_false());
    let (count, codes) = (search.found().len(), search.codes());
    if expected < 0.5 {
        return text!("repair-chance", count = count, keys = keys, codes = codes, number = present::one_in(expected));
    }
    text!("repair-chance-high", count = count, keys = keys, codes = codes, number = format!("{expected:.1}"))
}

/// What was wrong with the key as written; no letter of it is told.
fn slips(found: &Found) -> Text {
    let Stage { swapped, extra, missing, .. } = found.slips;
    let places: Vec<String> = found.places.iter().map(usize::to_string).collect();
    let items = [
        (swapped > 0).then(|| text!("repair-slip-swapped", count = swapped)),
        (extra > 0).then(|| text!("repair-slip-extra", count = extra)),
        (missing > 0).then(|| text!("repair-slip-missing", count = missing)),
        (!places.is_empty()).then(|| text!("repair-slip-places", count = places.len(), places = places.join(", "))),
    ];
    let joined = items.into_iter().flatten().reduce(|all, next| text!("repair-slip-and", all = all, next = next));
    match joined {
        Some(slips) => text!("repair-slips", slips = slips),
        None => text!("repair-slip-none"),
    }
}

/// Shows the key: on the terminal's other page with its QR code, or as data if it goes elsewhere.
fn reveal(account: &Account, report: &mut Value, as_json: bool, out: &mut Output) -> Result<(), Failure> {
    let grouped = key::grouped(account.secret());
    // EXPOSE: the owner asked to see the key.
    let shown = grouped.expose_text().unwrap_or_default();
    if as_json {
        report["key"] = json!(shown);
    } else if screen::is_possible() {
        let modules = export::code(account)?;
        screen::show(&[Page { body: Body::Code(modules), caption: text!("repair-key", key = shown) }], out)?;
    } else {
        out.data(shown)?;
    }
    Ok(())
}
