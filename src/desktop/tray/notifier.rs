//! As `org.kde.StatusNotifierItem`: KDE, Xfce, Cinnamon, Budgie and others show such signs by
//! themselves, GNOME with an extension.

use std::thread;
use std::time::Duration;

use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, Proxy};
use zbus::zvariant::ObjectPath;

use crate::call::Call;
use crate::theme;

const WATCHER: &str = "org.kde.StatusNotifierWatcher";
/// The desktop's tray answers at once, or is not there.
const PATIENCE: Duration = Duration::from_secs(2);

/// The sign of this window.
pub(crate) struct Tray {
    call: Call,
    /// As long as it is shown.
    bus: Option<Connection>,
}

impl Tray {
    /// Not shown, until [`Self::set`]; pressing it makes the `call`.
    pub(crate) fn new(call: Call) -> Self {
        Self { call, bus: None }
    }

    /// Whether there may be a tray.
    pub(crate) fn is_possible() -> bool {
        true
    }

    /// Shows it or takes it away; false when the desktop has no tray.
    pub(crate) fn set(&mut self, on: bool) -> bool {
        if let Some(bus) = self.bus.take() {
            // The desktop sees that it went.
            let _ = bus.close();
        }
        if on {
            self.bus = self.show().ok();
        }
        on == self.bus.is_some()
    }

    fn show(&self) -> zbus::Result<Connection> {
        let name = format!("org.kde.StatusNotifierItem-{}-1", std::process::id());
        let sign = Sign { call: self.call.clone() };
        let bus = Builder::session()?
            .method_timeout(PATIENCE)
            .serve_at("/StatusNotifierItem", sign)?
            .name(name.as_str())?
            .build()?;
        register(&bus, &name)?;
        let again = bus.clone();
        thread::Builder::new().name("tray".to_owned()).spawn(move || follow(&again, &name))?;
        Ok(bus)
    }
}

/// Tells the desktop that there is a sign under `name`.
fn register(bus: &Connection, name: &str) -> zbus::Result<()> {
    watcher(bus)?.call_method("RegisterStatusNotifierItem", &name).map(drop)
}

fn watcher(bus: &Connection) -> zbus::Result<Proxy<'static>> {
    Proxy::new(bus, WATCHER, "/StatusNotifierWatcher", WATCHER)
}

/// Tells it again to a panel that was started anew.
fn follow(bus: &Connection, name: &str) {
    let Ok(owners) = watcher(bus).and_then(|watcher| watcher.receive_owner_changed()) else { return };
    for owner in owners {
        if owner.is_some() && register(bus, name).is_err() {
            return;
        }
    }
}

/// What the desktop asks about the sign.
struct Sign {
    call: Call,
}

/// A picture as the desktop takes it: width, height, and a byte each of opacity, red, green, blue.
type Pixmap = (i32, i32, Vec<u8>);

fn pixmap() -> Option<Pixmap> {
    let icon = theme::icon();
    let shuffle = |pixel: &[u8]| match *pixel {
        [red, green, blue, opacity] => [opacity, red, green, blue],
        _ => [0; 4],
    };
    let pixels = icon.rgba.chunks(4).flat_map(shuffle).collect();
    Some((i32::try_from(icon.width).ok()?, i32::try_from(icon.height).ok()?, pixels))
}

#[zbus::interface(name = "org.kde.StatusNotifierItem")]
impl Sign {
    #[zbus(property)]
    fn category(&self) -> &'static str {
        "ApplicationStatus"
    }

    #[zbus(property)]
    fn id(&self) -> &'static str {
        "otp"
    }

    #[zbus(property)]
    fn title(&self) -> &'static str {
        "otp"
    }

    #[zbus(property)]
    fn status(&self) -> &'static str {
        "Active"
    }

    #[zbus(property)]
    fn icon_name(&self) -> &'static str {
        "otp"
    }

    /// For where the icon is not installed.
    #[zbus(property)]
    fn icon_pixmap(&self) -> Vec<Pixmap> {
        pixmap().into_iter().collect()
    }

    #[zbus(property)]
    fn tool_tip(&self) -> (&'static str, Vec<Pixmap>, &'static str, &'static str) {
        ("otp", Vec::new(), "otp", "")
    }

    #[zbus(property)]
    fn item_is_menu(&self) -> bool {
        false
    }

    /// There is none: pressing it is all that can be done.
    #[zbus(property)]
    fn menu(&self) -> ObjectPath<'static> {
        ObjectPath::from_static_str_unchecked("/NO_DBUSMENU")
    }

    fn activate(&self, _x: i32, _y: i32) {
        self.call.make();
    }

    fn secondary_activate(&self, _x: i32, _y: i32) {
        self.call.make();
    }

    fn context_menu(&self, _x: i32, _y: i32) {
        self.call.make();
    }

    fn scroll(&self, _delta: i32, _orientation: &str) {}
}
