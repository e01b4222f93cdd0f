//! Databases under Twofish, which is rare and which only a crate knows: it writes the same database
//! anew under AES.
//!
//! The crate unpacks without a limit, so only what cannot become too large is given to it, and it
//! recurses into groups, so their depth is checked first.

use keepass::config::{CompressionConfig, KdfConfig, OuterCipherConfig};
use keepass::{Database, DatabaseKey};
use zeroize::Zeroizing;

use crate::import::ImportError;
use crate::qr;
use crate::secret::Secret;

use super::header::Header;
use super::{closed, damaged, xml};

/// The largest packed content: a thousand times as much is 128 MiB, and nothing packs better.
const MOST_PACKED: usize = 128 << 10;

/// Whether the database of `header` is small enough.
pub(super) fn check_size(header: &Header<'_>) -> Result<(), ImportError> {
    if header.is_packed && header.body.len() > MOST_PACKED {
        return Err(closed("import-keepass-twofish", "import-hint-keepass-twofish"));
    }
    Ok(())
}

/// The database `bytes` under AES, with the same passphrase.
pub(super) fn rewrite(
    header: &Header<'_>,
    bytes: &[u8],
    passphrase: &Secret,
) -> Result<Zeroizing<Vec<u8>>, ImportError> {
    check_size(header)?;
    header.check_cost().map_err(ImportError::Crypto)?;
    let wrong = || ImportError::WrongPassphrase { format: super::ID };
    let passphrase = passphrase.expose_text().ok_or_else(wrong)?;
    let key = || DatabaseKey::new().with_password(passphrase);
    let written = qr::contained(|| {
        let xml = Zeroizing::new(Database::get_xml(&mut &*bytes, key()).map_err(|_| wrong())?);
        xml::check_depth(std::str::from_utf8(&xml).map_err(|_| damaged())?)?;
        let mut database = Database::parse(bytes, key()).map_err(|_| wrong())?;
        database.config.version = keepass::config::DatabaseVersion::KDB4(1);
        database.config.outer_cipher_config = OuterCipherConfig::AES256;
        database.config.compression_config = CompressionConfig::None;
        database.config.kdf_config = KdfConfig::Aes { rounds: 1 };
        let mut written = Zeroizing::new(Vec::new());
        database.save(&mut *written, key()).map_err(|_| damaged())?;
        Ok(written)
    });
    written.unwrap_or_else(|| Err(damaged()))
}
