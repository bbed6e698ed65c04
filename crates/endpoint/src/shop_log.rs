//! A shop's log in a transaction, as [`sync::admit`] reads and writes it.

use std::cell::RefCell;

use journal::{Clock, Hash, Line};
use sync::admit::{HeldLine, Log, LogEnd, NewRecord};
use sync::{ChainHead, Epoch, LogHash};

use crate::store::{ChainEnd, Fault, Logged, Read, Write};

/// A writing transaction, which the log and the rights share.
pub type Shared<'t> = RefCell<&'t mut (dyn Write + 't)>;

/// The log of one shop in a writing transaction.
pub struct ShopLog<'a, 't> {
    tx: &'a Shared<'t>,
    shop: &'a str,
}

impl<'a, 't> ShopLog<'a, 't> {
    /// The log of this shop.
    pub fn new(tx: &'a Shared<'t>, shop: &'a str) -> Self {
        Self { tx, shop }
    }
}

impl Log for ShopLog<'_, '_> {
    type Error = Fault;

    fn end(&mut self) -> Result<LogEnd, Fault> {
        ReadLog::new(&**self.tx.borrow(), self.shop).end()
    }

    fn hash_at(&mut self, lseq: u64) -> Result<Option<LogHash>, Fault> {
        ReadLog::new(&**self.tx.borrow(), self.shop).hash_at(lseq)
    }

    fn chain_end(&mut self, device: &str, chain: u32) -> Result<u64, Fault> {
        ReadLog::new(&**self.tx.borrow(), self.shop).chain_end(device, chain)
    }

    fn lines(&mut self, device: &str, chain: u32, seq: u64) -> Result<Vec<HeldLine>, Fault> {
        ReadLog::new(&**self.tx.borrow(), self.shop).lines(device, chain, seq)
    }

    fn last_chain(&mut self, device: &str) -> Result<u32, Fault> {
        ReadLog::new(&**self.tx.borrow(), self.shop).last_chain(device)
    }

    fn last_order(&mut self, device: &str) -> Result<Clock, Fault> {
        ReadLog::new(&**self.tx.borrow(), self.shop).last_order(device)
    }

    fn append(&mut self, records: &[NewRecord<'_>]) -> Result<(), Fault> {
        let records: Vec<Logged> = records.iter().map(logged).collect();
        self.tx.borrow_mut().append(&records)
    }

    fn begin_epoch(&mut self, epoch: Epoch) -> Result<(), Fault> {
        self.tx.borrow_mut().begin_epoch(epoch.0)
    }
}

/// The log of one shop in a reading transaction.
pub struct ReadLog<'a> {
    tx: &'a dyn Read,
    shop: &'a str,
}

impl<'a> ReadLog<'a> {
    /// The log of this shop.
    pub fn new(tx: &'a dyn Read, shop: &'a str) -> Self {
        Self { tx, shop }
    }
}

impl Log for ReadLog<'_> {
    type Error = Fault;

    fn end(&mut self) -> Result<LogEnd, Fault> {
        end_of(self.tx.end(self.shop)?)
    }

    fn hash_at(&mut self, lseq: u64) -> Result<Option<LogHash>, Fault> {
        Ok(self.tx.log_hash(self.shop, lseq)?.map(log_hash))
    }

    fn chain_end(&mut self, device: &str, chain: u32) -> Result<u64, Fault> {
        let ends = self.tx.chains(self.shop, Some(device))?;
        Ok(ends.iter().find(|end| end.chain == chain).map_or(0, |end| end.seq))
    }

    fn lines(&mut self, device: &str, chain: u32, seq: u64) -> Result<Vec<HeldLine>, Fault> {
        self.tx.lines(self.shop, device, chain, seq)?.iter().map(held_line).collect()
    }

    fn last_chain(&mut self, device: &str) -> Result<u32, Fault> {
        Ok(self.tx.chains(self.shop, Some(device))?.last().map_or(0, |end| end.chain))
    }

    fn last_order(&mut self, device: &str) -> Result<Clock, Fault> {
        let ends = self.tx.chains(self.shop, Some(device))?;
        Ok(ends.iter().map(|end| end.order).max().unwrap_or_default())
    }

    fn append(&mut self, _records: &[NewRecord<'_>]) -> Result<(), Fault> {
        Err(Fault::broken("a reading transaction does not write"))
    }

    fn begin_epoch(&mut self, _epoch: Epoch) -> Result<(), Fault> {
        Err(Fault::broken("a reading transaction does not write"))
    }
}

/// The end of a chain on the wire.
pub fn chain_head(end: &ChainEnd) -> ChainHead {
    ChainHead { device: end.device.clone(), chain: end.chain, seq: end.seq, hash: Hash::from_bytes(end.hash) }
}

/// The end of a log of the store; a shop that is not here is an error.
pub fn end_of(end: Option<crate::store::LogEnd>) -> Result<LogEnd, Fault> {
    let end = end.ok_or_else(|| Fault::broken("a shop that is not here"))?;
    Ok(LogEnd { epoch: Epoch(end.epoch), lseq: end.lseq, log_hash: log_hash(end.log_hash) })
}

/// A hash of a log from its bytes.
pub fn log_hash(bytes: [u8; 32]) -> LogHash {
    LogHash::from_bytes(bytes)
}

/// A record to append, as the store keeps it.
pub fn logged(record: &NewRecord<'_>) -> Logged {
    let line = &record.line.line;
    Logged {
        lseq: record.lseq,
        device: line.device.to_owned(),
        chain: line.chain,
        seq: line.seq,
        hash: *record.line.hash.bytes(),
        entry: record.line.text.as_bytes().to_vec(),
        signature: record.signature.map(|signature| signature.0),
        order: record.order,
        verdict: record.verdict,
        received: record.received,
        log_hash: *record.log_hash.bytes(),
        is_of_shop: line.account.is_none(),
        goes_on: record.line.goes_on(),
    }
}

fn held_line(record: &Logged) -> Result<HeldLine, Fault> {
    let line = Line::envelope(&record.entry).map_err(|_| Fault::broken("a record that is no line"))?;
    Ok(HeldLine { hash: Hash::from_bytes(record.hash), clock: line.clock })
}
