//! Codes in the order in which people read a page.

use super::Found;

/// Sorts `found` by rows from the top, each from the left. Codes whose centres differ by less than
/// half their size in height stand in one row.
pub(super) fn sort(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by(|one, two| one.position.y.total_cmp(&two.position.y));
    let mut row_start = 0;
    for next in 1..=found.len() {
        let same_row = found.get(next).is_some_and(|code| {
            let first = found[row_start].position;
            code.position.y - first.y < first.size.min(code.position.size) / 2.0
        });
        if !same_row {
            found[row_start..next].sort_by(|one, two| one.position.x.total_cmp(&two.position.x));
            row_start = next;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::super::{Level, Position};
    use super::*;

    #[test]
    fn rows_are_read_from_the_left_even_when_they_lean() {
        let code = |text: &str, x, y| Found {
            text: Zeroizing::new(text.to_owned()),
            position: Position { x, y, size: 100.0 },
            version: 1,
            level: Level::M,
            stage: "local",
            part: None,
        };
        let found =
            vec![code("d", 310.0, 260.0), code("b", 300.0, 90.0), code("c", 100.0, 250.0), code("a", 100.0, 120.0)];
        let texts: Vec<_> = sort(found).iter().map(|code| code.text.to_string()).collect();
        assert_eq!(texts, ["a", "b", "c", "d"]);
        assert!(sort(Vec::new()).is_empty());
    }
}
