//! What one start hands over to another, as bytes.

use std::io::Read;
use std::path::PathBuf;

use zeroize::Zeroizing;

use crate::options::Given;

/// The most bytes that a start hands over.
const MOST: u64 = 256 * 1024;

/// What another start handed over.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Handed(pub(crate) Vec<Given>);

/// Each thing as a letter, its bytes, and a zero byte, which neither paths nor addresses have; a zero
/// byte more says that this was all.
pub(super) fn written(given: &[Given]) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::new());
    let mut write = |letter, content: &[u8]| {
        bytes.push(letter);
        bytes.extend_from_slice(content);
        bytes.push(0);
    };
    for one in given {
        match one {
            Given::Path(path) => write(b'p', path.as_os_str().as_encoded_bytes()),
            Given::Address(address) => write(b'a', address.as_bytes()),
        }
    }
    bytes.push(0);
    bytes
}

/// Reads it; `None` if its end does not come, or too late.
pub(super) fn read(stream: impl Read) -> Option<Handed> {
    let mut bytes = Zeroizing::new(Vec::new());
    // Whether all is there is seen from what came, however the other one took its leave.
    let _ = stream.take(MOST).read_to_end(&mut bytes);
    let bytes = bytes.strip_suffix(&[0])?;
    if bytes.last().is_some_and(|last| *last != 0) {
        return None;
    }
    Some(Handed(bytes.split(|byte| *byte == 0).filter_map(one).collect()))
}

fn one(piece: &[u8]) -> Option<Given> {
    match piece.split_first()? {
        (b'p', name) => path(name).map(Given::Path),
        (b'a', address) => Some(Given::Address(Zeroizing::new(String::from_utf8_lossy(address).into_owned()))),
        _ => None,
    }
}

#[cfg(unix)]
#[allow(clippy::unnecessary_wraps, reason = "not all bytes are a path elsewhere")]
fn path(bytes: &[u8]) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    Some(PathBuf::from(std::ffi::OsString::from_vec(bytes.to_vec())))
}

/// Windows lets a name have halves of letters, which no text has; such a file is chosen in the window.
#[cfg(not(unix))]
fn path(bytes: &[u8]) -> Option<PathBuf> {
    String::from_utf8(bytes.to_vec()).ok().map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Given {
        Given::Address(Zeroizing::new(text.to_owned()))
    }

    #[test]
    fn what_is_handed_over_arrives() {
        let given = [address("otpauth://totp/x?secret=AE"), Given::Path("コード.png".into())];
        assert_eq!(read(&**written(&given)).unwrap().0, given);
        assert_eq!(read(&**written(&[])).unwrap().0, []);
    }

    #[test]
    fn only_what_is_whole_counts() {
        let whole = written(&[address("otpauth://totp/x?secret=AE"), address("otpauth://totp/y?secret=AE")]);
        for end in 0..whole.len() {
            assert_eq!(read(&whole[..end]), None, "{end} bytes");
        }
        let long = vec![b'a'; usize::try_from(MOST).unwrap()];
        assert_eq!(read(&*[&long, &[0, 0][..]].concat()), None);
        assert_eq!(read(&b"x?\0p\0\0"[..]).unwrap().0, [Given::Path(PathBuf::new())]);
    }
}
