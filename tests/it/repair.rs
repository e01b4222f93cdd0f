//! `otp repair`: slips in a key found by codes that `oathtool` says are those of the true one.

use otp::error::Exit;

use crate::prompts::{ends_with, on_a_terminal};
use crate::run::{Otp, oathtool};

const KEY: &str = "JBSWY3DPEHPK3PXP";
/// The key with a B taken for an 8 and two neighbours swapped.
const SLIPPED: &str = "j8sw y3dp ehkp 3pxp";

fn now() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()
}

/// Where the clock of [`answers`] goes.
const ZONE: &str = "JST-9";

/// The slipped key and two codes in a row with their times, as lines. The times are told and not
/// those of now, so that a machine that stands still for a while changes nothing.
fn answers() -> String {
    let code = |at, time| format!("{} {time}\n", oathtool(KEY, at));
    // By `TZ=Asia/Tokyo date -d @1795584730`.
    let codes = [code(1_795_584_730, "2026-11-25 14:32:10"), code(1_795_584_700, "2026-11-25 14:31:40")];
    format!("{SLIPPED}\n{}", codes.concat())
}

#[test]
fn a_script_finds_a_key_and_keeps_it() {
    let otp = Otp::new();
    let options = ["repair", "--issuer", "Binance", "--name", "taro", "--yes"];
    let said = otp.run(options).env("TZ", ZONE).stdin(answers()).succeeds();
    let shown = said.stderr.to_lowercase();
    for line in
        ["one key fits; ", "two neighbours were swapped; ", "letters 2, 11, 12 were others", "new: binance (taro)"]
    {
        assert!(shown.contains(line), "{said}");
    }
    assert!(!shown.contains("jbsw") && said.stdout.is_empty(), "{said}");
    otp.run(["now", "binance", "--at", "1111111109"]).stdout(&format!("{}\n", oathtool(KEY, 1_111_111_109))).succeeds();

    let answer = otp.run(["repair", "--dry-run", "--json"]).env("TZ", ZONE).stdin(answers()).succeeds().json();
    let answer = &answer["repair"];
    assert_eq!((&answer["keys"], &answer["codes"], &answer["swapped"]), (&1.into(), &2.into(), &1.into()));
    assert_eq!(answer["places"], serde_json::json!([2, 11, 12]));
    // Keys tried × 3 steps × 3 steps ÷ a million, twice.
    let (tried, expected) = (answer["tried"].as_f64().unwrap(), answer["expected_false"].as_f64().unwrap());
    assert!((expected - tried * 9.0 / 1e12).abs() < 1e-15, "{answer}");
    assert!(answer.get("key").is_none());

    let said = otp.run(["repair", "--reveal"]).env("TZ", ZONE).stdin(answers()).succeeds();
    assert_eq!(said.stdout, "JBSW Y3DP EHPK 3PXP\n");
    otp.run(["list"]).stdout("Binance  taro\n").succeeds();
}

#[test]
fn the_time_of_a_code_is_told_by_the_time_zone() {
    let otp = Otp::new();
    // 2026-11-25 14:32:10 in Japan, by `TZ=Asia/Tokyo date -d @1795584730`.
    let times = [(1_795_584_730, "2026-11-25 14:32:10"), (1_795_584_860, "2026年11月25日 14時34分")];
    let codes = times.map(|(at, time)| format!("{} {time}\n", oathtool(KEY, at)));
    let lines = format!("JBSWY3DPEHPK3PX?\n{}", codes.concat());
    otp.run(["repair", "--dry-run"]).env("TZ", "JST-9").stdin(&lines).succeeds();
}

#[test]
fn what_cannot_be_told_apart_asks_for_one_more_code() {
    let otp = Otp::new();
    let said = otp.run(["repair", "--dry-run"]).stdin("????????????????\n123456\n").fails_with(Exit::NoMatch);
    assert!(said.stderr.starts_with("error: too many letters cannot be read"), "{said}");
    let few = |lang| otp.run(["repair", "--dry-run", "--lang", lang]).stdin("JBSWY3DPEHPK????\n123456\n");
    let said = few("en").fails_with(Exit::NoMatch);
    assert!(said.stderr.starts_with("so few codes cannot tell more keys apart: with one more, "), "{said}");
    let said = few("ja").fails_with(Exit::NoMatch);
    assert!(said.stderr.starts_with("認証コードが少なく、これ以上は見分けられません"), "{said}");
    for (lines, error) in [
        ("", "there is no backup key in this"),
        ("JBSW !3DP\n", "one symbol stands for no letter of a key, at position 5"),
        ("JBSWY3DPEHPK3PXP\n", "without a code that the key gave, nobody can tell which key is right"),
        ("JBSWY3DPEHPK3PXP\n123\n", "this is no code of 6 digits"),
        ("JBSWY3DPEHPK3PXP\n123456 yesterday\n", "that is no time"),
    ] {
        let said = otp.run(["repair"]).stdin(lines).fails_with(Exit::BadInput);
        assert!(said.stderr.starts_with(&format!("error: {error}\nhint: ")), "{said}");
    }
}

#[test]
fn a_beginner_is_led_to_the_key() {
    let otp = Otp::new();
    let now = now();
    let (first, second) = (oathtool(KEY, now), oathtool(KEY, now - 30));
    let dialogue = format!(
        "answer {{(it is not shown):}} {{{SLIPPED}}}\nanswer {{on the old phone:}} {{12}}\n\
         answer {{Enter: now)}} {{}}\nanswer {{on the old phone:}} {{{first}}}\nanswer {{Enter: now)}} {{later}}\n\
         answer {{Enter: now)}} {{now}}\nanswer {{(Enter: no more):}} {{{second} now}}\nanswer {{(Enter: no more):}} {{}}\n\
         answer {{for example Binance)?}} {{Binance}}\nanswer {{e-mail address)?}} {{taro}}\nanswer {{[y/N]}} {{y}}"
    );
    let shown = on_a_terminal(&otp, "repair", &dialogue);
    ends_with(&shown, Exit::Done);
    for line in
        ["error: this is no code of 6 digits\n", "error: that is no time\n", "one key fits; ", "stored 1 account\n"]
    {
        assert!(shown.contains(line), "{line}: {shown}");
    }
    assert!(!shown.to_lowercase().contains("jbsw") && !shown.contains("y3dp"), "{shown}");
    otp.run(["now", "binance", "--at", "1111111109"]).stdout(&format!("{}\n", oathtool(KEY, 1_111_111_109))).succeeds();
}

#[test]
fn a_long_search_ends_at_control_c() {
    let otp = Otp::new();
    // Six letters that cannot be read are a billion keys.
    let dialogue = "answer {(it is not shown):} {??????BCJBSWY3DP}\nanswer {on the old phone:} {111111 now}\n\
        answer {(Enter: no more):} {222222 now}\nanswer {(Enter: no more):} {333333 now}\n\
        answer {(Enter: no more):} {}\nafter 1500\nsend \"\\003\"";
    let shown = on_a_terminal(&otp, "repair", dialogue);
    ends_with(&shown, Exit::Cancelled);
    assert!(shown.contains("keys tried") && shown.contains("error: stopped after "), "{shown}");
}
