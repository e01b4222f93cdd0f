//! Every number that `otp` ends with, reached on purpose. Keyrings that are another one, emptied or
//! silent are tested where they are made.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use otp::error::Exit;

use crate::run::{Otp, PASSPHRASE};
use crate::starts::index_file;

const TARO: &str = "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n";
const JIRO: &str = "otpauth://totp/Coincheck:jiro?secret=MFRGGZDFMZTWQ2LK&issuer=Coincheck\n";

#[test]
fn a_command_line_without_sense_is_2() {
    #[track_caller]
    fn case(arguments: &[&str], complaint: &str) {
        let expected =
            format!("error: {complaint}\nhint: `otp help` lists the commands, `otp help COMMAND` explains one\n");
        let said = Otp::bare().run(arguments.iter().copied()).said();
        assert_eq!((said.code, &*said.stderr), (2, &*expected), "{arguments:?}");
        if arguments.contains(&"--json") {
            let error = &said.json()["error"];
            assert_eq!((&error["text"], &error["exit"]), (&complaint.into(), &2.into()), "{arguments:?}");
        } else {
            assert_eq!(said.stdout, "", "{arguments:?}");
        }
    }
    case(&["frobnicate"], "there is no such command");
    case(&["help", "frobnicate"], "there is no such command");
    case(&["help", "vault", "frobnicate"], "there is no such command");
    case(&["list", "--frobnicate"], "there is no option `--frobnicate`");
    case(&["list", "--frobnicate=value"], "there is no option `--frobnicate`");
    case(&["list", "one", "two"], "there is an argument too many");
    case(&["remove"], "this is missing: <QUERY>");
    case(&["vault", "--lang", "en"], "this is missing: <COMMAND>");
    case(&["list", "--json", "--csv"], "--json and --csv do not go together");
    case(&["now", "--wait=soon"], "the value of --wait does not fit");
    case(&["now", "--at", "yesterday"], "the value of --at does not fit");
    case(&["list", "--lang", "de"], "the value of --lang does not fit");
    case(&["import", "--key", "--digits", "11"], "the value of --digits does not fit");
    case(&["vault", "unlock", "--for", "9d"], "the value of --for does not fit");
    case(&["completions", "csh"], "the value of <bash|elvish|fish|powershell|zsh> does not fit");
    case(&["import", "--digits", "8"], "this is missing: --key");
    case(&["import", "--digits", "8", "x.png"], "--digits and [FILES]... do not go together");
    case(&["import", "--key", "x.png"], "--key and [FILES]... do not go together");
    case(&["edit", "x", "--position", "0"], "the value of --position does not fit");
    case(&["now", "--copy", "--watch"], "--copy and --watch do not go together");
    case(&["now", "--watch", "--json"], "--watch and --json do not go together");
}

#[test]
fn no_account_is_3_and_several_are_4() {
    let empty =
        "error: there is no account yet\nhint: bring one in with `otp import --qr PICTURE` or `otp import --key`\n";
    for arguments in [&["now"][..], &["now", "x"], &["remove", "x"], &["note", "x"], &["verify"]] {
        Otp::bare().run(arguments.iter().copied()).stderr(empty).fails_with(Exit::NotFound);
    }
    let otp = Otp::with(&format!("{TARO}{JIRO}"));
    for arguments in [&["now", "x"][..], &["list", "x"], &["remove", "x"], &["history", "x"], &["verify", "x"]] {
        otp.run(arguments.iter().copied())
            .stderr("error: no account matches `x`\nhint: run `otp list` to see every account\n")
            .fails_with(Exit::NotFound);
    }
    otp.run(["now", "coinchkec"]).ends_with(Exit::Done);
    for arguments in [&["now", "o"][..], &["remove", "o"], &["tag", "o", "t"], &["verify", "o"]] {
        otp.run(arguments.iter().copied())
            .stderr(
                "  Binance (taro)\n  Coincheck (jiro)\nerror: `o` matches 2 accounts\n\
                 hint: add a part of the account's name, or use the `id:` shown, as in `otp now id:37ca34`\n",
            )
            .fails_with(Exit::Ambiguous);
    }
}

#[test]
fn a_vault_without_its_passphrase_is_5_and_with_a_wrong_one_14() {
    let otp = Otp::with(TARO);
    let wrong = otp.private("wrong", b"not the passphrase\n");
    let open = otp.file("open", PASSPHRASE);
    fs::set_permissions(&open, fs::Permissions::from_mode(0o644)).unwrap();
    let empty = otp.private("empty", b"\n");
    let otp = otp.without_passphrase();
    otp.run(["now"])
        .stderr("error: the vault is locked\nhint: run `otp vault unlock` in a terminal; scripts give `--vault-passphrase-file FILE`\n")
        .fails_with(Exit::Locked);
    // The list needs no secret.
    otp.run(["list"]).stdout("Binance  taro\n").succeeds();
    otp.run(["now", "--vault-passphrase-file", wrong.to_str().unwrap()])
        .stderr("error: that passphrase does not open the vault\nhint: check Caps Lock and the keyboard layout, and try again\n")
        .fails_with(Exit::WrongPassphrase);
    otp.run(["now", "--vault-passphrase-file", &open])
        .stderr(
            "error: other users can read the passphrase file `open`\n\
             hint: run `chmod 600 open` and, if others may have read it, change the passphrase\n",
        )
        .fails_with(Exit::BadInput);
    otp.run(["now", "--vault-passphrase-file", empty.to_str().unwrap()])
        .stderr("error: the passphrase file `empty` is empty\n")
        .fails_with(Exit::BadInput);
    otp.run(["now", "--vault-passphrase-file", "/nowhere/file"]).fails_with(Exit::Disk);
}

#[test]
fn no_keyring_is_6() {
    let otp = Otp::bare();
    let expected = "error: no keyring answers on this computer\nhint: log in to a desktop with a keyring (accounts that \
        are in one are there again then), or start with an encrypted file: `otp vault create`\n";
    let list = otp.file("list.txt", TARO);
    let expected = format!("new: Binance (taro)\n{expected}");
    otp.run(["import", &list, "--yes"]).stderr(&expected).fails_with(Exit::NoKeyring);
    otp.run(["import", "-", "--yes"]).stdin(TARO).stderr(&expected).fails_with(Exit::NoKeyring);
    assert!(!otp.profile().join("index.json").exists(), "nothing is kept in another place by itself");
    let said = otp.run(["doctor"]).ends_with(Exit::NoKeyring);
    assert!(said.stdout.contains("XX no keyring answers on this computer\n"), "{said}");
}

#[test]
fn some_in_and_some_not_is_10_and_none_13() {
    let otp = Otp::new();
    otp.run(["import", "-", "--yes"]).stdin(format!("{TARO}otpauth://totp/x\n")).fails_with(Exit::Partial);
    for (bad, complaint) in [
        ("", "error: there is nothing in it\nhint: export it again; the file may be cut short\n"),
        (
            "hello",
            "error: it is neither a picture nor an export that can be read\nhint: `otp import --list-formats` lists what can be read; a picture of the QR code is always good\n",
        ),
        (
            "otpauth://totp/x\n",
            "skipped, line 1, x: there is no key in it\nhint: look at the site's set-up page again, or have it issue a new key\n",
        ),
        ("\u{89}PNG\r\n\u{1a}\n", ""),
        ("otpauth-migration://offline?data=AAAA\n", ""),
    ] {
        let said = otp.run(["import", "-", "--yes"]).stdin(bad).fails_with(Exit::BadInput);
        assert!(complaint.is_empty() || said.stderr == complaint, "{said}");
        assert!(!said.stderr.is_empty());
    }
}

#[test]
fn a_file_that_cannot_be_used_is_11() {
    let otp = Otp::with(TARO);
    otp.run(["import", "missing.png"])
        .stderr("error: `missing.png` cannot be used: it does not exist\nhint: check the name and the folder; a name with spaces stands in quotes\n")
        .fails_with(Exit::Disk);
    fs::create_dir(otp.home().join("folder")).unwrap();
    let said = otp.run(["now", "--qr", "folder"]).fails_with(Exit::Disk);
    assert!(said.stderr.starts_with("error: `folder` cannot be used: it is a folder\n"), "{said}");
    // A file where the profile's folder should be.
    let otp = Otp::bare();
    otp.file("profile", "");
    let said = otp
        .run(["vault", "create", "--vault-passphrase-file", otp.private("p", PASSPHRASE.as_bytes()).to_str().unwrap()])
        .said();
    assert_eq!(said.code, 11, "{said}");
    let otp = Otp::new();
    otp.run(["vault", "create"])
        .stderr(
            "error: there is a vault already\n\
             hint: `otp vault move --to vault` uses it, `otp vault passphrase` changes its passphrase\n",
        )
        .fails_with(Exit::Disk);
}

#[test]
fn a_full_output_is_11() {
    let otp = Otp::with(TARO);
    for command in ["list", "help", "--help", "list --help", "--version", "-V"] {
        let all = if command.starts_with('-') { "" } else { "\"$@\"" };
        otp.shell(&format!("exec \"$OTP\" {command} {all} >/dev/full"))
            .stderr("error: the output could not be written\nhint: check the disk that the output goes to\n")
            .fails_with(Exit::Disk);
    }
}

#[test]
fn nobody_to_ask_is_12() {
    let otp = Otp::new();
    otp.run(["import", "-"])
        .stdin(TARO)
        .stderr(
            "new: Binance (taro)\nerror: this needs an answer, and there is no terminal to ask on\n\
             hint: run it in a terminal, or give `--yes` if you are sure\n",
        )
        .fails_with(Exit::Cancelled);
    otp.run(["list"]).stdout("").succeeds();
    // `--yes` would not help here.
    let nobody = "error: this needs an answer, and there is no terminal to ask on\n\
        hint: run it in a terminal; `otp help COMMAND` shows what scripts can give instead\n";
    let otp = Otp::with(TARO);
    for command in ["edit binance", "rename binance"] {
        otp.run(command.split(' ')).stderr(nobody).fails_with(Exit::Cancelled);
    }
    Otp::bare().run(["vault", "create"]).stderr(nobody).fails_with(Exit::Cancelled);
}

#[test]
fn no_clipboard_is_20() {
    let otp = Otp::with(TARO);
    otp.run(["now", "binance", "--copy"])
        .stderr(
            "error: no desktop with a clipboard can be reached from here\n\
             hint: leave out `--copy` to see the code; over SSH, `--copy --osc52` asks your own terminal to copy it\n",
        )
        .fails_with(Exit::NoClipboard);
    // Without a terminal there is none that could copy, and standard error is no substitute.
    otp.run(["now", "binance", "--copy", "--osc52"])
        .stderr("error: the terminal could not be asked to copy the code\nhint: leave out `--copy` to see the code\n")
        .fails_with(Exit::NoClipboard);
}

#[test]
fn a_failure_is_json_where_json_was_asked_for() {
    let otp = Otp::with(TARO);
    let said = otp.run(["now", "zzz", "--json"]).ends_with(Exit::NotFound);
    let expected = serde_json::json!({
        "text": "no account matches `zzz`", "hint": "run `otp list` to see every account", "exit": 3,
    });
    assert_eq!(said.json()["error"], expected);
    assert!(said.stderr.starts_with("error: no account matches `zzz`\n"), "{said}");
    let said = otp.run(["import", "missing.png", "--json"]).ends_with(Exit::Disk);
    assert_eq!(said.json()["error"]["exit"], 11);
    // Also where no command is run at all.
    let said = otp.run(["list", "--json", "--frobnicate"]).ends_with(Exit::Usage);
    assert_eq!(said.json()["error"]["text"], "there is no option `--frobnicate`");
    let said = otp.run(["import", "--json", "--lang", "ja", TARO]).ends_with(Exit::Usage);
    assert!(!said.stdout.contains("GEZD"), "{said}");
    assert_eq!(said.json()["error"]["exit"], 2);
    otp.shell("exec \"$OTP\" now \"$@\" -- --json").stdout("").fails_with(Exit::NotFound);
}

#[test]
fn a_store_of_a_newer_program_is_16() {
    let otp = Otp::with(TARO);
    let index = otp.profile().join("index.json");
    let mut newer: serde_json::Value = serde_json::from_slice(&fs::read(&index).unwrap()).unwrap();
    newer["version"] = 2.into();
    let newer = index_file(newer);
    fs::write(&index, &newer).unwrap();
    let read_only =
        "error: the store was written by a newer `otp`; this one only reads it\nhint: install the newest `otp`\n";
    otp.run(["now", "--at", "1111111109"]).stdout("081804\n").succeeds();
    otp.run(["list"]).stdout("Binance  taro\n").succeeds();
    otp.run(["rename", "binance", "x"]).stderr(read_only).fails_with(Exit::ReadOnly);
    otp.run(["remove", "binance", "--yes"]).stderr(read_only).fails_with(Exit::ReadOnly);
    let said = otp.run(["import", "-", "--yes"]).stdin(JIRO).fails_with(Exit::ReadOnly);
    assert!(said.stderr.ends_with(read_only), "{said}");
    otp.run(["doctor"]).ends_with(Exit::ReadOnly);
    assert_eq!(fs::read_to_string(&index).unwrap(), newer);
}

#[test]
fn another_otp_at_work_is_17() {
    let otp = Otp::with(TARO);
    let mut lock = fs::read_dir(otp.profile()).unwrap().flatten().map(|entry| entry.path());
    let lock = lock.find(|path| path.to_string_lossy().contains("lock")).unwrap();
    let lock = fs::OpenOptions::new().read(true).write(true).open(lock).unwrap();
    lock.lock().unwrap();
    let said = otp.run(["rename", "binance", "x"]).fails_with(Exit::Busy);
    assert!(said.stderr.starts_with("error: another `otp` is changing the store right now"), "{said}");
    // Reading waits for nobody.
    otp.run(["now", "--at", "1111111109"]).stdout("081804\n").succeeds();
    lock.unlock().unwrap();
    otp.run(["rename", "binance", "x"]).succeeds();
}

/// Takes the secret of the account `title` out of the vault, as damage would.
fn lose(otp: &Otp, id: &str) {
    // The vault of an account that came in later, put back to before it did.
    let index = otp.profile().join("index.json");
    let text = fs::read_to_string(&index).unwrap();
    let other = text.replace(id, &format!("{:032x}", 1));
    fs::write(&index, index_file(serde_json::from_str(&other).unwrap())).unwrap();
}

#[test]
fn a_lost_secret_is_18() {
    let otp = Otp::with(&format!("{TARO}{JIRO}"));
    let accounts = otp.run(["list", "--json"]).succeeds().json();
    lose(&otp, accounts["accounts"][0]["id"].as_str().unwrap());
    let broken = "error: the secret of Binance (taro) is missing or damaged\n\
        hint: import its backup key or QR picture again; `otp doctor` lists every account like this\n";
    otp.run(["now", "binance"]).stderr(broken).fails_with(Exit::Broken);
    otp.run(["now", "coincheck"]).succeeds();
    let said = otp.run(["list", "--codes"]).ends_with(Exit::Broken);
    assert!(said.stdout.starts_with("    damaged       Binance    taro\n"), "{said}");
    let listed = otp.run(["list", "--codes", "--json"]).ends_with(Exit::Broken).json();
    assert!(listed["accounts"][0]["error"].is_string() && listed["accounts"][1]["code"].is_string(), "{listed}");
    let said = otp.run(["doctor"]).ends_with(Exit::Broken);
    assert!(said.stdout.contains("XX the secret of Binance (taro) is missing or damaged"), "{said}");
}

#[test]
fn the_table_of_exit_codes_is_printed() {
    let said = Otp::bare().run(["help", "exit-codes"]).succeeds();
    assert_eq!(said.stdout.lines().count(), Exit::ALL.len());
    for (line, exit) in said.stdout.lines().zip(Exit::ALL) {
        let meaning = exit.text().say(otp::text::Lang::English);
        assert_eq!(line, format!("{:>3}  {meaning}", exit.code()));
    }
}
