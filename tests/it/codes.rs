//! Codes compared with those of a program that shares no code with us: `oathtool`.

#![allow(clippy::unwrap_used, reason = "a test's helper fails by panicking")]

use std::fmt::Write as _;
use std::process::Command;

use otp::account::{Account, Algorithm, Kind, Parts};
use otp::clock::UnixTime;
use otp::code;
use otp::secret::Secret;

use crate::loud::loudly;

/// Random parameter sets; of each, [`STEPS`] codes in a row are compared.
const SETS: u64 = 10_000;
const STEPS: u64 = 2;
const SEED: u64 = 0x2026_1122_0000_6238;
const THREADS: usize = 4;

/// Ten thousand parameter sets: secret of 1 to 128 bytes, hash, 6 to 8 digits (`oathtool` makes no
/// others), period, time or counter.
#[test]
fn ten_thousand_codes_equal_those_of_oathtool() {
    if Command::new("oathtool").arg("--version").output().is_err() {
        loudly("codes were NOT compared: `oathtool` is not installed");
        return;
    }
    std::thread::scope(|scope| {
        for thread in 0..THREADS as u64 {
            scope.spawn(move || (thread..SETS).step_by(THREADS).for_each(compare));
        }
    });
}

/// Compares the codes of the account number `number`.
fn compare(number: u64) {
    let mut random = Random(SEED ^ (number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let secret = (0..=random.below(128)).map(|_| random.byte()).collect::<Vec<_>>();
    let digits = 6 + random.byte() % 3;
    if random.below(4) == 0 {
        let counter = random.next() >> random.below(64);
        compare_hotp(&secret, digits, counter.min(u64::MAX - STEPS));
    } else {
        // Up to the year 3058, more often soon; periods up to a day, most often short.
        let now = random.below(1 << 35) >> random.below(8);
        let period = u32::try_from((1 + random.below(86_400)) >> random.below(17)).unwrap().max(1);
        let algorithm = [Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512][usize::from(random.byte() % 3)];
        compare_totp(&secret, digits, period, algorithm, now);
    }
}

fn compare_totp(secret: &[u8], digits: u8, period: u32, algorithm: Algorithm, now: u64) {
    let account = account(secret, digits, algorithm, Kind::Totp { period });
    let ours = (0..STEPS).map(|step| code::at(&account, UnixTime(now + step * u64::from(period))).digits);
    let (mode, step, now) = (format!("--totp={}", algorithm.id()), format!("{period}s"), format!("@{now}"));
    assert_eq!(ours.collect::<Vec<_>>(), oathtool(secret, digits, &[&mode, "-s", &step, "-N", &now]), "{SEED:#x}");
}

fn compare_hotp(secret: &[u8], digits: u8, counter: u64) {
    let at = |counter| account(secret, digits, Algorithm::Sha1, Kind::Hotp { counter });
    let ours = (0..STEPS).map(|step| code::at(&at(counter + step), UnixTime(0)).digits);
    assert_eq!(
        ours.collect::<Vec<_>>(),
        oathtool(secret, digits, &["--hotp", "-c", &counter.to_string()]),
        "{SEED:#x}"
    );
}

fn account(secret: &[u8], digits: u8, algorithm: Algorithm, kind: Kind) -> Account {
    let secret = Secret::new(secret.to_vec());
    Account::new(Parts { issuer: String::new(), name: String::new(), kind, algorithm, digits, secret, pin: None })
        .unwrap()
}

/// The codes that `oathtool` makes. The secret is a random one of this test, so it may be an argument.
fn oathtool(secret: &[u8], digits: u8, arguments: &[&str]) -> Vec<String> {
    let mut hex = String::new();
    for byte in secret {
        write!(hex, "{byte:02x}").unwrap();
    }
    let window = (STEPS - 1).to_string();
    let mut command = Command::new("oathtool");
    let output = command.args(arguments).args(["-d", &digits.to_string(), "-w", &window, &hex]).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// `SplitMix64`: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn byte(&mut self) -> u8 {
        self.next().to_be_bytes()[0]
    }
}
