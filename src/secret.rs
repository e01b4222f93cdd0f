//! Key material: one way in, one way out, wiped when dropped, never printed.
//!
//! There is no `Clone`, no `Display` and no serialisation on purpose. Above each `expose()` in this
//! crate stands why the raw bytes are needed there.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// A shared secret or a passphrase. Wiped from memory when dropped.
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// Takes over `bytes`, so no second copy stays behind.
    pub fn new(bytes: Vec<u8>) -> Self {
        keep_out_of_swap(&bytes);
        Self(Zeroizing::new(bytes))
    }

    /// Takes over the bytes of `text`.
    pub fn from_text(text: String) -> Self {
        Self::new(text.into_bytes())
    }

    /// Lends the raw bytes to code that computes with them.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// Lends the content as text; `None` if it is not UTF-8.
    pub fn expose_text(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }

    /// The number of bytes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no bytes.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether both hold the same bytes. Takes the same time wherever they differ.
    pub fn matches(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }

    /// A second copy, for the rare place that has to keep one.
    #[must_use]
    pub fn duplicate(&self) -> Self {
        Self::new(self.0.to_vec())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// `bytes` in lower-case hexadecimal, in a buffer of the right size: wrapping it wipes all of it.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Asks the system not to swap the pages of `bytes` out. Best effort: refusal is no failure, and
/// the whole program locks 256 KiB at most, because the budget is shared with everything else.
fn keep_out_of_swap(bytes: &[u8]) {
    const BUDGET: usize = 256 * 1024;
    const PAGE: usize = 4096;
    static LOCKED: AtomicUsize = AtomicUsize::new(0);
    if bytes.is_empty() || LOCKED.fetch_add(PAGE, Ordering::Relaxed) >= BUDGET {
        return;
    }
    if let Ok(guard) = region::lock(bytes.as_ptr(), bytes.len()) {
        // Never unlocked: another secret may live on the same page.
        std::mem::forget(guard);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static_assertions::assert_not_impl_any!(Secret: Clone, fmt::Display, AsRef<[u8]>, serde::Serialize);

    #[test]
    fn debug_output_has_no_content() {
        assert_eq!(format!("{:?}", Secret::from_text("JBSWY3DPEHPK3PXP".into())), "Secret(…)");
    }

    #[test]
    fn matching_looks_at_every_byte() {
        let secret = Secret::new(vec![1, 2, 3]);
        assert!(secret.matches(&secret.duplicate()));
        assert!(!secret.matches(&Secret::new(vec![1, 2, 4])));
        assert!(!secret.matches(&Secret::new(vec![1, 2])));
    }
}
