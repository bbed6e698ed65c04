//! Records for the tests of stores.
#![allow(dead_code, clippy::indexing_slicing, clippy::unwrap_used, missing_docs)]

pub mod beside;

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, Sender};

use endpoint::store::{Device, Fault, LogEnd, Logged, Read, Store, Write};
use journal::{Clock, SideVerdict};

pub const EMPTY: [u8; 32] = [7; 32];
pub const EPOCH: [u8; 16] = [1; 16];

/// The record with this number, by device `d1` in its chain 1.
pub fn record(lseq: u64) -> Logged {
    line(lseq, "d1", 1, lseq)
}

pub fn line(lseq: u64, device: &str, chain: u32, seq: u64) -> Logged {
    Logged {
        lseq,
        device: device.to_owned(),
        chain,
        seq,
        hash: hash(&format!("{device} {chain} {seq}")),
        entry: format!("{{\"line\":\"{device} {chain} {seq} €\"}}").into_bytes(),
        signature: None,
        order: Clock(1_772_442_000_000 + lseq, 3),
        verdict: SideVerdict::Ok,
        received: 1_772_442_000_999,
        log_hash: hash(&format!("log {lseq}")),
        is_of_shop: false,
        goes_on: false,
    }
}

/// Any 32 bytes that differ for different short texts.
pub fn hash(text: &str) -> [u8; 32] {
    let mut bytes = [0; 32];
    for (index, byte) in text.bytes().enumerate() {
        bytes[index] = byte;
    }
    bytes
}

pub async fn found(store: &dyn Store, shop: &str) {
    store.writing(shop, |tx| tx.found(EPOCH, EMPTY)).await.unwrap();
}

pub async fn append(store: &dyn Store, shop: &str, records: Vec<Logged>) -> Result<(), Fault> {
    store.writing(shop, move |tx| tx.append(&records)).await
}

/// Appends one more record of this device, as a push does: it reads the end and writes what follows.
pub async fn append_next(store: &dyn Store, shop: &str, device: String) {
    let of = shop.to_owned();
    let next = move |tx: &mut dyn endpoint::store::Write| {
        let lseq = tx.end(&of)?.unwrap().lseq + 1;
        let seq = tx.chains(&of, Some(&device))?.first().map_or(1, |end| end.seq + 1);
        tx.append(&[line(lseq, &device, 1, seq)])
    };
    store.writing(shop, next).await.unwrap();
}

pub async fn end(store: &dyn Store, shop: &str) -> Option<LogEnd> {
    let shop = shop.to_owned();
    store.reading(move |tx| tx.end(&shop)).await.unwrap()
}

pub async fn records(store: &dyn Store, shop: &str, after: u64) -> Vec<Logged> {
    let shop = shop.to_owned();
    store.reading(move |tx| collect(|visit| tx.records(&shop, after, visit))).await.unwrap()
}

pub fn collect(
    read: impl FnOnce(&mut dyn FnMut(Logged) -> ControlFlow<()>) -> Result<(), Fault>,
) -> Result<Vec<Logged>, Fault> {
    let mut found = Vec::new();
    read(&mut |record| {
        found.push(record);
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

pub fn numbers(records: &[Logged]) -> Vec<u64> {
    records.iter().map(|record| record.lseq).collect()
}

pub fn all_of(tx: &dyn Read, shop: &str) -> Result<Vec<Logged>, Fault> {
    collect(|visit| tx.records(shop, 0, visit))
}

/// Appends one record between two signals: it has begun, and it may end.
pub fn append_slowly(
    tx: &mut dyn endpoint::store::Write,
    device: &str,
    began: &Sender<()>,
    gone: &Receiver<()>,
) -> Result<(), Fault> {
    let lseq = tx.end("s1")?.unwrap().lseq + 1;
    began.send(()).unwrap();
    gone.recv().unwrap();
    tx.append(&[line(lseq, device, 1, 1)])
}

pub fn device(id: &str, letter: Option<&str>) -> Device {
    Device {
        id: id.to_owned(),
        key: "ed25519:00".into(),
        role: "clerk".into(),
        letter: letter.map(ToOwned::to_owned),
        name: "Till".into(),
        enrolled: 5,
        revoked: None,
    }
}

/// Appends three records of a device, and returns the number of the last one.
pub async fn push_three(store: &dyn Store, device: String) -> Result<u64, Fault> {
    let append = move |tx: &mut dyn Write| {
        let mut end = tx.end("s1")?.unwrap().lseq;
        let mut seq = tx.chains("s1", Some(&device))?.first().map_or(0, |end| end.seq);
        for _ in 0..3 {
            (end, seq) = (end + 1, seq + 1);
            tx.append(&[line(end, &device, 1, seq)])?;
        }
        Ok(end)
    };
    store.writing("s1", append).await
}
