//! Backups and restores through the real program, opened by the stock tools as well.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use otp::error::Exit;

use crate::prompts::{ends_with, on_a_terminal};
use crate::run::{Otp, oathtool};

const PASSPHRASE: &str = "plow coral marsh unruly";
const LIST: &str = "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n\
    otpauth://hotp/Bank:hanako?secret=MFRGGZDFMZTWQ2LK&issuer=Bank&counter=5\n\
    otpauth://totp/%E6%A5%BD%E5%A4%A9:jiro?secret=JBSWY3DPEHPK3PXP&issuer=%E6%A5%BD%E5%A4%A9\n";
const CODES: &str = "1. 1234 5678\n2. 2345 6789\n3. 3456 7890\n";

/// Three accounts with everything that can be known of them, one of them in the trash.
fn full() -> Otp {
    let otp = Otp::with(LIST);
    otp.run(["tag", "binance", "money"]).succeeds();
    otp.run(["note", "binance", "first floor"]).succeeds();
    otp.run(["url", "binance", "https://www.binance.com/ja"]).succeeds();
    otp.run(["recovery-codes", "binance", "--add"]).stdin(CODES).succeeds();
    otp.run(["recovery-codes", "binance", "--spend"]).stdout("1234 5678\n").succeeds();
    otp.run(["remove", "楽天", "--yes"]).succeeds();
    otp
}

fn key(otp: &Otp) -> String {
    otp.private("key", PASSPHRASE.as_bytes()).to_str().unwrap().to_owned()
}

fn back_up(otp: &Otp, file: &str, more: &[&'static str]) {
    let key = key(otp);
    let words = ["backup", "create", file, "--passphrase-file", &key];
    let words: Vec<&str> = words.into_iter().chain(more.iter().copied()).collect();
    let said = otp.run(words).stdout("").succeeds();
    let done = format!("backup complete: 3 accounts in {file}, read back from the disk, decrypted and compared\n");
    assert_eq!(said.stderr, done);
}

/// Runs `program` in `folder` and gives back what it printed.
#[track_caller]
fn output(folder: &Path, program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Runs a line of shell on a terminal where `age` asks for the passphrase.
#[track_caller]
fn with_passphrase(folder: &Path, line: &str) {
    let script = format!(
        "set timeout 60\nspawn sh -c {{{line}}}\nexpect {{\n\
         -re {{passphrase[^:]*: ?$}} {{ send {{{PASSPHRASE}}}; send \"\\r\"; exp_continue }}\n\
         timeout {{ exit 99 }}\neof\n}}\nexit [lindex [wait] 3]\n"
    );
    output(folder, "expect", &["-c", &script]);
}

/// The two lines that every reader of a backup may rely on.
const OPEN: &str = "age -d backup.age > plain.txt";
const SHOW: &str = "grep ^otpauth plain.txt | while read -r u; do qrencode -t ansiutf8 \"$u\"; done";

#[test]
fn the_two_lines_of_the_format_open_a_backup() {
    let otp = full();
    back_up(&otp, "backup.age", &[]);
    let header = fs::read(otp.home().join("backup.age")).unwrap();
    let header = String::from_utf8_lossy(&header[..80]).into_owned();
    assert!(header.starts_with("age-encryption.org/v1\n-> scrypt ") && header.contains(" 18\n"), "{header}");
    with_passphrase(otp.home(), OPEN);
    let plain = fs::read_to_string(otp.home().join("plain.txt")).unwrap();
    assert!(plain.len().is_multiple_of(1024));
    for readme in ["README.md", "README.ja.md"] {
        assert!(crate::sources::file(readme).text.contains(&format!("{OPEN}\n{SHOW}\n")), "{readme}");
    }
    let shown = output(otp.home(), "sh", &["-c", SHOW]);
    assert!(shown.matches('█').count() > 1_000, "{shown}");
    // The same codes as pictures, read by another program, give the codes that `oathtool` computes.
    output(otp.home(), "sh", &["-c", &SHOW.replace("-t ansiutf8", "-o \"qr-$((i=i+1)).png\"")]);
    let mut read = Vec::new();
    for number in 1..=3 {
        let picture = format!("qr-{number}.png");
        read.push(output(otp.home(), "zbarimg", &["-q", "--raw", "-Sdisable", "-Sqrcode.enable", &picture]));
    }
    assert!(read[0].contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), "{read:?}");
    let code = format!("{}\n", oathtool("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 59));
    otp.run(["now", "binance", "--at", "59"]).stdout(&code).succeeds();
    for part in [
        "# otp-backup 1\n# written ",
        "\n# accounts 3\n",
        "\"tags\":[\"money\"]",
        "\"url\":\"https://www.binance.com/ja\"",
        "\"trashed\":",
        "# codes {\"account\":1,",
        "\"spent\":[0]}",
    ] {
        assert!(plain.contains(part), "{part}: {plain}");
    }
}

#[test]
fn an_armored_backup_is_text_that_age_opens() {
    let otp = full();
    back_up(&otp, "backup.txt", &["--armor"]);
    let text = fs::read_to_string(otp.home().join("backup.txt")).unwrap();
    assert!(text.starts_with("-----BEGIN AGE ENCRYPTED FILE-----\n") && text.is_ascii());
    with_passphrase(otp.home(), "age -d backup.txt > plain.txt");
    assert!(fs::read_to_string(otp.home().join("plain.txt")).unwrap().starts_with("# otp-backup 1\n"));
    let key = key(&otp);
    otp.run(["backup", "check", "backup.txt", "--passphrase-file", &key]).succeeds();
}

#[test]
fn everything_comes_back_on_another_computer() {
    let otp = full();
    back_up(&otp, "backup.age", &[]);
    let other = Otp::new();
    let key = key(&other);
    let file = otp.home().join("backup.age").to_str().unwrap().to_owned();
    let restore = ["backup", "restore", &file, "--passphrase-file", &key, "--yes"];
    let said = other.run(restore).stdout("").succeeds();
    assert!(said.stderr.starts_with("backup.age, written 20"), "{said}");
    assert!(said.stderr.ends_with("restored 3 accounts; nothing that was here was removed\n"), "{said}");
    for command in [&["list", "--json"][..], &["recovery-codes", "--json"], &["trash"]] {
        let [mut one, mut two] = [&otp, &other].map(|otp| otp.run(command.iter().copied()).succeeds().stdout);
        if command[0] == "trash" {
            // It is in the trash anew: only the name is the same.
            (one, two) = (one[..6].to_owned(), two[..6].to_owned());
        }
        let bare = |text: &str| {
            let random = |line: &&str| !["\"id\"", "\"added\""].iter().any(|field| line.contains(field));
            text.lines().filter(random).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(bare(&one), bare(&two));
    }
    // Nothing proves a copy better than this.
    let standing = other.run(["list", "--readiness", "--json"]).succeeds().json();
    let standing: Vec<_> = standing["accounts"].as_array().unwrap().iter().map(|it| &it["readiness"]).collect();
    assert!(standing.iter().all(|it| it["copy_proved"].is_u64() && it["level"] == "good"), "{standing:?}");
    other.run(["recovery-codes", "binance", "--spend"]).stdout("2345 6789\n").stderr("1 is left\n").succeeds();
    let again = other.run(restore).succeeds();
    assert!(again.stderr.ends_with("nothing to restore: everything in it is here\n"), "{again}");
    // What was given out here is not taken back by an older backup.
    other.run(["recovery-codes", "binance"]).stdout("Binance (taro): 1 of 3 left\n").succeeds();
}

#[test]
fn a_restore_adds_and_never_takes_away() {
    let otp = full();
    back_up(&otp, "backup.age", &[]);
    let key = key(&otp);
    let restore = ["backup", "restore", "backup.age", "--passphrase-file", &key];
    // Here the counter is ahead, there is an account more, and one has another key.
    otp.run(["now", "bank"]).succeeds();
    otp.run(["import", "-", "--yes"]).stdin("otpauth://totp/New:me?secret=MFRGGZDFMZTWQ2LL&issuer=New\n").succeeds();
    let before = otp.run(["list", "--json"]).succeeds().json();
    let said = otp.run(restore.into_iter().chain(["--yes"])).succeeds();
    assert!(said.stderr.contains("only here, stays: New (me)\n"), "{said}");
    assert!(said.stderr.ends_with("nothing to restore: everything in it is here\n"), "{said}");
    assert_eq!(otp.run(["list", "--json"]).succeeds().json(), before);
    // What the backup has in use and the trash has here is not called here.
    otp.run(["remove", "binance", "--yes"]).succeeds();
    let said = otp.run(restore.into_iter().chain(["--yes"])).succeeds();
    let missed = "nothing new to restore: 1 account of it is in the trash, everything else is here\n";
    assert!(said.stderr.ends_with(missed), "{said}");
    otp.run(["restore", "binance"]).succeeds();

    // Elsewhere the counter is behind.
    let other = Otp::with("otpauth://hotp/Bank:hanako?secret=MFRGGZDFMZTWQ2LK&issuer=Bank&counter=2\n");
    let key = self::key(&other);
    let file = otp.home().join("backup.age").to_str().unwrap().to_owned();
    let said = other.run(["backup", "restore", &file, "--passphrase-file", &key, "--yes"]).succeeds();
    assert!(said.stderr.contains("Bank (hanako): the counter moves on to 5\n"), "{said}");
    let counter = other.run(["list", "bank", "--json"]).succeeds().json()["accounts"][0]["counter"].clone();
    assert_eq!(counter, 5);

    let said = other.run(["backup", "restore", &file, "--passphrase-file", &key, "--dry-run"]).succeeds();
    assert!(said.stderr.contains("here"), "{said}");
    other.run(["backup", "restore", &file, "--passphrase-file", &key]).succeeds();
}

#[test]
fn a_check_says_what_is_missing_and_dates_what_is_there() {
    let otp = full();
    back_up(&otp, "backup.age", &[]);
    let key = key(&otp);
    let check = ["backup", "check", "backup.age", "--passphrase-file", &key];
    let said = otp.run(check).succeeds();
    assert_eq!(said.stdout, "✓ same codes: Binance (taro)\n✓ same codes: Bank (hanako)\n✓ same codes: 楽天 (jiro)\n");
    assert!(said.stderr.ends_with("every account comes back from it; nothing was stored\n"), "{said}");
    let index = fs::read_to_string(otp.profile().join("index.json")).unwrap();
    assert_eq!(index.matches("\"copy_proved\"").count(), 3);

    otp.run(["import", "-", "--yes"]).stdin("otpauth://totp/New:me?secret=MFRGGZDFMZTWQ2LL&issuer=New\n").succeeds();
    let said = otp.run(check).ends_with(Exit::Attention);
    assert!(said.stdout.ends_with("✗ not in it: New (me)\n"), "{said}");
    let drill = otp.run(check.into_iter().chain(["--json"])).ends_with(Exit::Attention).json()["drill"][0].clone();
    assert_eq!(drill["whole"], false);
    let verdicts: Vec<&str> =
        drill["accounts"].as_array().unwrap().iter().map(|line| line["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["same", "same", "same", "missing"]);

    let wrong = otp.private("wrong", b"not the passphrase at all").to_str().unwrap().to_owned();
    otp.run(["backup", "check", "backup.age", "--passphrase-file", &wrong])
        .stderr(
            "error: that passphrase does not open it, or the file is damaged (files encrypted by `age` with a passphrase)\n\
             hint: use the password that was set for this export (files encrypted by `age` with a passphrase)\n",
        )
        .fails_with(Exit::WrongPassphrase);
    let mut bytes = fs::read(otp.home().join("backup.age")).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    otp.file("backup.age", bytes);
    otp.run(check).fails_with(Exit::BadInput);
}

#[test]
fn a_backup_replaces_nothing_and_needs_a_good_passphrase() {
    let otp = Otp::with(LIST);
    let key = key(&otp);
    otp.file("there.age", "precious");
    otp.run(["backup", "create", "there.age", "--passphrase-file", &key]).fails_with(Exit::Disk);
    assert_eq!(fs::read_to_string(otp.home().join("there.age")).unwrap(), "precious");
    let weak = otp.private("weak", b"password").to_str().unwrap().to_owned();
    otp.run(["backup", "create", "a.age", "--passphrase-file", &weak]).fails_with(Exit::BadInput);
    otp.run(["backup", "create", "a.age"]).fails_with(Exit::WrongPassphrase);
    Otp::new().run(["backup", "create", "a.age"]).fails_with(Exit::NotFound);
    assert!(!otp.home().join("a.age").exists());
}

/// A backup that is killed, or refused by the disk, at any call for its file or folder is whole or not
/// there, and one that was reported is there. (The calls before and after are those of every command.)
#[test]
fn a_backup_killed_or_failing_is_whole_or_not_there() {
    const CALLS: [&str; 4] = ["openat", "write", "fsync", "renameat2"];
    let otp = Otp::with(LIST);
    let key = key(&otp);
    let stick = otp.home().join("stick");
    let file = stick.join("otp.age");
    let create = "\"$OTP\" backup create stick/otp.age --passphrase-file key \"$@\"";
    fs::create_dir(&stick).unwrap();
    otp.shell(&format!("strace -qq -y -o calls -e trace={} {create}", CALLS.join(","))).succeeds();
    let calls = fs::read_to_string(otp.home().join("calls")).unwrap();
    let mut hit = 0;
    for call in CALLS {
        let of_kind = calls.lines().filter(|line| line.starts_with(&format!("{call}(")));
        let own = of_kind.zip(1..).filter(|(line, _)| line.contains("/stick") || line.contains("\"stick"));
        for when in own.map(|(_, when): (_, usize)| when) {
            for fault in ["signal=KILL", "error=ENOSPC"] {
                fs::remove_dir_all(&stick).unwrap();
                fs::create_dir(&stick).unwrap();
                let inject = format!("strace -qq -o /dev/null -e trace={call} -e inject={call}:{fault}:when={when}");
                let said = otp.shell(&format!("{inject} {create}")).said();
                let what = format!("{fault} at {call} number {when}: {said}");
                assert!(file.exists() || said.code != 0, "{what}");
                if file.exists() {
                    otp.run(["backup", "check", "stick/otp.age", "--passphrase-file", &key]).succeeds();
                }
                if fault != "signal=KILL" {
                    assert_eq!(fs::read_dir(&stick).unwrap().count(), usize::from(file.exists()), "{what}");
                }
                hit += 1;
            }
        }
        assert!(hit > 0, "no {call} was hit: is `strace` installed and permitted? {calls}");
    }
    println!("measured: backup create: {hit} calls for its file, killed or failing");
}

#[test]
fn the_words_that_are_offered_open_the_backup() {
    let otp = Otp::with(LIST);
    // Reads the six words off the screen, leaves the screen, and types them.
    let dialogue = "expect -re {file\\.\\s+((?:[a-z-]+ ){5}[a-z-]+)\\s}\nset words $expect_out(1,string)\nsend \"q\"\n\
        expect -ex {of your own: }\nsend -- \"$words\\r\"";
    let shown = on_a_terminal(&otp, "backup create words.age", dialogue);
    ends_with(&shown, Exit::Done);
    assert!(shown.contains("backup complete: 3 accounts in words.age"), "{shown}");
    // The screen was cleared before anything else was said.
    let (screen, after) = shown.split_once("\u{1b}[?1049l").unwrap();
    let words = screen.split("file.").nth(1).unwrap().split_whitespace().take(6).collect::<Vec<_>>().join(" ");
    assert_eq!(words.split(' ').count(), 6);
    assert!(!after.contains(&words) && screen.ends_with("\u{1b}[?25h"), "{shown}");
    let key = otp.private("words", words.as_bytes()).to_str().unwrap().to_owned();
    otp.run(["backup", "check", "words.age", "--passphrase-file", &key]).succeeds();

    let own = "expect -ex {q: leave}\nsend \"q\"\nexpect -ex {of your own: }\nsend \"plow coral marsh unruly\\r\"\n\
        expect -ex {same again: }\nsend \"plow coral marsh unruly\\r\"";
    ends_with(&on_a_terminal(&otp, "backup create own.age", own), Exit::Done);
    let key = self::key(&otp);
    otp.run(["backup", "check", "own.age", "--passphrase-file", &key]).succeeds();
}

/// Files of every release open for ever (`security.md` G18). They were made by this program, and
/// are made again by nobody.
#[test]
fn files_of_earlier_releases_open() {
    let fixture = |name: &str| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/backups").join(name);
    let otp = Otp::new();
    let key = key(&otp);
    let backup = fixture("backup-0.1.age").to_str().unwrap().to_owned();
    let said = otp.run(["backup", "restore", &backup, "--passphrase-file", &key, "--yes"]).succeeds();
    assert!(said.stderr.ends_with("restored 3 accounts; nothing that was here was removed\n"), "{said}");
    otp.run(["list"]).stdout("Binance  taro  #money\nBank     hanako\n").succeeds();
    otp.run(["recovery-codes"]).stdout("Binance (taro): 2 of 3 left\n").succeeds();
    let identity = fixture("recovery-key.txt").to_str().unwrap().to_owned();
    let copy = fixture("copy-0.1.age").to_str().unwrap().to_owned();
    otp.run(["backup", "check", &copy, "--recovery-key", &identity]).succeeds();
    let plain = output(otp.home(), "age", &["-d", "-i", &identity, &copy]);
    assert!(plain.starts_with("# otp-backup 1\n") && plain.contains("\notpauth://totp/Binance:taro?"), "{plain}");
}
