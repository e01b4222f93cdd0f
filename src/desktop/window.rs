//! The window: what it knows, what it hears from its threads, and its views put together.

mod manners;
mod offers;
pub(crate) mod screen;
mod shell;
mod views;

use std::path::PathBuf;

use eframe::egui;
use otp::account::{AccountId, Kind};
use otp::app::config::Config;
use otp::clock::UnixTime;
use otp::code::{self, Code};
use otp::recovery::readiness::Step;
use otp::secret::Secret;
use otp::store::StoreError;
use otp::text::{Lang, Text};

use crate::accounts::{Accounts, State};
use crate::brought;
use crate::clipboard::Clipboard;
use crate::codes::Codes;
use crate::foot::Foot;
use crate::lock::owner::Owner;
use crate::lock::{Gate, Idle, Signals};
use crate::nav;
use crate::page::{Place, Want};
use crate::single::{Handed, Single};
use crate::theme;
use crate::watch::Watch;
use crate::worker::{Task, Worker};
use manners::Manners;
use offers::Offers;
use views::Opened;

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
    offered: Offers,
    changes: Vec<Task<Option<Text>>>,
    counting: Option<(AccountId, Task<Code>)>,
    screen: Option<screen::Screen>,
    /// Where the user wants to go, while the topmost view asks back.
    leaving: Option<Want>,
    /// What sees other programs' changes.
    pub(crate) watch: Option<Watch>,
    /// What hears that the screen locks.
    pub(crate) signals: Option<Signals>,
    /// What asks the system for its owner.
    pub(crate) owner: Option<Owner>,
    /// What hears of other starts.
    pub(crate) single: Option<Single>,
    /// Whether it was told to end, and not only to go out of sight.
    quits: bool,
    /// Its key and its sign on the desktop.
    pub(crate) manners: Manners,
    /// Whether a field had the focus in the frame before.
    had_focus: bool,
    /// How large the text was in the frame before.
    zoom: f32,
    /// What the ground is painted with.
    plain: Option<egui::TextureHandle>,
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
            offered: Offers::default(),
            changes: Vec::new(),
            counting: None,
            screen: None,
            leaving: None,
            watch: None,
            signals: None,
            owner: None,
            single: None,
            quits: false,
            manners: Manners::default(),
            had_focus: false,
            zoom: 1.0,
            plain: None,
        }
    }

    /// The language that the window speaks.
    pub(crate) fn lang(&self) -> Lang {
        self.lang.unwrap_or_else(|| self.config.lang(None))
    }

    /// One frame at `now`: listens, draws, acts.
    pub(crate) fn frame(&mut self, ui: &mut egui::Ui, now: UnixTime) {
        self.hear(ui.ctx(), now);
        self.idle.note(ui.ctx(), now);
        self.foot.tick(now);
        if std::mem::take(&mut self.restyle) {
            theme::configure(ui.ctx(), &self.config);
            // Programs that record or share the screen do not see the codes (`security.md` R5.3), where
            // the system has a way to say so.
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::ContentProtected(true));
            for failure in self.manners.apply(&mut self.config) {
                self.foot.failed(failure);
            }
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

    /// Whether nobody has been here for long; who waits for a search has not left.
    fn is_left(&mut self, now: UnixTime) -> bool {
        if self.pages.iter().any(|opened| opened.page.is_busy()) {
            self.idle = Idle::new(now);
        }
        self.idle.is_over(now, self.lock_seconds())
    }

    fn hear(&mut self, ctx: &egui::Context, now: UnixTime) {
        if self.signals.as_ref().is_some_and(Signals::heard) || self.is_left(now) {
            self.lock(ctx);
        }
        if let Some(handed) = self.single.as_ref().and_then(Single::handed) {
            self.come_forward(ctx, handed, now);
        }
        if self.manners.call() {
            self.come_forward(ctx, Handed(Vec::new()), now);
        }
        if self.watch.as_ref().is_some_and(Watch::changed) && !self.is_locked() {
            self.accounts.reload(&self.worker, now);
        }
        for notice in self.accounts.hear(&self.worker, now).into_iter().chain(self.worker.take_notices()) {
            self.foot.notice(notice);
        }
        if matches!(self.accounts.state, State::Here) && self.gate.is_opening() {
            self.gate = Gate::default();
        }
        if !self.is_locked() && !matches!(self.accounts.state, State::Waiting(_)) {
            let offered = self.offered.take();
            if !offered.is_empty() {
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
                Ok(()) => {
                    self.codes.copied = Some((copied.id, now));
                    let issuer = self.accounts.item(copied.id).map(|item| item.entry.issuer.trim().to_owned());
                    let short = issuer.filter(|issuer| !issuer.is_empty()).unwrap_or_else(|| copied.account.clone());
                    self.foot.copied(copied.account, short, self.clipboard.seconds(), now);
                }
                Err(error) => self.foot.failed(error.into()),
            }
        }
    }

    /// Shows the window, and what another start handed over.
    fn come_forward(&mut self, ctx: &egui::Context, handed: Handed, now: UnixTime) {
        ctx.send_viewport_cmd(egui::ViewportCommand::Visible(true));
        ctx.send_viewport_cmd(egui::ViewportCommand::Minimized(false));
        ctx.send_viewport_cmd(egui::ViewportCommand::Focus);
        if !handed.0.is_empty() {
            if self.is_locked() {
                // Somebody is there, and has the whole time to unlock it.
                self.idle = Idle::new(now);
            }
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
                        Err(failure) => self.foot.failed(failure),
                    }
                }
            }
        }
        self.changes = open;
        self.foot.working(self.changes.iter().find_map(Task::progress));
        if let Some((id, answer)) = self.counting.as_ref().and_then(|(id, task)| Some((*id, task.poll()?))) {
            self.counting = None;
            match answer {
                Ok(code) => {
                    self.copy(id, &code);
                    self.codes.count(id, code, now);
                }
                Err(failure) => self.foot.failed(failure),
            }
        }
    }

    fn draw(&mut self, ui: &mut egui::Ui, now: UnixTime) -> Vec<Want> {
        let lang = self.lang();
        let mut wants = Vec::new();
        let rail = nav::has_rail(ui.available_width()) && !self.is_locked();
        let here = self.pages.last().map_or(Place::Codes, |top| top.page.place());
        // A window that is very low is left to the codes.
        let step = self.pressing_step().filter(|_| ui.available_height() >= theme::LOWEST);
        if let Some(want) = self.foot.ui(ui, now, step, lang) {
            wants.push(want);
        }
        if rail {
            wants.extend(nav::rail(ui, here, lang));
        }
        let frame = egui::Frame::new().inner_margin(theme::EDGE);
        egui::CentralPanel::no_frame().frame(frame).show(ui, |ui| {
            // Below all that follows; what of it is left out is known afterwards.
            let ground = ui.painter().add(egui::Shape::Noop);
            let room = ui.max_rect().expand(theme::EDGE);
            let mut cards = theme::Cards::default();
            if self.is_locked() {
                let word = self.offered.word();
                wants.extend(self.gate.ui(ui, &self.accounts, self.owner.as_ref(), word.as_ref(), lang));
            } else {
                wants.extend(brought::take(ui));
                wants.extend(nav::keys(ui));
                cards = self.page(ui, rail, now, &mut wants);
            }
            let plain = self.plain.get_or_insert_with(|| theme::plain(ui.ctx()));
            ui.painter().set(ground, theme::ground(ui, room, &cards, plain.id()));
        });
        if !self.is_locked() {
            self.part(ui.ctx(), lang);
            brought::invite(ui, lang);
        }
        wants
    }

    /// The most valuable step for a way back, where the foot has nothing else to say.
    fn pressing_step(&self) -> Option<Step> {
        let home = self.pages.is_empty() && matches!(self.accounts.state, State::Here);
        self.accounts.steps.iter().copied().find(|step| home && step.is_pressing())
    }

    fn act(&mut self, want: Want, ctx: &egui::Context, now: UnixTime) {
        match self.instead(want) {
            Want::Open(page) => self.show(page),
            Want::Replace(page) => {
                self.pages.pop();
                self.show(page);
            }
            want @ (Want::Back | Want::Go(_)) if self.parting(&want).is_some() => self.leaving = Some(want),
            want @ (Want::Back | Want::Go(_)) => self.leave(&want),
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
            self.foot.failed(error.into());
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
        self.offered.let_go();
        if matches!(self.accounts.state, State::Locked) {
            return;
        }
        self.pages.clear();
        self.leaving = None;
        self.changes.clear();
        self.counting = None;
        self.codes = Codes::default();
        self.foot.clear();
        self.clipboard.clear();
        self.accounts.lock();
        self.gate = Gate::default();
        self.worker.close();
        theme::forget(ctx);
    }

    /// What pressing a row does: copies its code, or says why there is none.
    fn press(&mut self, id: AccountId, now: UnixTime) {
        let Some(item) = self.accounts.item(id) else { return };
        match &item.account {
            Err(error) => self.foot.failed(error.clone().into()),
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
        self.clipboard.copy(id, title, Secret::from_text(code.digits.clone()));
    }
}

/// Whether a failure may pass by itself, without a question to the user.
fn passes(error: &StoreError) -> bool {
    matches!(error, StoreError::TimedOut { .. } | StoreError::Busy { .. })
}
