//! Digits, names, dates and table cells as people read them.
//!
//! Names come from strangers: whatever leaves this room has its control characters made visible.
//! The stored names never change.

mod letters;
mod table;
mod wrap;

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

pub use letters::suspicious;
pub use table::{columns, elide, pad};
pub use wrap::wrap;

use crate::clock::UnixTime;
use crate::text;
use crate::text::Text;

/// The symbols of a code in groups that are easy to type: `123 456`, `123 4567`, `1234 5678`,
/// `123 456 789`. Codes of up to five symbols, Steam's among them, stay in one piece.
pub fn grouped(code: &str) -> String {
    let groups: &[usize] = match code.chars().count() {
        6 | 7 => &[3],
        8 => &[4],
        9 | 10 => &[3, 6],
        _ => &[],
    };
    let mut shown = String::with_capacity(code.len() + groups.len());
    for (place, symbol) in code.chars().enumerate() {
        if groups.contains(&place) {
            shown.push(' ');
        }
        shown.push(symbol);
    }
    shown
}

/// An account in one line: `Binance (taro@example.com)`; the one name if the other is empty or the
/// same, a placeholder if both are empty.
pub fn title(issuer: &str, name: &str) -> Text {
    match (issuer.trim(), name.trim()) {
        ("", "") => text!("present-unnamed"),
        (issuer, "") => text!("present-title-one", name = issuer),
        ("", name) => text!("present-title-one", name = name),
        (issuer, name) if issuer == name => text!("present-title-one", name = name),
        (issuer, name) => text!("present-title", issuer = issuer, name = name),
    }
}

/// Whether `typed` is `name`: as it is, or as it is shown, where some of its characters are not.
pub fn is_named(name: &str, typed: &str) -> bool {
    let typed = typed.trim();
    typed == name.trim() || typed == text::visible(name).trim()
}

/// How long a code is still valid.
pub fn seconds_left(seconds: u64) -> Text {
    text!("present-seconds-left", seconds = seconds)
}

/// A large number with its thousands apart, as both languages write it: `1,234,567`.
pub fn thousands(number: u128) -> String {
    let digits = number.to_string();
    let mut shown = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// Seconds with their sign: `+35`, `-7`.
pub fn signed(seconds: i64) -> String {
    format!("{seconds:+}")
}

/// The number in “1 in so many” of a small chance.
pub fn one_in(chance: f64) -> String {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positive, and `as` saturates")]
    let number = (1.0 / chance.max(1e-30)).round() as u128;
    thousands(number)
}

/// How long something takes, in one unit that is not too fine.
pub fn span(time: Duration) -> Text {
    match time.as_secs() {
        0..120 => text!("present-seconds", count = time.as_secs().max(1)),
        120..7_200 => text!("present-minutes", count = time.as_secs() / 60),
        seconds => text!("present-hours", count = seconds / 3_600),
    }
}

/// `time` as a date and a time of day, by the computer's time zone: `2026-11-22 18:30`.
pub fn moment(time: UnixTime) -> String {
    moment_in(time, TimeZone::system())
}

/// `time` as a date, by the computer's time zone: `2026-11-22`.
pub fn day(time: UnixTime) -> String {
    moment(time).split(' ').next().unwrap_or_default().to_owned()
}

fn moment_in(time: UnixTime, zone: TimeZone) -> String {
    // Years beyond 9999 come only from damaged files; the last moment of all stands for them.
    let second = i64::try_from(time.0).unwrap_or(i64::MAX);
    let stamp = Timestamp::from_second(second).unwrap_or(Timestamp::MAX);
    stamp.to_zoned(zone).strftime("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn codes_are_grouped() {
        for (code, shown) in [
            ("123456", "123 456"),
            ("1234567", "123 4567"),
            ("12345678", "1234 5678"),
            ("123456789", "123 456 789"),
            ("1234567890", "123 456 7890"),
            ("2BC4D", "2BC4D"),
            ("1234", "1234"),
            ("1", "1"),
            ("", ""),
        ] {
            assert_eq!(grouped(code), shown);
        }
    }

    #[test]
    fn thousands_are_apart() {
        for (number, shown) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(thousands(number), shown);
        }
    }

    #[test]
    fn an_account_has_a_title() {
        #[track_caller]
        fn case(issuer: &str, name: &str, english: &str, japanese: &str) {
            assert_eq!(title(issuer, name).say(Lang::English), english);
            assert_eq!(title(issuer, name).say(Lang::Japanese), japanese);
        }
        case("Binance", "taro@example.com", "Binance (taro@example.com)", "Binance (taro@example.com)");
        case("ビットバンク", "太郎", "ビットバンク (太郎)", "ビットバンク (太郎)");
        case("Binance", "", "Binance", "Binance");
        case("", "taro", "taro", "taro");
        case("GitHub", "GitHub", "GitHub", "GitHub");
        case(" ", "", "account without a name", "名前のないアカウント");
        case("a\u{1b}[31m", "b\u{202e}", "a<U+001B>[31m (b<U+202E>)", "a<U+001B>[31m (b<U+202E>)");
    }

    #[test]
    fn a_name_is_typed_as_it_is_or_as_it_is_shown() {
        let name = "ev\u{202e}il ";
        for (typed, fits) in [("ev\u{202e}il", true), (" ev<U+202E>il", true), ("evil", false), ("", false)] {
            assert_eq!(is_named(name, typed), fits, "{typed}");
        }
    }

    #[test]
    fn seconds_left_are_told() {
        assert_eq!(seconds_left(12).say(Lang::English), "12 s left");
        assert_eq!(seconds_left(12).say(Lang::Japanese), "残り 12 秒");
    }

    #[test]
    fn a_moment_is_told_by_the_time_zone() {
        let tokyo = || TimeZone::fixed(jiff::tz::offset(9));
        // 2026-11-22T09:30:00Z by `date -u -d @1795339800`
        assert_eq!(moment_in(UnixTime(1_795_339_800), TimeZone::UTC), "2026-11-22 09:30");
        assert_eq!(moment_in(UnixTime(1_795_339_800), tokyo()), "2026-11-22 18:30");
        assert_eq!(moment_in(UnixTime(0), TimeZone::UTC), "1970-01-01 00:00");
        assert_eq!(moment_in(UnixTime(u64::MAX), TimeZone::UTC), "9999-12-30 22:00");
    }
}
