//! Asks the system whether its owner is there: Windows Hello on Windows, Touch ID or the password on
//! macOS, polkit on Linux.
//!
//! The keyring is open to every program of its owner, so this keeps nobody out who can start one. It
//! keeps out whoever walks by. A system that cannot ask therefore holds nobody up.

use std::sync::mpsc::{Receiver, Sender, channel};

use otp::text;
use otp::text::Lang;
use robius_authentication::{AndroidText, Context, Error, PolicyBuilder, Text, WindowsText};

use crate::worker::Wake;

/// The name of what is asked for, as `packaging/otp.policy` tells it to polkit.
const ACTION: &str = "otp.unlock";

/// What the system says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Its owner is there.
    There,
    /// Whoever is there did not show to be the owner, or did not want to.
    Refused,
    /// It has no way to ask, or none that is set up.
    Unable,
}

/// Asks, and has the answer sent when there is one.
pub(crate) struct Owner(Box<dyn Fn(Lang, Sender<Answer>)>);

impl Owner {
    /// The system's way to ask; `wake` is called when the answer is there.
    pub(crate) fn system(wake: Wake) -> Self {
        Self(Box::new(move |lang, answer| {
            let wake = Wake::clone(&wake);
            let tell = move |said: Result<(), Error>| {
                // Nobody waits any more: there is nobody to tell.
                let _ = answer.send(judged(said.err().as_ref()));
                wake();
            };
            let again = tell.clone();
            if let Err(error) = ask(lang, tell) {
                again(Err(error));
            }
        }))
    }

    /// Somebody else's way to ask.
    #[cfg(test)]
    pub(crate) fn played(ask: impl Fn(Lang, Sender<Answer>) + 'static) -> Self {
        Self(Box::new(ask))
    }

    /// Asks.
    pub(crate) fn ask(&self, lang: Lang) -> Receiver<Answer> {
        let (answer, receiver) = channel();
        (self.0)(lang, answer);
        receiver
    }
}

fn ask(lang: Lang, tell: impl Fn(Result<(), Error>) + Send + 'static) -> Result<(), Error> {
    let policy = PolicyBuilder::new().action_ids([ACTION]).build().ok_or(Error::Unavailable)?;
    let words = text!("desktop-lock-ask").say(lang);
    let text = Text {
        android: AndroidText { title: "otp", subtitle: None, description: None },
        apple: &words,
        windows: WindowsText::new_truncated("otp", &words),
    };
    Context::new(()).authenticate(text, &policy, tell)
}

fn judged(error: Option<&Error>) -> Answer {
    match error {
        None => Answer::There,
        Some(
            Error::Authentication
            | Error::Exhausted
            | Error::UserCanceled
            | Error::AppCanceled
            | Error::SystemCanceled
            | Error::UserFallback
            | Error::Timeout
            | Error::Busy,
        ) => Answer::Refused,
        Some(_) => Answer::Unable,
    }
}
