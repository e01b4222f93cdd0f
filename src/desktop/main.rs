//! `otp-desktop`: the window's face of the library. Shows the accounts with their codes.

mod appearance;
mod clipboard;
mod digits;
mod foot;
mod list;
mod notice;
mod options;
mod ring;
mod row;
mod source;
#[cfg(test)]
mod tests;
mod theme;
mod window;
mod worker;

use std::io::Write;
use std::process::ExitCode;

use eframe::egui;
use otp::clock::UnixTime;
use otp::error::Exit;
use otp::text;
use otp::text::Lang;

use options::{Options, Start};

fn main() -> ExitCode {
    otp::app::process::harden();
    let exit = match options::read(std::env::args_os()) {
        Ok(Start::Clipboard(seconds)) => clipboard::serve(seconds),
        Ok(Start::Window(options)) => open(options),
        Err(error) => {
            // Nobody reads the other end: there is nobody to tell.
            let _ = error.print();
            if error.use_stderr() { Exit::Usage } else { Exit::Done }
        }
    };
    ExitCode::from(exit.code())
}

/// Shows the window until it is closed.
fn open(options: Options) -> Exit {
    let lang = options.lang;
    let ctx = egui::Context::default();
    // The store and the desktop are asked while the window is still being made.
    theme::apply(&ctx);
    appearance::follow(ctx.clone());
    let window = window(options, &ctx);
    let shown = eframe::run_native_ext("otp", native(), Some(ctx), Box::new(|_| Ok(Box::new(window))));
    match shown {
        Ok(()) => Exit::Done,
        Err(_) => no_window(lang),
    }
}

fn window(options: Options, ctx: &egui::Context) -> window::Window {
    let wake = |ctx: &egui::Context| {
        let ctx = ctx.clone();
        move || ctx.request_repaint()
    };
    let profile = options.profile;
    let worker = worker::Worker::start(move || source::Stored::new(profile), wake(ctx));
    let clipboard = clipboard::Clipboard::system(options.clipboard_seconds, wake(ctx));
    window::Window::new(options.lang, worker, clipboard, UnixTime::now())
}

fn native() -> eframe::NativeOptions {
    let viewport = egui::ViewportBuilder::default().with_title("otp").with_app_id("otp");
    let viewport = viewport.with_inner_size([440.0, 680.0]).with_min_inner_size([360.0, 320.0]);
    eframe::NativeOptions { viewport, persist_window: false, ..Default::default() }
}

/// Says where the codes are when there can be no window: no display, or no OpenGL.
fn no_window(lang: Lang) -> Exit {
    let (error, hint) = (text!("desktop-no-display").say(lang), text!("desktop-hint-no-display").say(lang));
    let _ = writeln!(std::io::stderr(), "error: {error}\nhint: {hint}");
    Exit::Internal
}
