//! One account on the recovery sheet: its code, and beside it everything to type it by hand.

use zeroize::Zeroizing;

use crate::account::{Account, Algorithm, Kind};
use crate::export::ExportError;
use crate::export::paper::Style;
use crate::key;
use crate::recovery::check_number::{self, LINE};
use crate::secret::Secret;
use crate::text;
use crate::text::Text;
use crate::uri::{DEFAULT_DIGITS, DEFAULT_PERIOD};

use super::accounts::Listed;
use super::code::{Code, SIDE, code};
use super::flow::{Flow, MARGIN, SMALL};

const TITLE: Style = Style::bold(12.5);
const NAME: Style = Style::plain(10.5);
/// The backup key.
const KEY: Style = Style::exact(12.0);
/// What lies between code and text, and below a block.
const GAP: f32 = 8.0;
/// Where the text begins beside a code of usual size, from the left of the page.
const TEXT: f32 = MARGIN + SIDE + GAP;
/// The most lines of a name or an address.
const MOST_LINES: usize = 2;

/// A line beside the code.
enum Row {
    Text(Style, String),
    /// What the next line is.
    Label(String),
    /// A line of the key, its style and its check number.
    Key(Zeroizing<String>, Style, Text),
    /// A label and something known, or room to write it.
    Field(Text, Zeroizing<String>),
}

impl Row {
    fn height(&self) -> f32 {
        match self {
            Self::Text(style, _) => style.size * 1.35,
            Self::Key(..) => KEY.size * 1.4,
            // Enough to write by hand.
            Self::Field(..) => 18.0,
            Self::Label(_) => SMALL.size * 1.75,
        }
    }
}

/// Draws the block of `listed`, number `number` on the sheet.
pub(super) fn block(listed: &Listed, number: usize, flow: &mut Flow<'_>) -> Result<(), ExportError> {
    let code = code(&listed.account)?;
    let x = TEXT.max(MARGIN + code.side + GAP);
    let width = MARGIN + flow.width() - x;
    let rows = rows(listed, number, &code, width, flow);
    let height = code.side.max(rows.iter().map(Row::height).sum::<f32>()) + 2.0 * GAP;
    flow.need(height);
    flow.rule();
    let top = flow.y + GAP;
    flow.leaf().code((MARGIN - 4.0, top), code.side, code.modules);
    flow.y = top;
    for row in rows {
        let below = row.height();
        flow.y += below * 0.78;
        draw(row, x, width, flow);
        flow.y += below * 0.22;
    }
    flow.y = top + height - GAP;
    Ok(())
}

fn draw(row: Row, x: f32, width: f32, flow: &mut Flow<'_>) {
    let y = flow.y;
    match row {
        Row::Text(style, text) => flow.leaf().text((x, y), style, text),
        Row::Label(text) => flow.leaf().text((x, y), SMALL, text),
        Row::Key(letters, style, label) => {
            let label = label.say(flow.job.lang);
            let room = flow.letters.width(&label, SMALL);
            flow.leaf().text((x, y), style, letters.as_str());
            flow.leaf().text((x + width - room, y), SMALL, label);
        }
        Row::Field(label, value) if value.is_empty() => flow.blank(&label, x, width),
        Row::Field(label, value) => {
            let label = label.say(flow.job.lang);
            let room = flow.letters.width(&label, SMALL) + 6.0;
            let value = flow.letters.at_most(1, &value, NAME, width - room).concat();
            flow.leaf().text((x, y), SMALL, label);
            flow.leaf().text((x + room, y), NAME, value);
        }
    }
}

/// Everything beside the code, from top to bottom.
fn rows(listed: &Listed, number: usize, code: &Code, width: f32, flow: &Flow<'_>) -> Vec<Row> {
    let (account, lang) = (&listed.account, flow.job.lang);
    let mut rows = Vec::new();
    let mut wrapped = |style: Style, text: &str, most: usize| {
        let lines = flow.letters.at_most(most, text, style, width);
        rows.extend(lines.into_iter().map(|line| Row::Text(style, line)));
    };
    let (title, name) = names(account);
    let title = title.map_or_else(|| text!("present-unnamed").say(lang), str::to_owned);
    wrapped(TITLE, &format!("{number}. {title}"), MOST_LINES);
    wrapped(NAME, name, MOST_LINES);
    for detail in details(account, code) {
        wrapped(SMALL, &detail.say(lang), usize::MAX);
    }
    rows.push(Row::Label(text!("sheet-key").say(lang)));
    rows.extend(key_rows(&printed_key(account), width, flow));
    if let Some(pin) = account.pin().and_then(Secret::expose_text) {
        // EXPOSE: without its PIN the key gives other codes, so both are printed.
        rows.push(Row::Field(text!("sheet-pin"), Zeroizing::new(pin.to_owned())));
    }
    for (label, value) in [(text!("sheet-login"), &listed.login), (text!("sheet-url"), &listed.url)] {
        rows.push(Row::Field(label, Zeroizing::new(value.clone())));
    }
    rows.push(Row::Field(text!("sheet-notes"), Zeroizing::default()));
    rows
}

/// What is printed large, and what below it.
fn names(account: &Account) -> (Option<&str>, &str) {
    let (issuer, name) = (account.issuer().trim(), account.name().trim());
    match (issuer, name) {
        ("", "") => (None, ""),
        ("", name) => (Some(name), ""),
        (issuer, name) if issuer == name => (Some(issuer), ""),
        (issuer, name) => (Some(issuer), name),
    }
}

/// The key as it is printed, without blanks: base32, of Mobile-OTP the text itself.
pub fn printed_key(account: &Account) -> Secret {
    if account.kind() == Kind::Motp { account.secret().duplicate() } else { key::write(account.secret()) }
}

/// The lines of `key`, in groups of four, each with its check number; all of one size, a smaller one
/// where a line would not fit into `width`.
fn key_rows(key: &Secret, width: f32, flow: &Flow<'_>) -> Vec<Row> {
    // EXPOSE: the key is what the sheet is for.
    let lines = key.expose().chunks(LINE).zip(check_number::of_lines(key));
    let lines: Vec<_> = lines.map(|(line, number)| (grouped(line), text!("sheet-check", number = number))).collect();
    let fits = |(letters, label): &(Zeroizing<String>, Text)| {
        let room = width - flow.letters.width(&label.say(flow.job.lang), SMALL) - GAP;
        room / flow.letters.width(letters, KEY)
    };
    let style = Style::exact(KEY.size * lines.iter().map(fits).fold(1.0, f32::min));
    lines.into_iter().map(|(letters, label)| Row::Key(letters, style, label)).collect()
}

/// `letters` in groups of four, which people can compare and copy.
pub(super) fn grouped(letters: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(letters.len() * 2));
    for (at, letter) in letters.iter().enumerate() {
        if at > 0 && at % 4 == 0 {
            text.push(' ');
        }
        text.push(char::from(*letter));
    }
    text
}

/// What is unusual about `account`, and about its code.
fn details(account: &Account, code: &Code) -> Vec<Text> {
    let usual = account.algorithm() == Algorithm::Sha1 && account.digits() == DEFAULT_DIGITS;
    let (algorithm, digits) = (account.algorithm().id(), account.digits());
    let kind = match account.kind() {
        Kind::Totp { period: DEFAULT_PERIOD } if usual => None,
        Kind::Totp { period } => {
            Some(text!("sheet-detail-totp", algorithm = algorithm, digits = digits, seconds = period))
        }
        Kind::Hotp { counter } => {
            Some(text!("sheet-detail-hotp", algorithm = algorithm, digits = digits, counter = counter.to_string()))
        }
        Kind::Steam => Some(text!("sheet-detail-steam")),
        Kind::Motp => Some(text!("sheet-detail-motp")),
        Kind::Yandex => Some(text!("sheet-detail-yandex")),
    };
    kind.into_iter().chain(code.cut.then(|| text!("sheet-detail-cut"))).collect()
}
