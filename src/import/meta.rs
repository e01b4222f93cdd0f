//! The comments of our own files: what is known of an account besides its address, and when and
//! where the file was written (`export/plain.rs` says which). To every other program they are
//! comments.

use serde_json::Value;

use crate::clock::UnixTime;
use crate::key::codes::{self, CodeSet};
use crate::secret::Secret;

use super::json::{Json, list, text};
use super::otp_json::extras;
use super::{Batch, Extras, Imported, Place};

/// When and where a file of ours was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// When.
    pub written: UnixTime,
    /// On which computer; may be empty. Anybody may have written it: pass it through `present`.
    pub device: String,
}

/// Puts what the comments of `text` say to the accounts of `batch`, which was read from it.
/// A line that makes no sense is passed over: codes do not depend on it.
pub(super) fn apply(text: &str, batch: &mut Batch) {
    batch.about = about(text);
    let comment = |line: &str| {
        let (mark, fields) = line.strip_prefix("# ")?.split_once(' ')?;
        let is_codes = match mark {
            "meta" => false,
            "codes" => true,
            _ => return None,
        };
        Some((is_codes, Json::parse(fields).ok()?))
    };
    let comments: Vec<(bool, Json)> = text.lines().filter_map(comment).collect();
    if comments.is_empty() {
        return;
    }
    let addressed = |(number, line): (usize, &str)| line.trim_start().starts_with("otpauth://").then_some(number);
    let places: Vec<Place> = (1..).zip(text.lines()).filter_map(addressed).map(Place::line).collect();
    for (is_codes, fields) in &comments {
        let Some(imported) = account(fields.value(), &places, batch) else { continue };
        if *is_codes {
            imported.extras.codes.extend(set(fields.value()));
        } else {
            let codes = std::mem::take(&mut imported.extras.codes);
            imported.extras = Extras { codes, ..described(fields.value()) };
        }
    }
}

/// The account of `batch` that `fields` are about. The places of lines grow, so it is found without
/// looking at all of them.
fn account<'a>(fields: &Value, places: &[Place], batch: &'a mut Batch) -> Option<&'a mut Imported> {
    let number = usize::try_from(fields["account"].as_u64()?).ok()?;
    let place = places.get(number.checked_sub(1)?)?;
    let at = batch.accounts.binary_search_by(|known| known.place.cmp(place)).ok()?;
    batch.accounts.get_mut(at)
}

/// What `fields` say of an account besides its recovery codes.
pub(super) fn described(fields: &Value) -> Extras {
    Extras {
        url: text(fields, "url").to_owned(),
        login: text(fields, "login").to_owned(),
        second: list(fields, "second").iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        trashed: fields["trashed"].as_u64().map(UnixTime),
        ..extras(fields)
    }
}

/// A set of recovery codes, if they are such as we take.
pub(super) fn set(fields: &Value) -> Option<CodeSet> {
    let codes: Vec<Secret> = list(fields, "codes")
        .iter()
        .map(|code| Some(Secret::from_text(code.as_str()?.to_owned())))
        .collect::<Option<_>>()?;
    let good = (1..=codes::MOST).contains(&codes.len()) && codes.iter().all(codes::fits);
    let position = |value: &Value| value.as_u64().and_then(|position| u16::try_from(position).ok());
    let spent = list(fields, "spent").iter().filter_map(position);
    let spent: Vec<u16> = spent.filter(|position| usize::from(*position) < codes.len()).collect();
    let added = UnixTime(fields["added"].as_u64().unwrap_or_default());
    good.then_some(CodeSet { codes, spent, added })
}

/// What the first lines of a file of ours say.
fn about(text: &str) -> Option<About> {
    let mut head = text.lines().take_while(|line| line.starts_with("# "));
    head.next().filter(|line| line.starts_with("# otp-backup "))?;
    let mut about = About { written: UnixTime::default(), device: String::new() };
    for line in head {
        if let Some(written) = line.strip_prefix("# written ") {
            let seconds = written.split(' ').next().and_then(|seconds| seconds.parse().ok());
            about.written = UnixTime(seconds.unwrap_or_default());
        } else if let Some(device) = line.strip_prefix("# device ") {
            about.device = device.chars().take(crate::account::MAX_NAME).collect();
        }
    }
    Some(about)
}
