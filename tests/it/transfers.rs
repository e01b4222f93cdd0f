//! Google Authenticator transfers whose parts come in by several calls.

use base64::Engine as _;

use crate::main_job::SAFE;
use crate::run::Otp;

/// One part of a Google Authenticator transfer (`formats.md` 5): one account, part `index` of `size`.
pub(crate) fn transfer(secret: &[u8], name: &str, index: u8, size: u8) -> String {
    let bytes = |number: u8, value: &[u8]| [&[number << 3 | 2, u8::try_from(value.len()).unwrap()], value].concat();
    let number = |field: u8, value: u8| vec![field << 3, value];
    let kind = [number(4, 1), number(5, 1), number(6, 2)].concat();
    let account = [bytes(1, secret), bytes(2, name.as_bytes()), bytes(3, b"Binance"), kind].concat();
    let part = [number(2, 1), number(3, size), number(4, index), number(5, 99)].concat();
    let data = base64::engine::general_purpose::STANDARD.encode([bytes(1, &account), part].concat());
    format!("otpauth-migration://offline?data={}", data.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D"))
}

#[test]
fn a_transfer_may_come_in_over_several_calls() {
    let otp = Otp::new();
    let part = |index: u8| {
        otp.picture(&format!("{index}.png"), &transfer(&[b'a' + index; 10], &format!("n{index}"), index, 3))
    };
    otp.run(["import", "--qr", &part(1), "--yes"])
        .stderr(&format!("new: Binance (n1)\npart 2 of 3 read, still missing 1 and 3\nstored 1 account\n{SAFE}"))
        .succeeds();
    otp.run(["import", "--qr", &part(0), "--yes"])
        .stderr(&format!("new: Binance (n0)\nparts 1 and 2 of 3 read, still missing 3\nstored 1 account\n{SAFE}"))
        .succeeds();
    let receipt = format!("new: Binance (n2)\nstored 1 account\n{SAFE}");
    otp.run(["import", "--qr", &part(2), "--yes"]).stderr(&receipt).succeeds();
    // The transfer is complete, so its parts miss nothing when they come again.
    let index = std::fs::read(otp.profile().join("index.json")).unwrap();
    let two = [part(0), part(1)];
    otp.run(["import", "--qr", &two[0], "--qr", &two[1]])
        .stderr(
            "already here: Binance (n0)\nalready here: Binance (n1)\n\
             nothing new to store\neverything in the 2 files is stored; they can be deleted now, \
             because whoever has them has the keys\n",
        )
        .succeeds();
    assert_eq!(std::fs::read(otp.profile().join("index.json")).unwrap(), index, "nothing has changed");
}

#[test]
fn a_part_counts_although_its_accounts_are_here_already() {
    let part = |index: u8| transfer(&[b'a' + index; 10], &format!("n{index}"), index, 3);
    let otp = Otp::with(&format!("otpauth://totp/Binance:n0?secret={}&issuer=Binance\n", "MFQWCYLBMFQWCYLB"));
    let import = |index: u8| otp.run(["import", "-", "--yes"]).stdin(part(index));
    import(1).stderr("new: Binance (n1)\npart 2 of 3 read, still missing 1 and 3\nstored 1 account\n").succeeds();
    import(0)
        .stderr("already here: Binance (n0)\nparts 1 and 2 of 3 read, still missing 3\nnothing new to store\n")
        .succeeds();
    import(2).stderr("new: Binance (n2)\nstored 1 account\n").succeeds();
}
