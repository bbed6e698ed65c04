//! The end of a log, ends of chains and runs of records as columns: one statement writes them all.

use tokio_postgres::types::Type;

use crate::store::Fault;
use crate::store::model::Logged;
use crate::store::postgres::connection::Value;
use crate::store::postgres::rows::{Chain, Shop, signed};
use crate::store::postgres::runs;

/// Writes the end of a log, ends of chains and runs, with the values of [`EndOfLog`], [`ChainColumns`] and [`RunColumns`].
pub const APPEND: &str = "SELECT counterfoil.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)";

/// The same, if a shop is still as it is remembered, with the values of [`Before`] at their end.
pub const APPEND_AFTER: &str = "SELECT counterfoil.append_after($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)";

/// What a shop is compared with.
pub struct Before<'a> {
    row: &'a Shop,
    lseq: i64,
    log_hash: &'a [u8],
}

impl<'a> Before<'a> {
    /// The columns of a shop.
    ///
    /// # Errors
    /// A number that is too large.
    pub fn of(row: &'a Shop) -> Result<Self, Fault> {
        Ok(Self { row, lseq: signed(row.end.lseq)?, log_hash: row.end.log_hash.as_slice() })
    }

    /// The values.
    pub fn values(&self) -> [Value<'_>; 3] {
        [(&self.lseq, Type::INT8), (&self.log_hash, Type::BYTEA), (&self.row.device_changes, Type::INT8)]
    }
}

/// The end of the log of a shop.
pub struct EndOfLog<'a> {
    row: &'a Shop,
    number: i64,
    lseq: i64,
    epoch: &'a [u8],
    log_hash: &'a [u8],
}

impl<'a> EndOfLog<'a> {
    /// The columns of the shop with this number.
    ///
    /// # Errors
    /// A number that is too large.
    pub fn of(number: i64, row: &'a Shop) -> Result<Self, Fault> {
        let (epoch, log_hash) = (row.end.epoch.as_slice(), row.end.log_hash.as_slice());
        Ok(Self { row, number, lseq: signed(row.end.lseq)?, epoch, log_hash })
    }

    /// The values.
    pub fn values(&self) -> [Value<'_>; 5] {
        [
            (&self.number, Type::INT8),
            (&self.epoch, Type::BYTEA),
            (&self.lseq, Type::INT8),
            (&self.log_hash, Type::BYTEA),
            (&self.row.chains, Type::INT8),
        ]
    }
}

/// The ends of chains of a shop.
pub struct ChainColumns<'a> {
    numbers: Vec<i64>,
    devices: Vec<&'a str>,
    chains: Vec<i64>,
    seqs: Vec<i64>,
    hashes: Vec<&'a [u8]>,
    millis: Vec<i64>,
    counts: Vec<i64>,
}

impl<'a> ChainColumns<'a> {
    /// The columns.
    ///
    /// # Errors
    /// A number that is too large.
    pub fn of(chains: &[&'a Chain]) -> Result<Self, Fault> {
        let numbers = |of: fn(&Chain) -> u64| -> Result<Vec<i64>, Fault> {
            chains.iter().map(|chain| signed(of(chain))).collect()
        };
        Ok(Self {
            numbers: chains.iter().map(|chain| chain.number).collect(),
            devices: chains.iter().map(|chain| chain.end.device.as_str()).collect(),
            chains: numbers(|chain| chain.end.chain.into())?,
            seqs: numbers(|chain| chain.end.seq)?,
            hashes: chains.iter().map(|chain| chain.end.hash.as_slice()).collect(),
            millis: numbers(|chain| chain.end.order.0)?,
            counts: numbers(|chain| chain.end.order.1.into())?,
        })
    }

    /// The values.
    pub fn values(&self) -> [Value<'_>; 7] {
        [
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
    lseqs: Vec<i64>,
    chains: Vec<i64>,
    seqs: Vec<i64>,
    lines: Vec<i32>,
    is_of_shop: Vec<bool>,
    sides: Vec<Vec<u8>>,
    entries: Vec<Vec<u8>>,
}

impl RunColumns {
    /// The columns. Each record comes with the number of its chain.
    ///
    /// # Errors
    /// A number that is too large.
    pub fn of(records: &[(i64, Logged)]) -> Result<Self, Fault> {
        let mut columns = Self {
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

    /// The values.
    pub fn values(&self) -> [Value<'_>; 7] {
        [
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
