//! The faces on board, and what stands for a symbol that none of them has.

use std::sync::Arc;

use eframe::egui;
use egui::epaint::text::{GlyphBitmap, GlyphRasterizer, RasterizedGlyph};
use egui::{Color32, ColorImage, FontData, FontDefinitions, FontFamily};

const REGULAR: &str = "BIZ UDPGothic";
const BOLD: &str = "BIZ UDPGothic Bold";

/// `BIZ UDPGothic` before every other face: even strokes at small sizes, and all of JIS X 0213.
pub(super) fn all() -> FontDefinitions {
    let mut all = FontDefinitions::default();
    let regular: &[u8] = include_bytes!("../../../fonts/BIZUDPGothic-Regular.ttf");
    let bold: &[u8] = include_bytes!("../../../fonts/BIZUDPGothic-Bold.ttf");
    for (name, data) in [(REGULAR, regular), (BOLD, bold)] {
        all.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(data)));
    }
    let proportional = all.families.entry(FontFamily::Proportional).or_default();
    proportional.insert(0, REGULAR.to_owned());
    let heavy = std::iter::once(BOLD.to_owned()).chain(proportional.iter().cloned()).collect();
    all.families.insert(family(), heavy);
    all.families.entry(FontFamily::Monospace).or_default().push(REGULAR.to_owned());
    all
}

/// The bold face.
pub(super) fn family() -> FontFamily {
    FontFamily::Name("bold".into())
}

/// Draws an empty frame for each symbol that no face has, such as the newest emoji in somebody's name.
/// What the face itself would draw is crossed out and looks like a fault. Not in tests, where such a
/// symbol is one.
pub(crate) fn stand_in(ctx: &egui::Context) {
    ctx.add_glyph_rasterizer(GlyphRasterizer::new("stand-in", |request| Some(frame(request.font_size_px))));
}

/// A frame as high as a letter, on the line of the text.
fn frame(size: f32) -> RasterizedGlyph {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels of a letter")]
    let [pixels, stroke] = [0.66, 0.06].map(|part| (size * part).round().max(1.0) as usize);
    let mut image = ColorImage::filled([pixels, pixels], Color32::TRANSPARENT);
    for (x, y) in (0..pixels).flat_map(|x| (0..pixels).map(move |y| (x, y))) {
        let depth = x.min(y).min(pixels - 1 - x).min(pixels - 1 - y);
        if depth < stroke {
            // Fainter than letters, so that those lead.
            image[(x, y)] = Color32::from_white_alpha(150);
        }
    }
    let space = (size * 0.12).round();
    #[expect(clippy::cast_precision_loss, reason = "pixels of a letter")]
    let width = pixels as f32;
    let offset_px = egui::vec2(space, 0.04_f32.mul_add(size, -width).round());
    RasterizedGlyph { bitmap: GlyphBitmap { image, offset_px, is_color: false }, advance_px: width + 2.0 * space }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the product has is what is tested: the faces with emoji are a feature of the toolkit that
    /// its test harness turns on by itself.
    #[test]
    fn the_faces_with_emoji_are_on_board() {
        let manifest = include_str!("../../../Cargo.toml");
        assert!(
            manifest.lines().any(|line| line.starts_with("egui = ") && line.contains("\"monochrome_emoji_fonts\""))
        );
        let desktop = manifest.lines().find(|line| line.starts_with("desktop = ")).unwrap();
        assert!(desktop.contains("\"dep:egui\""));
        let harness = egui_kittest::Harness::builder().with_context_setup(super::super::apply);
        let harness = harness.build_ui(|_| {});
        for symbol in ['😀', '🏦', '\u{2764}', '👨', '🇯', '★', '楽'] {
            let font = egui::FontId::proportional(14.0);
            assert!(harness.ctx.fonts_mut(|fonts| fonts.has_glyph(&font, symbol)), "{symbol}");
        }
    }

    #[test]
    fn a_symbol_that_no_face_has_gets_an_empty_frame() {
        let setup = |ctx: &egui::Context| {
            super::super::apply(ctx);
            stand_in(ctx);
        };
        // Without it the harness would end here: nothing has a glyph for these.
        let harness = egui_kittest::Harness::builder().with_context_setup(setup);
        let mut harness = harness.build_ui(|ui| drop(ui.label("은행 \u{1faa9} Bank")));
        harness.run();
        let frame = frame(20.0);
        let [width, height] = frame.bitmap.image.size;
        assert!(frame.advance_px > 13.0 && frame.advance_px < 21.0);
        assert_eq!(frame.bitmap.image[(width / 2, height / 2)], Color32::TRANSPARENT);
        assert_ne!(frame.bitmap.image[(0, 0)], Color32::TRANSPARENT);
    }
}
