//! A record of the journal: some entries of one account that were stored in one transaction, one after another.
//!
//! A record costs the browser about 100 µs whatever it holds, and an entry in it about 5, so that a book of many entries is
//! stored in few records. What a commit writes is mostly a record of one entry.

use super::convert::required_text;
use super::key::{self, whole};
use crate::store::key_run::{id_key, word_key};
use crate::store::{AccountPosition, ChainPosition, Fault, NewEntry, StoredEntry};
use journal::{Clock, SideVerdict};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The most entries of a record. Reading a chain in its order reads whole records of many accounts, so more would make a
/// backup slower.
const MOST: u32 = 8;

/// In the details of an entry, where there is no such thing.
const NONE: &str = "-";

/// One entry of a record.
#[derive(Debug, Clone)]
pub struct Member {
    pub at: ChainPosition,
    pub stored: StoredEntry,
    /// The keys that find it: its id and its search words, each with its sign in front; none where a run of keys has them.
    pub keys: Vec<String>,
}

/// A record.
#[derive(Debug, Clone)]
pub struct Group {
    pub account: String,
    /// In the order of their arrival; at least one.
    pub members: Vec<Member>,
}

impl Group {
    /// The records for new entries, the first of which arrives as number `first`.
    pub fn of_new(entries: &[NewEntry], first: u64) -> Vec<Self> {
        let mut arrivals = first..;
        let together =
            entries.chunk_by(|a, b| a.account == b.account).flat_map(|some| some.chunks(MOST as usize));
        let group = |some: &[NewEntry]| Self {
            account: some.first().map(|entry| entry.account.clone()).unwrap_or_default(),
            members: some
                .iter()
                .zip(arrivals.by_ref())
                .map(|(entry, arrival)| Member::new(entry, arrival))
                .collect(),
        };
        together.map(group).collect()
    }

    /// Reads a record.
    pub fn read(record: &JsValue) -> Result<Self, Fault> {
        let account = text(record, "account")?;
        let (lines, details) = (text(record, "lines")?, text(record, "details")?);
        let get = |name: &str| Ok::<_, Fault>(Reflect::get(record, &name.into())?.unchecked_into::<Array>());
        let (places, keys) = (get("places")?, get("keys")?);
        let mut keys = keys.iter().filter_map(|key| key.as_string());
        let mut members = Vec::new();
        for ((line, details), place) in lines.split('\n').zip(details.split('\n')).zip(places.iter()) {
            let (stored, count) = entry(line, details)?;
            let at = key::read_place(&place).ok_or_else(|| damaged("a place"))?;
            members.push(Member { at, stored, keys: keys.by_ref().take(count).collect() });
        }
        Ok(Self { account, members })
    }

    /// The value that is stored.
    pub fn to_value(&self) -> Result<JsValue, Fault> {
        let record = Object::new();
        let set = |name: &str, value: JsValue| Reflect::set(&record, &name.into(), &value).map(|_| ());
        let lines: Vec<&str> = self.members.iter().map(|member| member.stored.bytes.as_str()).collect();
        let details: Vec<String> = self.members.iter().map(Member::details).collect();
        let places: Array = self.members.iter().map(|member| key::place(&member.at)).collect();
        let keys: Array =
            self.members.iter().flat_map(|member| &member.keys).map(|key| JsValue::from_str(key)).collect();
        set("account", self.account.as_str().into())?;
        set("arrival", whole(self.arrival()))?;
        set("places", places.into())?;
        set("keys", keys.into())?;
        set("lines", lines.join("\n").into())?;
        set("details", details.join("\n").into())?;
        Ok(record.into())
    }

    /// The key of the record: its account, and the arrival of its last entry.
    pub fn key(&self) -> JsValue {
        key::account(&AccountPosition { account: self.account.clone(), arrival: self.arrival() })
    }

    fn arrival(&self) -> u64 {
        self.members.last().map_or(0, |member| member.stored.arrival)
    }
}

impl Member {
    fn new(entry: &NewEntry, arrival: u64) -> Self {
        let stored = StoredEntry { arrival, ..entry.stored.clone() };
        let id = Some(entry.id.as_str()).filter(|id| !id.is_empty());
        let words = entry.words.iter().map(|word| word_key(word));
        Self { at: entry.at.clone(), stored, keys: id.map(id_key).into_iter().chain(words).collect() }
    }

    /// The arrival, the two parts of the order, the verdict, the number in the shop's log, the signature, the branch, and
    /// the number of keys; `-` stands for what there is not.
    fn details(&self) -> String {
        let StoredEntry { arrival, order, verdict, lseq, signature, branch, .. } = &self.stored;
        let (verdict, lseq) = (verdict.word(), lseq.map_or_else(|| NONE.into(), |lseq| lseq.to_string()));
        let signature = signature.as_deref().unwrap_or(NONE);
        let branch = if branch.is_empty() { NONE } else { branch };
        format!("{arrival} {} {} {verdict} {lseq} {signature} {branch} {}", order.0, order.1, self.keys.len())
    }
}

/// How many records to ask for when at most `limit` entries are wanted: what is read beyond them would be read again.
pub fn records_within(limit: u32) -> u32 {
    limit.div_ceil(MOST)
}

/// The entries of the records of a query's result, in the sequence of the records.
pub fn entries(found: &JsValue) -> Result<Vec<StoredEntry>, Fault> {
    let mut entries = Vec::new();
    for record in found.unchecked_ref::<Array>().iter() {
        let (lines, details) = (text(&record, "lines")?, text(&record, "details")?);
        for (line, details) in lines.split('\n').zip(details.split('\n')) {
            entries.push(entry(line, details)?.0);
        }
    }
    Ok(entries)
}

/// The entries of the records of a query's result, each with its position in its account.
pub fn entries_by_account(found: &JsValue) -> Result<Vec<(AccountPosition, StoredEntry)>, Fault> {
    let mut placed = Vec::new();
    for record in found.unchecked_ref::<Array>().iter() {
        let account = text(&record, "account")?;
        let position =
            |stored: &StoredEntry| AccountPosition { account: account.clone(), arrival: stored.arrival };
        placed.extend(entries(&Array::of1(&record))?.into_iter().map(|stored| (position(&stored), stored)));
    }
    Ok(placed)
}

/// The members of the records of a query's result.
pub fn members(found: &JsValue) -> Result<Vec<Member>, Fault> {
    let groups = found.unchecked_ref::<Array>().iter().map(|record| Group::read(&record));
    Ok(groups.collect::<Result<Vec<_>, _>>()?.into_iter().flat_map(|group| group.members).collect())
}

/// An entry from its line and its details, and the number of its keys.
fn entry(line: &str, details: &str) -> Result<(StoredEntry, usize), Fault> {
    let parts: Vec<&str> = details.split(' ').collect();
    let &[arrival, ms, count, verdict, lseq, signature, branch, keys] = parts.as_slice() else {
        return Err(damaged(details));
    };
    let order = ms.parse().ok().zip(count.parse().ok()).map(|(ms, count)| Clock(ms, count));
    let some = |text: &str| (text != NONE).then(|| text.to_owned());
    let stored = StoredEntry {
        bytes: line.to_owned(),
        order: order.ok_or_else(|| damaged("an order"))?,
        verdict: SideVerdict::from_word(verdict).ok_or_else(|| damaged(verdict))?,
        lseq: some(lseq).map(|lseq| lseq.parse()).transpose().map_err(|_| damaged(lseq))?,
        signature: some(signature),
        branch: some(branch).unwrap_or_default(),
        arrival: arrival.parse().map_err(|_| damaged(arrival))?,
    };
    Ok((stored, keys.parse().map_err(|_| damaged(keys))?))
}

fn text(record: &JsValue, name: &str) -> Result<String, Fault> {
    required_text("journal", &Reflect::get(record, &name.into())?)
}

fn damaged(what: &str) -> Fault {
    Fault::corrupt("journal", what)
}
