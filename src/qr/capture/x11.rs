//! The screen of an X server: one picture a monitor, straight from the server's memory.

use image::ExtendedColorType;
use x11rb::connection::Connection;
use x11rb::errors::ReplyError;
use x11rb::protocol::randr::ConnectionExt as _;
use x11rb::protocol::xproto::{ConnectionExt as _, ImageFormat, ImageOrder, Screen, Setup};
use x11rb::rust_connection::RustConnection;
use zeroize::Zeroizing;

use super::{CaptureError, Shot, picture, portal};

/// A part of the whole screen, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Area {
    x: i16,
    y: i16,
    width: u16,
    height: u16,
}

pub(super) fn shots() -> Result<Vec<Shot>, CaptureError> {
    let (server, _) = RustConnection::connect(None).map_err(|_| CaptureError::NoScreen)?;
    if is_wayland(&server) {
        return portal::shots();
    }
    let mut shots = Vec::new();
    for screen in &server.setup().roots {
        for (area, monitor) in monitors(&server, screen) {
            let pixels = pixels(&server, screen, area).map_err(|_| CaptureError::Denied)?;
            let layout = Layout::of(server.setup(), screen, area.width).ok_or(CaptureError::Unreadable)?;
            let shades = layout.shades(&pixels);
            let picture = picture(area.width.into(), area.height.into(), &shades, ExtendedColorType::L8);
            shots.push(Shot { monitor, picture: picture.ok_or(CaptureError::Unreadable)? });
        }
    }
    Ok(shots)
}

/// Whether the server is only there for old programs on a Wayland desktop, and shows it all black.
fn is_wayland(server: &RustConnection) -> bool {
    let asked = server.query_extension(b"XWAYLAND").ok().and_then(|asked| asked.reply().ok());
    asked.is_some_and(|reply| reply.present)
}

/// The monitors that show parts of `screen`, mirrored ones once; the whole where the server does
/// not know them.
fn monitors(server: &RustConnection, screen: &Screen) -> Vec<(Area, String)> {
    let mut found: Vec<(Area, String)> = Vec::new();
    for monitor in known_monitors(server, screen).unwrap_or_default() {
        let area = Area { x: monitor.x, y: monitor.y, width: monitor.width, height: monitor.height };
        let Some(area) = area.within(screen) else { continue };
        if !found.iter().any(|(known, _)| *known == area) {
            found.push((area, name(server, monitor.name)));
        }
    }
    if found.is_empty() {
        let (width, height) = (screen.width_in_pixels, screen.height_in_pixels);
        found.push((Area { x: 0, y: 0, width, height }, String::new()));
    }
    found
}

fn known_monitors(
    server: &RustConnection,
    screen: &Screen,
) -> Result<Vec<x11rb::protocol::randr::MonitorInfo>, ReplyError> {
    // Monitors are known since version 1.5.
    server.randr_query_version(1, 5)?.reply()?;
    Ok(server.randr_get_monitors(screen.root, true)?.reply()?.monitors)
}

fn name(server: &RustConnection, atom: u32) -> String {
    let name = server.get_atom_name(atom).ok().and_then(|asked| asked.reply().ok());
    name.map(|reply| String::from_utf8_lossy(&reply.name).into_owned()).unwrap_or_default()
}

fn pixels(server: &RustConnection, screen: &Screen, area: Area) -> Result<Zeroizing<Vec<u8>>, ReplyError> {
    let Area { x, y, width, height } = area;
    let asked = server.get_image(ImageFormat::Z_PIXMAP, screen.root, x, y, width, height, u32::MAX)?;
    Ok(Zeroizing::new(asked.reply()?.data))
}

impl Area {
    /// The part that is on `screen`: the server refuses to look beyond it.
    fn within(self, screen: &Screen) -> Option<Self> {
        let clip = |start: i16, length: u16, most: u16| {
            let end = (i32::from(start) + i32::from(length)).min(i32::from(most));
            let start = start.max(0);
            u16::try_from(end - i32::from(start)).ok().filter(|length| *length > 0).map(|length| (start, length))
        };
        let (x, width) = clip(self.x, self.width, screen.width_in_pixels)?;
        let (y, height) = clip(self.y, self.height, screen.height_in_pixels)?;
        Some(Self { x, y, width, height })
    }
}

/// How the server lays pixels out in memory.
struct Layout {
    /// The bytes of a pixel.
    size: usize,
    /// The bytes of a row, padding left out, and with it.
    row: usize,
    padded: usize,
    order: ImageOrder,
    /// Where the bits of red, green and blue stand.
    masks: [u32; 3],
}

impl Layout {
    fn of(setup: &Setup, screen: &Screen, width: u16) -> Option<Self> {
        let format = setup.pixmap_formats.iter().find(|format| format.depth == screen.root_depth)?;
        let mut visuals = screen.allowed_depths.iter().flat_map(|depth| &depth.visuals);
        let visual = visuals.find(|visual| visual.visual_id == screen.root_visual)?;
        let size = usize::from(format.bits_per_pixel) / 8;
        // Palettes and fewer than eight bits are of another age.
        if !(2..=4).contains(&size) || visual.red_mask == 0 {
            return None;
        }
        let row = usize::from(width) * size;
        let padded = row.next_multiple_of(usize::from(format.scanline_pad / 8).max(1));
        let masks = [visual.red_mask, visual.green_mask, visual.blue_mask];
        Some(Self { size, row, padded, order: setup.image_byte_order, masks })
    }

    /// The pixels in grey, row by row.
    fn shades(&self, pixels: &[u8]) -> Zeroizing<Vec<u8>> {
        let rows = pixels.chunks(self.padded).filter_map(|row| row.get(..self.row));
        Zeroizing::new(rows.flat_map(|row| row.chunks_exact(self.size)).map(|pixel| self.shade(pixel)).collect())
    }

    fn shade(&self, bytes: &[u8]) -> u8 {
        let join = |value: u32, byte: &u8| value << 8 | u32::from(*byte);
        let pixel = match self.order {
            ImageOrder::LSB_FIRST => bytes.iter().rev().fold(0, join),
            _ => bytes.iter().fold(0, join),
        };
        let [red, green, blue] = self.masks.map(|mask| part(pixel, mask));
        // The weights of ITU-R BT.601, in 256ths.
        u8::try_from((77 * red + 150 * green + 29 * blue) >> 8).unwrap_or(u8::MAX)
    }
}

/// The part of `pixel` under `mask`, from 0 to 255.
fn part(pixel: u32, mask: u32) -> u32 {
    let shift = mask.trailing_zeros();
    let (value, most) = ((pixel & mask) >> shift, mask >> shift);
    if most == 255 { value } else { value * 255 / most.max(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_of_every_layout_become_grey() {
        #[track_caller]
        fn case(size: usize, order: ImageOrder, masks: [u32; 3], pixels: &[u8], shades: &[u8]) {
            let row = size * 2;
            let layout = Layout { size, row, padded: row.next_multiple_of(4), order, masks };
            assert_eq!(*layout.shades(pixels), shades);
        }
        let rgb = [0x00ff_0000, 0xff00, 0xff];
        case(4, ImageOrder::LSB_FIRST, rgb, &[0, 0, 255, 0, 255, 255, 255, 0], &[76, 255]);
        case(4, ImageOrder::MSB_FIRST, rgb, &[0, 0, 255, 0, 0, 0, 0, 255], &[149, 28]);
        // Three bytes a pixel, and two of padding a row.
        case(3, ImageOrder::LSB_FIRST, rgb, &[255, 255, 255, 0, 0, 0, 9, 9], &[255, 0]);
        case(2, ImageOrder::LSB_FIRST, [0xf800, 0x07e0, 0x001f], &[0xff, 0xff, 0x00, 0xf8], &[255, 76]);
        // Ten bits a colour.
        case(4, ImageOrder::LSB_FIRST, [0x3ff0_0000, 0x000f_fc00, 0x3ff], &[255, 255, 255, 63, 0, 0, 0, 0], &[255, 0]);
    }
}
