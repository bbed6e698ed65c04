//! The address of a database, and whether connections to it are encrypted.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use percent_encoding::percent_decode_str;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode, TargetSessionAttrs};

/// How long one host may take to answer before the next one is tried, if the address does not say so.
const CONNECT: Duration = Duration::from_secs(3);

/// How long sent bytes may stay unacknowledged before a connection counts as lost.
const UNANSWERED: Duration = Duration::from_secs(10);

/// Where a database is. Its text is never printed: it contains a password.
#[derive(Clone)]
pub struct Address {
    config: Config,
    /// The file with the authorities that may vouch for the server, if not those of the system.
    authorities: Option<PathBuf>,
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Address").field("hosts", &self.hosts()).finish_non_exhaustive()
    }
}

impl Address {
    /// Reads `postgresql://user:password@one,two:5433/name?sslmode=…&sslrootcert=…`. Of several hosts, the one that accepts
    /// writes is used. Connections to other machines are encrypted and the server's certificate is checked, unless the address
    /// says `sslmode=disable`.
    ///
    /// # Errors
    /// A text that is no such address. The error does not contain the text.
    pub fn parse(text: &str) -> Result<Self> {
        ensure!(
            ["postgresql://", "postgres://"].iter().any(|scheme| text.starts_with(scheme)),
            "the address of a database begins with postgresql://"
        );
        let (text, own) = split(text)?;
        let mut config: Config = text.parse().context("the address of the database cannot be read")?;
        ensure!(!config.get_hosts().is_empty(), "the address of the database names no host");
        let local = config.get_hosts().iter().all(is_local);
        let mode = match own.mode.as_deref() {
            Some("disable") => SslMode::Disable,
            // An attacker who can change packets could answer that the server does not speak TLS.
            Some("prefer" | "allow") | None if local => SslMode::Prefer,
            Some("prefer" | "allow" | "require" | "verify-ca" | "verify-full") | None => SslMode::Require,
            Some(_) => bail!("sslmode is disable, or verify-full, which is the default for other machines"),
        };
        config.ssl_mode(mode).target_session_attrs(TargetSessionAttrs::ReadWrite);
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT);
        }
        config.tcp_user_timeout(UNANSWERED).keepalives_idle(UNANSWERED);
        config.keepalives_interval(Duration::from_secs(3)).keepalives_retries(3);
        if config.get_application_name().is_none() {
            config.application_name("counterfoil");
        }
        Ok(Self { config, authorities: own.authorities })
    }

    pub(super) const fn config(&self) -> &Config {
        &self.config
    }

    pub(super) fn authorities(&self) -> Option<&std::path::Path> {
        self.authorities.as_deref()
    }

    /// Whether connections may be encrypted.
    pub(super) fn uses_tls(&self) -> bool {
        let sockets = self.config.get_hosts().iter().all(|host| !matches!(host, Host::Tcp(_)));
        !sockets && self.config.get_ssl_mode() != SslMode::Disable
    }

    /// The hosts, for messages.
    #[must_use]
    pub fn hosts(&self) -> String {
        let hosts = self.config.get_hosts().iter().map(|host| match host {
            Host::Tcp(name) => name.clone(),
            #[cfg(unix)]
            Host::Unix(path) => path.display().to_string(),
        });
        hosts.collect::<Vec<_>>().join(", ")
    }
}

/// What the client library does not read itself.
#[derive(Default)]
struct Own {
    mode: Option<String>,
    authorities: Option<PathBuf>,
}

/// The address without the parameters that are read here, and those.
fn split(text: &str) -> Result<(String, Own)> {
    let Some((front, query)) = text.split_once('?') else { return Ok((text.to_owned(), Own::default())) };
    let (mut own, mut rest) = (Own::default(), Vec::new());
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = percent_decode_str(value).decode_utf8().context("a parameter is not UTF-8")?;
        match name {
            "sslmode" => own.mode = Some(value.into_owned()),
            "sslrootcert" => own.authorities = Some(PathBuf::from(value.into_owned())),
            _ => rest.push(pair),
        }
    }
    Ok((if rest.is_empty() { front.to_owned() } else { format!("{front}?{}", rest.join("&")) }, own))
}

fn is_local(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback()),
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(text: &str) -> SslMode {
        Address::parse(text).unwrap().config.get_ssl_mode()
    }

    #[test]
    fn other_machines_are_reached_over_tls_unless_the_address_says_otherwise() {
        assert_eq!(mode("postgresql://a@db.example/shop"), SslMode::Require);
        assert_eq!(mode("postgresql://a@localhost,db.example/shop?sslmode=prefer"), SslMode::Require);
        assert_eq!(mode("postgresql://a@db.example/shop?sslmode=verify-full"), SslMode::Require);
        assert_eq!(mode("postgresql://a@db.example/shop?sslmode=disable"), SslMode::Disable);
        assert_eq!(mode("postgresql://a@127.0.0.1/shop"), SslMode::Prefer);
        assert_eq!(mode("postgresql://a@%2Frun%2Fpostgresql/shop"), SslMode::Prefer);
        assert!(Address::parse("postgresql://a@db.example/shop?sslmode=off").is_err());
    }

    #[test]
    fn an_address_is_read_and_its_password_is_never_shown() {
        let text = "postgresql://till:s3cret@one.example,two.example:5433/shop?sslrootcert=%2Fetc%2Fca.pem";
        let address = Address::parse(text).unwrap();
        assert_eq!(
            (address.hosts().as_str(), address.config.get_ports()),
            ("one.example, two.example", [5432, 5433].as_slice())
        );
        assert_eq!(address.authorities(), Some(std::path::Path::new("/etc/ca.pem")));
        assert!(!format!("{address:?}").contains("s3cret"));
        for wrong in
            ["till:s3cret@one/shop", "postgresql://till:s3cret@one:port/shop", "mysql://till:s3cret@one/shop"]
        {
            let error = format!("{:#}", Address::parse(wrong).unwrap_err());
            assert!(!error.contains("s3cret"), "{error}");
        }
    }
}
