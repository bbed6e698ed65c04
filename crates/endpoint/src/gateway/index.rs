//! Where the lines of each account are in the log, and which payment has which number at the processor. The worker keeps it in the store beside
//! the operations, so that what is found at the processor costs what its account costs and not what the journal costs.
//!
//! It is a cache: what is after its end is read from the log, and one of another epoch is not used.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use journal::Line;
use ledger::entry::Body;
use ledger::id::Id;
use serde::{Deserialize, Serialize};

use crate::Endpoint;
use crate::store::{Fault, Logged, Read, Write};

/// The most records that one transaction indexes.
const AT_A_TIME: usize = 2_000;

/// The most lines that one value names. Adding a line writes one value again.
const CHUNK: usize = 256;

/// How far apart lines are that are read in one go: a database gives them by the page.
const NEAR: u64 = 128;

/// A payment of the book, as its entry says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paid {
    /// The payment.
    pub payment: Id,
    /// Whose it is.
    pub customer: Id,
    /// The time zone of the counter.
    pub zone: String,
}

/// How far the log is indexed.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    epoch: [u8; 16],
    lseq: u64,
}

impl Place {
    /// The name of a value of a shop in this epoch.
    fn name(self, what: &str, shop: &str, of: &str) -> String {
        format!("gateway {what} {shop} {:032x} {of}", u128::from_be_bytes(self.epoch))
    }
}

/// What the log has gained.
struct Gained {
    before: Place,
    after: u64,
    is_all: bool,
    lines: BTreeMap<String, Vec<u64>>,
    paid: BTreeMap<String, Paid>,
}

/// Indexes what the log has gained.
///
/// # Errors
/// Of the store.
pub async fn advance(endpoint: &Endpoint, shop: &str) -> Result<(), Fault> {
    loop {
        let of = shop.to_owned();
        let gained = endpoint.0.store.reading(move |tx| gained(tx, &of)).await?;
        let Some(gained) = gained else { return Ok(()) };
        let (of, is_all) = (shop.to_owned(), gained.is_all);
        endpoint.0.store.writing(shop, move |tx| put(tx, &of, &gained)).await?;
        if is_all {
            return Ok(());
        }
    }
}

/// How far the present log is indexed; from its beginning where it was put back.
fn place(tx: &dyn Read, shop: &str) -> Result<Option<(Place, u64)>, Fault> {
    let Some(end) = tx.end(shop)? else { return Ok(None) };
    let bytes = tx.value(&end_name(shop))?.unwrap_or_default();
    let read = || Some((*bytes.first_chunk::<16>()?, *bytes.get(16..)?.first_chunk::<8>()?));
    let known = read().map(|(epoch, lseq)| Place { epoch, lseq: u64::from_be_bytes(lseq) });
    let known = known.filter(|known| known.epoch == end.epoch && known.lseq <= end.lseq);
    Ok(Some((known.unwrap_or(Place { epoch: end.epoch, lseq: 0 }), end.lseq)))
}

fn end_name(shop: &str) -> String {
    format!("gateway indexed {shop}")
}

fn gained(tx: &dyn Read, shop: &str) -> Result<Option<Gained>, Fault> {
    let Some((before, _)) = place(tx, shop)?.filter(|(place, end)| place.lseq < *end) else {
        return Ok(None);
    };
    let (lines, paid) = (BTreeMap::new(), BTreeMap::new());
    let mut gained = Gained { before, after: before.lseq, is_all: true, lines, paid };
    let mut count = 0;
    tx.records(shop, before.lseq, &mut |record| {
        if count == AT_A_TIME {
            gained.is_all = false;
            return ControlFlow::Break(());
        }
        count += 1;
        gained.after = record.lseq;
        if let Ok(line) = Line::envelope(&record.entry)
            && let Some(account) = line.account
        {
            gained.lines.entry(account.to_owned()).or_default().push(record.lseq);
        }
        if let Some((number, paid)) = paid_in(&record) {
            gained.paid.entry(number).or_insert(paid);
        }
        ControlFlow::Continue(())
    })?;
    Ok(Some(gained))
}

/// The payment of a record, by the number that it has at the processor.
fn paid_in(record: &Logged) -> Option<(String, Paid)> {
    Line::envelope(&record.entry).ok().filter(|line| line.kind == "payment.recorded")?;
    let line = Line::parse(&record.entry).ok()?;
    let Ok(Body::PaymentRecorded(body)) = Body::decode(line.kind, line.kv, line.body.get()) else {
        return None;
    };
    let number = body.reference.as_deref().map(str::trim).filter(|text| is_number(text))?.to_owned();
    let (payment, customer) = (Id::new(line.id).ok()?, Id::new(line.account?).ok()?);
    Some((number, Paid { payment, customer, zone: line.zone.to_owned() }))
}

/// Whether a reference can be a number of the processor: people type others.
fn is_number(text: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (4..=255).contains(&text.len()) && text.contains('_') && text.bytes().all(is_word)
}

fn put(tx: &mut dyn Write, shop: &str, gained: &Gained) -> Result<(), Fault> {
    // Another endpoint may have done it.
    if place(&*tx, shop)?.is_none_or(|(place, _)| place != gained.before) {
        return Ok(());
    }
    for (customer, lines) in &gained.lines {
        add(tx, shop, gained.before, customer, lines)?;
    }
    for (number, paid) in &gained.paid {
        let name = gained.before.name("paid", shop, number);
        if tx.value(&name)?.is_none() {
            tx.put_value(&name, &serde_json::to_vec(paid).map_err(Fault::broken)?)?;
        }
    }
    let mut end = gained.before.epoch.to_vec();
    end.extend_from_slice(&gained.after.to_be_bytes());
    tx.put_value(&end_name(shop), &end)
}

/// Adds lines of an account to its last value, or to a new one.
fn add(tx: &mut dyn Write, shop: &str, place: Place, customer: &str, lines: &[u64]) -> Result<(), Fault> {
    let last = place.name("values", shop, customer);
    let count =
        tx.value(&last)?.and_then(|bytes| bytes.first_chunk::<4>().map(|read| u32::from_be_bytes(*read)));
    let mut number = count.unwrap_or_default();
    let mut rest = lines;
    loop {
        let name = place.name("lines", shop, &format!("{customer} {number}"));
        let mut value = tx.value(&name)?.unwrap_or_default();
        let (now, later) = rest.split_at(rest.len().min(CHUNK.saturating_sub(value.len() / 8)));
        value.extend(now.iter().flat_map(|line| line.to_be_bytes()));
        tx.put_value(&name, &value)?;
        rest = later;
        if rest.is_empty() {
            break;
        }
        number += 1;
    }
    if count == Some(number) { Ok(()) } else { tx.put_value(&last, &number.to_be_bytes()) }
}

/// Visits the lines of accounts, in their order.
///
/// # Errors
/// Of the store.
pub(super) fn lines_of(
    tx: &dyn Read,
    shop: &str,
    customers: &BTreeSet<&Id>,
    visit: &mut dyn FnMut(Logged),
) -> Result<(), Fault> {
    let Some((place, _)) = place(tx, shop)? else { return Ok(()) };
    let mut lines = BTreeSet::new();
    for customer in customers {
        for number in 0_u32.. {
            let name = place.name("lines", shop, &format!("{customer} {number}"));
            let Some(value) = tx.value(&name)? else { break };
            lines.extend(value.as_chunks::<8>().0.iter().map(|line| u64::from_be_bytes(*line)));
        }
    }
    let mut after = 0;
    // What was indexed before a store was put back can name later lines.
    lines.retain(|line| *line <= place.lseq);
    while let Some(first) = lines.range(after + 1..).next().copied() {
        after = first;
        tx.records(shop, first - 1, &mut |record| {
            after = after.max(record.lseq);
            if lines.contains(&record.lseq) {
                visit(record);
            }
            let next = lines.range(after + 1..).next();
            let is_near = next.is_some_and(|next| next - after <= NEAR);
            if is_near { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
    }
    tx.records(shop, place.lseq, &mut |record| {
        visit(record);
        ControlFlow::Continue(())
    })
}

/// The payments with one of these numbers as their reference, by it.
///
/// # Errors
/// Of the store.
pub(super) fn payments(
    tx: &dyn Read,
    shop: &str,
    numbers: BTreeSet<&String>,
) -> Result<BTreeMap<String, Paid>, Fault> {
    let (Some((place, _)), mut paid) = (place(tx, shop)?, BTreeMap::new()) else {
        return Ok(BTreeMap::new());
    };
    for number in numbers.iter().copied() {
        if let Some(bytes) = tx.value(&place.name("paid", shop, number))? {
            let known = serde_json::from_slice(&bytes).map_err(|_| Fault::broken("a payment's number"))?;
            paid.insert(number.clone(), known);
        }
    }
    tx.records(shop, place.lseq, &mut |record| {
        if let Some((number, found)) = paid_in(&record)
            && numbers.contains(&number)
        {
            paid.entry(number).or_insert(found);
        }
        ControlFlow::Continue(())
    })?;
    Ok(paid)
}
