//! `GET /v1/shops/{shop}/entries`: the records after a place in the log.

use std::ops::ControlFlow;
use std::sync::atomic::Ordering;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use serde_json::value::RawValue;
use sync::admit::{LogEnd, check_cursor, whole_presses};
use sync::wire::limits::MAX_PAGE_BYTES;
use sync::wire::{Code, Page, Problem, Pull, Record};
use sync::{ChainHead, Checkpoint, Signature};

use crate::api::answer::{Answer, Refused, json};
use crate::api::body::query;
use crate::api::rates::Kind;
use crate::api::sessions::Member;
use crate::api::state::Endpoint;
use crate::shop_log::{ReadLog, chain_head, log_hash};
use crate::store::{Fault, Logged, Read};

/// Records of one state of the log.
struct Part {
    end: LogEnd,
    records: Vec<Logged>,
    chains: Vec<ChainHead>,
}

/// Answers a page.
pub async fn pull(
    State(endpoint): State<Endpoint>,
    Path(shop): Path<String>,
    headers: HeaderMap,
    uri: Uri,
) -> Answer {
    let member = endpoint.counted_member(Kind::Pull, &shop, &headers)?;
    let asked: Pull = query(&uri)?;
    let of = member.clone();
    let part = endpoint.0.store.reading(move |tx| part(tx, &of, asked)).await??;
    endpoint.0.metrics.pulled.fetch_add(part.records.len() as u64, Ordering::Relaxed);
    let place = part.records.last().map(|record| (record.lseq, log_hash(record.log_hash)));
    let (lseq, hash) = place.unwrap_or((asked.after, asked.h));
    endpoint.has_read(&member, lseq);
    json(&Page {
        epoch: part.end.epoch,
        items: part.records.iter().map(record).collect::<Result<_, Refused>>()?,
        head: endpoint.0.key.head(&shop, LogEnd { epoch: part.end.epoch, lseq, log_hash: hash }),
        more: part.end.lseq > lseq,
        end: part.end.lseq,
        chains: part.chains,
        refunds: endpoint.refunds_of(&shop),
    })
}

fn part(tx: &dyn Read, member: &Member, asked: Pull) -> Result<Result<Part, Problem>, Fault> {
    if let Err(problem) = may_read(tx, member)? {
        return Ok(Err(problem));
    }
    let after = Checkpoint { lseq: asked.after, log_hash: asked.h };
    let end = match check_cursor(&mut ReadLog::new(tx, &member.shop), asked.epoch, after)? {
        Ok(end) => end,
        Err(problem) => return Ok(Err(problem)),
    };
    let chains = tx.chains(&member.shop, Some(&member.device))?.iter().map(chain_head).collect();
    Ok(Ok(Part { end, records: page(tx, &member.shop, asked)?, chains }))
}

/// A device that was revoked reads no more.
pub fn may_read(tx: &dyn Read, member: &Member) -> Result<Result<(), Problem>, Fault> {
    let device = tx.device(&member.shop, &member.device)?;
    let is_revoked = device.is_none_or(|device| device.revoked.is_some());
    Ok(if is_revoked { Err(Problem::new(Code::Revoked)) } else { Ok(()) })
}

fn page(tx: &dyn Read, shop: &str, asked: Pull) -> Result<Vec<Logged>, Fault> {
    let (mut records, mut bytes, mut has_press) = (Vec::<Logged>::new(), 0, false);
    tx.records(shop, asked.after, &mut |record| {
        let is_full = records.len() >= asked.limit || bytes >= MAX_PAGE_BYTES;
        if is_full && has_press {
            return ControlFlow::Break(());
        }
        bytes += record.entry.len();
        has_press |= !record.goes_on;
        records.push(record);
        ControlFlow::Continue(())
    })?;
    let sizes = records.iter().map(|record| (record.entry.len(), record.goes_on));
    let taken = whole_presses(sizes, asked.limit, MAX_PAGE_BYTES);
    records.truncate(taken);
    Ok(records)
}

fn record(record: &Logged) -> Result<Record<'_>, Refused> {
    let entry: Result<&RawValue, _> = serde_json::from_slice(&record.entry);
    Ok(Record {
        lseq: record.lseq,
        entry: entry.map_err(|_| Fault::broken("a record that is no line"))?,
        signature: record.signature.map(Signature),
        order: record.order,
        verdict: record.verdict,
        received: record.received,
        log_hash: log_hash(record.log_hash),
    })
}
