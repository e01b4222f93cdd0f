//! How views are laid out: edges that they share, what stands above what, and what has room.

use eframe::egui;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};
use otp::account::{Account, Kind};
use otp::text;
use otp::text::{Lang, Text};

use super::scenes;
use super::sheets::{recovery, tool};
use super::stage::{Play, account, play, press, tick, wait_for, with_secret, write};
use crate::add::reader::Offered;
use crate::page::Place;
use crate::theme::{self, sentence};

/// Where what is called `label` stands.
#[track_caller]
fn place(play: &Play, label: &str) -> egui::Rect {
    play.get_all_by_label(label).next().unwrap().rect()
}

fn sized(play: &mut Play, width: f32, height: f32) {
    play.set_size(egui::vec2(width, height));
    play.run_steps(3);
}

fn twelve() -> Vec<Account> {
    let one = |number: usize| {
        with_secret(
            &format!("Site {number}"),
            "taro",
            Kind::Totp { period: 30 },
            &format!("secret {number:02} of twelve"),
        )
    };
    (1..=12).map(one).collect()
}

/// How many accounts the page for a way back shows.
fn shown(play: &Play) -> usize {
    let all = play.query_all_by(|_| true).map(|node| node.accesskit_node());
    all.filter(|node| node.label().is_some_and(|label| label.starts_with("Site "))).count()
}

#[test]
fn the_way_back_shows_the_step_then_the_accounts_then_the_tools() {
    for lang in Lang::ALL {
        let mut play = recovery(lang, twelve);
        for width in [360.0, 440.0, 1_000.0] {
            sized(&mut play, width, 2_000.0);
            let step = place(&play, &text!("desktop-step-sheet").say(lang));
            let accounts = place(&play, &sentence(&text!("desktop-ready-accounts"), lang));
            let tools = place(&play, &sentence(&text!("desktop-ready-tools"), lang));
            assert!(step.bottom() < accounts.top() && accounts.bottom() < tools.top());
            assert_eq!(shown(&play), 5);
        }
        press(&mut play, &text!("desktop-ready-all", count = 12).say(lang));
        play.run_steps(2);
        assert_eq!(shown(&play), 12);
    }
}

#[test]
fn a_step_about_one_account_names_it() {
    for lang in Lang::ALL {
        let mut play = recovery(lang, scenes_account);
        press(&mut play, &text!("desktop-copies-title").say(lang));
        press(&mut play, &text!("desktop-copies-make").say(lang));
        wait_for(&mut play, &text!("desktop-copies-noted").say(lang));
        let key = play
            .query_all_by(|_| true)
            .find_map(|node| node.accesskit_node().value().filter(|text| text.starts_with("AGE-SECRET-KEY-")));
        let key = key.unwrap();
        tick(&mut play, &text!("desktop-copies-noted").say(lang));
        write(&mut play, &text!("desktop-copies-back").say(lang), &key);
        press(&mut play, &text!("desktop-copies-confirm").say(lang));
        wait_for(&mut play, &text!("desktop-copies-stop").say(lang));
        press(&mut play, &text!("desktop-back").say(lang));
        let why = text!("desktop-step-why-second");
        wait_for(&mut play, &text!("desktop-step-begin", why = why, account = "Binance (taro@example.com)").say(lang));
    }
}

fn scenes_account() -> Vec<Account> {
    vec![account("Binance", "taro@example.com", Kind::Totp { period: 30 })]
}

#[test]
fn the_first_start_offers_copies_beside_the_sheet() {
    for lang in Lang::ALL {
        let mut play = play(lang, Ok(Vec::new));
        wait_for(&mut play, &text!("desktop-welcome").say(lang));
        let link = "otpauth://totp/Binance:taro?secret=KRSXG5BAONSWG4TFOQQHO2LUNBXXK5BA&issuer=Binance";
        play.state_mut().window.bring(vec![Offered::text(link.to_owned())]);
        press(&mut play, &text!("desktop-receipt-keep", count = 1).say(lang));
        press(&mut play, &text!("desktop-welcome-two-copies").say(lang));
        wait_for(&mut play, &text!("desktop-copies-make").say(lang));
    }
}

/// The words for a new passphrase that can be read whole.
fn words(play: &Play) -> Option<(String, egui::Rect)> {
    let all = play.query_all_by_role(Role::Label);
    all.filter_map(|node| Some((node.accesskit_node().value()?, node.rect()))).find(|(text, _)| {
        text.split(' ').count() == 6 && text.chars().all(|symbol| symbol.is_ascii_lowercase() || " -".contains(symbol))
    })
}

#[test]
fn random_words_can_be_read_whole_until_they_are_covered_or_changed() {
    for lang in Lang::ALL {
        let mut play = recovery(lang, scenes_account);
        tool(&mut play, "desktop-backup-title", lang);
        press(&mut play, &text!("desktop-pass-words").say(lang));
        for width in [360.0, 440.0, 1_000.0] {
            sized(&mut play, width, 720.0);
            let (_, rect) = words(&play).unwrap();
            assert!(rect.left() >= 0.0 && rect.right() <= width);
            assert!(width > 440.0 || rect.height() > 40.0, "they take several lines");
        }
        tick(&mut play, &text!("desktop-show-typed").say(lang));
        assert_eq!(words(&play), None);
        tick(&mut play, &text!("desktop-show-typed").say(lang));
        assert!(words(&play).is_some());
        write(&mut play, &text!("desktop-pass-new").say(lang), "x");
        assert_eq!(words(&play), None);
    }
}

#[test]
fn views_of_a_wide_window_begin_at_one_edge_and_none_is_too_wide_to_read() {
    let lang = Lang::English;
    let mut play = scenes::codes(lang);
    sized(&mut play, 1_280.0, 800.0);
    let mut edges = Vec::new();
    for at in [Place::Add, Place::Recovery, Place::Trash, Place::Settings] {
        press(&mut play, &at.label().say(lang));
        play.run_steps(3);
        let title = at.title().say(lang);
        let heading = play.get_by_role_and_label(Role::Heading, &title);
        edges.push(heading.rect().left());
    }
    assert!(edges.iter().all(|edge| (edge - edges[0]).abs() < 0.5));
    let mut first = super::stage::play(lang, Ok(Vec::new));
    wait_for(&mut first, &text!("desktop-welcome").say(lang));
    sized(&mut first, 1_280.0, 800.0);
    let cards = first.output().shapes.iter().filter_map(|clipped| match &clipped.shape {
        egui::Shape::Rect(card) if card.corner_radius == theme::ROUND_CARD.into() => Some(card.rect),
        _ => None,
    });
    let cards: Vec<egui::Rect> = cards.collect();
    assert!(cards.len() >= 3 && cards.iter().all(|card| card.width() <= theme::WIDEST));
    assert!(cards.iter().all(|card| (card.left() - edges[0]).abs() < 2.0));
}

#[test]
fn what_is_joined_is_apart_as_the_language_has_it() {
    let words = ["Paper 2026-11-27", "Tried 2026-11-27"];
    assert_eq!(crate::kit::joined(&words, Lang::English), "Paper 2026-11-27 · Tried 2026-11-27");
    assert_eq!(crate::kit::joined(&words, Lang::Japanese), "Paper 2026-11-27 ・ Tried 2026-11-27");
    let locale = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("locales/en");
    for file in std::fs::read_dir(locale).unwrap() {
        assert!(!std::fs::read_to_string(file.unwrap().path()).unwrap().contains('・'));
    }
}

#[test]
fn lines_of_a_long_field_stand_apart() {
    let mut text = "ab\ncd".to_owned();
    let play = egui_kittest::Harness::builder().with_context_setup(theme::apply);
    let play = play.build_ui(move |ui| drop(crate::kit::lines(ui, "Notes", &mut text, 3)));
    let galleys = play.output().shapes.iter().filter_map(|clipped| match &clipped.shape {
        egui::Shape::Text(text) if text.galley.text() == "ab\ncd" => Some(text.galley.clone()),
        _ => None,
    });
    let rows =
        galleys.max_by_key(|galley| galley.rows.len()).unwrap().rows.iter().map(|row| row.pos.y).collect::<Vec<_>>();
    assert!(rows[1] - rows[0] >= 1.4 * theme::BODY);
}

/// How much of the window `foot` leaves to the view above it.
fn left_above(foot: crate::foot::Foot, step: Option<otp::recovery::readiness::Step>, lang: Lang) -> f32 {
    let setup = egui_kittest::Harness::builder().with_size([700.0, 720.0]).with_context_setup(theme::apply);
    let now = otp::clock::UnixTime(100);
    let mut play = setup.build_ui_state(
        move |ui, (foot, left): &mut (crate::foot::Foot, f32)| {
            foot.tick(now);
            drop(foot.ui(ui, now, step, lang));
            *left = ui.available_height();
        },
        (foot, 0.0),
    );
    play.run_steps(3);
    play.state().1
}

#[test]
fn the_foot_is_as_high_whatever_it_says() {
    use crate::foot::Foot;
    use otp::error::Explain;
    use otp::recovery::readiness::Step;
    use otp::store::StoreError;

    for lang in Lang::ALL {
        let said = |say: &dyn Fn(&mut Foot)| {
            let mut foot = Foot::default();
            say(&mut foot);
            left_above(foot, None, lang)
        };
        let names = || "Binance".to_owned();
        let all = [
            said(&|foot| foot.done(Text::new("desktop-cleared"))),
            said(&|foot| foot.copied(names(), names(), 30, otp::clock::UnixTime(100))),
            said(&|foot| foot.working(Some((3, 12)))),
            said(&|foot| foot.failed(crate::failure::Failure::from(StoreError::Locked))),
            left_above(Foot::default(), Some(Step::Print(9)), lang),
            left_above(Foot::default(), Some(Step::Copies), lang),
        ];
        assert!(StoreError::Locked.hint().is_some());
        assert!(all.iter().all(|left| (left - all[0]).abs() < 0.5));
    }
}
