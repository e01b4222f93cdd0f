//! The QR code of an account, for another phone: shown only when asked for, and not for long; or in a
//! file, as a picture.

use eframe::egui;
use otp::account::{Account, Kind};
use otp::clock::UnixTime;
use otp::export::{self, Drawing};
use otp::key;
use otp::qr::Modules;
use otp::secret::Secret;
use otp::text;
use otp::text::Text;

use crate::accounts::Item;
use crate::destination::Spot;
use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::page::Cx;
use crate::qr_file::QrFile;
use crate::theme;
use crate::worker::Task;

/// How long it is shown, in seconds.
const SHOWN: u64 = 30;

/// The picture, if it is shown, and where it is written to.
pub(super) struct Picture {
    shown: Option<Shown>,
    file: QrFile,
}

impl Default for Picture {
    fn default() -> Self {
        Self { shown: None, file: QrFile::named("otp-qr.png") }
    }
}

struct Shown {
    modules: Modules,
    /// The backup key in groups.
    key: Secret,
    until: UnixTime,
}

impl Picture {
    /// Covers it.
    pub(super) fn hide(&mut self) {
        self.shown = None;
        self.file.failure = None;
    }

    /// Whether it is shown, and will be covered by itself.
    pub(super) fn is_shown(&self) -> bool {
        self.shown.is_some()
    }

    pub(super) fn ui(&mut self, ui: &mut egui::Ui, item: &Item, cx: &mut Cx<'_>) {
        self.file.hear(cx);
        let lang = cx.lang;
        if self.shown.as_ref().is_some_and(|shown| cx.now >= shown.until) {
            self.hide();
        }
        let account = match &item.account {
            Ok(account) => account,
            Err(error) => return kit::failure(ui, &error.clone().into(), lang),
        };
        if self.shown.is_some() {
            self.look(ui, item, cx);
            return;
        }
        kit::body(ui, text!("desktop-qr-words").say(lang));
        kit::toned(ui, text!("desktop-qr-warning").say(lang), Tone::Watch);
        if matches!(account.kind(), Kind::Hotp { .. }) {
            kit::toned(ui, cx.say(&text!("export-hotp-moves")), Tone::Watch);
        }
        if kit::filled(ui, text!("desktop-qr-show").say(lang)).clicked() {
            self.show(account, cx.now);
        }
        let save = self.file.ui(ui, &text!("desktop-qr-kinds"), &text!("desktop-qr-save"), cx);
        if let Some(spot) = self.file.destination.spot(ui, save, cx) {
            self.file.write(keep(account, spot, cx));
        }
    }

    /// The code, and how long it is still shown.
    fn look(&mut self, ui: &mut egui::Ui, item: &Item, cx: &Cx<'_>) {
        let (Some(shown), lang) = (&self.shown, cx.lang) else { return };
        let left = text!("desktop-qr-left", seconds = shown.until.since(cx.now)).say(lang);
        paint(ui, &shown.modules, &text!("desktop-qr-label", account = item.title()).say(lang));
        kit::quiet(ui, text!("desktop-qr-key").say(lang));
        // EXPOSE: the owner asked to see the key; what the toolkit keeps of it is wiped when freed.
        let key = shown.key.expose_text().unwrap_or_default().to_owned();
        ui.add(egui::Label::new(egui::RichText::new(key).font(egui::FontId::monospace(theme::STRONG))).wrap());
        kit::quiet(ui, left);
        if kit::filled(ui, text!("desktop-qr-hide").say(lang)).clicked() {
            self.hide();
        }
    }

    fn show(&mut self, account: &Account, now: UnixTime) {
        self.file.failure = None;
        // The modules are dropped with the picture.
        match export::code(account) {
            Ok(modules) => {
                let key = key::grouped(account.secret());
                self.shown = Some(Shown { modules, key, until: UnixTime(now.0 + SHOWN) });
            }
            Err(error) => self.file.failure = Some(error.into()),
        }
    }
}

/// Has the QR code of `account` written, as what the file's name says.
fn keep(account: &Account, spot: Spot, cx: &Cx<'_>) -> Result<Task<Text>, Failure> {
    let bad = || Failure::new(text!("export-bad-ending"), text!("export-hint-bad-ending-qr"));
    let drawing = Drawing::named(&spot.path).ok_or_else(bad)?;
    let modules = export::code(account)?;
    Ok(cx.worker.aside(move |_| {
        let done = text!("export-done", count = 1, file = spot.name());
        spot.write(drawing.of(&modules)?, &|_, _| Ok(()))?;
        Ok(done)
    }))
}

/// Paints `modules` black on white, as large as there is room, with their quiet zone.
pub(crate) fn paint(ui: &mut egui::Ui, modules: &Modules, label: &str) {
    let most = ui.available_width().min(420.0);
    ui.vertical_centered(|ui| {
        let (rect, response) = ui.allocate_exact_size(egui::Vec2::splat(most), egui::Sense::hover());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, label));
        ui.painter().rect_filled(rect, theme::ROUND, egui::Color32::WHITE);
        let points = ui.ctx().pixels_per_point();
        let whole = as_length(modules.whole());
        // Whole pixels a module, so that no scanner meets a grey edge.
        let step = ((most * points / whole).floor() / points).max(1.0 / points);
        let corner = rect.center() - egui::Vec2::splat(step * whole / 2.0);
        for (row, column, length) in modules.runs() {
            let at = corner + egui::vec2(as_length(column), as_length(row)) * step;
            let run = egui::Rect::from_min_size(at, egui::vec2(as_length(length) * step, step));
            ui.painter().rect_filled(run, 0, egui::Color32::BLACK);
        }
    });
}

#[expect(clippy::cast_precision_loss, reason = "at most 185 modules")]
fn as_length(modules: usize) -> f32 {
    modules as f32
}
