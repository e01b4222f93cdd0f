//! Moments as people tell them: `now`, `14:32`, `2026-11-25 14:32:10`, by this computer's time zone.

use crate::clock::UnixTime;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use unicode_normalization::UnicodeNormalization;

/// A time of day that lies less than this many seconds ahead is one of today, told by a clock that
/// is a little fast; a later one is one of yesterday.
const AHEAD: i64 = 600;

/// From when until when `typed` may mean: a time without seconds means the whole minute. `None` if
/// it means nothing.
pub fn read(typed: &str, now: UnixTime) -> Option<(UnixTime, UnixTime)> {
    read_in(typed, now, &TimeZone::system())
}

/// A moment told without a time zone of anybody's: Unix time in seconds, or `2026-01-01T00:00:00Z`.
pub fn exact(typed: &str) -> Option<UnixTime> {
    let seconds = typed.parse::<u64>().ok();
    let written = || typed.parse::<Timestamp>().ok().and_then(|time| u64::try_from(time.as_second()).ok());
    seconds.or_else(written).map(UnixTime)
}

fn read_in(typed: &str, now: UnixTime, zone: &TimeZone) -> Option<(UnixTime, UnixTime)> {
    let typed = plain(typed);
    let words: Vec<&str> = typed.split_whitespace().collect();
    let here = Timestamp::from_second(i64::try_from(now.0).ok()?).ok()?.to_zoned(zone.clone());
    let (date, time) = match words[..] {
        [] | ["now" | "今"] => return Some((now, now)),
        [time] => (None, time),
        [date, time] => (Some(self::date(date)?), time),
        _ => return None,
    };
    let (time, exact) = clock_time(time)?;
    let start = match date {
        Some(date) => at(date.to_datetime(time), zone)?,
        None => latest(time, &here, zone)?,
    };
    Some((start, if exact { start } else { start.plus(59) }))
}

/// Half width, lower case, and the signs between the numbers alike.
fn plain(typed: &str) -> String {
    let folded: String = typed.nfkc().flat_map(char::to_lowercase).collect();
    let folded = folded.replace(['年', '月', '/'], "-").replace(['日', 't'], " ").replace(['時', '分'], ":");
    folded.replace('秒', "").split_whitespace().map(|word| word.trim_end_matches(':')).collect::<Vec<_>>().join(" ")
}

fn date(word: &str) -> Option<Date> {
    let [year, month, day] = numbers(word, '-')?[..] else { return None };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A time of day, and whether it tells the second.
fn clock_time(word: &str) -> Option<(Time, bool)> {
    let numbers = numbers(word, ':')?;
    let (hour, minute, second) = match numbers[..] {
        [hour, minute] => (hour, minute, 0),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    let small = |number| i8::try_from(number).ok();
    Some((Time::new(small(hour)?, small(minute)?, small(second)?, 0).ok()?, numbers.len() == 3))
}

fn numbers(word: &str, between: char) -> Option<Vec<i16>> {
    word.split(between).map(|number| number.parse().ok()).collect()
}

/// The last time that the clock showed `time`.
fn latest(time: Time, here: &Zoned, zone: &TimeZone) -> Option<UnixTime> {
    let today = at(here.date().to_datetime(time), zone)?;
    let ahead = i64::try_from(today.0).ok()? - here.timestamp().as_second();
    if ahead <= AHEAD { Some(today) } else { at(here.date().checked_sub(1.day()).ok()?.to_datetime(time), zone) }
}

fn at(moment: DateTime, zone: &TimeZone) -> Option<UnixTime> {
    let second = zone.to_ambiguous_zoned(moment).compatible().ok()?.timestamp().as_second();
    u64::try_from(second).ok().map(UnixTime)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_programs_tell_them() {
        assert_eq!(exact("59"), Some(UnixTime(59)));
        assert_eq!(exact("1970-01-01T00:00:59Z"), Some(UnixTime(59)));
        assert_eq!(exact("14:32"), None);
        assert_eq!(exact("1969-12-31T23:59:59Z"), None);
    }

    #[test]
    fn moments_are_read_as_people_tell_them() {
        #[track_caller]
        fn case(typed: &str, expected: Option<(u64, u64)>) {
            // 2026-11-25 14:35:20 in Tokyo, by `TZ=Asia/Tokyo date -d @1795584920`
            let read = read_in(typed, UnixTime(1_795_584_920), &TimeZone::fixed(jiff::tz::offset(9)));
            assert_eq!(read.map(|(from, until)| (from.0, until.0)), expected, "{typed}");
        }
        let now = Some((1_795_584_920, 1_795_584_920));
        for typed in ["", "  ", "now", "NOW", "ｎｏｗ", "今"] {
            case(typed, now);
        }
        let minute = Some((1_795_584_720, 1_795_584_779));
        for typed in
            ["14:32", "１４：３２", "14時32分", "2026-11-25 14:32", "2026/11/25 14:32", "2026年11月25日14時32分"]
        {
            case(typed, minute);
        }
        case("14:32:10", Some((1_795_584_730, 1_795_584_730)));
        case("2026-11-25T14:32:10", Some((1_795_584_730, 1_795_584_730)));
        // Five minutes ahead is today, an hour ahead was yesterday.
        case("14:40", Some((1_795_585_200, 1_795_585_259)));
        case("15:35", Some((1_795_584_900 + 3_600 - 86_400, 1_795_584_959 + 3_600 - 86_400)));
        for typed in ["25:00", "14", "yesterday", "14:32 14:33 1", "2026-13-01 10:00", "2026-11-25", "-1:20"] {
            case(typed, None);
        }
    }
}
