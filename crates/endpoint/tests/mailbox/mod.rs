//! A mail server for tests, aiosmtpd, and the mails that it has taken.
#![allow(dead_code, clippy::unwrap_used, missing_docs)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use endpoint::{MailServer, MailSettings};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::time::{sleep, timeout};

/// The Python that has aiosmtpd.
const PYTHON: &str = "COUNTERFOIL_SMTP";

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/smtp/server.py");

const PATIENCE: Duration = Duration::from_secs(30);

/// A server, which ends with the value.
pub struct Mailbox {
    pub folder: TempDir,
    pub port: u16,
    child: Child,
}

impl Mailbox {
    pub fn open() -> Self {
        Self::open_with(&[], &[])
    }

    /// With a certificate and its key, or with variables of the environment.
    pub fn open_with(files: &[&Path], variables: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        let python = std::env::var_os(PYTHON).expect("COUNTERFOIL_SMTP is the Python that has aiosmtpd");
        let mut child = Command::new(python)
            .arg(SCRIPT)
            .arg(folder.path())
            .args(files)
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().strip_prefix("port ").unwrap().parse().unwrap();
        Self { folder, port, child }
    }

    /// The mails that were taken, in their order.
    pub fn mails(&self) -> Vec<String> {
        let mut files: Vec<PathBuf> =
            fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|file| file.extension().is_some_and(|kind| kind == "eml"));
        files.sort();
        files.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Lets those go on that wait for it.
    pub fn go(&self) {
        fs::write(self.file("go"), "").unwrap();
    }

    /// How the endpoint reaches it.
    pub fn settings(&self) -> MailSettings {
        settings(self.port)
    }

    pub fn server(&self) -> MailServer {
        MailServer::new(&self.settings()).unwrap()
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn settings(port: u16) -> MailSettings {
    MailSettings {
        server: "127.0.0.1".into(),
        port: Some(port),
        from: "shop@example.org".into(),
        ..MailSettings::default()
    }
}

/// The request to send the document to `name@example.net`.
pub fn ask(document: &str, name: &str) -> Value {
    json!({
        "customer": "mira", "document": document, "nth": 0, "to": format!("{name}@example.net"),
        "from_name": "Corner Shop", "subject": "Receipt AP-0001", "text": "Paid £5.00", "html": "<p>Paid £5.00</p>",
    })
}

/// The value of a field in the head of a mail.
pub fn field<'a>(mail: &'a str, name: &str) -> &'a str {
    let (head, _) = mail.split_once("\r\n\r\n").unwrap();
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap_or_default()
}

/// Waits until there is something.
pub async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let wait = async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(PATIENCE, wait).await.unwrap_or_else(|_| panic!("{what} did not come"))
}
