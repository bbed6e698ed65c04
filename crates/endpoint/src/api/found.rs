//! `POST /v1/shops`: a shop that lived alone founds itself here, in parts.

use std::collections::BTreeSet;

use axum::extract::{Request, State};
use journal::{ChainOpened, Line, OPENED};
use serde_json::value::RawValue;
use sync::admit::{Founding, FoundingError, LogEnd};
use sync::wire::{self, Code, Found, Founded, Problem};
use sync::{ChainHead, Epoch, LogHash, PublicKey, Signature, statement};

use crate::api::answer::{Answer, Refused, json};
use crate::api::body::read;
use crate::api::session::check_protocol;
use crate::api::signing::{is_signed, random};
use crate::api::state::Endpoint;
use crate::shop_log::{end_of, logged};
use crate::store::{Device, Fault, Logged};

/// The most bytes of the entries of one founding: about a million entries.
const MAX_BYTES: usize = 1 << 30;

/// A founding of which some parts are here.
pub struct Staged {
    shop: String,
    device: String,
    key: PublicKey,
    count: u64,
    heads: Vec<ChainHead>,
    bytes: usize,
    lines: Vec<(Box<RawValue>, Option<Signature>)>,
}

/// Takes a part of a founding.
pub async fn found(State(endpoint): State<Endpoint>, request: Request) -> Answer {
    let bytes = read(request, <Found<'_> as wire::Request>::MAX_BODY).await?;
    let part: Found<'_> = wire::decode(&bytes)?;
    check_protocol(part.protocol)?;
    let founding = statement::founding(&part.shop, part.count, &part.heads);
    if !is_signed(&part.key, &founding, &part.signature) {
        return Err(Code::WrongSignature.into());
    }
    // Until the answer: a part that comes twice at once waits, and then finds what the first one did.
    let mut staged = endpoint.0.staged.lock().await;
    if let Some(end) = already(&endpoint, &part).await? {
        return founded(&endpoint, &part.shop, part.count, Some(end));
    }
    let now = endpoint.now();
    endpoint.0.guesses.check(now).map_err(Refused::slow_down)?;
    if !endpoint.is_setup_code(&part.code) {
        endpoint.0.guesses.wrong(now);
        return Err(Code::WrongCode.into());
    }
    let taken = take(&mut staged, &part)?;
    if taken < part.count {
        return founded(&endpoint, &part.shop, taken, None);
    }
    let Some(complete) = staged.take() else { return Err(Code::WrongFounding.into()) };
    let end = tokio::spawn(commit(endpoint.clone(), complete, now)).await;
    let end = end.map_err(|_| Fault::broken("a founding stopped"))??;
    founded(&endpoint, &part.shop, taken, Some(end))
}

fn founded(endpoint: &Endpoint, shop: &str, taken: u64, end: Option<LogEnd>) -> Answer {
    json(&Founded {
        taken,
        head: end.map(|end| endpoint.0.key.head(shop, end)),
        epoch: end.map(|end| end.epoch),
        endpoint_key: endpoint.0.key.public(),
    })
}

/// The end of the log of a shop that this device has founded already, with the entries of the request.
async fn already(endpoint: &Endpoint, part: &Found<'_>) -> Result<Option<LogEnd>, Refused> {
    let (shop, device, key) = (part.shop.clone(), part.device.clone(), part.key.to_string());
    let heads = part.heads.clone();
    let known = endpoint.0.store.reading(move |tx| {
        let Some(end) = tx.end(&shop)? else { return Ok(None) };
        let mut is_same = tx.device(&shop, &device)?.is_some_and(|known| known.key == key);
        for head in &heads {
            let lines = tx.lines(&shop, &head.device, head.chain, head.seq)?;
            is_same &= lines.iter().any(|line| line.hash == *head.hash.bytes());
        }
        Ok(Some((is_same, end)))
    });
    match known.await? {
        None => Ok(None),
        Some((false, _)) => Err(Code::ShopExists.into()),
        Some((true, end)) => Ok(Some(end_of(Some(end))?)),
    }
}

/// Adds a part, and returns how many entries are here. A part that is here already changes nothing; another founding than
/// the one that has begun takes its place.
fn take(staged: &mut Option<Staged>, part: &Found<'_>) -> Result<u64, Refused> {
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

/// Checks all entries and writes the shop.
async fn commit(endpoint: Endpoint, staged: Staged, now: u64) -> Result<LogEnd, Refused> {
    let epoch = Epoch(random()?);
    let work = tokio::task::spawn_blocking(move || records(&staged, epoch, now).map(|found| (staged, found)));
    let (staged, (records, end)) = work.await.map_err(|_| Fault::broken("a founding stopped"))??;
    let Staged { shop, device, key, .. } = staged;
    let empty = *LogHash::empty(&shop).bytes();
    let founder = founder(device, &key, &records, now);
    let written = endpoint.0.store.writing(&shop, move |tx| {
        tx.found(epoch.0, empty)?;
        tx.append(&records)?;
        tx.put_device(&founder)
    });
    written.await?;
    endpoint.use_setup_code();
    Ok(end)
}

fn records(staged: &Staged, epoch: Epoch, now: u64) -> Result<(Vec<Logged>, LogEnd), Refused> {
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
fn founder(device: String, key: &PublicKey, records: &[Logged], now: u64) -> Device {
    let opening = records.iter().rev().find(|record| record.device == device && record.seq == 1);
    let opened = opening.and_then(|record| {
        let line = Line::envelope(&record.entry).ok().filter(|line| line.kind == OPENED)?;
        ChainOpened::parse(line.kv, line.body).ok()
    });
    let (letter, name) = opened.map_or((None, String::new()), |opened| (Some(opened.letter), opened.name));
    Device {
        id: device,
        key: key.to_string(),
        role: "admin".into(),
        letter,
        name,
        enrolled: now,
        revoked: None,
    }
}
