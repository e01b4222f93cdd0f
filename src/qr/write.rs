//! Texts to QR codes: the modules, and how they look in a file and on a terminal.
//!
//! What a code says may be a secret, so modules and pictures are wiped when dropped.

use std::fmt::Write as _;
use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma};
use qrcode::{Color, EcLevel, QrCode};
use zeroize::Zeroizing;

use super::QrError;

/// The light border that readers need, in modules (ISO/IEC 18004, 6.3.8).
pub const QUIET: usize = 4;
/// The width of a module in pictures, in pixels.
const PIXELS: usize = 8;
/// The longest text that gets the better error correction, in bytes.
const SHORT: usize = 400;

/// A square of dark and light modules, without its border.
pub struct Modules {
    side: usize,
    dark: Zeroizing<Vec<bool>>,
}

/// The QR code of `text`.
///
/// # Errors
/// When `text` is longer than a QR code can say, which is 2,953 bytes, or
/// somewhat more of capitals and digits.
pub fn modules(text: &str) -> Result<Modules, QrError> {
    made(text, if text.len() <= SHORT { EcLevel::M } else { EcLevel::L })
}

/// The same with the better error correction (level M) however long `text` is: for paper, which gets
/// stains.
///
/// # Errors
/// When `text` is longer than 2,331 bytes, or somewhat more of capitals and digits.
pub fn robust(text: &str) -> Result<Modules, QrError> {
    made(text, EcLevel::M)
}

fn made(text: &str, level: EcLevel) -> Result<Modules, QrError> {
    let code = QrCode::with_error_correction_level(text, level).map_err(|_| QrError::TooLong)?;
    let side = code.width();
    let dark = code.into_colors().into_iter().map(|color| color == Color::Dark).collect();
    Ok(Modules { side, dark: Zeroizing::new(dark) })
}

impl Modules {
    /// The number of modules along a side.
    pub fn side(&self) -> usize {
        self.side
    }

    /// The number of modules along a side, border included.
    pub fn whole(&self) -> usize {
        self.side + 2 * QUIET
    }

    /// Whether the module in `column` and `row`, counted from the corner of the border, is dark.
    pub fn is_dark(&self, column: usize, row: usize) -> bool {
        let inside = |place: usize| place.checked_sub(QUIET).filter(|place| *place < self.side);
        let at = inside(column).zip(inside(row)).map(|(column, row)| row * self.side + column);
        at.and_then(|at| self.dark.get(at)).copied().unwrap_or(false)
    }

    /// The rows of dark modules that touch: row, first column, number of columns.
    pub fn runs(&self) -> Vec<(usize, usize, usize)> {
        let mut runs: Vec<(usize, usize, usize)> = Vec::new();
        for row in 0..self.whole() {
            for column in (0..self.whole()).filter(|column| self.is_dark(*column, row)) {
                match runs.last_mut() {
                    Some((last, start, length)) if *last == row && *start + *length == column => *length += 1,
                    _ => runs.push((row, column, 1)),
                }
            }
        }
        runs
    }

    /// A PNG picture, black on white.
    ///
    /// # Errors
    /// When the picture cannot be made, for want of memory.
    pub fn to_png(&self) -> Result<Zeroizing<Vec<u8>>, QrError> {
        let side = u32::try_from(self.whole() * PIXELS).map_err(|_| QrError::TooLong)?;
        let place = |pixel: u32| usize::try_from(pixel).unwrap_or(usize::MAX) / PIXELS;
        let shade = |x, y| Luma([if self.is_dark(place(x), place(y)) { 0 } else { u8::MAX }]);
        let picture = GrayImage::from_fn(side, side, shade);
        let mut bytes = Cursor::new(Vec::with_capacity(1 << 20));
        let written = picture.write_to(&mut bytes, ImageFormat::Png);
        drop(Zeroizing::new(picture.into_raw()));
        written.map_err(|_| QrError::TooLong)?;
        Ok(Zeroizing::new(bytes.into_inner()))
    }

    /// An SVG picture, black on white.
    pub fn to_svg(&self) -> Zeroizing<String> {
        let side = self.whole();
        let runs = self.runs();
        let mut svg = Zeroizing::new(String::with_capacity(512 + runs.len() * 32));
        // Writing to a string does not fail.
        let _ = write!(
            svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"{0}\" height=\"{0}\" \
             shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\"",
            side * PIXELS
        );
        for (row, column, length) in runs {
            let _ = write!(svg, "M{column} {row}h{length}v1h-{length}z");
        }
        svg.push_str("\"/></svg>\n");
        svg
    }

    /// Lines for a terminal, two rows of modules in each. Both colours are given in every line, so
    /// the code is dark on light whatever the terminal's own colours are.
    pub fn to_terminal(&self) -> Zeroizing<String> {
        // Colours 16 and 231 are black and white everywhere; the first 16 follow the theme.
        const COLOURS: &str = "\u{1b}[38;5;16;48;5;231m";
        let side = self.whole();
        let mut text = Zeroizing::new(String::with_capacity((side * 3 + 32) * side.div_ceil(2)));
        for row in (0..side).step_by(2) {
            text.push_str(COLOURS);
            for column in 0..side {
                text.push(match (self.is_dark(column, row), self.is_dark(column, row + 1)) {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    (false, false) => ' ',
                });
            }
            text.push_str("\u{1b}[0m\n");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "otpauth://totp/楽天:太郎?secret=JBSWY3DPEHPK3PXP&issuer=楽天";

    /// The blocks of a terminal as a picture.
    fn photographed(lines: &str) -> Vec<u8> {
        let rows: Vec<Vec<char>> =
            lines.lines().map(|line| line.chars().filter(|c| " ▀▄█".contains(*c)).collect()).collect();
        let side = u32::try_from(rows[0].len() * 4).unwrap();
        let picture = GrayImage::from_fn(side, side, |x, y| {
            let symbol = rows[y as usize / 8][x as usize / 4];
            let dark = if y / 4 % 2 == 0 { "▀█" } else { "▄█" }.contains(symbol);
            Luma([if dark { 0 } else { 255 }])
        });
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn what_is_written_is_read_back() {
        for text in
            [TEXT.to_owned(), "x".to_owned(), "otpauth-migration://offline?data=".to_owned() + &"A".repeat(2900)]
        {
            let code = modules(&text).unwrap();
            let found = super::super::read(&code.to_png().unwrap()).unwrap();
            assert_eq!(found.iter().map(|found| found.text.as_str()).collect::<Vec<_>>(), [text.as_str()]);
        }
        let code = modules(TEXT).unwrap();
        let found = super::super::read(&photographed(&code.to_terminal())).unwrap();
        assert_eq!(found[0].text.as_str(), TEXT);
        assert_eq!(modules(&"a".repeat(2954)).err(), Some(QrError::TooLong));
    }

    #[test]
    fn a_terminal_of_any_colour_shows_dark_on_light() {
        let lines = modules(TEXT).unwrap().to_terminal();
        for line in lines.lines() {
            assert!(line.starts_with("\u{1b}[38;5;16;48;5;231m") && line.ends_with("\u{1b}[0m"));
        }
    }

    #[test]
    fn runs_cover_exactly_the_dark_modules() {
        let code = modules(TEXT).unwrap();
        let all = (0..code.whole()).flat_map(|row| (0..code.whole()).map(move |column| (column, row)));
        let dark = all.filter(|(column, row)| code.is_dark(*column, *row)).count();
        assert_eq!(code.runs().iter().map(|(_, _, length)| length).sum::<usize>(), dark);
    }
}
