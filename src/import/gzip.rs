//! Content under gzip (RFC 1952), counted after decompression (`security.md` R2.3).

use std::io::Read as _;

use zeroize::Zeroizing;
use zip::read::read_zipfile_from_stream;

use super::archive::ArchiveError;

/// The fixed part of a header.
const HEADER: usize = 10;
/// Checksum and size after the content.
const TRAILER: usize = 8;

/// The content of `packed`, at most `most` bytes.
///
/// # Errors
/// When it is damaged or larger.
pub(super) fn unpack(packed: &[u8], most: u64) -> Result<Zeroizing<Vec<u8>>, ArchiveError> {
    let (deflated, trailer) = take_apart(packed).ok_or(ArchiveError::Damaged)?;
    // Only archives are unpacked here, so the content is given the header of a file in one.
    let length = u32::try_from(deflated.len()).map_err(|_| ArchiveError::TooBig)?.to_le_bytes();
    let (checksum, size) = trailer.split_at(4);
    let header = [b"PK\x03\x04\x14\0\0\0\x08\0\0\0\x21\0".as_slice(), checksum, &length, size, b"\x01\0\0\0x"].concat();
    let mut stream = header.chain(deflated);
    let file = read_zipfile_from_stream(&mut stream).ok().flatten().ok_or(ArchiveError::Damaged)?;
    let mut content = Zeroizing::new(Vec::new());
    let result = file.take(most + 1).read_to_end(&mut content);
    match result {
        _ if content.len() as u64 > most => Err(ArchiveError::TooBig),
        Ok(_) => Ok(content),
        Err(_) => Err(ArchiveError::Damaged),
    }
}

/// What lies between header and trailer, and the trailer.
fn take_apart(packed: &[u8]) -> Option<(&[u8], &[u8])> {
    let (header, rest) = packed.split_at_checked(HEADER)?;
    let flags = *header.strip_prefix(b"\x1f\x8b\x08")?.first()?;
    let mut rest = rest;
    if flags & 4 != 0 {
        let (length, after) = rest.split_first_chunk::<2>()?;
        rest = after.get(usize::from(u16::from_le_bytes(*length))..)?;
    }
    // A name and a comment, each ended by a NUL.
    for flag in [8, 16] {
        if flags & flag != 0 {
            rest = rest.get(memchr::memchr(0, rest)? + 1..)?;
        }
    }
    if flags & 2 != 0 {
        rest = rest.get(2..)?;
    }
    rest.split_at_checked(rest.len().checked_sub(TRAILER)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made with `printf hello | gzip -9` and `gzip -9N` of a file called `name`.
    #[test]
    fn content_is_unpacked_and_counted() {
        let content = b"\xcb\x48\xcd\xc9\xc9\x07\x00\x86\xa6\x10\x36\x05\0\0\0";
        let bare = [b"\x1f\x8b\x08\0\0\0\0\0\x02\x03".as_slice(), content].concat();
        let named = [b"\x1f\x8b\x08\x08\0\0\0\0\x02\x03name\0".as_slice(), content].concat();
        for packed in [&bare, &named] {
            assert_eq!(**unpack(packed, 5).unwrap(), *b"hello");
            assert_eq!(unpack(packed, 4).unwrap_err(), ArchiveError::TooBig);
            for length in 0..packed.len() {
                assert!(unpack(&packed[..length], 5).is_err());
            }
        }
    }
}
