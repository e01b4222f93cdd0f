use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::*;
use crate::clock::UnixTime;

const KEY: &str = "JBSWY3DPEHPK3PXP";
const NOW: UnixTime = UnixTime(1_795_584_920);

fn account(key: &str, shape: Shape) -> Account {
    shape.account(String::new(), String::new(), key::read(key).unwrap().secret).unwrap()
}

/// The codes that `key` gives at `count` moments, a minute apart.
fn codes(key: &str, shape: Shape, count: u64) -> Vec<Seen> {
    let account = account(key, shape);
    let moments = (0..count).map(|at| UnixTime(NOW.0 + 60 * at));
    moments.map(|moment| Seen::new(&code::at(&account, moment).digits, moment, moment)).collect()
}

fn search(written: &str, shape: Shape, codes: Vec<Seen>) -> Search {
    let mut search = Search::new(written, shape, 1).unwrap();
    for seen in codes {
        search.add(seen).unwrap();
    }
    search
}

#[track_caller]
fn finds(written: &str, key: &str, shape: Shape, places: &[usize]) {
    let mut search = search(written, shape, codes(key, shape, 2));
    assert_eq!(search.run(&Watch::default()).unwrap(), End::Found, "{written}");
    let [found] = search.found() else { panic!("{written}: {} keys", search.found().len()) };
    assert!(found.secret.matches(&key::read(key).unwrap().secret), "{written}");
    assert_eq!(found.places, places, "{written}");
}

#[test]
fn every_kind_of_slip_is_found() {
    let six = Shape::default();
    for (written, places) in [
        ("jbsw y3dp ehpk 3pxp", &[][..]),
        ("Secret key: JBSWY3DPEHPK3PXP", &[]),
        // A B read as 8, an S as 5.
        ("J8SWY3DPEHPK3PXP", &[2]),
        ("J85WY3DPEHPK3PXP", &[2, 3]),
        ("JB?WY3DPEHPK3PX？", &[3, 16]),
        // Not alike at all.
        ("JBSWY3DPEHQK3PXP", &[11]),
        // A letter that looks alike and one that does not.
        ("JB5WY3DPEHPK3PXA", &[3, 16]),
        ("JBSYW3DPEHPK3PXP", &[4, 5]),
        ("BJSWY3DPEHPK3PPX", &[1, 2, 15, 16]),
        ("JBSWY3DPPEHPK3PXP", &[]),
        ("JBBSWY3DPPEHPK3PXP", &[]),
        ("JBSWY3DPEHPKPXP", &[]),
        ("JBSWY3DPEHPK3PX", &[]),
        // One left out, one read as its likeness.
        ("BSWY3DPEHPK3PPX", &[]),
    ] {
        finds(written, KEY, six, places);
    }
}

#[test]
fn keys_of_other_lengths_and_shapes_are_found() {
    let long = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    finds("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQ0JQ", long, Shape::default(), &[30]);
    // 26 letters: the last one has two bits that say nothing.
    finds("GEZDGNBVGY3TQOJQGEZDGNBVG?", "GEZDGNBVGY3TQOJQGEZDGNBVGY", Shape::default(), &[26]);
    let eight = Shape { digits: 8, period: 60, algorithm: Algorithm::Sha256 };
    finds("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ?", long, eight, &[32]);
    finds("GEZDGNBVGY3TQOJQGEZDGNBVGY3TOQJQ", long, Shape { algorithm: Algorithm::Sha512, ..eight }, &[29, 30]);
    finds(&format!("?{}", &long[1..]), long, Shape { digits: 10, ..Shape::default() }, &[1]);
    // Longer than a block of SHA-1, where the lanes end: 100 bytes.
    let longest = long.repeat(5);
    finds(&longest.replacen('Z', "2", 1), &longest, Shape::default(), &[3]);
}

#[test]
fn a_clock_that_is_a_little_off_does_not_matter() {
    let (shape, account) = (Shape::default(), account(KEY, Shape::default()));
    for (shift, tolerance, end) in [(-30, 1, End::Found), (30, 1, End::Found), (90, 3, End::Found)] {
        let mut search = Search::new("JBSWY3DPEHPK3PXQ", shape, tolerance).unwrap();
        let digits = code::at(&account, NOW.plus(shift)).digits;
        search.add(Seen::new(&digits, NOW, NOW)).unwrap();
        assert_eq!(search.run(&Watch::default()).unwrap(), end);
    }
    // A code of some minute in an hour.
    let mut search = Search::new("JBSWY3DPEHPK3PX?", shape, 0).unwrap();
    for seen in codes(KEY, shape, 2) {
        search.add(Seen::new(seen.digits(), NOW.plus(-1_800), NOW.plus(1_800))).unwrap();
    }
    assert_eq!(search.run(&Watch::default()).unwrap(), End::Found);
}

#[test]
fn one_more_code_tells_which_key_is_right() {
    // Three digits tell a thousand keys apart: some of 32² fit by chance.
    let shape = Shape { digits: 3, ..Shape::default() };
    let mut codes = codes(KEY, shape, 5).into_iter();
    let mut search = Search::new("JBSWY3DPEHPK3P??", shape, 0).unwrap();
    for _ in 0..2 {
        search.add(codes.next().unwrap()).unwrap();
    }
    assert_eq!(search.run(&Watch::default()).unwrap(), End::Found);
    // 1024 keys against a million pairs of codes.
    assert!((search.expected_false() - 0.001_024).abs() < 1e-9);
    search.found.clear();
    search.ahead = stages(&search.written);
    search.seen.truncate(1);
    search.tried = 0;
    assert_eq!(search.run(&Watch::default()).unwrap(), End::TooFewCodes, "1.024 wrong keys are too many to expect");
    for seen in codes {
        search.add(seen).unwrap();
    }
    assert_eq!(search.run(&Watch::default()).unwrap(), End::Found);
    assert_eq!(search.found().len(), 1);
}

/// The chance is no guess: against codes of no key at all, as many keys fit as it says.
#[test]
fn as_many_wrong_keys_fit_as_are_expected() {
    // One code at three times, and two that have to fit together.
    for (digits, count, tolerance, rounds) in [(2, 1, 1, 150), (1, 2, 0, 300)] {
        let written = written::read("JBSWY3DPEHPK3PX?").unwrap();
        let stage = Stage::all(16)[0];
        let patterns = stage.patterns(&written);
        let mut search = Search::new("JBSWY3DPEHPK3PX?", Shape { digits, ..Shape::default() }, tolerance).unwrap();
        let (mut hits, mut expected) = (0.0, 0.0);
        for number in 0..rounds {
            search.seen.clear();
            for more in 0..count {
                let moment = NOW.plus(number * 3_600 + more * 300);
                let code = (number * 9 + more * 31) % 10_i64.pow(digits.into());
                search.add(Seen::new(&format!("{code:0width$}", width = digits.into()), moment, moment)).unwrap();
            }
            let found = search.search(stage, &patterns, &Watch::default());
            hits += f64::from(u32::try_from(found.len()).unwrap());
            expected += search.expected(stage.size(&patterns));
        }
        // Chance has the spread of its root; three times as much is more than it ever needs here.
        assert!((hits - expected).abs() < 3.0 * expected.sqrt(), "{hits} fit, {expected} were expected");
        assert!(expected > 90.0, "{expected} are too few to tell");
    }
}

#[test]
fn a_search_can_be_ended_and_goes_on_later() {
    let stop = Arc::new(AtomicBool::new(true));
    let mut search = search("JBSWY3DPEHPK3PXQ", Shape::default(), codes(KEY, Shape::default(), 2));
    let watch = Watch::stopped_by(Arc::clone(&stop));
    assert_eq!(search.run(&watch).unwrap(), End::Stopped);
    assert_eq!((search.found().len(), search.tried()), (0, 0));
    stop.store(false, Ordering::Relaxed);
    assert_eq!(search.run(&watch).unwrap(), End::Found);
    assert_eq!(u128::from(watch.tried()), search.tried());
    assert!(watch.tried() <= watch.planned());
}

#[test]
fn what_cannot_be_searched_for_is_refused() {
    #[track_caller]
    fn case(typed: &str, expected: &str) {
        let Err(error) = Search::new(typed, Shape::default(), 1) else { panic!("{typed} is no key") };
        assert_eq!(error.to_string(), expected);
    }
    case("", "there is no backup key in this");
    case("A", "there is no backup key in this");
    case("JBSW !3D#", "2 symbols stand for no letter of a key, at positions 5, 8");
    case(&"A".repeat(300), "the key is longer than the 128 bytes that any site uses");
    let mut search = Search::new(KEY, Shape::default(), 1).unwrap();
    assert!(matches!(search.run(&Watch::default()), Err(RepairError::NoCode)));
    for code in ["12345", "1234567", "12345x", "１２３４５"] {
        assert!(matches!(search.add(Seen::new(code, NOW, NOW)), Err(RepairError::NotACode { digits: 6 })));
    }
    assert!(matches!(search.add(Seen::new("123456", UnixTime(0), NOW)), Err(RepairError::TooVague)));
    let shape = Shape { period: 0, ..Shape::default() };
    assert!(matches!(Search::new(KEY, shape, 1), Err(RepairError::Shape(_))));
}
