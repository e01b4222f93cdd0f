//! The rows of the table. Parts that would disturb each other have keyrings of their own.

use std::path::Path;
use std::process::{Command, Stdio};

use otp::store::keyring::Keyring;
use otp::store::{Key, Store};

use super::growth;
use super::measure::{Servants, median, memory, once, taking_turns};

/// How often each command is run for its median.
pub(crate) const ROUNDS: usize = 41;

/// How often an import is repeated, each time into an empty keyring.
const IMPORTS: usize = 3;

/// Runs every part and prints the table.
pub(crate) fn all() {
    println!("{:<58} {:>9} {:>9} {:>9}", "what", "bar", "goal", "measured");
    print!("{}", in_a_keyring_of_its_own("now"));
    let [one, thousand] = growth::both();
    row(&format!("otp now with 1,000 stored ({thousand:.1} ms) / with 1 ({one:.1} ms)"), "1.5", "1.2", thousand / one);
    print!("{}", in_a_keyring_of_its_own("list"));
    let seconds = |name: &str| in_a_keyring_of_its_own(name).trim().parse::<f64>().unwrap() / 1e3;
    let (imports, floors) = (0..IMPORTS).map(|_| (seconds("import"), seconds("create"))).unzip();
    let (import, floor) = (median(imports), median(floors));
    row("import of 100, wall, s", "8", "", import);
    row(&format!("the same / 100 bare CreateItem ({floor:.2} s)"), "", "1.2", import / floor);
}

fn row(what: &str, bar: &str, goal: &str, measured: f64) {
    println!("{what:<58} {bar:>9} {goal:>9} {measured:>9.2}");
}

/// This program with `arguments`, in a keyring that is thrown away.
pub(crate) fn in_a_keyring(arguments: &[&str]) -> Command {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/with-keyring");
    let mut command = Command::new(script);
    command.arg(std::env::current_exe().unwrap()).args(arguments).stderr(Stdio::inherit());
    command
}

/// What the part `name` prints.
fn in_a_keyring_of_its_own(name: &str) -> String {
    let output = in_a_keyring(&["part", name]).output().unwrap();
    assert!(output.status.success(), "the part `{name}` failed");
    String::from_utf8(output.stdout).unwrap()
}

/// Runs one part, inside its keyring.
pub(crate) fn one(name: &str) {
    assert!(std::env::var_os("OTP_TEST_KEYRING").is_some(), "run `scripts/bench`, which gives a private keyring");
    let folder = tempfile::tempdir().unwrap();
    let servants = Servants::of_this_session();
    match name {
        "now" => now(&servants, folder.path()),
        "list" => list(&servants, folder.path()),
        "import" => {
            println!("{}", once(&servants, &import(folder.path(), 0, 100)).1);
            stored(100);
        }
        "create" => println!("{}", once(&servants, &itself(&["create-items", "100"])).1),
        _ => panic!("no part `{name}`"),
    }
}

/// `otp now` with one account.
fn now(servants: &Servants, folder: &Path) {
    once(servants, &import(folder, 0, 1));
    let keys = stored(1);
    let lookup = words(&["secret-tool", "lookup", "service", "otp", "username", &keys[0].to_string()]);
    let (now, nothing) = (otp(folder, &["now", "Site0000"]), words(&["true"]));
    let version = words(&[env!("CARGO_BIN_EXE_otp"), "--version"]);
    let commands = [now.clone(), lookup.clone(), nothing.clone(), version];
    let costs = taking_turns(servants, ROUNDS, &commands);
    row(
        &format!("otp now ({:.1} ms) / secret-tool lookup ({:.1} ms)", costs[0], costs[1]),
        "0.75",
        "0.55",
        costs[0] / costs[1],
    );
    row(&format!("otp --version ({:.1} ms) / true ({:.1} ms)", costs[3], costs[2]), "2", "1.5", costs[3] / costs[2]);
    row("memory of otp now, MiB", "8", "5", memory(&now));
}

/// All codes of a hundred accounts.
fn list(servants: &Servants, folder: &Path) {
    once(servants, &import(folder, 0, 100));
    stored(100);
    let list = otp(folder, &["list", "--codes"]);
    let commands = [list, itself(&["get-secrets", "encrypted"]), itself(&["get-secrets", "plain"])];
    let costs = taking_turns(servants, ROUNDS, &commands);
    let what =
        |floor: f64, how: &str| format!("all codes of 100 ({:.1} ms) / GetSecrets, {how} ({floor:.1} ms)", costs[0]);
    row(&what(costs[1], "encrypted"), "2", "1.2", costs[0] / costs[1]);
    row(&what(costs[2], "in clear"), "", "", costs[0] / costs[2]);
}

/// The accounts in the keyring, of which there must be `count`.
pub(crate) fn stored(count: usize) -> Vec<Key> {
    let mut keys = Keyring::new().list().unwrap();
    keys.retain(|key| matches!(key, Key::Account(_)));
    assert_eq!(keys.len(), count);
    keys
}

/// The command that imports `count` accounts, numbered from `first`.
pub(crate) fn import(folder: &Path, first: usize, count: usize) -> Vec<String> {
    let file = folder.join(format!("accounts-{first}.txt"));
    let line = |number: usize| {
        // All different, or they would be taken for one account; no digit of base32 is 0 or 1.
        let secret: String = format!("{number:032}").bytes().map(|digit| char::from(digit - b'0' + b'A')).collect();
        format!("otpauth://totp/Site{number:04}:user{number}%40example.com?secret={secret}&issuer=Site{number:04}\n")
    };
    std::fs::write(&file, (first..first + count).map(line).collect::<String>()).unwrap();
    otp(folder, &["import", "--yes", file.to_str().unwrap()])
}

/// An `otp` command with its data in `folder`.
pub(crate) fn otp(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let profile = folder.join("profile");
    let mut command = words(&[env!("CARGO_BIN_EXE_otp"), "--quiet", "--profile", profile.to_str().unwrap()]);
    command.extend(words(arguments));
    command
}

/// A command of this program.
fn itself(arguments: &[&str]) -> Vec<String> {
    let mut command = vec![std::env::current_exe().unwrap().to_str().unwrap().to_owned()];
    command.extend(words(arguments));
    command
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
