//! Linux: what logind and the screen savers say on their buses.

use std::thread;
use std::time::Duration;

use zbus::MatchRule;
use zbus::blocking::{Connection, MessageIterator, Proxy};
use zbus::zvariant::{OwnedFd, OwnedObjectPath};

use super::{Signals, looks};
use crate::worker::Wake;

const NAME: &str = "org.freedesktop.login1";
const PATH: &str = "/org/freedesktop/login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";
const SESSION: &str = "org.freedesktop.login1.Session";
/// The window has this long to cover the codes before the computer sleeps; logind waits for five
/// seconds at most.
const TO_COVER: Duration = Duration::from_millis(700);

/// Listens on both buses, on threads of their own. A bus that is not there says nothing.
pub(super) fn listen(signals: &Signals, wake: &Wake) {
    let spawn = |work: fn(&Signals, &Wake) -> zbus::Result<()>| {
        let (signals, wake) = (signals.clone(), wake.clone());
        let thread = thread::Builder::new().name("lock".to_owned());
        let _ = thread.spawn(move || work(&signals, &wake));
    };
    spawn(sleep);
    spawn(session_lock);
    spawn(screen_saver);
}

/// The computer goes to sleep; it waits until the codes are covered. Where nobody makes it wait, sleep
/// is noticed afterwards at least.
fn sleep(signals: &Signals, wake: &Wake) -> zbus::Result<()> {
    let bus = Connection::system().inspect_err(|_| looks::listen(signals, wake))?;
    let mut delay = inhibit(&bus);
    if delay.is_none() {
        looks::listen(signals, wake);
    }
    for message in matching(&bus, MANAGER, "PrepareForSleep")? {
        let Ok(begins) = message?.body().deserialize::<bool>() else { continue };
        if begins {
            signals.tell();
            wake();
            thread::sleep(TO_COVER);
            delay = None;
        } else if delay.is_none() {
            delay = inhibit(&bus);
        }
    }
    Ok(())
}

/// Asks logind to wait a moment before the computer sleeps.
fn inhibit(bus: &Connection) -> Option<OwnedFd> {
    let manager = Proxy::new(bus, NAME, PATH, MANAGER).ok()?;
    manager.call("Inhibit", &("sleep", "otp", "covers the codes", "delay")).ok()
}

/// The session is locked.
fn session_lock(signals: &Signals, wake: &Wake) -> zbus::Result<()> {
    let bus = Connection::system()?;
    let own = own_session(&bus);
    for message in matching(&bus, SESSION, "Lock")? {
        let message = message?;
        let header = message.header();
        let path = header.path().map(zbus::zvariant::ObjectPath::as_str);
        if own.is_none() || own.as_ref().map(|own| own.as_str()) == path {
            signals.tell();
            wake();
        }
    }
    Ok(())
}

/// The path of the session that the window belongs to, if that is known.
fn own_session(bus: &Connection) -> Option<OwnedObjectPath> {
    let id = std::env::var("XDG_SESSION_ID").ok()?;
    Proxy::new(bus, NAME, PATH, MANAGER).ok()?.call("GetSession", &(id,)).ok()
}

/// The desktop's own screen saver comes on.
fn screen_saver(signals: &Signals, wake: &Wake) -> zbus::Result<()> {
    let bus = Connection::session()?;
    let rule = MatchRule::builder().msg_type(zbus::message::Type::Signal).member("ActiveChanged")?.build();
    for message in MessageIterator::for_match_rule(rule, &bus, None)? {
        let message = message?;
        let header = message.header();
        let saver = header.interface().is_some_and(|name| name.as_str().ends_with(".ScreenSaver"));
        if saver && message.body().deserialize::<bool>().unwrap_or(false) {
            signals.tell();
            wake();
        }
    }
    Ok(())
}

/// The signals `member` of `interface`.
fn matching(bus: &Connection, interface: &'static str, member: &'static str) -> zbus::Result<MessageIterator> {
    let rule = MatchRule::builder().msg_type(zbus::message::Type::Signal).interface(interface)?.member(member)?;
    MessageIterator::for_match_rule(rule.build(), bus, None)
}
