//! PgBouncer in front of a server of the tests, in transaction mode: each transaction may get another one of its few connections.
#![allow(dead_code, clippy::expect_used, clippy::unwrap_used, missing_docs)]

use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::cluster::{Cluster, as_user, folder, free_port, write_as_user};

const PROGRAM: &str = "/usr/sbin/pgbouncer";

/// Waits until its input ends, as it does when the test's process ends in whatever way.
const KEEP: &str = r#"
"$0" -q "$1/pgbouncer.ini" &
cat > /dev/null
kill $!
wait
rm -rf "$1"
"#;

const LONG: Duration = Duration::from_secs(20);

pub struct Pooler {
    port: u16,
    keeper: Child,
}

impl Pooler {
    /// A pooler with this many connections to each database of the server. With a certificate and a key (PEM) its clients have to
    /// speak TLS.
    pub fn start(cluster: &Cluster, connections: usize, tls: Option<(&str, &str)>) -> Self {
        assert!(
            Path::new(PROGRAM).is_file(),
            "PgBouncer is missing: install the package pgbouncer, or run `cargo xtask test`, which does"
        );
        let (folder, port) = (folder(), free_port());
        let at = |name: &str| folder.join(name);
        let mut settings = format!(
            "[databases]\n* = host={} port={}\n\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n\
             unix_socket_dir =\npool_mode = transaction\ndefault_pool_size = {connections}\n\
             auth_type = trust\nauth_file = {}\nlogfile = {}\n",
            cluster.folder().display(),
            cluster.port(),
            at("users").display(),
            at("log").display()
        );
        write_as_user(&at("users"), "\"counterfoil\" \"\"\n");
        if let Some((certificate, key)) = tls {
            write_as_user(&at("cert.pem"), certificate);
            write_as_user(&at("key.pem"), key);
            settings += &format!(
                "client_tls_sslmode = require\nclient_tls_cert_file = {}\nclient_tls_key_file = {}\n",
                at("cert.pem").display(),
                at("key.pem").display()
            );
        }
        write_as_user(&at("pgbouncer.ini"), &settings);
        let mut keeper = as_user("sh");
        keeper.args(["-c", KEEP, PROGRAM]).arg(&folder).stdin(Stdio::piped()).stdout(Stdio::null());
        let pooler = Self { port, keeper: keeper.spawn().unwrap() };
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(began.elapsed() < LONG, "PgBouncer does not start");
            sleep(Duration::from_millis(20));
        }
        pooler
    }

    pub fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}
