//! The window on the desktop: when it is drawn, and how large it was.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use eframe::egui;
use otp::app::config::Config;
use otp::clock::UnixTime;

use super::Window;
use crate::theme;

impl eframe::App for Window {
    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        self.frame(ui, UnixTime::now());
        self.keep_room(ui.ctx());
        self.note_size(ui.ctx());
        self.close(ui.ctx());
        let came_back =
            ui.input(|input| input.events.iter().any(|event| matches!(event, egui::Event::WindowFocused(true))));
        if came_back && !self.is_locked() {
            self.accounts.reload(&self.worker, UnixTime::now());
        }
        // While the window is hidden no frame is drawn, and so none is asked for.
        if self.ticks() {
            ui.ctx().request_repaint_after(until_next_second());
        }
    }

    fn logic(&mut self, ctx: &egui::Context, _: &mut eframe::Frame) {
        // Also while nothing can be seen: the window locks, and comes forward.
        self.hear(ctx, UnixTime::now());
        if let Some(left) = self.idle.left(UnixTime::now(), self.lock_seconds())
            && !self.is_locked()
        {
            ctx.request_repaint_after(left);
        }
    }

    /// The colour of cards, of the foot and of the navigation; the rest of the ground is painted.
    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.window_fill.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        let Some(file) = self.config_file.as_deref() else { return };
        // What was written since the window opened stays, but for the size.
        let config = Config { window: self.config.window, ..Config::read(file) };
        // Nobody is there any more to be told that it failed.
        let _ = config.write(file);
    }
}

impl Window {
    /// A window that is closed while it has a sign in the tray is only hidden; Ctrl+Q ends it.
    fn close(&mut self, ctx: &egui::Context) {
        let quits = ctx.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::Q));
        if quits {
            self.quits = true;
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
        let closed = ctx.input(|input| input.viewport().close_requested());
        if closed && self.manners.keeps_window() && !self.quits {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            ctx.send_viewport_cmd(egui::ViewportCommand::Visible(false));
        }
    }

    /// Grows with the size of its text, so that views keep the room that they need.
    fn keep_room(&mut self, ctx: &egui::Context) {
        let zoom = ctx.zoom_factor();
        #[expect(clippy::float_cmp, reason = "changes only where the owner says so")]
        if std::mem::replace(&mut self.zoom, zoom) == zoom {
            return;
        }
        let screen = ctx.input(|input| input.viewport().monitor_size).filter(|screen| screen.x > 0.0);
        let least = theme::LEAST.min(screen.unwrap_or(egui::Vec2::INFINITY));
        ctx.send_viewport_cmd(egui::ViewportCommand::MinInnerSize(least));
        let size = ctx.content_rect().size();
        if size.x < least.x || size.y < least.y {
            ctx.send_viewport_cmd(egui::ViewportCommand::InnerSize(size.max(least)));
        }
    }

    /// Remembers the size, to open as large the next time.
    fn note_size(&mut self, ctx: &egui::Context) {
        let size = ctx.content_rect().size() * ctx.zoom_factor();
        let points = |length: f32| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length on a screen")]
            let points = length.clamp(1.0, 16_000.0) as u16;
            points
        };
        self.config.window = Some((points(size.x), points(size.y)));
    }
}

/// The time until the clock shows another second.
fn until_next_second() -> Duration {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    // A little late rather than a little early, which would draw the old second once more.
    Duration::from_millis(1_010).saturating_sub(Duration::from_millis(since.subsec_millis().into()))
}
