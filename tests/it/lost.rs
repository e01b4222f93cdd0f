//! Pieces of a profile that are lost, loose or not the ones a script counts on.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use otp::error::Exit;

use crate::run::{Otp, PASSPHRASE};

const ONE: &str = "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n";

#[test]
fn a_vault_whose_key_is_lost_is_not_replaced_by_an_empty_one() {
    let otp = Otp::with(ONE);
    for name in ["identity.age", "identity.age.1"] {
        fs::remove_file(otp.profile().join(name)).unwrap();
    }
    let vault = fs::read(otp.profile().join("vault.age")).unwrap();
    let told = "error: the vault is here, but the key that opens it, `identity.age`, is gone\n\
        hint: put `identity.age` back from a copy of the folder; nothing else opens this vault\n";
    for command in [&["now", "binance"][..], &["vault", "unlock"], &["vault", "create"]] {
        otp.run(command.iter().copied()).stderr(told).fails_with(Exit::Broken);
    }
    assert_eq!(fs::read(otp.profile().join("vault.age")).unwrap(), vault);
    otp.run(["list"]).stdout("Binance  taro\n").succeeds();
}

#[test]
fn doctor_sees_what_is_wrong_with_the_vault() {
    let otp = Otp::with(ONE);
    fs::remove_file(otp.profile().join("identity.age")).unwrap();
    let checks = otp.run(["doctor", "--json"]).said().json();
    let vault = checks["checks"].as_array().unwrap().iter().find(|check| check["id"] == "vault").unwrap();
    assert_eq!(vault["level"], "notice");
    assert!(vault["text"].as_str().unwrap().contains("identity.age"), "{vault}");
}

#[test]
fn a_profile_that_was_open_to_others_is_closed_and_that_is_said() {
    let otp = Otp::with(ONE);
    let index = otp.profile().join("index.json");
    fs::set_permissions(&index, fs::Permissions::from_mode(0o644)).unwrap();
    let said = otp.run(["note", "binance", "mine"]).succeeds();
    assert!(said.stderr.contains("index.json") && said.stderr.contains("now only you can"), "{said}");
    assert_eq!(fs::metadata(&index).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_passphrase_for_a_vault_that_is_not_there_is_refused() {
    let otp = Otp::bare();
    let file = otp.private("passphrase", PASSPHRASE.as_bytes());
    otp.run(["import", "-", "--yes", "--vault-passphrase-file", file.to_str().unwrap()])
        .stdin(ONE)
        .stderr("error: there is no vault here\nhint: `otp vault create` makes one\n")
        .fails_with(Exit::NoKeyring);
}
