//! Linux: what the desktop portal says.

use std::thread;

use eframe::egui;
use zbus::blocking::{Connection, Proxy};
use zbus::zvariant::{OwnedValue, Value};

use crate::theme;

const APPEARANCE: &str = "org.freedesktop.appearance";
const GNOME: &str = "org.gnome.desktop.interface";
/// What is asked for: the group and the name of each setting.
const SETTINGS: [(&str, &str); 3] =
    [(APPEARANCE, "color-scheme"), (APPEARANCE, "reduced-motion"), (GNOME, "enable-animations")];

/// Keeps `ctx` as the desktop has it, from a thread of its own. Without a portal it stays as it
/// is.
pub(crate) fn follow(ctx: &egui::Context) {
    let ctx = ctx.clone();
    let thread = thread::Builder::new().name("appearance".to_owned());
    let _ = thread.spawn(move || listen(&ctx));
}

fn listen(ctx: &egui::Context) -> zbus::Result<()> {
    let bus = Connection::session()?;
    let name = "org.freedesktop.portal.Desktop";
    let portal = Proxy::new(&bus, name, "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings")?;
    let changes = portal.receive_signal("SettingChanged")?;
    for (group, setting) in SETTINGS {
        // `Read` is the older name of `ReadOne`, wraps the value twice, and is there everywhere.
        let now: zbus::Result<OwnedValue> = portal.call("Read", &(group, setting));
        if let Ok(now) = now {
            set(ctx, setting, &now);
        }
    }
    for change in changes {
        let body = change.body();
        if let Ok((group, setting, value)) = body.deserialize::<(&str, &str, Value<'_>)>()
            && SETTINGS.contains(&(group, setting))
        {
            set(ctx, setting, &value);
        }
    }
    Ok(())
}

fn set(ctx: &egui::Context, setting: &str, value: &Value<'_>) {
    if setting == "color-scheme" {
        if let Some(theme) = theme(value) {
            ctx.options_mut(|options| options.fallback_theme = theme);
        }
    } else if let Some(still) = still(value) {
        theme::keep_still(ctx, still);
    }
    ctx.request_repaint();
}

/// Whether `value` means that nothing is to move: `reduced-motion` is 1, or animations are off.
fn still(value: &Value<'_>) -> Option<bool> {
    match value {
        Value::Value(inner) => still(inner),
        Value::U32(reduced) => Some(*reduced == 1),
        Value::Bool(animations) => Some(!animations),
        _ => None,
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

    #[test]
    fn less_motion_is_read_from_either_setting() {
        #[track_caller]
        fn case(value: &Value<'_>, expected: Option<bool>) {
            assert_eq!(still(value), expected);
        }
        case(&Value::Value(Box::new(Value::U32(1))), Some(true));
        case(&Value::U32(0), Some(false));
        case(&Value::Bool(false), Some(true));
        case(&Value::Bool(true), Some(false));
        case(&Value::new("x"), None);
    }
}
