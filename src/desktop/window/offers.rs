//! What is brought while nothing can be read yet: the accounts are still on their way, or locked.

use otp::text;
use otp::text::Text;

use crate::add::reader::Offered;

/// What waits to be read.
#[derive(Default)]
pub(super) struct Offers {
    waiting: Vec<Offered>,
    /// Whether something was let go since the accounts were here last.
    let_go: bool,
}

impl Offers {
    /// Has `offered` wait, too.
    pub(super) fn keep(&mut self, offered: Vec<Offered>) {
        self.waiting.extend(offered);
    }

    /// Takes what waits: the accounts are here.
    pub(super) fn take(&mut self) -> Vec<Offered> {
        std::mem::take(self).waiting
    }

    /// Lets everything go. It may hold a key, and waits for its owner once, not for days.
    pub(super) fn let_go(&mut self) {
        self.let_go |= !self.waiting.is_empty();
        self.waiting = Vec::new();
    }

    /// What the gate says of it.
    pub(super) fn word(&self) -> Option<Text> {
        match (self.waiting.is_empty(), self.let_go) {
            (false, _) => Some(text!("desktop-lock-offered")),
            (true, true) => Some(text!("desktop-lock-let-go")),
            (true, false) => None,
        }
    }
}
