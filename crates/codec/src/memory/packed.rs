//! The entries of one account, compressed: a tenth of the size of decoded entries.

use ledger::date::Date;
use ledger::entry::{Body, Entry};
use ledger::id::Id;
use ledger::money::Currency;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::sync::Arc;

/// An entry without its customer.
#[derive(Serialize, Deserialize)]
struct PackedEntry<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    no: Option<Cow<'a, str>>,
    #[serde(borrow)]
    actor: Cow<'a, str>,
    on: Date,
    #[serde(borrow)]
    kind: Cow<'a, str>,
    kv: u32,
    #[serde(borrow)]
    body: Cow<'a, RawValue>,
}

/// Compresses entries of one customer.
#[expect(clippy::expect_used, reason = "a body is written as JSON")]
pub(super) fn pack(entries: &[Arc<Entry>], currency: &Currency) -> Arc<[u8]> {
    let packed = |entry: &Arc<Entry>| {
        let (kind, kv, body) = entry.body.encode(currency);
        PackedEntry {
            id: entry.id.as_str().to_owned().into(),
            no: entry.no.clone().map(Into::into),
            actor: entry.actor.as_str().to_owned().into(),
            on: entry.on,
            kind: kind.into(),
            kv,
            body: Cow::Owned(RawValue::from_string(body).expect("a body is JSON")),
        }
    };
    let entries: Vec<PackedEntry<'_>> = entries.iter().map(packed).collect();
    let text = serde_json::to_vec(&entries).expect("texts and numbers");
    lz4_flex::compress_prepend_size(&text).into()
}

/// The entries that [`pack`] compressed.
#[expect(clippy::expect_used, reason = "only what this program packed is unpacked, in the same run")]
pub(super) fn unpack(bytes: &[u8], customer: &Id) -> Vec<Entry> {
    let text = lz4_flex::decompress_size_prepended(bytes).expect("packed entries");
    let entries: Vec<PackedEntry<'_>> = serde_json::from_slice(&text).expect("packed entries");
    let entry = |packed: PackedEntry<'_>| Entry {
        id: Id::new(&packed.id).expect("an id"),
        no: packed.no.map(Cow::into_owned),
        actor: Id::new(&packed.actor).expect("an id"),
        on: packed.on,
        customer: Some(customer.clone()),
        body: Body::decode(&packed.kind, packed.kv, packed.body.get()).expect("a body"),
    };
    entries.into_iter().map(entry).collect()
}
