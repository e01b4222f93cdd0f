//! The window: what it knows, what it hears from its threads, and its views put together.

use eframe::egui;
use otp::account::{AccountId, Kind};
use otp::clock::UnixTime;
use otp::code::{self, Code};
use otp::error::Explain;
use otp::present;
use otp::secret::Secret;
use otp::store::StoreError;
use otp::text;
use otp::text::Lang;

use crate::clipboard::Clipboard;
use crate::foot::Foot;
use crate::list::{Content, List};
use crate::notice::Notice;
use crate::source::Item;
use crate::theme;
use crate::worker::{Answer, Request, Worker};

/// The widest that a list gets; beyond it, rows are hard to follow across.
const WIDEST: f32 = 640.0;
/// After how many seconds a store that did not answer is asked again.
const RETRY: u64 = 10;

/// What the user wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    /// The code of this account, on the clipboard.
    Copy(AccountId),
    /// The accounts read again.
    Reload,
}

/// The state of the whole window.
pub(crate) struct Window {
    lang: Lang,
    worker: Worker,
    clipboard: Clipboard,
    accounts: Accounts,
    counted: Option<(AccountId, Code)>,
    list: List,
    foot: Foot,
}

/// What is known of the accounts.
enum Accounts {
    /// Nothing since this time.
    Waiting(UnixTime),
    /// Why they cannot be read, since this time.
    Failed(StoreError, UnixTime),
    /// All of them.
    Here(Vec<Item>),
}

impl Window {
    /// A window that has just asked `worker` for the accounts.
    pub(crate) fn new(lang: Lang, worker: Worker, clipboard: Clipboard, now: UnixTime) -> Self {
        let (list, foot) = (List::default(), Foot::default());
        Self { lang, worker, clipboard, accounts: Accounts::Waiting(now), counted: None, list, foot }
    }

    /// One frame at `now`: listens, draws, acts.
    pub(crate) fn frame(&mut self, ui: &mut egui::Ui, now: UnixTime) {
        self.hear(now);
        self.foot.tick(now);
        for action in self.draw(ui, now) {
            self.act(action, ui.ctx(), now);
        }
    }

    /// Whether anything in the window changes with the time alone.
    fn ticks(&self) -> bool {
        match &self.accounts {
            Accounts::Waiting(_) => true,
            Accounts::Failed(error, _) => passes(error),
            Accounts::Here(items) => !items.is_empty(),
        }
    }

    fn hear(&mut self, now: UnixTime) {
        while let Some(answer) = self.worker.answer() {
            match answer {
                Answer::Accounts(Ok(items)) => self.accounts = Accounts::Here(items),
                Answer::Accounts(Err(error)) => {
                    self.accounts = Accounts::Failed(error, now);
                    break;
                }
                Answer::Counted(id, Ok(code)) => {
                    self.copy(id, &code);
                    self.counted = Some((id, code));
                }
                Answer::Counted(_, Err(error)) => self.foot.failed(error.text(), now),
            }
        }
        while let Some(copied) = self.clipboard.outcome() {
            match copied.outcome {
                Ok(()) => self.foot.copied(copied.account, self.clipboard.seconds(), now),
                Err(error) => self.foot.failed(error.text(), now),
            }
        }
    }

    fn draw(&mut self, ui: &mut egui::Ui, now: UnixTime) -> Vec<Action> {
        let mut actions = Vec::new();
        if ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::F5)) {
            actions.push(Action::Reload);
        }
        self.foot.ui(ui, now, self.lang);
        let frame = egui::Frame::new().fill(ui.visuals().panel_fill).inner_margin(theme::EDGE);
        egui::CentralPanel::no_frame().frame(frame).show(ui, |ui| {
            let spare = ((ui.available_width() - WIDEST) / 2.0).max(0.0);
            let middle = ui.available_rect_before_wrap().shrink2(egui::vec2(spare, 0.0));
            ui.scope_builder(egui::UiBuilder::new().max_rect(middle), |ui| actions.extend(self.page(ui, now)));
        });
        actions
    }

    /// Title, then the list or what stands in its place.
    fn page(&mut self, ui: &mut egui::Ui, now: UnixTime) -> Option<Action> {
        theme::bold(ui, &text!("desktop-title").say(self.lang), theme::TITLE);
        ui.add_space(4.0);
        match &self.accounts {
            // A store that answers at once shall not flash a notice.
            Accounts::Waiting(since) if now.since(*since) < 1 => None,
            Accounts::Waiting(_) => notice(&Notice::waiting(), ui, self.lang),
            Accounts::Failed(error, since) if passes(error) && now.since(*since) >= RETRY => {
                self.accounts = Accounts::Failed(error.clone(), now);
                Some(Action::Reload)
            }
            Accounts::Failed(error, _) => notice(&Notice::failed(error), ui, self.lang),
            Accounts::Here(items) if items.is_empty() => notice(&Notice::empty(), ui, self.lang),
            Accounts::Here(items) => {
                let counted = self.counted.as_ref().map(|(id, code)| (*id, code));
                self.list.ui(ui, &Content { items, counted, now, lang: self.lang }).map(Action::Copy)
            }
        }
    }

    fn act(&mut self, action: Action, ctx: &egui::Context, now: UnixTime) {
        match action {
            Action::Reload => {
                if matches!(self.accounts, Accounts::Failed(..)) {
                    self.accounts = Accounts::Waiting(now);
                }
                self.worker.ask(Request::Load);
            }
            Action::Copy(id) => self.press(id, now),
        }
        ctx.request_repaint();
    }

    /// What pressing a row does: copies its code, or says why there is none.
    fn press(&mut self, id: AccountId, now: UnixTime) {
        let Some(item) = self.item(id) else { return };
        match &item.account {
            Err(error) => {
                let words = error.hint().unwrap_or_else(|| error.text());
                self.foot.failed(words, now);
            }
            Ok(account) if matches!(account.kind(), Kind::Hotp { .. }) => self.worker.ask(Request::Count(id, now)),
            Ok(account) => {
                let code = code::at(account, now);
                self.copy(id, &code);
            }
        }
    }

    fn copy(&self, id: AccountId, code: &Code) {
        let Some(item) = self.item(id) else { return };
        let title = present::title(&item.issuer, &item.name).say(self.lang);
        self.clipboard.copy(title, Secret::from_text(code.digits.clone()));
    }

    fn item(&self, id: AccountId) -> Option<&Item> {
        let Accounts::Here(items) = &self.accounts else { return None };
        items.iter().find(|item| item.id == id)
    }
}

impl eframe::App for Window {
    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        self.frame(ui, UnixTime::now());
        let came_back =
            ui.input(|input| input.events.iter().any(|event| matches!(event, egui::Event::WindowFocused(true))));
        if came_back {
            self.worker.ask(Request::Refresh);
        }
        // While the window is hidden no frame is drawn, and so none is asked for.
        if self.ticks() {
            ui.ctx().request_repaint_after(until_next_second());
        }
    }
}

/// The time until the clock shows another second.
fn until_next_second() -> std::time::Duration {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    // A little late rather than a little early, which would draw the old second once more.
    std::time::Duration::from_millis(1_010)
        .saturating_sub(std::time::Duration::from_millis(since.subsec_millis().into()))
}

/// Whether a failure may pass by itself, without a question to the user.
fn passes(error: &StoreError) -> bool {
    matches!(error, StoreError::TimedOut { .. } | StoreError::Busy { .. })
}

fn notice(notice: &Notice, ui: &mut egui::Ui, lang: Lang) -> Option<Action> {
    notice.ui(ui, lang).then_some(Action::Reload)
}
