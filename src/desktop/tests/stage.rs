//! A window under test: on a real profile, its secrets in memory, its time and clipboard in hand.

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use eframe::egui;
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};
use otp::account::{Account, Algorithm, Kind, Parts};
use otp::app::App;
use otp::app::clipboard::Lent;
use otp::app::config::Config;
use otp::app::profile::Profile;
use otp::clock::UnixTime;
use otp::secret::Secret;
use otp::store::{BackendKind, Key, StoreError};
use otp::text::Lang;

use crate::clipboard::Clipboard;
use crate::theme;
use crate::window::{Opening, Window};
use crate::worker::Worker;

/// What the profile holds when the window opens.
pub(super) type Accounts = fn() -> Vec<Account>;

/// With the secret of RFC 4226, appendix D.
pub(super) fn account(issuer: &str, name: &str, kind: Kind) -> Account {
    with_secret(issuer, name, kind, "12345678901234567890")
}

pub(super) fn with_secret(issuer: &str, name: &str, kind: Kind, secret: &str) -> Account {
    let secret = Secret::from_text(secret.to_owned());
    let (issuer, name) = (issuer.to_owned(), name.to_owned());
    Account::new(Parts { issuer, name, kind, algorithm: Algorithm::Sha1, digits: 6, secret, pin: None }).unwrap()
}

/// One of everything. Each gives other codes than the rest, or the store would take them for one;
/// the one called Kraken loses its secret.
pub(super) fn accounts() -> Vec<Account> {
    let totp = Kind::Totp { period: 30 };
    vec![
        account("Binance", "taro@example.com", totp),
        with_secret("楽天銀行", "普通 1234567", totp, "a second secret of 20"),
        account("Work VPN", "taro", Kind::Hotp { counter: 3 }),
        with_secret("Kraken", "taro", totp, "a third secret"),
        with_secret("ev\u{202e}il", "\u{200b}", totp, "a fourth secret"),
    ]
}

/// Opens the profile in `folder`, and fills it with `accounts` the first time.
fn open(folder: &std::path::Path, accounts: &[Account], ask: otp::app::AskPassphrase) -> Result<App, StoreError> {
    let mut app = App::open(Profile::at(folder), ask)?;
    if app.ledger().index().is_none() {
        app.ledger().choose(BackendKind::Memory);
    }
    if !accounts.is_empty() {
        let newcomers = accounts.iter().map(|account| account.duplicate().into()).collect();
        app.ledger().add(newcomers, UnixTime(30), &mut |_| {})?;
    }
    let broken: Vec<Key> = (app.accounts().into_iter())
        .filter(|entry| entry.issuer == "Kraken")
        .map(|entry| Key::Account(entry.id))
        .collect();
    app.ledger().store()?.delete(&broken)?;
    Ok(app)
}

/// A profile with [`accounts`] whose secrets are gone: they were in memory.
pub(super) fn filled() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let ask = || Err(StoreError::VaultLocked);
    open(folder.path(), &accounts(), Arc::new(ask)).unwrap();
    folder
}

/// A window under test.
pub(super) struct Stage {
    pub(super) window: Window,
    pub(super) now: UnixTime,
    /// What the clipboard holds.
    pub(super) held: Arc<Mutex<String>>,
    pub(super) folder: tempfile::TempDir,
}

pub(super) type Play = Harness<'static, Stage>;

/// A window on a profile with `accounts`, or on one that fails so.
pub(super) fn play(lang: Lang, accounts: Result<Accounts, StoreError>) -> Play {
    play_with(lang, Config::default(), accounts)
}

/// The same with other settings.
pub(super) fn play_with(lang: Lang, config: Config, accounts: Result<Accounts, StoreError>) -> Play {
    play_in(tempfile::tempdir().unwrap(), lang, config, accounts)
}

/// The same in a folder that something lies in already.
pub(super) fn play_in(
    folder: tempfile::TempDir,
    lang: Lang,
    config: Config,
    accounts: Result<Accounts, StoreError>,
) -> Play {
    let path = folder.path().to_owned();
    let worker = Worker::start(
        move |ask| {
            let accounts = accounts.as_ref().map(|accounts| accounts()).map_err(Clone::clone)?;
            open(&path, &accounts, ask)
        },
        || (),
    );
    stage(lang, config, worker, folder)
}

/// What stands in for the helper of the clipboard: clears `board` in the end, unless it is told to
/// leave it as it is.
struct Holder {
    board: Arc<Mutex<String>>,
    code: Option<String>,
}

impl Write for Holder {
    fn write(&mut self, told: &[u8]) -> std::io::Result<usize> {
        self.code = None;
        Ok(told.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Drop for Holder {
    fn drop(&mut self) {
        let mut board = self.board.lock().unwrap();
        if self.code.as_ref() == Some(&*board) {
            board.clear();
        }
    }
}

/// A window that asks `worker`.
pub(super) fn stage(lang: Lang, config: Config, worker: Worker, folder: tempfile::TempDir) -> Play {
    let held = Arc::new(Mutex::new(String::new()));
    let board = Arc::clone(&held);
    let copy = move |code: &Secret, _: u64| {
        // EXPOSE: the test looks at what was copied.
        let code = code.expose_text().unwrap().to_owned();
        board.lock().unwrap().clone_from(&code);
        Ok(Lent::new(Holder { board: Arc::clone(&board), code: Some(code) }))
    };
    let clipboard = Clipboard::new(Arc::new(copy), config.clipboard_seconds, || ());
    // The second step of RFC 4226's counter: 287082, and 359152 comes next.
    let now = UnixTime(35);
    let config_file = Some(folder.path().join("config.json"));
    let window = Window::new(Opening { lang: Some(lang), config, config_file, worker, clipboard, now });
    let builder = Harness::builder().with_size([440.0, 720.0]).with_context_setup(theme::apply);
    let stage = Stage { window, now, held, folder };
    builder.build_ui_state(|ui, stage: &mut Stage| stage.window.frame(ui, stage.now), stage)
}

/// Draws until `label` is there; the threads need their time.
#[track_caller]
pub(super) fn wait_for(play: &mut Play, label: &str) {
    // Literals are set in a face of their own, and not between backticks.
    let label = &*label.replace('`', "");
    if comes_true(play, |play| play.query_all_by_label(label).next().is_some()) {
        return;
    }
    let said = |node: Node<'_>| node.accesskit_node().label().or(node.accesskit_node().value());
    let labels: Vec<String> = play.query_all_by(|_| true).filter_map(said).collect();
    panic!("`{label}` never came; there are: {}", labels.join(" | "));
}

/// Runs the window until `holds`; `false` if that never comes.
pub(super) fn comes_true(play: &mut Play, holds: impl Fn(&Play) -> bool) -> bool {
    // On a busy machine the key of a backup alone can take half a minute.
    for _ in 0..20_000 {
        play.run_steps(2);
        if holds(play) {
            return true;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    false
}

/// Presses the button `label`.
#[track_caller]
pub(super) fn press(play: &mut Play, label: &str) {
    for _ in 0..20 {
        wait_for(play, label);
        let label = &*label.replace('`', "");
        let button = play.get_by_role_and_label(egui::accesskit::Role::Button, label);
        let id = button.accesskit_node().id();
        button.click_accesskit();
        play.run_steps(1);
        // What came above it in this very frame made it another one, which was not pressed.
        if play.query_all_by(|_| true).any(|node| node.accesskit_node().id() == id) {
            return play.run_steps(1);
        }
    }
    panic!("`{label}` is another button in every frame");
}

/// Sets the tick `label`, or takes it away.
#[track_caller]
pub(super) fn tick(play: &mut Play, label: &str) {
    wait_for(play, label);
    play.get_by_role_and_label(egui::accesskit::Role::CheckBox, label).click_accesskit();
    play.run_steps(2);
}

/// The field called `label`.
fn field<'a>(play: &'a Play, label: &'a str) -> Node<'a> {
    use egui::accesskit::Role;
    let is_field = |node: &Node<'_>| {
        matches!(node.accesskit_node().role(), Role::TextInput | Role::MultilineTextInput | Role::PasswordInput)
    };
    play.get_all_by_label(label).find(is_field).unwrap_or_else(|| panic!("no field `{label}`"))
}

/// What stands in the field called `label`.
pub(super) fn written(play: &Play, label: &str) -> String {
    field(play, label).accesskit_node().value().unwrap_or_default()
}

/// Types `text` into the field `label`.
#[track_caller]
pub(super) fn write(play: &mut Play, label: &str, text: &str) {
    field(play, label).focus();
    play.run_steps(2);
    play.event(egui::Event::Text(text.to_owned()));
    play.run_steps(2);
}

/// Types `text` into the field `label` in place of what is in it.
#[track_caller]
pub(super) fn enter(play: &mut Play, label: &str, text: &str) {
    wait_for(play, label);
    field(play, label).focus();
    play.run_steps(2);
    play.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    play.run_steps(2);
    write(play, label, text);
}
