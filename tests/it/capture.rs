//! The screen and the clipboard as `otp` sees them: real X servers, `xclip`, and a portal of our
//! own on a bus of its own.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use otp::error::Exit;
use x11rb::connection::Connection;
use x11rb::protocol::randr::{ConnectionExt as _, MonitorInfo};
use x11rb::protocol::xproto::{
    ChangeGCAux, ChangeWindowAttributesAux, ConnectionExt as _, CreateGCAux, ImageFormat, Rectangle,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value};

use crate::clipboard::Display;
use crate::prompts::{ends_with, on_a_terminal_with};
use crate::run::{Otp, Run, png};

const TARO: &str = "otpauth://totp/Binance:taro?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Binance";
const JIRO: &str = "otpauth://totp/Coincheck:jiro?secret=MFRGGZDFMZTWQ2LK&issuer=Coincheck";
/// A moment of RFC 6238, appendix B, and the code of its secret then, six digits of it.
const MOMENT: (&str, &str) = ("1111111109", "081804\n");

/// Something that shows pictures on the screen of `display` as long as it lives.
/// What draws on the root of a screen.
pub(crate) struct Painter {
    server: RustConnection,
    root: u32,
    depth: u8,
    gc: u32,
}

impl Painter {
    fn new(display: &Display) -> Self {
        Self::on(&display.name)
    }

    /// On the screen called `name`.
    pub(crate) fn on(name: &str) -> Self {
        let (server, _) = RustConnection::connect(Some(name)).unwrap();
        let screen = &server.setup().roots[0];
        let (root, depth) = (screen.root, screen.root_depth);
        let gc = server.generate_id().unwrap();
        server.create_gc(gc, root, &CreateGCAux::new()).unwrap();
        Self { server, root, depth, gc }
    }

    /// Shows the QR code of `text` with its top left corner at `x`, `y`.
    fn show(&self, text: &str, x: i16, y: i16) {
        self.draw(self.root, text, x, y);
    }

    /// Has the screen show the QR code of `text` wherever no window covers it.
    #[cfg_attr(not(feature = "desktop"), expect(dead_code, reason = "for the tests of the window"))]
    pub(crate) fn behind(&self, text: &str) {
        let ground = self.server.generate_id().unwrap();
        self.server.create_pixmap(self.depth, ground, self.root, 800, 800).unwrap();
        let white = ChangeGCAux::new().foreground(u32::MAX);
        self.server.change_gc(self.gc, &white).unwrap();
        let all = Rectangle { x: 0, y: 0, width: 800, height: 800 };
        self.server.poly_fill_rectangle(ground, self.gc, &[all]).unwrap();
        self.draw(ground, text, 10, 60);
        let background = ChangeWindowAttributesAux::new().background_pixmap(ground);
        self.server.change_window_attributes(self.root, &background).unwrap();
        self.server.clear_area(false, self.root, 0, 0, 0, 0).unwrap();
        self.server.sync().unwrap();
    }

    fn draw(&self, onto: u32, text: &str, x: i16, y: i16) {
        let picture = image::load_from_memory(&png(text)).unwrap().into_luma8();
        let (width, height) = (u16::try_from(picture.width()).unwrap(), u16::try_from(picture.height()).unwrap());
        // Black and white are the same in every layout; rows are padded to four bytes.
        let size = if self.depth == 16 { 2 } else { 4 };
        let row = |row: &[u8]| {
            let mut bytes: Vec<u8> = row.iter().flat_map(|shade| std::iter::repeat_n(*shade, size)).collect();
            bytes.resize(bytes.len().next_multiple_of(4), 0);
            bytes
        };
        let bytes: Vec<u8> = picture.as_raw().chunks(usize::from(width)).flat_map(row).collect();
        let gc = self.gc;
        self.server.put_image(ImageFormat::Z_PIXMAP, onto, gc, width, height, x, y, 0, self.depth, &bytes).unwrap();
        self.server.sync().unwrap();
    }

    /// Splits the screen into two monitors at `x`.
    fn split(&self, x: u16, whole: (u16, u16)) {
        // As `xrandr --setmonitor` does: one part has the cable, the other has none.
        let resources = self.server.randr_get_screen_resources_current(self.root).unwrap().reply().unwrap();
        let parts = [("LEFT-1", 0, x, resources.outputs), ("RIGHT-1", x, whole.0 - x, Vec::new())];
        for (name, start, width, outputs) in parts {
            let name = self.server.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom;
            let monitor = MonitorInfo {
                name,
                primary: false,
                automatic: false,
                x: i16::try_from(start).unwrap(),
                y: 0,
                width,
                height: whole.1,
                width_in_millimeters: 300,
                height_in_millimeters: 200,
                outputs,
            };
            self.server.randr_set_monitor(self.root, monitor).unwrap().check().unwrap();
        }
    }
}

/// `otp` on the screen of `display`.
fn on<'a>(otp: &Otp, display: &Display, arguments: &'a [&'a str]) -> Run {
    otp.run(arguments.iter().copied()).env("DISPLAY", &display.name)
}

#[test]
fn a_code_on_the_screen_is_imported() {
    let display = Display::with_screen("800x600x24");
    let painter = Painter::new(&display);
    painter.show(TARO, 400, 200);
    let otp = Otp::new();
    on(&otp, &display, &["now", "--screen", "--at", MOMENT.0]).stdout(MOMENT.1).succeeds();
    otp.run(["list"]).stdout("").succeeds();
    let masked = "otpauth://totp/Binance:taro?secret=***&issuer=Binance\n";
    on(&otp, &display, &["qr", "read", "--screen"])
        .stdout(masked)
        .stderr("the secrets are left out; `--reveal` shows them\n")
        .succeeds();
    on(&otp, &display, &["qr", "read", "--screen", "--reveal"]).stdout(&format!("{TARO}\n")).stderr("").succeeds();
    let told = on(&otp, &display, &["qr", "read", "--screen", "--json"]).succeeds().json();
    let code = &told["pictures"][0]["codes"][0];
    let side = f64::from(image::load_from_memory(&png(TARO)).unwrap().width());
    for (place, start) in [("x", 400.0), ("y", 200.0)] {
        assert!((code[place].as_f64().unwrap() - start - side / 2.0).abs() < 8.0, "{told}");
    }
    let said = on(&otp, &display, &["import", "--screen", "--yes"]).succeeds();
    assert!(said.stderr.contains("new: Binance (taro)\n"), "{said}");
    otp.run(["now", "binance", "--at", MOMENT.0]).stdout(MOMENT.1).succeeds();
}

#[test]
fn every_monitor_is_looked_at() {
    let display = Display::with_screen("1600x800x24");
    let painter = Painter::new(&display);
    painter.split(800, (1600, 800));
    let otp = Otp::new();
    // One monitor shows nothing: that is no failure.
    painter.show(TARO, 1000, 200);
    let said = on(&otp, &display, &["import", "--screen", "--dry-run"]).succeeds();
    assert!(said.stderr.contains("new: Binance (taro)\n"), "{said}");
    painter.show(JIRO, 100, 100);
    let told = on(&otp, &display, &["qr", "read", "--screen", "--json"]).succeeds().json();
    let names: Vec<_> = told["pictures"].as_array().unwrap().iter().map(|look| &look["picture"]).collect();
    assert_eq!(names, ["LEFT-1", "RIGHT-1"]);
    on(&otp, &display, &["import", "--screen", "--yes"]).succeeds();
    otp.run(["list"]).stdout("Coincheck  jiro\nBinance    taro\n").succeeds();
    on(&otp, &display, &["now", "--screen"]).fails_with(Exit::Ambiguous);
    on(&otp, &display, &["now", "bin", "--screen", "--at", MOMENT.0]).stdout(MOMENT.1).succeeds();
}

/// The parts of an encrypted sheet with `lines`, as its QR codes say them.
fn sheet(lines: &str) -> Vec<String> {
    let passphrase = otp::secret::Secret::from_text("coral unruly plow ninja".to_owned());
    let parts = otp::recovery::sheet::seal(lines.as_bytes(), &passphrase).unwrap();
    parts.iter().map(ToString::to_string).collect()
}

#[test]
fn an_encrypted_sheet_on_the_screen_takes_its_passphrase_and_all_of_its_parts() {
    let display = Display::with_screen("800x800x24");
    let painter = Painter::new(&display);
    let otp = Otp::new();
    let (whole, other) = (sheet(&format!("{TARO}\n")), otp.private("words", b"coral unruly plow ninja"));
    assert_eq!(whole.len(), 1);
    painter.show(&whole[0], 10, 10);
    let said = on(&otp, &display, &["import", "--screen", "--yes"]).fails_with(Exit::WrongPassphrase);
    assert!(said.stderr.starts_with("error: it takes a passphrase"), "{said}");
    on(&otp, &display, &["import", "--screen", "--yes", "--passphrase-file", other.to_str().unwrap()]).succeeds();
    otp.run(["list"]).stdout("Binance  taro\n").succeeds();
    // Keys that no compression makes small.
    let key = |number: u32| otp::key::write(&otp::secret::Secret::new(noise(number)));
    let address = |number| format!("otpauth://totp/Site{number}:me?secret={}\n", key(number).expose_text().unwrap());
    let parts = sheet(&(1..=40).map(address).collect::<String>());
    painter.show(&parts[0], 10, 10);
    let said = on(&otp, &display, &["import", "--screen", "--yes"]).fails_with(Exit::BadInput);
    assert!(said.stderr.contains(&format!("part 1 of {} read, still missing", parts.len())), "{said}");
    assert!(said.stderr.contains("hint: take a sharp picture of every page"), "{said}");
}

/// Twenty bytes that are others for each `number`.
fn noise(number: u32) -> Vec<u8> {
    let mut state = number.wrapping_mul(2_654_435_761);
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    (0..20).map(|_| next()).collect()
}

#[test]
fn a_screen_of_few_colours_is_read_too() {
    let display = Display::with_screen("800x600x16");
    let painter = Painter::new(&display);
    painter.show(TARO, 3, 5);
    on(&Otp::bare(), &display, &["now", "--screen", "--at", MOMENT.0]).stdout(MOMENT.1).succeeds();
}

#[test]
fn looking_at_the_screen_writes_no_file() {
    let display = Display::with_screen("800x600x24");
    let painter = Painter::new(&display);
    painter.show(TARO, 100, 100);
    let otp = Otp::bare();
    let traced =
        "exec strace -f -qq -o calls -e trace=open,openat,creat,memfd_create,mkdir,rename \"$OTP\" now --screen \"$@\"";
    otp.shell(traced).env("DISPLAY", &display.name).succeeds();
    let calls = fs::read_to_string(otp.home().join("calls")).unwrap();
    assert!(calls.contains("O_RDONLY"), "{calls}");
    for call in calls.lines() {
        let writes = ["O_CREAT", "O_WRONLY", "O_RDWR", "O_TMPFILE", "memfd_create(", "creat(", "mkdir(", "rename("];
        let device = call.contains("\"/dev/");
        assert!(device || !writes.iter().any(|word| call.contains(word)), "{call}");
    }
}

#[test]
fn a_screen_without_a_code_or_no_screen_is_said() {
    let otp = Otp::bare();
    let display = Display::with_screen("640x480x24");
    let nothing = "error: no QR code could be found in the picture\n";
    for arguments in [&["import", "--screen"][..], &["now", "--screen"], &["qr", "read", "--screen"]] {
        let said = on(&otp, &display, arguments).fails_with(Exit::BadInput);
        assert!(said.stderr.starts_with(nothing), "{said}");
        let no_screen = "error: there is no screen that can be reached from here\n\
            hint: take a screenshot and import the file: `otp import PICTURE`\n";
        otp.run(arguments.iter().copied()).stderr(no_screen).fails_with(Exit::NoScreen);
        otp.run(arguments.iter().copied()).env("DISPLAY", ":4095").stderr(no_screen).fails_with(Exit::NoScreen);
    }
    let failure = otp.run(["qr", "read", "--screen", "--json"]).ends_with(Exit::NoScreen).json();
    assert_eq!(failure["error"]["exit"], 22);
}

#[test]
fn whatever_was_copied_is_imported() {
    let display = Display::with_screen("64x64x24");
    let otp = Otp::new();
    let file = otp.picture("取引所 1.png", TARO);
    let list = format!("file://{}\r\n", file.replace(' ', "%20"));
    let here = |arguments: &[&str]| on(&otp, &display, arguments).stdout(MOMENT.1).succeeds();
    let now = ["now", "--clipboard", "--at", MOMENT.0];
    display.copy_as("image/png", &png(TARO));
    here(&now);
    display.copy_as("text/uri-list", list.as_bytes());
    here(&now);
    for text in [TARO, "  gezd gnbv gy3t qojq gezd gnbv gy3t qojq\n"] {
        display.copy_as("UTF8_STRING", text.as_bytes());
        here(&now);
    }
    otp.run(["list"]).stdout("").succeeds();
    display.copy_as("UTF8_STRING", format!("{TARO}\n{JIRO}\n").as_bytes());
    let said = on(&otp, &display, &["import", "--clipboard", "--yes"]).succeeds();
    assert!(said.stderr.ends_with("because the clipboard still has the key in it\n"), "{said}");
    assert!(!display.text().is_empty());
    let said = on(&otp, &display, &["import", "--clipboard", "--yes", "--delete-source"]).succeeds();
    assert!(said.stderr.contains("already here: Binance (taro)\n"), "{said}");
    assert_eq!(display.text(), "", "{said}");
    display.copy_as("text/uri-list", list.as_bytes());
    on(&otp, &display, &["import", "--clipboard", "--yes", "--delete-source"]).succeeds();
    assert!(!Path::new(&file).exists(), "a copied file is a file like any other");
}

#[test]
fn the_clipboard_is_emptied_when_its_owner_agrees() {
    let display = Display::with_screen("64x64x24");
    let otp = Otp::new();
    display.copy_as("UTF8_STRING", b"mfrg gzdf mztw q2lk");
    let dialogue = "answer {for example Binance)?} {Coincheck}\nanswer {e-mail address)?} {jiro}\n\
        answer {Keep 1 new account? [y/N]} {y}\nanswer {Empty it? [y/N]} {y}";
    let shown = on_a_terminal_with(("DISPLAY", &display.name), &otp, "import --clipboard --lang en", dialogue);
    ends_with(&shown, Exit::Done);
    assert!(shown.contains("emptied the clipboard"), "{shown}");
    assert_eq!(display.text(), "");
    otp.run(["list"]).stdout("Coincheck  jiro\n").succeeds();
}

#[test]
fn a_clipboard_with_nothing_for_us_is_said() {
    let display = Display::with_screen("64x64x24");
    let otp = Otp::new();
    let fails = |arguments: &[&str], exit, error: &str| {
        let said = on(&otp, &display, arguments).fails_with(exit);
        assert!(said.stderr.starts_with(&format!("error: {error}\n")), "{said}");
    };
    let empty = "there is no picture, no file and no text in the clipboard";
    fails(&["import", "--clipboard"], Exit::BadInput, empty);
    fails(&["now", "--clipboard"], Exit::BadInput, empty);
    fails(&["qr", "read", "--clipboard"], Exit::BadInput, empty);
    display.copy_as("UTF8_STRING", b"hello world");
    fails(&["import", "--clipboard"], Exit::BadInput, "it is neither a picture nor an export that can be read");
    fails(&["qr", "read", "--clipboard"], Exit::BadInput, "there is text in the clipboard, and no picture");
    display.copy_as("image/png", &image_without_code());
    fails(&["import", "--clipboard"], Exit::BadInput, "no QR code could be found in the picture");
    display.copy_as("text/uri-list", b"file:///nowhere/qr.png\n");
    fails(&["import", "--clipboard"], Exit::Disk, "`qr.png` cannot be used: it does not exist");
    let no_clipboard = "error: there is no clipboard that can be reached from here\n\
        hint: save it as a file and import that: `otp import FILE`\n";
    otp.run(["import", "--clipboard"]).stderr(no_clipboard).fails_with(Exit::NoClipboard);
}

fn image_without_code() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(200, 200).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A session bus with nothing on it.
pub(crate) struct Bus {
    daemon: Child,
    pub(crate) address: String,
}

impl Bus {
    pub(crate) fn start() -> Self {
        let mut daemon = Command::new("dbus-daemon");
        daemon.args(["--session", "--nofork", "--print-address"]).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut daemon = daemon.spawn().expect("dbus-daemon is installed");
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Self { daemon, address: address.trim().to_owned() }
    }

    /// Puts a portal on it that gives `answer` to whoever wants a picture, and the file `picture`.
    fn portal(&self, answer: u32, picture: &Path) -> zbus::blocking::Connection {
        let portal = Portal { answer, picture: picture.to_owned() };
        let builder = zbus::blocking::connection::Builder::address(&*self.address).unwrap();
        let builder = builder.name("org.freedesktop.portal.Desktop").unwrap();
        builder.serve_at("/org/freedesktop/portal/desktop", portal).unwrap().build().unwrap()
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

struct Portal {
    answer: u32,
    picture: PathBuf,
}

const REQUEST: &str = "/org/freedesktop/portal/desktop/request/1_1/t";

#[zbus::interface(name = "org.freedesktop.portal.Screenshot")]
impl Portal {
    #[zbus(name = "Screenshot")]
    async fn screenshot(
        &self,
        #[zbus(connection)] bus: &zbus::Connection,
        #[zbus(header)] header: zbus::message::Header<'_>,
        parent: &str,
        options: HashMap<String, OwnedValue>,
    ) -> zbus::fdo::Result<OwnedObjectPath> {
        assert_eq!((parent, options.get("interactive")), ("", Some(&OwnedValue::from(false))));
        // The real one finds out who asks, and refuses a process that hides itself from it.
        let asking = header.sender().unwrap().to_owned();
        let process = zbus::fdo::DBusProxy::new(bus).await?.get_connection_unix_process_id(asking.into()).await?;
        let hidden = |_| zbus::fdo::Error::AccessDenied("unable to open its root".to_owned());
        fs::read_link(format!("/proc/{process}/root")).map_err(hidden)?;
        let uri = format!("file://{}", self.picture.display()).replace(' ', "%20");
        let (bus, answer) = (bus.clone(), self.answer);
        // The answer comes after the reply, as from a real portal.
        std::thread::spawn(move || {
            std::thread::sleep(std::time::Duration::from_millis(300));
            let results = HashMap::from([("uri", Value::from(uri))]);
            let bus = zbus::blocking::Connection::from(bus);
            let interface = "org.freedesktop.portal.Request";
            bus.emit_signal(None::<&str>, REQUEST, interface, "Response", &(answer, results)).unwrap();
        });
        Ok(ObjectPath::try_from(REQUEST).unwrap().into())
    }
}

#[test]
fn a_wayland_desktop_is_asked_through_its_portal() {
    let otp = Otp::bare();
    let bus = Bus::start();
    let there = |arguments: &[&str]| {
        let run = otp.run(arguments.iter().copied());
        run.env("WAYLAND_DISPLAY", "wayland-0").env("DBUS_SESSION_BUS_ADDRESS", &bus.address)
    };
    there(&["now", "--screen"])
        .stderr(
            "error: this desktop has no portal that lets programs look at the screen\n\
             hint: take a screenshot and import the file: `otp import PICTURE`\n",
        )
        .fails_with(Exit::NoScreen);
    let picture = PathBuf::from(otp.picture("Screenshot 1.png", TARO));
    let portal = bus.portal(0, &picture);
    there(&["now", "--screen", "--at", MOMENT.0]).stdout(MOMENT.1).succeeds();
    assert!(!picture.exists(), "the portal's file must not stay");
    drop(portal);
    let _portal = bus.portal(1, &picture);
    there(&["import", "--screen"])
        .stderr(
            "error: looking at the screen was not allowed\n\
             hint: allow it when the system asks, or in its privacy settings; or import a screenshot of your own\n",
        )
        .fails_with(Exit::Cancelled);
}
