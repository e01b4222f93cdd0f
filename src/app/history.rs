//! What happened to the accounts, in words.

use crate::store::index::Event;
use crate::text;
use crate::text::Text;

/// What `event` was, in one sentence.
pub fn sentence(event: &Event) -> Text {
    // Something stands on both sides of the arrow.
    let shown =
        |side: &str| if side.is_empty() { text!("history-nothing") } else { text!("present-title-one", name = side) };
    let (before, after) = (shown(&event.before), shown(&event.after));
    match event.what.as_str() {
        "added" => text!("history-added"),
        "replaced" => text!("history-replaced"),
        "removed" => text!("history-removed"),
        "restored" => text!("history-restored"),
        "counter" => text!("history-counter"),
        "renamed" => text!("history-renamed", before = before, after = after),
        "tags" => text!("history-tags", before = before, after = after),
        "note" => text!("history-note"),
        "codes" => text!("history-codes"),
        "spent" => text!("history-spent"),
        "codes-removed" => text!("history-codes-removed"),
        "codes-restored" => text!("history-codes-restored"),
        "url" => text!("history-url", before = before, after = after),
        "login" => text!("history-login", before = before, after = after),
        "second" => text!("history-second", before = before, after = after),
        other => text!("history-other", what = other),
    }
}
