//! Files of the `age` format, with a passphrase or for a key; stock `age` opens all of them.
//!
//! The crate behind it measures the clock to choose how hard a passphrase is to guess, so a busy
//! machine would write weak files and refuse good ones (`security.md` F8): every limit is set here.

use std::fmt;
use std::io::{Read, Write};
use std::iter;

use ::age::secrecy::{ExposeSecret, SecretString};
use ::age::{DecryptError, Decryptor, Encryptor, scrypt, x25519};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::CryptoError;
use crate::secret::Secret;

/// The scrypt work that is written: 2^18 rounds, 256 MiB (`security.md` part 4, rule 1).
pub const WORK: u8 = 18;
/// The scrypt work that is accepted from a file: 2^20 rounds, 1 GiB.
pub const MOST_WORK: u8 = 20;
/// The scrypt work that is accepted when the user asks for it: 2^22 rounds, 4 GiB.
pub const MOST_WORK_ON_REQUEST: u8 = 22;

/// The largest file read or written, in MiB.
const MOST_MIB: usize = 64;

/// What the line of every [`Identity`] begins with, and how many characters it has.
pub(crate) const KEY_MARK: &str = "AGE-SECRET-KEY-1";
const KEY_LENGTH: usize = 74;

/// Encrypts `plain` with `passphrase`, at the cost of `work`: [`WORK`], but 1 to 22 are possible,
/// so that tests need not wait.
///
/// # Errors
/// When the passphrase is not text or `plain` is larger than 64 MiB.
pub(crate) fn seal(work: u8, passphrase: &Secret, plain: &[u8]) -> Result<Vec<u8>, CryptoError> {
    let mut recipient = scrypt::Recipient::new(password(passphrase)?);
    recipient.set_work_factor(work);
    encrypt(&[&recipient], plain)
}

/// Decrypts a file that [`seal`] or `age -p` wrote, if its work is at most `most_work`: take
/// [`MOST_WORK`], or up to [`MOST_WORK_ON_REQUEST`] when the user asked for it.
///
/// # Errors
/// When the passphrase does not fit, the file is damaged or for a key, or a limit is exceeded,
/// which is found out before any work is done.
pub fn open(passphrase: &Secret, file: &[u8], most_work: u8) -> Result<Zeroizing<Vec<u8>>, CryptoError> {
    let most = most_work.min(MOST_WORK_ON_REQUEST);
    let mut identity = scrypt::Identity::new(password(passphrase)?);
    identity.set_max_work_factor(most);
    let decryptor = header(file)?;
    if !decryptor.is_scrypt() {
        return Err(CryptoError::NoPassphrase);
    }
    decrypt(decryptor, file.len(), &identity).map_err(|error| match error {
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => CryptoError::WrongPassphrase,
        DecryptError::ExcessiveWork { required, .. } => CryptoError::TooMuchWork { required, most },
        _ => CryptoError::Damaged,
    })
}

/// Encrypts `plain` so that the identity of any of `recipients` opens it.
///
/// # Errors
/// When there is no recipient or `plain` is larger than 64 MiB.
pub fn seal_for(recipients: &[Recipient], plain: &[u8]) -> Result<Vec<u8>, CryptoError> {
    let recipients: Vec<_> = recipients.iter().map(|recipient| &recipient.0 as &dyn ::age::Recipient).collect();
    encrypt(&recipients, plain)
}

/// A private key (X25519): opens what is encrypted for its [`Recipient`].
pub struct Identity(x25519::Identity);

impl Identity {
    /// A new random one.
    pub fn generate() -> Self {
        Self(x25519::Identity::generate())
    }

    /// Reads what `age-keygen` writes: comments and one `AGE-SECRET-KEY-1…` line.
    pub fn parse(text: &Secret) -> Option<Self> {
        // EXPOSE: the line is decoded here; the decoder wipes its own copies.
        let lines = text.expose_text()?.lines().map(str::trim);
        let mut keys = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        let identity = keys.next()?.parse().ok()?;
        keys.next().is_none().then_some(Self(identity))
    }

    /// Reads such a line as it is typed from paper: in groups, in small letters, full-width.
    ///
    /// # Errors
    /// When it is none, or its letters do not fit together.
    pub fn typed(text: &Secret) -> Result<Self, CryptoError> {
        if let Some(key) = Self::parse(text) {
            return Ok(key);
        }
        // EXPOSE: folded into the one spelling there is; the copy is wiped.
        let typed = text.expose_text().ok_or(CryptoError::NoKey)?;
        let folded = typed.nfkc().filter(|symbol| !symbol.is_whitespace()).flat_map(char::to_uppercase);
        let folded = Secret::from_text(folded.collect());
        Self::parse(&folded).ok_or_else(|| {
            // EXPOSE: looked at for its beginning and length.
            let line = folded.expose_text().unwrap_or_default();
            let has_form = line.starts_with(KEY_MARK) && line.chars().count() == KEY_LENGTH;
            if has_form { CryptoError::Slip } else { CryptoError::NoKey }
        })
    }

    /// The `AGE-SECRET-KEY-1…` line, without a line feed.
    pub fn line(&self) -> Secret {
        // EXPOSE: moves from the crate's secret type into ours.
        Secret::new(self.0.to_string().expose_secret().as_bytes().to_vec())
    }

    /// The public half.
    pub fn recipient(&self) -> Recipient {
        Recipient(self.0.to_public())
    }

    /// Decrypts a file that is encrypted for this identity.
    ///
    /// # Errors
    /// When it is for another key, damaged, or larger than 64 MiB.
    pub fn open(&self, file: &[u8]) -> Result<Zeroizing<Vec<u8>>, CryptoError> {
        decrypt(header(file)?, file.len(), &self.0).map_err(|error| match error {
            DecryptError::NoMatchingKeys => CryptoError::WrongKey,
            _ => CryptoError::Damaged,
        })
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(…)")
    }
}

/// A public key. Who knows it can forge files for its owner, so it is not spread about
/// (`security.md` part 4, rule 8).
#[derive(Clone)]
pub struct Recipient(x25519::Recipient);

impl Recipient {
    /// Reads an `age1…` text.
    pub fn parse(text: &str) -> Option<Self> {
        text.trim().parse().ok().map(Self)
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// `passphrase` as the crate wants it; its copy is wiped too.
fn password(passphrase: &Secret) -> Result<SecretString, CryptoError> {
    // EXPOSE: scrypt takes the passphrase itself.
    passphrase.expose_text().map(SecretString::from).ok_or(CryptoError::NotText)
}

fn encrypt(recipients: &[&dyn ::age::Recipient], plain: &[u8]) -> Result<Vec<u8>, CryptoError> {
    check_size(plain)?;
    let encryptor = Encryptor::with_recipients(recipients.iter().copied()).map_err(|_| CryptoError::WrongKey)?;
    let mut file = Vec::with_capacity(plain.len() + 1024);
    // Writing to memory fails only when there is none left.
    let mut writer = encryptor.wrap_output(&mut file).map_err(|_| CryptoError::Damaged)?;
    writer.write_all(plain).and_then(|()| writer.finish()).map_err(|_| CryptoError::Damaged)?;
    Ok(file)
}

fn header(file: &[u8]) -> Result<Decryptor<&[u8]>, CryptoError> {
    check_size(file)?;
    Decryptor::new(file).map_err(|_| CryptoError::Damaged)
}

/// Reads everything behind the header; the whole file has `size` bytes.
fn decrypt(
    decryptor: Decryptor<&[u8]>,
    size: usize,
    identity: &dyn ::age::Identity,
) -> Result<Zeroizing<Vec<u8>>, DecryptError> {
    // A plain text is shorter than its file, so the buffer never grows and leaves no copy behind.
    let mut plain = Zeroizing::new(Vec::with_capacity(size));
    decryptor.decrypt(iter::once(identity))?.read_to_end(&mut plain)?;
    Ok(plain)
}

fn check_size(content: &[u8]) -> Result<(), CryptoError> {
    if content.len() > MOST_MIB * 1024 * 1024 {
        return Err(CryptoError::TooLarge { most: MOST_MIB as u64 });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Small work, so that the tests need not wait.
    const QUICK: u8 = 4;

    fn secret(text: &str) -> Secret {
        Secret::from_text(text.to_owned())
    }

    #[test]
    fn a_passphrase_opens_what_it_sealed() {
        let file = seal(QUICK, &secret("なまむぎなまごめ"), b"plain").unwrap();
        assert_eq!(&**open(&secret("なまむぎなまごめ"), &file, MOST_WORK).unwrap(), b"plain");
        let wrong = open(&secret("wrong"), &file, MOST_WORK);
        assert_eq!(wrong.unwrap_err(), CryptoError::WrongPassphrase);
    }

    #[test]
    fn work_is_bounded_before_it_is_done() {
        #[track_caller]
        fn case(required: u8, most_work: u8, most: u8) {
            let mut file = seal(QUICK, &secret("passphrase"), b"plain").unwrap();
            // The salt before the number has 22 symbols (age specification, scrypt stanza).
            let place = file.windows(11).position(|part| part.starts_with(b"-> scrypt ")).unwrap() + 10 + 22 + 1;
            assert_eq!(file[place], b'4');
            file.splice(place..=place, required.to_string().bytes());
            let error = open(&secret("passphrase"), &file, most_work).unwrap_err();
            assert_eq!(error, CryptoError::TooMuchWork { required, most });
        }
        case(21, MOST_WORK, 20);
        case(40, MOST_WORK, 20);
        case(23, MOST_WORK_ON_REQUEST, 22);
        case(23, 63, 22);
    }

    #[test]
    fn every_bit_counts() {
        let identity = Identity::generate();
        let file = seal_for(&[identity.recipient()], b"plain").unwrap();
        for place in 0..file.len() {
            let mut flipped = file.clone();
            flipped[place] ^= 1;
            assert!(identity.open(&flipped).is_err(), "byte {place} may be altered");
            assert!(identity.open(&file[..place]).is_err(), "{place} bytes are enough");
        }
        assert_eq!(&**identity.open(&file).unwrap(), b"plain");
    }

    #[test]
    fn every_recipient_opens_and_nobody_else() {
        let [one, two, other] = [(); 3].map(|()| Identity::generate());
        let file = seal_for(&[one.recipient(), two.recipient()], b"plain").unwrap();
        assert_eq!(&**one.open(&file).unwrap(), b"plain");
        assert_eq!(&**two.open(&file).unwrap(), b"plain");
        assert_eq!(other.open(&file).unwrap_err(), CryptoError::WrongKey);
        assert_eq!(open(&secret("any"), &file, MOST_WORK).unwrap_err(), CryptoError::NoPassphrase);
        assert_eq!(seal_for(&[], b"plain").unwrap_err(), CryptoError::WrongKey);
    }

    #[test]
    fn an_identity_is_read_as_age_keygen_writes_it() {
        #[track_caller]
        fn case(text: &str, recipient: Option<&str>) {
            let read = Identity::parse(&secret(text)).map(|identity| identity.recipient().to_string());
            assert_eq!(read.as_deref(), recipient);
        }
        let identity = Identity::generate();
        let recipient = identity.recipient().to_string();
        let line = identity.line();
        let line = line.expose_text().unwrap();
        case(line, Some(&recipient));
        case(&format!("# created: 2026-11-22\n# public key: {recipient}\n{line}\r\n"), Some(&recipient));
        case(&format!("{line}\n{line}\n"), None);
        case(&line[1..], None);
        case("", None);
        assert_eq!(Recipient::parse(&recipient).unwrap().to_string(), recipient);
        assert_eq!(format!("{identity:?}"), "Identity(…)");
        let groups: Vec<String> =
            line.to_lowercase().chars().collect::<Vec<_>>().chunks(4).map(String::from_iter).collect();
        let typed = Identity::typed(&secret(&groups.join("　"))).unwrap();
        assert_eq!(typed.recipient().to_string(), recipient);
    }

    #[test]
    fn a_slip_in_a_key_is_told_from_what_is_none() {
        let identity = Identity::generate();
        let line = identity.line();
        let line = line.expose_text().unwrap();
        assert_eq!(line.len(), KEY_LENGTH);
        let case = |text: &str, expected| assert_eq!(Identity::typed(&secret(text)).unwrap_err(), expected, "{text}");
        for (at, letter) in line.char_indices().skip(KEY_MARK.len()) {
            // The last one has no place in a key at all.
            for other in ['Q', 'P', '1'].into_iter().filter(|other| *other != letter) {
                let slip = format!("{}{other}{}", &line[..at], &line[at + 1..]);
                case(&slip, CryptoError::Slip);
                case(&slip.to_lowercase(), CryptoError::Slip);
            }
        }
        for none in [&line[..40], &line[1..], &format!("{line}Q"), "", "AGE-SECRET-KEY-1"] {
            case(none, CryptoError::NoKey);
        }
    }

    #[test]
    fn what_is_no_age_file_is_damaged() {
        for file in [&b""[..], b"age-encryption.org/v1", b"age-encryption.org/v2\n-> X\n\n--- \n", &[0; 5000]] {
            assert_eq!(Identity::generate().open(file).unwrap_err(), CryptoError::Damaged);
            assert_eq!(open(&secret("any"), file, MOST_WORK).unwrap_err(), CryptoError::Damaged);
        }
        let huge = vec![0; 64 * 1024 * 1024 + 1];
        assert_eq!(Identity::generate().open(&huge).unwrap_err(), CryptoError::TooLarge { most: 64 });
        assert_eq!(open(&Secret::new(vec![0xff]), b"", MOST_WORK).unwrap_err(), CryptoError::NotText);
    }
}
