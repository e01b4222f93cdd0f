//! `otp qr read`: what the QR codes of pictures say, word for word, secrets left out.

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::error::{Exit, Explain};
use crate::import;
use crate::qr::capture::{self, Clip};
use crate::qr::{self, Found, QrError};
use crate::text;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::cli::failure::Failure;
use crate::cli::input;
use crate::cli::json;
use crate::cli::output::{Output, harmless};
use crate::cli::screen::{self, Body, Page};

#[derive(Debug, clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct Read {
    images: Vec<PathBuf>,
    #[arg(long, conflicts_with = "images")]
    screen: bool,
    #[arg(long, conflicts_with_all = ["images", "screen"])]
    clipboard: bool,
    #[arg(long)]
    reveal: bool,
    #[arg(long)]
    json: bool,
}

/// A picture that was looked at.
struct Look {
    /// What to call it; empty for the only monitor, or the clipboard.
    name: String,
    /// How long the reading took, in milliseconds.
    time: u128,
    codes: Result<Vec<Found>, QrError>,
}

impl Read {
    pub(super) fn run(&self, out: &mut Output) -> Result<Exit, Failure> {
        let looks = self.looks()?;
        if let [Look { codes: Err(failure), .. }] = &looks[..] {
            if self.json {
                // Programs are told what was seen, too.
                self.print(&looks, out)?;
            }
            return Err(failure.clone().into());
        }
        let failed = looks.iter().filter(|look| look.codes.is_err()).count();
        for Look { name, codes, .. } in &looks {
            if let Err(failure) = codes {
                out.say(&text!("import-file-failed", file = name.as_str(), reason = failure.text()));
            }
        }
        self.print(&looks, out)?;
        Ok(match failed {
            0 => Exit::Done,
            _ if failed == looks.len() => Exit::BadInput,
            _ => Exit::Partial,
        })
    }

    /// Reads every picture that was given.
    fn looks(&self) -> Result<Vec<Look>, Failure> {
        if self.screen {
            let shots = capture::screen()?;
            let looks = shots.iter().map(|shot| Look::at(&shot.monitor, &shot.picture)).collect();
            return Ok(capture::settle(looks, |look: &Look| &look.codes));
        }
        if !self.clipboard {
            return self.given()?.iter().map(|path| file(path)).collect();
        }
        match capture::clipboard()? {
            Clip::Files(files) => files.iter().map(|path| file(path)).collect(),
            Clip::Picture(picture) => Ok(vec![Look::at("", &picture)]),
            Clip::Text(_) => {
                Err(Failure::new(Exit::BadInput, text!("qr-clipboard-text")).hint(text!("qr-hint-clipboard-text")))
            }
        }
    }

    /// The files that were named; standard input where none were and something comes in.
    fn given(&self) -> Result<Vec<PathBuf>, Failure> {
        match (self.images.is_empty(), input::is_piped()) {
            (false, _) => Ok(self.images.clone()),
            (true, true) => Ok(vec![PathBuf::from("-")]),
            (true, false) => Err(Failure::new(Exit::Usage, text!("qr-nothing")).hint(text!("qr-hint-nothing"))),
        }
    }

    fn print(&self, looks: &[Look], out: &mut Output) -> Result<(), Failure> {
        let codes = || looks.iter().filter_map(|look| look.codes.as_ref().ok()).flatten();
        let secrets = codes().any(|code| masked(code).is_some());
        if self.reveal && secrets && screen::is_possible() {
            let page = |(code, number): (&Found, usize)| Page {
                body: Body::Text(harmless(&code.text)),
                caption: import::Place::code(number).text(),
            };
            return screen::show(&codes().zip(1..).map(page).collect::<Vec<_>>(), out).map(drop);
        }
        if self.json {
            let looks: Vec<Value> = looks.iter().map(|look| self.told(look, out)).collect();
            out.data(&json::answer("pictures", &looks.into()))?;
        } else {
            for code in codes() {
                out.exact(&self.text(code))?;
                if let Some(part) = code.part {
                    out.note(&text!("import-part-of-text", number = part.number, of = part.of));
                }
            }
        }
        if secrets && !self.reveal {
            out.note(&text!("qr-masked"));
        }
        Ok(())
    }

    /// What `code` says, or what of it may be shown.
    fn text(&self, code: &Found) -> Zeroizing<String> {
        let masked = if self.reveal { None } else { masked(code) };
        masked.map_or_else(|| code.text.clone(), Zeroizing::new)
    }

    fn told(&self, look: &Look, out: &Output) -> Value {
        let (codes, failure) = (look.codes.as_ref().ok(), look.codes.as_ref().err());
        let seen = failure.and_then(QrError::seen);
        json!({
            "picture": look.name,
            "milliseconds": look.time,
            "error": failure.map(|failure| failure.text().say(out.lang)),
            "hint": failure.and_then(Explain::hint).map(|hint| hint.say(out.lang)),
            "marks": seen.map(|seen| seen.marks),
            "module": seen.map(|seen| f64::from(seen.module_tenths) / 10.0),
            "codes": codes.into_iter().flatten().map(|code| self.code(code)).collect::<Vec<_>>(),
        })
    }

    fn code(&self, code: &Found) -> Value {
        let text = self.text(code);
        json!({
            "text": *text,
            "masked": *text != *code.text,
            "kind": import::kind(&code.text),
            "x": code.position.x,
            "y": code.position.y,
            "size": code.position.size,
            "version": code.version,
            "level": code.level.id(),
            "stage": code.stage,
            "part": code.part.map(|part| json!({ "number": part.number, "of": part.of })),
        })
    }
}

/// The text of `code` without its secrets; `None` if there is none. Nobody knows what a part belongs to.
fn masked(code: &Found) -> Option<String> {
    if code.part.is_some() { Some("***".to_owned()) } else { import::masked(&code.text) }
}

impl Look {
    fn at(name: &str, picture: &[u8]) -> Self {
        let begun = Instant::now();
        let codes = qr::read(picture);
        Self { name: name.to_owned(), time: begun.elapsed().as_millis(), codes }
    }
}

/// Reads the picture at `path`; `-` is standard input. A file that cannot be read at all ends the
/// command, since it was probably named by mistake.
fn file(path: &Path) -> Result<Look, Failure> {
    if path.as_os_str() == "-" {
        return Ok(Look::at("-", &input::standard()?));
    }
    Ok(Look::at(&input::name(path), &input::file(path)?))
}
