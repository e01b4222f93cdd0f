//! `# meta` lines of our own files: what is known of an account besides its address
//! (`security.md` part 4, rule 3). To every other program they are comments.

use super::json::Json;
use super::otp_json::extras;
use super::{Batch, Place};

const START: &str = "# meta ";

/// Puts what the `# meta` lines of `text` say to the accounts of `batch`, which was read from it.
/// A line that makes no sense is passed over: codes do not depend on it.
pub(super) fn apply(text: &str, batch: &mut Batch) {
    let metas: Vec<Json> = text.lines().filter_map(|line| Json::parse(line.strip_prefix(START)?).ok()).collect();
    if metas.is_empty() {
        return;
    }
    let addressed = |(number, line): (usize, &str)| line.trim_start().starts_with("otpauth://").then_some(number);
    let places: Vec<Place> = (1..).zip(text.lines()).filter_map(addressed).map(Place::line).collect();
    for meta in &metas {
        let number = meta.value()["account"].as_u64().and_then(|number| usize::try_from(number).ok());
        let place = number.and_then(|number| places.get(number.checked_sub(1)?));
        // The places of lines grow, so the account is found without looking at all of them.
        let found = place.and_then(|place| batch.accounts.binary_search_by(|known| known.place.cmp(place)).ok());
        if let Some(imported) = found.and_then(|at| batch.accounts.get_mut(at)) {
            imported.extras = extras(meta.value());
        }
    }
}
