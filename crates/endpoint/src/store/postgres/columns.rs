//! Runs of records and ends of chains as columns: one statement writes many rows.

use tokio_postgres::types::Type;

use crate::store::Fault;
use crate::store::model::Logged;
use crate::store::postgres::connection::Value;
use crate::store::postgres::rows::{Chain, signed};
use crate::store::postgres::runs;

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

/// Records of a shop, by runs.
pub struct RunColumns {
    shop: i64,
    lseqs: Vec<i64>,
    chains: Vec<i64>,
    seqs: Vec<i64>,
    lines: Vec<i32>,
    is_of_shop: Vec<bool>,
    sides: Vec<Vec<u8>>,
    entries: Vec<Vec<u8>>,
}

impl RunColumns {
    /// The statement.
    pub const SQL: &'static str = "INSERT INTO counterfoil.run (shop, lseq, chain, seq, lines, is_of_shop, side, entries) \
        SELECT $1, * FROM unnest($2::int8[], $3::int8[], $4::int8[], $5::int4[], $6::bool[], $7::bytea[], $8::bytea[])";

    /// The columns. Each record comes with the number of its chain.
    ///
    /// # Errors
    /// A number that is too large.
    pub fn of(shop: i64, records: &[(i64, Logged)]) -> Result<Self, Fault> {
        let mut columns = Self {
            shop,
            lseqs: Vec::new(),
            chains: Vec::new(),
            seqs: Vec::new(),
            lines: Vec::new(),
            is_of_shop: Vec::new(),
            sides: Vec::new(),
            entries: Vec::new(),
        };
        runs::split(records).try_for_each(|run| columns.add(run)).map(|()| columns)
    }

    fn add(&mut self, run: &[(i64, Logged)]) -> Result<(), Fault> {
        let Some((chain, last)) = run.last() else { return Ok(()) };
        let (side, entries) = runs::pack(run)?;
        self.lseqs.push(signed(last.lseq)?);
        self.chains.push(*chain);
        self.seqs.push(signed(last.seq)?);
        self.lines.push(i32::try_from(run.len()).map_err(|_| Fault::broken("a run that is too long"))?);
        self.is_of_shop.push(run.iter().any(|(_, record)| record.is_of_shop));
        self.sides.push(side);
        self.entries.push(entries);
        Ok(())
    }

    /// The values of the statement.
    pub fn values(&self) -> [Value<'_>; 8] {
        [
            (&self.shop, Type::INT8),
            (&self.lseqs, Type::INT8_ARRAY),
            (&self.chains, Type::INT8_ARRAY),
            (&self.seqs, Type::INT8_ARRAY),
            (&self.lines, Type::INT4_ARRAY),
            (&self.is_of_shop, Type::BOOL_ARRAY),
            (&self.sides, Type::BYTEA_ARRAY),
            (&self.entries, Type::BYTEA_ARRAY),
        ]
    }
}
