//! `otp-desktop`: the window's face of the library.

mod account;
mod accounts;
mod add;
mod appearance;
mod begin;
mod brought;
mod call;
mod chooser;
mod clipboard;
mod codes;
mod destination;
mod dialog;
mod digits;
mod export;
mod failure;
mod foot;
mod given_key;
mod hotkey;
mod kit;
mod lock;
mod nav;
mod notice;
mod options;
mod page;
mod paper;
mod passphrase;
mod qr_file;
mod recovery;
mod settings;
mod single;
mod site;
#[cfg(test)]
mod tests;
mod theme;
mod trash;
mod tray;
mod vault;
mod watch;
mod window;
mod words;
mod worker;

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use eframe::egui;
use otp::app::App;
use otp::app::profile::Profile;
use otp::clock::UnixTime;
use otp::error::Exit;
use otp::store::StoreError;
use otp::text;
use otp::text::Lang;
use zeroizing_alloc::ZeroAlloc;

use add::reader::Offered;
use lock::Signals;
use lock::owner::Owner;
use options::{Given, Options, Start};
use single::Single;
use watch::Watch;
use window::{Opening, Window};

/// Wipes all memory that is given back, so that nothing that was typed, pasted or shown stays behind
/// in the toolkit's own buffers.
#[global_allocator]
static WIPING: ZeroAlloc<std::alloc::System> = ZeroAlloc(std::alloc::System);

fn main() -> ExitCode {
    otp::app::process::harden();
    let exit = match options::read(std::env::args_os()) {
        Ok(Start::Clipboard(seconds)) => clipboard::serve(seconds),
        Ok(Start::Window(options)) => match single::start(options.profile.as_ref(), &options.given) {
            single::Start::First(single) => open(options, single),
            single::Start::Told => Exit::Done,
        },
        Err(error) => {
            // Nobody reads the other end: there is nobody to tell.
            let _ = error.print();
            if error.use_stderr() { Exit::Usage } else { Exit::Done }
        }
    };
    ExitCode::from(exit.code())
}

/// Shows the window until it is closed.
fn open(options: Options, single: Single) -> Exit {
    let lang = options.lang.unwrap_or_else(|| options.config.lang(None));
    let ctx = egui::Context::default();
    // The store and the desktop are asked while the window is still being made.
    theme::apply(&ctx);
    theme::stand_in(&ctx);
    theme::configure(&ctx, &options.config);
    appearance::follow(&ctx);
    let native = native(&options);
    let window = window(options, single, &ctx);
    let shown = eframe::run_native_ext("otp", native, Some(ctx), Box::new(|_| Ok(Box::new(window))));
    match shown {
        Ok(()) => Exit::Done,
        Err(_) => no_window(lang),
    }
}

fn window(options: Options, mut single: Single, ctx: &egui::Context) -> Window {
    let waking = ctx.clone();
    let wake: worker::Wake = Arc::new(move || waking.request_repaint());
    let Options { lang, profile, config, given } = options;
    let files = |profile: &Profile| vec![profile.data().join("index.json"), otp::app::clock::file(profile)];
    let files = profile.as_ref().map(files);
    let config_file = profile.as_ref().map(Profile::config_file);
    let (woken, copied) = (Arc::clone(&wake), Arc::clone(&wake));
    let worker = worker::Worker::start(move |ask| opened(profile.clone(), ask), move || woken());
    let clipboard = clipboard::Clipboard::system(config.clipboard_seconds, move || copied());
    let now = UnixTime::now();
    let mut window = Window::new(Opening { lang, config, config_file, worker, clipboard, now });
    window.signals = Some(Signals::listen(&wake));
    window.owner = Some(Owner::system(Arc::clone(&wake)));
    window.watch = files.map(|files| Watch::start(files, Arc::clone(&wake)));
    window.manners.serve(&wake);
    single.listen(wake);
    window.single = Some(single);
    if !given.is_empty() {
        window.bring(offered(given));
    }
    window
}

/// The profile, opened; the accounts of a keyring without a list are looked for once.
fn opened(profile: Option<Profile>, ask: otp::app::AskPassphrase) -> Result<App, StoreError> {
    let nowhere = StoreError::Disk { file: "otp".to_owned(), kind: std::io::ErrorKind::NotFound };
    let mut app = App::open(profile.ok_or(nowhere)?, ask)?;
    app.search()?;
    Ok(app)
}

/// What was given when the window was started, to be read.
fn offered(given: Vec<Given>) -> Vec<Offered> {
    let one = |given| match given {
        Given::Path(path) => Offered::Path(path),
        Given::Address(mut address) => Offered::text(std::mem::take(&mut *address)),
    };
    given.into_iter().map(one).collect()
}

fn native(options: &Options) -> eframe::NativeOptions {
    let (width, height) = options.config.window.unwrap_or((440, 680));
    let least = theme::LEAST * f32::from(options.config.text_size) / 100.0;
    let size = egui::vec2(width.into(), height.into()).max(least);
    let viewport = egui::ViewportBuilder::default().with_title("otp").with_app_id("otp");
    let viewport = viewport.with_inner_size(size).with_min_inner_size(theme::LEAST).with_icon(theme::icon());
    // Every colour here is even: dithering would only cost, most of all where a processor draws.
    eframe::NativeOptions { viewport, persist_window: false, dithering: false, ..Default::default() }
}

/// Says where the codes are when there can be no window: no display, or no OpenGL.
fn no_window(lang: Lang) -> Exit {
    let (error, hint) = (text!("desktop-no-display").say(lang), text!("desktop-hint-no-display").say(lang));
    let _ = writeln!(std::io::stderr(), "error: {error}\nhint: {hint}");
    Exit::Internal
}
