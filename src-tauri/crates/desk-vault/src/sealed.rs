//! The passphrase file's format: a header with the key's derivation, a nonce, and the secrets sealed as one JSON object.
//!
//! ```text
//! "SDVAULT1" | memory KiB u32 | passes u32 | lanes u32 | salt 16 | nonce 24 | XChaCha20-Poly1305(JSON)
//! ```
//! Numbers are little-endian. The header (up to the nonce) is the seal's associated data.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use desk_model::Secret;
use tempfile::NamedTempFile;
use zeroize::Zeroizing;

use crate::Error;

/// All secrets of a file by their keys.
pub(crate) type Secrets = BTreeMap<String, Zeroizing<String>>;

const MAGIC: &[u8; 8] = b"SDVAULT1";
const SALT_AT: usize = 20;
const HEADER_LENGTH: usize = 36;
const NONCE_LENGTH: usize = 24;
const TAG_LENGTH: usize = 16;
const KEY_LENGTH: usize = 32;

/// About half a second on a small machine, in memory a phone would have to spare.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;
/// No file may cost more than this to open.
const MOST_MEMORY_KIB: u32 = 1024 * 1024;
const MOST_PASSES: u32 = 32;
const MOST_LANES: u32 = 16;

type Header = [u8; HEADER_LENGTH];

/// The key of one file, as derived from its header and passphrase.
pub(crate) struct SessionKey {
    header: Header,
    key: Zeroizing<[u8; KEY_LENGTH]>,
}

/// Derives the key of an existing file and proves it.
pub(crate) fn open(file: &Path, passphrase: &Secret) -> Result<SessionKey, Error> {
    let bytes = load(file)?;
    let key = SessionKey::derive(*Parts::of(&bytes)?.header, passphrase)?;
    key.open(&bytes, Error::PassphraseWrong)?;
    Ok(key)
}

/// Starts a file without secrets.
pub(crate) fn create(file: &Path, passphrase: &Secret) -> Result<SessionKey, Error> {
    let mut header = [0; HEADER_LENGTH];
    header[..8].copy_from_slice(MAGIC);
    header[8..12].copy_from_slice(&MEMORY_KIB.to_le_bytes());
    header[12..16].copy_from_slice(&PASSES.to_le_bytes());
    header[16..SALT_AT].copy_from_slice(&LANES.to_le_bytes());
    fill_random(&mut header[SALT_AT..])?;
    let key = SessionKey::derive(header, passphrase)?;
    key.write(file, &Secrets::new())?;
    Ok(key)
}

impl SessionKey {
    /// The secrets as the file holds them now.
    pub(crate) fn read(&self, file: &Path) -> Result<Secrets, Error> {
        // The key has opened this file before: what it no longer opens is damaged.
        self.open(&load(file)?, Error::Damaged)
    }

    /// Replaces the file, whole or not at all.
    pub(crate) fn write(&self, file: &Path, secrets: &Secrets) -> Result<(), Error> {
        replace(file, &self.seal(secrets)?)?;
        Ok(())
    }

    fn derive(header: Header, passphrase: &Secret) -> Result<Self, Error> {
        let (memory, passes, lanes) =
            (number(&header, 8), number(&header, 12), number(&header, 16));
        if memory > MOST_MEMORY_KIB || passes > MOST_PASSES || lanes > MOST_LANES {
            return Err(Error::Damaged);
        }
        let params =
            Params::new(memory, passes, lanes, Some(KEY_LENGTH)).map_err(|_| Error::Damaged)?;
        let mut key = Zeroizing::new([0; KEY_LENGTH]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(
                passphrase.expose().as_bytes(),
                &header[SALT_AT..],
                key.as_mut(),
            )
            .map_err(|error| Error::Other(error.to_string()))?;
        Ok(Self { header, key })
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.key).into())
    }

    fn seal(&self, secrets: &Secrets) -> Result<Vec<u8>, Error> {
        let plain = Zeroizing::new(
            serde_json::to_vec(secrets).map_err(|error| Error::Other(error.to_string()))?,
        );
        let mut nonce = [0; NONCE_LENGTH];
        fill_random(&mut nonce)?;
        let sealed = self
            .cipher()
            .encrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: &plain,
                    aad: &self.header,
                },
            )
            .map_err(|error| Error::Other(error.to_string()))?;
        Ok([&self.header[..], &nonce, &sealed].concat())
    }

    fn open(&self, bytes: &[u8], refused: Error) -> Result<Secrets, Error> {
        let Parts {
            header,
            nonce,
            sealed,
        } = Parts::of(bytes)?;
        if *header != self.header {
            // Another file has taken its place since.
            return Err(Error::PassphraseNeeded);
        }
        let payload = Payload {
            msg: sealed,
            aad: header,
        };
        let plain = self
            .cipher()
            .decrypt(&XNonce::from(*nonce), payload)
            .map_err(|_| refused)?;
        serde_json::from_slice(&Zeroizing::new(plain)).map_err(|_| Error::Damaged)
    }
}

/// A file's bytes, told apart.
struct Parts<'a> {
    header: &'a Header,
    nonce: &'a [u8; NONCE_LENGTH],
    sealed: &'a [u8],
}

impl<'a> Parts<'a> {
    fn of(bytes: &'a [u8]) -> Result<Self, Error> {
        let (header, rest) = bytes.split_first_chunk().ok_or(Error::Damaged)?;
        let (nonce, sealed) = rest.split_first_chunk().ok_or(Error::Damaged)?;
        if header.starts_with(MAGIC) && sealed.len() >= TAG_LENGTH {
            Ok(Self {
                header,
                nonce,
                sealed,
            })
        } else {
            Err(Error::Damaged)
        }
    }
}

fn number(header: &Header, at: usize) -> u32 {
    u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
}

fn fill_random(bytes: &mut [u8]) -> Result<(), Error> {
    getrandom::fill(bytes).map_err(|error| Error::Other(error.to_string()))
}

fn load(file: &Path) -> Result<Vec<u8>, Error> {
    fs::read(file).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Error::Absent,
        _ => Error::Io(error),
    })
}

/// Writes beside the file, then renames over it. The temporary file is readable by its owner alone from the start.
fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = file
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut temporary = NamedTempFile::new_in(folder)?;
    temporary.write_all(bytes)?;
    temporary.as_file().sync_all()?;
    temporary.persist(file)?;
    // The rename itself must survive a power cut; Windows has no way to say so.
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    Ok(())
}
