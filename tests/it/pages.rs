//! The pages that are not the recovery sheet, from the program to the paper: the recovery key, the
//! recovery codes of a site, the steps of the rescue.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use otp::error::Exit;

use crate::prompts::{ends_with, on_a_terminal};
use crate::run::Otp;
use crate::sheet::{output, pages, zbarimg};

const LIST: &str = "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n\
    otpauth://totp/Coincheck:jiro?secret=MFRGGZDFMZTWQ2LK&issuer=Coincheck\n";
const BLOCK: &str = "a1b2c-3d4e5\nf6a7b-8c9d0\n";

fn text(otp: &Otp, file: &str) -> String {
    output(otp.home(), "pdftotext", &["-layout", file, "-"])
}

/// The key in the QR code of the page `file`.
fn key_on(otp: &Otp, file: &str) -> String {
    let page = &pages(otp.home(), file, "150")[0];
    let [key] = &zbarimg(otp.home(), page)[..] else { panic!("one code in {file}") };
    key.clone()
}

/// A stand-in for the print command, in the `PATH` that this gives back; it keeps `printed.pdf`.
fn with_printer(otp: &Otp) -> String {
    let folder = otp.home().join("bin");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("lp"), "#!/bin/sh\ncat > \"$HOME/printed.pdf\"\n").unwrap();
    fs::set_permissions(folder.join("lp"), fs::Permissions::from_mode(0o755)).unwrap();
    format!("{}:{}", folder.display(), std::env::var("PATH").unwrap())
}

#[test]
fn a_recovery_key_goes_to_paper_without_the_screen() {
    let otp = Otp::with(LIST);
    let said = otp.run(["backup", "auto", "-o", "key.pdf"]).ends_with(Exit::Attention);
    assert!(said.stderr.contains("the recovery key is on the page in key.pdf: print it"), "{said}");
    assert!(said.stdout.contains("is not confirmed yet"), "{said}");
    let path = otp.home().join("key.pdf");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let key = key_on(&otp, "key.pdf");
    assert!(key.starts_with("AGE-SECRET-KEY-1") && !format!("{said}").contains(&key[16..24]), "{said}");
    // It is forgotten: there is no second page of it.
    let said = otp.run(["backup", "auto", "-o", "again.pdf"]).fails_with(Exit::Usage);
    assert!(said.stderr.contains("error: the recovery key was handed out when it was made"), "{said}");
    assert!(!otp.home().join("again.pdf").exists());
    // A scan of the page gives it back, and from then on there are copies for it.
    let scan = &pages(otp.home(), "key.pdf", "150")[0];
    otp.run(["backup", "auto", "--confirm", scan]).succeeds();
    // Scanners make PDF files.
    otp.run(["drill", "--recovery-key", "key.pdf"]).succeeds();
    let copy = fs::read_dir(otp.profile().join("copies")).unwrap().next().unwrap().unwrap().path();
    otp.private("key.txt", key.as_bytes());
    let plain = output(otp.home(), "age", &["-d", "-i", "key.txt", copy.to_str().unwrap()]);
    assert!(plain.contains("\notpauth://totp/Binance:taro?"), "{plain}");
    // Nothing is made, and no page replaced, before the answer is yes.
    let before = fs::read(&path).unwrap();
    otp.run(["backup", "auto", "--new-key", "-o", "key.pdf"]).fails_with(Exit::Disk);
    otp.run(["backup", "auto", "--new-key", "--print"]).fails_with(Exit::Cancelled);
    assert_eq!(fs::read(&path).unwrap(), before);
    otp.run(["backup", "auto"]).succeeds();
    for option in ["--off", "--confirm=x.png"] {
        otp.run(["backup", "auto", option, "-o", "no.pdf"]).fails_with(Exit::Usage);
    }
}

#[test]
fn a_recovery_key_is_typed_back_from_the_page() {
    let otp = Otp::with(LIST);
    // What a reader of the page types: the three lines in groups, in small letters.
    let dialogue = "expect -ex {(empty: later): }\n\
        set page [exec pdftotext -layout key.pdf -]\n\
        regexp {AGE-SECRET-KEY-1\\s+[A-Z0-9 ]+\\n[^\\n]*[A-Z0-9 ]+\\n} $page key\n\
        regsub -all {\\s+} $key { } key\n\
        send -- \"[string tolower $key]\\r\"";
    let shown = on_a_terminal(&otp, "backup auto -o key.pdf --paper letter", dialogue);
    ends_with(&shown, Exit::Done);
    assert!(shown.contains("the recovery key is confirmed and forgotten here"), "{shown}");
    assert!(!shown.contains(&key_on(&otp, "key.pdf")[16..24]), "{shown}");
    let info = output(otp.home(), "pdfinfo", &["key.pdf"]);
    assert!(info.contains("612 x 792 pts (letter)"), "{info}");
}

#[test]
fn a_recovery_key_is_printed_without_a_file() {
    let otp = Otp::with(LIST);
    let path = with_printer(&otp);
    let said = otp.run(["backup", "auto", "--print", "--yes"]).env("PATH", &path).ends_with(Exit::Attention);
    assert!(said.stderr.contains("printers and print servers keep what they print"), "{said}");
    assert!(said.stderr.contains("the page with the recovery key went to the printer."), "{said}");
    otp.run(["backup", "auto", "--confirm", "-"]).stdin(key_on(&otp, "printed.pdf")).succeeds();
    // Standard output carries the page alone.
    otp.shell("\"$OTP\" backup auto --new-key -o - --lang ja \"$@\" > piped.pdf").ends_with(Exit::Attention);
    assert!(text(&otp, "piped.pdf").contains("復旧キー"));
    output(otp.home(), "qpdf", &["--check", "piped.pdf"]);
}

#[test]
fn recovery_codes_go_to_paper_and_stay_unspent() {
    let otp = Otp::with(LIST);
    let said = otp.run(["recovery-codes", "coincheck", "-o", "none.pdf"]).fails_with(Exit::NotFound);
    assert!(said.stderr.contains("error: there are no recovery codes to do that with\n"), "{said}");
    otp.run(["recovery-codes", "binance", "--add"]).stdin(BLOCK).succeeds();
    otp.run(["recovery-codes", "binance", "--spend"]).stdout("a1b2c-3d4e5\n").succeeds();
    otp.run(["recovery-codes", "binance", "--add"]).stdin("11111-22222\n33333-44444\n").succeeds();
    otp.run(["recovery-codes", "binance", "--spend"]).stdout("f6a7b-8c9d0\n").succeeds();
    otp.run(["recovery-codes", "binance", "--spend"]).stdout("11111-22222\n").succeeds();
    let said = otp.run(["recovery-codes", "binance", "-o", "codes.pdf"]).stdout("").succeeds();
    assert_eq!(
        said.stderr,
        "the recovery codes of Binance (taro) are on the page in codes.pdf: print it, and delete the file\n"
    );
    let page = text(&otp, "codes.pdf");
    for words in ["Binance", "taro", "4 codes, 1 left", "1.  a1b2c-3d4e5", "4.  33333-44444"] {
        let squeezed: String = page.split_whitespace().collect();
        assert!(squeezed.contains(&words.replace(' ', "")), "{words}: {page}");
    }
    otp.run(["recovery-codes"]).stdout("Binance (taro): 1 of 4 left\n").succeeds();
    let path = with_printer(&otp);
    let said = otp.run(["recovery-codes", "binance", "--print", "--yes"]).env("PATH", &path).succeeds();
    assert!(said.stderr.ends_with("the recovery codes of Binance (taro) went to the printer\n"), "{said}");
    assert_eq!(text(&otp, "printed.pdf"), page);
    for option in ["--add", "--spend", "--remove", "--restore", "--json"] {
        otp.run(["recovery-codes", "binance", option, "-o", "no.pdf"]).ends_with(Exit::Usage);
    }
}

#[test]
fn the_steps_of_the_rescue_go_to_paper_in_both_languages() {
    let otp = Otp::with(LIST);
    let path = with_printer(&otp);
    for (lang, first, title) in [
        ("en", "If the phone may be in other hands", "The way back in"),
        ("ja", "スマホが人の手に渡った", "もう一度入るための手順"),
    ] {
        let file = format!("steps-{lang}.pdf");
        otp.run(["rescue", "binance", "--case", "lost", "--lang", lang, "-o", &file]).stdout("").succeeds();
        let page = text(&otp, &file);
        let squeezed: String = page.split_whitespace().collect();
        for words in [first, title, "Binance", "otp now Binance", "otp doctor"] {
            let words: String = words.split_whitespace().collect();
            assert!(squeezed.contains(&words), "{words}: {page}");
        }
        output(otp.home(), "qpdf", &["--check", &file]);
        otp.run(["rescue", "binance", "--case", "lost", "--lang", lang, "--print", "--yes"])
            .env("PATH", &path)
            .succeeds();
        assert_eq!(text(&otp, "printed.pdf"), page);
    }
    otp.run(["rescue", "--case", "lost", "-o", "steps.txt"]).stdout("").succeeds();
    let written = fs::read_to_string(otp.home().join("steps.txt")).unwrap();
    assert_eq!(otp.run(["rescue", "--case", "lost"]).succeeds().stdout, written);
    otp.run(["rescue", "--case", "lost", "-o", "steps.txt"]).fails_with(Exit::Disk);
    otp.run(["rescue", "--case", "lost", "--json", "-o", "no.txt"]).ends_with(Exit::Usage);
}
