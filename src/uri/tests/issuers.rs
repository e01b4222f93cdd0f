use super::*;

/// The table of `formats.md` 4.3, row by row, with secrets of the lengths given there.
#[test]
fn what_real_issuers_emit_is_read() {
    let s16 = "JBSWY3DPEHPK3PXP";
    let s32 = s16.repeat(2);
    let small = s32.to_lowercase();
    let s52 = format!("{}AAAA", s16.repeat(3));
    let bytes32 = &s52[..52];
    let uri = |rest: &str| format!("otpauth://{rest}");
    reads(
        &uri(&format!("totp/Google%3Aname%40mail?secret={small}&issuer=Google")),
        &format!("totp 30 | Google | name@mail | {s32} | SHA1 6"),
    );
    reads(
        &uri(&format!("totp/Amazon%3Aname%40mail?secret={s52}&issuer=Amazon")),
        &format!("totp 30 | Amazon | name@mail | {bytes32} | SHA1 6"),
    );
    reads(
        &uri(&format!("totp/GitHub:user?secret={s16}&issuer=GitHub")),
        &format!("totp 30 | GitHub | user | {s16} | SHA1 6"),
    );
    reads(
        &uri(&format!("totp/user?secret={s32}&digits=6&issuer=Facebook")),
        &format!("totp 30 | Facebook | user | {s32} | SHA1 6"),
    );
    reads(
        &uri(&format!("totp/LinkedIn:a@b.example?secret={s32}&issuer=LinkedIn")),
        &format!("totp 30 | LinkedIn | a@b.example | {s32} | SHA1 6"),
    );
    reads(
        &uri(&format!("totp/Binance.com:a@b.example?secret={s16}&issuer=Binance.com")),
        &format!("totp 30 | Binance.com | a@b.example | {s16} | SHA1 6"),
    );
    reads(
        &uri(&format!("totp/Reddit:user?issuer=Reddit&secret={s32}")),
        &format!("totp 30 | Reddit | user | {s32} | SHA1 6"),
    );
    reads(
        &uri(&format!("totp/a@b.example?secret={s32}&issuer=Proton&algorithm=SHA1&digits=6&period=30")),
        &format!("totp 30 | Proton | a@b.example | {s32} | SHA1 6"),
    );
    reads(
        &uri(&format!("totp/kick:a@b.example?secret={s16}&issuer=kick&algorithm=SHA1&digits=6&period=30")),
        &format!("totp 30 | kick | a@b.example | {s16} | SHA1 6"),
    );
    for padding in ["===", "%3D%3D%3D"] {
        reads(
            &uri(&format!("totp/Dropbox:user?secret=MFRGGZDFMZTWQ{padding}&issuer=Dropbox")),
            "totp 30 | Dropbox | user | MFRGGZDFMZTWQ | SHA1 6",
        );
    }
    reads(
        &uri(&format!("totp/Org:mail@org?secret={s16}&issuer=Microsoft")),
        &format!("totp 30 | Microsoft | Org:mail@org | {s16} | SHA1 6"),
    );
    fails("phonefactor://activate_account?code=1", &UriError::PhoneFactor);
    reads(
        &uri(&format!("totp/4c9f2b7e-5a63@blockchain.info?secret={s16}")),
        &format!("totp 30 |  | 4c9f2b7e-5a63@blockchain.info | {s16} | SHA1 6"),
    );
    reads(
        &uri(&format!("totp/My+Realm:taro?secret={s32}&digits=8&algorithm=SHA512&issuer=My+Realm&period=60")),
        &format!("totp 60 | My Realm | My+Realm:taro | {s32} | SHA512 8"),
    );
    reads(
        &uri(&format!("hotp/LABEL?secret={s16}&counter=1&digits=6&issuer=Red%20Hat")),
        &format!("hotp 1 | Red Hat | LABEL | {s16} | SHA1 6"),
    );
    reads(
        &uri(&format!("totp/VIP%20Access:VSST1?secret={s32}&issuer=Symantec")),
        &format!("totp 30 | Symantec | VIP Access:VSST1 | {s32} | SHA1 6"),
    );
    reads(
        &uri(&format!("totp/Matrix:@user_:server?secret={s16}&issuer=Matrix")),
        &format!("totp 30 | Matrix | @user_:server | {s16} | SHA1 6"),
    );
    reads(
        &uri(&format!("totp/Battle.net:US-1?secret={s32}&digits=8&issuer=Battle.net")),
        &format!("totp 30 | Battle.net | US-1 | {s32} | SHA1 8"),
    );
    // Aegis and Stratum keep 16 bytes of the 26.
    let yandex = "yandex |  | name | LA2V6KMCGYMWWVEW64RNP3JA3I | SHA256 8";
    reads("otpauth://yaotp/name?secret=LA2V6KMCGYMWWVEW64RNP3JA3IAAAAAAHTSG4HRZPI&pin_length=4", yandex);
    reads("otpauth://yaotp/name?secret=LA2V6KMCGYMWWVEW64RNP3JA3I&pin=7586", yandex);
    fails("otpauth://yaotp/name?secret=LA2V6KMC", &UriError::Account(AccountError::YandexKey));
    // The secret is text: base32 of the text in our own addresses, the text itself in others'.
    let motp = "motp | VPN | john | MUZTCNJSMFTGKZJWGI2TSOLDHA | MD5 6";
    reads("otpauth://motp/VPN:john?secret=MUZTCNJSMFTGKZJWGI2TSOLDHA&issuer=VPN&pin=1234", motp);
    reads("motp://VPN:john?secret=e3152afee62599c8", motp);
    reads(
        "otpauth://totp/My Panel:x?secret=JBSWY3DPEHPK3PXPABCD&issuer=My Panel&algorithm=sha1&digits=&period=0",
        "totp 30 | My Panel | x | JBSWY3DPEHPK3PXPABCA | SHA1 6",
    );
}
