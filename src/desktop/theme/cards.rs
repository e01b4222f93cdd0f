//! Cards that are drawn anew each second, and the ground around them.
//!
//! Without a graphics card every point costs, and once more for every triangle near it. So the window
//! is cleared to the colour of cards, which costs nothing, only the ground between them is painted,
//! and what is straight is painted as plain rectangles.

use std::ops::Range;

use eframe::egui;
use egui::emath::GuiRounding as _;
use egui::epaint::{Mesh, PathShape};
use egui::{Color32, ColorImage, Painter, Pos2, Rect, Stroke, TextureHandle, TextureId, TextureOptions};

use super::ROUND_CARD;

/// Cards that are left to the clear: those of one size in lines below each other.
#[derive(Debug, Default)]
pub(crate) struct Cards {
    /// Where they stand, line by line.
    pub(crate) rects: Vec<Rect>,
    /// What is seen of them.
    pub(crate) view: Option<Rect>,
}

/// One white point, shaded alone: the toolkit's own is a part of a larger picture, of which four
/// points are blended.
pub(crate) fn plain(ctx: &egui::Context) -> TextureHandle {
    ctx.load_texture("plain", ColorImage::filled([1, 1], Color32::WHITE), TextureOptions::NEAREST)
}

/// The ground of `room` without `cards`, of the texture made by [`plain`].
pub(crate) fn ground(ui: &egui::Ui, room: Rect, cards: &Cards, plain: TextureId) -> Mesh {
    let mesh = around(room, cards, ui.visuals().panel_fill, ui.pixels_per_point());
    Mesh { texture_id: plain, ..mesh }
}

/// What is not covered by `cards` in `room`, on a screen with so many pixels a point.
fn around(room: Rect, cards: &Cards, colour: Color32, pixels: f32) -> Mesh {
    let mut mesh = Mesh::default();
    let view = cards.view.unwrap_or(room).round_to_pixels(pixels);
    let rects: Vec<Rect> = cards.rects.iter().map(|rect| rect.round_to_pixels(pixels)).collect();
    let mut top = room.top();
    for line in rects.chunk_by(|one, other| (one.top() - other.top()).abs() < 0.5) {
        let Some(seen) = line.first().map(|first| first.intersect(view).intersect(room)).filter(Rect::is_positive)
        else {
            continue;
        };
        let between = |left: f32, right: f32| Rect::from_x_y_ranges(left..=right, seen.y_range());
        mesh.add_colored_rect(Rect::from_x_y_ranges(room.x_range(), top..=seen.top()), colour);
        let mut left = room.left();
        for card in line {
            mesh.add_colored_rect(between(left, card.left()), colour);
            corners(&mut mesh, *card, seen, colour);
            left = card.right();
        }
        mesh.add_colored_rect(between(left, room.right()), colour);
        top = seen.bottom();
    }
    mesh.add_colored_rect(Rect::from_x_y_ranges(room.x_range(), top..=room.bottom()), colour);
    mesh
}

/// What round corners leave of the ground, as far as it is `seen`.
fn corners(mesh: &mut Mesh, card: Rect, seen: Rect, colour: Color32) {
    let ends = [card.right_top(), card.right_bottom(), card.left_bottom(), card.left_top()];
    for (end, round) in ends.into_iter().zip(rounds(card, 0.0)) {
        let first = u32::try_from(mesh.vertices.len()).unwrap_or(u32::MAX);
        for point in std::iter::once(end).chain(round) {
            mesh.colored_vertex(egui::pos2(point.x, point.y.clamp(seen.top(), seen.bottom())), colour);
        }
        let last = u32::try_from(mesh.vertices.len()).unwrap_or(u32::MAX);
        for point in first + 2..last {
            mesh.add_triangle(first, point - 1, point);
        }
    }
}

/// Paints the outline of `card`, inside it.
pub(crate) fn outline(painter: &Painter, card: Rect, stroke: Stroke) {
    let card = card.round_to_pixels(painter.pixels_per_point());
    let radius = f32::from(ROUND_CARD);
    let (wide, high) = (card.x_range().shrink(radius), card.y_range().shrink(radius));
    let mut mesh = Mesh::default();
    for [top, bottom] in [[card.top(), card.top() + stroke.width], [card.bottom() - stroke.width, card.bottom()]] {
        mesh.add_colored_rect(Rect::from_x_y_ranges(wide, top..=bottom), stroke.color);
    }
    for [left, right] in [[card.left(), card.left() + stroke.width], [card.right() - stroke.width, card.right()]] {
        mesh.add_colored_rect(Rect::from_x_y_ranges(left..=right, high), stroke.color);
    }
    painter.add(mesh);
    for round in rounds(card, stroke.width / 2.0) {
        painter.add(PathShape::line(round, stroke));
    }
}

/// The corners of `card`, clockwise from the upper right one, so far inside it.
fn rounds(card: Rect, inside: f32) -> [Vec<Pos2>; 4] {
    let radius = f32::from(ROUND_CARD);
    let inner = card.shrink(radius);
    [
        (inner.right_top(), 0.0..0.25),
        (inner.right_bottom(), 0.25..0.5),
        (inner.left_bottom(), 0.5..0.75),
        (inner.left_top(), 0.75..1.0),
    ]
    .map(|(center, part)| arc(center, radius - inside, part))
}

/// The points of an arc between two parts of a turn, clockwise from the top.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "parts of a few dozen steps")]
pub(crate) fn arc(center: Pos2, radius: f32, part: Range<f32>) -> Vec<Pos2> {
    /// Straight lines in a whole turn: at the size of a ring they are not told from a circle.
    const STEPS: f32 = 36.0;
    let (from, length) = (part.start, part.end - part.start);
    let steps = (STEPS * length).ceil().max(1.0) as u8;
    let point = |step: u8| {
        let turn = std::f32::consts::TAU * (from + length * f32::from(step) / f32::from(steps));
        center + radius * egui::vec2(turn.sin(), -turn.cos())
    };
    (0..=steps).map(point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: f32, y: f32, width: f32, height: f32) -> Rect {
        Rect::from_min_size(egui::pos2(x, y), egui::vec2(width, height))
    }

    /// How often `at` is painted.
    fn times(mesh: &Mesh, at: Pos2) -> usize {
        let corner = |number: u32| mesh.vertices[number as usize].pos;
        let turn = |from: Pos2, to: Pos2| (to - from).rot90().dot(at - from);
        mesh.indices
            .chunks_exact(3)
            .filter(|triangle| {
                let [a, b, c] = [corner(triangle[0]), corner(triangle[1]), corner(triangle[2])];
                let turns = [turn(a, b), turn(b, c), turn(c, a)];
                turns.iter().all(|turn| *turn > 0.0) || turns.iter().all(|turn| *turn < 0.0)
            })
            .count()
    }

    /// Holds every point of a grid to what a reader of the rules would expect there.
    fn check(room: Rect, cards: &Cards) {
        let mesh = around(room, cards, Color32::RED, 1.0);
        let radius = f32::from(ROUND_CARD);
        let (mut bare, mut painted) = (0, 0);
        for (x, y) in (0_u8..100).flat_map(|x| (0_u8..100).map(move |y| (f32::from(x), f32::from(y)))) {
            let at = room.min + egui::vec2((x + 0.437) / 100.0, (y + 0.613) / 100.0) * room.size();
            let seen = cards.view.is_none_or(|view| view.contains(at));
            let depth = |card: &Rect| radius - card.shrink(radius).distance_to_pos(at);
            let deepest = cards.rects.iter().map(depth).fold(f32::NEG_INFINITY, f32::max);
            // What is on the line of a corner may be either.
            if (deepest.abs() > 0.4) || !seen {
                let expected = usize::from(!seen || deepest < 0.0);
                assert_eq!(times(&mesh, at), expected, "{at}");
                if expected == 0 { bare += 1 } else { painted += 1 }
            }
        }
        assert!(painted > 0 && (bare > 0 || cards.rects.is_empty()));
    }

    #[test]
    fn every_point_beside_the_cards_is_painted_once_and_none_on_them() {
        let room = rect(10.0, 20.0, 200.0, 300.0);
        check(room, &Cards::default());
        let rects = vec![rect(20.0, 40.0, 180.0, 50.0), rect(20.0, 100.0, 180.0, 50.0)];
        check(room, &Cards { rects, view: None });
        let rects = vec![rect(20.0, 40.0, 80.0, 50.0), rect(110.0, 40.0, 80.0, 50.0), rect(20.0, 100.0, 80.0, 50.0)];
        check(room, &Cards { rects, view: None });
    }

    #[test]
    fn an_arc_begins_at_the_top_and_runs_clockwise() {
        let near = |at: Option<&Pos2>, x, y| at.is_some_and(|at| at.distance(egui::pos2(x, y)) < 0.01);
        let quarter = arc(Pos2::ZERO, 10.0, 0.0..0.25);
        assert!(near(quarter.first(), 0.0, -10.0) && near(quarter.last(), 10.0, 0.0));
        let rest = arc(Pos2::ZERO, 10.0, 0.25..1.0);
        assert!(near(rest.first(), 10.0, 0.0) && near(rest.last(), 0.0, -10.0));
    }

    #[test]
    fn cards_are_cut_where_the_list_scrolls() {
        let room = rect(0.0, 0.0, 200.0, 300.0);
        for shift in [-60.0, -45.0, -20.0, -5.0, 0.0, 7.0] {
            let rects = [60.0, 120.0, 180.0, 240.0].map(|top| rect(10.0, top + shift, 180.0, 50.0)).to_vec();
            check(room, &Cards { rects, view: Some(rect(0.0, 60.0, 200.0, 190.0)) });
        }
    }
}
