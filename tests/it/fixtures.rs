//! Our own files in `fixtures/`, and the generator that makes them.
//!
//! `OTP_WRITE_FIXTURES=1 cargo test --test it fixtures` writes them anew. The generator uses no
//! randomness and no trigonometry, so every machine makes the same bytes.

use std::path::{Path, PathBuf};
#[cfg(target_os = "linux")]
use std::process::Command;

use super::vectors;

pub(crate) mod draw;
pub(crate) mod transfer;

/// A file of the folder.
pub(crate) struct Fixture {
    /// The path under `fixtures/`.
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
    /// The texts of its QR codes in reading order; none for files that are no picture.
    #[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "only there does another reader judge"))]
    pub(crate) texts: Vec<String>,
}

/// The path of a file of the folder.
pub(crate) fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// Every file that the generator makes.
pub(crate) fn all() -> Vec<Fixture> {
    let mut all = pictures();
    all.extend(transfers());
    all.extend(texts());
    all.extend(hostile());
    all
}

fn pictures() -> Vec<Fixture> {
    let uri = |issuer| vectors::of(issuer).uri();
    let (binance, github) = (uri("Binance.com"), uri("GitHub"));
    let link = "https://example.com/help/two-factor";
    vec![
        picture("binance.png", draw::png(&draw::page(&[&binance])), &[&binance]),
        picture("dark.png", draw::png(&draw::dark(&draw::page(&[&github]))), &[&github]),
        picture(
            "two-codes.png",
            draw::png(&draw::page(&[&uri("bitFlyer"), &uri("Kraken")])),
            &[&uri("bitFlyer"), &uri("Kraken")],
        ),
        picture("japanese.png", draw::png(&draw::page(&[&uri("楽天ウォレット")])), &[&uri("楽天ウォレット")]),
        picture("photo.jpg", draw::jpeg(&draw::photo(&uri("Coincheck"))), &[&uri("Coincheck")]),
        picture("not-ours.png", draw::png(&draw::page(&[link])), &[link]),
    ]
}

fn transfers() -> Vec<Fixture> {
    let parts = transfer::parts().into_iter().zip(1..);
    let draw = |(text, number): (String, u32)| {
        picture(&format!("transfer-{number}-of-3.png"), draw::png(&draw::page(&[&text])), &[&text])
    };
    parts.map(draw).collect()
}

fn picture(name: &str, bytes: Vec<u8>, texts: &[&str]) -> Fixture {
    Fixture { path: format!("qr/{name}"), bytes, texts: texts.iter().map(|text| (*text).to_owned()).collect() }
}

fn texts() -> Vec<Fixture> {
    let uris: Vec<_> = vectors::all().iter().map(vectors::Vector::uri).collect();
    let list = format!("# {} accounts\n{}\n", uris.len(), uris.join("\n"));
    let bad = [
        uris[0].as_str(),
        "otpauth://totp/Zaif:taro?secret=0OB8&issuer=Zaif",
        "otpauth://totp/Example:no%20key?issuer=Example",
        "the next one is for work",
        uris[4].as_str(),
        "otpauth://totp/Example:old?secret=MZXW6YTBOI&algorithm=MD5",
    ];
    let file =
        |path: &str, text: String| Fixture { path: path.to_owned(), bytes: text.into_bytes(), texts: Vec::new() };
    vec![file("uri-list.txt", list), file("partly-bad.txt", bad.join("\n") + "\n")]
}

/// Small files that nobody should trip over.
fn hostile() -> Vec<Fixture> {
    let file = |name: &str, bytes: Vec<u8>| Fixture { path: format!("hostile/{name}"), bytes, texts: Vec::new() };
    let binance = draw::png(&draw::page(&[&vectors::of("Binance.com").uri()]));
    let endless = [0x0a, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10];
    vec![
        file("cut-short.png", binance[..binance.len() / 2].to_vec()),
        file("huge.png", draw::header_only(50_000, 50_000)),
        file("length-2-to-the-60.txt", transfer::address(&endless).into_bytes()),
        file("empty-entries.txt", transfer::address(&[0x0a, 0x00].repeat(20_000)).into_bytes()),
    ]
}

#[test]
fn the_files_are_what_the_generator_makes() {
    let write = std::env::var_os("OTP_WRITE_FIXTURES").is_some_and(|value| value == "1");
    let mut total = 0;
    for fixture in all() {
        let path = path(&fixture.path);
        if write {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &fixture.bytes).unwrap();
        }
        let found = std::fs::read(&path).unwrap_or_default();
        assert!(found == fixture.bytes, "{} differs; OTP_WRITE_FIXTURES=1 writes it", fixture.path);
        total += found.len();
    }
    assert!(total < 500_000, "{total} bytes are too many");
}

/// A reader that is not ours sees the same texts.
#[cfg(target_os = "linux")]
#[test]
fn zbarimg_reads_our_pictures() {
    for fixture in all().iter().filter(|fixture| !fixture.texts.is_empty()) {
        let mut zbar = Command::new("zbarimg");
        zbar.args(["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", "-Stest-inverted"]).arg(path(&fixture.path));
        let output = zbar.output().expect("zbarimg runs (Debian: zbar-tools)");
        let read = String::from_utf8(output.stdout).unwrap();
        let mut texts: Vec<_> = read.lines().collect();
        let mut expected: Vec<_> = fixture.texts.iter().map(String::as_str).collect();
        texts.sort_unstable();
        expected.sort_unstable();
        assert_eq!(texts, expected, "{}", fixture.path);
    }
}

/// Codes that somebody else drew are read.
#[cfg(target_os = "linux")]
#[test]
fn what_qrencode_draws_is_read() {
    for vector in vectors::all() {
        let uri = vector.uri();
        for level in ["L", "H"] {
            let mut qrencode = Command::new("qrencode");
            qrencode.args(["-t", "PNG", "-s", "3", "-l", level, "-o", "-", &uri]);
            let output = qrencode.output().expect("qrencode runs (Debian: qrencode)");
            let found = otp::qr::read(&output.stdout).unwrap();
            assert_eq!(found.iter().map(|found| &**found.text).collect::<Vec<_>>(), [&uri]);
        }
    }
}
