//! What a commit writes in its transaction.

use super::group::{Group, Member};
use super::month::Month;
use super::tx::Tx;
use super::{convert, key, layout, request};
use crate::store::append::DEVICE;
use crate::store::key_run::{Sought, id_key, word_key};
use crate::store::{Append, Arrivals, ChainPosition, Fault, Judged, NewEntry, StoredEntry, Total, Waiting};
use js_sys::Uint8Array;
use std::collections::{BTreeMap, BTreeSet};
use wasm_bindgen::JsValue;
use web_sys::IdbRequest;

/// The number of values that are written without a pause.
const CHUNK: usize = 512;

/// Writes a commit. Sends all requests first and then awaits them in the same order: awaiting each before the next one
/// would cost a round trip to the browser's storage per request.
pub async fn append(tx: &Tx, append: &Append, runs: u32) -> Result<(), Fault> {
    let device = tx.request(layout::META, &DEVICE.into())?;
    let (ids, words) = (append.new_ids.iter(), append.new_words.iter());
    let new: Vec<String> = ids.map(|id| id_key(id)).chain(words.map(|word| word_key(word))).collect();
    let counts = new.iter().map(|key| tx.count(layout::JOURNAL, layout::BY_KEY, &key.as_str().into()));
    let counts = counts.collect::<Result<Vec<_>, _>>()?;
    let in_runs = new.iter().flat_map(|key| (0..runs).map(move |run| (Sought::Exactly(key), run)));
    let in_runs = in_runs.map(|(sought, run)| Ok((tx.pages_of_keys(run, sought)?, sought)));
    let in_runs = in_runs.collect::<Result<Vec<_>, Fault>>()?;
    let last = tx.request(layout::META, &Arrivals::META.into())?;
    let months = if append.rebuild { Vec::new() } else { request_months(tx, &append.totals)? };
    if convert::text(layout::META, &request::settled(&device).await?)? != append.expected {
        return Err(Fault::Conflict);
    }
    for count in counts {
        if request::settled(&count).await? != 0 {
            return Err(Fault::IdExists);
        }
    }
    for (asked, sought) in in_runs {
        if !asked.places(sought).await?.is_empty() {
            return Err(Fault::IdExists);
        }
    }
    let mut arrivals = arrivals(&request::settled(&last).await?)?;
    if append.rebuild {
        [layout::ACCOUNTS, layout::TOTALS, layout::OPEN, layout::ORDERS]
            .iter()
            .try_for_each(|store| tx.clear(store))?;
        put_months(tx, &append.totals).await?;
    }
    add_to_months(tx, months).await?;
    add_arriving(tx, &append.entries, &mut arrivals).await?;
    for some in append.judged.chunks(CHUNK) {
        judge(tx, some, &mut arrivals).await?;
    }
    if !append.entries.is_empty() || !append.judged.is_empty() {
        tx.put(layout::META, &Arrivals::META.into(), &arrivals.to_text())?;
    }
    write_caches(tx, append).await
}

/// Adds entries, each with the number of its arrival.
pub async fn add(tx: &Tx, entries: &[NewEntry]) -> Result<(), Fault> {
    let mut arrivals = arrivals(&tx.get(layout::META, &Arrivals::META.into()).await?)?;
    add_arriving(tx, entries, &mut arrivals).await?;
    tx.put(layout::META, &Arrivals::META.into(), &arrivals.to_text())
}

/// Replaces the bytes of lines that are there, and adds those that are not.
pub async fn mend(tx: &Tx, entries: &[NewEntry]) -> Result<(), Fault> {
    let mut gone = Vec::new();
    for new in entries {
        let asked = tx.at_index(layout::JOURNAL, layout::BY_POSITION, &key::place(&new.at))?;
        let found = request::settled(&asked).await?;
        if found.is_undefined() {
            gone.push(new.clone());
            continue;
        }
        let mut group = Group::read(&found)?;
        let mut wrong = group.members.iter_mut().filter(|member| member.at == new.at);
        wrong.by_ref().for_each(|member| member.stored.bytes.clone_from(&new.stored.bytes));
        tx.delete(layout::JOURNAL, &group.key())?;
        tx.add(layout::JOURNAL, &group.to_value()?)?;
    }
    if gone.is_empty() { Ok(()) } else { add(tx, &gone).await }
}

fn arrivals(stored: &JsValue) -> Result<Arrivals, Fault> {
    Arrivals::parse(convert::text(layout::META, stored)?.as_deref())
}

async fn add_arriving(tx: &Tx, entries: &[NewEntry], arrivals: &mut Arrivals) -> Result<(), Fault> {
    if entries.is_empty() {
        return Ok(());
    }
    let first = *arrivals.take(entries.len()).start();
    for (at, group) in Group::of_new(entries, first).iter().enumerate() {
        tx.add(layout::JOURNAL, &group.to_value()?)?;
        pause(tx, at + 1).await?;
    }
    Ok(())
}

/// What an endpoint says about some entries. The record of each is found first, and read once, however many of its entries are among them.
async fn judge(tx: &Tx, judged: &[Judged], arrivals: &mut Arrivals) -> Result<(), Fault> {
    let asked = judged
        .iter()
        .map(|each| tx.key_at_index(layout::JOURNAL, layout::BY_POSITION, &key::place(&each.at)));
    let mut by_record = BTreeMap::<Option<u64>, (JsValue, Vec<&Judged>)>::new();
    for (asked, each) in asked.collect::<Result<Vec<_>, _>>()?.into_iter().zip(judged) {
        let found = request::settled(&asked).await?;
        if found.is_undefined() {
            return Err(each.at.not_stored());
        }
        by_record.entry(convert::arrival(&found)).or_insert_with(|| (found, Vec::new())).1.push(each);
    }
    let asked = by_record.into_values().map(|(key, said)| Ok((tx.request(layout::JOURNAL, &key)?, said)));
    let mut again = BTreeMap::new();
    for (asked, said) in asked.collect::<Result<Vec<_>, Fault>>()? {
        let group = Group::read(&request::settled(&asked).await?)?;
        judge_record(tx, group, &said, &mut again)?;
    }
    // In the order in which they are said to have changed.
    for each in judged {
        if let Some((account, member)) = again.remove(&each.at) {
            let arrival = *arrivals.take(1).start();
            let members = vec![Member { stored: StoredEntry { arrival, ..member.stored }, ..member }];
            tx.add(layout::JOURNAL, &Group { account, members }.to_value()?)?;
        }
    }
    Ok(())
}

/// An entry whose order or verdict changes leaves its record and becomes one of its own, because it arrives again.
fn judge_record(
    tx: &Tx,
    mut group: Group,
    said: &[&Judged],
    again: &mut BTreeMap<ChainPosition, (String, Member)>,
) -> Result<(), Fault> {
    let key = group.key();
    let mut changed = BTreeSet::new();
    for member in &mut group.members {
        for each in said.iter().filter(|each| each.at == member.at) {
            if each.put_beside(&mut member.stored) {
                changed.insert(member.at.clone());
            }
        }
    }
    if changed.is_empty() {
        return tx.replace(layout::JOURNAL, &group.to_value()?);
    }
    tx.delete(layout::JOURNAL, &key)?;
    let Group { account, members } = group;
    let (moved, rest) = members.into_iter().partition::<Vec<_>, _>(|member| changed.contains(&member.at));
    again.extend(moved.into_iter().map(|member| (member.at.clone(), (account.clone(), member))));
    if rest.is_empty() {
        Ok(())
    } else {
        tx.add(layout::JOURNAL, &Group { account, members: rest }.to_value()?)
    }
}

async fn write_caches(tx: &Tx, append: &Append) -> Result<(), Fault> {
    tx.put(layout::META, &DEVICE.into(), &append.device)?;
    append.meta.iter().try_for_each(|(name, value)| tx.put(layout::META, &name.into(), value))?;
    append.orders_gone.iter().try_for_each(|(of, id)| tx.delete(layout::ORDERS, &key::open(of, id)))?;
    append.done.iter().try_for_each(|(account, id)| tx.delete(layout::OPEN, &key::open(account, id)))?;
    documents(tx, &append.pages, &append.orders, &append.waits).await
}

/// Writes pages of accounts, orders and waiting items.
pub async fn documents(
    tx: &Tx,
    pages: &[(u32, Vec<u8>)],
    orders: &[Waiting],
    waits: &[Waiting],
) -> Result<(), Fault> {
    for some in pages.chunks(CHUNK) {
        some.iter().try_for_each(|(page, bytes)| {
            tx.put_value(layout::ACCOUNTS, &(*page).into(), &Uint8Array::from(bytes.as_slice()))
        })?;
        pause(tx, some.len()).await?;
    }
    for (store, documents) in [(layout::ORDERS, orders), (layout::OPEN, waits)] {
        for some in documents.chunks(CHUNK) {
            some.iter().try_for_each(|one| tx.put(store, &key::open(&one.account, &one.id), &one.value))?;
            pause(tx, some.len()).await?;
        }
    }
    Ok(())
}

/// Lets the page run between chunks, because rebuilt caches are thousands of values. Awaits a request of the same
/// transaction, which keeps the transaction open.
async fn pause(tx: &Tx, put: usize) -> Result<(), Fault> {
    if put.is_multiple_of(CHUNK) {
        tx.get(layout::META, &DEVICE.into()).await?;
    }
    Ok(())
}

/// The amounts to add to a month, by day.
type Days<'a> = Vec<(&'a str, i64)>;

/// The request for the sums of a month, its key, and the amounts to add.
type PendingMonth<'a> = (IdbRequest, JsValue, Days<'a>);

/// Adds sums in a transaction of their own.
pub async fn sums(tx: &Tx, totals: &[Total]) -> Result<(), Fault> {
    add_to_months(tx, request_months(tx, totals)?).await
}

async fn add_to_months(tx: &Tx, months: Vec<PendingMonth<'_>>) -> Result<(), Fault> {
    for (asked, key, days) in months {
        let mut month = convert::month(&request::settled(&asked).await?)?;
        days.into_iter().for_each(|(day, add)| month.add(day, add));
        tx.put(layout::TOTALS, &key, &month.to_text())?;
    }
    Ok(())
}

fn request_months<'a>(tx: &Tx, totals: &'a [Total]) -> Result<Vec<PendingMonth<'a>>, Fault> {
    let request = |(key, days): (JsValue, Days<'a>)| Ok((tx.request(layout::TOTALS, &key)?, key, days));
    by_month(totals).into_iter().map(request).collect()
}

/// Writes the sums of rebuilt caches. The store was cleared, so none is read.
async fn put_months(tx: &Tx, totals: &[Total]) -> Result<(), Fault> {
    for (at, (key, days)) in by_month(totals).into_iter().enumerate() {
        let mut month = Month::default();
        days.into_iter().for_each(|(day, add)| month.add(day, add));
        tx.put(layout::TOTALS, &key, &month.to_text())?;
        pause(tx, at + 1).await?;
    }
    Ok(())
}

/// The amounts that a commit adds, by the record that holds them.
fn by_month(totals: &[Total]) -> Vec<(JsValue, Days<'_>)> {
    let mut due = BTreeMap::<_, Days<'_>>::new();
    for total in totals {
        let (month, day) = Month::of(&total.day);
        due.entry((total.code, total.party.as_str(), month)).or_default().push((day, total.add));
    }
    due.into_iter().map(|((code, party, month), days)| (key::total(code, party, month), days)).collect()
}
