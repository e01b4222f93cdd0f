//! The window as a person or a screen reader meets it, in both languages, without a display.
//! A character that no face on board can draw fails any of these tests.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use eframe::egui;
use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use otp::account::{Account, AccountId, Algorithm, Kind, Parts};
use otp::clock::UnixTime;
use otp::code::{self, Code};
use otp::error::Explain;
use otp::secret::Secret;
use otp::store::StoreError;
use otp::text;
use otp::text::Lang;

use crate::clipboard::Clipboard;
use crate::source::{Item, Source};
use crate::theme;
use crate::window::Window;
use crate::worker::Worker;

/// Answers with these accounts, or this failure.
struct Fixed(Result<fn() -> Vec<Item>, StoreError>);

impl Source for Fixed {
    fn load(&mut self) -> Result<Vec<Item>, StoreError> {
        self.0.as_ref().map(|items| items()).map_err(Clone::clone)
    }

    fn changed(&mut self) -> bool {
        false
    }

    fn count(&mut self, _: AccountId, now: UnixTime) -> Result<Code, StoreError> {
        Ok(code::at(&account("Work VPN", "taro", Kind::Hotp { counter: 3 }), now))
    }
}

/// With the secret of RFC 4226, appendix D.
fn account(issuer: &str, name: &str, kind: Kind) -> Account {
    let secret = Secret::from_text("12345678901234567890".to_owned());
    let (issuer, name) = (issuer.to_owned(), name.to_owned());
    Account::new(Parts { issuer, name, kind, algorithm: Algorithm::Sha1, digits: 6, secret, pin: None }).unwrap()
}

fn item(account: Account) -> Item {
    let (issuer, name) = (account.issuer().to_owned(), account.name().to_owned());
    Item { id: AccountId::random().unwrap(), issuer, name, tags: vec![], account: Ok(account) }
}

fn accounts() -> Vec<Item> {
    let totp = Kind::Totp { period: 30 };
    let mut broken = item(account("Kraken", "taro", totp));
    broken.account = Err(StoreError::Broken { account: "Kraken (taro)".into() });
    vec![
        item(account("Binance", "taro@example.com", totp)),
        item(account("楽天銀行", "普通 1234567", totp)),
        item(account("Work VPN", "taro", Kind::Hotp { counter: 3 })),
        broken,
        item(account("ev\u{202e}il", "\u{200b}", totp)),
    ]
}

/// A window under test: its time, and what its clipboard holds.
struct Stage {
    window: Window,
    now: UnixTime,
    held: Arc<Mutex<String>>,
}

type Play = Harness<'static, Stage>;

fn play(lang: Lang, answer: Result<fn() -> Vec<Item>, StoreError>) -> Play {
    let held = Arc::new(Mutex::new(String::new()));
    let board = Arc::clone(&held);
    let copy = move |code: &Secret, _: u64| {
        // EXPOSE: the test looks at what was copied.
        code.expose_text().unwrap().clone_into(&mut board.lock().unwrap());
        Ok(())
    };
    let clipboard = Clipboard::new(Arc::new(copy), 30, || ());
    let worker = Worker::start(move || Fixed(answer), || ());
    // The second step of RFC 4226's counter: 287082, and 359152 comes next.
    let now = UnixTime(35);
    let window = Window::new(lang, worker, clipboard, now);
    let builder = Harness::builder().with_size([440.0, 680.0]).with_context_setup(theme::apply);
    builder.build_ui_state(|ui, stage: &mut Stage| stage.window.frame(ui, stage.now), Stage { window, now, held })
}

/// Draws until `label` is there; the threads need their time.
#[track_caller]
fn wait_for(play: &mut Play, label: &str) {
    for _ in 0..1_000 {
        play.run_steps(2);
        if play.query_by_label(label).is_some() {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("`{label}` never came: {:#?}", play.root());
}

#[test]
fn rows_say_the_names_and_the_code_digit_by_digit() {
    let mut play = play(Lang::English, Ok(accounts));
    wait_for(&mut play, "Binance (taro@example.com), code 2 8 7 0 8 2");
    play.get_by_role_and_label(egui::accesskit::Role::Button, "Work VPN (taro), press for a new code");
    play.get_by_label("Kraken (taro), key missing or damaged");
    play.get_by_label("ev<U+202E>il (<U+200B>), code 2 8 7 0 8 2");
    play.get_by_role_and_label(egui::accesskit::Role::TextInput, "Search issuer, account, tag");
    play.state_mut().now = UnixTime(60);
    wait_for(&mut play, "Binance (taro@example.com), code 3 5 9 1 5 2");
}

#[test]
fn japanese_rows_say_the_same_and_have_every_glyph() {
    let mut play = play(Lang::Japanese, Ok(accounts));
    wait_for(&mut play, "楽天銀行 (普通 1234567)、認証コード 2 8 7 0 8 2");
    play.get_by_label("検索（発行元・アカウント・タグ）");
    // In the last seconds the next code is painted too.
    play.state_mut().now = UnixTime(55);
    play.run_steps(2);
}

#[test]
fn a_click_copies_and_the_foot_counts_down_to_the_clearing() {
    let mut play = play(Lang::English, Ok(accounts));
    wait_for(&mut play, "Binance (taro@example.com), code 2 8 7 0 8 2");
    play.get_by_label_contains("楽天銀行").click();
    wait_for(&mut play, "Copied the code of 楽天銀行 (普通 1234567)");
    assert_eq!(*play.state().held.lock().unwrap(), "287082");
    play.get_by_label("clears in 30 s");
    play.state_mut().now = UnixTime(64);
    wait_for(&mut play, "clears in 1 s");
    play.state_mut().now = UnixTime(65);
    wait_for(&mut play, "The clipboard no longer holds the code");
    play.state_mut().now = UnixTime(80);
    play.run_steps(2);
    assert!(play.query_by_label("The clipboard no longer holds the code").is_none());
}

#[test]
fn typing_filters_and_enter_copies_the_first() {
    let mut play = play(Lang::English, Ok(accounts));
    wait_for(&mut play, "Binance (taro@example.com), code 2 8 7 0 8 2");
    // Half-width kana and width do not matter; this types where the focus is at the start.
    play.event(egui::Event::Text("楽天".to_owned()));
    play.run_steps(2);
    assert!(play.query_by_label_contains("Binance").is_none());
    play.key_press(Key::Enter);
    wait_for(&mut play, "Copied the code of 楽天銀行 (普通 1234567)");
    play.key_press(Key::Escape);
    wait_for(&mut play, "Binance (taro@example.com), code 2 8 7 0 8 2");
    play.event(egui::Event::Text("zzz".to_owned()));
    wait_for(&mut play, "No account matches “zzz”");
}

#[test]
fn arrows_carry_the_focus_and_typing_goes_back_to_the_field() {
    let mut play = play(Lang::English, Ok(accounts));
    wait_for(&mut play, "Binance (taro@example.com), code 2 8 7 0 8 2");
    play.key_press(Key::ArrowDown);
    play.run_steps(3);
    assert!(play.get_by_label_contains("楽天銀行").is_focused());
    play.key_press(Key::Enter);
    wait_for(&mut play, "Copied the code of 楽天銀行 (普通 1234567)");
    play.key_press(Key::ArrowUp);
    play.run_steps(3);
    assert!(play.get_by_label_contains("Binance (").is_focused());
    play.event(egui::Event::Text("kr".to_owned()));
    play.run_steps(3);
    let field = play.get_by_role(egui::accesskit::Role::TextInput);
    assert!(field.is_focused());
    assert_eq!(field.value().as_deref(), Some("kr"));
    assert!(play.query_by_label_contains("Binance (").is_none());
    play.key_press(Key::ArrowUp);
    play.key_press(Key::ArrowDown);
    play.event(egui::Event::Text("a".to_owned()));
    play.run_steps(3);
    assert_eq!(play.get_by_role(egui::accesskit::Role::TextInput).value().as_deref(), Some("kra"));
}

#[test]
fn a_counter_account_gives_its_next_code_when_it_is_pressed() {
    let mut play = play(Lang::English, Ok(accounts));
    wait_for(&mut play, "Work VPN (taro), press for a new code");
    play.get_by_label_contains("Work VPN").click();
    // RFC 4226, appendix D: counter 3.
    wait_for(&mut play, "Work VPN (taro), code 9 6 9 4 2 9");
    wait_for(&mut play, "Copied the code of Work VPN (taro)");
    assert_eq!(*play.state().held.lock().unwrap(), "969429");
}

#[test]
fn a_broken_account_says_what_to_do() {
    let mut play = play(Lang::English, Ok(accounts));
    wait_for(&mut play, "Kraken (taro), key missing or damaged");
    play.get_by_label_contains("Kraken").click();
    let hint = StoreError::Broken { account: String::new() }.hint().unwrap();
    wait_for(&mut play, &theme::sentence(&hint, Lang::English));
    assert_eq!(*play.state().held.lock().unwrap(), "");
}

#[test]
fn every_failure_is_a_sentence_a_hint_and_a_button_in_both_languages() {
    #[track_caller]
    fn case(error: &StoreError) {
        for lang in Lang::ALL {
            let mut play = play(lang, Err(error.clone()));
            wait_for(&mut play, &theme::sentence(&error.text(), lang).replace('`', ""));
            let retry = text!("desktop-retry").say(lang);
            play.get_by_role_and_label(egui::accesskit::Role::Button, &retry).click();
            play.run_steps(1);
            wait_for(&mut play, &retry);
        }
    }
    let (expected, found) = ("gnome-keyring-daemon, login".to_owned(), "kwalletd6, kdewallet".to_owned());
    case(&StoreError::Locked);
    case(&StoreError::NoKeyring);
    case(&StoreError::WrongKeyring { expected, found });
    case(&StoreError::EmptiedKeyring);
    case(&StoreError::TimedOut { seconds: 5 });
    case(&StoreError::TooNew);
}

#[test]
fn a_new_owner_is_told_how_to_begin() {
    for lang in Lang::ALL {
        let mut play = play(lang, Ok(Vec::new));
        wait_for(&mut play, &text!("desktop-empty").say(lang));
        assert!(play.query_by_label_contains("otp\u{a0}import\u{a0}--qr").is_some());
    }
}

#[test]
fn a_keyring_that_takes_its_time_is_waited_for_in_words() {
    struct Never;
    impl Source for Never {
        fn load(&mut self) -> Result<Vec<Item>, StoreError> {
            std::thread::sleep(Duration::from_hours(1));
            Err(StoreError::Locked)
        }
        fn changed(&mut self) -> bool {
            false
        }
        fn count(&mut self, _: AccountId, _: UnixTime) -> Result<Code, StoreError> {
            Err(StoreError::Locked)
        }
    }
    let mut play = play(Lang::Japanese, Ok(accounts));
    let clipboard = Clipboard::new(Arc::new(|_: &Secret, _: u64| Ok(())), 30, || ());
    play.state_mut().window = Window::new(Lang::Japanese, Worker::start(|| Never, || ()), clipboard, UnixTime(100));
    play.state_mut().now = UnixTime(100);
    play.run_steps(2);
    assert!(play.query_by_label("キーリングの応答を待っています").is_none());
    play.state_mut().now = UnixTime(101);
    wait_for(&mut play, "キーリングの応答を待っています");
}

#[test]
fn every_control_has_a_name() {
    let mut play = play(Lang::English, Ok(accounts));
    wait_for(&mut play, "Binance (taro@example.com), code 2 8 7 0 8 2");
    play.check_accessibility();
}
