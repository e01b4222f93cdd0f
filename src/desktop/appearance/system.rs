//! Windows and macOS: whether anything may move is asked when the window opens, and again each time
//! it comes to the front, since whoever changes that is elsewhere meanwhile.

use std::sync::Arc;

use eframe::egui;

use crate::theme;

/// Keeps `ctx` as the desktop has it.
#[cfg(any(windows, target_os = "macos"))]
pub(crate) fn follow(ctx: &egui::Context) {
    ask_again(ctx, is_still);
}

/// Asks now, and whenever the window comes to the front; who cannot answer changes nothing.
fn ask_again(ctx: &egui::Context, asked: impl Fn() -> Option<bool> + Send + Sync + 'static) {
    let ask = move |ctx: &egui::Context| asked().into_iter().for_each(|still| theme::keep_still(ctx, still));
    ask(ctx);
    let comes = |event: &egui::Event| matches!(event, egui::Event::WindowFocused(true));
    let again = move |ui: &mut egui::Ui| {
        if ui.input(|input| input.events.iter().any(comes)) {
            ask(ui.ctx());
        }
    };
    ctx.on_begin_pass("appearance", Arc::new(again));
}

#[cfg(windows)]
fn is_still() -> Option<bool> {
    let settings = windows::UI::ViewManagement::UISettings::new().ok()?;
    settings.AnimationsEnabled().ok().map(|animations| !animations)
}

#[cfg(target_os = "macos")]
#[allow(clippy::unnecessary_wraps, reason = "Windows may not answer")]
fn is_still() -> Option<bool> {
    let desktop = objc2_app_kit::NSWorkspace::sharedWorkspace();
    Some(desktop.accessibilityDisplayShouldReduceMotion())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn the_desktop_is_asked_when_the_window_opens_and_when_it_comes_to_the_front() {
        let (ctx, asked) = (egui::Context::default(), Arc::new(AtomicU32::new(0)));
        let count = Arc::clone(&asked);
        ask_again(&ctx, move || {
            count.fetch_add(1, Ordering::Relaxed);
            None
        });
        for (event, times) in [
            (egui::Event::PointerGone, 1),
            (egui::Event::WindowFocused(true), 2),
            (egui::Event::WindowFocused(false), 2),
            (egui::Event::WindowFocused(true), 3),
        ] {
            let input = egui::RawInput { events: vec![event], ..Default::default() };
            ctx.run_ui(input, |_| {}).textures_delta.clear();
            assert_eq!(asked.load(Ordering::Relaxed), times);
        }
    }
}
