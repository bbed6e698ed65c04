//! PostgreSQL servers of the tests' own: each in a folder of its own, reached by a socket there, stopped and deleted with the value, or
//! with the program if it ends otherwise. PostgreSQL refuses to run as the administrator, so it runs as another user then.
#![allow(dead_code, clippy::expect_used, clippy::panic, clippy::unwrap_used, missing_docs)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Waits until its input ends, as it does when the test's process ends in whatever way.
const KEEP: &str = r#"
"$0/pg_ctl" -D "$1/data" -w -s -l "$1/log" -o "-k $1 $2" start || { cat "$1/log"; exit 1; }
echo ready
cat > /dev/null
"$0/pg_ctl" -D "$1/data" -m immediate -s stop 2> /dev/null
rm -rf "$1"
"#;

/// A server. Data is synchronised with the disk, as in production.
pub struct Cluster {
    folder: PathBuf,
    port: u16,
    keeper: Child,
}

/// The port of PostgreSQL, which is also a part of the name of its socket.
const PORT: u16 = 5432;

impl Cluster {
    /// A new server with an empty database.
    pub fn start(settings: &str) -> Self {
        Self::run_in(Self::new_folder(), PORT, settings)
    }

    /// A new server that is also reached over TCP of this machine, with TLS and this certificate and key (PEM).
    pub fn start_with_tls(certificate: &str, key: &str) -> Self {
        let (folder, port) = (Self::new_folder(), free_port());
        let [certificate, key] = [("cert.pem", certificate), ("key.pem", key)].map(|(name, text)| {
            let file = folder.join(name);
            write_as_user(&file, text);
            file.display().to_string()
        });
        let tls = format!("-c ssl=on -c ssl_cert_file={certificate} -c ssl_key_file={key}");
        Self::run_in(folder, port, &format!("-c listen_addresses=127.0.0.1 -c port={port} {tls}"))
    }

    fn new_folder() -> PathBuf {
        let folder = folder();
        let flags = ["--username=counterfoil", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"];
        run(program("initdb").args(flags).arg("-D").arg(folder.join("data")));
        folder
    }

    /// The port at which it is reached over TCP, if it is.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The folder of its socket.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A program that connects to this server as its administrator.
    fn client(&self, name: &str) -> Command {
        let mut client = program(name);
        client.arg("--username=counterfoil").arg("-h").arg(&self.folder).arg("-p").arg(self.port.to_string());
        client
    }

    /// A standby of this server, which follows it.
    pub fn standby(&self, settings: &str) -> Self {
        let folder = folder();
        let flags = ["--write-recovery-conf", "--checkpoint=fast", "--no-sync"];
        run(self.client("pg_basebackup").args(flags).arg("-D").arg(folder.join("data")));
        Self::run_in(folder, PORT, settings)
    }

    fn run_in(folder: PathBuf, port: u16, settings: &str) -> Self {
        let settings = format!("-c listen_addresses='' {settings}");
        let mut keeper = as_user("sh")
            .args(["-c", KEEP])
            .arg(server_programs())
            .arg(&folder)
            .arg(settings)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (mut said, mut out) = (String::new(), BufReader::new(keeper.stdout.take().unwrap()));
        out.read_line(&mut said).unwrap();
        if said != "ready\n" {
            out.read_to_string(&mut said).unwrap();
            panic!("PostgreSQL does not start: {said}");
        }
        Self { folder, port, keeper }
    }

    /// The address of a new database, which is empty.
    pub fn database(&self) -> String {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("test{}", NEXT.fetch_add(1, Ordering::SeqCst));
        run(self.client("createdb").arg(&name));
        url(&[self], &name)
    }

    /// Runs a statement as the administrator of the database, and returns what it answers.
    pub fn sql(&self, database: &str, sql: &str) -> String {
        let mut psql = self.client("psql");
        psql.args(["-qAtX", "-v", "ON_ERROR_STOP=1"]);
        let output = psql.args(["-d", database, "-c", sql]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Ends the server as a loss of power does.
    pub fn kill(&self) {
        let text = fs::read_to_string(self.folder.join("data/postmaster.pid")).unwrap();
        let server = text.lines().next().unwrap();
        // The server's own processes end with it, or when they notice; the machine that lost power has none left.
        let own = Command::new("pgrep").args(["--parent", server]).output().unwrap();
        let own = String::from_utf8(own.stdout).unwrap();
        assert!(Command::new("kill").arg("-KILL").arg(server).args(own.lines()).status().unwrap().success());
    }

    /// Makes a standby a server that accepts writes.
    pub fn promote(&self) {
        run(program("pg_ctl").args(["-w", "-s", "promote", "-D"]).arg(self.folder.join("data")));
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

/// A server that the tests of a program share, and that ends with the program.
pub fn shared() -> &'static Cluster {
    static SHARED: OnceLock<Cluster> = OnceLock::new();
    SHARED.get_or_init(|| Cluster::start(""))
}

/// The address of a database on several servers, of which one accepts writes.
pub fn url(clusters: &[&Cluster], database: &str) -> String {
    let encoded = |cluster: &&Cluster| cluster.folder.to_str().unwrap().replace('/', "%2F");
    let hosts: Vec<String> = clusters.iter().map(encoded).collect();
    format!("postgresql://counterfoil@{}/{database}", hosts.join(","))
}

/// The name of the database of an address.
pub fn name_of(url: &str) -> &str {
    url.rsplit('/').next().unwrap()
}

/// The folder of the programs of the newest PostgreSQL here.
pub fn server_programs() -> PathBuf {
    let version = |path: &PathBuf| -> Option<u32> { path.file_name()?.to_str()?.parse().ok() };
    let versions =
        fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path());
    let newest = versions.filter(|path| path.join("bin/initdb").is_file()).max_by_key(version);
    newest
        .expect(
            "PostgreSQL is missing: install the package postgresql, or run `cargo xtask test`, which does",
        )
        .join("bin")
}

/// A port of this machine that no program has at this moment.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Writes a file that the user of the servers alone can read.
pub fn write_as_user(file: &Path, text: &str) {
    let mut writer = as_user("sh");
    writer.args(["-c", r#"umask 077; cat > "$0""#]).arg(file).stdin(Stdio::piped());
    let mut writer = writer.spawn().unwrap();
    writer.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    assert!(writer.wait().unwrap().success());
}

/// A folder that belongs to the user of the servers. Its path is short: that of a socket may have 107 bytes.
pub fn folder() -> PathBuf {
    let made = as_user("mktemp").args(["--directory", "/tmp/counterfoil-pg.XXXXXX"]).output().unwrap();
    assert!(made.status.success());
    Path::new(String::from_utf8(made.stdout).unwrap().trim()).to_owned()
}

fn program(name: &str) -> Command {
    as_user(server_programs().join(name).to_str().unwrap())
}

/// A command as the user of the servers.
pub fn as_user(program: &str) -> Command {
    let id = Command::new("id").arg("--user").output().unwrap();
    let mut command = if id.stdout.trim_ascii() == b"0" {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=nobody", "--regid=nogroup", "--clear-groups", "--", program]);
        command
    } else {
        Command::new(program)
    };
    command.current_dir("/tmp");
    command
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}
