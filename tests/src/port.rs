//! Ports for servers that restart on the same port.

use anyhow::{Context, Result};
use std::io::ErrorKind;
use std::net::TcpListener;
use std::sync::atomic::{AtomicU16, Ordering};

/// Below the system's range of ephemeral ports, so that no other process takes the port of a stopped server.
const FIRST: u16 = 20_000;
const SPAN: u16 = 12_000;

static NEXT: AtomicU16 = AtomicU16::new(0);

/// A port on which nothing listens and that no other journey of this run uses.
pub fn free() -> Result<u16> {
    let start = (std::process::id() % u32::from(SPAN)) as u16;
    (0..SPAN)
        .map(|_| FIRST + (start + NEXT.fetch_add(1, Ordering::Relaxed) % SPAN) % SPAN)
        .find(|port| is_free(*port))
        .context("no free port between 20000 and 32000")
}

fn is_free(port: u16) -> bool {
    !TcpListener::bind(("127.0.0.1", port)).is_err_and(|why| why.kind() == ErrorKind::AddrInUse)
}
