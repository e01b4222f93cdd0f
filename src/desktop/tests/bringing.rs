//! Bringing accounts in: files, pasted texts and pictures, typed keys, locked exports.

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui;
use egui_kittest::kittest::{NodeT, Queryable};
use otp::secret::Secret;
use otp::text;
use otp::text::Lang;

use super::stage::{Play, accounts, play, press, wait_for, write, written};
use crate::add::reader::Offered;

const LINES: &str = "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n\
    otpauth://totp/Coincheck:jiro?secret=MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK&issuer=Coincheck\n\
    otpauth://totp/bad?secret=0\n";

const TITLE: &str = "Binance (taro@example.com)";

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// A window without accounts that has read `offered`.
fn brought(lang: Lang, offered: Offered) -> Play {
    let mut play = play(lang, Ok(Vec::new));
    wait_for(&mut play, &text!("desktop-welcome").say(lang));
    play.state_mut().window.bring(vec![offered]);
    play
}

fn say(text: &text::Text, lang: Lang) -> String {
    crate::theme::sentence(text, lang)
}

#[test]
fn a_picture_is_shown_before_it_is_kept() {
    for lang in Lang::ALL {
        let mut play = brought(lang, Offered::Path(fixture("qr/binance.png")));
        press(&mut play, &text!("desktop-receipt-keep", count = 1).say(lang));
        wait_for(&mut play, &say(&text!("import-saved", count = 1), lang));
        press(&mut play, &text!("desktop-kept-codes").say(lang));
        wait_for(&mut play, &text!("desktop-search").say(lang));
        assert!(play.query_all_by_label_contains("Binance").next().is_some());
    }
}

#[test]
fn what_has_no_tick_is_not_kept_and_what_cannot_be_read_is_named() {
    let lang = Lang::English;
    let mut play = brought(lang, Offered::text(LINES.to_owned()));
    wait_for(&mut play, "1 not read");
    play.get_by_role_and_label(egui::accesskit::Role::CheckBox, "Binance (taro)").click();
    press(&mut play, "Keep 1 account");
    wait_for(&mut play, "Stored 1 account");
    press(&mut play, "See the codes");
    wait_for(&mut play, "Search issuer, account, tag");
    assert!(play.query_all_by_label_contains("Coincheck").next().is_some());
    assert!(play.query_all_by_label_contains("Binance").next().is_none());
}

#[test]
fn nothing_is_kept_without_a_yes() {
    let mut play = brought(Lang::Japanese, Offered::text(LINES.to_owned()));
    press(&mut play, "保存しない");
    wait_for(&mut play, &text!("desktop-welcome").say(Lang::Japanese));
}

#[test]
fn text_and_pictures_are_pasted_anywhere() {
    let mut play = play(Lang::English, Ok(accounts));
    wait_for(&mut play, "Binance (taro@example.com), code 2 8 7 0 8 2");
    play.event(egui::Event::Paste(LINES.to_owned()));
    wait_for(&mut play, "What came in");
    press(&mut play, "Keep nothing");
    let file = std::fs::read(fixture("qr/binance.png")).unwrap();
    let picture = image::load_from_memory(&file).unwrap().to_rgba8();
    let size = [picture.width() as usize, picture.height() as usize];
    let picture = egui::ColorImage::from_rgba_unmultiplied(size, picture.as_raw());
    play.event(egui::Event::PasteImage(Arc::new(picture)));
    wait_for(&mut play, "Keep 1 account");
    press(&mut play, "Back");
    // A pasted word is a search, not an import.
    play.event(egui::Event::Paste("binance".to_owned()));
    play.run_steps(3);
    assert!(play.query_by_label("What came in").is_none());
}

#[test]
fn a_typed_key_is_judged_while_it_is_typed_and_gives_its_code() {
    for lang in Lang::ALL {
        let mut play = play(lang, Ok(Vec::new));
        press(&mut play, &text!("desktop-welcome-one-button").say(lang));
        press(&mut play, &text!("desktop-add-key-button").say(lang));
        let field = text!("desktop-key-field").say(lang);
        wait_for(&mut play, &field);
        write(&mut play, &field, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T Q0JQ");
        let error = otp::key::read("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQ0JQ").unwrap_err();
        wait_for(&mut play, &say(&otp::error::Explain::text(&error), lang));
        let go_on = text!("desktop-go-on").say(lang);
        assert!(play.get_by_label(&go_on).accesskit_node().is_disabled());
        for _ in 0..4 {
            play.key_press(egui::Key::Backspace);
        }
        play.event(egui::Event::Text("QOJQ".to_owned()));
        play.run_steps(2);
        // RFC 6238, appendix B, the last six digits for 59 s.
        wait_for(&mut play, &text!("desktop-key-code", code = "2 8 7 0 8 2").say(lang));
        write(&mut play, &text!("desktop-field-issuer").say(lang), "楽天銀行");
        press(&mut play, &go_on);
        press(&mut play, &text!("desktop-receipt-keep", count = 1).say(lang));
        wait_for(&mut play, &say(&text!("import-saved", count = 1), lang));
        press(&mut play, &text!("desktop-kept-codes").say(lang));
        wait_for(&mut play, &text!("desktop-row", account = "楽天銀行", code = "2 8 7 0 8 2").say(lang));
    }
}

#[test]
fn a_text_with_nothing_but_a_key_asks_whose_it_is() {
    for lang in Lang::ALL {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key.txt");
        for typed in ["GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ\r\n", "Backup key: GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\n"] {
            std::fs::write(&path, typed).unwrap();
            let mut dropped = brought(lang, Offered::Path(path.clone()));
            wait_for(&mut dropped, &text!("desktop-key-code", code = "2 8 7 0 8 2").say(lang));
            assert_eq!(written(&dropped, &text!("desktop-key-field").say(lang)), typed.trim());
            let mut pasted = brought(lang, Offered::text(typed.to_owned()));
            wait_for(&mut pasted, &text!("desktop-key-code", code = "2 8 7 0 8 2").say(lang));
        }
    }
}

#[test]
fn a_locked_export_asks_in_place_and_again_after_a_wrong_passphrase() {
    let items = [otp::export::Item { account: accounts().remove(0), extras: otp::import::Extras::default() }];
    let passphrase = Secret::from_text("correct horse battery".to_owned());
    let target = otp::export::target("2fas").unwrap();
    let job = otp::export::Job { passphrase: Some(&passphrase), at: otp::clock::UnixTime(30), per_page: 10 };
    let bytes = target.write(&items, &job).unwrap();
    for lang in Lang::ALL {
        let mut play = brought(lang, Offered::Content("backup.2fas".to_owned(), bytes.clone()));
        let field = text!("desktop-locked-field").say(lang);
        let open = text!("desktop-locked-open").say(lang);
        wait_for(&mut play, &field);
        write(&mut play, &field, "wrong");
        press(&mut play, &open);
        wait_for(&mut play, &text!("desktop-locked-wrong").say(lang));
        write(&mut play, &field, "correct horse battery");
        press(&mut play, &open);
        wait_for(&mut play, &text!("desktop-receipt-keep", count = 1).say(lang));
    }
}

#[test]
fn every_app_says_where_its_export_is() {
    let lang = Lang::Japanese;
    let mut play = play(lang, Ok(Vec::new));
    press(&mut play, &text!("desktop-welcome-one-button").say(lang));
    press(&mut play, &text!("desktop-add-app-button").say(lang));
    let search = text!("desktop-apps-search").say(lang);
    wait_for(&mut play, &search);
    write(&mut play, &search, "aegis");
    let format = otp::import::format("aegis").unwrap();
    press(&mut play, &say(&format.app(), lang));
    wait_for(&mut play, &say(&format.how_to_export(), lang));
}

#[test]
fn a_file_that_holds_nothing_says_why_and_leads_back() {
    for lang in Lang::ALL {
        let mut play = brought(lang, Offered::Content("x".to_owned(), b"hello".to_vec().into()));
        let error = otp::import::open(&otp::import::Source::new(b"hello")).unwrap_err();
        wait_for(&mut play, &say(&otp::error::Explain::text(&error), lang));
        press(&mut play, &text!("desktop-close").say(lang));
        wait_for(&mut play, &text!("desktop-welcome").say(lang));
    }
}

/// The pages of an encrypted sheet of forty accounts, each a picture with one code.
fn sheet_pages(passphrase: &Secret) -> Vec<Vec<u8>> {
    let address = |number: u8| {
        // Numbers that no compression makes small.
        let secret =
            otp::key::write(&Secret::new((1..=20).map(|at| number.wrapping_mul(at).wrapping_mul(97) ^ at).collect()));
        format!("otpauth://totp/Site{number}:me?secret={}&issuer=Site{number}\n", secret.expose_text().unwrap())
    };
    let plain: String = (1..=40).map(address).collect();
    let parts = otp::recovery::sheet::seal(plain.as_bytes(), passphrase).unwrap();
    parts.iter().map(|part| otp::qr::modules(&part.to_string()).unwrap().to_png().unwrap().to_vec()).collect()
}

#[test]
fn pictures_of_an_encrypted_sheet_are_put_together() {
    let passphrase = Secret::from_text("coral unruly plow ninja".to_owned());
    let pages = sheet_pages(&passphrase);
    assert!(pages.len() > 1);
    let offered = || -> Vec<Offered> {
        let page = |(at, page): (usize, &Vec<u8>)| Offered::Content(format!("{at}.png"), page.clone().into());
        pages.iter().enumerate().rev().map(page).collect()
    };
    for lang in Lang::ALL {
        let mut play = play(lang, Ok(Vec::new));
        wait_for(&mut play, &text!("desktop-welcome").say(lang));
        play.state_mut().window.bring(offered());
        let field = text!("desktop-locked-field").say(lang);
        wait_for(&mut play, &field);
        write(&mut play, &field, "coral unruly plow ninja");
        press(&mut play, &text!("desktop-locked-open").say(lang));
        wait_for(&mut play, &text!("desktop-receipt-keep", count = 40).say(lang));
    }
    // Left out, it is named by its pictures, and the rest comes in.
    let lang = Lang::English;
    let mut play = play(lang, Ok(Vec::new));
    wait_for(&mut play, &text!("desktop-welcome").say(lang));
    let mut all = offered();
    all.push(Offered::text(LINES.to_owned()));
    play.state_mut().window.bring(all);
    press(&mut play, &text!("desktop-locked-skip").say(lang));
    wait_for(&mut play, "Keep 2 accounts");
    let names: Vec<String> = (0..pages.len()).rev().map(|at| format!("{at}.png")).collect();
    wait_for(&mut play, &format!("{}: it was left out, unopened", names.join(", ")));
}

#[test]
fn a_page_alone_of_an_encrypted_sheet_asks_for_the_others() {
    let pages = sheet_pages(&Secret::from_text("coral unruly plow ninja".to_owned()));
    for lang in Lang::ALL {
        let mut play = brought(lang, Offered::Content("screen".to_owned(), pages[0].clone().into()));
        wait_for(&mut play, &say(&text!("sheet-hint-every-page"), lang));
        assert!(play.query_by_label(&say(&text!("import-hint-no-accounts"), lang)).is_none());
    }
}

#[test]
fn what_is_left_out_of_a_folder_is_said() {
    for lang in Lang::ALL {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("shots");
        std::fs::create_dir_all(folder.join("old")).unwrap();
        std::fs::write(folder.join("a.txt"), LINES).unwrap();
        let mut play = brought(lang, Offered::Path(folder.clone()));
        wait_for(&mut play, &text!("desktop-receipt-keep", count = 2).say(lang));
        wait_for(&mut play, &say(&text!("import-remark-folders", folder = "shots", count = 1), lang));
        // A folder that is too full is not read in part.
        (0..1_000).for_each(|number| std::fs::write(folder.join(format!("{number}.txt")), LINES).unwrap());
        let mut play = brought(lang, Offered::Path(folder));
        wait_for(&mut play, &say(&text!("import-full-folder", folder = "shots", most = 1_000), lang));
    }
}

/// A picture that takes long to look at: the marks of a thousand QR codes, and none that can be read.
fn crowd() -> Vec<u8> {
    let picture = image::GrayImage::from_fn(1_200, 1_200, |x, y| {
        let [x, y] = [x, y].map(|at| (at / 4).checked_sub(1).map_or(7, |at| at % 8));
        let edge = x.min(6_u32.saturating_sub(x)).min(y).min(6_u32.saturating_sub(y));
        image::Luma([if x < 7 && y < 7 && edge != 1 { 0 } else { 255 }])
    });
    let mut file = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}

#[test]
fn of_several_sources_it_is_told_which_one_is_read() {
    let slow = crowd();
    for lang in Lang::ALL {
        let mut play = play(lang, Ok(Vec::new));
        wait_for(&mut play, &text!("desktop-welcome").say(lang));
        let crowd = Offered::Content("crowd.png".to_owned(), slow.clone().into());
        let binance = || Offered::Path(fixture("qr/binance.png"));
        play.state_mut().window.bring(vec![binance(), crowd, binance()]);
        let told = say(&text!("import-reading", number = 2, of = 3), lang);
        wait_for(&mut play, &told);
        let bar = play.get_by_role_and_label(egui::accesskit::Role::ProgressIndicator, &told);
        assert_eq!(bar.accesskit_node().numeric_value().map(f64::round), Some(33.0));
        wait_for(&mut play, &text!("desktop-receipt-keep", count = 1).say(lang));
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_read() {
    for lang in Lang::ALL {
        let home = tempfile::tempdir().unwrap();
        let pipe = home.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        for (path, name) in [(PathBuf::from("/dev/zero"), "zero"), (pipe, "pipe")] {
            let mut play = brought(lang, Offered::Path(path));
            wait_for(&mut play, &say(&text!("desktop-no-file", file = name), lang));
        }
        let huge = home.path().join("huge.txt");
        std::fs::File::create(&huge).unwrap().set_len((64 << 20) + 1).unwrap();
        let mut play = brought(lang, Offered::Path(huge));
        wait_for(&mut play, &say(&text!("import-too-big", most = 64), lang));
    }
}

/// A picture from the clipboard, with a QR code that says `text`.
fn drawn(text: &str) -> Offered {
    let modules = otp::qr::modules(text).unwrap();
    let side = modules.whole() * 4;
    let pixel = |at: usize| if modules.is_dark(at % side / 4, at / side / 4) { 0 } else { 255 };
    let pixels: Vec<u8> = (0..side * side).map(pixel).collect();
    Offered::Picture(Arc::new(egui::ColorImage::from_gray([side, side], &pixels)))
}

#[test]
fn a_picture_of_some_other_code_is_called_what_it_is() {
    for lang in Lang::ALL {
        let mut play = brought(lang, drawn("WIFI:T:WPA;S:guest;P:welcome;;"));
        wait_for(&mut play, &say(&text!("import-other-wifi"), lang));
        // There is nothing to take a tick away from, and nothing to export again.
        for absent in [text!("desktop-receipt-words"), text!("import-hint-no-accounts"), text!("import-no-accounts")] {
            assert!(play.query_by_label(&say(&absent, lang)).is_none(), "{}", absent.id());
        }
        press(&mut play, &text!("desktop-close").say(lang));
    }
}

#[test]
fn a_picture_of_a_code_with_any_text_says_that_no_account_is_in_it_and_what_to_use() {
    for lang in Lang::ALL {
        let mut play = brought(lang, drawn("hello world"));
        wait_for(&mut play, &say(&text!("import-other-code"), lang));
        wait_for(&mut play, &say(&text!("import-hint-set-up-code"), lang));
    }
}

#[test]
fn a_broken_picture_is_called_one_whatever_its_bytes_look_like() {
    // As even as a cipher's, so that it could be an export under a passphrase.
    let bytes: Vec<u8> = (0..2_000_u32).map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    for lang in Lang::ALL {
        let home = tempfile::tempdir().unwrap();
        for (name, damaged) in [("random.png", true), ("random.bin", false)] {
            let path = home.path().join(name);
            std::fs::write(&path, &bytes).unwrap();
            let mut play = brought(lang, Offered::Path(path));
            if damaged {
                wait_for(&mut play, &say(&text!("qr-damaged"), lang));
            } else {
                wait_for(&mut play, &text!("desktop-locked-field").say(lang));
            }
        }
    }
}

#[test]
fn a_receipt_of_what_is_here_already_says_so_once_and_offers_nothing_to_keep() {
    let here = "otpauth://totp/Binance:taro@example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n";
    for lang in Lang::ALL {
        let mut play = play(lang, Ok(accounts));
        wait_for(&mut play, &text!("desktop-row", account = TITLE, code = "2 8 7 0 8 2").say(lang));
        play.state_mut().window.bring(vec![Offered::text(here.to_owned())]);
        wait_for(&mut play, &say(&text!("receipt-here-same"), lang));
        assert_eq!(play.query_all_by_label_contains(TITLE).count(), 1);
        assert!(play.query_by_label(&text!("desktop-receipt-keep", count = 0).say(lang)).is_none());
        press(&mut play, &text!("desktop-close").say(lang));
    }
}

#[test]
fn a_file_of_several_that_cannot_be_used_is_named_once() {
    for lang in Lang::ALL {
        let mut play = play(lang, Ok(Vec::new));
        wait_for(&mut play, &text!("desktop-welcome").say(lang));
        let offered = [fixture("qr/binance.png"), PathBuf::from("/nowhere/gone.png")];
        play.state_mut().window.bring(offered.map(Offered::Path).into());
        wait_for(&mut play, &text!("desktop-receipt-keep", count = 1).say(lang));
        let lines = play.query_all_by_label_contains("gone.png").map(|node| node.accesskit_node().value());
        let lines: Vec<String> = lines.flatten().collect();
        assert!(matches!(&lines[..], [only] if only.matches("gone.png").count() == 1), "{}", lines.join(" | "));
    }
}

#[test]
fn a_picture_of_a_bare_key_leads_to_where_its_names_are_asked_for() {
    for lang in Lang::ALL {
        let key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        let mut play = brought(lang, drawn(key));
        let field = text!("desktop-key-field").say(lang);
        wait_for(&mut play, &field);
        assert_eq!(written(&play, &field), key);
        write(&mut play, &text!("desktop-field-issuer").say(lang), "Binance");
        press(&mut play, &text!("desktop-go-on").say(lang));
        wait_for(&mut play, &text!("desktop-receipt-words").say(lang));
        press(&mut play, &text!("desktop-receipt-keep", count = 1).say(lang));
        wait_for(&mut play, &say(&text!("import-saved", count = 1), lang));
    }
}
