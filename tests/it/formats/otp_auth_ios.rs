//! OTP Auth: all accounts and a single one, each in the old and in the new way. It has no Steam.

use hmac::{Hmac, KeyInit as _, Mac as _};
use otp::crypto::kdf::Hash;
use otp::crypto::{cipher, kdf};
use otp::secret::Secret;
use plist::{Dictionary, Uid, Value};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::{Export, golden, line, plain};
use crate::vectors::Vector;

const PASSPHRASE: &str = "maple dusty oar";
const SALT: &str = "FÖ58aFa";
const IV: &str = "T§7BDPq";

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|vector| vector.kind != "steam");
    let (some, others) = accounts.split_at(2);
    let mut expected: Vec<String> = some.iter().map(|vector| line(&plain(vector))).collect();
    expected.extend(others.iter().map(|vector| {
        let mut entry = plain(vector);
        entry.extras.tags = vec!["Money".into()];
        line(&entry)
    }));
    let all = |file, version, new| {
        let bytes = outer("Authenticator", "WrappedData", version, &database(some, others), new);
        let skipped = vec!["Nobody:broken – the address asks for a kind of code that nobody knows"];
        let export = Export::new("otp-auth-ios", file, bytes, &[]).locked(PASSPHRASE);
        Export { expected: expected.clone(), skipped, ..export }
    };
    let single = |file, version, new| {
        let bytes = outer("OTPAuth", "Data", version, &account(&accounts[3]), new);
        Export::new("otp-auth-ios", file, bytes, &accounts[3..4]).locked(PASSPHRASE)
    };
    vec![
        all("otp-auth-1.0.otpauthdb", 1.0, false),
        all("otp-auth-1.1.otpauthdb", 1.1, true),
        single("otp-auth-1.1.otpauth", 1.1, false),
        single("otp-auth-1.2.otpauth", 1.2, true),
    ]
}

/// A keyed archive that is being written; object 0 stands for nothing.
struct Archive(Vec<Value>);

impl Archive {
    fn new() -> Self {
        Self(vec!["$null".into()])
    }

    fn add(&mut self, value: impl Into<Value>) -> Value {
        self.0.push(value.into());
        Value::Uid(Uid::new(self.0.len() as u64 - 1))
    }

    /// An object with these fields, and a class.
    fn object(&mut self, class: &str, fields: Vec<(&str, Value)>) -> Value {
        let mut names = Dictionary::new();
        names.insert("$classname".into(), class.into());
        let class = self.add(Value::Dictionary(names));
        let fields = fields.into_iter().chain([("$class", class)]);
        self.add(Value::Dictionary(fields.map(|(key, value)| (key.to_owned(), value)).collect()))
    }

    fn list(&mut self, members: Vec<Value>) -> Value {
        self.object("NSMutableArray", vec![("NS.objects", Value::Array(members))])
    }

    fn data(&mut self, bytes: &[u8]) -> Value {
        self.object("NSMutableData", vec![("NS.data", Value::Data(bytes.to_vec()))])
    }

    fn dictionary(&mut self, fields: Vec<(&str, Value)>) -> Value {
        let (keys, values): (Vec<_>, Vec<_>) = fields.into_iter().unzip();
        let keys = keys.into_iter().map(|key| self.add(key)).collect();
        let fields = vec![("NS.keys", Value::Array(keys)), ("NS.objects", Value::Array(values))];
        self.object("NSDictionary", fields)
    }

    fn finish(self, root: Value) -> Vec<u8> {
        let mut top = Dictionary::new();
        top.insert("root".into(), root);
        let mut archive = Dictionary::new();
        archive.insert("$archiver".into(), "NSKeyedArchiver".into());
        archive.insert("$top".into(), Value::Dictionary(top));
        archive.insert("$objects".into(), Value::Array(self.0));
        let mut bytes = Vec::new();
        Value::Dictionary(archive).to_writer_binary(&mut bytes).unwrap();
        bytes
    }

    fn fields(&mut self, vector: &Vector) -> Vec<(&'static str, Value)> {
        let hotp = vector.kind == "hotp";
        let algorithm = ["", "SHA1", "SHA256", "SHA512"].iter().position(|name| *name == vector.algorithm).unwrap();
        // The app writes 0 for what was never chosen.
        let chosen = |number: u32, default| if number == default { 0 } else { number };
        vec![
            ("label", self.add(vector.name.as_str())),
            ("issuer", self.add(vector.issuer.as_str())),
            ("secret", self.data(&vector.key())),
            ("type", (if hotp { 1 } else { 2 }).into()),
            ("algorithm", (algorithm as u64).into()),
            ("digits", chosen(vector.digits.into(), 6).into()),
            ("period", if hotp { 0 } else { chosen(vector.moving, 30) }.into()),
            ("counter", if hotp { vector.moving } else { 0 }.into()),
            ("icon", Value::Uid(Uid::new(0))),
        ]
    }
}

fn database(first: &[Vector], second: &[Vector]) -> Vec<u8> {
    let mut archive = Archive::new();
    let mut folders = Vec::new();
    for (name, accounts) in [("Accounts", first), ("Money", second)] {
        let mut members = Vec::new();
        for vector in accounts {
            let fields = archive.fields(vector);
            members.push(archive.object("ACOTPAccount", fields));
        }
        if name == "Money" {
            let fields = vec![("label", archive.add("broken")), ("issuer", archive.add("Nobody")), ("type", 7.into())];
            members.push(archive.object("ACOTPAccount", fields));
        }
        let fields = vec![("name", archive.add(name)), ("accounts", archive.list(members))];
        folders.push(archive.object("ACOTPFolder", fields));
    }
    let folders = archive.list(folders);
    let root = archive.dictionary(vec![("Folders", folders)]);
    archive.finish(root)
}

fn account(vector: &Vector) -> Vec<u8> {
    let mut archive = Archive::new();
    let mut fields = archive.fields(vector);
    for (_, value) in &mut fields {
        // In a dictionary numbers are objects too.
        if value.as_uid().is_none() {
            *value = archive.add(value.clone());
        }
    }
    let root = archive.dictionary(fields);
    archive.finish(root)
}

/// `inner` under the password, and under the key of the app.
fn outer(app: &str, field: &'static str, version: f64, inner: &[u8], new: bool) -> Vec<u8> {
    let mut archive = Archive::new();
    let mut fields = vec![("Version", archive.add(version))];
    let sealed = if new {
        rncryptor(inner)
    } else {
        // Some versions keep the second one as bytes.
        let iv = if field == "Data" {
            archive.data(IV.as_bytes())
        } else {
            archive.object("NSMutableString", vec![("NS.string", IV.into())])
        };
        fields.extend([("Salt", archive.add(SALT)), ("IV", iv)]);
        let key = Sha256::digest(format!("{SALT}-{PASSPHRASE}")).into();
        let iv = Sha1::digest(IV)[..16].try_into().unwrap();
        cipher::seal_cbc(&key, &iv, inner)
    };
    fields.push((field, archive.data(&sealed)));
    let root = archive.dictionary(fields);
    cipher::seal_cbc(&Sha256::digest(app).into(), &[0; 16], &archive.finish(root))
}

fn rncryptor(plain: &[u8]) -> Vec<u8> {
    let (salt, mac_salt, iv) = ([1; 8], [2; 8], [3; 16]);
    // The format leaves no choice of its cost.
    let key = |salt: &[u8]| -> kdf::Key<32> {
        kdf::pbkdf2(Hash::Sha1, &Secret::from_text(PASSPHRASE.into()), salt, 10_000).unwrap()
    };
    let signed = [&[3, 1][..], &salt, &mac_salt, &iv, &cipher::seal_cbc(&key(&salt), &iv, plain)].concat();
    let mut mac = Hmac::<Sha256>::new_from_slice(&*key(&mac_salt)).unwrap();
    mac.update(&signed);
    [&signed[..], &mac.finalize().into_bytes()].concat()
}
