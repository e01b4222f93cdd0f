//! The modules of a code, with how sure each of them is.

use zeroize::Zeroizing;

/// A square of modules: above 0 dark, below 0 light, the further from 0 the surer.
pub(in super::super) struct Grid {
    side: usize,
    cells: Zeroizing<Vec<i8>>,
}

impl Grid {
    /// A square of `side` modules that are sure, `dark` or not by column and row; `None` if no code
    /// of model 2 is that large.
    pub(in super::super) fn new(side: usize, dark: impl FnMut(usize, usize) -> bool) -> Option<Self> {
        let mut dark = dark;
        Self::soft(side, |x, y| if dark(x, y) { i8::MAX } else { -i8::MAX })
    }

    /// A square of `side` modules, each as `cell` says by column and row.
    pub(in super::super) fn soft(side: usize, mut cell: impl FnMut(usize, usize) -> i8) -> Option<Self> {
        if !(21..=177).contains(&side) || side % 4 != 1 {
            return None;
        }
        let mut cells = Zeroizing::new(Vec::with_capacity(side * side));
        for y in 0..side {
            cells.extend((0..side).map(|x| cell(x, y)));
        }
        Some(Self { side, cells })
    }

    pub(in super::super) fn side(&self) -> usize {
        self.side
    }

    /// The module in column `x` and row `y`.
    pub(in super::super) fn at(&self, x: usize, y: usize) -> i8 {
        self.cells[y * self.side + x]
    }

    /// Rows and columns exchanged: what a mirror shows.
    pub(super) fn mirrored(&self) -> Self {
        let cells = (0..self.cells.len()).map(|at| self.at(at / self.side, at % self.side));
        Self { side: self.side, cells: Zeroizing::new(cells.collect()) }
    }

    #[cfg(test)]
    pub(super) fn set(&mut self, x: usize, y: usize, cell: i8) {
        self.cells[y * self.side + x] = cell;
    }
}
