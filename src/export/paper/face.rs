//! Characters to glyphs and their widths, in the one font that is ours.
//!
//! Tables `cmap` (format 4), `head`, `hhea` and `hmtx` of the OpenType specification.

/// A font, as far as one line of text needs it.
pub(super) struct Face<'a> {
    /// The subtable that knows characters up to U+FFFF.
    cmap: &'a [u8],
    metrics: &'a [u8],
    /// How many glyphs have a width of their own; the others have the last one.
    widths: u16,
    units_per_em: u16,
}

impl<'a> Face<'a> {
    /// Reads the tables of `font`; `None` if one is missing.
    pub(super) fn parse(font: &'a [u8]) -> Option<Self> {
        let cmap = table(font, *b"cmap")?;
        let subtables = (0..usize::from(number(cmap, 2)?)).filter_map(|at| offset(cmap, 8 + at * 8));
        let mut subtables = subtables.filter_map(|start| cmap.get(start..));
        Some(Self {
            cmap: subtables.find(|subtable| number(subtable, 0) == Some(4))?,
            metrics: table(font, *b"hmtx")?,
            widths: number(table(font, *b"hhea")?, 34)?,
            units_per_em: number(table(font, *b"head")?, 18)?.max(1),
        })
    }

    /// The glyph of `symbol`; `None` if the font has none.
    pub(super) fn glyph(&self, symbol: char) -> Option<u16> {
        let code = u16::try_from(u32::from(symbol)).ok()?;
        let doubled = usize::from(number(self.cmap, 6)?);
        // Four lists of the same length; between the first two stands one number of padding.
        let list = |which: usize, at: usize| {
            let padding = if which == 0 { 0 } else { 2 };
            14 + which * doubled + padding + at * 2
        };
        // The segments stand in order; the first that does not end before the code may have it.
        let (mut at, mut after) = (0, doubled / 2);
        while at < after {
            let middle = at.midpoint(after);
            if number(self.cmap, list(0, middle))? < code { at = middle + 1 } else { after = middle }
        }
        let start = number(self.cmap, list(1, at))?;
        let delta = number(self.cmap, list(2, at))?;
        let range = usize::from(number(self.cmap, list(3, at))?);
        let within = code.checked_sub(start)?;
        let glyph = match range {
            0 => code.wrapping_add(delta),
            // The offset counts from its own place.
            _ => match number(self.cmap, list(3, at) + range + usize::from(within) * 2)? {
                0 => 0,
                glyph => glyph.wrapping_add(delta),
            },
        };
        (glyph != 0).then_some(glyph)
    }

    /// The width of `glyph`, where a line is one high.
    pub(super) fn advance(&self, glyph: u16) -> f32 {
        let at = usize::from(glyph.min(self.widths.saturating_sub(1))) * 4;
        f32::from(number(self.metrics, at).unwrap_or_default()) / f32::from(self.units_per_em)
    }
}

/// The table `name` of `font`.
fn table(font: &[u8], name: [u8; 4]) -> Option<&[u8]> {
    let count = usize::from(number(font, 4)?);
    let records = (0..count).map(|at| 12 + at * 16);
    let record = records.into_iter().find(|at| font.get(*at..*at + 4) == Some(&name))?;
    let (start, length) = (offset(font, record + 8)?, offset(font, record + 12)?);
    font.get(start..start.checked_add(length)?)
}

fn number(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().copied().map(u16::from_be_bytes)
}

fn offset(bytes: &[u8], at: usize) -> Option<usize> {
    let value = bytes.get(at..)?.first_chunk().copied().map(u32::from_be_bytes)?;
    usize::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_have_their_glyphs() {
        let face = Face::parse(include_bytes!("../../../fonts/BIZUDPGothic-Regular.ttf")).unwrap();
        let letters = ['A', 'あ', '楽', 'ー'].map(|symbol| face.glyph(symbol));
        assert!(letters.iter().all(Option::is_some), "{letters:?}");
        // The one is beyond U+FFFF, the other not in the font.
        assert_eq!((face.glyph('𠮷'), face.glyph('⚠')), (None, None));
        let wide = face.advance(face.glyph('楽').unwrap());
        let narrow = face.advance(face.glyph('i').unwrap());
        assert!((wide - 1.0).abs() < 0.01 && narrow < 0.5, "{wide} {narrow}");
    }
}
