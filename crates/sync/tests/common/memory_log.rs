//! A log in memory, as an endpoint's database has it, and rights that follow simple rules.

use journal::{Clock, Hash, SideVerdict};
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::Arc;
use sync::admit::{CheckedLine, HeldLine, Log, LogEnd, NewRecord, Rights};
use sync::{Epoch, LogHash, PublicKey, Signature};

/// A record that is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    pub text: Arc<str>,
    pub hash: Hash,
    pub device: Arc<str>,
    pub chain: u32,
    pub seq: u64,
    pub id: Arc<str>,
    pub goes_on: bool,
    pub signature: Option<Signature>,
    pub order: Clock,
    pub verdict: SideVerdict,
    pub received: u64,
    pub log_hash: LogHash,
}

type Chains = BTreeMap<Arc<str>, BTreeMap<u32, BTreeMap<u64, Vec<HeldLine>>>>;

/// The log of one shop.
#[derive(Debug, Clone)]
pub struct MemoryLog {
    pub epoch: Epoch,
    pub records: Vec<Stored>,
    empty: LogHash,
    chains: Chains,
    orders: BTreeMap<Arc<str>, Clock>,
}

impl MemoryLog {
    pub fn new(shop: &str, epoch: Epoch) -> Self {
        let (records, chains, orders) = Default::default();
        Self { epoch, records, empty: LogHash::empty(shop), chains, orders }
    }

    pub fn log_end(&self) -> LogEnd {
        let log_hash = self.records.last().map_or(self.empty, |last| last.log_hash);
        LogEnd { epoch: self.epoch, lseq: self.records.len() as u64, log_hash }
    }

    pub fn place(&self, lseq: u64) -> Option<LogHash> {
        match lseq.checked_sub(1) {
            None => Some(self.empty),
            Some(at) => self.records.get(usize::try_from(at).ok()?).map(|record| record.log_hash),
        }
    }

    /// The ends of the chains of a device, or of all.
    pub fn heads(&self, of: Option<&str>) -> Vec<sync::ChainHead> {
        let mut heads = Vec::new();
        for (device, chains) in self.chains.iter().filter(|(device, _)| of.is_none_or(|of| of == &***device))
        {
            for (chain, lines) in chains {
                let Some((seq, held)) = lines.last_key_value() else { continue };
                let head = |line: &HeldLine| sync::ChainHead {
                    device: device.to_string(),
                    chain: *chain,
                    seq: *seq,
                    hash: line.hash,
                };
                heads.extend(held.iter().map(head));
            }
        }
        heads
    }

    pub fn has(&self, device: &str, chain: u32, seq: u64, hash: Hash) -> bool {
        self.held(device, chain, seq).iter().any(|line| line.hash == hash)
    }

    /// How many lines are here under a number, and how many of them differ.
    pub fn count(&self, device: &str, chain: u32, seq: u64) -> (usize, usize) {
        let held = self.held(device, chain, seq);
        let different: BTreeSet<Hash> = held.iter().map(|line| line.hash).collect();
        (held.len(), different.len())
    }

    /// For a planted mistake.
    pub fn remove_last(&mut self) {
        let Some(last) = self.records.pop() else { return };
        let chain = self.chains.get_mut(&last.device).and_then(|chains| chains.get_mut(&last.chain));
        if let Some(lines) = chain {
            lines.remove(&last.seq);
        }
    }

    fn held(&self, device: &str, chain: u32, seq: u64) -> &[HeldLine] {
        let chain = self.chains.get(device).and_then(|chains| chains.get(&chain));
        chain.and_then(|lines| lines.get(&seq)).map_or(&[], Vec::as_slice)
    }
}

impl Log for MemoryLog {
    type Error = Infallible;

    fn end(&mut self) -> Result<LogEnd, Infallible> {
        Ok(self.log_end())
    }

    fn hash_at(&mut self, lseq: u64) -> Result<Option<LogHash>, Infallible> {
        Ok(self.place(lseq))
    }

    fn chain_end(&mut self, device: &str, chain: u32) -> Result<u64, Infallible> {
        let lines = self.chains.get(device).and_then(|chains| chains.get(&chain));
        Ok(lines.and_then(|lines| lines.last_key_value()).map_or(0, |(seq, _)| *seq))
    }

    fn lines(&mut self, device: &str, chain: u32, seq: u64) -> Result<Vec<HeldLine>, Infallible> {
        Ok(self.held(device, chain, seq).to_vec())
    }

    fn last_chain(&mut self, device: &str) -> Result<u32, Infallible> {
        let last = self.chains.get(device).and_then(|chains| chains.last_key_value());
        Ok(last.map_or(0, |(chain, _)| *chain))
    }

    fn last_order(&mut self, device: &str) -> Result<Clock, Infallible> {
        Ok(self.orders.get(device).copied().unwrap_or_default())
    }

    fn append(&mut self, records: &[NewRecord<'_>]) -> Result<(), Infallible> {
        for record in records {
            assert_eq!(record.lseq, self.records.len() as u64 + 1);
            let line = &record.line.line;
            let device: Arc<str> = match self.chains.get_key_value(line.device) {
                Some((device, _)) => Arc::clone(device),
                None => line.device.into(),
            };
            let held = HeldLine { hash: record.line.hash, clock: line.clock };
            let chains = self.chains.entry(Arc::clone(&device)).or_default();
            chains.entry(line.chain).or_default().entry(line.seq).or_default().push(held);
            let order = self.orders.entry(Arc::clone(&device)).or_default();
            *order = record.order.max(*order);
            self.records.push(Stored {
                text: record.line.text.into(),
                hash: record.line.hash,
                device,
                chain: line.chain,
                seq: line.seq,
                id: line.id.into(),
                goes_on: record.line.goes_on(),
                signature: record.signature,
                order: record.order,
                verdict: record.verdict,
                received: record.received,
                log_hash: record.log_hash,
            });
        }
        Ok(())
    }

    fn begin_epoch(&mut self, epoch: Epoch) -> Result<(), Infallible> {
        self.epoch = epoch;
        Ok(())
    }
}

/// Rights by simple rules: devices of `revoked` and, per press, ids of `forbidden` are refused; keys are those of
/// `chain.opened`.
#[derive(Debug, Clone, Default)]
pub struct SimpleRights {
    pub keys: BTreeMap<(String, u32), Vec<PublicKey>>,
    pub revoked: BTreeSet<String>,
    pub forbidden: BTreeSet<String>,
    /// How often a press was judged.
    pub judged: usize,
}

impl Rights for SimpleRights {
    type Error = Infallible;

    fn judge(&mut self, press: &[CheckedLine<'_>]) -> Result<SideVerdict, Infallible> {
        self.judged += 1;
        if press.iter().any(|line| self.revoked.contains(line.line.device)) {
            return Ok(SideVerdict::RefusedRevoked);
        }
        let is_forbidden = press.iter().any(|line| self.forbidden.contains(line.line.id));
        Ok(if is_forbidden { SideVerdict::RefusedRole } else { SideVerdict::Ok })
    }

    fn admitted(
        &mut self,
        press: &[CheckedLine<'_>],
        _verdict: SideVerdict,
        _received: u64,
    ) -> Result<(), Infallible> {
        for line in press {
            if let Some(key) = line.opened_key() {
                self.keys.entry((line.line.device.to_owned(), line.line.chain)).or_default().push(key);
            }
        }
        Ok(())
    }

    fn keys(&mut self, device: &str, chain: u32) -> Result<Vec<PublicKey>, Infallible> {
        Ok(self.keys.get(&(device.to_owned(), chain)).cloned().unwrap_or_default())
    }
}
