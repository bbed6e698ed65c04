//! Records and ends of chains as columns: one statement writes many rows.

use tokio_postgres::types::Type;

use crate::store::Fault;
use crate::store::model::Logged;
use crate::store::postgres::connection::Value;
use crate::store::postgres::rows::{Chain, signed};

/// The ends of chains of a shop.
pub struct ChainColumns<'a> {
    shop: i64,
    numbers: Vec<i64>,
    devices: Vec<&'a str>,
    chains: Vec<i64>,
    seqs: Vec<i64>,
    hashes: Vec<&'a [u8]>,
    millis: Vec<i64>,
    counts: Vec<i64>,
}

impl<'a> ChainColumns<'a> {
    /// The statement.
    pub const SQL: &'static str = "INSERT INTO counterfoil.chain (shop, number, device, chain, seq, hash, millis, count) \
        SELECT $1, * FROM unnest($2::int8[], $3::text[], $4::int8[], $5::int8[], $6::bytea[], $7::int8[], $8::int8[]) \
        ON CONFLICT (shop, number) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, \
        millis = excluded.millis, count = excluded.count";

    /// The columns.
    ///
    /// # Errors
    /// A number that is too large.
    pub fn of(shop: i64, chains: &[&'a Chain]) -> Result<Self, Fault> {
        let numbers = |of: fn(&Chain) -> u64| -> Result<Vec<i64>, Fault> {
            chains.iter().map(|chain| signed(of(chain))).collect()
        };
        Ok(Self {
            shop,
            numbers: chains.iter().map(|chain| chain.number).collect(),
            devices: chains.iter().map(|chain| chain.end.device.as_str()).collect(),
            chains: numbers(|chain| chain.end.chain.into())?,
            seqs: numbers(|chain| chain.end.seq)?,
            hashes: chains.iter().map(|chain| chain.end.hash.as_slice()).collect(),
            millis: numbers(|chain| chain.end.order.0)?,
            counts: numbers(|chain| chain.end.order.1.into())?,
        })
    }

    /// The values of the statement.
    pub fn values(&self) -> [Value<'_>; 8] {
        [
            (&self.shop, Type::INT8),
            (&self.numbers, Type::INT8_ARRAY),
            (&self.devices, Type::TEXT_ARRAY),
            (&self.chains, Type::INT8_ARRAY),
            (&self.seqs, Type::INT8_ARRAY),
            (&self.hashes, Type::BYTEA_ARRAY),
            (&self.millis, Type::INT8_ARRAY),
            (&self.counts, Type::INT8_ARRAY),
        ]
    }
}

/// Records of a shop.
pub struct RecordColumns<'a> {
    shop: i64,
    lseqs: Vec<i64>,
    chains: Vec<i64>,
    seqs: Vec<i64>,
    hashes: Vec<&'a [u8]>,
    signatures: Vec<Option<&'a [u8]>>,
    millis: Vec<i64>,
    counts: Vec<i64>,
    verdicts: Vec<&'a str>,
    received: Vec<i64>,
    log_hashes: Vec<&'a [u8]>,
    is_of_shop: Vec<bool>,
    goes_on: Vec<bool>,
    entries: Vec<&'a [u8]>,
}

impl<'a> RecordColumns<'a> {
    /// The statement.
    pub const SQL: &'static str = "INSERT INTO counterfoil.record (shop, lseq, chain, seq, hash, signature, millis, count, \
        verdict, received, log_hash, is_of_shop, goes_on, entry) \
        SELECT $1, * FROM unnest($2::int8[], $3::int8[], $4::int8[], $5::bytea[], $6::bytea[], $7::int8[], \
        $8::int8[], $9::text[], $10::int8[], $11::bytea[], $12::bool[], $13::bool[], $14::bytea[])";

    /// The columns. Each record comes with the number of its chain.
    ///
    /// # Errors
    /// A number that is too large.
    pub fn of(shop: i64, records: &'a [(i64, Logged)]) -> Result<Self, Fault> {
        let numbers = |of: fn(&Logged) -> u64| -> Result<Vec<i64>, Fault> {
            records.iter().map(|(_, record)| signed(of(record))).collect()
        };
        Ok(Self {
            shop,
            lseqs: numbers(|record| record.lseq)?,
            chains: records.iter().map(|(chain, _)| *chain).collect(),
            seqs: numbers(|record| record.seq)?,
            hashes: column(records, |record| record.hash.as_slice()),
            signatures: column(records, |record| record.signature.as_ref().map(<[u8; 64]>::as_slice)),
            millis: numbers(|record| record.order.0)?,
            counts: numbers(|record| record.order.1.into())?,
            verdicts: column(records, |record| record.verdict.word()),
            received: numbers(|record| record.received)?,
            log_hashes: column(records, |record| record.log_hash.as_slice()),
            is_of_shop: column(records, |record| record.is_of_shop),
            goes_on: column(records, |record| record.goes_on),
            entries: column(records, |record| record.entry.as_slice()),
        })
    }

    /// The values of the statement.
    pub fn values(&self) -> [Value<'_>; 14] {
        [
            (&self.shop, Type::INT8),
            (&self.lseqs, Type::INT8_ARRAY),
            (&self.chains, Type::INT8_ARRAY),
            (&self.seqs, Type::INT8_ARRAY),
            (&self.hashes, Type::BYTEA_ARRAY),
            (&self.signatures, Type::BYTEA_ARRAY),
            (&self.millis, Type::INT8_ARRAY),
            (&self.counts, Type::INT8_ARRAY),
            (&self.verdicts, Type::TEXT_ARRAY),
            (&self.received, Type::INT8_ARRAY),
            (&self.log_hashes, Type::BYTEA_ARRAY),
            (&self.is_of_shop, Type::BOOL_ARRAY),
            (&self.goes_on, Type::BOOL_ARRAY),
            (&self.entries, Type::BYTEA_ARRAY),
        ]
    }
}

fn column<'a, T>(records: &'a [(i64, Logged)], of: impl Fn(&'a Logged) -> T) -> Vec<T> {
    records.iter().map(|(_, record)| of(record)).collect()
}
