//! The store of every release opens in every later one (`security.md` G7). The folders below
//! `fixtures/stores` were made by the release itself, and are made again by nobody.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::run::{Otp, oathtool};
use crate::session;

/// The release's accounts: what was typed to find one, its secret, its code at [`MOMENT`].
const MOMENT: u64 = 1_767_225_600;
const BINANCE: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const LIST: &str = "Binance   taro@example.com  #取引所\nVPN       taro\n楽天銀行  普通\n";

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/stores").join(name)
}

/// Puts the files of the release's profile into `folder`, as private as they were.
fn lay_out(files: &[PathBuf], folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).unwrap();
    for file in files {
        let copy = folder.join(file.file_name().unwrap());
        fs::copy(file, &copy).unwrap();
        fs::set_permissions(copy, fs::Permissions::from_mode(0o600)).unwrap();
    }
}

/// What the counter at 8 gives, by the judge.
fn eighth() -> String {
    let secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    let output = Command::new("oathtool").args(["--hotp", "-b", secret, "-c", "8"]).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_vault_of_0_1_opens() {
    let otp = Otp::new();
    fs::remove_dir_all(otp.profile()).unwrap();
    let files = ["identity.age", "index.json", "vault.age"].map(|name| fixture("vault-0.1").join(name));
    lay_out(&files, &otp.profile());
    otp.run(["list"]).stdout(LIST).succeeds();
    let code = format!("{}\n", oathtool(BINANCE, MOMENT));
    otp.run(["now", "binance", "--at", &MOMENT.to_string()]).stdout(&code).succeeds();
    otp.run(["now", "vpn"]).stdout(&eighth()).succeeds();
    otp.run(["rename", "楽天銀行", "当座"]).succeeds();
    otp.run(["list", "楽天"]).stdout("楽天銀行  当座\n").succeeds();
}

#[test]
fn the_keyring_of_0_1_opens() {
    session::run_inside("releases::inside_a_keyring");
}

#[test]
#[ignore = "run by `the_keyring_of_0_1_opens`, inside a private keyring"]
fn inside_a_keyring() {
    let private = std::env::var_os("OTP_TEST_KEYRING").is_some();
    assert!(private, "this test needs a private keyring: run it inside `scripts/with-keyring`");
    for item in fs::read_to_string(fixture("keyring-0.1").join("items.tsv")).unwrap().lines() {
        let (key, line) = item.split_once('\t').unwrap();
        put_in_keyring(key, line);
    }
    let data = PathBuf::from(std::env::var_os("XDG_DATA_HOME").unwrap()).join("otp");
    lay_out(&[fixture("keyring-0.1").join("index.json")], &data);
    assert_eq!(answer(&["list"]), LIST);
    assert_eq!(answer(&["now", "binance", "--at", &MOMENT.to_string()]).trim(), oathtool(BINANCE, MOMENT));
    assert_eq!(answer(&["now", "vpn"]), eighth());
    answer(&["rename", "楽天銀行", "当座"]);
    assert_eq!(answer(&["list", "楽天"]), "楽天銀行  当座\n");
    answer(&["doctor"]);
}

/// Keeps `line` under `key` as the release did, by a judge's hand.
fn put_in_keyring(key: &str, line: &str) {
    let mut store = Command::new("secret-tool");
    store.args(["store", "--label", "otp", "service", "otp", "username", key]).stdin(Stdio::piped());
    let mut child = store.spawn().expect("`secret-tool` is installed");
    child.stdin.take().unwrap().write_all(line.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success(), "{key}");
}

/// What `otp` prints on the profile of the user, who has none but this session's.
fn answer(arguments: &[&str]) -> String {
    let output =
        Command::new(env!("CARGO_BIN_EXE_otp")).args(["--lang", "en", "--yes"]).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
