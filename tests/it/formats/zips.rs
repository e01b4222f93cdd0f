//! Zip archives for the generators, the same bytes every time.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{AesSalt, DateTime, ZipWriter};

/// An archive of `members`, as WinZip locks it where there is a passphrase.
pub(crate) fn zip(members: &[(&str, &[u8])], passphrase: Option<&str>) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default()).unix_permissions(0o600);
    for (name, content) in members {
        match passphrase {
            Some(passphrase) => {
                let salt = AesSalt::Aes256([7; 16]);
                let options = options.with_aes_encryption_and_salt(passphrase.as_bytes(), salt);
                writer.start_file(*name, options).unwrap();
            }
            None => writer.start_file(*name, options).unwrap(),
        }
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// An archive of one member under the classic cipher of PKZIP, stored and not compressed
/// (<https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT> 6.1).
pub(crate) fn zip_crypto(name: &str, content: &[u8], passphrase: &str) -> Vec<u8> {
    let check = crc(u32::MAX, content) ^ u32::MAX;
    let mut head = [9; 12];
    head[11] = check.to_be_bytes()[0];
    let mut keys = Keys::new(passphrase);
    let sealed: Vec<u8> = head.iter().chain(content).map(|byte| keys.seal(*byte)).collect();
    let [packed, size] = [sealed.len(), content.len()].map(|length| u32::try_from(length).unwrap().to_le_bytes());
    let name_length = u16::try_from(name.len()).unwrap().to_le_bytes();
    // Version 2.0, encrypted, stored, 1980-01-01.
    let mut common = vec![20, 0, 1, 0, 0, 0, 0, 0, 0x21, 0];
    common.extend([check.to_le_bytes(), packed, size].concat());
    common.extend([name_length, [0, 0]].concat());
    let local = [b"PK\x03\x04".as_slice(), &common, name.as_bytes(), &sealed].concat();
    let central = [b"PK\x01\x02\x14\0".as_slice(), &common, &[0; 14], name.as_bytes()].concat();
    let [start, length] = [local.len(), central.len()].map(|length| u32::try_from(length).unwrap().to_le_bytes());
    let end = [b"PK\x05\x06\0\0\0\0\x01\0\x01\0".as_slice(), &length, &start, &[0, 0]].concat();
    [local, central, end].concat()
}

/// The three keys of the cipher.
struct Keys([u32; 3]);

impl Keys {
    fn new(passphrase: &str) -> Self {
        let mut keys = Self([0x1234_5678, 0x2345_6789, 0x3456_7890]);
        for byte in passphrase.bytes() {
            keys.update(byte);
        }
        keys
    }

    fn update(&mut self, byte: u8) {
        let [one, two, three] = &mut self.0;
        *one = crc(*one, &[byte]);
        *two = two.wrapping_add(*one & 0xff).wrapping_mul(134_775_813).wrapping_add(1);
        *three = crc(*three, &[two.to_be_bytes()[0]]);
    }

    fn seal(&mut self, byte: u8) -> u8 {
        let mixed = (self.0[2] | 2) & 0xffff;
        let stream = mixed.wrapping_mul(mixed ^ 1).to_le_bytes()[1];
        self.update(byte);
        byte ^ stream
    }
}

/// CRC-32 without the final inversion.
pub(crate) fn crc(start: u32, bytes: &[u8]) -> u32 {
    bytes.iter().fold(start, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    })
}
