//! The flags of the mail server.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use clap::Args;
use endpoint::{MailServer, MailSettings};

/// The mail server through which papers are sent.
#[derive(Args)]
pub struct Mail {
    /// The mail server that takes the mails of the endpoint, such as smtp.example.org: counters can then send papers by mail
    ///
    /// The connection is encrypted and the certificate is checked, unless the server is on this machine.
    #[arg(long, env = "COUNTERFOIL_MAIL_SERVER", value_name = "HOST", requires = "mail_from")]
    mail_server: Option<String>,
    /// Its port, if it is not 587, or 25 on this machine; 465 is encrypted from the start
    #[arg(long, env = "COUNTERFOIL_MAIL_PORT", value_name = "PORT", requires = "mail_server")]
    mail_port: Option<u16>,
    /// The name to sign in with at the mail server
    #[arg(long, env = "COUNTERFOIL_MAIL_USER", value_name = "NAME", requires = "mail_server")]
    mail_user: Option<String>,
    /// The file with the password for it, which no other user may read
    #[arg(long, env = "COUNTERFOIL_MAIL_PASSWORD_FILE", value_name = "FILE", requires = "mail_server")]
    mail_password_file: Option<PathBuf>,
    /// The address that mails come from; the name beside it is that of the shop
    #[arg(long, env = "COUNTERFOIL_MAIL_FROM", value_name = "ADDRESS", requires = "mail_server")]
    mail_from: Option<String>,
    /// Certificates that the mail server's own may come from, in place of those of the system (PEM)
    #[arg(long, env = "COUNTERFOIL_MAIL_AUTHORITIES", value_name = "FILE", requires = "mail_server")]
    mail_authorities: Option<PathBuf>,
}

impl Mail {
    /// The mail server, if one is named. `has_data` says whether the endpoint keeps entries: without, nothing can ask for a mail.
    ///
    /// # Errors
    /// Settings that cannot work.
    pub fn server(&self, has_data: bool) -> Result<Option<MailServer>> {
        let Some(server) = self.mail_server.clone() else { return Ok(None) };
        ensure!(has_data, "--mail-server needs --data or --database-url");
        let settings = MailSettings {
            server,
            port: self.mail_port,
            user: self.mail_user.clone(),
            password_file: self.mail_password_file.clone(),
            from: self.mail_from.clone().unwrap_or_default(),
            authorities: self.mail_authorities.clone(),
        };
        MailServer::new(&settings).map(Some).context("mails cannot be sent")
    }
}
