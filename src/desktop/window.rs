//! The window: what it knows, what it hears from its threads, and its views put together.

pub(crate) mod screen;
mod shell;

use std::path::PathBuf;

use eframe::egui;
use otp::account::{AccountId, Kind};
use otp::app::config::Config;
use otp::clock::UnixTime;
use otp::code::{self, Code};
use otp::error::Explain;
use otp::recovery::readiness::Step;
use otp::secret::Secret;
use otp::store::StoreError;
use otp::text::{Lang, Text};

use crate::accounts::{Accounts, State};
use crate::add::Add;
use crate::add::incoming::Incoming;
use crate::add::key::TypedKey;
use crate::add::reader::Offered;
use crate::brought;
use crate::clipboard::Clipboard;
use crate::codes::Codes;
use crate::foot::Foot;

use crate::lock::{Gate, Idle, Signals};
use crate::nav;
use crate::page::{Cx, Page, Place, Want};
use crate::recovery::Recovery;
use crate::settings::Settings;
use crate::single::{Handed, Single};
use crate::theme;
use crate::trash::Trash;
use crate::watch::Watch;
use crate::worker::{Task, Worker};

/// After how many seconds a store that did not answer is asked again.
const RETRY: u64 = 10;

/// What a window starts with.
pub(crate) struct Opening {
    /// The language that was asked for when it was started.
    pub(crate) lang: Option<Lang>,
    pub(crate) config: Config,
    /// Where the settings are kept.
    pub(crate) config_file: Option<PathBuf>,
    pub(crate) worker: Worker,
    pub(crate) clipboard: Clipboard,
    pub(crate) now: UnixTime,
}

/// A view that is open.
struct Opened {
    /// Tells it from every other, also from one that stood in its place before.
    number: u64,
    page: Box<dyn Page>,
}

/// The state of the whole window.
pub(crate) struct Window {
    lang: Option<Lang>,
    config: Config,
    config_file: Option<PathBuf>,
    /// Whether the settings are to be applied before the next frame.
    restyle: bool,
    pub(crate) worker: Worker,
    clipboard: Clipboard,
    accounts: Accounts,
    codes: Codes,
    /// The views above the list of codes, the topmost last.
    pages: Vec<Opened>,
    /// How many views were opened so far.
    opened: u64,
    gate: Gate,
    idle: Idle,
    foot: Foot,
    /// What is to be read once the accounts are known.
    offered: Vec<Offered>,
    changes: Vec<Task<Option<Text>>>,
    counting: Option<(AccountId, Task<Code>)>,
    screen: Option<screen::Screen>,
    /// What sees other programs' changes.
    pub(crate) watch: Option<Watch>,
    /// What hears that the screen locks.
    pub(crate) signals: Option<Signals>,
    /// What hears of other starts.
    pub(crate) single: Option<Single>,
    /// Whether a field had the focus in the frame before.
    had_focus: bool,
}

impl Window {
    /// A window that has just asked for the accounts.
    pub(crate) fn new(opening: Opening) -> Self {
        let Opening { lang, config, config_file, worker, clipboard, now } = opening;
        Self {
            lang,
            config,
            config_file,
            restyle: true,
            accounts: Accounts::new(&worker, now),
            worker,
            clipboard,
            codes: Codes::default(),
            pages: Vec::new(),
            opened: 0,
            gate: Gate::default(),
            idle: Idle::new(now),
            foot: Foot::default(),
            offered: Vec::new(),
            changes: Vec::new(),
            counting: None,
            screen: None,
            watch: None,
            signals: None,
            single: None,
            had_focus: false,
        }
    }

    /// The language that the window speaks.
    pub(crate) fn lang(&self) -> Lang {
        self.lang.unwrap_or_else(|| self.config.lang(None))
    }

    /// One frame at `now`: listens, draws, acts.
    pub(crate) fn frame(&mut self, ui: &mut egui::Ui, now: UnixTime) {
        self.hear(ui.ctx(), now);
        self.foot.tick(now);
        if std::mem::take(&mut self.restyle) {
            theme::configure(ui.ctx(), &self.config);
        }
        let wants = self.draw(ui, now);
        for want in wants {
            self.act(want, ui.ctx(), now);
        }
        self.had_focus = ui.memory(|memory| memory.focused().is_some());
    }

    /// Whether anything in the window changes with the time alone.
    fn ticks(&self) -> bool {
        let shown = match &self.accounts.state {
            State::Waiting(_) => true,
            State::Failed(failure, _) => failure.store.as_deref().is_some_and(passes),
            State::Locked => return false,
            State::Here => false,
        };
        shown || self.foot.speaks() || self.pages.last().map_or_else(|| self.ticking_codes(), |top| top.page.ticks())
    }

    fn ticking_codes(&self) -> bool {
        !self.accounts.items.is_empty() && self.codes.ticks()
    }

    fn hear(&mut self, ctx: &egui::Context, now: UnixTime) {
        if self.signals.as_ref().is_some_and(Signals::heard) || self.idle.is_over(ctx, now, self.lock_seconds()) {
            self.lock(ctx);
        }
        if let Some(handed) = self.single.as_ref().and_then(Single::handed) {
            self.come_forward(ctx, handed);
        }
        if self.watch.as_ref().is_some_and(Watch::changed) && !self.is_locked() {
            self.accounts.reload(&self.worker, now);
        }
        for notice in self.accounts.hear(&self.worker, now).into_iter().chain(self.worker.take_notices()) {
            self.foot.notice(notice);
        }
        if matches!(self.accounts.state, State::Here) {
            if self.gate.is_opening() {
                self.gate = Gate::default();
            }
            if !self.offered.is_empty() {
                let offered = std::mem::take(&mut self.offered);
                self.bring(offered);
            }
        }
        if let State::Failed(failure, since) = &self.accounts.state
            && failure.store.as_deref().is_some_and(passes)
            && now.since(*since) >= RETRY
        {
            self.accounts.state = State::Failed(failure.clone(), now);
            self.accounts.reload(&self.worker, now);
        }
        self.hear_changes(now);
        self.hear_screen(ctx);
        while let Some(copied) = self.clipboard.outcome() {
            match copied.outcome {
                Ok(()) => self.foot.copied(copied.account, self.clipboard.seconds(), now),
                Err(error) => self.foot.failed(error.text()),
            }
        }
    }

    /// Shows the window, and what another start handed over.
    fn come_forward(&mut self, ctx: &egui::Context, handed: Handed) {
        ctx.send_viewport_cmd(egui::ViewportCommand::Minimized(false));
        ctx.send_viewport_cmd(egui::ViewportCommand::Focus);
        if !handed.0.is_empty() {
            self.bring(crate::offered(handed.0));
        }
    }

    fn hear_changes(&mut self, now: UnixTime) {
        let mut open = Vec::new();
        for task in std::mem::take(&mut self.changes) {
            match task.poll() {
                None => open.push(task),
                Some(answer) => {
                    self.accounts.reload(&self.worker, now);
                    match answer {
                        Ok(Some(text)) => self.foot.done(text),
                        Ok(None) => {}
                        Err(failure) => self.foot.failed(failure.text),
                    }
                }
            }
        }
        self.changes = open;
        if let Some((id, answer)) = self.counting.as_ref().and_then(|(id, task)| Some((*id, task.poll()?))) {
            self.counting = None;
            match answer {
                Ok(code) => {
                    self.copy(id, &code);
                    self.codes.counted = Some((id, code));
                }
                Err(failure) => self.foot.failed(failure.text),
            }
        }
    }

    fn draw(&mut self, ui: &mut egui::Ui, now: UnixTime) -> Vec<Want> {
        let lang = self.lang();
        let mut wants = Vec::new();
        let rail = nav::has_rail(ui.available_width()) && !self.is_locked();
        let here = self.pages.last().map_or(Place::Codes, |top| top.page.place());
        if let Some(want) = self.foot.ui(ui, now, self.pressing_step(), lang) {
            wants.push(want);
        }
        if rail {
            wants.extend(nav::rail(ui, here, lang));
        }
        let frame = egui::Frame::new().fill(ui.visuals().panel_fill).inner_margin(theme::EDGE);
        egui::CentralPanel::no_frame().frame(frame).show(ui, |ui| {
            if self.is_locked() {
                wants.extend(self.gate.ui(ui, &self.accounts, lang));
                return;
            }
            wants.extend(brought::take(ui));
            wants.extend(nav::keys(ui));
            self.page(ui, rail, now, &mut wants);
        });
        if !self.is_locked() {
            brought::invite(ui, lang);
        }
        wants
    }

    /// The most valuable step for a way back, where the foot has nothing else to say.
    fn pressing_step(&self) -> Option<Step> {
        let home = self.pages.is_empty() && matches!(self.accounts.state, State::Here);
        self.accounts.steps.iter().copied().find(|step| home && step.is_pressing())
    }

    /// The topmost view under its bar, in the middle of the window.
    fn page(&mut self, ui: &mut egui::Ui, rail: bool, now: UnixTime, wants: &mut Vec<Want>) {
        let lang = self.lang();
        let depth = self.pages.len();
        let mut top = self.pages.pop();
        let number = top.as_ref().map_or(0, |top| top.number);
        let page: &mut dyn Page = match &mut top {
            Some(top) => &mut *top.page,
            None => &mut self.codes,
        };
        let mut cx = Cx {
            lang,
            now,
            accounts: &self.accounts,
            worker: &self.worker,
            config: &self.config,
            wants: Vec::new(),
            said: Vec::new(),
        };
        let spare = ((ui.available_width() - page.widest()) / 2.0).max(0.0);
        let middle = ui.available_rect_before_wrap().shrink2(egui::vec2(spare, 0.0));
        ui.scope_builder(egui::UiBuilder::new().max_rect(middle), |ui| {
            let bar = nav::Bar { title: &page.title(), depth, rail, lang };
            wants.extend(bar.ui(ui));
            ui.add_space(4.0);
            if depth == 0 {
                page.ui(ui, &mut cx);
            } else {
                let id = egui::Id::unique(("page", number));
                scrolled(ui, id, |ui| page.ui(ui, &mut cx));
            }
        });
        let Cx { wants: wanted, said, .. } = cx;
        wants.extend(wanted);
        self.pages.extend(top);
        for line in said {
            match line {
                Ok(text) => self.foot.done(text),
                Err(failure) => self.foot.failed(failure.text),
            }
        }
        let back = |input: &mut egui::InputState| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape);
        if depth > 0 && !self.had_focus && !egui::Popup::is_any_open(ui.ctx()) && ui.input_mut(back) {
            wants.push(Want::Back);
        }
    }

    fn act(&mut self, want: Want, ctx: &egui::Context, now: UnixTime) {
        match want {
            Want::Open(page) => self.show(page),
            Want::Replace(page) => {
                self.pages.pop();
                self.show(page);
            }
            Want::Back => drop(self.pages.pop()),
            Want::Go(place) => self.go(place),
            Want::Reload => self.accounts.retry(&self.worker, now),
            Want::Configure(config) => self.configure(config),
            Want::Copy(id) => self.press(id, now),
            Want::CopyNext(id) => self.press_next(id, now),
            Want::Do(task) => self.changes.push(task),
            Want::Bring(offered) => self.bring(offered),
            Want::ReadScreen => self.read_screen(ctx),
            Want::Unlock(passphrase) => {
                self.worker.give(passphrase);
                self.accounts.state = State::Waiting(now);
                self.accounts.reload(&self.worker, now);
            }
            Want::Lock => self.lock(ctx),
        }
        ctx.request_repaint();
    }

    /// Opens `page` above all others.
    fn show(&mut self, page: Box<dyn Page>) {
        self.opened += 1;
        self.pages.push(Opened { number: self.opened, page });
    }

    /// Opens the first view of `place`, and closes all others.
    fn go(&mut self, place: Place) {
        self.pages.clear();
        match place {
            Place::Codes => {}
            Place::Add => self.show(Box::new(Add::default())),
            Place::Recovery => self.show(Box::new(Recovery)),
            Place::Trash => self.show(Box::new(Trash::default())),
            Place::Settings => self.show(Box::new(Settings)),
        }
    }

    /// Reads what the user brings: dropped, pasted, chosen, or handed over by a link.
    pub(crate) fn bring(&mut self, offered: Vec<Offered>) {
        if !matches!(self.accounts.state, State::Here) {
            self.offered.extend(offered);
            return;
        }
        let rest = match self.pages.last_mut() {
            Some(top) => top.page.take(offered, &self.worker),
            None => Some(offered),
        };
        let Some(offered) = rest else { return };
        let page: Box<dyn Page> = match <[Offered; 1]>::try_from(offered) {
            Ok([Offered::Key(key)]) => Box::new(TypedKey::with(key)),
            Ok(one) => Box::new(Incoming::new(&self.worker, one.into())),
            Err(several) => Box::new(Incoming::new(&self.worker, several)),
        };
        self.show(page);
    }

    fn configure(&mut self, config: Config) {
        if config.language != self.config.language {
            self.lang = None;
        }
        self.config = config.within_limits();
        self.clipboard.stay_for(self.config.clipboard_seconds);
        self.restyle = true;
        self.write_config();
    }

    fn write_config(&mut self) {
        let Some(file) = self.config_file.as_deref() else { return };
        if let Err(error) = self.config.write(file) {
            self.foot.failed(error.text());
        }
    }

    /// After how many idle seconds the window locks; 0 is never.
    fn lock_seconds(&self) -> u32 {
        let usual = if self.accounts.uses_vault { otp::app::config::LOCK_SECONDS } else { 0 };
        self.config.lock_seconds.unwrap_or(usual)
    }

    /// Whether the gate stands before everything else.
    fn is_locked(&self) -> bool {
        match &self.accounts.state {
            State::Locked => true,
            State::Failed(failure, _) => {
                matches!(failure.store.as_deref(), Some(StoreError::VaultLocked | StoreError::WrongPassphrase))
            }
            State::Waiting(_) => self.gate.is_opening(),
            State::Here => false,
        }
    }

    /// Covers everything and wipes what is secret: here, in the store's thread, and in what the
    /// toolkit remembers of fields and texts.
    fn lock(&mut self, ctx: &egui::Context) {
        if matches!(self.accounts.state, State::Locked) {
            return;
        }
        self.pages.clear();
        self.changes.clear();
        self.counting = None;
        self.codes = Codes::default();
        self.foot.clear();
        self.accounts.lock();
        self.gate = Gate::default();
        self.worker.close();
        theme::forget(ctx);
    }

    /// What pressing a row does: copies its code, or says why there is none.
    fn press(&mut self, id: AccountId, now: UnixTime) {
        let Some(item) = self.accounts.item(id) else { return };
        match &item.account {
            Err(error) => {
                let words = error.hint().unwrap_or_else(|| error.text());
                self.foot.failed(words);
            }
            Ok(account) if matches!(account.kind(), Kind::Hotp { .. }) => {
                if self.counting.is_none() {
                    let task = self.worker.ask(move |app, _| Ok(app.code(id, now)?));
                    self.counting = Some((id, task));
                }
            }
            Ok(account) => {
                let code = code::at(account, self.accounts.clock.at(now));
                self.copy(id, &code);
            }
        }
    }

    /// Copies the code that comes next; of a counter account there is none before it is used.
    fn press_next(&mut self, id: AccountId, now: UnixTime) {
        match self.accounts.item(id).map(|item| &item.account) {
            Some(Ok(account)) if !matches!(account.kind(), Kind::Hotp { .. }) => {
                let code = code::next(account, self.accounts.clock.at(now));
                self.copy(id, &code);
            }
            _ => self.press(id, now),
        }
    }

    fn copy(&self, id: AccountId, code: &Code) {
        let Some(item) = self.accounts.item(id) else { return };
        let title = item.title().say(self.lang());
        self.clipboard.copy(title, Secret::from_text(code.digits.clone()));
    }
}

/// Draws `content` in a room that scrolls; its bar stands in the window's edge.
fn scrolled(ui: &mut egui::Ui, id: egui::Id, content: impl FnOnce(&mut egui::Ui)) {
    let width = ui.available_width();
    let mut room = ui.available_rect_before_wrap();
    room.max.x += theme::EDGE;
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(room));
    egui::ScrollArea::vertical().id_salt(id).auto_shrink(false).show(&mut ui, |ui| {
        // Focus and outlines of cards reach a little beyond them.
        ui.set_max_width(width);
        ui.add_space(2.0);
        content(ui);
        ui.add_space(theme::EDGE);
    });
}

/// Whether a failure may pass by itself, without a question to the user.
fn passes(error: &StoreError) -> bool {
    matches!(error, StoreError::TimedOut { .. } | StoreError::Busy { .. })
}
