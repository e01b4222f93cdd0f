//! Reading QR codes from the screen. The window steps aside first: it may be what covers them.

use std::thread;
use std::time::Duration;

use eframe::egui;
use egui::ViewportCommand;
use otp::qr::capture::{self, Shot};
use otp::qr::{self, QrError};

use super::Window;
use crate::add::reader::Offered;
use crate::failure::Failure;
use crate::worker::Task;

/// How long the desktop has to take the window away, and to draw what was below it.
const ASIDE: Duration = Duration::from_millis(500);

/// A look at the screen that is under way.
pub(super) struct Screen {
    task: Task<Vec<Offered>>,
    /// Where the window was.
    place: Option<egui::Pos2>,
}

/// Whether the window can hide itself. A Wayland desktop does not let it.
pub(crate) fn steps_aside() -> bool {
    !cfg!(target_os = "linux") || std::env::var_os("WAYLAND_DISPLAY").is_none_or(|value| value.is_empty())
}

/// What the monitors show; those without a QR code are left out.
fn read(shots: Vec<Shot>) -> Result<Vec<Offered>, Failure> {
    let look = |shot: Shot| (qr::read(&shot.picture).map(drop), shot);
    let looks = capture::settle(shots.into_iter().map(look).collect(), |(codes, _)| codes);
    let offered = |(codes, shot): (Result<(), QrError>, Shot)| {
        codes?;
        Ok(Offered::Content(shot.monitor, shot.picture))
    };
    looks.into_iter().map(offered).collect()
}

impl Window {
    /// Begins to read what the screen shows without this window.
    pub(super) fn read_screen(&mut self, ctx: &egui::Context) {
        if self.screen.is_some() {
            return;
        }
        let place = ctx.input(|input| input.viewport().outer_rect).map(|rect| rect.min);
        let wait = if steps_aside() { ASIDE } else { Duration::ZERO };
        if steps_aside() {
            ctx.send_viewport_cmd(ViewportCommand::Visible(false));
        }
        let task = self.worker.aside(move |_| {
            thread::sleep(wait);
            read(capture::screen()?)
        });
        self.screen = Some(Screen { task, place });
    }

    /// Comes back when the screen was read, with what was on it.
    pub(super) fn hear_screen(&mut self, ctx: &egui::Context) {
        let Some(answer) = self.screen.as_ref().and_then(|screen| screen.task.poll()) else { return };
        let place = self.screen.take().and_then(|screen| screen.place);
        if steps_aside() {
            ctx.send_viewport_cmd(ViewportCommand::Visible(true));
            // Some desktops put a window that comes back elsewhere.
            if let Some(place) = place {
                ctx.send_viewport_cmd(ViewportCommand::OuterPosition(place));
            }
            ctx.send_viewport_cmd(ViewportCommand::Focus);
        }
        ctx.request_repaint();
        match answer {
            // A window that was locked meanwhile keeps no picture.
            Ok(_) if self.is_locked() => {}
            Ok(offered) => self.bring(offered),
            Err(failure) => self.foot.failed(failure),
        }
    }
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, ImageFormat, Luma};
    use zeroize::Zeroizing;

    use super::*;

    fn shot(picture: &GrayImage) -> Shot {
        let mut file = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut file, ImageFormat::Bmp).unwrap();
        Shot { monitor: String::new(), picture: Zeroizing::new(file.into_inner()) }
    }

    /// So many corner marks of QR codes in a square, without a code.
    fn marks(across: u32) -> GrayImage {
        let side = (8 * across + 1) * 3;
        GrayImage::from_fn(side, side, |x, y| {
            let [x, y] = [x, y].map(|at| (at / 3).checked_sub(1).map_or(7, |at| at % 8));
            let edge = x.min(6_u32.saturating_sub(x)).min(y).min(6_u32.saturating_sub(y));
            Luma([if x < 7 && y < 7 && edge != 1 { 0 } else { 255 }])
        })
    }

    #[test]
    fn a_code_that_stands_there_unreadable_is_not_called_none() {
        let (blank, code) = (GrayImage::from_pixel(200, 200, Luma([255])), marks(13));
        let said = |shots| read(shots).err().map(|failure| failure.text.id().to_owned());
        let unreadable = said(vec![shot(&blank), shot(&code), shot(&blank)]);
        assert_eq!(unreadable.as_deref(), Some("qr-unreadable"));
        assert_eq!(said(vec![shot(&blank)]).as_deref(), Some("qr-no-code"));
    }
}
