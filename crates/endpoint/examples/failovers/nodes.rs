//! Two servers that Patroni looks after, and etcd, in which it keeps who is the primary.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};
use tokio_postgres::NoTls;

use crate::cluster::{as_user, folder, free_port, server_programs, write_as_user};

/// Runs a program until the input ends, and then ends it as a loss of power does, with the database server that it started.
const KEEP: &str = r#"
folder=$1
shift
"$@" > "$folder/log" 2>&1 &
cat > /dev/null
kill -KILL $! 2> /dev/null
server=$(head -n 1 "$folder/data/postmaster.pid" 2> /dev/null) || exit 0
kill -KILL $server $(pgrep --parent $server) 2> /dev/null
"#;

/// The servers.
pub struct Nodes {
    nodes: [Node; 2],
    _etcd: Kept,
}

struct Node {
    number: usize,
    folder: PathBuf,
    port: u16,
    /// The port at which Patroni says how the server is.
    rest: u16,
    running: Option<Kept>,
}

/// A program that ends with the value, or with this program.
struct Kept {
    keeper: Child,
    /// A folder that is deleted in the end.
    folder: Option<PathBuf>,
}

impl Kept {
    fn start(folder: &Path, program: &[&str], deletes: bool) -> Self {
        let mut keeper = as_user("sh");
        keeper.args(["-c", KEEP, "keep"]).arg(folder).args(program).stdin(Stdio::piped());
        Self { keeper: keeper.spawn().unwrap(), folder: deletes.then(|| folder.to_owned()) }
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
        if let Some(folder) = &self.folder {
            let _ = as_user("rm").arg("-rf").arg(folder).status();
        }
    }
}

impl Nodes {
    /// Starts etcd and both servers; the first one that is there becomes the primary.
    pub fn start() -> Self {
        let (home, client, peer) = (folder(), free_port(), free_port());
        let data = home.join("etcd").display().to_string();
        let [client_url, peer_url] = [client, peer].map(|port| format!("http://127.0.0.1:{port}"));
        let cluster = format!("default={peer_url}");
        let etcd = Kept::start(
            &home,
            &[
                "etcd",
                "--data-dir",
                &data,
                "--listen-client-urls",
                &client_url,
                "--advertise-client-urls",
                &client_url,
                "--listen-peer-urls",
                &peer_url,
                "--initial-advertise-peer-urls",
                &peer_url,
                "--initial-cluster",
                &cluster,
            ],
            true,
        );
        let nodes = [0, 1].map(|number| {
            let mut node =
                Node { number, folder: folder(), port: free_port(), rest: free_port(), running: None };
            write_as_user(&node.folder.join("patroni.yml"), &settings(&node, client));
            node.start();
            node
        });
        Self { nodes, _etcd: etcd }
    }

    /// The address of both.
    pub fn url(&self) -> String {
        let hosts = self.nodes.iter().map(|node| format!("127.0.0.1:{}", node.port));
        format!("postgresql://postgres@{}/postgres?sslmode=disable", hosts.collect::<Vec<_>>().join(","))
    }

    /// Waits until one of them is the primary and the other one its synchronous standby.
    pub async fn ready(&self, most: Duration) {
        let ready = async {
            while self.primary().await.is_none() {
                sleep(Duration::from_millis(200)).await;
            }
        };
        if timeout(most, ready).await.is_err() {
            for node in &self.nodes {
                let log = fs::read_to_string(node.folder.join("log")).unwrap_or_default();
                let end = log.lines().rev().take(30).collect::<Vec<_>>();
                eprintln!("node {}:\n{}", node.number, end.into_iter().rev().collect::<Vec<_>>().join("\n"));
            }
            panic!("there is no primary with a synchronous standby");
        }
    }

    /// The primary that has a synchronous standby, of which Patroni knows that it may be promoted.
    async fn primary(&self) -> Option<usize> {
        let [first, second] = &self.nodes;
        for (node, other) in [(first, second), (second, first)] {
            let is_primary = node.has_synchronous_standby().await.unwrap_or(false);
            if is_primary && other.may_be_promoted().await.unwrap_or(false) {
                return Some(node.number);
            }
        }
        None
    }

    /// Ends the primary as a loss of power does, with the program that looks after it, and returns its number.
    pub async fn lose_the_primary(&mut self) -> usize {
        let primary = self.primary().await.expect("a primary");
        drop(self.nodes[primary].running.take());
        primary
    }

    /// Starts a server that was lost.
    pub fn start_again(&mut self, number: usize) {
        self.nodes[number].start();
    }
}

impl Node {
    fn start(&mut self) {
        let settings = self.folder.join("patroni.yml").display().to_string();
        self.running = Some(Kept::start(&self.folder, &["patroni", &settings], false));
    }

    async fn may_be_promoted(&self) -> std::io::Result<bool> {
        let mut connection = TcpStream::connect(("127.0.0.1", self.rest)).await?;
        connection.write_all(b"GET /synchronous HTTP/1.0\r\n\r\n").await?;
        let mut answer = Vec::new();
        connection.read_to_end(&mut answer).await?;
        Ok(answer.starts_with(b"HTTP/1.0 200"))
    }

    async fn has_synchronous_standby(&self) -> Result<bool, tokio_postgres::Error> {
        let url = format!(
            "postgresql://postgres@127.0.0.1:{}/postgres?sslmode=disable&connect_timeout=2",
            self.port
        );
        let (client, connection) = tokio_postgres::connect(&url, NoTls).await?;
        tokio::spawn(connection);
        let sql = "SELECT NOT pg_is_in_recovery() AND EXISTS \
                   (SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync')";
        client.query_one(sql, &[]).await?.try_get(0)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        drop(self.running.take());
        let _ = as_user("rm").arg("-rf").arg(&self.folder).status();
    }
}

fn settings(node: &Node, etcd: u16) -> String {
    let (number, folder, port, rest) = (node.number, node.folder.display(), node.port, node.rest);
    let programs = server_programs().display().to_string();
    format!(
        "scope: counterfoil
name: node{number}
restapi:
  listen: 127.0.0.1:{rest}
  connect_address: 127.0.0.1:{rest}
etcd3:
  host: 127.0.0.1:{etcd}
bootstrap:
  dcs:
    ttl: 20
    loop_wait: 2
    retry_timeout: 5
    synchronous_mode: true
    postgresql:
      use_pg_rewind: true
      parameters:
        wal_log_hints: 'on'
  initdb:
    - encoding: UTF8
    - locale: C
postgresql:
  listen: 127.0.0.1:{port}
  connect_address: 127.0.0.1:{port}
  data_dir: {folder}/data
  bin_dir: {programs}
  pgpass: {folder}/pgpass
  authentication:
    superuser:
      username: postgres
      password: postgres
    replication:
      username: replicator
      password: replicator
  pg_hba:
    - local all all trust
    - host all all 127.0.0.1/32 trust
    - host replication all 127.0.0.1/32 trust
  parameters:
    unix_socket_directories: {folder}
"
    )
}
