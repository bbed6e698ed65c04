//! A certificate and its private key from files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

/// A certificate with the chain that leads to it, and its private key.
#[derive(Clone, Debug)]
pub struct Certificate(Arc<ServerConfig>);

/// Why a certificate cannot be used. The sentence says which file and what to do.
#[derive(Debug, PartialEq, Eq)]
pub enum Unusable {
    /// The file cannot be read, with the reason.
    Unreadable(PathBuf, String),
    /// The file has no certificate in PEM format.
    NoCertificate(PathBuf),
    /// The file has no private key in PEM format.
    NoKey(PathBuf),
    /// The file has a section in PEM format that is damaged.
    Damaged(PathBuf),
    /// The key is of a kind that is not supported, or damaged.
    BadKey(PathBuf),
    /// The certificate cannot be parsed.
    BadCertificate(PathBuf),
    /// The key belongs to another certificate.
    Mismatch {
        /// The file of the certificate.
        certificate: PathBuf,
        /// The file of the key.
        key: PathBuf,
    },
}

impl std::error::Error for Unusable {}

impl std::fmt::Display for Unusable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable(file, why) => write!(f, "cannot read {}: {why}", file.display()),
            Self::NoCertificate(file) => write!(
                f,
                "there is no certificate in {}: it must contain `-----BEGIN CERTIFICATE-----`",
                file.display()
            ),
            Self::NoKey(file) => write!(
                f,
                "there is no private key in {}: it must contain `-----BEGIN PRIVATE KEY-----`, without a passphrase",
                file.display()
            ),
            Self::Damaged(file) => write!(f, "{} is damaged: copy it again", file.display()),
            Self::BadKey(file) => write!(
                f,
                "the private key in {} cannot be used: it must be ECDSA (P-256, P-384), Ed25519 or RSA (2048 to 8192 bits)",
                file.display()
            ),
            Self::BadCertificate(file) => write!(f, "the certificate in {} cannot be used", file.display()),
            Self::Mismatch { certificate, key } => write!(
                f,
                "the private key in {} does not belong to the certificate in {}, which must come first in its file",
                key.display(),
                certificate.display()
            ),
        }
    }
}

impl Certificate {
    /// Reads both files, in PEM format. The server's own certificate is the first; others lead from it to its authority.
    ///
    /// # Errors
    /// When a file is missing or damaged, or when the two do not belong together.
    pub fn read(certificate: &Path, key: &Path) -> Result<Self, Unusable> {
        let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&bytes(certificate)?)
            .collect::<Result<_, _>>()
            .map_err(|_| Unusable::Damaged(certificate.into()))?;
        if chain.is_empty() {
            return Err(Unusable::NoCertificate(certificate.into()));
        }
        let secret = PrivateKeyDer::from_pem_slice(&bytes(key)?).map_err(|why| match why {
            pem::Error::NoItemsFound => Unusable::NoKey(key.into()),
            _ => Unusable::Damaged(key.into()),
        })?;
        let provider = Arc::new(ring::default_provider());
        // Checked on its own, because its error is the only one that names the key.
        provider
            .key_provider
            .load_private_key(secret.clone_key())
            .map_err(|_| Unusable::BadKey(key.into()))?;
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| Unusable::BadKey(key.into()))?
            .with_no_client_auth()
            .with_single_cert(chain, secret)
            .map_err(|why| match why {
                rustls::Error::InconsistentKeys(_) => {
                    Unusable::Mismatch { certificate: certificate.into(), key: key.into() }
                }
                _ => Unusable::BadCertificate(certificate.into()),
            })?;
        Ok(Self(Arc::new(config)))
    }

    /// What accepts connections with this certificate.
    pub(crate) fn acceptor(self) -> TlsAcceptor {
        TlsAcceptor::from(self.0)
    }
}

fn bytes(file: &Path) -> Result<Vec<u8>, Unusable> {
    std::fs::read(file).map_err(|why| Unusable::Unreadable(file.into(), why.to_string()))
}
