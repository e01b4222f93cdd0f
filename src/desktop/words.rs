//! The library's messages in the words of the window: what names a command there names a button here.

use std::borrow::Cow;

use otp::text::Text;

/// Messages that name a command, and what the window says in their stead.
const RETOLD: &[(&str, &str)] = &[
    ("backup-hint-auto", "desktop-say-backup-hint-auto"),
    ("backup-hint-other-key", "desktop-say-backup-hint-other-key"),
    ("backup-hint-unknown-folder", "desktop-say-backup-hint-unknown-folder"),
    ("capture-hint-file", "desktop-say-capture-hint-file"),
    ("capture-hint-picture", "desktop-say-capture-hint-picture"),
    ("codes-hint-none-left", "desktop-say-codes-hint-none-left"),
    ("doctor-clock-untold", "desktop-say-doctor-clock-untold"),
    ("doctor-next-correction", "desktop-say-doctor-next-correction"),
    ("doctor-next-correction-wrong", "desktop-say-doctor-next-correction-wrong"),
    ("doctor-next-found", "desktop-say-doctor-next-found"),
    ("doctor-next-import", "desktop-say-doctor-next-import"),
    ("doctor-next-left", "desktop-say-doctor-next-left"),
    ("doctor-next-settled", "desktop-say-doctor-next-settled"),
    ("doctor-next-trash", "desktop-say-doctor-next-trash"),
    ("export-hint-other-target", "desktop-say-export-hint-other-target"),
    ("export-reason-long-name", "desktop-say-export-reason-long-name"),
    ("export-reason-no-issuer", "desktop-say-export-reason-no-issuer"),
    ("import-export-age", "desktop-say-import-export-age"),
    ("import-export-otp-json", "desktop-say-import-export-otp-json"),
    ("import-export-otp-sheet", "desktop-say-import-export-otp-sheet"),
    ("import-export-pdf", "desktop-say-import-export-pdf"),
    ("import-hint-key", "desktop-say-import-hint-key"),
    ("import-hint-nothing", "desktop-say-import-hint-nothing"),
    ("import-hint-what-is-read", "desktop-say-import-hint-what-is-read"),
    ("import-remark-keys-left", "desktop-say-import-remark-keys-left"),
    ("key-hint-hex", "desktop-say-key-hint-hex"),
    ("open-hint-bad-address", "desktop-say-open-hint-bad-address"),
    ("open-hint-not-started", "desktop-say-open-hint-not-started"),
    ("organise-hint-gone", "desktop-say-organise-hint-gone"),
    ("print-hint", "desktop-say-print-hint"),
    ("readiness-next-address", "desktop-say-readiness-next-address"),
    ("readiness-next-copies", "desktop-say-readiness-next-copies"),
    ("readiness-next-few-codes", "desktop-say-readiness-next-few-codes"),
    ("readiness-next-login", "desktop-say-readiness-next-login"),
    ("readiness-next-print", "desktop-say-readiness-next-print"),
    ("readiness-next-prove-copy", "desktop-say-readiness-next-prove-copy"),
    ("readiness-next-prove-paper", "desktop-say-readiness-next-prove-paper"),
    ("readiness-next-second-way", "desktop-say-readiness-next-second-way"),
    ("readiness-next-try-again", "desktop-say-readiness-next-try-again"),
    ("repair-hint-nothing", "desktop-say-repair-hint-nothing"),
    ("repair-progress-left", "desktop-say-repair-progress-left"),
    ("site-hint-alike", "desktop-say-site-hint-alike"),
    ("site-hint-other", "desktop-say-site-hint-other"),
    ("site-hint-unknown", "desktop-say-site-hint-unknown"),
    ("store-hint-broken", "desktop-say-store-hint-broken"),
    ("store-hint-damaged", "desktop-say-store-hint-damaged"),
    ("store-hint-disk", "desktop-say-store-hint-disk"),
    ("store-hint-disk-denied", "desktop-say-store-hint-disk-denied"),
    ("store-hint-disk-full", "desktop-say-store-hint-disk-full"),
    ("store-hint-emptied-keyring", "desktop-say-store-hint-emptied-keyring"),
    ("store-hint-keyring-gone", "desktop-say-store-hint-keyring-gone"),
    ("store-hint-no-keyring", "desktop-say-store-hint-no-keyring"),
    ("store-hint-no-unlocking", "desktop-say-store-hint-no-unlocking"),
    ("store-hint-no-vault", "desktop-say-store-hint-no-vault"),
    ("store-hint-refused", "desktop-say-store-hint-refused"),
    ("store-hint-rolled-back", "desktop-say-store-hint-rolled-back"),
    ("store-hint-timed-out", "desktop-say-store-hint-timed-out"),
    ("store-hint-vault-locked", "desktop-say-store-hint-vault-locked"),
    ("store-hint-wrong-keyring", "desktop-say-store-hint-wrong-keyring"),
    ("vault-spare", "desktop-say-vault-spare"),
];

/// `text` as the window says it.
pub(crate) fn of(text: &Text) -> Cow<'_, Text> {
    text.retold(&|id| RETOLD.iter().find(|(theirs, _)| *theirs == id).map(|(_, ours)| *ours))
}

#[cfg(test)]
mod tests {
    use otp::text::Lang;

    use super::*;

    /// The locale files whose messages come up in the terminal alone, or that have a table of their
    /// own in the window.
    const ELSEWHERE: &[&str] = &["cli", "exit", "help", "now", "pick", "rescue", "usage"];
    /// Single messages that the window does not show.
    const UNSHOWN: &[&str] = &[
        "backup-confirm-later",
        "backup-hint-key-late",
        "backup-hint-key-nowhere",
        "backup-hint-needs-passphrase",
        "backup-unconfirmed",
        "clipboard-hint-no-desktop",
        "clipboard-hint-show",
        "clock-back",
        "clock-corrected-twice",
        "clock-jumped",
        "clock-past",
        "clock-unsynchronised",
        "codes-removed",
        "desktop-hint-no-display",
        "drill-hint-nothing",
        "export-advice",
        "export-hint-always-encrypted",
        "export-hint-exists",
        "export-hint-needs-passphrase",
        "export-hint-never-encrypted",
        "export-hint-no-file",
        "export-hint-no-file-google",
        "export-hint-stdout",
        "export-hint-unknown-target",
        "export-page-too-small",
        "import-hint-needs-passphrase",
        "import-hint-no-such-format",
        "open-hint-no-address",
        "qr-hint-clipboard-text",
        "qr-hint-nothing",
        "qr-masked",
        "receipt-in-trash",
        "receipt-in-trash-same",
        "remove-done",
        "sheet-hint-check",
        "sheet-hint-needs-passphrase",
        "sheet-hint-no-file",
        "sheet-hint-print-again",
        "sheet-hint-typed-unknown",
        "vault-hint-exists",
        "vault-hint-weak",
        "vault-not-in-use",
        "verify-argument",
        "verify-in-trash",
    ];

    /// The ids of all messages that name a command or an option in some language.
    fn naming() -> std::collections::BTreeSet<String> {
        let mut ids = std::collections::BTreeSet::new();
        for lang in Lang::ALL {
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(lang.code());
            for file in std::fs::read_dir(folder).unwrap() {
                let source = std::fs::read_to_string(file.unwrap().path()).unwrap();
                let mut id = "";
                for line in source.lines().filter(|line| !line.starts_with('#')) {
                    if let Some((name, _)) = line.split_once(" =").filter(|(name, _)| !name.contains(' ')) {
                        id = name;
                    }
                    let command =
                        line.split("`otp ").skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
                    if command || line.contains("`--") || line.contains("`-o ") || line.contains("Ctrl-C") {
                        ids.insert(id.to_owned());
                    }
                }
            }
        }
        ids
    }

    #[test]
    fn what_the_window_says_names_no_command() {
        let naming = naming();
        assert!(naming.len() > 50);
        for id in &naming {
            let file = id.split('-').next().unwrap_or_default();
            let known = ELSEWHERE.contains(&file) || UNSHOWN.contains(&id.as_str());
            let retold = of(&Text::new(id.clone())).id() != id;
            assert!(known != retold, "{id}: {known} {retold}");
        }
    }

    #[test]
    fn a_message_within_another_is_retold_too() {
        let text = Text::new("import-file-failed").with("file", "a").with("reason", Text::new("import-hint-key"));
        for lang in Lang::ALL {
            assert!(!of(&text).say(lang).contains("`otp"));
        }
    }
}
