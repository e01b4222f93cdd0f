//! The vault with its real scrypt work: opened by stock `age`, in processes of its own, on a full
//! disk, and killed at every step. Linux only; needs `age`, `expect`, `strace` and `unshare`.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use otp::account::AccountId;
use otp::secret::Secret;
use otp::store::vault::{Notice, Vault};
use otp::store::{Key, Store, StoreError};
use tempfile::TempDir;

use crate::contract::{account, create, read};

const PASSPHRASE: &str = "coral 味噌汁 plow ninja";
const LINE: &str = "otpauth://totp/Binance:taro%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=Binance";

fn passphrase() -> Secret {
    Secret::from_text(PASSPHRASE.to_owned())
}

/// A vault with [`LINE`] in it, made once and copied for each test: scrypt takes its time.
fn vault() -> (TempDir, Key) {
    use std::sync::OnceLock;
    static MADE: OnceLock<(TempDir, Key)> = OnceLock::new();
    let (made, key) = MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let mut vault = Vault::create(folder.path(), &passphrase()).unwrap();
        let key = account();
        create(&mut vault, &[(&key, LINE)]);
        (folder, key)
    });
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(made.path()).unwrap().flatten() {
        fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    (folder, key.clone())
}

fn open(folder: &Path) -> Vault {
    Vault::open(folder, Box::new(|| Ok(passphrase())))
}

/// Opens `folder` with what the kernel holds, or not at all.
fn open_held(folder: &Path) -> Vault {
    Vault::open(folder, Box::new(|| Err(StoreError::Locked)))
}

/// Runs `command` in `folder` on a terminal of its own, answering each question for a passphrase.
fn on_a_terminal(folder: &Path, command: &str) {
    // The braces of `expect` span lines, or they are taken for a pattern.
    let script = format!(
        "set timeout 60\nspawn {command}\nexpect {{\n\
         -re {{passphrase[^:]*: ?$}} {{ send {{{PASSPHRASE}}}; send \"\\r\"; exp_continue }}\n\
         timeout {{ exec kill -9 [exp_pid]; exit 99 }}\n\
         eof\n}}\n\
         exit [lindex [wait] 3]\n"
    );
    let mut expect = Command::new("expect");
    expect.args(["-c", &script]).current_dir(folder).env("LC_ALL", "C.UTF-8");
    let output = expect.output().expect("`expect` is installed");
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stdout));
}

fn run(folder: &Path, command: &str) -> String {
    let output = Command::new("sh").args(["-ec", command]).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn stock_age_opens_both_files() {
    let (folder, key) = vault();
    let folder = folder.path();
    for name in ["identity.age", "identity.age.1"] {
        let header = fs::read(folder.join(name)).unwrap();
        let stanza = header.split(|byte| *byte == b'\n').nth(1).unwrap();
        let stanza = std::str::from_utf8(stanza).unwrap();
        assert!(stanza.starts_with("-> scrypt ") && stanza.ends_with(" 18"), "{name}: {stanza}");
    }
    on_a_terminal(folder, "age -d -o plain.txt -i identity.age vault.age");
    assert_eq!(run(folder, "grep ^otpauth plain.txt"), format!("{LINE}\n"));
    let plain = fs::read_to_string(folder.join("plain.txt")).unwrap();
    assert!(plain.starts_with("# otp-vault 1\n"));
    assert!(plain.contains(&format!("\n# key {key}\n{LINE}\n")));
    assert_eq!(plain.len() % 1024, 0);
}

#[test]
fn a_vault_made_with_stock_age_opens() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let id = AccountId::random().unwrap();
    fs::write(folder.join("plain.txt"), format!("# otp-vault 1\n# key {id}\n{LINE}\n")).unwrap();
    run(folder, "age-keygen -o key.txt 2>&1; age -r $(age-keygen -y key.txt) -o vault.age plain.txt");
    on_a_terminal(folder, "age -p -o identity.age key.txt");
    assert_eq!(read(&mut open(folder), &[&Key::Account(id)]), [Some(LINE.to_owned())]);
}

/// Not a test by itself: what the tests below do in a process of its own, by name.
#[test]
#[ignore = "run by other tests"]
fn role() {
    let folder = std::env::var_os("OTP_TEST_FOLDER").expect("run by other tests");
    let folder = Path::new(&folder);
    match std::env::var("OTP_TEST_ROLE").unwrap().as_str() {
        "list" => drop(open_held(folder).list().unwrap()),
        "add" => create(&mut open_held(folder), &[(&account(), "new")]),
        "make" => create(&mut Vault::create(folder, &passphrase()).unwrap(), &[(&account(), LINE)]),
        "add-without-room" => add_without_room(folder),
        other => panic!("no role `{other}`"),
    }
}

/// Runs a [`role`] on `folder`, through the shell words in `before`.
fn act(role: &str, folder: &Path, before: &str) -> Output {
    let program = std::env::current_exe().unwrap();
    let command = format!("{before} {} --exact vault::role --ignored --test-threads=1", program.display());
    let mut shell = Command::new("sh");
    shell.args(["-ec", &command]).env("OTP_TEST_ROLE", role).env("OTP_TEST_FOLDER", folder);
    shell.output().unwrap()
}

#[track_caller]
fn succeeds(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn files_are_for_the_owner_whatever_the_umask() {
    for umask in ["000", "777"] {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("data/otp");
        if umask == "777" {
            // Such a mask makes folders that their own maker cannot enter.
            fs::create_dir_all(&inner).unwrap();
        }
        succeeds(&act("make", &inner, &format!("umask {umask};")));
        let modes = run(&inner, "find ../.. -mindepth 1 -printf '%m %f\\n' | sort");
        let files = ["identity.age", "identity.age.1", "vault.age", "vault.age.1", "vault.age.2"];
        let files = files.map(|name| format!("600 {name}\n")).concat();
        match umask {
            "000" => assert_eq!(modes, format!("{files}700 data\n700 otp\n")),
            _ => assert_eq!(modes, format!("{files}700 otp\n755 data\n")),
        }
    }
}

#[test]
fn what_was_open_to_others_is_closed_and_told() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, _) = vault();
    for (name, mode) in [("", 0o755), ("identity.age", 0o644), ("vault.age", 0o660)] {
        fs::set_permissions(folder.path().join(name), fs::Permissions::from_mode(mode)).unwrap();
    }
    let mut vault = open(folder.path());
    vault.list().unwrap();
    let told: Vec<_> = vault.notices().take().iter().map(Notice::text).collect();
    assert_eq!(told.len(), 3);
    assert_eq!(run(folder.path(), "find . -perm /077 -name '*.age'"), "");
}

/// All vaults here are copies of one, so the kernel holds one key for all: one test at a time.
static KERNEL: std::sync::Mutex<()> = std::sync::Mutex::new(());

#[test]
fn unlocked_for_one_command_it_is_for_the_next() {
    let _alone = KERNEL.lock().unwrap();
    let (folder, _) = vault();
    assert!(!act("list", folder.path(), "").status.success());
    let mut vault = open(folder.path());
    vault.unlock_for(60).unwrap();
    succeeds(&act("list", folder.path(), ""));
    vault.lock();
    assert!(!act("list", folder.path(), "").status.success());
}

fn add_without_room(folder: &Path) {
    let mut vault = open_held(folder);
    let before = vault.list().unwrap();
    let files = run(folder, "ls -A; sha256sum *.age*");
    // On a full disk; where the size of files is limited, this is a file like any other.
    let _ = fs::write(folder.join("filler"), vec![0; 1024 * 1024]);
    let error = vault.create(&[(account(), crate::contract::line("new"))], &mut |_| {}).unwrap_err();
    assert!(matches!(error, StoreError::Disk { .. }), "{error}");
    fs::remove_file(folder.join("filler")).unwrap();
    assert_eq!(run(folder, "ls -A; sha256sum *.age*"), files);
    assert_eq!(vault.list().unwrap(), before);
}

#[test]
fn without_room_the_vault_stays_as_it_was() {
    let _alone = KERNEL.lock().unwrap();
    let (folder, _) = vault();
    let mut vault = open(folder.path());
    vault.unlock_for(60).unwrap();
    // The signal would end the process; ignored, the write fails instead.
    succeeds(&act("add-without-room", folder.path(), "trap '' XFSZ; ulimit -f 1;"));
    if run(folder.path(), "id -u") == "0\n" {
        // A real full disk: 32 KiB, in a mount name space of its own.
        let mount = "mkdir small; mount -t tmpfs -o size=32k none small; cp -p *.age* small";
        let before = format!(
            "cd {}; unshare -m sh -ec '{mount}; OTP_TEST_FOLDER=$PWD/small exec \"$@\"' sh",
            folder.path().display()
        );
        succeeds(&act("add-without-room", folder.path(), &before));
    }
    vault.lock();
}

/// The calls at which `security.md` G1 and G3 interrupt a program.
const CALLS: &str = "write fsync fdatasync rename renameat renameat2 link linkat unlink unlinkat openat fchmod chmod";

/// Lets a process add an item while `fault` hits its call number `when` of `call`. After that,
/// what was there is still there, and what was reported is; tells whether the process succeeded.
fn adds_or_leaves(vault: &mut Vault, folder: &Path, fault: &str, call: &str, when: u32) -> bool {
    let before = vault.list().unwrap();
    let strace = format!("strace -f -qq -o /dev/null -e trace=?{call} -e inject=?{call}:{fault}:when={when}");
    let done = act("add", folder, &strace).status.success();
    let after = vault.list().unwrap();
    let what = format!("{fault} at {call} number {when}");
    assert!(before.iter().all(|key| after.contains(key)), "{what}: an item is lost");
    assert!(!done || after.len() == before.len() + 1, "{what}: reported, but not there");
    assert_eq!(vault.notices().take(), [], "{what}: the vault is damaged");
    done
}

#[test]
fn killed_or_without_room_at_any_call_it_keeps_what_it_had() {
    let _alone = KERNEL.lock().unwrap();
    let (folder, key) = vault();
    let folder = folder.path();
    let mut vault = open(folder);
    vault.unlock_for(600).unwrap();
    // That the temporary folder was open to others is no news here.
    vault.notices().take();
    let mut kills = 0;
    for call in CALLS.split(' ') {
        let mut when = 1;
        // Only a process that has no call of that number left comes to its end.
        while !adds_or_leaves(&mut vault, folder, "signal=KILL", call, when) {
            adds_or_leaves(&mut vault, folder, "error=ENOSPC", call, when);
            (when, kills) = (when + 1, kills + 1);
            assert!(when < 500, "the process never comes to its end");
        }
    }
    // Two copies are written, each with at least a write, an fsync and a rename; with the openings
    // and the older generations there are more.
    assert!(kills > 9, "only {kills} calls were interrupted: is `strace` installed and permitted?");
    assert_eq!(read(&mut vault, &[&key]), [Some(LINE.to_owned())]);
    vault.lock();
    vault.lock();
}
