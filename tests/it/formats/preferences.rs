//! Preferences of Android apps, written as Android writes them.

/// A file with `texts`, and a number and a truth value such as every app has.
pub(super) fn file(texts: &[(&str, String)]) -> Vec<u8> {
    let head =
        "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n<map>\n    <int name=\"runs\" value=\"13\" />\n";
    let flag = "    <boolean name=\"first_run\" value=\"false\" />\n";
    let text = |(name, text): &(&str, String)| {
        ["    <string name=\"", &escape(name), "\">", &escape(text), "</string>\n"].concat()
    };
    let texts = texts.iter().map(text).collect::<String>();
    [head, flag, &texts, "</map>\n"].concat().into_bytes()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\n', "&#10;")
}
