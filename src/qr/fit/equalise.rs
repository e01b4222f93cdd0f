//! Blur and double edges: each module is seen as a mix of itself and those around it. How to undo
//! the mix is learned from the modules that are known, by least squares.

use super::template::Template;

/// How strongly the learned weights are held to a module alone, against noise.
const HELD: f32 = 0.03;

/// `shades` of modules, each made anew of those within `reach`; `None` if nothing can be learned.
pub(super) fn equalised(shades: &[f32], template: &Template, reach: usize) -> Option<Vec<f32>> {
    let side = template.side;
    let around = |x: usize, y: usize| {
        let span = 2 * reach + 1;
        (0..span * span).map(move |n| {
            let (x, y) = ((x + n % span).checked_sub(reach), (y + n / span).checked_sub(reach));
            // Beyond the edges is the light border.
            x.zip(y).filter(|(x, y)| *x < side && *y < side).map_or(-1.0, |(x, y)| shades[y * side + x])
        })
    };
    let count = (2 * reach + 1).pow(2);
    let mut rows = vec![vec![0.0; count + 1]; count];
    for (x, y, sign) in &template.known {
        let seen: Vec<f32> = around(*x, *y).collect();
        for (row, one) in rows.iter_mut().zip(&seen) {
            row.iter_mut().zip(seen.iter().chain([sign])).for_each(|(sum, two)| *sum += one * two);
        }
    }
    let held = HELD * template.known.len() as f32;
    for (n, row) in rows.iter_mut().enumerate() {
        row[n] += held;
        row[count] += if n == count / 2 { held } else { 0.0 };
    }
    let weights = solved(rows)?;
    let made = (0..side * side).map(|at| around(at % side, at / side).zip(&weights).map(|(one, two)| one * two).sum());
    Some(made.collect())
}

/// The solution of linear equations, each row ending with its sum.
fn solved(mut rows: Vec<Vec<f32>>) -> Option<Vec<f32>> {
    let count = rows.len();
    for at in 0..count {
        let pivot = (at..count).max_by(|one, two| rows[*one][at].abs().total_cmp(&rows[*two][at].abs()))?;
        rows.swap(at, pivot);
        if rows[at][at].abs() < f32::EPSILON {
            return None;
        }
        let first = rows[at].clone();
        for row in rows.iter_mut().skip(at + 1) {
            let factor = row[at] / first[at];
            row.iter_mut().zip(&first).skip(at).for_each(|(one, two)| *one -= factor * two);
        }
    }
    let mut solution = vec![0.0; count];
    for at in (0..count).rev() {
        let rest: f32 = (at + 1..count).map(|n| rows[at][n] * solution[n]).sum();
        solution[at] = (rows[at][count] - rest) / rows[at][at];
    }
    Some(solution)
}
