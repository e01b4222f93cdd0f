//! Threes of marks that may be corners of a code that is held at a steep angle.
//!
//! `ZXing` takes no marks together of which one is more than twice as large as another.

use super::fit::Three;
use super::marks::Mark;

/// The most marks of which all threes are looked at.
const FEW: usize = 16;
/// How many times as large as the smallest the largest mark may be.
const UNEVEN: std::ops::RangeInclusive<f32> = 1.9..=4.0;
/// How many modules may be between the middles of two marks of a code.
const APART: std::ops::RangeInclusive<f32> = 11.0..=250.0;

/// Threes of `marks`, if these are few, that are of very different sizes and stand like the corners of one
/// code: the corner, the mark to its right and the one below.
pub(super) fn tilted(marks: &[Mark]) -> Vec<Three> {
    if marks.len() > FEW {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (one, first) in marks.iter().enumerate() {
        for (two, second) in marks.iter().enumerate().skip(one + 1) {
            let thirds = marks.iter().skip(two + 1);
            found.extend(thirds.filter_map(|third| corners([*first, *second, *third])));
        }
    }
    found.sort_by(|one: &(f32, Three), two| one.0.total_cmp(&two.0));
    found.into_iter().map(|(_, three)| three).collect()
}

/// The three in their order, and how unlike the corners of a code they are; `None` if they are none.
fn corners(three: Three) -> Option<(f32, Three)> {
    let sizes = three.map(|mark| mark.size);
    let (least, most) =
        sizes.iter().fold((f32::MAX, 0.0_f32), |(least, most), size| (least.min(*size), most.max(*size)));
    if !UNEVEN.contains(&(most / least)) {
        return None;
    }
    // Each mark as the corner; the longest side is opposite to it.
    let turns = [[0, 1, 2], [1, 2, 0], [2, 0, 1]].map(|order| order.map(|at| three[at]));
    let [corner, one, two] =
        turns.into_iter().max_by(|a, b| modules(&a[1], &a[2]).total_cmp(&modules(&b[1], &b[2])))?;
    let (first, second) = (modules(&corner, &one), modules(&corner, &two));
    let uneven = (first / second).max(second / first);
    if uneven > 1.7 || !APART.contains(&first) || !APART.contains(&second) {
        return None;
    }
    let (right, down) = ((one.x - corner.x, one.y - corner.y), (two.x - corner.x, two.y - corner.y));
    let turn = (right.0 * down.1 - right.1 * down.0) / (right.0.hypot(right.1) * down.0.hypot(down.1));
    // Neither in one line nor much.
    if turn.abs() < 0.4 {
        return None;
    }
    let ordered = if turn > 0.0 { [corner, one, two] } else { [corner, two, one] };
    Some((uneven, ordered))
}

/// How many modules are between two marks: their size changes along the way.
fn modules(one: &Mark, two: &Mark) -> f32 {
    (one.x - two.x).hypot(one.y - two.y) / ((one.size * two.size).sqrt() / 7.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(x: f32, y: f32, size: f32) -> Mark {
        Mark { x, y, size }
    }

    /// The marks of a code of 57 modules, seen from the right and a little from above.
    const STEEP: Three = [
        Mark { x: 181.5, y: 152.5, size: 16.0 },
        Mark { x: 366.0, y: 174.5, size: 34.0 },
        Mark { x: 144.5, y: 277.0, size: 14.5 },
    ];

    #[test]
    fn marks_of_a_steep_code_are_put_in_order_whatever_theirs_is() {
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let mixed = order.map(|at| STEEP[at]);
            assert_eq!(tilted(&mixed), [STEEP], "{order:?}");
        }
    }

    #[test]
    fn others_are_left_to_zxing_or_are_none() {
        let none = |three: Three| assert!(tilted(&three).is_empty(), "{three:?}");
        // As large as each other.
        none([mark(10.0, 10.0, 14.0), mark(200.0, 10.0, 14.0), mark(10.0, 200.0, 14.0)]);
        // In one line.
        none([mark(10.0, 10.0, 14.0), mark(110.0, 20.0, 20.0), mark(260.0, 30.0, 35.0)]);
        // One much further away than the other.
        none([mark(10.0, 10.0, 14.0), mark(300.0, 10.0, 35.0), mark(10.0, 60.0, 14.0)]);
        let crowd: Vec<Mark> = (0..=FEW).flat_map(|_| STEEP).collect();
        assert!(tilted(&crowd).is_empty());
    }
}
