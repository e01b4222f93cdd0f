//! D-Bus messages as bytes: requests out, replies and signals in.
//!
//! Bodies are `zvariant`'s work; only the header is written here, because the signature in it
//! stands without the outer brackets that `zvariant` would put around it. Format: D-Bus
//! Specification, "Message Format".

use zvariant::serialized::{Context, Data};
use zvariant::{DynamicType, Endian, Type, Value};

use super::{BusError, malformed};

/// The fixed part of a header, in bytes: through the length of the fields.
pub(super) const FIXED: usize = 16;

/// The longest message the specification allows.
const MOST: usize = 128 * 1024 * 1024;

/// An object of a program on the bus, and which of its interfaces is meant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Target<'a> {
    pub(crate) name: &'a str,
    pub(crate) path: &'a str,
    pub(crate) interface: &'a str,
}

/// Appends the call `member` on `target` to `out`.
///
/// # Errors
/// When `body` cannot be written as D-Bus, such as a text with a zero byte in it.
pub(super) fn request<B: serde::Serialize + DynamicType>(
    out: &mut Vec<u8>,
    serial: u32,
    target: Target<'_>,
    member: &str,
    body: &B,
) -> Result<(), BusError> {
    let bytes = zvariant::to_bytes(Context::new_dbus(Endian::Little, 0), body).map_err(|_| malformed())?;
    let mut head = vec![b'l', 1, 0, 1];
    for number in [length(bytes.len())?, serial, 0] {
        head.extend(number.to_le_bytes());
    }
    for (code, kind, text) in
        [(1, b'o', target.path), (2, b's', target.interface), (3, b's', member), (6, b's', target.name)]
    {
        field(&mut head, code, kind);
        head.extend(length(text.len())?.to_le_bytes());
        head.extend(text.as_bytes());
        head.push(0);
    }
    let signature = body.signature().to_string_no_parens();
    if !signature.is_empty() {
        field(&mut head, 8, b'g');
        head.push(u8::try_from(signature.len()).map_err(|_| malformed())?);
        head.extend(signature.as_bytes());
        head.push(0);
    }
    let fields = length(head.len() - FIXED)?;
    head.splice(FIXED - 4..FIXED, fields.to_le_bytes());
    pad(&mut head);
    out.extend(head);
    out.extend_from_slice(&bytes);
    Ok(())
}

fn length(bytes: usize) -> Result<u32, BusError> {
    u32::try_from(bytes).ok().filter(|_| bytes <= MOST).ok_or_else(malformed)
}

/// Starts the header field `code` holding a value of the one-letter type `kind`.
fn field(head: &mut Vec<u8>, code: u8, kind: u8) {
    pad(head);
    head.extend([code, 1, kind, 0]);
}

fn pad(bytes: &mut Vec<u8>) {
    bytes.resize(bytes.len().next_multiple_of(8), 0);
}

/// What a message is, as far as we care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Reply,
    Error,
    Signal,
    Other,
}

/// A message that came in.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) what: What,
    /// The serial of the request it answers, 0 if it answers none.
    pub(super) answers: u32,
    pub(super) path: String,
    pub(super) member: String,
    pub(super) error: String,
    signature: String,
    body: Data<'static, 'static>,
}

/// The length of what follows the fixed part `head`: fields with their padding, and body.
///
/// # Errors
/// When `head` does not start a message, or a longer one than the specification allows.
pub(super) fn rest(head: [u8; FIXED]) -> Result<(usize, usize), BusError> {
    let number = |at: usize| -> Option<usize> {
        let bytes = <[u8; 4]>::try_from(head.get(at..at + 4)?).ok()?;
        let number = match endian(head)? {
            Endian::Little => u32::from_le_bytes(bytes),
            Endian::Big => u32::from_be_bytes(bytes),
        };
        usize::try_from(number).ok().filter(|length| *length <= MOST)
    };
    number(FIXED - 4).zip(number(4)).map(|(fields, body)| (fields.next_multiple_of(8), body)).ok_or_else(malformed)
}

fn endian(head: [u8; FIXED]) -> Option<Endian> {
    match head[0] {
        b'l' => Some(Endian::Little),
        b'B' => Some(Endian::Big),
        _ => None,
    }
}

impl Message {
    /// Reads a message from its fixed part, its fields and its body.
    ///
    /// # Errors
    /// When it breaks the format.
    pub(super) fn parse(head: [u8; FIXED], fields: &[u8], body: Vec<u8>) -> Result<Self, BusError> {
        let endian = endian(head).ok_or_else(malformed)?;
        // The list starts with its length, at byte 12 of the message.
        let list: Vec<u8> = head[FIXED - 4..].iter().chain(fields).copied().collect();
        let list = Data::new(list, Context::new_dbus(endian, FIXED - 4));
        let (list, _): (Vec<(u8, Value<'_>)>, _) = list.deserialize().map_err(|_| malformed())?;
        let what = match head[1] {
            2 => What::Reply,
            3 => What::Error,
            4 => What::Signal,
            _ => What::Other,
        };
        let body = Data::new(body, Context::new_dbus(endian, 0));
        let mut message = Self {
            what,
            answers: 0,
            path: String::new(),
            member: String::new(),
            error: String::new(),
            signature: String::new(),
            body,
        };
        for (code, value) in list {
            match (code, value) {
                (1, Value::ObjectPath(path)) => message.path = path.to_string(),
                (3, Value::Str(name)) => message.member = name.to_string(),
                (4, Value::Str(name)) => message.error = name.to_string(),
                (5, Value::U32(serial)) => message.answers = serial,
                (8, Value::Signature(signature)) => message.signature = signature.to_string_no_parens(),
                _ => {}
            }
        }
        Ok(message)
    }

    /// The body as a `T`.
    ///
    /// # Errors
    /// When it is something else.
    pub(super) fn body<T: serde::de::DeserializeOwned + Type>(&self) -> Result<T, BusError> {
        if self.signature != T::SIGNATURE.to_string_no_parens() {
            return Err(malformed());
        }
        self.body.deserialize().map(|(body, _)| body).map_err(|_| malformed())
    }
}
