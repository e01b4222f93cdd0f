//! WinAuth: a list of addresses in an archive, plain and under the classic cipher. It carries
//! everything; its Steam lines have the secret in `data` and nonsense in `secret`.

use super::zips::{zip, zip_crypto};
use super::{Export, base64, golden};
use crate::vectors::Vector;

const PASSPHRASE: &str = "tulip amber nine";

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|_| true);
    let lines: Vec<String> = accounts.iter().map(address).collect();
    let list = format!("# WinAuth\r\n{}\r\n", lines.join("\r\n"));
    let name = "winauth-2026-01-01.txt";
    let plain = zip(&[(name, list.as_bytes())], None);
    let locked = zip_crypto(name, list.as_bytes(), PASSPHRASE);
    vec![
        Export::new("winauth", "winauth-plain.zip", plain, &accounts),
        Export::new("winauth", "winauth-locked.zip", locked, &accounts).locked(PASSPHRASE),
    ]
}

fn address(vector: &Vector) -> String {
    if vector.kind != "steam" {
        return format!("{}&icon=WinAuth", vector.uri());
    }
    let secret = base64(&vector.key()).replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    let data = format!("%7B%22steamid%22%3A%221%22%2C%22shared_secret%22%3A%22{secret}%22%7D");
    format!("otpauth://totp/Steam:{}?secret=AAAA&digits=5&icon=Steam&deviceid=android%3A1&data={data}", vector.name)
}
