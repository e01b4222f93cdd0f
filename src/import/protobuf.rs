//! The outer shape of Protocol Buffers messages: fields, not their meaning.
//!
//! Encoding: <https://protobuf.dev/programming-guides/encoding/>. Nothing is copied, and no length
//! is believed beyond the bytes that are there.

/// The fields of a message. Ends after the first fault.
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

/// What a field holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// Wire type 0.
    Number(u64),
    /// Wire type 2: bytes, a text or a message.
    Bytes(&'a [u8]),
    /// Fixed 32 or 64 bits, which nothing we read uses.
    Fixed,
}

/// The message breaks the encoding, or is cut short.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed;

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Value<'a>), Malformed>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field().ok_or(Malformed);
        if field.is_err() {
            self.0 = &[];
        }
        Some(field)
    }
}

impl<'a> Fields<'a> {
    fn field(&mut self) -> Option<(u64, Value<'a>)> {
        let tag = self.number()?;
        let value = match tag & 7 {
            0 => Value::Number(self.number()?),
            1 => self.bytes(8).map(|_| Value::Fixed)?,
            2 => {
                let length = self.number()?;
                Value::Bytes(self.bytes(usize::try_from(length).ok()?)?)
            }
            5 => self.bytes(4).map(|_| Value::Fixed)?,
            _ => return None,
        };
        Some((tag >> 3, value))
    }

    /// A number in groups of seven bits, the lowest first; ten bytes at most.
    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_and_lengths_are_not_believed() {
        #[track_caller]
        fn case(message: &[u8], expected: &[Result<(u64, Value<'_>), Malformed>]) {
            assert_eq!(Fields(message).collect::<Vec<_>>(), expected);
        }
        // The first two are the examples of the encoding guide.
        case(&[0x08, 0x96, 0x01], &[Ok((1, Value::Number(150)))]);
        case(b"\x12\x07testing", &[Ok((2, Value::Bytes(b"testing")))]);
        // -2 as int32 has ten bytes.
        let minus_two = [0x28, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
        case(&minus_two, &[Ok((5, Value::Number(u64::MAX - 1)))]);
        case(b"\x0d1234\x0912345678", &[Ok((1, Value::Fixed)), Ok((1, Value::Fixed))]);
        case(&[0x08, 0x01, 0x0a, 0x05, 0x00], &[Ok((1, Value::Number(1))), Err(Malformed)]);
        // A length of 2^60, a number without end, a group.
        case(&[0x0a, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10], &[Err(Malformed)]);
        case(&[0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], &[Err(Malformed)]);
        case(&[0x0b, 0x0c], &[Err(Malformed)]);
        case(&[], &[]);
    }
}
