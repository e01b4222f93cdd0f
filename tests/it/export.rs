//! The way out: every target read back by its importer, judged by programs that are not ours, and
//! the command around it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use otp::account::{Account, Algorithm, Kind, Parts};
use otp::clock::UnixTime;
use otp::error::Exit;
use otp::export::{self, Encryption, Item, Job, TARGETS, Target};
use otp::import::{self, Extras, FORMATS, Imported, Opened, Place, Source};
use otp::secret::Secret;

use crate::formats;
use crate::loud::loudly;
use crate::run::{Otp, SECRET, oathtool};
use crate::vectors;

mod losses;

const PASSPHRASE: &str = "coral unruly plow ninja";

/// Which importer reads each target, and what it gives back of tags, notes and stars.
const READERS: &[(&str, &str, [bool; 3])] = &[
    ("2fas", "2fas", WHOLE),
    ("aegis", "aegis", WHOLE),
    ("age", "age", WHOLE),
    ("andotp", "andotp", WHOLE),
    // The notes of a password manager are not about codes.
    ("bitwarden", "bitwarden", [true, false, true]),
    ("csv", "csv", WHOLE),
    ("ente", "ente", WHOLE),
    ("freeotp-plus", "freeotp", WHOLE),
    ("google", "google-migration", WHOLE),
    ("json", "otp-json", WHOLE),
    ("keepass", "keepass", [true, false, false]),
    ("proton", "proton", WHOLE),
    ("raivo", "raivo", WHOLE),
    ("stratum", "stratum", WHOLE),
    ("uri", "uri-list", WHOLE),
];
const WHOLE: [bool; 3] = [true; 3];

fn secret(text: &str) -> Secret {
    Secret::from_text(text.to_owned())
}

/// The golden accounts, and one of each kind that they do not have; the first ones with more.
fn items() -> Vec<Item> {
    let mut accounts: Vec<Account> = vectors::all().iter().map(vectors::Vector::account).collect();
    let special = |kind: Kind, issuer: &str, key: Secret, pin: &str| {
        let (algorithm, digits) = kind.fixed().unwrap();
        let (issuer, name, pin) = (issuer.to_owned(), "taro".to_owned(), Some(secret(pin)));
        Account::new(Parts { issuer, name, kind, algorithm, digits, secret: key, pin }).unwrap()
    };
    // The vectors of `formats.md` 23.3 and 23.4.
    accounts.push(special(Kind::Motp, "mOTP", secret("e3152afee62599c8"), "1234"));
    let yandex = vectors::base32("LA2V6KMCGYMWWVEW64RNP3JA3I");
    accounts.push(special(Kind::Yandex, "Yandex", Secret::new(yandex), "7586"));
    let extras = |tags: &[&str], note: &str, favorite| Extras {
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        note: note.to_owned(),
        favorite,
        ..Extras::default()
    };
    let first = extras(&["long term", "money"], "joint \"account\" 日本", true);
    let mut known = vec![first, extras(&["取引所"], "", false)];
    known.resize_with(accounts.len(), Extras::default);
    accounts.into_iter().zip(known).map(|(account, extras)| Item { account, extras }).collect()
}

fn copy(item: &Item) -> Item {
    let Extras { tags, note, favorite, .. } = &item.extras;
    let extras = Extras { tags: tags.clone(), note: note.clone(), favorite: *favorite, ..Extras::default() };
    Item { account: item.account.duplicate(), extras }
}

fn open(bytes: &[u8], passphrase: Option<&str>) -> Vec<Imported> {
    let mut opened = import::open(&Source::new(bytes)).unwrap();
    loop {
        match opened {
            Opened::Batch(batch) => {
                assert!(batch.skipped.is_empty(), "{:?}", batch.skipped);
                return batch.accounts;
            }
            Opened::Locked(locked) => opened = locked.unlock(&secret(passphrase.unwrap())).unwrap(),
        }
    }
}

/// `item` as it comes back through `target` and an importer that gives `back`.
fn returned(item: &Item, target: &dyn Target, back: [bool; 3]) -> Imported {
    let Item { account, mut extras } = copy(item);
    let (mut parts, carries) = (account.into_parts(), target.carries());
    extras.tags.truncate(if back[0] { carries.tags } else { 0 });
    extras.note = if back[1] && carries.note { extras.note } else { String::new() };
    extras.favorite &= back[2] && carries.favorite;
    // An entry of 2FAS has a title, and the title counts as the issuer.
    if target.id() == "2fas" && parts.issuer.is_empty() {
        parts.issuer.clone_from(&parts.name);
    }
    Imported { account: Account::new(parts).unwrap(), place: Place::item(1), notes: Vec::new(), extras }
}

#[test]
fn every_target_is_read_back() {
    let targets: Vec<_> = TARGETS.iter().map(|target| target.id()).collect();
    assert_eq!(READERS.iter().map(|(id, ..)| *id).collect::<Vec<_>>(), targets);
    for ((_, reader, back), target) in READERS.iter().zip(TARGETS) {
        if !FORMATS.iter().any(|format| format.id() == *reader) {
            loudly(&format!("target `{}` was NOT read back: there is no importer `{reader}`", target.id()));
            continue;
        }
        let mut items = items();
        let left = export::take_leftovers(*target, &mut items);
        assert!(items.len() >= 7, "{}: {left:?}", target.id());
        for passphrase in [None, Some(PASSPHRASE)] {
            let impossible = if passphrase.is_none() { Encryption::Always } else { Encryption::Never };
            if target.encryption() == impossible {
                continue;
            }
            let typed = passphrase.map(secret);
            let job = Job { passphrase: typed.as_ref(), at: UnixTime(vectors::TIME), per_page: 4 };
            let bytes = target.write(&items, &job).unwrap();
            let found: Vec<_> = open(&bytes, passphrase).iter().map(formats::line).collect();
            let expected: Vec<_> = items.iter().map(|item| formats::line(&returned(item, *target, *back))).collect();
            assert_eq!(found, expected, "{}", target.id());
            assert_eq!(export::reads_back(&bytes, &items, typed.as_ref()), Ok(true), "{}", target.id());
            if passphrase.is_none() {
                let fewer: Vec<Item> = items.iter().skip(1).map(copy).collect();
                assert!(export::reads_back(&bytes, &fewer, None).is_err(), "{}", target.id());
            }
        }
    }
}

/// What each target leaves out of the golden accounts and the two special ones.
#[test]
fn what_does_not_fit_is_known() {
    #[track_caller]
    fn case(target: &str, left: &[&str]) {
        let found = export::take_leftovers(export::target(target).unwrap(), &mut items());
        let found: Vec<_> =
            found.iter().map(|(item, reason)| format!("{} {reason:?}", item.account.issuer())).collect();
        assert_eq!(found, left, "{target}");
    }
    let (steam, motp, yandex) = ("Steam Kind(Steam)", "mOTP Kind(Motp)", "Yandex Kind(Yandex)");
    let hotp = "Red Hat Kind(Hotp { counter: 41 })";
    for everything in ["uri", "aegis", "age", "json", "csv"] {
        case(everything, &[]);
    }
    case("google", &["Example Corp Period { seconds: 60 }", steam, motp, yandex]);
    case("2fas", &[motp, yandex]);
    case("bitwarden", &[hotp, motp, yandex]);
    case("ente", &[motp, yandex]);
    case("stratum", &[" NoIssuer"]);
    case("keepass", &[hotp, motp, yandex]);
    case("proton", &[hotp, motp, yandex]);
    case("andotp", &["mOTP Pin", yandex]);
    case("freeotp-plus", &[motp, yandex]);
    case("raivo", &[steam, motp, yandex]);
}

#[test]
fn a_transfer_code_is_what_the_phone_expects() {
    let mut parts = vectors::of("GitHub").account().into_parts();
    parts.algorithm = Algorithm::Sha256;
    let account = Account::new(parts).unwrap();
    let google = export::target("google").unwrap();
    assert!(google.caution(&account).is_some() && google.caution(&vectors::of("GitHub").account()).is_none());
    let items: Vec<Item> = (0..23)
        .map(|number| {
            let mut parts = vectors::of("GitHub").account().into_parts();
            parts.name = format!("taro{number}");
            Item { account: Account::new(parts).unwrap(), extras: Extras::default() }
        })
        .collect();
    let pages = export::google::pages(&items, 10).unwrap();
    assert_eq!(pages.iter().map(|page| page.items.clone()).collect::<Vec<_>>(), [0..10, 10..20, 20..23]);
    let text = google.write(&items, &Job { passphrase: None, at: UnixTime(0), per_page: 10 }).unwrap();
    let Opened::Batch(batch) = import::open(&Source::new(&text)).unwrap() else { panic!() };
    assert_eq!(batch.accounts.len(), 23);
    assert_eq!(import::missing_parts(&batch.parts, &batch.parts), []);
    let ids: std::collections::BTreeSet<_> = batch.parts.iter().map(|part| part.batch_id).collect();
    assert!(ids.len() == 1 && ids.first().unwrap().is_some_and(|id| id > 0), "{ids:?}");
}

const THREE: &str = "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n\
    otpauth://totp/%E6%A5%BD%E5%A4%A9:hanako?secret=JBSWY3DPEHPK3PXP&issuer=%E6%A5%BD%E5%A4%A9\n\
    otpauth://steam/Steam:taro?secret=MFRGGZDFMZTWQ2LK&issuer=Steam\n";
const PLAIN: &str = "the keys will be readable by anybody who gets the file: whoever has it can make your codes. \
    Keep it off clouds and chats, and delete it as soon as it has done its work\n";
const ADVICE: &str = "what is left out can go as `otp qr show ACCOUNT`, or with another target such as `--to aegis`\n";

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// What `program` prints.
fn output(folder: &Path, program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder).output();
    let output = output.unwrap_or_else(|_| panic!("`{program}` is installed"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_list_leaves_for_a_new_private_file() {
    let otp = Otp::with(THREE);
    let file = otp.home().join("list.txt");
    let done = format!("{PLAIN}exported 3 accounts to list.txt\nread back from the disk: the same accounts\n");
    otp.shell("umask 000; exec \"$OTP\" export --to uri -o list.txt \"$@\"").stdout("").stderr(&done).succeeds();
    assert_eq!(mode(&file), 0o600);
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(text.lines().count(), 3);
    let key = text.split("secret=").nth(1).unwrap().split('&').next().unwrap();
    assert_eq!(key, SECRET);
    let exists = "error: `list.txt` exists already\nhint: take another name, or replace it with `--force`\n";
    otp.run(["export", "--to", "uri", "-o", "list.txt"]).stderr(exists).fails_with(Exit::Disk);
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
    otp.run(["export", "binance", "--to", "uri", "-o", "list.txt", "--force"]).succeeds();
    assert_eq!(fs::read_to_string(&file).unwrap().lines().count(), 1);
    // To a pipe only when it is named.
    otp.run(["export", "--to", "uri"]).fails_with(Exit::Usage);
    let said = otp.run(["export", "binance", "--to", "uri", "-o", "-"]).succeeds();
    assert!(said.stdout.contains(SECRET), "{said}");
    assert!(!said.stderr.contains(SECRET));
}

#[test]
fn what_does_not_fit_is_asked_about_first() {
    let otp = Otp::with(THREE);
    let left = format!("left out: Steam (taro): Steam codes are unknown there\n{ADVICE}");
    let nobody = "error: this needs an answer, and there is no terminal to ask on\n\
        hint: run it in a terminal, or give `--yes` if you are sure\n";
    otp.run(["export", "--to", "raivo", "-o", "r.json"]).stderr(&format!("{left}{nobody}")).fails_with(Exit::Cancelled);
    assert!(!otp.home().join("r.json").exists());
    let said = otp.run(["export", "--to", "raivo", "-o", "r.json", "--yes"]).ends_with(Exit::Partial);
    assert!(said.stderr.starts_with(&format!("{left}{PLAIN}exported 2 accounts to r.json\n")), "{said}");
    let said = otp.run(["export", "steam", "--to", "raivo", "-o", "s.json", "--yes"]).fails_with(Exit::BadInput);
    assert!(said.stderr.contains("error: none of these accounts fits into this target\n"), "{said}");
}

#[test]
fn a_file_is_encrypted_unless_it_is_said() {
    let otp = Otp::with(THREE);
    let key = otp.private("key", PASSPHRASE.as_bytes());
    let key = key.to_str().unwrap();
    let needs = "error: the file is encrypted, and nobody is there to type a passphrase\nhint: name a file that only \
        you can read with `--passphrase-file`, or write it in the open with `--plain`\n";
    otp.run(["export", "--to", "aegis", "-o", "a.json"]).stderr(needs).fails_with(Exit::WrongPassphrase);
    let done = "exported 3 accounts to a.json\nread back from the disk: the same accounts\n";
    otp.run(["export", "--to", "aegis", "-o", "a.json", "--passphrase-file", key]).stderr(done).succeeds();
    let file = fs::read_to_string(otp.home().join("a.json")).unwrap();
    assert!(!file.contains(SECRET) && file.contains("\"n\": 32768"), "{file}");
    let here = "already here: Binance (taro)\nalready here: 楽天 (hanako)\n\
        already here: Steam (taro)\nnothing new to store\n\
        everything in the file is stored; it can be deleted now, because whoever has it has the keys\n";
    otp.run(["import", "a.json", "--passphrase-file", key]).stderr(here).succeeds();
    otp.run(["export", "--to", "aegis", "--plain", "-o", "b.json"]).succeeds();
    assert!(fs::read_to_string(otp.home().join("b.json")).unwrap().contains(SECRET));
    let weak = otp.private("weak", b"password");
    let weak = ["export", "--to", "aegis", "-o", "c.json", "--passphrase-file", weak.to_str().unwrap()];
    otp.run(weak).fails_with(Exit::BadInput);
    otp.run(weak.into_iter().chain(["--weak"])).succeeds();
    otp.run(["export", "--to", "age", "--plain", "-o", "x"]).fails_with(Exit::Usage);
    otp.run(["export", "--to", "uri", "--passphrase-file", key, "-o", "x"]).fails_with(Exit::Usage);
    otp.run(["export", "--to", "none", "-o", "x"]).fails_with(Exit::Usage);
}

#[test]
fn the_trash_stays_unless_it_is_asked_for() {
    let otp = Otp::with(THREE);
    otp.run(["remove", "binance", "--yes"]).succeeds();
    let count = |more: &[&'static str]| {
        let said = otp.run(["export", "--to", "uri", "-o", "-"].into_iter().chain(more.iter().copied())).succeeds();
        said.stdout.lines().count()
    };
    assert_eq!((count(&[]), count(&["--trashed"])), (2, 3));
}

#[test]
fn stock_age_opens_the_file() {
    let otp = Otp::with(THREE);
    otp.run(["tag", "binance", "money"]).succeeds();
    let key = otp.private("key", PASSPHRASE.as_bytes());
    let export = ["export", "--to", "age", "-o", "a.age", "--passphrase-file", key.to_str().unwrap()];
    otp.run(export).stderr("exported 3 accounts to a.age\nread back from the disk: the same accounts\n").succeeds();
    let header = fs::read(otp.home().join("a.age")).unwrap();
    let header = String::from_utf8_lossy(&header[..80]).into_owned();
    assert!(header.starts_with("age-encryption.org/v1\n-> scrypt ") && header.contains(" 18\n"), "{header}");
    let script = format!(
        "set timeout 60\nspawn age -d -o plain.txt a.age\nexpect {{\n\
         -re {{passphrase[^:]*: ?$}} {{ send {{{PASSPHRASE}}}; send \"\\r\"; exp_continue }}\n\
         timeout {{ exit 99 }}\neof\n}}\nexit [lindex [wait] 3]\n"
    );
    output(otp.home(), "expect", &["-c", &script]);
    let plain = fs::read_to_string(otp.home().join("plain.txt")).unwrap();
    assert!(plain.starts_with("# otp-backup 1\n") && plain.len().is_multiple_of(1024), "{plain}");
    assert_eq!(plain.lines().filter(|line| line.starts_with("otpauth://")).count(), 3);
    assert!(plain.contains("# meta {\"account\":1,"), "{plain}");
    let other = Otp::new();
    let plain = other.file("plain.txt", plain);
    other.run(["import", &plain, "--yes"]).succeeds();
    other.run(["list", "binance"]).stdout("Binance  taro  #money\n").succeeds();
}

/// The texts of the QR codes in the picture `name`, as `zbarimg` reads them.
fn zbarimg(folder: &Path, name: &str) -> Vec<String> {
    let said = output(folder, "zbarimg", &["-q", "--raw", "-Sdisable", "-Sqrcode.enable", name]);
    said.lines().map(str::to_owned).collect()
}

#[test]
fn a_code_for_one_more_device_is_read_by_others() {
    let otp = Otp::with(THREE);
    let warned = format!("{PLAIN}exported 1 account to code.png\n");
    otp.run(["qr", "show", "binance", "-o", "code.png"]).stdout("").stderr(&warned).succeeds();
    assert_eq!(mode(&otp.home().join("code.png")), 0o600);
    let texts = zbarimg(otp.home(), "code.png");
    assert_eq!(texts.len(), 1);
    let key = texts[0].split("secret=").nth(1).unwrap().split('&').next().unwrap();
    let code = format!("{}\n", oathtool(key, 59));
    otp.run(["now", "binance", "--at", "59"]).stdout(&code).succeeds();
    otp.run(["qr", "show", "binance", "-o", "code.svg"]).succeeds();
    assert!(fs::read_to_string(otp.home().join("code.svg")).unwrap().starts_with("<svg "));
    let refused = "error: keys are not written to a terminal or into a pipe by accident\n\
        hint: name a file with `-o FILE`, or add `--reveal` if you mean it\n";
    otp.run(["qr", "show", "binance"]).stderr(refused).fails_with(Exit::Usage);
    let said = otp.run(["qr", "show", "binance", "--reveal"]).succeeds();
    assert!(said.stdout.contains("\u{1b}[38;5;16;48;5;231m") && said.stdout.contains('▀'), "{said}");
    otp.run(["qr", "show", "zzz", "--reveal"]).fails_with(Exit::NotFound);
    otp.run(["qr", "show", "binance", "-o", "code.gif"]).fails_with(Exit::Usage);
}

#[test]
fn transfer_codes_are_read_by_others() {
    let otp = Otp::with(THREE);
    let export = |file: &str, more: &[&str]| {
        let arguments = ["export", "--to", "google", "--yes", "-o", file];
        otp.run(arguments.into_iter().chain(more.iter().copied())).ends_with(Exit::Partial)
    };
    let said = export("codes.png", &["--per-page", "1"]);
    assert!(said.stderr.contains("exported 2 accounts to 2 files: codes-1-of-2.png … codes-2-of-2.png\n"), "{said}");
    let text = export("codes.txt", &[]);
    assert!(text.stderr.contains("exported 2 accounts to codes.txt\n"), "{text}");
    let whole = fs::read_to_string(otp.home().join("codes.txt")).unwrap();
    assert!(whole.starts_with("otpauth-migration://offline?data=") && whole.lines().count() == 1);
    for name in ["codes-1-of-2.png", "codes-2-of-2.png"] {
        assert_eq!(mode(&otp.home().join(name)), 0o600);
        assert!(zbarimg(otp.home(), name)[0].starts_with("otpauth-migration://offline?data="));
    }
    let other = Otp::new();
    let part = |number: u8| otp.home().join(format!("codes-{number}-of-2.png")).to_str().unwrap().to_owned();
    other.run(["import", &part(2), &part(1), "--yes"]).succeeds();
    other.run(["list"]).stdout("楽天     hanako\nBinance  taro\n").succeeds();
}

#[test]
fn transfer_pages_on_paper_are_read_by_others() {
    let otp = Otp::with(THREE);
    otp.run(["export", "--to", "google", "--yes", "-o", "codes.pdf", "--per-page", "1"]).ends_with(Exit::Partial);
    let folder = otp.home();
    let text = output(folder, "pdftotext", &["-layout", "codes.pdf", "-"]);
    for expected in ["Transfer codes for Google Authenticator: 1 of 2", "1. Binance (taro)", "1. 楽天 (hanako)"] {
        assert!(text.contains(expected), "{text}");
    }
    output(folder, "pdftoppm", &["-r", "100", "-png", "codes.pdf", "page"]);
    for page in ["page-1.png", "page-2.png"] {
        assert!(zbarimg(folder, page)[0].starts_with("otpauth-migration://offline?data="));
    }
    let other = Otp::new();
    let pages = other.file("codes.pdf", fs::read(folder.join("codes.pdf")).unwrap());
    other.run(["import", &pages, "--yes"]).succeeds();
    other.run(["list"]).stdout("Binance  taro\n楽天     hanako\n").succeeds();
}

/// Runs `otp` with `words` on a terminal of 200 columns and 100 rows; gives back all it showed.
fn on_a_terminal(otp: &Otp, words: &str, dialogue: &str) -> String {
    let script = format!(
        "set timeout 60\nproc sees {{text}} {{\nexpect {{\n-ex \"$text\" {{}}\ntimeout {{ exit 99 }}\neof {{ exit 98 }}\n}}\n}}\n\
         set stty_init {{rows 100 columns 200}}\n\
         spawn sh -c {{exec \"$OTP\" {words} \"$@\"}} sh {{*}}$argv\n{dialogue}\nexpect {{\neof {{}}\ntimeout {{ exec kill -9 [exp_pid]; exit 97 }}\n}}\nputs \"\\n[lindex [wait] 3]\"\n"
    );
    otp.file("dialogue.exp", script);
    otp.shell("exec expect dialogue.exp \"$@\"").said().stdout.replace('\r', "")
}

#[test]
fn codes_on_the_screen_are_cleared_at_the_end() {
    const CLEARED: &str = "\u{1b}[2J\u{1b}[3J\u{1b}[H\u{1b}[?25h\u{1b}[?1049l";
    let otp = Otp::with(THREE);
    let shown = on_a_terminal(&otp, "qr show binance", "sees {q: leave}\nsend {q}");
    assert!(shown.contains("\u{1b}[?1049h") && shown.contains(CLEARED) && shown.trim_end().ends_with("\n0"), "{shown}");
    let dialogue = "sees {code 1 of 2}\nsees {q: leave}\nsend \"\\r\"\nsees {code 2 of 2}\nsees {q: leave}\nsend {b}\n\
        sees {code 1 of 2}\nsees {q: leave}\nsend {q}";
    let shown = on_a_terminal(&otp, "export --to google --per-page 1 --yes", dialogue);
    assert!(shown.contains(CLEARED), "{shown}");
    assert!(shown.contains("code 1 of 2 · Binance (taro)"), "{shown}");
    assert!(!shown.contains("were shown;"), "{shown}");
    let shown = on_a_terminal(&otp, "export --to google --per-page 1 --yes", "sees {q: leave}\nsend {q}");
    assert!(shown.contains("only 1 code of 2 was shown; 1 account is on the others\n"), "{shown}");
    assert!(shown.trim_end().ends_with("\n10"), "{shown}");
    // A signal ends it just as clean.
    let dialogue = "sees {q: leave}\nexec kill -TERM [exp_pid]";
    let shown = on_a_terminal(&otp, "qr show binance", dialogue);
    assert!(shown.contains(CLEARED), "{shown}");
}

#[test]
fn a_passphrase_is_asked_for_twice() {
    let otp = Otp::with(THREE);
    let ask = |again: &str| {
        let dialogue = format!(
            "sees {{it is not shown):}}\nsend {{{PASSPHRASE}}}\nsend \"\\r\"\nsees {{the same again:}}\nsend {{{again}}}\nsend \"\\r\""
        );
        on_a_terminal(&otp, "export --to aegis -o a.json", &dialogue)
    };
    let shown = ask("something else entirely");
    assert!(shown.contains("error: the two passphrases are not alike\n") && !shown.contains("coral"), "{shown}");
    assert!(!otp.home().join("a.json").exists());
    let shown = ask(PASSPHRASE);
    assert!(shown.contains("exported 3 accounts to a.json\n") && !shown.contains("coral"), "{shown}");
}

#[test]
fn keepassxc_opens_the_database() {
    let version = output(Path::new("."), "keepassxc-cli", &["--version"]);
    assert!(version.starts_with('2'), "{version}");
    let otp = Otp::with(THREE);
    let key = otp.private("key", PASSPHRASE.as_bytes());
    let export = ["export", "--to", "keepass", "-o", "a.kdbx", "--passphrase-file", key.to_str().unwrap()];
    otp.run(export).succeeds();
    let show = |entry: &str| {
        let said = otp.shell("exec keepassxc-cli show -q -t a.kdbx \"$ENTRY\" < key").env("ENTRY", entry).succeeds();
        said.stdout.trim().to_owned()
    };
    let now = || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    // The period may end meanwhile.
    let (before, shown, after) = (now(), show("Binance"), now());
    assert!([before, after].map(|at| oathtool(SECRET, at)).contains(&shown), "{shown}");
    let (before, shown, after) = (now(), show("Steam"), now());
    let steam = |at: u64| {
        let codes = otp.run(["now", "steam", "--at", &at.to_string()]).succeeds();
        codes.stdout.trim().to_owned()
    };
    assert!([steam(before), steam(after)].contains(&shown), "{shown}");
}

#[test]
fn every_target_is_listed() {
    let said = Otp::bare().run(["export", "--list-formats"]).succeeds();
    assert_eq!(said.stdout.lines().count(), TARGETS.len());
}

#[test]
fn a_code_that_a_service_copies_is_pointed_out() {
    let otp = Otp::with(THREE);
    fs::create_dir_all(otp.home().join("OneDrive")).unwrap();
    let said = "the file lies in a folder that OneDrive copies to other computers\n";
    for words in [
        &["qr", "show", "binance", "-o", "OneDrive/code.png"][..],
        &["export", "binance", "--to", "google", "-o", "OneDrive/codes.png"],
        &["export", "binance", "--to", "uri", "-o", "OneDrive/list.txt"],
    ] {
        let told = otp.run(words.iter().copied()).succeeds();
        assert!(told.stderr.ends_with(said), "{words:?}: {told}");
    }
}
