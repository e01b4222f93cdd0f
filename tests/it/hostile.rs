//! Hostile files (G9) through the real program: each is refused with a sentence, changes nothing,
//! leaves nothing behind, and never takes more than 512 MiB. How long each takes is printed
//! (`--nocapture`) and not judged: that depends on the machine.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use otp::error::Exit;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::fixtures;
use crate::fixtures::{draw, transfer};
use crate::formats::databases::database;
use crate::formats::hostile::bomb;
use crate::formats::keepass::{self, version_3};
use crate::formats::pdf::{document, one_page, stream};
use crate::formats::zips::zip;
use crate::pictures::crowds::{CROWDS, SIDE};
use crate::run::{Otp, Run, Said};

const ONE: &str = "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n";
const MIB: usize = 1 << 20;
/// The most memory, in KiB (`security.md` R2.1).
const MOST_MEMORY: i64 = 512 * 1024;
const WORDS: &str = "OTP_TEST_WORDS";
const ANSWER: &str = "answer: ";

/// A hostile file: its name, and what makes it.
type Made = (&'static str, fn() -> Vec<u8>);

/// Every hostile file that would be too large for the folder, or that is an ordinary one with a
/// number made absurd. It is made when its turn comes.
const MADE: &[Made] = &[
    ("one-bit.png", one_bit_picture),
    ("text-of-1-GiB.png", packed_text),
    ("icon.ico", || [&[0, 0, 1, 0, 1, 0, 0, 0, 0, 0][..], &[0xff; 64]].concat()),
    ("radiance.hdr", || b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 60000 +X 60000\n".to_vec()),
    ("tagged.tiff", || [&b"II*\0\x08\0\0\0\x01\0\0\x01\x04\0\x01\0\0\0"[..], &[0xff; 64]].concat()),
    ("3.8-GiB.zip", || bomb(60, 65)),
    ("nested.zip", || (0..50).fold(ONE.as_bytes().to_vec(), |inner, _| zip(&[("inner.zip", &inner)], None))),
    ("pictures.zip", || many("png", &noise(6_000))),
    ("documents.zip", || many("pdf", &nested_forms())),
    ("forms.pdf", nested_forms),
    ("packed.pdf", packed_content),
    ("brackets.json", || b"[".repeat(1_000_000)),
    ("objects.json", || b"{\"a\":".repeat(1_000_000)),
    ("entries.txt", || transfer::address(&[0x0a, 0x00].repeat(10_000_000)).into_bytes()),
    ("accounts.txt", || b"otpauth://totp/a?secret=GEZDGNBVGY3TQOJQ\n".repeat(1_000_000)),
    ("scrypt.age", || age_header(40)),
    ("scrypt.json", || edited("aegis-locked.json", "\"n\":1024", "\"n\":1099511627776")),
    ("argon2.json", || edited("bitwarden-argon2.json", "\"kdfMemory\":", "\"kdfMemory\":4096,\"x\":")),
    ("pbkdf2.json", || edited("bitwarden-pbkdf2.json", "\"kdfIterations\":", "\"kdfIterations\":2147483648,\"x\":")),
    ("rounds.kdbx", || version_3("<KeePassFile></KeePassFile>", 1 << 40)),
    ("laughs.kdbx", || version_3(&laughs("KeePassFile"), 10)),
    ("laughs.xml", || laughs("map").into_bytes()),
    ("laughs.html", || laughs("html").into_bytes()),
    ("endless.sqlite", endless_view),
];

/// Every file with its name: the small ones of the folder, those above, and one that is only large.
fn names() -> impl Iterator<Item = String> {
    let folder = fs::read_dir(fixtures::path("hostile")).unwrap().map(|entry| entry.unwrap().file_name());
    let folder = folder.map(|name| name.into_string().unwrap());
    let made = MADE.iter().map(|(name, _)| *name).chain(CROWDS.iter().map(|crowd| crowd.name)).chain(["1-GB.json"]);
    folder.chain(made.map(str::to_owned))
}

/// Puts the hostile file `name` into the home of `otp`.
fn put(otp: &Otp, name: &str) -> String {
    if let Some(crowd) = CROWDS.iter().find(|crowd| crowd.name == name) {
        return otp.file(name, draw::png(&(crowd.draw)(SIDE)));
    }
    if let Some((_, make)) = MADE.iter().find(|(made, _)| *made == name) {
        return otp.file(name, make());
    }
    let path = otp.file(name, fs::read(fixtures::path("hostile").join(name)).unwrap_or_else(|_| b"[".to_vec()));
    if name == "1-GB.json" {
        fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(1_000_000_000).unwrap();
    }
    path
}

#[test]
fn hostile_files_are_refused_and_change_nothing() {
    for name in names() {
        let otp = Otp::with(ONE);
        let file = put(&otp, &name);
        otp.private("right", keepass::PASSPHRASE.as_bytes());
        let everything = || -> BTreeSet<(PathBuf, Vec<u8>)> {
            let folders = [otp.home().to_owned(), otp.profile()];
            let entries = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
            let paths = entries.map(|entry| entry.unwrap().path());
            let small = paths.filter(|path| path.to_str() != Some(&file) && path.is_file());
            small.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
        };
        let before = everything();
        let (said, memory, seconds) = alone(otp.run(["import", &file, "--yes", "--passphrase-file", "right"]));
        let what = format!("{name}: {seconds:.1} s, {} MiB, {said}", memory / 1024);
        println!("measured: {name}: {seconds:.1} s, {} MiB: {}", memory / 1024, said.stderr.lines().next().unwrap());
        let exits = [Exit::BadInput, Exit::WrongPassphrase].map(|exit| i32::from(exit.code()));
        assert!(exits.contains(&said.code), "{what}");
        let told = ["error: ", "skipped, "].iter().any(|start| said.stderr.starts_with(start));
        assert!(told && !said.stderr.contains("panicked"), "{what}");
        assert!(everything() == before, "something has changed: {what}");
        assert!(memory <= MOST_MEMORY, "{what}");
    }
}

/// Has `run` done by a fresh process whose only child it is, because the system knows how much
/// memory children took at most only of all of them together: what was said, the memory in KiB,
/// and the seconds it took.
fn alone(run: Run) -> (Said, i64, f64) {
    let command = run.into_command();
    let words = [command.get_program()].into_iter().chain(command.get_args());
    let words: Vec<&str> = words.map(|word| word.to_str().unwrap()).collect();
    let mut itself = Command::new(std::env::current_exe().unwrap());
    itself.args(["--exact", "hostile::measured", "--ignored", "--nocapture"]).env_clear();
    itself.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    itself.current_dir(command.get_current_dir().unwrap()).env(WORDS, words.join("\n"));
    let output = itself.output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let answer = said.lines().find_map(|line| line.split_once(ANSWER)).unwrap_or_else(|| panic!("{said}")).1;
    let (code, stdout, stderr, memory, seconds) = serde_json::from_str(answer).unwrap();
    (Said { code, stdout, stderr }, memory, seconds)
}

#[test]
#[ignore = "run by `alone`"]
fn measured() {
    let words = std::env::var(WORDS).expect("run by another test");
    let words: Vec<&str> = words.split('\n').collect();
    let started = Instant::now();
    let output = Command::new(words[0]).args(&words[1..]).stdin(Stdio::null()).output().unwrap();
    let seconds = started.elapsed().as_secs_f64();
    let memory = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap().max_rss();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let answer = (output.status.code(), text(output.stdout), text(output.stderr), memory, seconds);
    println!("{ANSWER}{}", serde_json::to_string(&answer).unwrap());
}

/// A fixture with `from` in it replaced.
fn edited(fixture: &str, from: &str, to: &str) -> Vec<u8> {
    let text = fs::read_to_string(fixtures::path("formats").join(fixture)).unwrap();
    assert!(text.contains(from), "{fixture}");
    text.replace(from, to).into_bytes()
}

/// `content` as the format `zlib` packs it; the checksum at the end is missing, which few mind.
fn packed(pieces: impl Iterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("a", SimpleFileOptions::default()).unwrap();
    for piece in pieces {
        zip.write_all(&piece).unwrap();
    }
    let mut zip = ZipArchive::new(zip.finish().unwrap()).unwrap();
    let mut packed = b"\x78\x9c".to_vec();
    zip.by_index_raw(0).unwrap().read_to_end(&mut packed).unwrap();
    packed
}

fn png(header: &[u8], chunks: &[&[u8]]) -> Vec<u8> {
    let header = [b"IHDR", header].concat();
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    for chunk in [&*header].iter().chain(chunks).chain(&[&b"IEND"[..]]) {
        bytes.extend(u32::try_from(chunk.len() - 4).unwrap().to_be_bytes());
        bytes.extend_from_slice(chunk);
        bytes.extend(draw::checksum(chunk).to_be_bytes());
    }
    bytes
}

/// 50,000 by 50,000 pixels of one bit, which pack to 300 kB.
fn one_bit_picture() -> Vec<u8> {
    let side = 50_000_u32.to_be_bytes();
    let rows = packed((0..50).map(|_| vec![0; 1_000 * (1 + 6_250)]));
    png(&[&side[..], &side, &[1, 0, 0, 0, 0]].concat(), &[&[b"IDAT", &*rows].concat()])
}

/// One pixel, and a text of 1 GiB beside it.
fn packed_text() -> Vec<u8> {
    let text = packed((0..1024).map(|_| vec![b'a'; MIB]));
    let text = [b"zTXtComment\0\0", &*text].concat();
    let pixel = packed([vec![0, 0]].into_iter());
    png(&[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0], &[&text, &[b"IDAT", &*pixel].concat()])
}

/// A picture of `side` by `side` pixels full of corners, in which a reader may look for codes long.
fn noise(side: u32) -> Vec<u8> {
    let picture = image::GrayImage::from_fn(side, side, |x, y| {
        let (x, y) = (x / 3 % 97, y / 3 % 89);
        image::Luma([if (x * x + 7 * y * y + x * y) % 5 < 2 { 0 } else { 255 }])
    });
    draw::png(&picture)
}

/// An archive with `content` in it as often as files are read.
fn many(ending: &str, content: &[u8]) -> Vec<u8> {
    let names: Vec<String> = (0..200).map(|number| format!("{number}.{ending}")).collect();
    zip(&names.iter().map(|name| (&**name, content)).collect::<Vec<_>>(), None)
}

/// Forms that draw each other ten times, ten deep.
fn nested_forms() -> Vec<u8> {
    let form = |number: u8| format!("/Resources << /XObject << /F {} 0 R >> >>", number + 1);
    let mut objects = one_page("/XObject << /F 5 0 R >>", stream("", b"/F Do"));
    for number in 5..15 {
        let more = format!("/Type /XObject /Subtype /Form /BBox [0 0 595 842] {} ", form(number));
        objects.push(stream(&more, "/F Do ".repeat(10).as_bytes()));
    }
    objects.push(stream("/Type /XObject /Subtype /Form /BBox [0 0 595 842] ", b"0 0 595 842 re f"));
    document(&objects, "")
}

/// A page whose content is a few hundred kilobytes, and 512 MiB once it is unpacked.
fn packed_content() -> Vec<u8> {
    let content = "9 9 9 9 re f\n   ".repeat(1 << 16);
    let packed = packed((0..512).map(|_| content.clone().into_bytes()));
    document(&one_page("", stream("/Filter /FlateDecode ", &packed)), "")
}

/// The beginning of an age file whose passphrase costs 2 to the `cost`.
fn age_header(cost: u32) -> Vec<u8> {
    let (salt, key) = ("A".repeat(22), "A".repeat(43));
    format!("age-encryption.org/v1\n-> scrypt {salt} {cost}\n{key}\n--- {key}\n{}", "0".repeat(64)).into_bytes()
}

/// A billion laughs in a document of `root`.
fn laughs(root: &str) -> String {
    let entity = |number: u32| format!("<!ENTITY e{} \"{}\">", number + 1, format!("&e{number};").repeat(10));
    let entities: String = (0..9).map(entity).collect();
    format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE {root} [<!ENTITY e0 \"ha\">{entities}]>\n\
         <{root}><string name=\"a\">&e9; otpauth://totp/&e9;?secret=&e9;</string></{root}>"
    )
}

/// A database whose table is a view that never ends.
fn endless_view() -> Vec<u8> {
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) \
        SELECT 'a' AS email, 'AA' AS secret, i AS counter, 0 AS type FROM n";
    database(&format!("CREATE VIEW accounts AS {endless};"), |_| {})
}

#[test]
fn a_document_that_would_keep_the_machine_busy_says_what_to_do() {
    for (name, pdf) in [("forms.pdf", nested_forms()), ("packed.pdf", packed_content())] {
        let otp = Otp::with(ONE);
        let pdf = otp.file(name, pdf);
        otp.run(["import", &pdf, "--yes"])
            .stderr(
                "error: the PDF would take more time or memory than any real one\n\
                 hint: open the PDF, and take a screenshot or a photo of the page with the QR code\n",
            )
            .fails_with(Exit::BadInput);
    }
}
