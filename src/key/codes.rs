//! Recovery codes: a site's own one-time codes, as people paste them from its page.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::clock::UnixTime;
use crate::error::{Exit, Explain};
use crate::secret::Secret;
use crate::text;
use crate::text::Text;

/// The most codes of one set; sites give out ten or sixteen.
pub const MOST: usize = 32;
/// The shortest code, in characters.
const SHORTEST: usize = 4;
/// The longest code, in characters.
const LONGEST: usize = 40;

/// A set of recovery codes.
#[derive(Default)]
pub struct CodeSet {
    /// The codes, in the order in which the site gave them out.
    pub codes: Vec<Secret>,
    /// The positions of the spent ones, counted from 0.
    pub spent: Vec<u16>,
    /// When they came in.
    pub added: UnixTime,
}

impl CodeSet {
    /// The same once more.
    #[must_use]
    pub fn duplicate(&self) -> Self {
        let codes = self.codes.iter().map(Secret::duplicate).collect();
        Self { codes, spent: self.spent.clone(), added: self.added }
    }

    /// Whether `code` is one of them.
    pub fn has(&self, code: &Secret) -> bool {
        self.codes.iter().any(|own| own.matches(code))
    }
}

impl fmt::Debug for CodeSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CodeSet({} codes)", self.codes.len())
    }
}

impl PartialEq for CodeSet {
    fn eq(&self, other: &Self) -> bool {
        let alike =
            self.codes.len() == other.codes.len() && self.codes.iter().zip(&other.codes).all(|(a, b)| a.matches(b));
        alike && self.spent == other.spent && self.added == other.added
    }
}

impl Eq for CodeSet {}

/// A pasted block, taken apart.
#[derive(Debug)]
pub struct Block {
    /// The codes.
    pub codes: Vec<Secret>,
    /// How many pieces of it were no codes.
    pub left_out: usize,
}

/// Why a pasted block gives no codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodesError {
    /// There is none in it.
    None,
    /// There are more than [`MOST`].
    TooMany {
        /// How many.
        found: usize,
    },
}

impl Explain for CodesError {
    fn text(&self) -> Text {
        match self {
            Self::None => text!("codes-none"),
            Self::TooMany { found } => text!("codes-too-many", found = *found, most = MOST),
        }
    }

    fn hint(&self) -> Option<Text> {
        Some(match self {
            Self::None => text!("codes-hint-none"),
            Self::TooMany { .. } => text!("codes-hint-too-many"),
        })
    }

    fn exit(&self) -> Exit {
        Exit::BadInput
    }
}

crate::explained!(CodesError);

/// Whether `code`, which comes from a file, is such as [`parse`] gives.
pub(crate) fn fits(code: &Secret) -> bool {
    // EXPOSE: its symbols are looked at, none is kept.
    code.expose_text().is_some_and(is_code)
}

/// Takes the codes out of a block as it was pasted: one a line or in columns, numbered or not, with
/// sentences of the site around them. A code given twice counts once.
///
/// # Errors
/// When there is no code in it, or too many.
pub fn parse(block: &Secret) -> Result<Block, CodesError> {
    // EXPOSE: taken apart here; the copy is wiped, the codes are wrapped again.
    let text: Zeroizing<String> = Zeroizing::new(block.expose_text().unwrap_or_default().nfkc().collect());
    let pieces: Vec<&str> = text.lines().flat_map(columns).map(bare).filter(|piece| !piece.is_empty()).collect();
    let sure: Vec<&str> = pieces.iter().copied().filter(|piece| is_code(piece) && has_mark(piece)).collect();
    // A code of letters alone looks like a word, unless it is as long as its neighbours.
    let word = |piece: &str| is_code(piece) && !piece.contains(' ') && alike(piece, &sure, &pieces);
    let mut codes: Vec<Secret> = Vec::new();
    let mut left_out = 0;
    for piece in pieces.iter().filter(|piece| piece.chars().any(char::is_alphanumeric)) {
        if is_code(piece) && has_mark(piece) || word(piece) {
            let code = Secret::from_text((*piece).to_owned());
            if !codes.iter().any(|known| known.matches(&code)) {
                codes.push(code);
            }
        } else {
            left_out += 1;
        }
    }
    match codes.len() {
        0 => Err(CodesError::None),
        found if found > MOST => Err(CodesError::TooMany { found }),
        _ => Ok(Block { codes, left_out }),
    }
}

/// The columns of a line: what tabs, commas, semicolons or wide gaps keep apart.
fn columns(line: &str) -> impl Iterator<Item = &str> {
    line.split(['\t', ',', ';', '|', '、']).flat_map(|part| part.split("  ")).map(str::trim)
}

/// `piece` without the number, bullet or box in front of it.
fn bare(piece: &str) -> &str {
    let piece =
        piece.trim_start_matches(|symbol: char| !symbol.is_alphanumeric()).trim_end_matches(['.', ':', '"', '\'']);
    let (number, rest) = piece.split_at(piece.find(|symbol: char| !symbol.is_ascii_digit()).unwrap_or(0));
    let numbered = (1..=2).contains(&number.len()) && rest.starts_with([')', '.', ':']);
    if numbered { rest.trim_start_matches([')', '.', ':', ' ']) } else { piece }
}

/// Whether `piece` has the length and the symbols of a code.
fn is_code(piece: &str) -> bool {
    let symbol = |symbol: char| symbol.is_ascii_alphanumeric() || " -_".contains(symbol);
    (SHORTEST..=LONGEST).contains(&piece.len()) && piece.chars().all(symbol) && groups_are_alike(piece)
}

/// Whether the groups of `piece`, if it has several, are of one length: `1234 5678`, no sentence.
fn groups_are_alike(piece: &str) -> bool {
    let mut groups = piece.split(' ').map(str::len);
    let first = groups.next();
    groups.all(|length| Some(length) == first)
}

/// Whether `piece` has what ordinary words do not have.
fn has_mark(piece: &str) -> bool {
    piece.contains(|symbol: char| symbol.is_ascii_digit())
        || piece.contains('-') && groups_of(piece, '-')
        || piece.contains(' ') && !piece.contains(|symbol: char| symbol.is_ascii_lowercase())
}

fn groups_of(piece: &str, mark: char) -> bool {
    piece.split(mark).all(|group| group.len() >= 3)
}

/// Whether `piece` is as long as the codes that are `sure`, or where there are none, as at least
/// three other pieces.
fn alike(piece: &str, sure: &[&str], pieces: &[&str]) -> bool {
    let same = |others: &[&str]| others.iter().filter(|other| other.len() == piece.len()).count();
    if sure.is_empty() { piece.len() >= 6 && same(pieces) >= 4 } else { same(sure) * 2 > sure.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(block: &str, codes: &[&str], left_out: usize) {
        let found = parse(&Secret::from_text(block.to_owned())).unwrap();
        let texts: Vec<_> = found.codes.iter().map(|code| code.expose_text().unwrap().to_owned()).collect();
        assert_eq!(texts, codes);
        assert_eq!(found.left_out, left_out, "{texts:?}");
    }

    #[test]
    fn codes_are_found_as_sites_show_them() {
        // GitHub, one a line; Google, in two numbered columns; Discord; Dropbox; Bitwarden.
        case("a1b2c-3d4e5\r\nf6a7b-8c9d0\r\n", &["a1b2c-3d4e5", "f6a7b-8c9d0"], 0);
        case(
            "SAVE YOUR BACKUP CODES\nKeep these backup codes somewhere safe.\n\n1. 1234 5678\t6. 8765 4321\n2. 2345 6789   7. 9876 5432\n",
            &["1234 5678", "8765 4321", "2345 6789", "9876 5432"],
            2,
        );
        case("* abcd-efgh\n* ijkl-mnop", &["abcd-efgh", "ijkl-mnop"], 0);
        case("☐ 1x2y3z4w\n☐ abcdefgh\n", &["1x2y3z4w", "abcdefgh"], 0);
        case("ABCD EFGH JKLM NPQR STUV WXYZ 2345 6789", &["ABCD EFGH JKLM NPQR STUV WXYZ 2345 6789"], 0);
        case("qwertzui\nasdfghjk\nyxcvbnmq\nqayxswed\n", &["qwertzui", "asdfghjk", "yxcvbnmq", "qayxswed"], 0);
        case("１２３４－５６７８、\n", &["1234-5678"], 0);
        case("12345678, 23456789, 12345678", &["12345678", "23456789"], 0);
    }

    #[test]
    fn what_gives_no_codes_says_why() {
        let error = |block: &str| parse(&Secret::from_text(block.to_owned())).unwrap_err();
        assert_eq!(error(""), CodesError::None);
        assert_eq!(error("Keep these codes somewhere safe but accessible.\nGitHub"), CodesError::None);
        let many = (0..33).map(|number| (10_000_000 + number).to_string()).collect::<Vec<_>>().join("\n");
        assert_eq!(error(&many), CodesError::TooMany { found: 33 });
    }

    #[test]
    fn debug_output_has_no_codes() {
        let set = CodeSet { codes: vec![Secret::from_text("1234-5678".into())], ..CodeSet::default() };
        assert_eq!(format!("{set:?}"), "CodeSet(1 codes)");
    }
}
