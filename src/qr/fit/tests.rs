use qrcode::{Color, EcLevel, QrCode, Version};

use super::*;

/// Pixels to a module.
const MODULE: f32 = 5.0;
/// What is light around a code, in modules.
const BORDER: f32 = 6.0;

fn code(version: i16) -> QrCode {
    QrCode::with_version(b"otpauth", Version::Normal(version), EcLevel::M).unwrap()
}

/// A picture of as many modules as `code` and its border have, where `from` says which place of the flat code,
/// in pixels, shows at a pixel.
fn seen(code: &QrCode, from: impl Fn(Place) -> Place) -> Grey {
    let side = ((code.width() as f32 + 2.0 * BORDER) * MODULE) as usize;
    let dark = |place: Place| {
        let (x, y) = (place.0 / MODULE - BORDER, place.1 / MODULE - BORDER);
        let inside = |at: f32| at >= 0.0 && (at as usize) < code.width();
        inside(x) && inside(y) && code[(x as usize, y as usize)] == Color::Dark
    };
    let shade = |at: usize| {
        let parts = (0..16).map(|n| ((n % 4) as f32 / 4.0 + 0.125, (n / 4) as f32 / 4.0 + 0.125));
        let (x, y) = ((at % side) as f32, (at / side) as f32);
        let dark = parts.filter(|part| dark(from((x + part.0, y + part.1)))).count();
        (240 - dark * 14) as u8
    };
    Grey::new(side, side, (0..side * side).map(shade).collect()).unwrap()
}

/// The marks of a code of `side` modules, where `to` says at which pixel a place of the flat code shows.
fn marks(side: usize, to: impl Fn(Place) -> Place) -> Three {
    let far = side as f32 - 3.5;
    [(3.5, 3.5), (far, 3.5), (3.5, far)].map(|(x, y)| {
        let (x, y) = to(((x + BORDER) * MODULE, (y + BORDER) * MODULE));
        Mark { x, y, size: 7.0 * MODULE }
    })
}

/// How many modules differ at least from those of `code` among all grids that are handed over; all of them where
/// none is.
fn wrong(code: &QrCode, picture: &Grey, three: &Three) -> usize {
    let mut least = code.width() * code.width();
    read(picture, three, &mut |grid, _| {
        let places = (0..grid.side()).flat_map(|y| (0..grid.side()).map(move |x| (x, y)));
        let differs = |place: &(usize, usize)| (grid.at(place.0, place.1) > 0) != (code[*place] == Color::Dark);
        if grid.side() == code.width() {
            least = least.min(places.filter(differs).count());
        }
        false
    });
    least
}

#[test]
fn a_plane_passes_through_its_middles() {
    let middles = [(10.0, 20.0), (110.0, 25.0), (100.0, 130.0), (5.0, 115.0)];
    let plane = Plane::new(21, middles);
    for (place, (x, y)) in [(3.5, 3.5), (17.5, 3.5), (17.5, 17.5), (3.5, 17.5)].into_iter().zip(middles) {
        let (found_x, found_y) = plane.at(place.0, place.1);
        assert!((found_x - x).abs() < 0.01 && (found_y - y).abs() < 0.01, "{found_x} {found_y}");
    }
}

/// The nearer marks are twice as large as the other.
#[test]
fn nearly_every_module_is_read_of_a_code_seen_from_the_side() {
    const TILT: f32 = 0.8;
    const FAR: f32 = 1.4;
    for version in [2, 7, 14] {
        let code = code(version);
        let half = (code.width() as f32 / 2.0 + BORDER) * MODULE;
        let depth = |right: f32| 1.0 + TILT * right / (2.0 * half);
        let from = |(x, y): Place| {
            let (x, y) = ((x - half) * FAR, (y - half) * FAR);
            (x / depth(x) + half, y / depth(x) + half)
        };
        let three = marks(code.width(), |place| place).map(|mark| {
            let (x, y) = (mark.x - half, mark.y - half);
            let right = x / (1.0 - TILT * x / (2.0 * half));
            let (x, y) = (right / FAR + half, y * depth(right) / FAR + half);
            Mark { x, y, size: mark.size * depth(right).powf(1.5) / FAR }
        });
        let count = wrong(&code, &seen(&code, from), &three);
        assert!(count * 100 < code.width() * code.width(), "version {version}: {count}");
    }
}

#[test]
fn nearly_every_module_is_read_of_a_flat_and_of_a_tilted_code() {
    for version in [2, 7] {
        let code = code(version);
        let side = (code.width() as f32 + 2.0 * BORDER) * MODULE;
        for tilt in [0.0, 0.25, -0.25] {
            // Whoever looks from the side sees what is farther away smaller.
            let from = |(x, y): Place| {
                let depth = 1.0 + tilt * (x / side - 0.5);
                ((x - side / 2.0) / depth + side / 2.0, (y - side / 2.0) / depth + side / 2.0)
            };
            let to = |(x, y): Place| {
                let x = (x - side / 2.0) / (1.0 - tilt * (x - side / 2.0) / side);
                (x + side / 2.0, (y - side / 2.0) * (1.0 + tilt * x / side) + side / 2.0)
            };
            let wrong = wrong(&code, &seen(&code, from), &marks(code.width(), to));
            assert!(100 * wrong < code.width() * code.width(), "version {version}, {tilt}: {wrong}");
        }
    }
}

/// Waves of more than a module, which no plane follows.
#[test]
fn a_mesh_follows_paper_that_is_not_flat() {
    let code = code(10);
    let wave = |(x, y): Place| (x + 6.0 * (y / 55.0).sin(), y + 5.0 * (x / 60.0).sin());
    let picture = seen(&code, wave);
    let back = |(x, y): Place| (x - 6.0 * (y / 55.0).sin(), y - 5.0 * (x / 60.0).sin());
    let three = marks(code.width(), back);
    let cut = Cut::new(&picture, &three).unwrap();
    let (_, plane, template) = cut.best().unwrap();
    let differs = |at: usize, shade: &f32| (*shade > 0.0) != (code.to_colors()[at] == Color::Dark);
    let off = |mesh: &Mesh<'_>| {
        sample(&cut.field, &template, mesh).iter().enumerate().filter(|(at, shade)| differs(*at, shade)).count()
    };
    let coarse = Mesh::new(&cut.field, &plane, &template);
    let fine = coarse.refined(&cut.field, &template);
    assert!(4 * off(&fine) < off(&coarse), "{} {}", off(&coarse), off(&fine));
}

/// A bottle seen from a little above: the middle hangs down by two modules, and only one alignment pattern tells.
#[test]
fn a_grown_mesh_follows_a_bottle() {
    let code = code(6);
    let half = (code.width() as f32 / 2.0 + BORDER) * MODULE;
    let reach = half - (BORDER + 3.5) * MODULE;
    let bow = |x: f32| 2.0 * MODULE * (1.0 - ((x - half) / reach).powi(2));
    let picture = seen(&code, |(x, y)| (x, y - bow(x)));
    let cut = Cut::new(&picture, &marks(code.width(), |place| place)).unwrap();
    let (_, plane, template) = cut.best().unwrap();
    let off = |mesh: &Mesh<'_>| {
        let shades = sample(&cut.field, &template, mesh);
        let pairs = shades.iter().zip(code.to_colors());
        pairs.filter(|(shade, color)| (**shade > 0.0) != (*color == Color::Dark)).count()
    };
    let (flat, grown) = (Mesh::new(&cut.field, &plane, &template), Mesh::grown(&cut.field, &plane, &template));
    assert!(5 * off(&grown) < off(&flat), "{} {}", off(&flat), off(&grown));
}

/// Waves that no alignment pattern tells of, and that are steep.
#[test]
fn a_grown_mesh_follows_crumpled_paper() {
    let code = code(6);
    let wave = |(x, y): Place| (x + 6.0 * (y / 40.0).sin(), y + 6.0 * (x / 38.0).sin());
    let back = |place: Place| {
        // Moved until what shows there is the place.
        (0..50).fold(place, |from, _| {
            let seen = wave(from);
            (from.0 + (place.0 - seen.0) / 2.0, from.1 + (place.1 - seen.1) / 2.0)
        })
    };
    let count = wrong(&code, &seen(&code, wave), &marks(code.width(), back));
    assert!(50 * count < code.width() * code.width(), "{count}");
}

#[test]
fn blur_is_undone_by_what_is_known() {
    let template = Template::new(25);
    let code = code(2);
    let flat: Vec<f32> = code.to_colors().iter().map(|color| if *color == Color::Dark { 1.0 } else { -1.0 }).collect();
    let at = |x: usize, y: usize| if x < 25 && y < 25 { flat[y * 25 + x] } else { -1.0 };
    // More comes from the eight around a module than from itself.
    let mixed = |x: usize, y: usize| {
        let around = (0..9).map(|n| (n % 3, n / 3)).filter(|place| *place != (1, 1));
        let parts = around.map(|(right, down): (usize, usize)| {
            let part = if right == 1 || down == 1 { 0.1 } else { 0.05 };
            part * at((x + right).wrapping_sub(1), (y + down).wrapping_sub(1))
        });
        0.4 * at(x, y) + parts.sum::<f32>()
    };
    let shades: Vec<f32> = (0..625).map(|n| mixed(n % 25, n / 25)).collect();
    let off = |shades: &[f32]| shades.iter().zip(&flat).filter(|(one, two)| (**one > 0.0) != (**two > 0.0)).count();
    let made = equalise::equalised(&shades, &template, 1).unwrap();
    assert!(3 * off(&made) < off(&shades), "{} {}", off(&made), off(&shades));
}

#[test]
fn a_code_that_cannot_be_read_is_told_from_none() {
    let code = code(3);
    let (picture, three) = (seen(&code, |place| place), marks(code.width(), |place| place));
    let Outcome::Unread { module } = read(&picture, &three, &mut |_, _| false) else { panic!("nothing seen") };
    assert!((module - MODULE).abs() < 0.3, "{module}");
    assert!(matches!(read(&picture, &three, &mut |_, _| true), Outcome::Read));
    let side = picture.width();
    let noise = (0..side * side).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let noise = Grey::new(side, side, noise).unwrap();
    assert!(matches!(read(&noise, &three, &mut |_, _| true), Outcome::Nothing));
    let small = three.map(|mark| Mark { size: 1.0, ..mark });
    assert!(matches!(read(&picture, &small, &mut |_, _| true), Outcome::Nothing));
}
