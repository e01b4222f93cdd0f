//! A room uses only the rooms above it in the table of `src/lib.rs`.

use crate::sources::{self, Source};

/// The rooms, from the ground up.
fn order() -> Vec<String> {
    let map = sources::file("src/lib.rs").text;
    let rows = map.lines().filter_map(|line| line.strip_prefix("//! | [`"));
    rows.filter_map(|row| row.split_once('`')).map(|(room, _)| room.to_owned()).collect()
}

/// The room that `source` belongs to; `None` for the map of the crate, the programs and
/// the window.
fn room(source: &Source) -> Option<String> {
    let inside = source.path.strip_prefix("src/")?;
    let room = inside.split('/').next()?.trim_end_matches(".rs");
    (!matches!(room, "lib" | "bin" | "desktop")).then(|| room.to_owned())
}

/// The names that stand right after `crate::` in `code`, those of a `{…}` group one by one.
fn used(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, found) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + found.len()..];
        match rest.strip_prefix('{') {
            Some(group) => names.extend(group_heads(group)),
            None => names.push(head(rest)),
        }
    }
    names
}

/// The first name of each member of a `use` group whose `{` was just read.
fn group_heads(group: &str) -> Vec<String> {
    let (mut depth, mut heads) = (1, vec![head(group.trim_start())]);
    for (at, symbol) in group.char_indices() {
        match symbol {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => heads.push(head(group[at + 1..].trim_start())),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    heads
}

fn head(path: &str) -> String {
    path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn no_room_uses_one_below_it() {
    let order = order();
    let place = |room: &str| order.iter().position(|other| other == room);
    let mut upward = Vec::new();
    for source in sources::files("src", "rs") {
        let Some(room) = room(&source) else { continue };
        let own = place(&room);
        assert!(own.is_some(), "{}: `{room}` is missing in the table of src/lib.rs", source.path);
        for other in used(&source.code()) {
            if place(&other) > own {
                upward.push(format!("{}: `{room}` uses `{other}`, which stands below it", source.path));
            }
        }
    }
    assert!(upward.is_empty(), "{}", upward.join("\n"));
}

#[test]
fn the_library_declares_its_rooms_in_the_order_of_the_table() {
    let code = sources::file("src/lib.rs").code();
    let declared: Vec<_> = code.lines().filter_map(|line| line.strip_prefix("pub mod ")).map(head).collect();
    let expected: Vec<_> = order().into_iter().filter(|room| declared.contains(room)).collect();
    assert_eq!(declared, expected);
}

#[test]
fn every_way_to_write_a_use_is_seen() {
    #[track_caller]
    fn case(code: &str, names: &[&str]) {
        assert_eq!(used(code), names);
    }
    case("use crate::code::Code;", &["code"]);
    case("use crate::{account::{Account, Kind}, code};", &["account", "code"]);
    case("use crate::{\n    clock,\n    store::{self, Key},\n};\nfn f() {}", &["clock", "store", ""]);
    case("let code = crate::code::at(a, now);", &["code"]);
    case("$crate::text::Text::new(x)", &["text"]);
    case("use othercrate::code;", &[]);
}
