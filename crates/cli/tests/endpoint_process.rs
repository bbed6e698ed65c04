//! The endpoint as a process: its data directory, the set-up code, an orderly end and a crash.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

use endpoint::store::{Sqlite, Store};
use tempfile::TempDir;

const SET_UP: &str = "Set-up code for a new shop: ";

/// A folder with the app and room for data.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(TempDir::new().unwrap());
        fs::create_dir(place.at("dist")).unwrap();
        fs::write(place.at("dist/index.html"), "the page").unwrap();
        place
    }

    async fn found_shop(&self) {
        let store = Sqlite::open(&self.at("data")).unwrap();
        (&store as &dyn Store).writing("corner", |tx| tx.found([1; 16], [2; 32])).await.unwrap();
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_counterfoil"));
        command.args(["serve", "--port", "0", "--dir"]).arg(self.at("dist")).args(words);
        command.stdin(Stdio::null());
        command
    }

    fn start(&self, words: &[&str]) -> Process {
        Process::start(self.command(words))
    }

    fn start_with_data(&self, words: &[&str]) -> Process {
        let mut command = self.command(words);
        command.arg("--data").arg(self.at("data"));
        Process::start(command)
    }

    /// What a server says that cannot start.
    fn fail(&self, words: &[&str]) -> String {
        let mut child = self.command(words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        if !address.is_empty() {
            child.kill().unwrap();
        }
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), address.as_str()), (Some(2), ""));
        String::from_utf8(output.stderr).unwrap()
    }
}

/// A server that listens.
struct Process {
    child: Child,
    out: BufReader<ChildStdout>,
    port: u16,
}

impl Process {
    fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut address = String::new();
        out.read_line(&mut address).unwrap();
        let port = address.trim_end().trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
        Self { child, out, port }
    }

    /// The status and the text of an answer.
    fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.contains("x-frame-options: DENY"), "{answer}");
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        (status, answer.split_once("\r\n\r\n").unwrap().1.to_owned())
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([name, &id]).status().unwrap().success());
    }

    /// What it printed after its address, when it has ended.
    fn end(mut self) -> (ExitStatus, String) {
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap(), rest)
    }

    /// Asks it to end.
    fn stop(self) -> String {
        self.signal("-TERM");
        let (status, rest) = self.end();
        assert_eq!(status.code(), Some(0), "{rest}");
        rest
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // A failed test must leave no server behind; otherwise it has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn closed_in_order(data: &Path) -> bool {
    // SQLite removes the file of its log when the last connection is closed.
    !data.join("journal.sqlite-wal").exists()
}

#[test]
fn without_data_only_the_app_is_served() {
    let place = Place::new();
    let process = place.start(&[]);
    assert_eq!(process.get("/index.html"), (200, "the page".into()));
    assert_eq!(process.get("/v1/meta").0, 404);
    assert_eq!(process.stop(), "");
}

#[test]
fn with_data_devices_and_the_app_are_served_from_one_address() {
    let place = Place::new();
    let process = place.start_with_data(&[]);
    assert_eq!(process.get("/index.html"), (200, "the page".into()));
    let (status, meta) = process.get("/v1/meta");
    assert!(status == 200 && meta.contains("\"protocol\""), "{meta}");
    assert_eq!(process.get("/readyz").0, 200);
    assert_eq!(process.get("/healthz"), (200, "ok".into()));
    let (status, problem) = process.get("/v1/nothing");
    assert!(status == 404 && problem.contains("unknown_route"), "{problem}");
    process.stop();
}

#[tokio::test]
async fn the_set_up_code_is_printed_while_there_is_no_shop_or_when_asked_for() {
    let place = Place::new();
    let first = place.start_with_data(&[]).stop();
    let second = place.start_with_data(&[]).stop();
    let code = |text: &str| text.trim_end().strip_prefix(SET_UP).unwrap().to_owned();
    assert!(code(&first).len() == 32 && code(&first) != code(&second), "{first}{second}");
    place.found_shop().await;
    assert_eq!(place.start_with_data(&[]).stop(), "");
    assert!(place.start_with_data(&["--new-shop"]).stop().starts_with(SET_UP));
}

#[tokio::test]
async fn an_orderly_end_closes_the_data_and_a_crash_loses_nothing() {
    let place = Place::new();
    place.found_shop().await;
    place.start_with_data(&[]).stop();
    assert!(closed_in_order(&place.at("data")));
    for _ in 0..3 {
        let process = place.start_with_data(&[]);
        assert_eq!(process.get("/readyz").0, 200);
        process.signal("-KILL");
        assert!(process.end().0.code().is_none());
        assert!(!closed_in_order(&place.at("data")));
    }
    // No set-up code: the shop is there.
    assert_eq!(place.start_with_data(&[]).stop(), "");
}

#[test]
fn a_data_directory_has_one_server() {
    let place = Place::new();
    let process = place.start_with_data(&[]);
    let reason = place.fail(&["--data", place.at("data").to_str().unwrap()]);
    assert!(reason.contains("another program is using"), "{reason}");
    process.stop();
}

#[test]
fn what_the_counters_sign_has_to_be_known() {
    let place = Place::new();
    let data = place.at("data");
    let reason = place.fail(&["--listen", "0.0.0.0", "--data", data.to_str().unwrap()]);
    assert!(reason.contains("--origin"), "{reason}");
    assert!(!data.exists());
}
