//! A connection to the session bus, or to that of the system, for one caller that waits: no threads, and a deadline on every wait.
//!
//! A general D-Bus library starts an executor and a reactor, which cost a third of a whole `otp now`.
//! Requests are only queued by [`Bus::send`] and leave together at the next [`Bus::receive`], so a
//! hundred of them cost one system call. Protocol: D-Bus Specification, "Authentication Protocol".

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixStream};
use std::time::{Duration, Instant};

use zvariant::{DynamicType, Type};

use message::{FIXED, Message, What, request, rest};

pub(crate) use message::Target;

mod message;

/// How long a silence may last, in seconds.
pub(crate) const DEADLINE: u64 = 5;

/// The bus itself.
pub(crate) const BUS: Target<'_> =
    Target { name: "org.freedesktop.DBus", path: "/org/freedesktop/DBus", interface: "org.freedesktop.DBus" };

/// Why the bus gave no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BusError {
    /// There is no bus, or nobody on it under the name that was called.
    Absent,
    /// Nothing was said for this long.
    TimedOut {
        /// In seconds.
        seconds: u64,
    },
    /// The other side said no, or nothing that makes sense.
    Refused {
        /// The name of the D-Bus error.
        name: String,
    },
}

impl BusError {
    fn refused(name: &str) -> Self {
        Self::Refused { name: name.to_owned() }
    }
}

/// A connection to a bus.
#[derive(Debug)]
pub(crate) struct Bus {
    stream: BufReader<UnixStream>,
    queued: Vec<u8>,
    serial: u32,
    early: HashMap<u32, Message>,
    patience: u64,
}

/// A request that was sent; its answer can be received once.
#[derive(Debug)]
#[must_use]
pub(crate) struct Ticket(u32);

impl Bus {
    /// Connects to the session bus of this user.
    ///
    /// # Errors
    /// `Absent` when there is none.
    pub(crate) fn session() -> Result<Self, BusError> {
        Self::connect(&address())
    }

    /// Connects to the bus of the system.
    ///
    /// # Errors
    /// `Absent` when there is none.
    pub(crate) fn system() -> Result<Self, BusError> {
        let known = std::env::var("DBUS_SYSTEM_BUS_ADDRESS").ok().filter(|known| !known.is_empty());
        Self::connect(known.as_deref().unwrap_or("unix:path=/run/dbus/system_bus_socket"))
    }

    /// Connects to the first bus of `addresses` that answers (D-Bus Specification, "Server Addresses").
    fn connect(addresses: &str) -> Result<Self, BusError> {
        let stream = addresses.split(';').find_map(open).ok_or(BusError::Absent)?;
        let mut bus = Self {
            stream: BufReader::new(stream),
            queued: Vec::new(),
            serial: 0,
            early: HashMap::new(),
            patience: DEADLINE,
        };
        bus.wait_at_most(DEADLINE)?;
        bus.greet()?;
        // Its answer, our own name on the bus, is of no use to us.
        let _ = bus.send(BUS, "Hello", &())?;
        Ok(bus)
    }

    /// From now on a silence of `seconds` is a time-out.
    pub(crate) fn wait_at_most(&mut self, seconds: u64) -> Result<(), BusError> {
        self.patience = seconds;
        let limit = Some(Duration::from_secs(seconds));
        let stream = self.stream.get_ref();
        stream.set_read_timeout(limit).and_then(|()| stream.set_write_timeout(limit)).map_err(|_| lost())
    }

    /// Proves to the bus who we are: the kernel tells it, we only name the number.
    fn greet(&mut self) -> Result<(), BusError> {
        let user = rustix::process::getuid().as_raw().to_string();
        // In hexadecimal, as text: the digit 7 is the byte 37.
        let digits: String = user.chars().flat_map(|digit| ['3', digit]).collect();
        self.queued.extend(format!("\0AUTH EXTERNAL {digits}\r\nBEGIN\r\n").into_bytes());
        self.flush()?;
        let mut answer = Vec::new();
        // No honest answer is longer; a peer that never ends its line must not fill the memory.
        let read = self.stream.by_ref().take(1024).read_until(b'\n', &mut answer);
        read.map_err(|error| self.failed(&error))?;
        if answer.starts_with(b"OK ") {
            Ok(())
        } else {
            Err(BusError::refused("org.freedesktop.DBus.Error.AuthFailed"))
        }
    }

    /// Queues the call `member` on `target`.
    pub(crate) fn send<B: serde::Serialize + DynamicType>(
        &mut self,
        target: Target<'_>,
        member: &str,
        body: &B,
    ) -> Result<Ticket, BusError> {
        self.serial += 1;
        request(&mut self.queued, self.serial, target, member, body)?;
        Ok(Ticket(self.serial))
    }

    /// Sends what is queued and waits for the answer to `ticket`.
    ///
    /// # Errors
    /// What the other side said, or `TimedOut`.
    #[allow(clippy::needless_pass_by_value, reason = "an answer can be received once")]
    pub(crate) fn receive<T: serde::de::DeserializeOwned + Type>(&mut self, ticket: Ticket) -> Result<T, BusError> {
        self.flush()?;
        let started = Instant::now();
        loop {
            if let Some(message) = self.early.remove(&ticket.0) {
                return if message.what == What::Error { Err(named(&message.error)) } else { message.body() };
            }
            // Whoever talks of other things all the time does not answer either.
            if started.elapsed().as_secs() >= self.patience {
                return Err(BusError::TimedOut { seconds: self.patience });
            }
            self.next()?;
        }
    }

    /// [`Bus::send`] and [`Bus::receive`].
    pub(crate) fn call<B, T>(&mut self, target: Target<'_>, member: &str, body: &B) -> Result<T, BusError>
    where
        B: serde::Serialize + DynamicType,
        T: serde::de::DeserializeOwned + Type,
    {
        let ticket = self.send(target, member, body)?;
        self.receive(ticket)
    }

    /// Sends what is queued and waits for the signal `member` of the object at `path`.
    pub(crate) fn signal<T: serde::de::DeserializeOwned + Type>(
        &mut self,
        path: &str,
        member: &str,
    ) -> Result<T, BusError> {
        self.flush()?;
        loop {
            let message = self.next()?;
            if let Some(message) = message.filter(|it| it.path == path && it.member == member) {
                return message.body();
            }
        }
    }

    /// Reads one message: a signal is handed over, an answer is put aside for its ticket.
    fn next(&mut self) -> Result<Option<Message>, BusError> {
        let mut head = [0; FIXED];
        self.stream.read_exact(&mut head).map_err(|error| self.failed(&error))?;
        let (fields, body) = rest(head)?;
        let fields = self.bytes(fields)?;
        let body = self.bytes(body)?;
        let message = Message::parse(head, &fields, body)?;
        match message.what {
            What::Signal => return Ok(Some(message)),
            What::Reply | What::Error => drop(self.early.insert(message.answers, message)),
            What::Other => {}
        }
        Ok(None)
    }

    fn bytes(&mut self, length: usize) -> Result<Vec<u8>, BusError> {
        let mut bytes = vec![0; length];
        self.stream.read_exact(&mut bytes).map_err(|error| self.failed(&error))?;
        Ok(bytes)
    }

    fn flush(&mut self) -> Result<(), BusError> {
        let queued = std::mem::take(&mut self.queued);
        self.stream.get_mut().write_all(&queued).map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &io::Error) -> BusError {
        match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => BusError::TimedOut { seconds: self.patience },
            _ => lost(),
        }
    }
}

/// Where the session bus is: what the variable says, else where every modern system puts it.
fn address() -> String {
    let known = std::env::var("DBUS_SESSION_BUS_ADDRESS").ok().filter(|known| !known.is_empty());
    known.unwrap_or_else(|| format!("unix:path={}/bus", std::env::var("XDG_RUNTIME_DIR").unwrap_or_default()))
}

/// Opens one address; `None` if it is of a kind we do not speak, or nobody listens there.
fn open(address: &str) -> Option<UnixStream> {
    let parts = address.strip_prefix("unix:")?;
    parts.split(',').filter_map(|part| part.split_once('=')).find_map(|(name, value)| {
        let value = unescape(value)?;
        match name {
            "path" => UnixStream::connect(String::from_utf8(value).ok()?).ok(),
            "abstract" => UnixStream::connect_addr(&SocketAddr::from_abstract_name(value).ok()?).ok(),
            _ => None,
        }
    })
}

/// Takes the `%41` out of an address; `None` where a `%` has no two digits after it.
pub(crate) fn unescape(value: &str) -> Option<Vec<u8>> {
    let mut parts = value.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(part.get(..2)?, 16).ok()?);
        bytes.extend(part.get(2..)?.as_bytes());
    }
    Some(bytes)
}

fn lost() -> BusError {
    BusError::refused("org.freedesktop.DBus.Error.Disconnected")
}

/// The failure of whoever wrote or sent something that makes no sense.
pub(crate) fn malformed() -> BusError {
    BusError::refused("org.freedesktop.DBus.Error.InconsistentMessage")
}

/// What the D-Bus error `name` means to us. Its text stays behind: it may quote anything.
fn named(name: &str) -> BusError {
    let fits = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'_');
    match name.strip_prefix("org.freedesktop.DBus.Error.") {
        Some("ServiceUnknown" | "NameHasNoOwner") => BusError::Absent,
        Some(other) if other.starts_with("Spawn.") => BusError::Absent,
        _ if fits => BusError::refused(name),
        _ => malformed(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_told_by_its_name() {
        #[track_caller]
        fn case(name: &str, error: &BusError) {
            assert_eq!(&named(name), error);
        }
        case("org.freedesktop.DBus.Error.ServiceUnknown", &BusError::Absent);
        case("org.freedesktop.DBus.Error.Spawn.ChildExited", &BusError::Absent);
        case("org.freedesktop.DBus.Error.NoReply", &BusError::refused("org.freedesktop.DBus.Error.NoReply"));
        case("a\u{1b}[2J", &malformed());
    }

    #[test]
    fn addresses_are_unescaped() {
        #[track_caller]
        fn case(value: &str, bytes: Option<&[u8]>) {
            assert_eq!(unescape(value).as_deref(), bytes);
        }
        case("/run/user/1000/bus", Some(b"/run/user/1000/bus"));
        case("/a%20b%2c", Some(b"/a b,"));
        case("%ff", Some(b"\xff"));
        case("/a%2", None);
        case("/a%zz", None);
    }

    #[test]
    fn no_bus_is_nobody_there() {
        #[track_caller]
        fn case(addresses: &str) {
            assert_eq!(Bus::connect(addresses).err(), Some(BusError::Absent));
        }
        case("");
        case("unix:path=/nowhere/bus");
        case("autolaunch:;tcp:host=localhost,port=1;unix:abstract=otp-nobody-listens-here");
    }

    /// A bus that takes the greeting and then says `reply`, whatever was asked.
    fn fake(reply: &'static [u8]) -> Bus {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bus");
        let listener = std::os::unix::net::UnixListener::bind(&path).unwrap();
        std::thread::spawn(move || {
            let (mut peer, _) = listener.accept().unwrap();
            peer.write_all(b"OK 0\r\n").unwrap();
            peer.write_all(reply).unwrap();
            // Stays open until the other side leaves.
            let _ = io::copy(&mut peer, &mut io::sink());
        });
        Bus::connect(&format!("unix:path={}", path.display())).unwrap()
    }

    #[test]
    fn a_silent_bus_times_out() {
        let mut bus = fake(b"");
        bus.wait_at_most(1).unwrap();
        assert_eq!(bus.call::<_, String>(BUS, "GetId", &()), Err(BusError::TimedOut { seconds: 1 }));
    }

    #[test]
    fn nonsense_from_the_bus_is_refused() {
        #[track_caller]
        fn case(reply: &'static [u8]) {
            assert_eq!(fake(reply).call::<_, String>(BUS, "GetId", &()), Err(malformed()));
        }
        case(b"HTTP/1.1 400 Bad Request\r\n");
        // Longer than any message may be.
        case(b"l\x02\x00\x01\xff\xff\xff\xff\x01\x00\x00\x00\x00\x00\x00\x00");
        // A header field of a type that does not exist.
        case(b"l\x02\x00\x01\x00\x00\x00\x00\x01\x00\x00\x00\x08\x00\x00\x00\x05\x01?\x00\x01\x00\x00\x00");
    }
}
