//! Google transfer codes: on the screen one by one, or as pictures and pages.

use std::path::{Path, PathBuf};

use crate::app::sheet::{title, transfer_code};
use crate::app::transfer::Form;
use crate::error::Exit;
use crate::export::{ExportError, Item, Job, google};
use crate::text;
use crate::text::{Lang, Text};

use crate::cli::export::{check_new, file_name, tell_place};
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::screen::{self, Body, Page};

/// What the ending of `path` asks for; refuses one that names no kind of file.
pub(crate) fn form(path: &Path) -> Result<Form, Failure> {
    let unknown = || Failure::new(Exit::Usage, text!("export-bad-ending")).hint(text!("export-hint-bad-ending"));
    Form::named(path).ok_or_else(unknown)
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
    let form = form(path)?;
    let files = form.files(path, google::pages(items, job.per_page)?.len());
    for file in &files {
        check_new(file, force)?;
    }
    form.write(items, job, &files, force, out.lang)?;
    let name = |file: Option<&PathBuf>| file.map(|file| file_name(file)).unwrap_or_default();
    let (first, last) = (name(files.first()), name(files.last()));
    out.note(&if files.len() > 1 {
        text!("export-done-pages", count = items.len(), files = files.len(), first = first, last = last)
    } else {
        text!("export-done", count = items.len(), file = first)
    });
    tell_place(path, out);
    Ok(())
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
