//! Light or dark, as the desktop has it. Windows and macOS tell the window by themselves; on Linux
//! the desktop portal is asked, and listened to.

#[cfg(target_os = "linux")]
pub(crate) use portal::follow;

/// Nothing to do where the window is told.
#[cfg(not(target_os = "linux"))]
pub(crate) fn follow(_: eframe::egui::Context) {}

#[cfg(target_os = "linux")]
mod portal {
    use std::thread;

    use eframe::egui;
    use zbus::blocking::{Connection, Proxy};
    use zbus::zvariant::{OwnedValue, Value};

    const APPEARANCE: &str = "org.freedesktop.appearance";
    const SCHEME: &str = "color-scheme";

    /// Keeps `ctx` as light or dark as the desktop, from a thread of its own. Without a portal it
    /// stays as it is.
    pub(crate) fn follow(ctx: egui::Context) {
        let thread = thread::Builder::new().name("appearance".to_owned());
        let _ = thread.spawn(move || listen(&ctx));
    }

    fn listen(ctx: &egui::Context) -> zbus::Result<()> {
        let bus = Connection::session()?;
        let name = "org.freedesktop.portal.Desktop";
        let portal = Proxy::new(&bus, name, "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings")?;
        let changes = portal.receive_signal("SettingChanged")?;
        // `Read` is the older name of `ReadOne`, wraps the value twice, and is there everywhere.
        let now: OwnedValue = portal.call("Read", &(APPEARANCE, SCHEME))?;
        set(ctx, &now);
        for change in changes {
            let body = change.body();
            if let Ok((APPEARANCE, SCHEME, scheme)) = body.deserialize::<(&str, &str, Value<'_>)>() {
                set(ctx, &scheme);
            }
        }
        Ok(())
    }

    fn set(ctx: &egui::Context, scheme: &Value<'_>) {
        if let Some(theme) = theme(scheme) {
            ctx.options_mut(|options| options.fallback_theme = theme);
            ctx.request_repaint();
        }
    }

    /// What `scheme` means: 1 is dark, 0 (no preference) and 2 are light.
    fn theme(scheme: &Value<'_>) -> Option<egui::Theme> {
        match scheme {
            Value::Value(inner) => theme(inner),
            Value::U32(1) => Some(egui::Theme::Dark),
            Value::U32(0 | 2) => Some(egui::Theme::Light),
            _ => None,
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn schemes_are_read_as_the_portal_wraps_them() {
            #[track_caller]
            fn case(scheme: &Value<'_>, expected: Option<egui::Theme>) {
                assert_eq!(theme(scheme), expected);
            }
            case(&Value::U32(1), Some(egui::Theme::Dark));
            case(&Value::Value(Box::new(Value::Value(Box::new(Value::U32(1))))), Some(egui::Theme::Dark));
            case(&Value::U32(0), Some(egui::Theme::Light));
            case(&Value::U32(7), None);
            case(&Value::new("dark"), None);
        }
    }
}
