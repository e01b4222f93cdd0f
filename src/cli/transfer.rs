//! Google transfer codes: on the screen one by one, or as pictures and pages.

use std::path::{Path, PathBuf};

use crate::app::export::{Piece, save};
use crate::app::sheet::{title, transfer, transfer_code};
use crate::error::Exit;
use crate::export::{self, ExportError, Item, Job, Paper, google};
use crate::text;
use crate::text::{Lang, Text};

use crate::cli::export::{check_new, ending, file_name, tell_place};
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::qr::picture;
use crate::cli::screen::{self, Body, Page};

/// Refuses an ending that names no kind of file.
pub(crate) fn check_ending(path: &Path) -> Result<(), Failure> {
    if ["png", "svg", "pdf", "txt"].contains(&ending(path).as_str()) {
        return Ok(());
    }
    Err(Failure::new(Exit::Usage, text!("export-bad-ending")).hint(text!("export-hint-bad-ending")))
}

/// Shows the codes one by one.
pub(crate) fn show(items: &[Item], job: &Job<'_>, out: &mut Output) -> Result<(), Failure> {
    out.say(&text!("export-screen-warning"));
    let pages = google::pages(items, job.per_page)?;
    let count = pages.len();
    let shown = pages.iter().enumerate().map(|(at, page)| {
        let caption = caption(at + 1, count, &names(page, items, out.lang));
        Ok(Page { body: Body::Code(transfer_code(page)?), caption })
    });
    let shown = shown.collect::<Result<Vec<_>, ExportError>>()?;
    let seen = screen::show(&shown, out)?;
    let unseen = pages.iter().skip(seen).map(|page| page_items(page, items).len()).sum::<usize>();
    if unseen > 0 {
        out.say(&text!("export-left-early", seen = seen, pages = count, count = unseen));
    } else {
        out.note(&text!("export-shown", count = items.len()));
    }
    Ok(())
}

/// Writes the codes as the kind of file that the ending of `path` names.
pub(crate) fn write(items: &[Item], job: &Job<'_>, path: &Path, force: bool, out: &mut Output) -> Result<(), Failure> {
    out.say(&text!("export-plain-warning"));
    let pages = google::pages(items, job.per_page)?;
    let whole = |bytes| vec![Piece { path: path.to_owned(), bytes }];
    let pieces = match ending(path).as_str() {
        "txt" => whole(export::target("google").map_or(Err(ExportError::NotMade), |to| to.write(items, job))?),
        "pdf" => whole(transfer(&pages, items, Paper::A4, out.lang)?),
        _ => pictures(&pages, path, force)?,
    };
    let several = pieces.len() > 1;
    let check = |at: usize, written: &[u8]| match ending(path).as_str() {
        "txt" => export::reads_back(written, items, None).map(drop),
        "png" => {
            let range = pages.get(at).map(|page| page.items.clone()).unwrap_or_default();
            export::reads_back(written, items.get(range).unwrap_or_default(), None).map(drop)
        }
        _ => Ok(()),
    };
    save(&pieces, force, &check)?;
    let name = |piece: Option<&Piece>| piece.map(|piece| file_name(&piece.path)).unwrap_or_default();
    let (first, last) = (name(pieces.first()), name(pieces.last()));
    out.note(&if several {
        text!("export-done-pages", count = items.len(), files = pieces.len(), first = first, last = last)
    } else {
        text!("export-done", count = items.len(), file = first)
    });
    tell_place(path, out);
    Ok(())
}

/// One picture for each page; where there are several, their names are numbered.
fn pictures(pages: &[google::Page], path: &Path, force: bool) -> Result<Vec<Piece>, Failure> {
    let mut pieces = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        let path = if pages.len() > 1 { numbered(path, at + 1, pages.len()) } else { path.to_owned() };
        check_new(&path, force)?;
        pieces.push(Piece { bytes: picture(&transfer_code(page)?, &path)?, path });
    }
    Ok(pieces)
}

/// `codes.png` as `codes-1-of-3.png`.
fn numbered(path: &Path, page: usize, of: usize) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}-{page}-of-{of}.{}", ending(path)))
}

fn page_items<'a>(page: &google::Page, items: &'a [Item]) -> &'a [Item] {
    items.get(page.items.clone()).unwrap_or_default()
}

fn names(page: &google::Page, items: &[Item], lang: Lang) -> String {
    page_items(page, items).iter().map(|item| title(item).say(lang)).collect::<Vec<_>>().join(", ")
}

fn caption(page: usize, pages: usize, accounts: &str) -> Text {
    text!("export-page", page = page, pages = pages, accounts = accounts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_pictures_are_numbered() {
        assert_eq!(numbered(Path::new("a/codes.PNG"), 2, 3), Path::new("a/codes-2-of-3.png"));
    }
}
