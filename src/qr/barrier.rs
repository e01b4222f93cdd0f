//! Keeps a panic inside a foreign decoder from reaching anybody.
//!
//! The panic's text may quote the picture's content, so it is not printed either. The hook that
//! keeps quiet is installed once for the whole program, and looks at a mark of its own thread
//! only: panics elsewhere are reported as before.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`; `None` if it panicked.
pub(crate) fn run<T>(work: impl FnOnce() -> T) -> Option<T> {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            if !INSIDE.get() {
                before(panic);
            }
        }));
    });
    let outer = INSIDE.replace(true);
    // What `work` leaves half done is dropped with it: callers hand in values and shared views only.
    let result = catch_unwind(AssertUnwindSafe(work));
    INSIDE.set(outer);
    result.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_nothing_and_the_next_run_is_as_good_as_new() {
        assert_eq!(run(|| -> u8 { panic!("not to be seen") }), None);
        assert!(!INSIDE.get());
        assert_eq!(run(|| 7), Some(7));
    }
}
