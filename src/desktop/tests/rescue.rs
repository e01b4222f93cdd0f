//! What to do when one cannot get in: the steps, and the buttons that lead to the help.

use otp::recovery::rescue::Case;
use otp::text;
use otp::text::Lang;

use super::stage::{accounts, enter, play, press, wait_for};
use crate::theme::sentence;

const TITLE: &str = "Binance (taro@example.com)";

#[test]
fn the_steps_for_an_account_lead_to_its_code_its_new_key_and_other_cases() {
    for lang in Lang::ALL {
        let mut play = play(lang, Ok(accounts));
        let more = text!("desktop-row-more", account = TITLE).say(lang);
        press(&mut play, &more);
        press(&mut play, &text!("desktop-menu-rescue").say(lang));
        press(&mut play, &sentence(&Case::Lost.text(), lang));
        wait_for(&mut play, &text!("desktop-rescue-code-here").say(lang));
        press(&mut play, &text!("desktop-part-renew").say(lang));
        wait_for(&mut play, &text!("desktop-renew-words").say(lang));
        press(&mut play, &text!("desktop-back").say(lang));
        // The steps are still there.
        press(&mut play, &Case::Refused.text().say(lang));
        wait_for(&mut play, &text!("desktop-rescue-slip").say(lang));
        press(&mut play, &text!("desktop-repair-title").say(lang));
        wait_for(&mut play, &text!("desktop-repair-key").say(lang));
    }
}

#[test]
fn the_steps_go_onto_paper() {
    let lang = Lang::English;
    let mut play = play(lang, Ok(Vec::new));
    press(&mut play, &text!("desktop-welcome-back").say(lang));
    press(&mut play, &text!("desktop-rescue-title").say(lang));
    press(&mut play, &sentence(&Case::Lost.text(), lang));
    let file = play.state().folder.path().join("steps.pdf");
    enter(&mut play, "File", file.to_str().unwrap());
    press(&mut play, "Save as PDF");
    wait_for(&mut play, "Written to steps.pdf");
    assert!(std::fs::read(file).unwrap().starts_with(b"%PDF"));
}
