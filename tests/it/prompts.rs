//! Questions on a terminal: keys and passphrases that are typed and not shown.

use otp::error::Exit;

use crate::run::{Otp, PASSPHRASE};

/// Runs `otp` with `words` on a terminal of its own; `dialogue` is what happens there, in the
/// language of `expect`. Gives back all that the terminal showed; its last line is the exit code.
pub(crate) fn on_a_terminal(otp: &Otp, words: &str, dialogue: &str) -> String {
    on_a_terminal_with(("LANG", "C.UTF-8"), otp, words, dialogue)
}

/// The same with a variable of the environment.
pub(crate) fn on_a_terminal_with(variable: (&str, &str), otp: &Otp, words: &str, dialogue: &str) -> String {
    // The braces of `expect` span lines, or they are taken for a pattern.
    let script = format!(
        "set timeout 60\nproc answer {{question text}} {{\nexpect {{\n-ex \"$question \" {{}}\ntimeout {{ exit 99 }}\neof {{ exit 98 }}\n}}\nsend -- \"$text\\r\"\n}}\n\
         spawn sh -c {{exec \"$OTP\" {words} \"$@\"}} sh {{*}}$argv\n{dialogue}\nexpect {{\neof {{}}\ntimeout {{ exec kill -9 [exp_pid]; exit 97 }}\n}}\nputs \"\\n[lindex [wait] 3]\"\n"
    );
    otp.file("dialogue.exp", script);
    otp.shell("exec expect dialogue.exp \"$@\"").env(variable.0, variable.1).said().stdout.replace('\r', "")
}

#[track_caller]
pub(crate) fn ends_with(shown: &str, exit: Exit) {
    assert!(shown.trim_end().ends_with(&format!("\n{}", exit.code())), "{shown}");
}

#[test]
fn a_typed_key_is_not_shown_and_its_slips_are_named() {
    let otp = Otp::new();
    let dialogue = "answer {(it is not shown):} {gezd gnbv gy3t qojq gezd gnbv gy3t qojq}\n\
        answer {for example Binance)?} {Binance}\nanswer {e-mail address)?} {taro}\nanswer {[y/N]} {y}";
    let shown = on_a_terminal(&otp, "import --key", dialogue);
    ends_with(&shown, Exit::Done);
    assert!(!shown.to_lowercase().contains("gezd"), "{shown}");
    for line in [
        "the key has 20 bytes (160 bits)\n",
        "new: Binance (taro)\n",
        "Keep 1 new account? [y/N] y\n",
        "stored 1 account\n",
    ] {
        assert!(shown.contains(line), "{shown}");
    }
    otp.run(["now", "binance", "--at", "1111111109"]).stdout("081804\n").succeeds();

    let shown = on_a_terminal(&otp, "import --key", "answer {(it is not shown):} {gezd gnbv gy3t qoj1 gez0 gnbv}");
    ends_with(&shown, Exit::BadInput);
    assert!(
        shown.contains("`1` at position 16 (probably the letter I or L), `0` at position 20 (probably the letter O)\n"),
        "{shown}"
    );
    assert!(!shown.to_lowercase().contains("gezd"), "{shown}");

    // No is the answer to everything but yes.
    let dialogue = dialogue.replace("gezd", "mfrg").replace("{y}", "{}");
    let shown = on_a_terminal(&otp, "import --key --lang en", &dialogue);
    ends_with(&shown, Exit::Cancelled);
    assert!(shown.contains("error: cancelled; nothing was changed\n"), "{shown}");
    otp.run(["list"]).stdout("Binance  taro\n").succeeds();
}

#[test]
fn an_answer_that_changes_nothing_is_told_as_such() {
    let otp = Otp::with(TWO);
    let before = std::fs::read(otp.profile().join("index.json")).unwrap();
    let enter = |field: &str| format!("answer {{(Enter keeps it):}} {{{field}}}\n");
    let shown = on_a_terminal(&otp, "rename binance", &enter("").repeat(3));
    ends_with(&shown, Exit::Done);
    assert!(shown.contains("nothing was changed: Binance (taro)\n"), "{shown}");
    assert_eq!(std::fs::read(otp.profile().join("index.json")).unwrap(), before);
}

#[test]
fn giving_up_at_a_question_is_cancelled() {
    let otp = Otp::with(TWO);
    let give_up = |question: &str| format!("expect -ex {{{question} }}\nsend \"\\004\"\n");
    for (words, question) in [
        ("remove binance", "[y = yes, n = no, ? = not sure]"),
        ("verify binance", "(taro):"),
        ("import --key", "(it is not shown):"),
        ("vault passphrase", "the same again:"),
    ] {
        // A passphrase is asked for twice; the first answer is good.
        let before = if words == "vault passphrase" { "answer {it is not shown):} {velvet acorn stair}\n" } else { "" };
        let shown = on_a_terminal(&otp, words, &format!("{before}{}", give_up(question)));
        ends_with(&shown, Exit::Cancelled);
        // In a line of its own, not behind the question.
        assert!(shown.contains("\nerror: cancelled; nothing was changed\n"), "{words}: {shown}");
    }
    let otp = otp.without_passphrase();
    for words in ["now binance", "list --codes"] {
        let shown = on_a_terminal(&otp, words, &give_up("passphrase of the vault:"));
        ends_with(&shown, Exit::Cancelled);
        assert!(shown.contains("\nerror: cancelled; nothing was changed\n"), "{words}: {shown}");
    }
}

#[test]
fn ending_at_a_hidden_question_leaves_the_terminal_as_it_was() {
    let otp = Otp::new();
    // `stty` shows what the program left behind; `dash` puts nothing right by itself.
    let script = "set timeout 60\nspawn sh -c {trap : INT; \"$OTP\" import --key \"$@\"; echo end $?; stty -a} sh {*}$argv\n\
        expect -ex {(it is not shown): }\nsend \"\\003\"\nexpect eof\n";
    otp.file("dialogue.exp", script);
    let shown = otp.shell("exec expect dialogue.exp \"$@\"").said().stdout;
    assert!(shown.contains("end 12"), "{shown}");
    assert!(shown.contains(" echo ") && !shown.contains("-echo "), "{shown}");
}

#[test]
fn a_hexadecimal_key_is_asked_about() {
    let otp = Otp::new();
    let dialogue = "answer {(it is not shown):} {3132333435363738393031323334353637383930}\nanswer {[y/N]} {y}\n\
        answer {for example Binance)?} {Hex}\nanswer {e-mail address)?} {}\nanswer {[y/N]} {y}";
    ends_with(&on_a_terminal(&otp, "import --key", dialogue), Exit::Done);
    otp.run(["now", "hex", "--at", "1111111109"]).stdout("081804\n").succeeds();
}

#[test]
fn a_vault_asks_twice_for_its_passphrase() {
    let otp = Otp::bare();
    let ask = |again: &str, first: &str| {
        let dialogue = format!("answer {{it is not shown):}} {{{first}}}\nanswer {{the same again:}} {{{again}}}");
        on_a_terminal(&otp, "vault create", &dialogue)
    };
    let shown = ask("something else entirely", PASSPHRASE);
    ends_with(&shown, Exit::BadInput);
    assert!(shown.contains("error: the two passphrases are not alike\n") && !shown.contains("coral"), "{shown}");
    let shown = on_a_terminal(&otp, "vault create", "answer {it is not shown):} {password}");
    ends_with(&shown, Exit::BadInput);
    assert!(shown.contains("error: the passphrase has 8 characters; use at least 12\n"), "{shown}");
    assert!(!otp.profile().join("identity.age").exists());
    let shown = ask(PASSPHRASE, PASSPHRASE);
    ends_with(&shown, Exit::Done);
    assert!(shown.contains("the vault is made, in ") && !shown.contains("coral"), "{shown}");
    let dialogue = format!("answer {{passphrase of the vault:}} {{{PASSPHRASE}}}");
    let list = otp.file("list.txt", "otpauth://totp/x?secret=MFRGGZDFMZTWQ2LK\n");
    let shown = on_a_terminal(&otp, &format!("import {list} --yes"), &dialogue);
    ends_with(&shown, Exit::Done);
}

const TWO: &str = "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance\n\
    otpauth://totp/Coincheck:jiro?secret=MFRGGZDFMZTWQ2LK&issuer=Coincheck\n";

#[test]
fn deleting_for_good_needs_the_name_typed() {
    let otp = Otp::with(TWO);
    otp.run(["remove", "binance", "--yes"]).succeeds();
    let shown = on_a_terminal(&otp, "trash --delete binance --yes", "answer {to delete it:} {y}");
    ends_with(&shown, Exit::Cancelled);
    assert!(shown.contains("type `Binance` to delete it: y\n"), "{shown}");
    assert!(otp.run(["trash"]).succeeds().stdout.starts_with("Binance (taro)"));
    let shown = on_a_terminal(&otp, "trash --delete binance", "answer {to delete it:} {Binance}");
    ends_with(&shown, Exit::Done);
    otp.run(["trash"]).stdout("").stderr("the trash is empty\n").succeeds();
    otp.run(["list"]).stdout("Coincheck  jiro\n").succeeds();
}

#[test]
fn without_a_query_one_is_chosen_from_the_list() {
    let otp = Otp::with(TWO);
    for answer in ["1", "binance", "Ｂｉｎａｎｃｅ"] {
        let shown = on_a_terminal(&otp, "now --at 1111111109", &format!("answer {{part of the name)?}} {{{answer}}}"));
        ends_with(&shown, Exit::Done);
        assert!(shown.contains("  1  Binance (taro)\n  2  Coincheck (jiro)\n") && shown.contains("081804"), "{shown}");
    }
    let shown = on_a_terminal(&otp, "now", "answer {part of the name)?} {}");
    ends_with(&shown, Exit::Cancelled);
    let shown = on_a_terminal(&otp, "verify binance", "answer {code shown for Binance (taro):} {123}");
    ends_with(&shown, Exit::NoMatch);
}

#[test]
fn whoever_removes_an_account_is_asked_about_the_site() {
    let otp = Otp::with(TWO);
    let ask = |answers: &[&str]| {
        let questions = ["? = not sure]", "[y/N]"];
        let lines =
            questions.iter().zip(answers).map(|(question, answer)| format!("answer {{{question}}} {{{answer}}}\n"));
        on_a_terminal(&otp, "remove binance", &lines.collect::<String>())
    };
    for (answers, advice) in
        [(&["n", ""][..], "Then keep it: "), (&["？", "n"], "Then keep it until you know: "), (&[""], "")]
    {
        let shown = ask(answers);
        ends_with(&shown, Exit::Cancelled);
        assert!(shown.contains(advice), "{shown}");
    }
    otp.run(["list"]).stdout("Binance    taro\nCoincheck  jiro\n").succeeds();
    ends_with(&ask(&["n", "y"]), Exit::Done);
    otp.run(["restore", "binance"]).succeeds();
    ends_with(&ask(&["Ｙ"]), Exit::Done);
    otp.run(["restore", "binance"]).succeeds();
    ends_with(&on_a_terminal(&otp, "remove binance --lang ja", "answer {? = わからない]} {はい}"), Exit::Done);
    otp.run(["list"]).stdout("Coincheck  jiro\n").succeeds();
}
