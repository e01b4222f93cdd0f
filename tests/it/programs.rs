//! `otp` answers by itself what is asked every day, and hands everything else to `otp-full`.

use std::fs;
use std::path::Path;

use otp::error::Exit;

use crate::run::{Otp, Run, SECRET, oathtool};

/// `otp` in a folder where no other program is.
fn alone(otp: &Otp, command: &str) -> Run {
    let program = otp.home().join("alone/otp");
    if !program.exists() {
        fs::create_dir(program.parent().unwrap()).unwrap();
        fs::copy(env!("CARGO_BIN_EXE_otp"), &program).unwrap();
    }
    otp.shell(&format!("{} {command} \"$@\"", program.display()))
}

fn with_one_account() -> Otp {
    Otp::with(&format!("otpauth://totp/Binance:taro?secret={SECRET}&issuer=Binance\n"))
}

#[test]
fn codes_and_lists_need_no_other_program() {
    let otp = with_one_account();
    let code = format!("{}\n", oathtool(SECRET, 1_767_225_600));
    alone(&otp, "now binance --at 1767225600").stdout(&code).succeeds();
    alone(&otp, "list").stdout("Binance  taro\n").succeeds();
    alone(&otp, "list --codes --json").succeeds();
    alone(&otp, "now nobody").fails_with(Exit::NotFound);
}

#[test]
fn a_missing_program_is_named() {
    let otp = with_one_account();
    let told = "error: `otp-full`, which belongs beside `otp`, is missing or does not start\nhint: install `otp` again, with all its programs in one folder\n";
    for command in ["doctor", "now --help", "now --bad-option", "now --for binance.com", "nonsense"] {
        alone(&otp, command).stderr(told).fails_with(Exit::Internal);
    }
    let said = alone(&otp, "doctor --json").ends_with(Exit::Internal);
    assert_eq!(said.json()["error"]["exit"], Exit::Internal.code());
}

#[test]
fn everything_else_is_handed_over_under_the_same_name() {
    let otp = with_one_account();
    let page = otp.run(["now", "--help"]).succeeds().stdout;
    assert!(page.contains("otp now"), "{page}");
    assert!(!page.contains("otp-full"), "{page}");
    let page = otp.run(["help"]).succeeds().stdout;
    assert!(!page.contains("otp-full"), "{page}");
}

/// The point of the split: what draws, reads and writes files of other programs is not in `otp`.
#[test]
fn the_program_of_every_day_is_much_the_smaller() {
    let size = |program: &str| fs::metadata(Path::new(program)).unwrap().len();
    let (small, full) = (size(env!("CARGO_BIN_EXE_otp")), size(env!("CARGO_BIN_EXE_otp-full")));
    assert!(small * 2 < full, "{small} bytes of {full}");
}
