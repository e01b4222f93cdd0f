use super::*;

/// `formats.md` 4.4.
#[test]
fn steam_is_recognised_in_every_shape() {
    let expected = "steam | Steam | gabe | STK7746GVMCHMNH5FBIAQXGPV3I7ZHRG | SHA1 5";
    let s = "secret=STK7746GVMCHMNH5FBIAQXGPV3I7ZHRG";
    for rest in [
        "steam/Steam:gabe?issuer=Steam",
        "steam/gabe?",
        "steam/gabe?digits=6&period=30",
        "totp/gabe?issuer=Steam&digits=5",
        "totp/Steam:gabe?",
        "totp/Steam:gabe?encoder=steam&digits=5",
        "totp/gabe?encoder=Steam",
        "totp/Steam:gabe?issuer=Steam&steam",
    ] {
        reads(&format!("otpauth://{rest}&{s}"), expected);
    }
    let bare = "steam | Steam |  | STK7746GVMCHMNH5FBIAQXGPV3I7ZHRG | SHA1 5";
    reads("steam://STK7746GVMCHMNH5FBIAQXGPV3I7ZHRG", bare);
    // The same 20 bytes in base64, as Steam's own files have them.
    reads("steam://lNX/88arBHY0/ShQCFzPrtH8niY=", bare);
    fails("steam://STK7746GVMCHMNH1", &UriError::BadSecret);
    // As WinAuth writes it, with a secret that is of no use.
    let data = "%7b%22steamid%22%3a1%2c%22shared_secret%22%3a%22lNX%2f88arBHY0%2fShQCFzPrtH8niY%3d%22%7d";
    for secret in ["secret=AAAA", "secret=", "secret=0189"] {
        reads(&format!("otpauth://totp/Steam:gabe?{secret}&digits=5&deviceid=x&data={data}"), expected);
    }
    let s = "secret=JBSWY3DPEHPK3PXP";
    for (setting, shown) in [("digits=6", "SHA1 6"), ("digits=5&algorithm=SHA256", "SHA256 5")] {
        reads(
            &format!("otpauth://totp/Steam:a?{s}&{setting}"),
            &format!("totp 30 | Steam | a | JBSWY3DPEHPK3PXP | {shown}"),
        );
    }
    fails(&format!("otpauth://steam/a?{s}&period=60"), &UriError::Account(AccountError::Fixed));
    fails(&format!("otpauth://steam/a?{s}&algorithm=SHA256"), &UriError::Account(AccountError::Fixed));
}
