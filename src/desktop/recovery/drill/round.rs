//! What a drill goes through, one after another: each file, each place with copies, and all that
//! shows paper together.

use std::path::PathBuf;

use otp::app::App;
use otp::app::copies::CopyPlace;
use otp::app::drill::Proof;
use otp::app::folder;

use crate::add::reader::{self, Offered};
use crate::failure::Failure;

/// One of them.
pub(super) struct Round {
    /// What it is called; empty where it came from the clipboard.
    pub(super) name: String,
    /// The place with copies that it is about.
    pub(super) place: Option<CopyPlace>,
    pub(super) proof: Proof,
    /// What there is to read; nothing in a place that has no copy.
    pub(super) offered: Vec<Offered>,
}

/// The newest copy of every place, where there is any.
pub(super) fn newest(app: &App) -> Vec<Round> {
    let places = app.copies_status().places;
    if places.iter().all(|place| place.newest.is_none()) {
        return Vec::new();
    }
    let round = |place: CopyPlace| {
        let newest: Option<PathBuf> = place.newest.as_ref().map(|copy| copy.path.clone());
        let name = newest.as_deref().map(reader::file_name).unwrap_or_default();
        let offered = newest.into_iter().map(Offered::Path).collect();
        Round { name, place: Some(place), proof: Proof::Copy, offered }
    };
    places.into_iter().map(round).collect()
}

/// What is brought, sorted: paper proves something else than a copy.
pub(super) fn sorted(offered: Vec<Offered>) -> Result<Vec<Round>, Failure> {
    let mut rounds = Vec::new();
    let mut paper = Round { name: String::new(), place: None, proof: Proof::Paper, offered: Vec::new() };
    for offered in spread(offered)? {
        let name = name(&offered);
        if proof(&offered) == Proof::Copy {
            rounds.push(Round { name, place: None, proof: Proof::Copy, offered: vec![offered] });
            continue;
        }
        let between = if paper.name.is_empty() || name.is_empty() { "" } else { ", " };
        paper.name.push_str(between);
        paper.name.push_str(&name);
        paper.offered.push(offered);
    }
    if !paper.offered.is_empty() {
        rounds.push(paper);
    }
    Ok(rounds)
}

/// `offered` with folders replaced by the files in them.
fn spread(offered: Vec<Offered>) -> Result<Vec<Offered>, Failure> {
    let mut all = Vec::new();
    for offered in offered {
        match offered {
            Offered::Path(path) if path.is_dir() => {
                all.extend(folder::inside(&path)?.files.into_iter().map(Offered::Path));
            }
            offered => all.push(offered),
        }
    }
    Ok(all)
}

fn proof(offered: &Offered) -> Proof {
    match offered {
        Offered::Picture(_) => Proof::Paper,
        Offered::Content(_, bytes) => Proof::of(bytes),
        // What cannot be read is told when its turn comes.
        Offered::Path(path) => reader::read(path).map_or(Proof::Copy, |bytes| Proof::of(&bytes)),
        Offered::Key(_) | Offered::Batch(_) => Proof::Copy,
    }
}

fn name(offered: &Offered) -> String {
    match offered {
        Offered::Path(path) => reader::file_name(path),
        Offered::Content(name, _) => name.clone(),
        Offered::Picture(_) | Offered::Key(_) | Offered::Batch(_) => String::new(),
    }
}
