//! A computer whose clock is off: found by two codes of a phone that is right, corrected, and told.

use otp::error::Exit;
use serde_json::Value;

use crate::capture::Bus;
use crate::prompts::{ends_with, on_a_terminal};
use crate::run::{Otp, SECRET, Said, oathtool};

const LIST: &str = "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n";

fn now() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()
}

/// Two codes in a row of a phone whose clock is `ahead` of ours.
fn phone(ahead: i64) -> String {
    let now = now().saturating_add_signed(ahead);
    format!("{}\n{}\n", oathtool(SECRET, now - 30), oathtool(SECRET, now))
}

fn correction(otp: &Otp) -> i64 {
    otp.run(["now", "binance", "--json"]).succeeds().json()["code"]["clock_correction"].as_i64().unwrap()
}

fn check(said: &Said, id: &str) -> Option<Value> {
    said.json()["checks"].as_array().unwrap().iter().find(|check| check["id"] == id).cloned()
}

#[test]
fn a_clock_that_is_off_is_measured_corrected_and_told() {
    // Nine hours are a wrong time zone.
    for (ahead, slow) in [(205, true), (-3_700, false), (32_400, true)] {
        let otp = Otp::with(LIST);
        assert_eq!(correction(&otp), 0);
        let said = otp.run(["verify", "binance", "--correct"]).stdin(phone(ahead)).succeeds();
        let word = if slow { "this computer's clock is slow by " } else { "this computer's clock is fast by " };
        assert!(said.stdout.contains(word), "{said}");
        assert!(said.stderr.contains("the chance that other codes would fit like this is 1 in "), "{said}");
        // A code tells the time to a period, and commands take some seconds here.
        let seconds = correction(&otp);
        assert!((seconds - ahead).abs() < 60, "{seconds} instead of {ahead}");

        let before = now();
        let said = otp.run(["now", "binance"]).succeeds();
        let after = now();
        let possible = [before, after].map(|now| oathtool(SECRET, now.saturating_add_signed(seconds)));
        assert!(possible.contains(&said.stdout.trim().to_owned()), "{said}");
        assert!(said.stderr.contains(&format!("the clock is corrected by {seconds:+} s for codes\n")), "{said}");
        let said = otp.run(["list", "--codes"]).succeeds();
        assert!(said.stderr.contains(&format!("corrected by {seconds:+} s")), "{said}");
        let answer = otp.run(["list", "--codes", "--json"]).succeeds().json();
        assert_eq!(answer["accounts"][0]["clock_correction"], seconds);
        // What was asked for another time has that time.
        otp.run(["now", "binance", "--at", "1111111109"]).stdout("081804\n").succeeds();

        let said = otp.run(["doctor", "--json"]).ends_with(Exit::Attention);
        let found = check(&said, "correction").unwrap();
        assert!(found["text"].as_str().unwrap().contains(&format!("{seconds:+} s")), "{said}");
        let said = otp.run(["doctor", "--lang", "ja"]).ends_with(Exit::Attention);
        assert!(said.stdout.contains(&format!("時計を {seconds:+} 秒補正")), "{said}");
        let said = otp.run(["doctor", "--json", "--drop-correction"]).said();
        assert!(check(&said, "correction").is_none(), "{said}");
        assert_eq!(correction(&otp), 0);
    }
}

#[test]
fn a_clock_that_is_right_again_needs_no_correction() {
    let otp = Otp::with(LIST);
    otp.run(["verify", "binance", "--correct"]).stdin(phone(400)).succeeds();
    assert_ne!(correction(&otp), 0);
    // Not another second may pass into the next period between the two.
    let right = std::iter::repeat_with(|| {
        let began = now() / 30;
        let said = otp.run(["verify", "binance"]).stdin(oathtool(SECRET, now())).said();
        (began == now() / 30).then_some(said)
    });
    let said = right.take(5).flatten().next().unwrap();
    assert_eq!(said.stdout, "the code is right\n", "{said}");
    assert!(said.stderr.contains("this computer's clock is right again: its correction is dropped\n"), "{said}");
    assert_eq!(correction(&otp), 0);
}

#[test]
fn the_correction_stands_beside_every_code() {
    let otp = Otp::with(LIST);
    std::fs::write(otp.profile().join("clock.json"), r#"{"seconds":400,"found":1795584920}"#).unwrap();
    let beside = |words: &[&str], typed: &str| {
        let said = otp.run(words.iter().copied()).stdin(typed).succeeds();
        assert!(said.stderr.contains("the clock is corrected by +400 s for codes\n"), "{words:?}: {said}");
    };
    let picture = otp.picture("new.png", "otpauth://totp/New:me?secret=MFRGGZDFMZTWQ2LK&issuer=New");
    beside(&["now", "binance"], "");
    beside(&["now", "--qr", &picture], "");
    beside(&["list", "--codes"], "");
    beside(&["import", "--key", "--issuer", "Typed", "--yes"], "JBSWY3DPEHPK3PXP");
    beside(&["import", &picture, "--now", "--yes"], "");
    otp.run(["remove", "binance", "--yes"]).succeeds();
    beside(&["trash", "--codes"], "");
}

#[test]
fn a_small_correction_stays_when_a_code_is_right_with_it_and_without_it() {
    let otp = Otp::with(LIST);
    std::fs::write(otp.profile().join("clock.json"), r#"{"seconds":1,"found":1795584920}"#).unwrap();
    // By both clocks it has to be the same code, from here until the program looks.
    let said = std::iter::repeat_with(|| {
        let began = now();
        let said = otp.run(["verify", "binance"]).stdin(oathtool(SECRET, began)).said();
        (began / 30 == (now() + 1) / 30).then_some(said)
    });
    let said = said.take(5).flatten().next().unwrap();
    assert_eq!(said.code, 0, "{said}");
    assert!(said.stderr.contains("the clock is corrected by +1 s for codes\n"), "{said}");
    assert_eq!(correction(&otp), 1);
}

#[test]
fn one_code_corrects_nothing_and_foreign_codes_fit_nothing() {
    let otp = Otp::with(LIST);
    let one = oathtool(SECRET, now() + 600);
    let said = otp.run(["verify", "binance", "--correct"]).stdin(&one).ends_with(Exit::BadInput);
    assert!(said.stderr.starts_with("error: one code is not enough to correct the clock by\n"), "{said}");
    let foreign =
        format!("{}\n{}\n", oathtool("MFRGGZDFMZTWQ2LK", now() + 570), oathtool("MFRGGZDFMZTWQ2LK", now() + 600));
    let said = otp.run(["verify", "binance", "--correct", "--lang", "ja"]).stdin(foreign).ends_with(Exit::NoMatch);
    assert!(said.stderr.contains("この順の認証コードにはなりません\n"), "{said}");
    assert_eq!(correction(&otp), 0);
}

/// What a program is told of a clock that is off, without a question and without a correction.
#[test]
fn a_program_is_told_how_far_the_clock_is_off() {
    let otp = Otp::with(LIST);
    let verdict = |codes: &str| {
        let said = otp.run(["verify", "binance", "--json"]).stdin(codes).said();
        (said.code, said.json()["verdict"].clone())
    };
    for ahead in [-3_700, 205, 32_400] {
        let (code, verdict) = verdict(&phone(ahead));
        let clock = &verdict["clock"];
        let [seconds, least, most] = ["seconds", "least", "most"].map(|field| clock[field].as_i64().unwrap());
        assert!((seconds - ahead).abs() < 60 && (least..=most).contains(&seconds), "{verdict}");
        assert!(clock["expected_false"].as_f64().unwrap() < 0.001 && clock["sure"] == true, "{verdict}");
        assert_eq!(code, 0, "{verdict}");
    }
    // One code measures nothing, and foreign ones fit nowhere.
    let (_, one) = verdict(&oathtool(SECRET, now() + 600));
    assert!(one["clock"].is_null(), "{one}");
    let foreign = ["MFRGGZDFMZTWQ2LK"; 2].map(|key| oathtool(key, now() + 600)).join("\n");
    let (code, none) = verdict(&foreign);
    assert_eq!((code, &none["clock"]), (i32::from(Exit::NoMatch.code()), &Value::Null), "{none}");
    assert_eq!(correction(&otp), 0);
}

#[test]
fn somebody_at_the_terminal_is_asked_for_the_next_code() {
    let otp = Otp::with(LIST);
    // On the phone, which is about ten minutes ahead, the first code is gone ten seconds from now.
    let there = (now() + 600).next_multiple_of(30) + 20;
    let ahead = i64::try_from(there - now()).unwrap();
    let (first, second) = (oathtool(SECRET, there), oathtool(SECRET, there + 30));
    let dialogue = format!(
        "answer {{code shown for Binance (taro):}} {{{first}}}\nafter 12000\n\
         answer {{(Enter: no):}} {{{second}}}\nanswer {{[y/N]}} {{y}}"
    );
    let shown = on_a_terminal(&otp, "verify binance", &dialogue);
    ends_with(&shown, Exit::Done);
    assert!(
        shown.contains("this computer's clock is slow by ") && shown.contains(" s corrected from now on"),
        "{shown}"
    );
    assert!((correction(&otp) - ahead).abs() < 30);
}

/// The clock is set to 2001 for `otp` alone, by `faketime`.
#[test]
fn a_clock_that_was_never_set_is_told_beside_the_code() {
    let otp = Otp::with(LIST);
    let said = otp.shell("exec faketime '2001-09-09 01:46:40' \"$OTP\" now binance \"$@\"").succeeds();
    assert_eq!(said.stdout.trim(), oathtool(SECRET, 1_000_000_000), "{said}");
    assert!(said.stderr.contains("this computer's clock is years behind"), "{said}");
    // A day back: something was noted later than it is now.
    let said = otp.shell("exec faketime -f -1d \"$OTP\" now binance --lang ja \"$@\"").succeeds();
    assert!(said.stderr.contains("時計が戻されたようです"), "{said}");
}

/// A time service as the kernel's flag would have it.
struct TimeService(bool);

#[zbus::interface(name = "org.freedesktop.timedate1")]
impl TimeService {
    #[zbus(property, name = "NTPSynchronized")]
    fn synchronised(&self) -> bool {
        self.0
    }
}

/// `otp doctor --json` where the system says that its clock follows a time server, or not.
fn examined(otp: &Otp, follows: bool) -> Value {
    let bus = Bus::start();
    let builder = zbus::blocking::connection::Builder::address(&*bus.address).unwrap();
    let builder = builder.name("org.freedesktop.timedate1").unwrap();
    let _service = builder.serve_at("/org/freedesktop/timedate1", TimeService(follows)).unwrap().build().unwrap();
    let said = otp.run(["doctor", "--json"]).env("DBUS_SYSTEM_BUS_ADDRESS", &bus.address).said();
    check(&said, "clock").unwrap()
}

#[test]
fn the_doctor_asks_the_system_whether_its_clock_is_set() {
    let otp = Otp::with(LIST);
    let found = examined(&otp, false);
    assert_eq!((&found["level"], &found["exit"]), (&"notice".into(), &Exit::Attention.code().into()), "{found}");
    assert_eq!(found["text"], "the system says that its clock does not follow a time server");
    let found = examined(&otp, true);
    assert_eq!((&found["level"], &found["text"]), (&"good".into(), &"the clock follows a time server".into()));
    let bus = Bus::start();
    let said = otp.run(["doctor", "--json"]).env("DBUS_SYSTEM_BUS_ADDRESS", &bus.address).said();
    assert_eq!(check(&said, "clock").unwrap()["level"], "good", "nobody on the bus says anything: {said}");
}
