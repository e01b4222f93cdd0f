//! `otp qr read`: what pictures say, exactly, and with secrets only on demand.

use std::collections::BTreeSet;
use std::process::Command;

use otp::error::Exit;
use serde_json::json;

use crate::fixtures::draw;
use crate::prompts::{ends_with, on_a_terminal};
use crate::run::{Otp, SECRET, Said, png};

const TARO: &str = "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance";
const MASKED: &str = "otpauth://totp/Binance:taro?secret=***&issuer=Binance\n";
const LEFT_OUT: &str = "the secrets are left out; `--reveal` shows them\n";

#[test]
fn texts_are_printed_word_for_word() {
    let otp = Otp::bare();
    for text in [
        "https://example.com/?a=1&b=%20 ",
        "BEGIN:VCARD\r\nFN:山田\r\nEND:VCARD",
        "\u{1b}[31mred\u{7}",
        "日本語 ＡＢＣ",
    ] {
        otp.picture("a.png", text);
        otp.run(["qr", "read", "a.png"]).stdout(&format!("{text}\n")).stderr("").succeeds();
        otp.run(["qr", "read", "-"]).stdin(png(text)).stdout(&format!("{text}\n")).stderr("").succeeds();
        otp.run(["qr", "read"]).stdin(png(text)).stdout(&format!("{text}\n")).stderr("").succeeds();
    }
}

#[test]
fn a_terminal_gets_nothing_to_act_on() {
    let otp = Otp::bare();
    otp.picture("a.png", "\u{1b}]52;c;aGk=\u{7}x");
    let shown = on_a_terminal(&otp, "qr read a.png", "");
    ends_with(&shown, Exit::Done);
    assert!(shown.contains("<U+001B>]52;c;aGk=<U+0007>x\n"), "{shown}");
}

#[test]
fn secrets_are_shown_on_demand_only() {
    let otp = Otp::bare();
    for (text, masked) in [
        (TARO, MASKED),
        ("otpauth-migration://offline?data=CjEKFEdFWkRHTkJWR1kzVFFPSlE", "otpauth-migration://offline?data=***\n"),
        (SECRET, "***\n"),
        ("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZ", "AGE-SECRET-KEY-***\n"),
    ] {
        let picture = otp.picture("a.png", text);
        otp.run(["qr", "read", &picture]).stdout(masked).stderr(LEFT_OUT).succeeds();
        otp.run(["qr", "read", &picture, "--quiet"]).stdout(masked).stderr("").succeeds();
        let code = otp.run(["qr", "read", &picture, "--json"]).succeeds().json()["pictures"][0]["codes"][0].clone();
        assert_eq!((&code["text"], &code["masked"]), (&masked.trim().into(), &true.into()));
        otp.run(["qr", "read", &picture, "--reveal"]).stdout(&format!("{text}\n")).stderr("").succeeds();
        let revealed = otp.run(["qr", "read", &picture, "--json", "--reveal"]).succeeds().json();
        assert_eq!(revealed["pictures"][0]["codes"][0]["text"], text);
    }
}

#[test]
fn a_revealed_secret_does_not_stay_in_the_terminal() {
    let otp = Otp::bare();
    otp.picture("a.png", TARO);
    let shown = on_a_terminal(&otp, "qr read a.png --reveal", "expect -ex {QR code 1}\nsend q");
    ends_with(&shown, Exit::Done);
    let (page, after) = shown.split_once("\u{1b}[?1049l").unwrap();
    assert!(page.contains(TARO) && page.contains("\u{1b}[?1049h"), "{shown}");
    assert!(!after.contains("secret"), "{shown}");
}

#[test]
fn json_tells_what_was_read_where() {
    let otp = Otp::bare();
    let kinds = [
        (TARO, "account"),
        ("otpauth-migration://offline?data=AA", "transfer"),
        ("phonefactor://activate_account?code=1&url=x", "microsoft-activation"),
        (SECRET, "key"),
        ("OTPSHEET1:1/2:ABCD", "sheet-part"),
        ("https://example.com", "web-link"),
        ("WIFI:T:WPA;S:home;P:pass;;", "wifi"),
        ("https://qr.paypay.ne.jp/abc", "payment"),
        ("bitcoin:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "wallet"),
        ("MECARD:N:Taro;;", "contact"),
        ("FIDO:/0123456789", "passkey"),
        ("oktaverify://x", "push"),
        ("hello", "text"),
    ];
    let pictures: Vec<String> =
        kinds.iter().enumerate().map(|(at, (text, _))| otp.picture(&format!("{at}.png"), text)).collect();
    let arguments = ["qr", "read", "--json"].into_iter().chain(pictures.iter().map(String::as_str));
    let told = otp.run(arguments).succeeds().json();
    for (at, (look, (_, kind))) in told["pictures"].as_array().unwrap().iter().zip(kinds).enumerate() {
        assert_eq!(look["picture"], format!("{at}.png"));
        assert_eq!(look["codes"][0]["kind"], kind);
        assert!(look["milliseconds"].is_u64() && look["error"].is_null(), "{look}");
        let fields = BTreeSet::from(["kind", "level", "masked", "part", "size", "stage", "text", "version", "x", "y"]);
        assert_eq!(Said::fields(&look["codes"][0]), fields);
    }
}

/// The marks and the timing patterns are whole, and all else is covered: six pixels to a module.
#[test]
fn json_tells_what_was_seen_of_a_code_that_cannot_be_read() {
    let otp = Otp::bare();
    let mut covered = image::load_from_memory(&png(TARO)).unwrap().into_luma8();
    let side = covered.width();
    for (x, y, pixel) in covered.enumerate_pixels_mut() {
        let inside = |at: u32| (12 * 6..side - 12 * 6).contains(&at);
        if inside(x) && y > 11 * 6 || inside(y) && x > 11 * 6 {
            pixel.0 = [if (x / 11 + y / 7) % 2 == 0 { 0 } else { 255 }];
        }
    }
    let marks = otp.file("marks.png", draw::png(&covered));
    let good = otp.picture("good.png", "hello");
    let alone = otp.run(["qr", "read", "--json", &marks]).ends_with(Exit::BadInput);
    assert!(alone.stderr.starts_with("error: there seems to be a QR code in the picture"), "{alone}");
    let among = otp.run(["qr", "read", "--json", &good, &marks]).ends_with(Exit::Partial).json();
    for seen in [&alone.json()["pictures"][0], &among["pictures"][1]] {
        assert_eq!((&seen["marks"], &seen["module"]), (&3.into(), &6.0.into()), "{seen}");
        assert!(seen["error"].is_string() && seen["hint"].is_string() && seen["codes"] == json!([]), "{seen}");
    }
    let good = &among["pictures"][0];
    assert!(good["marks"].is_null() && good["module"].is_null() && good["hint"].is_null(), "{good}");
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_still_counts() {
    let otp = Otp::bare();
    let good = otp.picture("good.png", "hello");
    let bad = otp.file("bad.png", "no picture at all");
    let said = otp.run(["qr", "read", &good, &bad]).stdout("hello\n").ends_with(Exit::Partial);
    assert_eq!(said.stderr, "bad.png: this file is not a picture\n");
    let told = otp.run(["qr", "read", &good, &bad, "--json"]).ends_with(Exit::Partial).json();
    assert_eq!(told["pictures"][1]["error"], "this file is not a picture");
    assert_eq!(told["pictures"][1]["hint"], "use a PNG, JPEG, WebP, GIF or BMP picture");
    otp.run(["qr", "read", &bad])
        .stderr("error: this file is not a picture\nhint: use a PNG, JPEG, WebP, GIF or BMP picture\n")
        .fails_with(Exit::BadInput);
    otp.run(["qr", "read", &bad, &bad]).fails_with(Exit::BadInput);
    otp.run(["qr", "read", "nowhere.png"]).fails_with(Exit::Disk);
    let shown = on_a_terminal(&otp, "qr read", "");
    ends_with(&shown, Exit::Usage);
    assert!(shown.contains("error: there is no picture to read\n"), "{shown}");
}

/// `qrencode` splits what does not fit into small codes, as ISO/IEC 18004 has it.
#[test]
fn a_part_of_a_split_text_is_never_taken_for_the_whole() {
    let otp = Otp::bare();
    let key = "GEZDGNBVGY3TQOJQ".repeat(4);
    let whole = format!("otpauth://totp/Binance:taro?secret={key}&issuer=Binance");
    let draw = |program: &str, arguments: &[&str]| {
        let done = Command::new(program).args(arguments).current_dir(otp.home()).status();
        assert!(done.unwrap_or_else(|_| panic!("{program} is installed")).success());
    };
    draw("qrencode", &["-S", "-v", "4", "-o", "part.png", &whole]);
    draw("convert", &["part-02.png", "part-01.png", "+append", "both.png"]);
    let part = otp.run(["qr", "read", "part-01.png", "--json"]).succeeds().json()["pictures"][0]["codes"][0].clone();
    assert_eq!((&part["part"], &part["text"]), (&json!({ "number": 1, "of": 2 }), &json!("***")));
    let refused = otp.run(["import", "--dry-run", "part-01.png"]).fails_with(Exit::BadInput);
    assert!(refused.stderr.contains("a part (1 of 2) of a text"), "{}", refused.stderr);
    otp.run(["now", "--qr", "part-01.png"]).fails_with(Exit::BadInput);
    otp.run(["qr", "read", "both.png", "--reveal"]).stdout(&format!("{whole}\n")).succeeds();
    otp.run(["import", "--dry-run", "both.png"]).succeeds();
}
