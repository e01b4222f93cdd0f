//! JSON trees whose texts are wiped, and fields that every app spells differently.

use std::collections::HashMap;

use serde_json::Value;
use zeroize::Zeroize;

use crate::uri::{self, Field, UriError};

use super::ImportError;

/// The most brackets and commas of a tree: each may cost tens of bytes of memory.
const MOST_NODES: usize = 2_000_000;

/// A tree whose texts are wiped when it is dropped, because some of them are secrets.
pub(super) struct Json(Value);

impl Json {
    /// Reads `text`.
    ///
    /// # Errors
    /// The line on which it stops being JSON; 0 if it is too large a tree.
    pub(super) fn parse(text: &str) -> Result<Self, usize> {
        let nodes = memchr::memchr3_iter(b',', b'[', b'{', text.as_bytes()).take(MOST_NODES).count();
        if nodes == MOST_NODES {
            return Err(0);
        }
        // serde_json quotes the offending value, which may be a secret: keep the line, drop the
        // text. Its own limit on depth is 128.
        serde_json::from_str(text).map(Self).map_err(|error| error.line())
    }

    /// Reads `plain`, the decrypted content of a source of format `id`.
    ///
    /// # Errors
    /// When it is damaged.
    pub(super) fn decrypted(plain: &[u8], id: &'static str) -> Result<Self, ImportError> {
        let text = std::str::from_utf8(plain).map_err(|_| ImportError::damaged(id))?;
        Self::parse(text).map_err(|line| ImportError::Damaged { format: id, line })
    }

    /// The tree.
    pub(super) fn value(&self) -> &Value {
        &self.0
    }
}

impl Drop for Json {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

/// Wipes the texts of `value`.
pub(crate) fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        // Names too: there are formats that keep texts in them.
        Value::Object(fields) => std::mem::take(fields).into_iter().for_each(|(mut key, mut value)| {
            key.zeroize();
            wipe(&mut value);
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The text under `key` of `item`; empty where there is none.
pub(super) fn text<'a>(item: &'a Value, key: &str) -> &'a str {
    item.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The entries of the array under `key` of `item`; none where there is none.
pub(super) fn list<'a>(item: &'a Value, key: &str) -> &'a [Value] {
    item.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// The names of things that entries mention by id, such as folders: the list under `key` of `tree`,
/// whose items have an `id_key` and a `name`.
pub(super) fn names(tree: &Value, key: &str, id_key: &str) -> HashMap<String, String> {
    list(tree, key).iter().map(|item| (id(item, id_key), text(item, "name").to_owned())).collect()
}

/// The id under `key` of `item`, which some apps write as a number; empty where there is none.
pub(super) fn id(item: &Value, key: &str) -> String {
    match item.get(key) {
        Some(Value::String(id)) => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => String::new(),
    }
}

/// Whether `key` of `item` is true, as a truth value or as text.
pub(super) fn is_true(item: &Value, key: &str) -> bool {
    match item.get(key) {
        Some(Value::Bool(value)) => *value,
        Some(Value::String(text)) => text.eq_ignore_ascii_case("true"),
        _ => false,
    }
}

/// The whole number under `key` of `item`, written as number or text; `None` where it is absent,
/// null or blank (`formats.md` 2.4).
///
/// # Errors
/// When it is anything else.
pub(super) fn number(item: &Value, key: &str, field: Field) -> Result<Option<u64>, UriError> {
    match item.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Number(number)) => number.as_u64().map(Some).ok_or(UriError::BadNumber { field }),
        Some(Value::String(text)) => uri::read_number(field, text),
        Some(_) => Err(UriError::BadNumber { field }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_every_spelling() {
        #[track_caller]
        fn case(json: &str, expected: &Result<Option<u64>, UriError>) {
            let tree = Json::parse(&format!("{{\"n\":{json}}}")).unwrap();
            assert_eq!(&number(tree.value(), "n", Field::Digits), expected);
        }
        let bad = || Err(UriError::BadNumber { field: Field::Digits });
        case("6", &Ok(Some(6)));
        case("\" 6\"", &Ok(Some(6)));
        case("\"\"", &Ok(None));
        case("null", &Ok(None));
        case("18446744073709551615", &Ok(Some(u64::MAX)));
        case("-6", &bad());
        case("6.5", &bad());
        case("\"six\"", &bad());
        case("[]", &bad());
    }

    #[test]
    fn a_damaged_tree_names_its_line_and_nothing_of_it() {
        assert_eq!(Json::parse("{\n\"a\": 1,\n\"b\": SECRET}").err(), Some(3));
        assert_eq!(Json::parse(&"[".repeat(1_000_000)).err(), Some(1));
        assert_eq!(Json::parse(&"[".repeat(MOST_NODES)).err(), Some(0));
    }
}
