//! Why something did not work: a sentence and a hint, ready to be shown.

use std::any::Any;

use otp::error::Explain;
use otp::store::StoreError;
use otp::text::Text;

/// What went wrong.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    pub(crate) text: Text,
    pub(crate) hint: Option<Text>,
    /// The place of the secrets said so itself; some of its failures have a page of their own.
    pub(crate) store: Option<Box<StoreError>>,
}

impl Failure {
    /// A failure that no library knows.
    pub(crate) fn new(text: Text, hint: Text) -> Self {
        Self { text, hint: Some(hint), store: None }
    }

    /// The same where there is nothing that helps.
    pub(crate) fn bare(text: Text) -> Self {
        Self { text, hint: None, store: None }
    }
}

impl<E: Explain + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        let store = (&error as &dyn Any).downcast_ref::<StoreError>().cloned().map(Box::new);
        Self { text: error.text(), hint: error.hint(), store }
    }
}
