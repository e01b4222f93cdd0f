//! Whether the screen is locked right now, as Windows and macOS tell who asks.

/// Whether it is. The desktop that takes keys is then not that of programs. Nor is it while Windows
/// asks for an administrator, which looks the same.
#[cfg(windows)]
pub(super) fn is_locked() -> bool {
    use winsafe::HDESK;
    use winsafe::co::DESKTOP_RIGHTS;
    HDESK::OpenInputDesktop(None, false, DESKTOP_RIGHTS::SWITCHDESKTOP).is_err()
}

/// Whether it is; the session has the word for it only then.
#[cfg(target_os = "macos")]
pub(super) fn is_locked() -> bool {
    use objc2::rc::autoreleasepool;
    use objc2::runtime::AnyObject;
    use objc2_core_foundation::CFType;
    use objc2_core_graphics::CGSessionCopyCurrentDictionary;
    use objc2_foundation::{NSDictionary, NSNumber, NSString};

    autoreleasepool(|_| {
        let Some(session) = CGSessionCopyCurrentDictionary() else { return false };
        let session: &CFType = &session;
        let session: &AnyObject = session.as_ref();
        let word = NSString::from_str("CGSSessionScreenIsLocked");
        let locked = session.downcast_ref::<NSDictionary>().and_then(|session| session.objectForKey(&word));
        locked.is_some_and(|locked| locked.downcast_ref::<NSNumber>().is_none_or(NSNumber::boolValue))
    })
}

/// Whether it is: elsewhere nobody knows.
#[cfg(not(any(windows, target_os = "macos")))]
pub(super) fn is_locked() -> bool {
    false
}
