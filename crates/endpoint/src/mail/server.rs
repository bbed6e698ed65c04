//! The mail server of an endpoint, as the operator names it.

use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};
use lettre::transport::smtp::AsyncSmtpTransportBuilder;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, CertificateStore, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, AsyncSmtpTransport, Tokio1Executor};

use crate::private_file;

/// What the operator says about the mail server.
#[derive(Clone, Debug, Default)]
pub struct MailSettings {
    /// The name or the address of the server.
    pub server: String,
    /// Its port: 465 encrypts from the start, any other one with STARTTLS. `None` is 587, or 25 on this machine.
    pub port: Option<u16>,
    /// The name to sign in with; `None` signs in nowhere.
    pub user: Option<String>,
    /// The file with the password.
    pub password_file: Option<PathBuf>,
    /// The address that mails come from.
    pub from: String,
    /// Certificates that the server's own may come from, in place of those of the system (PEM).
    pub authorities: Option<PathBuf>,
}

/// A mail server, and how to speak to it.
#[derive(Clone, Debug)]
pub struct MailServer {
    pub(super) transport: AsyncSmtpTransport<Tokio1Executor>,
    pub(super) from: Address,
    /// The longest that one attempt may take.
    pub(super) deadline: Duration,
}

/// The port that is encrypted from the start.
const ENCRYPTED: u16 = 465;

/// The usual port of a server for senders that sign in.
const SUBMISSION: u16 = 587;

/// The usual port of a server on the same machine.
const LOCAL: u16 = 25;

/// The longest that one attempt may take. The mail library counts each step by itself, and stalls twice.
const DEADLINE: Duration = Duration::from_secs(60);

impl MailServer {
    /// Reads the files that the settings name. Connects nowhere.
    ///
    /// # Errors
    /// An address that is none, a password without a name or the reverse, a file that cannot be read, a password that others may read.
    pub fn new(settings: &MailSettings) -> Result<Self> {
        let address =
            || format!("mails cannot come from {}: write an address like shop@example.org", settings.from);
        ensure!(sync::wire::is_mail_address(&settings.from), address());
        let from: Address = settings.from.parse().map_err(|_| anyhow!(address()))?;
        let is_local = is_this_machine(&settings.server);
        let port = settings.port.unwrap_or(if is_local { LOCAL } else { SUBMISSION });
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.server)
            .port(port)
            .timeout(Some(DEADLINE / 2))
            .hello_name(ClientId::Domain(from.domain().to_owned()));
        if !is_local || settings.authorities.is_some() {
            let tls = encryption(settings)?;
            builder = builder.tls(if port == ENCRYPTED { Tls::Wrapper(tls) } else { Tls::Required(tls) });
        }
        Ok(Self { transport: signed_in(builder, settings)?.build(), from, deadline: DEADLINE })
    }

    /// The same with another time that one attempt may take.
    #[must_use]
    pub fn with_deadline(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
    }
}

/// Whether a server is this machine, so that what is sent to it stays here.
fn is_this_machine(server: &str) -> bool {
    server == "localhost" || server.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn encryption(settings: &MailSettings) -> Result<TlsParameters> {
    let mut builder = TlsParameters::builder(settings.server.clone());
    if let Some(file) = &settings.authorities {
        let read = || format!("cannot read certificates from {}", file.display());
        let certificates = Certificate::from_pem(&fs::read(file).with_context(read)?).with_context(read)?;
        builder = builder.certificate_store(CertificateStore::None).add_root_certificate(certificates);
    }
    builder.build().context("the system has no authorities: name a file with --mail-authorities")
}

fn signed_in(
    builder: AsyncSmtpTransportBuilder,
    settings: &MailSettings,
) -> Result<AsyncSmtpTransportBuilder> {
    match (&settings.user, &settings.password_file) {
        (Some(user), Some(file)) => Ok(builder.credentials(Credentials::new(user.clone(), password(file)?))),
        (None, None) => Ok(builder),
        (Some(_), None) => {
            Err(anyhow!("say with --mail-password-file where the password of the mail server is"))
        }
        (None, Some(_)) => Err(anyhow!("say with --mail-user whose password is in the file")),
    }
}

/// The first line of a file that its owner alone can read.
fn password(file: &Path) -> Result<String> {
    let text = private_file::read(file)?;
    let password = text.lines().next().unwrap_or_default();
    ensure!(!password.is_empty(), "there is no password in {}", file.display());
    Ok(password.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    fn settings() -> MailSettings {
        MailSettings {
            server: "127.0.0.1".into(),
            from: "shop@example.org".into(),
            ..MailSettings::default()
        }
    }

    fn refused(settings: &MailSettings) -> String {
        format!("{:#}", MailServer::new(settings).unwrap_err())
    }

    #[test]
    fn settings_that_cannot_work_are_refused_with_what_to_do() {
        MailServer::new(&settings()).unwrap();
        let from = |from: &str| refused(&MailSettings { from: from.into(), ..settings() });
        assert!(from("shop").contains("write an address like"), "{}", from("shop"));
        assert!(from("shop@example.org\r\nBcc: x@example.org").contains("write an address like"));
        let user = MailSettings { user: Some("shop".into()), ..settings() };
        assert!(refused(&user).contains("--mail-password-file"));
        let missing = MailSettings { password_file: Some("/nowhere/password".into()), ..user };
        assert!(refused(&missing).contains("cannot read /nowhere/password"));
        let authorities = MailSettings { authorities: Some("/nowhere/ca".into()), ..settings() };
        assert!(refused(&authorities).contains("cannot read certificates from /nowhere/ca"));
    }

    #[cfg(unix)]
    #[test]
    fn a_password_that_others_may_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("password");
        fs::write(&file, "hunter2\n").unwrap();
        let mode = |mode| fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        let with =
            MailSettings { user: Some("shop".into()), password_file: Some(file.clone()), ..settings() };
        for open in [0o604, 0o640] {
            mode(open);
            assert!(refused(&with).contains("chmod 600"), "{}", refused(&with));
        }
        mode(0o600);
        MailServer::new(&with).unwrap();
        assert_eq!(password(&file).unwrap(), "hunter2");
        fs::write(&file, "\n").unwrap();
        assert!(refused(&with).contains("there is no password in"));
    }

    #[test]
    fn only_this_machine_is_spoken_to_without_encryption() {
        for (server, local) in [
            ("localhost", true),
            ("127.0.0.1", true),
            ("::1", true),
            ("mail.example.org", false),
            ("192.168.1.5", false),
            ("localhost.example.org", false),
        ] {
            assert_eq!(is_this_machine(server), local, "{server}");
        }
    }
}
