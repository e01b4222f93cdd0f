//! Reading QR codes from the screen. The window steps aside first: it may be what covers them.

use std::thread;
use std::time::Duration;

use eframe::egui;
use egui::ViewportCommand;
use otp::qr::{self, QrError, capture};

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
fn read() -> Result<Vec<Offered>, Failure> {
    let shots = capture::screen()?.into_iter().filter(|shot| qr::read(&shot.picture).is_ok());
    let found: Vec<Offered> = shots.map(|shot| Offered::Content(shot.monitor, shot.picture)).collect();
    if found.is_empty() { Err(QrError::NoCode.into()) } else { Ok(found) }
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
            read()
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
            Err(failure) => self.foot.failed(failure.text),
        }
    }
}
