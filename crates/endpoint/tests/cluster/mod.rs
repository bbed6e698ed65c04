//! PostgreSQL servers of the tests' own: each in a folder of its own, reached by a socket there, stopped and deleted with the value, or
//! with the program if it ends otherwise. PostgreSQL refuses to run as the administrator, so it runs as another user then.
#![allow(dead_code, clippy::expect_used, clippy::panic, clippy::unwrap_used, missing_docs)]

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use endpoint::store::{Address, Postgres};

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
    keeper: Child,
}

impl Cluster {
    /// A new server with an empty database.
    pub fn start(settings: &str) -> Self {
        let folder = folder();
        let data = folder.join("data");
        let flags = ["--username=counterfoil", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"];
        run(program("initdb").args(flags).arg("-D").arg(&data));
        Self::run_in(folder, settings)
    }

    /// A standby of this server, which follows it.
    pub fn standby(&self, settings: &str) -> Self {
        let folder = folder();
        let flags = ["--username=counterfoil", "--write-recovery-conf", "--checkpoint=fast", "--no-sync"];
        run(program("pg_basebackup")
            .args(flags)
            .arg("-h")
            .arg(&self.folder)
            .arg("-D")
            .arg(folder.join("data")));
        Self::run_in(folder, settings)
    }

    fn run_in(folder: PathBuf, settings: &str) -> Self {
        let settings = format!("-c listen_addresses='' {settings}");
        let mut keeper = as_user("sh")
            .args(["-c", KEEP])
            .arg(bin())
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
        Self { folder, keeper }
    }

    /// The address of a new database, which is empty.
    pub fn database(&self) -> String {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("test{}", NEXT.fetch_add(1, Ordering::SeqCst));
        run(program("createdb").args(["--username=counterfoil", "-h"]).arg(&self.folder).arg(&name));
        url(&[self], &name)
    }

    /// Runs a statement as the administrator of the database, and returns what it answers.
    pub fn sql(&self, database: &str, sql: &str) -> String {
        let mut psql = program("psql");
        psql.args(["--username=counterfoil", "-qAtX", "-v", "ON_ERROR_STOP=1", "-h"]).arg(&self.folder);
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

/// A store in a new database of the shared server.
pub async fn new_store() -> Postgres {
    Postgres::open(&address(&shared().database())).await.unwrap()
}

pub fn address(url: &str) -> Address {
    Address::parse(url).unwrap()
}

/// The folder of the newest PostgreSQL here.
fn bin() -> PathBuf {
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

/// A folder that belongs to the user of the servers. Its path is short: that of a socket may have 107 bytes.
fn folder() -> PathBuf {
    let made = as_user("mktemp").args(["--directory", "/tmp/counterfoil-pg.XXXXXX"]).output().unwrap();
    assert!(made.status.success());
    Path::new(String::from_utf8(made.stdout).unwrap().trim()).to_owned()
}

fn program(name: &str) -> Command {
    as_user(bin().join(name).to_str().unwrap())
}

/// A command as the user of the servers.
fn as_user(program: &str) -> Command {
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
