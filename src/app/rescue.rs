//! What to do when one cannot get in, as a page of text.

use std::fmt::Write as _;

use crate::present;
use crate::recovery::rescue::Case;
use crate::store::index::Entry;
use crate::text;
use crate::text::{Lang, Text};

/// How wide the steps are written, in columns: a page of a printer has room for them.
const COLUMNS: usize = 78;

/// What has happened, and to which account.
pub fn heading(case: Case, entry: Option<&Entry>) -> Text {
    match entry {
        Some(entry) => {
            text!("rescue-heading", case = case.text(), account = present::title(&entry.issuer, &entry.name))
        }
        None => text!("rescue-heading-any", case = case.text()),
    }
}

/// The steps as a page of text.
pub fn page(heading: &Text, steps: &[Text], lang: Lang) -> String {
    let mut page = format!("{}\n", heading.say(lang));
    for (number, step) in steps.iter().enumerate() {
        page.push('\n');
        for (at, line) in present::wrap(&step.say(lang), COLUMNS - 4).iter().enumerate() {
            let lead = if at == 0 { format!("{:>2}. ", number + 1) } else { "    ".to_owned() };
            // Writing to a string does not fail.
            let _ = writeln!(page, "{lead}{line}");
        }
    }
    page
}
