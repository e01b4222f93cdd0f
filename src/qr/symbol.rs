//! From the modules of one QR code to what it says (ISO/IEC 18004:2015, model 2).
//!
//! Every finder of codes hands its modules to this one reading, so that a text does not depend on
//! who found it. A reading says how much speaks for it, in bits: chance must not make a text.

use zeroize::Zeroizing;

use super::{Level, Part};

mod charset;
mod format;
mod grid;
mod mend;
mod model1;
mod segments;
mod words;

pub(super) use grid::Grid;
pub(super) use words::Layout;

/// What a code says.
pub(super) struct Symbol {
    pub(super) text: Zeroizing<String>,
    /// From 1 to 40.
    pub(super) version: u8,
    pub(super) level: Level,
    /// How unlikely it is, in bits, that modules drawn by lot read like this.
    pub(super) evidence: i32,
    /// Which part of a longer text it is.
    pub(super) part: Option<Part>,
}

/// Reads `grid`, or its mirror image; `None` if the modules say nothing.
pub(super) fn read(grid: &Grid) -> Option<Symbol> {
    read_one_way(grid).or_else(|| read_one_way(&grid.mirrored()))
}

fn read_one_way(grid: &Grid) -> Option<Symbol> {
    let layout = Layout::new(grid.side())?;
    let likeness = layout.likeness(grid);
    if likeness <= 0 {
        // As many fixed modules are wrong as if they were drawn by lot.
        return None;
    }
    let read = format::candidates(grid).into_iter().find_map(|format| {
        let (data, mended) = layout.data(grid, format)?;
        let content = segments::read(&data, layout.version())?;
        let evidence = mended + content.padding + likeness;
        let segments::Content { text, part, .. } = content;
        Some(Symbol { text, version: layout.version(), level: format.level, evidence, part })
    });
    read.or_else(|| model1::read(grid, likeness))
}

#[cfg(test)]
mod tests {
    use qrcode::{Color, EcLevel, QrCode, Version};

    use super::super::reading::NEEDED;
    use super::*;

    fn grid(code: &QrCode) -> Grid {
        Grid::new(code.width(), |x, y| code[(x, y)] == Color::Dark).unwrap()
    }

    #[test]
    fn every_version_and_level_is_read() {
        for version in 1..=40 {
            for (theirs, level) in
                [(EcLevel::L, Level::L), (EcLevel::M, Level::M), (EcLevel::Q, Level::Q), (EcLevel::H, Level::H)]
            {
                let code = QrCode::with_version(b"otp", Version::Normal(version), theirs).unwrap();
                let symbol = read(&grid(&code)).unwrap();
                assert_eq!((symbol.text.as_str(), i16::from(symbol.version), symbol.level), ("otp", version, level));
                assert!(symbol.evidence > 60, "{version} {level:?}: {}", symbol.evidence);
            }
        }
    }

    #[test]
    fn mirrored_and_damaged_modules_are_read() {
        let code = QrCode::with_error_correction_level("secret=JBSWY3DPEHPK3PXP", EcLevel::H).unwrap();
        let mut damaged = grid(&code).mirrored();
        for place in 0..12 {
            damaged.set(12 + place % 4, 12 + place / 4, 0);
        }
        assert_eq!(read(&damaged).unwrap().text.as_str(), "secret=JBSWY3DPEHPK3PXP");
    }

    /// A fifth of the modules is beyond what the code can mend, unless the reader knows which.
    #[test]
    fn modules_known_to_be_unsure_cost_half() {
        let code = QrCode::with_version(b"0123456789abcdef", Version::Normal(3), EcLevel::H).unwrap();
        let soft = |sure: i8| {
            let mut grid = grid(&code);
            for (x, y) in (9..29).flat_map(|x| (9..19).map(move |y| (x, y))) {
                if (x * 7 + y * 3) % 5 < 2 {
                    let dark = grid.at(x, y) > 0;
                    grid.set(x, y, if dark { -sure } else { sure });
                }
            }
            grid
        };
        assert!(read(&soft(127)).is_none());
        assert_eq!(read(&soft(1)).unwrap().text.as_str(), "0123456789abcdef");
    }

    /// Data past mending amid whole fixed patterns: the error correction is met by chance, once in ten
    /// thousand such codes. This is one.
    #[test]
    fn what_fixed_patterns_say_makes_no_text() {
        let known = Layout::new(29).unwrap().known();
        let mut state = 7164_u64.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let grid = Grid::soft(29, |x, y| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let cell = i8::try_from((state >> 8) % 127).unwrap();
            let noise = if state >> 40 & 1 == 1 { cell } else { -cell };
            let fixed = known.iter().find(|(column, row, _)| (*column, *row) == (x, y));
            fixed.map_or(noise, |(_, _, dark)| if *dark { 127 } else { -127 })
        });
        let symbol = read(&grid.unwrap()).unwrap();
        assert_eq!(symbol.text.as_str(), "05");
        assert!(symbol.evidence < NEEDED, "{}", symbol.evidence);
    }

    #[test]
    fn noise_says_nothing_that_counts() {
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut most = i32::MIN;
        for _ in 0..1000 {
            let grid = Grid::new(21, |_, _| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                state & 1 == 1
            });
            most = read(&grid.unwrap()).map_or(most, |symbol| most.max(symbol.evidence));
        }
        assert!(most < NEEDED, "{most}");
    }
}
