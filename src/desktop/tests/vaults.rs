//! A vault, on the disk: made by whoever has no keyring, and opened by its passphrase alone. Nothing
//! is played here: the profile, the vault and the keyring that is not there are real.
#![cfg(target_os = "linux")]

use std::process::Command;
use std::sync::Arc;

use egui_kittest::kittest::Queryable;
use otp::app::App;
use otp::app::config::Config;
use otp::app::profile::Profile;
use otp::clock::UnixTime;
use otp::error::Explain;
use otp::secret::Secret;
use otp::store::StoreError;
use otp::text;
use otp::text::Lang;

use super::stage::{Play, press, stage, wait_for, write};
use crate::add::reader::Offered;
use crate::theme;
use crate::worker::Worker;

const LINK: &str = "otpauth://totp/Coincheck:jiro?secret=MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK&issuer=Coincheck\n";
const PASSPHRASE: &str = "coral unruly plow ninja marsh";

/// The window as the program starts it, on the profile in `folder`.
fn play(lang: Lang, folder: tempfile::TempDir) -> Play {
    let profile = Profile::at(folder.path());
    let worker = Worker::start(move |ask| crate::opened(Some(profile.clone()), ask), || ());
    stage(lang, Config::default(), worker, folder)
}

fn say(text: &text::Text, lang: Lang) -> String {
    theme::sentence(text, lang)
}

/// Has the ignored test `name` run where no keyring answers.
#[track_caller]
fn run_without_a_keyring(name: &str) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", &format!("tests::vaults::{name}"), "--ignored", "--nocapture"]);
    let output = command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus").output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
fn without_a_keyring_a_vault_is_offered_at_the_first_start_and_what_came_in_waits_for_it() {
    run_without_a_keyring("inside_without_a_keyring");
}

#[test]
#[ignore = "needs a computer without a keyring; the test above runs it on one"]
fn inside_without_a_keyring() {
    for lang in Lang::ALL {
        let mut play = play(lang, tempfile::tempdir().unwrap());
        wait_for(&mut play, &say(&text!("desktop-state-no-keyring"), lang));
        // It is shown all the same, and only cannot be kept.
        play.state_mut().window.bring(vec![Offered::text(LINK.to_owned())]);
        press(&mut play, &text!("desktop-receipt-keep", count = 1).say(lang));
        wait_for(&mut play, &say(&StoreError::NoKeyring.text(), lang));
        wait_for(&mut play, &text!("desktop-retry").say(lang));
        press(&mut play, &text!("desktop-make-vault").say(lang));
        wait_for(&mut play, &text!("desktop-pass-new").say(lang));
        write(&mut play, &text!("desktop-pass-new").say(lang), PASSPHRASE);
        write(&mut play, &text!("desktop-pass-again").say(lang), PASSPHRASE);
        press(&mut play, &text!("desktop-make-vault").say(lang));
        // The receipt is where it was.
        press(&mut play, &text!("desktop-receipt-keep", count = 1).say(lang));
        wait_for(&mut play, &say(&text!("import-saved", count = 1), lang));
        assert!(play.state().folder.path().join("identity.age").exists());
    }
}

#[test]
fn an_empty_vault_opens_to_its_passphrase_alone() {
    let lang = Lang::English;
    let folder = tempfile::tempdir().unwrap();
    let refusing = Arc::new(|| Err(StoreError::VaultLocked));
    let mut app = App::open(Profile::at(folder.path()), refusing).unwrap();
    app.create_vault(&Secret::from_text(PASSPHRASE.to_owned()), UnixTime(30)).unwrap();
    drop(app);
    let mut play = play(lang, folder);
    wait_for(&mut play, &say(&text!("desktop-lock-vault"), lang));
    let (field, unlock) = (text!("desktop-lock-passphrase").say(lang), text!("desktop-lock-unlock").say(lang));
    write(&mut play, &field, "wrong passphrase");
    press(&mut play, &unlock);
    wait_for(&mut play, &say(&StoreError::WrongPassphrase.text(), lang));
    assert!(play.query_by_label(&text!("desktop-welcome").say(lang)).is_none());
    write(&mut play, &field, PASSPHRASE);
    press(&mut play, &unlock);
    wait_for(&mut play, &text!("desktop-welcome").say(lang));
}
