//! A backup key, typed: read while it is typed, with its code to compare with the old phone.

use eframe::egui;
use otp::account::{Account, Algorithm, Kind, Parts};
use otp::code;
use otp::import::Batch;
use otp::key::{self, KeyError};
use otp::present;
use otp::secret::Secret;
use otp::text;
use otp::text::Text;
use otp::uri;
use zeroize::Zeroizing;

use super::incoming::Incoming;
use super::reader::Offered;
use crate::digits;
use crate::failure::Failure;
use crate::kit::{self, Tone};
use crate::page::{Cx, Page, Place, Want, unsaved};
use crate::theme;

/// What is typed.
pub(crate) struct TypedKey {
    key: Zeroizing<String>,
    shown: bool,
    /// Whether a key that could be hexadecimal is.
    hex: bool,
    issuer: String,
    name: String,
    shape: Shape,
}

/// How codes are made from the key.
struct Shape {
    /// Whether it is shown: few sites change it.
    seen: bool,
    counter: bool,
    digits: u8,
    period: u32,
    algorithm: Algorithm,
}

impl Default for TypedKey {
    fn default() -> Self {
        Self {
            key: Zeroizing::default(),
            shown: true,
            hex: false,
            issuer: String::new(),
            name: String::new(),
            shape: Shape {
                seen: false,
                counter: false,
                digits: uri::DEFAULT_DIGITS,
                period: uri::DEFAULT_PERIOD,
                algorithm: Algorithm::Sha1,
            },
        }
    }
}

/// What the typed text is.
struct Read {
    account: Account,
    notes: Vec<Text>,
}

impl TypedKey {
    /// With `key` in its field.
    pub(crate) fn with(key: Zeroizing<String>) -> Self {
        Self { key, ..Self::default() }
    }

    fn read(&self) -> Result<Read, Failure> {
        match key::read(&self.key) {
            Ok(read) => {
                let notes = read.notes.iter().map(|note| note.text()).collect();
                Ok(Read { account: self.account(read.secret)?, notes })
            }
            Err(KeyError::IsUri) => {
                let parsed = uri::parse(self.key.trim())?;
                Ok(Read { account: parsed.account, notes: parsed.notes.iter().map(uri::Note::text).collect() })
            }
            Err(KeyError::LooksLikeHex { .. }) if self.hex => {
                let secret = key::read_hex(&self.key)?;
                Ok(Read { account: self.account(secret)?, notes: Vec::new() })
            }
            Err(error) => Err(error.into()),
        }
    }

    fn account(&self, secret: Secret) -> Result<Account, Failure> {
        let Shape { counter, digits, period, algorithm, .. } = self.shape;
        let kind = if counter { Kind::Hotp { counter: 0 } } else { Kind::Totp { period } };
        let (issuer, name) = (self.issuer.trim().to_owned(), self.name.trim().to_owned());
        Ok(Account::new(Parts { issuer, name, kind, algorithm, digits, secret, pin: None })?)
    }

    /// The settings that few sites change.
    fn settings(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>) {
        let lang = cx.lang;
        let label = if self.shape.seen { text!("desktop-key-less") } else { text!("desktop-key-more") };
        if kit::link(ui, label.say(lang)).clicked() {
            self.shape.seen = !self.shape.seen;
        }
        if !self.shape.seen {
            return;
        }
        let shape = &mut self.shape;
        kit::card(ui, |ui| {
            kit::quiet(ui, text!("desktop-key-kind").say(lang));
            let kinds = [(false, text!("desktop-key-time").say(lang)), (true, text!("desktop-key-counter").say(lang))];
            shape.counter = kit::choose(ui, shape.counter, &kinds).unwrap_or(shape.counter);
            kit::quiet(ui, text!("desktop-key-digits").say(lang));
            let digits = [6, 7, 8].map(|digits: u8| (digits, digits.to_string()));
            shape.digits = kit::choose(ui, shape.digits, &digits).unwrap_or(shape.digits);
            if !shape.counter {
                kit::quiet(ui, text!("desktop-key-period").say(lang));
                let periods = [30, 60].map(|count: u32| (count, text!("desktop-set-seconds", count = count).say(lang)));
                shape.period = kit::choose(ui, shape.period, &periods).unwrap_or(shape.period);
            }
            kit::quiet(ui, text!("desktop-key-algorithm").say(lang));
            let all = [Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512].map(|it| (it, it.id().to_owned()));
            shape.algorithm = kit::choose(ui, shape.algorithm, &all).unwrap_or(shape.algorithm);
        });
    }

    /// What is wrong with the text, or what it gives.
    fn verdict(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>) -> Option<Read> {
        if self.key.trim().is_empty() {
            kit::quiet(ui, text!("desktop-key-hint").say(cx.lang));
            return None;
        }
        match self.read() {
            Ok(read) => {
                for note in &read.notes {
                    kit::toned(ui, cx.say(note), Tone::Watch);
                }
                code_now(ui, &read.account, cx);
                Some(read)
            }
            Err(failure) => {
                kit::toned(ui, cx.say(&failure.text), Tone::Bad);
                if let Some(hint) = &failure.hint {
                    kit::quiet(ui, cx.say(hint));
                }
                if matches!(key::read(&self.key), Err(KeyError::LooksLikeHex { .. })) {
                    kit::tick(ui, &mut self.hex, text!("desktop-key-hex").say(cx.lang));
                }
                None
            }
        }
    }
}

/// The code of `account` now, large, to be compared.
pub(crate) fn code_now(ui: &mut egui::Ui, account: &Account, cx: &Cx<'_>) {
    let code = code::at(account, cx.code_time());
    kit::card(ui, |ui| {
        kit::quiet(ui, text!("desktop-key-compare").say(cx.lang));
        digits::show(ui, &code.digits, theme::CODE, cx.lang);
        if let Some(seconds) = code.seconds_left(cx.code_time()) {
            kit::quiet(ui, cx.say(&present::seconds_left(seconds)));
        }
    });
}

impl Page for TypedKey {
    fn place(&self) -> Place {
        Place::Add
    }

    fn title(&self) -> Text {
        text!("desktop-add-key")
    }

    fn ui(&mut self, ui: &mut egui::Ui, cx: &mut Cx<'_>) {
        let lang = cx.lang;
        let field = kit::secret(ui, &text!("desktop-key-field").say(lang), &mut self.key, self.shown);
        kit::first(ui, &field);
        kit::tick(ui, &mut self.shown, text!("desktop-show-typed").say(lang));
        let read = self.verdict(ui, cx);
        let issuer = kit::field(ui, &text!("desktop-field-issuer").say(lang), &mut self.issuer);
        let name = kit::field(ui, &text!("desktop-field-name").say(lang), &mut self.name);
        let entered = kit::enter(ui, &[&field, &issuer, &name], read.is_some());
        self.settings(ui, cx);
        ui.add_space(theme::BETWEEN);
        let go = ui.add_enabled_ui(read.is_some(), |ui| kit::filled(ui, text!("desktop-go-on").say(lang))).inner;
        if let Some(Read { account, notes }) = read.filter(|_| go.clicked() || entered) {
            let offered = vec![Offered::Batch(Batch::one(account, notes))];
            let incoming = Incoming::new(cx.worker, offered).typed_into(std::mem::take(self));
            cx.want(Want::Replace(Box::new(incoming)));
        }
    }

    fn ticks(&self) -> bool {
        !self.key.is_empty()
    }

    fn parting(&self) -> Option<[Text; 3]> {
        (!self.key.trim().is_empty()).then(unsaved)
    }
}
