//! A founding that comes in parts, before it is complete.

use std::collections::BTreeSet;

use journal::{ChainOpened, Line, OPENED};
use serde_json::value::RawValue;
use sync::admit::{Founding, FoundingError, LogEnd};
use sync::wire::{Code, Found, Problem};
use sync::{ChainHead, Epoch, LogHash, PublicKey, Signature};

use crate::api::answer::Refused;
use crate::shop_log::logged;
use crate::store::{Device, Logged};

/// The most bytes of the entries of one founding: about a million entries.
const MAX_BYTES: usize = 1 << 30;

/// The role of the device that founds a shop.
pub const FOUNDER: &str = "admin";

/// A founding of which some parts are here.
pub struct Staged {
    /// The shop.
    pub shop: String,
    /// The device that founds.
    pub device: String,
    /// Its key.
    pub key: PublicKey,
    count: u64,
    heads: Vec<ChainHead>,
    bytes: usize,
    lines: Vec<(Box<RawValue>, Option<Signature>)>,
}

/// Adds a part, and returns how many entries are here. A part that is here already changes nothing; another founding than
/// the one that has begun takes its place.
pub fn take(staged: &mut Option<Staged>, part: &Found<'_>) -> Result<u64, Refused> {
    let is_same = |staged: &Staged| {
        (&staged.shop, &staged.device, &staged.key, staged.count, &staged.heads)
            == (&part.shop, &part.device, &part.key, part.count, &part.heads)
    };
    let fresh = || Staged {
        shop: part.shop.clone(),
        device: part.device.clone(),
        key: part.key,
        count: part.count,
        heads: part.heads.clone(),
        bytes: 0,
        lines: Vec::new(),
    };
    if !staged.as_ref().is_some_and(is_same) {
        *staged = None;
    }
    let staged = staged.get_or_insert_with(fresh);
    let here = staged.lines.len() as u64;
    let Some(skipped) = (here + 1).checked_sub(part.from) else {
        return Err(Problem { due: Some(here + 1), ..Problem::new(Code::Gap) }.into());
    };
    for item in part.items.iter().skip(usize::try_from(skipped).unwrap_or(usize::MAX)) {
        staged.bytes += item.entry.get().len();
        if staged.bytes > MAX_BYTES || staged.lines.len() as u64 >= staged.count {
            return Err(Code::WrongFounding.into());
        }
        staged.lines.push((item.entry.to_owned(), item.signature));
    }
    Ok(staged.lines.len() as u64)
}

/// The records of all entries, which are checked one after another, and the end of their log.
pub fn records(staged: &Staged, epoch: Epoch, now: u64) -> Result<(Vec<Logged>, LogEnd), Refused> {
    let empty = LogEnd { epoch, lseq: 0, log_hash: LogHash::empty(&staged.shop) };
    let mut founding = Founding::new(&staged.shop, empty);
    let mut records = Vec::with_capacity(staged.lines.len());
    let mut seen = BTreeSet::new();
    for (at, (entry, signature)) in staged.lines.iter().enumerate() {
        let record = founding.line(entry, *signature, now).map_err(refused)?;
        if !seen.insert(record.line.hash) {
            return Err(Problem::new(Code::WrongFounding).at(at).into());
        }
        records.push(logged(&record));
    }
    let end = founding.finish(&staged.heads).map_err(refused)?;
    Ok((records, end))
}

fn refused(error: FoundingError) -> Refused {
    match error {
        FoundingError::Line { at, code } => {
            let item = usize::try_from(at.saturating_sub(1)).unwrap_or(usize::MAX);
            Problem::new(code).at(item).into()
        }
        FoundingError::OtherHeads => Code::WrongFounding.into(),
    }
}

/// The founding device, with the letter and the name of its newest chain.
pub fn founder(device: String, key: &PublicKey, records: &[Logged], now: u64) -> Device {
    let opening = records.iter().rev().find(|record| record.device == device && record.seq == 1);
    let opened = opening.and_then(|record| {
        let line = Line::envelope(&record.entry).ok().filter(|line| line.kind == OPENED)?;
        ChainOpened::parse(line.kv, line.body).ok()
    });
    let (letter, name) = opened.map_or((None, String::new()), |opened| (Some(opened.letter), opened.name));
    Device {
        id: device,
        key: key.to_string(),
        role: FOUNDER.into(),
        letter,
        name,
        enrolled: now,
        revoked: None,
    }
}
