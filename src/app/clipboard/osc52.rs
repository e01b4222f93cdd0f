//! The clipboard of the terminal at the other end of an SSH connection.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::ClipboardError;
use crate::secret::Secret;

/// Asks `terminal` to copy `code`, by the control sequence OSC 52 (xterm's `ctlseqs`, "Manipulate
/// Selection Data").
///
/// Only for those who ask for it: most terminals do not answer, many ignore it, and the code
/// cannot be cleared afterwards, since nothing tells what the clipboard holds by then; the next
/// copy replaces it.
///
/// # Errors
/// When the terminal cannot be written to.
pub fn osc52(code: &Secret, terminal: &mut dyn Write) -> Result<(), ClipboardError> {
    // EXPOSE: base64 of the code is what the terminal copies.
    let encoded = Zeroizing::new(STANDARD.encode(code.expose()));
    // `c` is the clipboard; the primary selection is left alone.
    let sequence = Zeroizing::new(format!("\x1b]52;c;{}\x07", *encoded));
    terminal.write_all(sequence.as_bytes()).and_then(|()| terminal.flush()).map_err(|_| ClipboardError::Terminal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_is_what_terminals_expect() {
        let mut terminal = Vec::new();
        osc52(&Secret::from_text("123456".into()), &mut terminal).unwrap();
        // printf 123456 | base64
        assert_eq!(terminal, b"\x1b]52;c;MTIzNDU2\x07");
    }
}
