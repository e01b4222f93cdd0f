//! What to do when one cannot get in: the steps, and the buttons that lead to the help.

use egui_kittest::kittest::Queryable;
use otp::account::{Account, Kind};
use otp::recovery::rescue::Case;
use otp::text;
use otp::text::{Lang, Text};

use super::scenes::{codes, tool};
use super::stage::{accounts, enter, play, press, wait_for, write};
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
    press(&mut play, &text!("desktop-welcome-lost").say(lang));
    press(&mut play, &sentence(&Case::Lost.text(), lang));
    let file = play.state().folder.path().join("steps.pdf");
    enter(&mut play, "File", file.to_str().unwrap());
    press(&mut play, "Save as PDF");
    wait_for(&mut play, "Written to steps.pdf");
    assert!(std::fs::read(file).unwrap().starts_with(b"%PDF"));
}

#[test]
fn who_cannot_get_in_or_has_a_backup_finds_a_door_on_the_first_view() {
    for lang in Lang::ALL {
        let doors = [
            ("desktop-welcome-lost", sentence(&text!("desktop-rescue-what"), lang)),
            ("desktop-welcome-back", text!("desktop-restore-choose").say(lang)),
        ];
        for (door, behind) in doors {
            let mut play = play(lang, Ok(Vec::new));
            press(&mut play, &Text::new(door).say(lang));
            wait_for(&mut play, &behind);
            press(&mut play, &text!("desktop-back").say(lang));
            wait_for(&mut play, &text!("desktop-welcome").say(lang));
        }
    }
}

#[test]
fn what_helps_in_trouble_comes_first_and_what_needs_accounts_only_with_them() {
    for lang in Lang::ALL {
        let mut none = play(lang, Ok(Vec::new));
        press(&mut none, &text!("desktop-nav-recovery").say(lang));
        let rescue = text!("desktop-rescue-title").say(lang);
        wait_for(&mut none, &rescue);
        assert!(none.query_by_label(&text!("desktop-sheet-title").say(lang)).is_none());
        let mut some = codes(lang);
        press(&mut some, &text!("desktop-nav-recovery").say(lang));
        wait_for(&mut some, &text!("desktop-sheet-title").say(lang));
        let top = |label: &str| some.query_all_by_label(label).map(|node| node.rect().top()).fold(f32::MAX, f32::min);
        let restore = text!("desktop-restore-title").say(lang);
        assert!(top(&rescue) < top(&restore) && top(&restore) < top(&text!("desktop-sheet-title").say(lang)));
        // The accounts stand above, of which there are never many at first.
        assert!(top(&rescue) > top(TITLE));
    }
}

fn hundred() -> Vec<Account> {
    let one = |number| {
        super::stage::with_secret(
            "Bank",
            &format!("no {number}"),
            Kind::Totp { period: 30 },
            &format!("a secret of number {number:03}"),
        )
    };
    (0..100).map(one).collect()
}

#[test]
fn what_has_happened_is_in_sight_whatever_there_is() {
    for lang in Lang::ALL {
        let mut play = play(lang, Ok(hundred));
        wait_for(&mut play, &text!("desktop-search").say(lang));
        while play.query_all_by_label_contains("no 42").next().is_none()
            && play.query_all_by_label_contains("no 3").next().is_none()
        {
            play.run_steps(1);
        }
        press(&mut play, &text!("desktop-nav-recovery").say(lang));
        press(&mut play, &text!("desktop-rescue-title").say(lang));
        let case = sentence(&Case::ALL[0].text(), lang);
        wait_for(&mut play, &case);
        assert!(play.get_by_label(&case).rect().bottom() < 400.0);
        // The one that it is about is searched.
        write(&mut play, &text!("desktop-rescue-account").say(lang), "no 42");
        press(&mut play, "Bank (no 42)");
        press(&mut play, &case);
        wait_for(&mut play, "Bank (no 42)");
    }
}

#[test]
fn a_transfer_code_is_covered_after_half_a_minute_and_shown_longer_when_asked() {
    for lang in Lang::ALL {
        let mut play = tool("desktop-transfer-title", lang);
        press(&mut play, &text!("desktop-transfer-show").say(lang));
        let (covered, longer) =
            (text!("desktop-transfer-covered").say(lang), text!("desktop-transfer-longer").say(lang));
        let later = |play: &mut super::stage::Play, seconds: u64| {
            play.state_mut().now.0 += seconds;
            play.run_steps(2);
        };
        later(&mut play, 29);
        press(&mut play, &longer);
        later(&mut play, 29);
        // The names are listed as the language does it.
        let comma = if lang == Lang::Japanese { "、" } else { ", " };
        assert!(play.query_all_by_label_contains(&format!("{TITLE}{comma}")).next().is_some());
        assert!(play.query_by_label(&covered).is_none());
        later(&mut play, 1);
        wait_for(&mut play, &covered);
        assert!(play.query_by_label(&longer).is_none());
        press(&mut play, &text!("desktop-qr-show").say(lang));
        wait_for(&mut play, &longer);
    }
}
