//! Whatever the terminal does to an account, the window does as well: a command or an option that is
//! new has its place here, or this fails.

use std::collections::BTreeSet;

use egui_kittest::kittest::Queryable;
use otp::app::config::Config;
use otp::clock::UnixTime;
use otp::recovery::rescue::Case;
use otp::text;
use otp::text::{Lang, Text};

use super::stage::{Play, accounts, comes_true, enter, play_with, press, wait_for, write};
use crate::theme::sentence;

const TITLE: &str = "Binance (taro@example.com)";
const WAY: &str = "my brother's phone";

/// Where in the window something is done to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    /// The list of codes.
    List,
    /// The menu of the account's row.
    Menu,
    /// The same once the official address is noted.
    Noted,
    /// A part of its view, by its line of the menu.
    Part(&'static str),
    /// The part with the names, once a way in is noted in words of the owner's.
    Second,
    /// The part that compares addresses, with one that is noted.
    Site,
    /// The part that measures the clock, after two codes.
    Measured,
    /// The recovery codes, once some are kept, and once they are removed.
    Codes,
    CodesRemoved,
    /// The sheet, under a weak passphrase, and once it is made.
    Sheet,
    SheetSealed,
    SheetMade,
    /// The export, into a file, and under a weak passphrase.
    Export,
    ExportFile,
    ExportWeak,
    /// What to do, and the steps.
    Rescue,
    Steps,
    /// The trash with the account in it.
    Trash,
    /// The question about a file that is there, from the button that writes one.
    Taken(&'static Self, &'static str),
}

use View::{
    Codes, CodesRemoved, Export, ExportFile, ExportWeak, List, Measured, Menu, Noted, Part, Rescue, Second, Sheet,
    SheetMade, SheetSealed, Site, Steps, Taken, Trash,
};

const CODE: View = Part("desktop-menu-code");
const EDIT: View = Part("desktop-menu-edit");
const QR: View = Part("desktop-menu-qr");
const CHECK: View = Part("desktop-menu-check");

/// Each command and option of the terminal, and the place that it has in the window: a view, and what is
/// written there.
const PLACES: &[(&str, &str, View, &str)] = &[
    ("edit", "issuer", EDIT, "desktop-field-issuer"),
    ("edit", "login", EDIT, "desktop-field-login"),
    ("edit", "name", EDIT, "desktop-field-name"),
    ("edit", "new_key", Part("desktop-menu-renew"), "desktop-renew"),
    ("edit", "no_second", Second, "desktop-second-remove"),
    ("edit", "note", EDIT, "desktop-field-note"),
    ("edit", "position", Menu, "desktop-menu-down"),
    ("edit", "query", Menu, "desktop-menu-edit"),
    ("edit", "second", EDIT, "desktop-field-second-own"),
    ("edit", "tag", EDIT, "desktop-field-tags"),
    ("edit", "untag", EDIT, "desktop-field-tags"),
    ("edit", "url", EDIT, "desktop-field-url"),
    ("export", "force", Taken(&ExportFile, "desktop-export-save"), "desktop-replace"),
    ("export", "list_formats", Export, "export-app-stratum"),
    ("export", "output", ExportFile, "desktop-export-file"),
    ("export", "passphrase_file", ExportFile, "desktop-pass-new"),
    ("export", "plain", ExportFile, "desktop-export-open"),
    ("export", "queries", Menu, "desktop-menu-export"),
    ("export", "to", Export, "export-app-google"),
    ("export", "trashed", Trash, "desktop-menu-export"),
    ("export", "weak", ExportWeak, "desktop-pass-insist"),
    ("history", "query", Menu, "desktop-menu-history"),
    ("list", "codes", List, "desktop-row"),
    ("list", "query", List, "desktop-search"),
    ("list", "readiness", Part("desktop-menu-standing"), "desktop-ready-missing"),
    ("note", "note", EDIT, "desktop-field-note"),
    ("note", "query", Menu, "desktop-menu-edit"),
    ("now", "at", CODE, "desktop-moment-time"),
    ("now", "copy", Menu, "desktop-menu-copy"),
    ("now", "next", CODE, "desktop-moment-next"),
    ("now", "query", List, "desktop-search"),
    ("now", "site", Site, "desktop-menu-copy"),
    ("now", "wait", CODE, "desktop-moment-wait"),
    ("now", "watch", List, "desktop-row"),
    ("open", "query", Noted, "desktop-menu-site"),
    ("qr show", "force", Taken(&QR, "desktop-qr-save"), "desktop-replace"),
    ("qr show", "output", QR, "desktop-qr-save"),
    ("qr show", "query", Menu, "desktop-menu-qr"),
    ("qr show", "reveal", QR, "desktop-qr-show"),
    ("recovery-codes", "add", Part("desktop-part-codes"), "desktop-codes-keep"),
    ("recovery-codes", "force", Taken(&Codes, "desktop-sheet-save"), "desktop-replace"),
    ("recovery-codes", "output", Codes, "desktop-sheet-save"),
    ("recovery-codes", "paper", Codes, "desktop-paper-letter"),
    ("recovery-codes", "print", Codes, "desktop-sheet-print"),
    ("recovery-codes", "query", Menu, "desktop-part-codes"),
    ("recovery-codes", "remove", Codes, "desktop-codes-remove"),
    ("recovery-codes", "restore", CodesRemoved, "desktop-codes-restore"),
    ("recovery-codes", "spend", Codes, "desktop-codes-take"),
    ("remove", "query", Menu, "desktop-menu-remove"),
    ("rename", "issuer", EDIT, "desktop-field-issuer"),
    ("rename", "name", EDIT, "desktop-field-name"),
    ("rename", "query", Menu, "desktop-menu-edit"),
    ("rescue", "case", Rescue, "desktop-rescue-what"),
    ("rescue", "force", Taken(&Steps, "desktop-sheet-save"), "desktop-replace"),
    ("rescue", "output", Steps, "desktop-sheet-save"),
    ("rescue", "paper", Steps, "desktop-paper-letter"),
    ("rescue", "print", Steps, "desktop-sheet-print"),
    ("rescue", "query", Menu, "desktop-menu-rescue"),
    ("restore", "query", Trash, "desktop-trash-restore"),
    ("sheet", "encrypt", Sheet, "desktop-sheet-sealed"),
    ("sheet", "force", Taken(&SheetMade, "desktop-sheet-save"), "desktop-replace"),
    ("sheet", "output", SheetMade, "desktop-sheet-save"),
    ("sheet", "paper", Sheet, "desktop-paper-letter"),
    ("sheet", "passphrase_file", SheetSealed, "desktop-pass-new"),
    ("sheet", "phone", Sheet, "desktop-sheet-transfer"),
    ("sheet", "print", SheetMade, "desktop-sheet-print"),
    ("sheet", "queries", Menu, "desktop-menu-sheet"),
    ("sheet", "weak", SheetSealed, "desktop-pass-insist"),
    ("site check", "address", Site, "desktop-site-field"),
    ("site check", "query", Menu, "desktop-site-title"),
    ("tag", "query", Menu, "desktop-menu-edit"),
    ("tag", "remove", EDIT, "desktop-field-tags"),
    ("tag", "tags", EDIT, "desktop-field-tags"),
    ("trash", "codes", Trash, "desktop-trash-code"),
    ("trash", "delete", Trash, "desktop-trash-delete"),
    ("url", "query", Menu, "desktop-menu-edit"),
    ("url", "url", EDIT, "desktop-field-url"),
    ("verify", "correct", Measured, "desktop-check-correct"),
    ("verify", "input", CHECK, "desktop-check-code"),
    ("verify", "query", Menu, "desktop-menu-check"),
];

/// Options of these commands that are nothing one does to an account, and why.
const APART: &[(&str, &str, &str)] = &[
    ("export", "per_page", "one account has one page"),
    ("export", "reveal", "lets a terminal show what is meant for a file"),
    ("history", "json", "for programs"),
    ("list", "csv", "for programs"),
    ("list", "json", "for programs"),
    ("now", "clipboard", "an account that is not kept: bringing it in shows its code"),
    ("now", "json", "for programs"),
    ("now", "osc52", "the clipboard of a terminal on another computer"),
    ("now", "qr", "an account that is not kept: bringing it in shows its code"),
    ("now", "screen", "an account that is not kept: bringing it in shows its code"),
    ("recovery-codes", "json", "for programs"),
    ("rescue", "json", "for programs"),
    ("site check", "json", "for programs"),
    ("trash", "json", "for programs"),
    ("verify", "json", "for programs"),
];

/// Commands that are about all accounts, about none yet, or about the program.
const OTHERS: &[&str] = &[
    "backup auto",
    "backup check",
    "backup create",
    "backup restore",
    "clipboard-hold",
    "completions",
    "doctor",
    "drill",
    "help",
    "import",
    "qr read",
    "repair",
    "sheet check",
    "vault create",
    "vault lock",
    "vault move",
    "vault passphrase",
    "vault unlock",
];

/// Options that every command has.
const EVERYWHERE: [&str; 7] = ["lang", "quiet", "yes", "profile", "vault_passphrase_file", "help", "version"];

/// Every command with its options, those of commands within a command under both their names.
fn commands() -> Vec<(String, Vec<String>)> {
    let options = |command: &clap::Command| {
        let ids = command.get_arguments().map(|argument| argument.get_id().to_string());
        ids.filter(|id| !EVERYWHERE.contains(&id.as_str())).collect::<Vec<_>>()
    };
    let mut all = Vec::new();
    for command in otp::cli::command(Lang::English).get_subcommands() {
        let within = command.get_subcommands();
        all.extend(within.map(|sub| (format!("{} {}", command.get_name(), sub.get_name()), options(sub))));
        if !command.is_subcommand_required_set() {
            all.push((command.get_name().to_owned(), options(command)));
        }
    }
    all
}

#[test]
fn whatever_the_terminal_does_to_an_account_has_its_place_in_the_window() {
    let mut asked = BTreeSet::new();
    for (command, options) in commands() {
        if !OTHERS.contains(&command.as_str()) {
            asked.extend(options.into_iter().map(|option| (command.clone(), option)));
        }
    }
    let named = |command: &str, option: &str| (command.to_owned(), option.to_owned());
    let mut placed: BTreeSet<_> = PLACES.iter().map(|(command, option, ..)| named(command, option)).collect();
    placed.extend(APART.iter().map(|(command, option, _)| named(command, option)));
    let without: Vec<_> = asked.difference(&placed).collect();
    assert!(without.is_empty(), "no place in the window: {}", listed(&without));
    let stale: Vec<_> = placed.difference(&asked).collect();
    assert!(stale.is_empty(), "not of the terminal: {}", listed(&stale));
    let known: BTreeSet<_> = commands().into_iter().map(|(command, _)| command).collect();
    for other in OTHERS {
        assert!(known.contains(*other), "not of the terminal: {other}");
    }
}

fn listed(all: &[&(String, String)]) -> String {
    all.iter().map(|(command, option)| format!("`{command}` {option}")).collect::<Vec<_>>().join(", ")
}

fn say(id: &'static str, lang: Lang) -> String {
    let text = match id {
        "desktop-row" => text!("desktop-row", account = TITLE, code = "2 8 7 0 8 2"),
        "desktop-second-remove" => text!("desktop-second-remove", way = WAY),
        id => Text::new(id),
    };
    sentence(&text, lang)
}

/// The list, with the menu of Binance open.
fn menu(lang: Lang) -> Play {
    let config = Config { confirm_remove: false, ..Config::default() };
    let mut play = play_with(lang, config, Ok(accounts));
    wait_for(&mut play, &say("desktop-row", lang));
    press(&mut play, &text!("desktop-row-more", account = TITLE).say(lang));
    play
}

/// The same after the line `id` was chosen.
fn chosen(id: &'static str, lang: Lang) -> Play {
    let mut play = menu(lang);
    press(&mut play, &say(id, lang));
    play
}

/// The names, after `text` was written into the field `id` and saved.
fn noted(id: &'static str, text: &str, lang: Lang) -> Play {
    let mut play = chosen("desktop-menu-edit", lang);
    wait_for(&mut play, &say(id, lang));
    write(&mut play, &say(id, lang), text);
    press(&mut play, &say("desktop-save", lang));
    wait_for(&mut play, &sentence(&text!("organise-changed", account = TITLE), lang));
    play
}

/// The recovery codes, of which some are kept.
fn kept(lang: Lang) -> Play {
    let mut play = chosen("desktop-part-codes", lang);
    wait_for(&mut play, &say("desktop-codes-paste", lang));
    write(&mut play, &say("desktop-codes-paste", lang), "1a2b3-c4d5e\n6f7g8-h9i0j\nk1l2m-n3o4p");
    press(&mut play, &say("desktop-codes-keep", lang));
    wait_for(&mut play, &text!("desktop-ready-left", count = 3).say(lang));
    play
}

/// `play` with a passphrase that is too weak.
fn weak(mut play: Play, lang: Lang) -> Play {
    wait_for(&mut play, &say("desktop-pass-new", lang));
    write(&mut play, &say("desktop-pass-new", lang), "abc");
    play
}

/// `play` after the button `id` was pressed.
fn then(mut play: Play, id: &'static str, lang: Lang) -> Play {
    press(&mut play, &say(id, lang));
    play
}

/// Two codes of a phone that is four steps ahead; RFC 4226, appendix D: counters 5 and 6.
fn measured(lang: Lang) -> Play {
    let mut play = chosen("desktop-menu-check", lang);
    for (now, code) in [(35, "254676"), (65, "287922")] {
        play.state_mut().now = UnixTime(now);
        wait_for(&mut play, &say("desktop-check-code", lang));
        write(&mut play, &say("desktop-check-code", lang), code);
        press(&mut play, &say("desktop-check-button", lang));
        let next = [say("desktop-check-next", lang), say("desktop-check-correct", lang)];
        assert!(comes_true(&mut play, |play| next.iter().any(|label| play.query_by_label(label).is_some())));
    }
    play
}

/// A file that is there, named as the one to write.
fn taken(mut play: Play, button: &'static str, lang: Lang) -> Play {
    if button == "desktop-export-save" {
        press_tick(&mut play, &say("desktop-export-open", lang));
    }
    let path = play.state().folder.path().join(if button == "desktop-qr-save" { "taken.png" } else { "taken.pdf" });
    std::fs::write(&path, "theirs").unwrap();
    enter(&mut play, &say("desktop-export-file", lang), path.to_str().unwrap());
    press(&mut play, &say(button, lang));
    assert_eq!(std::fs::read(&path).unwrap(), b"theirs");
    play
}

fn press_tick(play: &mut Play, label: &str) {
    wait_for(play, label);
    play.get_by_role_and_label(eframe::egui::accesskit::Role::CheckBox, label).click_accesskit();
    play.run_steps(2);
}

fn trash(lang: Lang) -> Play {
    let mut play = chosen("desktop-menu-remove", lang);
    wait_for(&mut play, &sentence(&text!("desktop-removed", account = TITLE), lang));
    let play = then(play, "desktop-nav-more", lang);
    then(play, "desktop-nav-trash", lang)
}

/// The window at `view`.
fn open(view: View, lang: Lang) -> Play {
    match view {
        List | Menu => menu(lang),
        Noted => {
            let play = noted("desktop-field-url", "https://www.binance.com", lang);
            let mut play = then(play, "desktop-back", lang);
            press(&mut play, &text!("desktop-row-more", account = TITLE).say(lang));
            play
        }
        Part(id) => chosen(id, lang),
        Second => noted("desktop-field-second-own", WAY, lang),
        Site => {
            let mut play = noted("desktop-field-url", "https://www.binance.com", lang);
            press(&mut play, &say("desktop-part-site", lang));
            wait_for(&mut play, &say("desktop-site-field", lang));
            write(&mut play, &say("desktop-site-field", lang), "https://accounts.binance.com/login");
            then(play, "desktop-check-button", lang)
        }
        Measured => measured(lang),
        Codes => kept(lang),
        CodesRemoved => {
            let mut play = then(kept(lang), "desktop-codes-remove", lang);
            wait_for(&mut play, &say("desktop-codes-remove-words", lang));
            let yes = say("desktop-codes-remove", lang);
            let buttons = play.get_all_by_role_and_label(eframe::egui::accesskit::Role::Button, &yes);
            buttons.last().unwrap().click_accesskit();
            play
        }
        Sheet => chosen("desktop-menu-sheet", lang),
        SheetSealed => weak(then(open(Sheet, lang), "desktop-sheet-sealed", lang), lang),
        SheetMade => then(open(Sheet, lang), "desktop-sheet-make", lang),
        Export => chosen("desktop-menu-export", lang),
        ExportFile => then(open(Export, lang), "export-app-aegis", lang),
        ExportWeak => weak(open(ExportFile, lang), lang),
        Rescue => chosen("desktop-menu-rescue", lang),
        Steps => {
            let mut play = open(Rescue, lang);
            press(&mut play, &sentence(&Case::ALL.first().unwrap().text(), lang));
            play
        }
        Trash => trash(lang),
        Taken(view, button) => taken(open(*view, lang), button, lang),
    }
}

#[test]
fn each_of_these_places_is_there() {
    let mut seen: Vec<View> = Vec::new();
    for (_, _, view, _) in PLACES {
        if seen.contains(view) {
            continue;
        }
        seen.push(*view);
        for lang in Lang::ALL {
            let mut play = open(*view, lang);
            for (_, _, _, id) in PLACES.iter().filter(|(_, _, other, _)| other == view) {
                wait_for(&mut play, &say(id, lang));
            }
        }
    }
}
