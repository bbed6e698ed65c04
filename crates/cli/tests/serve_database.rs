//! Endpoints over a database as processes: their flags, the set-up code they share, and a password that is never told.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../../endpoint/tests/cluster/mod.rs"]
mod cluster;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

const SECRET: &str = "s3cret-word";
const SET_UP: &str = "Set-up code for a new shop: ";

fn command(dist: &TempDir) -> Command {
    fs::write(dist.path().join("index.html"), "the page").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_counterfoil"));
    command.args(["serve", "--port", "0", "--dir"]).arg(dist.path()).stdin(Stdio::null());
    command
}

/// An endpoint that listens.
struct Process {
    child: Child,
    address: String,
    code: String,
}

impl Process {
    fn start(dist: &TempDir, url: &str) -> Self {
        let mut command = command(dist);
        let mut child = command.env("COUNTERFOIL_DATABASE_URL", url).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let address = lines.next().unwrap().trim_start_matches("http://").trim_end_matches('/').to_owned();
        let code = lines.next().unwrap().strip_prefix(SET_UP).unwrap().to_owned();
        Self { child, address, code }
    }

    fn status(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split(' ').nth(1).unwrap().to_owned()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a server says that cannot start.
fn refused(mut command: Command) -> String {
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap()).concat()
}

#[test]
fn endpoints_over_one_database_start_at_once_and_have_one_set_up_code() {
    let (dist, server) = (TempDir::new().unwrap(), cluster::Cluster::start(""));
    let url = server.database();
    let (one, two) = (Process::start(&dist, &url), Process::start(&dist, &url));
    assert_eq!(one.code, two.code);
    for path in ["/readyz", "/v1/meta", "/index.html"] {
        assert_eq!((one.status(path), two.status(path)), ("200".into(), "200".into()), "{path}");
    }
    server.kill();
    assert_eq!((one.status("/readyz"), one.status("/index.html")), ("503".into(), "200".into()));
}

#[test]
fn no_message_contains_the_password() {
    let dist = TempDir::new().unwrap();
    // Nothing listens on this port.
    let url = format!("postgresql://till:{SECRET}@127.0.0.1:1/shop");
    let mut unreachable = command(&dist);
    unreachable.env("COUNTERFOIL_DATABASE_URL", &url);
    let said = refused(unreachable);
    assert!(said.contains("cannot connect to the database on 127.0.0.1") && !said.contains(SECRET), "{said}");
    let mut both = command(&dist);
    both.env("COUNTERFOIL_DATABASE_URL", &url).args(["--data", "data"]);
    let said = refused(both);
    assert!(said.contains("cannot be used with") && !said.contains(SECRET), "{said}");
    let mut help = command(&dist);
    let help = help.env("COUNTERFOIL_DATABASE_URL", &url).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    assert!(help.contains("COUNTERFOIL_DATABASE_URL") && !help.contains(SECRET), "{help}");
}

/// The library that reads arguments repeats a value that it cannot read.
#[test]
fn an_address_that_cannot_be_read_is_not_repeated() {
    let dist = TempDir::new().unwrap();
    for wrong in
        [format!("mysql://till:{SECRET}@one/shop"), format!("postgresql://till:{SECRET}@one:port/shop")]
    {
        let mut command = command(&dist);
        command.env("COUNTERFOIL_DATABASE_URL", &wrong);
        let said = refused(command);
        assert!(!said.contains(SECRET), "{said}");
    }
}
