//! Preferences of Android apps, written as Android writes them.

/// A file with `texts`, and a number and a truth value such as every app has.
pub(super) fn file(texts: &[(&str, String)]) -> Vec<u8> {
    let mut xml = "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n<map>\n".to_owned();
    xml += "    <int name=\"runs\" value=\"13\" />\n    <boolean name=\"first_run\" value=\"false\" />\n";
    for (name, text) in texts {
        xml += &format!("    <string name=\"{}\">{}</string>\n", escape(name), escape(text));
    }
    (xml + "</map>\n").into_bytes()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\n', "&#10;")
}
