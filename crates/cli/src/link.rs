//! What a copy needs to go on where it was: its server, its key, and its place in the log.

use anyhow::{Context, Result};
use ed25519_dalek::{Signer, SigningKey};
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::{Path, PathBuf};
use sync::client::{Kept, Saved};
use sync::{PublicKey, Signature};

/// The connection of a copy with its server.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The address of the server without a path.
    pub origin: String,
    /// The shop; empty until the server has said which.
    pub shop: String,
    /// The id of this copy as a device.
    pub device: String,
    /// The private key of this copy, 64 hexadecimal digits.
    secret: String,
    /// The key that the server signs places of its log with.
    pub endpoint_key: Option<PublicKey>,
    /// The place in the log.
    pub saved: Saved,
    /// Signed places of the log.
    pub kept: Vec<Kept>,
}

/// The file of the link, beside the book.
fn beside(book: &Path) -> PathBuf {
    let mut name = book.as_os_str().to_owned();
    name.push(".link");
    name.into()
}

impl Link {
    /// A new device for a server.
    ///
    /// # Errors
    /// A system without random bytes.
    pub fn new(origin: String) -> Result<Self> {
        let (secret, device) = (random::<32>()?, random::<16>()?);
        Ok(Self {
            origin,
            shop: String::new(),
            device: digits(&device),
            secret: digits(&secret),
            endpoint_key: None,
            saved: Saved::new(""),
            kept: Vec::new(),
        })
    }

    /// Begins at the beginning of the shop's log.
    pub fn forget_log(&mut self) {
        (self.saved, self.kept) = (Saved::new(&self.shop), Vec::new());
    }

    /// Reads the link of a book; `None` if it has none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(book: &Path) -> Result<Option<Self>> {
        let path = beside(book);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        serde_json::from_str(&text).map(Some).with_context(|| format!("{} is damaged", path.display()))
    }

    /// Writes the link of a book. The file is one that its user alone can read.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, book: &Path) -> Result<()> {
        replace(&beside(book), serde_json::to_string(self)?.as_bytes(), true)
    }

    fn key(&self) -> Result<SigningKey> {
        let seed = sync::wire::Challenge::parse(&self.secret);
        let seed = seed.map_err(|_| anyhow::anyhow!("the key beside the book is damaged"))?;
        Ok(SigningKey::from_bytes(&seed.0))
    }

    /// The public key of this copy.
    ///
    /// # Errors
    /// When the stored key is damaged.
    pub fn public(&self) -> Result<PublicKey> {
        Ok(PublicKey::Ed25519(self.key()?.verifying_key().to_bytes()))
    }

    /// Signs 32 bytes.
    ///
    /// # Errors
    /// When the stored key is damaged.
    pub fn sign(&self, statement: &[u8; 32]) -> Result<Signature> {
        Ok(Signature(self.key()?.sign(statement).to_bytes()))
    }
}

/// Replaces a file as a whole: after a crash there is the old one or the new one.
pub fn replace(path: &Path, bytes: &[u8], private: bool) -> Result<()> {
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    let new = PathBuf::from(new);
    let write = || -> std::io::Result<()> {
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        if private {
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        #[cfg(not(unix))]
        let _ = private;
        let mut file = options.open(&new)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&new, path)
    };
    write().with_context(|| format!("cannot write {}", path.display()))
}

fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).context("the system has no random bytes")?;
    Ok(bytes)
}

fn digits(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
