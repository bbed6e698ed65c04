//! Encrypted connections, and the errors of certificate files.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use common::{GOOD, LIMITS, SHORT, Server, rest, start_with, talk};
use endpoint::{Certificate, Limits, Unusable};
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

struct Files {
    folder: TempDir,
    certificate: CertificateDer<'static>,
}

impl Files {
    fn new() -> Self {
        Self::until(2096)
    }

    /// A certificate that is good until the first day of a year.
    fn until(year: i32) -> Self {
        let mut certificate = CertificateParams::new(["till.example".to_owned()]).unwrap();
        certificate.not_after = date_time_ymd(year, 1, 1);
        let signing_key = KeyPair::generate().unwrap();
        let cert = certificate.self_signed(&signing_key).unwrap();
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("cert.pem"), cert.pem()).unwrap();
        fs::write(folder.path().join("key.pem"), signing_key.serialize_pem()).unwrap();
        Self { folder, certificate: cert.der().clone() }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        fs::write(self.at(name), text).unwrap();
        self.at(name)
    }

    async fn serve(&self, limits: Limits) -> Server {
        let certificate = Certificate::read(&self.at("cert.pem"), &self.at("key.pem")).unwrap();
        let site = Router::new().route("/", get(|| async { "hello" }));
        start_with(site, Some(certificate), limits).await
    }

    fn connector(&self) -> TlsConnector {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.clone()).unwrap();
        let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        TlsConnector::from(Arc::new(config))
    }
}

#[tokio::test]
async fn a_client_that_trusts_the_certificate_is_served() {
    let files = Files::new();
    let server = files.serve(LIMITS).await;
    let stream = TcpStream::connect(server.address).await.unwrap();
    let name = ServerName::try_from("till.example").unwrap();
    let mut stream = files.connector().connect(name, stream).await.unwrap();
    stream.write_all(GOOD.as_bytes()).await.unwrap();
    let reply = rest(&mut stream).await;
    assert!(reply.starts_with("HTTP/1.1 200 OK") && reply.ends_with("hello"), "{reply}");
}

#[tokio::test]
async fn another_name_is_not_trusted() {
    let files = Files::new();
    let server = files.serve(LIMITS).await;
    let stream = TcpStream::connect(server.address).await.unwrap();
    let name = ServerName::try_from("other.example").unwrap();
    assert!(files.connector().connect(name, stream).await.is_err());
}

#[tokio::test]
async fn a_certificate_that_has_expired_is_not_trusted() {
    let files = Files::until(2021);
    let server = files.serve(LIMITS).await;
    let stream = TcpStream::connect(server.address).await.unwrap();
    let name = ServerName::try_from("till.example").unwrap();
    let refused = files.connector().connect(name, stream).await.unwrap_err();
    assert!(refused.to_string().contains("expired"), "{refused}");
}

#[tokio::test]
async fn a_stalled_handshake_is_closed() {
    let files = Files::new();
    let server = files.serve(Limits { head: SHORT, connections: 1, ..LIMITS }).await;
    assert_eq!(talk(server.address, "").await, "");
    assert_eq!(talk(server.address, "\u{16}\u{3}\u{1}").await, "");
}

#[test]
fn each_fault_of_the_files_has_its_own_error() {
    let files = Files::new();
    let (certificate, key) = (files.at("cert.pem"), files.at("key.pem"));
    let (gone, empty) = (files.at("gone.pem"), files.write("empty.pem", "\n"));
    let cut = files.write("cut.pem", "-----BEGIN PRIVATE KEY-----\nnot base64!\n");
    let bad_key =
        files.write("bad-key.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    let bad = files.write("bad.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    let other = files.write("other.pem", &KeyPair::generate().unwrap().serialize_pem());
    let error = |certificate: &Path, key: &Path| Certificate::read(certificate, key).unwrap_err();
    assert!(matches!(error(&gone, &key), Unusable::Unreadable(file, _) if file == gone));
    assert!(matches!(error(&certificate, &gone), Unusable::Unreadable(file, _) if file == gone));
    for (certificate, key, expected) in [
        (&empty, &key, Unusable::NoCertificate(empty.clone())),
        (&key, &key, Unusable::NoCertificate(key.clone())),
        (&certificate, &empty, Unusable::NoKey(empty.clone())),
        (&certificate, &certificate, Unusable::NoKey(certificate.clone())),
        (&certificate, &cut, Unusable::Damaged(cut.clone())),
        (&certificate, &bad_key, Unusable::BadKey(bad_key.clone())),
        (&bad, &key, Unusable::BadCertificate(bad.clone())),
        (&certificate, &other, Unusable::Mismatch { certificate: certificate.clone(), key: other.clone() }),
    ] {
        let found = error(certificate, key);
        assert_eq!(found, expected);
        // The sentence names the file, and nothing of a key.
        assert!(found.to_string().contains(".pem") && !found.to_string().contains("AAAA"), "{found}");
    }
}
