//! `otp drill`: the fire drill. Copies, backups or sheets are restored in memory and compared; nothing
//! is left of it but the date.

use std::path::{Path, PathBuf};

use crate::app::App;
use crate::app::drill::{self, Proof};
use crate::clock::UnixTime;
use crate::error::Exit;
use crate::import::About;
use crate::recovery::drill::{Line, Verdict, is_whole};
use crate::text;
use serde_json::{Value, json};

use crate::cli::failure::Failure;
use crate::cli::gather::{BackupKeys, Gathered, Keys};
use crate::cli::input;
use crate::cli::json;
use crate::cli::output::Output;
use crate::cli::session::Session;

#[derive(Debug, clap::Args)]
pub(crate) struct Drill {
    files: Vec<PathBuf>,
    #[command(flatten)]
    keys: BackupKeys,
    #[arg(long)]
    json: bool,
}

impl Drill {
    pub(crate) fn run(self, session: &Session, out: &mut Output) -> Result<Exit, Failure> {
        let keys = self.keys.read()?;
        run(&self.files, keys, self.json, session, out)
    }
}

/// What came of one file, or of the pictures of one sheet.
struct Outcome {
    source: String,
    about: Option<About>,
    count: usize,
    lines: Vec<Line>,
    unread: usize,
}

impl Outcome {
    /// Whether every account comes back from it.
    fn is_whole(&self) -> bool {
        is_whole(&self.lines, self.unread)
    }
}

/// Compares what `files` give with what is kept; without files, the newest copy of every place.
pub(crate) fn run(
    files: &[PathBuf],
    mut keys: Keys,
    as_json: bool,
    session: &Session,
    out: &mut Output,
) -> Result<Exit, Failure> {
    let mut app = session.open(out)?;
    let files = if files.is_empty() { newest(&app, out)? } else { files.to_vec() };
    let (pages, files): (Vec<PathBuf>, Vec<PathBuf>) = files.into_iter().partition(|path| is_paper(path));
    let mut outcomes = Vec::new();
    for path in &files {
        let batch = keys.read(path, out)?;
        outcomes.push(prove(&mut app, path.display().to_string(), batch.into(), Proof::Copy)?);
    }
    if !pages.is_empty() {
        let names: Vec<String> = pages.iter().map(|path| input::name(path)).collect();
        let gathered = keys.read_all(&pages.iter().collect::<Vec<_>>(), out)?;
        outcomes.push(prove(&mut app, names.join(", "), gathered, Proof::Paper)?);
    }
    if as_json {
        out.data(&json::answer("drill", &outcomes.iter().map(data).collect()))?;
    } else {
        for outcome in &outcomes {
            print(outcome, out)?;
        }
    }
    let whole = outcomes.iter().all(Outcome::is_whole);
    Ok(if whole { Exit::Done } else { Exit::Attention })
}

fn prove(app: &mut App, source: String, gathered: Gathered, proof: Proof) -> Result<Outcome, Failure> {
    let Gathered { batch, failed, .. } = gathered;
    let lines = app.prove(&batch.accounts, proof, UnixTime::now())?;
    let (count, unread) = (batch.accounts.len(), batch.skipped.len() + failed.len());
    Ok(Outcome { source, about: batch.about, count, lines, unread })
}

/// The newest copy of every place that has one.
fn newest(app: &App, out: &mut Output) -> Result<Vec<PathBuf>, Failure> {
    let places = app.copies_status().places;
    for place in places.iter().filter(|place| place.newest.is_none()) {
        out.say(&text!("backup-place-absent", folder = place.folder.display().to_string()));
    }
    let files: Vec<PathBuf> = places.into_iter().filter_map(|place| Some(place.newest?.path)).collect();
    if files.is_empty() {
        return Err(Failure::new(Exit::NotFound, text!("drill-nothing")).hint(text!("drill-hint-nothing")));
    }
    Ok(files)
}

/// Whether the file `path` shows paper: a photo, a scan, a page.
fn is_paper(path: &Path) -> bool {
    input::file(path).is_ok_and(|bytes| Proof::of(&bytes) == Proof::Paper)
}

fn print(outcome: &Outcome, out: &mut Output) -> Result<(), Failure> {
    out.say(&drill::heading(&outcome.source, outcome.about.as_ref(), outcome.count));
    for line in &outcome.lines {
        let text = drill::told(line).say(out.lang);
        out.data(&text)?;
    }
    if outcome.unread > 0 {
        out.say(&text!("drill-unread", count = outcome.unread));
    }
    out.note(&if outcome.is_whole() { text!("drill-whole") } else { text!("drill-not-whole") });
    Ok(())
}

fn data(outcome: &Outcome) -> Value {
    let line = |line: &Line| {
        let verdict = match line.verdict {
            Verdict::Same => "same",
            Verdict::Differs => "differs",
            Verdict::Missing => "missing",
            Verdict::Rescued => "rescued",
            Verdict::OnlyThere => "only-there",
        };
        json!({
            "id": line.id.map(|id| id.to_string()),
            "issuer": line.issuer,
            "name": line.name,
            "trashed": line.trashed,
            "verdict": verdict,
        })
    };
    json!({
        "source": outcome.source,
        "written": outcome.about.as_ref().map(|about| about.written.0),
        "device": outcome.about.as_ref().map(|about| about.device.clone()),
        "whole": outcome.is_whole(),
        "unread": outcome.unread,
        "accounts": outcome.lines.iter().map(line).collect::<Vec<_>>(),
    })
}
