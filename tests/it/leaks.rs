//! No secret anywhere: not in what a command prints, not in what it leaves on the disk, and none
//! taken from an argument (`security.md` R8, R9.1, G10).

use std::fs;
use std::path::Path;

use base64::Engine as _;
use otp::error::Exit;

use crate::run::{Otp, PASSPHRASE};

/// The secret that is looked for, in base32 and in bytes.
pub(crate) const MARKER: &str = "KNKVAZLSL5GUCUSLIVJC4MJSGM2DKNRX";
pub(crate) const BYTES: &[u8] = b"SUPer_MARKER.1234567";
/// A key that is looked for after it was replaced or refused.
const OTHER: &str = "JZCVOX3NMFZGWZLSL5GUCUSLIVJC4MJS";

/// Every way in which a secret may be spelt.
fn spellings(base32: &str) -> Vec<Vec<u8>> {
    let bytes = otp::key::read(base32).unwrap().secret;
    let bytes = bytes.expose().to_vec();
    let groups = |text: &str, by: &str| {
        text.as_bytes().chunks(4).map(|group| std::str::from_utf8(group).unwrap()).collect::<Vec<_>>().join(by)
    };
    let lower = base32.to_lowercase();
    let hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    let decimal: Vec<String> = bytes.iter().map(u8::to_string).collect();
    let base64 = base64::engine::general_purpose::STANDARD_NO_PAD.encode(&bytes);
    let mut all: Vec<Vec<u8>> = [
        base32.to_owned(),
        lower.clone(),
        groups(base32, " "),
        groups(&lower, " "),
        groups(base32, "-"),
        hex.to_uppercase(),
        hex,
        base64,
        decimal.join(", "),
        decimal.join(","),
    ]
    .into_iter()
    .map(String::into_bytes)
    .collect();
    all.push(base32.encode_utf16().flat_map(u16::to_le_bytes).collect());
    all.push(bytes);
    all
}

fn holds(text: &[u8], spellings: &[Vec<u8>]) -> bool {
    spellings.iter().any(|spelling| text.windows(spelling.len()).any(|window| window == spelling))
}

/// Every file below `folder` but the encrypted ones.
fn files(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        let name = path.to_string_lossy().into_owned();
        if path.is_dir() {
            files(&path, found);
        } else if !name.contains(".age") {
            found.push((name, fs::read(&path).unwrap()));
        }
    }
}

pub(crate) fn list(secret: &str) -> String {
    format!("otpauth://totp/Binance:taro?secret={secret}&issuer=Binance\n")
}

#[test]
fn the_marker_is_found_where_it_is() {
    assert_eq!(otp::key::read(MARKER).unwrap().secret.expose(), BYTES);
    let all = spellings(MARKER);
    for text in [
        &list(MARKER)[..],
        "knkvazlsl5gucuslivjc4mjsgm2dknrx====",
        "KNKV AZLS L5GU CUSL IVJC 4MJS GM2D KNRX",
        "5355506572",
    ] {
        let expected = text != "5355506572";
        assert_eq!(holds(text.as_bytes(), &all), expected, "{text}");
    }
    assert!(holds(&[b"..", BYTES, b".."].concat(), &all));
    // The control: the search sees what is on the disk before it is deleted.
    let otp = Otp::bare();
    otp.file("list.txt", list(MARKER));
    let mut found = Vec::new();
    files(otp.home(), &mut found);
    assert!(found.iter().any(|(_, content)| holds(content, &all)));
}

#[test]
fn no_command_prints_or_leaves_a_secret() {
    let (marker, other) = (spellings(MARKER), spellings(OTHER));
    let passphrase = vec![PASSPHRASE.as_bytes().to_vec()];
    let otp = Otp::new();
    let run = |arguments: &[&str], stdin: &str| {
        for lang in ["en", "ja"] {
            let said = otp.run(arguments.iter().copied().chain(["--lang", lang])).stdin(stdin).said();
            for secret in [&marker, &other, &passphrase] {
                assert!(
                    !holds(said.stdout.as_bytes(), secret) && !holds(said.stderr.as_bytes(), secret),
                    "{arguments:?}: {said}"
                );
            }
        }
    };
    let address = list(MARKER);
    let picture = otp.picture("marker.png", address.trim());
    // What comes in, well and badly.
    run(&["import", "-", "--dry-run"], &address);
    run(&["import", "-", "--dry-run", "--json"], &address);
    run(&["import", "--qr", &picture, "--yes", "--now"], "");
    run(&["import", "-", "--yes", "--json"], &address);
    run(&["import", "--key", "--issuer", "K", "--yes"], MARKER);
    run(&["import", "--key", "--issuer", "K", "--yes"], &MARKER.replace('L', "1"));
    run(&["import", "--key", "--issuer", "K", "--yes"], &address);
    for bad in [
        address.replace("secret=", "secret=!"),
        address.replace("secret=", "secret=0189"),
        address.replace("totp", "u2f"),
        address.replace("totp", MARKER),
        address.replace("Binance:", &format!("{MARKER}%ZZ:")),
        address.replace("&issuer", &format!("&secret={OTHER}&issuer")),
        address.replace("&issuer", &format!("&algorithm={OTHER}&issuer")),
        address.replace("&issuer", &format!("&digits={OTHER}&issuer")),
        address.replace("&issuer", &format!("&period={OTHER}&counter={OTHER}&issuer")),
        format!("{MARKER}\n"),
        format!("x,{MARKER}\n{address}"),
        format!("otpauth-migration://offline?data={MARKER}\n"),
        format!("https://example.com/{MARKER}\n"),
    ] {
        // A label is a name and may be shown, so the one with the marker in it stays out.
        if !bad.contains("%ZZ") {
            run(&["import", "-", "--dry-run"], &bad);
            run(&["import", "-", "--dry-run", "--json"], &bad);
            let file = otp.file("bad.txt", &bad);
            run(&["import", &file, "missing", "--dry-run"], "");
            fs::remove_file(file).unwrap();
        }
    }
    // Everything that is done with it.
    for arguments in [
        &["list"][..],
        &["list", "--json"],
        &["list", "--codes", "--json"],
        &["list", "--csv", "--codes"],
        &["now"],
        &["now", "--json"],
        &["now", "--next"],
        &["now", "--qr", &picture, "--json"],
        &["doctor"],
        &["doctor", "--json"],
        &["rename", "binance", "taro2"],
        &["tag", "binance", "t"],
        &["note", "binance", "n"],
        &["note", "binance"],
        &["url", "binance", "https://example.com"],
        &["remove", "binance", "--yes"],
        &["trash"],
        &["trash", "--json"],
        &["trash", "--delete", "binance"],
        &["restore", "binance"],
        &["history"],
        &["history", "--json"],
        &["vault", "create"],
        &["vault", "lock"],
        &["completions", "zsh"],
    ] {
        run(arguments, "");
    }
    run(&["verify", "binance"], "123456");
    run(&["verify", "binance"], MARKER);
    run(&["edit", "binance", "--new-key", "--yes"], OTHER);
    run(&["edit", "binance", "--new-key", "--yes"], &OTHER.replace('L', "0"));
    // A damaged list of accounts, and a damaged vault.
    let index = otp.profile().join("index.json");
    let good = fs::read_to_string(&index).unwrap();
    fs::write(&index, &good[..good.len() / 2]).unwrap();
    run(&["list", "--codes"], "");
    run(&["doctor"], "");
    fs::remove_file(&picture).unwrap();
    let mut found = Vec::new();
    files(otp.home(), &mut found);
    assert!(found.iter().any(|(name, _)| name.ends_with("index.json")));
    for (name, content) in found.iter().filter(|(name, _)| !name.ends_with("/passphrase")) {
        for secret in [&marker, &other, &passphrase] {
            assert!(!holds(content, secret), "{name}");
        }
    }
}

#[test]
fn an_argument_with_a_secret_is_refused_and_not_echoed() {
    let address = list(MARKER);
    let refused = "error: an argument looks like a backup key or an `otpauth:` address; nothing was done with it\n\
        hint: use `otp import --key`, which asks for it without showing it, and delete this line from your shell's history\n";
    let spaced = "KNKV AZLS L5GU CUSL IVJC 4MJS GM2D KNRX";
    let (joined, option) = (format!("--name={MARKER}"), format!("--frobnicate={MARKER}"));
    let lower = MARKER.to_lowercase();
    for arguments in [
        &["import", address.trim()][..],
        &["import", MARKER],
        &["import", &lower],
        &["import", spaced],
        &["import", "--key", MARKER],
        &["import", "--key", "--issuer", MARKER],
        &["import", "--key", &joined],
        &["import", &option],
        &["import", "--key", "--name", "otpauth-migration://offline?data=CjEKCkhlbGxvId"],
        &["now", MARKER],
        &["now", "--qr", address.trim()],
        &["edit", "binance", "--note", MARKER],
        &["note", "binance", MARKER],
        &["frobnicate", MARKER],
        &[MARKER],
    ] {
        let otp = Otp::bare();
        otp.run(arguments.iter().copied()).stderr(refused).fails_with(Exit::Usage);
        assert!(!otp.profile().exists());
    }
    // Words that only look a little like keys are let through.
    for word in ["binancefuturesacc", "taro@example.com", "3fa85f64-5717-4562-b3fc-2c963f66afa6"] {
        Otp::bare().run(["now", word]).fails_with(Exit::NotFound);
    }
}
