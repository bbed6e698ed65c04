//! A disk that says that it cannot write through (B38): what is sent meanwhile is not acknowledged, and nothing is lost or there twice
//! afterwards. The calls of the system are made to fail by a library that is compiled here.
#![cfg(target_os = "linux")]
#![allow(clippy::indexing_slicing, clippy::unwrap_used, missing_docs)]

mod apart;
mod devices;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use apart::{Served, open};
use devices::{Device, now, reply};
use journal::Hash;
use sync::wire::Pushed;
use tempfile::TempDir;

const AS_SERVER: [&str; 4] = ["--exact", "serves_until_it_is_killed", "--ignored", "--nocapture"];

/// The file that makes the calls fail while it is there.
const FAILS: &str = "COUNTERFOIL_TEST_FAILS";

const LIBRARY: &str = r#"
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static int flush(long call, int file) {
    const char *fails = getenv("COUNTERFOIL_TEST_FAILS");
    if (fails && access(fails, F_OK) == 0) { errno = EIO; return -1; }
    return (int) syscall(call, file);
}

int fsync(int file) { return flush(SYS_fsync, file); }
int fdatasync(int file) { return flush(SYS_fdatasync, file); }
"#;

/// Compiles the library in a folder.
fn library(folder: &Path) -> PathBuf {
    let (source, library) = (folder.join("flush.c"), folder.join("flush.so"));
    fs::write(&source, LIBRARY).unwrap();
    let compiled = Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(&library).arg(&source).status();
    assert!(compiled.unwrap().success());
    library
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_disk_does_not_write_through_is_not_acknowledged() {
    let (folder, beside) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let place = folder.path().to_str().unwrap();
    let shop = open(place, now).await;
    let mut device = shop.first_device().await;
    drop(shop);
    let (library, fails) = (library(beside.path()), beside.path().join("fails"));
    let variables = [("LD_PRELOAD", library.to_str().unwrap()), (FAILS, fails.to_str().unwrap())];
    let mut served = Served::start_with(place, &AS_SERVER, &variables, Stdio::null());
    let server = served.router();
    let push = async |device: &Device| {
        reply(&server, device.push_request(device.push_of(device.sent, device.lines.len()))).await
    };
    for _ in 0..3 {
        device.credit("ana", "1.00", None);
        device.sent = usize::try_from(push(&device).await.ok::<Pushed>().acked_through).unwrap();
        assert_eq!(device.sent, device.lines.len());
        // The disk fails, is asked again, and works again.
        fs::write(&fails, "").unwrap();
        device.credit("ana", "2.00", None);
        for _ in 0..2 {
            let reply = push(&device).await;
            assert!(reply.status.is_server_error(), "{} {}", reply.status, reply.text);
        }
        fs::remove_file(&fails).unwrap();
    }
    let pushed: Pushed = push(&device).await.ok();
    assert_eq!(pushed.acked_through, device.lines.len() as u64);
    served.kill();
    // After the crash the file is whole, and has each line once.
    let shop = open(place, now).await;
    let mut reader = Device::new(&device.id);
    reader.token.clone_from(&device.token);
    let (items, more) = reader.pull(&shop, 1000).await;
    assert!(!more);
    let held: Vec<_> = items.iter().map(|(_, entry, _)| Hash::of(entry.as_bytes())).collect();
    let recorded: Vec<_> = device.lines.iter().map(|line| Hash::of(line.as_bytes())).collect();
    assert_eq!(held, recorded);
}

/// Not a test: the program that is killed.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "serves until it is killed"]
async fn serves_until_it_is_killed() {
    apart::serve_if_asked(now).await;
}
