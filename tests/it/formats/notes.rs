//! Notes: what has a site, a name and a key, and nothing unusual.

use super::{Export, golden};

pub(super) fn exports() -> Vec<Export> {
    let accounts = golden(|vector| {
        let usual = vector.kind == "totp" && vector.algorithm == "SHA1" && vector.digits == 6 && vector.moving == 30;
        usual && !vector.issuer.is_empty()
    });
    let mut text = String::from("二段階認証の控え\n\n");
    for vector in &accounts {
        let key: Vec<&str> = vector.secret.as_bytes().chunks(4).map(|four| str::from_utf8(four).unwrap()).collect();
        let (issuer, name) = (&vector.issuer, &vector.name);
        text += &if name.contains('@') {
            format!("{issuer}: {name} キー {}\n", key.join(" "))
        } else {
            format!(
                "\nサービス: {issuer}\nユーザー名: {name}\nパスワード: hunter2\nバックアップキー：{}\n",
                vector.secret
            )
        };
    }
    let remarks = vec!["read as free text, so names are a guess: compare them"];
    vec![Export { remarks, ..Export::new("text", "text.txt", text.into_bytes(), &accounts) }]
}
