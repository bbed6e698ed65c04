//! Work in a writing transaction. What it writes is collected and sent at the end, in a few statements for all the work that
//! shares the transaction; what it reads is what is stored, with what was collected on top. So work that fails is
//! forgotten, and needs no savepoint.

mod writing;

use std::cell::{Ref, RefCell};
use std::ops::ControlFlow;

use crate::store::model::{
    Bytes16, Bytes32, ChainEnd, Device, Invite, LogEnd, Logged, Mail, StoredOperation,
};
use crate::store::postgres::cache::ShopCache;
use crate::store::postgres::changes::{Changes, Known};
use crate::store::postgres::reading::Reader;
use crate::store::postgres::rows::{Chain, Shop};
use crate::store::{Fault, Read, Visitor};

/// Work on one shop, whose row the transaction has locked, or will compare with the one that is remembered.
pub struct Work<'a> {
    /// Reads in the transaction. Without one, what is not remembered is [`Fault::Outdated`].
    reader: Option<Reader<'a>>,
    shop: &'a str,
    /// What is stored, as far as it was read, now or before.
    cache: RefCell<ShopCache>,
    /// What is to be written on top of it.
    known: RefCell<Known>,
    records: Vec<(i64, Logged)>,
    /// The first failure of the database: the transaction cannot go on after it.
    failed: RefCell<Option<Fault>>,
}

impl<'a> Work<'a> {
    /// Work on a shop, with its row if it is here.
    pub fn new(reader: Option<Reader<'a>>, shop: &'a str, row: Option<Shop>, cache: ShopCache) -> Self {
        let (known, cache) = (RefCell::new(Known { row, ..Known::default() }), RefCell::new(cache));
        Self { reader, shop, cache, known, records: Vec::new(), failed: RefCell::default() }
    }

    /// Does one piece of work, all or nothing.
    pub fn piece(&mut self, work: impl FnOnce(&mut Self) -> Result<(), Fault>) -> Result<(), Fault> {
        let (known, count) = (self.known.borrow().clone(), self.records.len());
        if let Some(fault) = self.failed.get_mut() {
            return Err(fault.clone());
        }
        let outcome = work(self);
        if outcome.is_err() {
            self.known = RefCell::new(known);
            self.records.truncate(count);
        }
        outcome
    }

    /// What is to be written, and what is known of the shop before it.
    ///
    /// # Errors
    /// The failure of the database, if one happened: then nothing can be written.
    pub fn changes(self) -> Result<(Changes, ShopCache), Fault> {
        match self.failed.into_inner() {
            Some(fault) => Err(fault),
            None => {
                let changes = Changes { known: self.known.into_inner(), records: self.records };
                Ok((changes, self.cache.into_inner()))
            }
        }
    }

    /// Reads what is stored, and remembers a failure.
    fn stored<T>(&self, read: impl FnOnce(&Reader<'a>) -> Result<T, Fault>) -> Result<T, Fault> {
        let reader = self.reader.as_ref().ok_or(Fault::Outdated)?;
        read(reader).inspect_err(|fault| {
            self.failed.borrow_mut().get_or_insert_with(|| fault.clone());
        })
    }

    /// Reads all devices of the shop where something of one is missing, and that is soon quicker.
    fn read_ends(&self) -> Result<(), Fault> {
        let known = self.known.borrow();
        let Some(row) = known.row.as_ref().filter(|_| !known.is_new) else { return Ok(()) };
        if self.reader.is_some() && self.cache.borrow_mut().wants_all(row.chains) {
            let ends = self.stored(|tx| tx.ends_of(row))?;
            self.cache.borrow_mut().keep_all(ends);
        }
        Ok(())
    }

    fn is_ours(&self, shop: &str) -> bool {
        shop == self.shop
    }

    /// Whether nothing of the shop can be stored yet.
    fn is_new(&self) -> bool {
        self.known.borrow().is_new
    }

    /// The chains of a device of the shop.
    fn chains_of(&self, device: &str) -> Result<Ref<'_, [Chain]>, Fault> {
        let known = Ref::filter_map(self.known.borrow(), |known| known.chains.get(device).map(Vec::as_slice));
        if let Ok(known) = known {
            return Ok(known);
        }
        if self.cache.borrow().chains(device).is_none() {
            self.read_ends()?;
        }
        if self.cache.borrow().chains(device).is_none() {
            let chains =
                if self.is_new() { Vec::new() } else { self.stored(|tx| tx.chains_of(self.shop, device))? };
            self.cache.borrow_mut().keep_chains(device, chains);
        }
        Ok(Ref::map(self.cache.borrow(), |cache| cache.chains(device).unwrap_or_default()))
    }

    /// The lines under a number of a chain that are stored. The chains of the device are known.
    fn stored_lines(&self, device: &str, chain: u32, seq: u64) -> Result<Vec<Logged>, Fault> {
        let read = || self.stored(|tx| tx.lines(self.shop, device, chain, seq));
        let cache = self.cache.borrow();
        let mut chains = cache.chains(device).into_iter().flatten();
        let last = chains.find(|known| known.end.chain == chain).map_or(0, |known| known.end.seq);
        if seq > last || self.is_new() {
            return Ok(Vec::new());
        }
        if seq < last {
            return read();
        }
        if let Some(lines) = cache.last_lines(device, chain) {
            return Ok(lines.to_vec());
        }
        drop(cache);
        let lines = read()?;
        self.cache.borrow_mut().keep_last_lines(device, chain, lines.clone());
        Ok(lines)
    }

    /// The collected records that match.
    fn collected(&self, is_wanted: impl Fn(&Logged) -> bool) -> impl Iterator<Item = Logged> {
        self.records.iter().map(|(_, record)| record).filter(move |record| is_wanted(record)).cloned()
    }

    fn visit(
        &self,
        after: u64,
        visit: Visitor<'_>,
        read: impl FnOnce(&Reader<'a>, Visitor<'_>) -> Result<(), Fault>,
        is_wanted: impl Fn(&Logged) -> bool,
    ) -> Result<(), Fault> {
        let mut flow = ControlFlow::Continue(());
        if !self.is_new() {
            self.stored(|tx| {
                read(tx, &mut |record| {
                    flow = visit(record);
                    flow
                })
            })?;
        }
        let mut rest = self.collected(|record| record.lseq > after && is_wanted(record));
        while flow.is_continue()
            && let Some(record) = rest.next()
        {
            flow = visit(record);
        }
        Ok(())
    }

    /// Appends lines of one chain that follow each other.
    fn append_run(&mut self, run: &[Logged]) -> Result<(), Fault> {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return Ok(()) };
        let lseq = self.end(self.shop)?.ok_or_else(no_shop)?.lseq;
        if first.lseq != lseq + 1 {
            return Err(Fault::broken("a record out of its order"));
        }
        let held = self.last_number(&first.device, first.chain)?.unwrap_or_default();
        for record in run.iter().take_while(|record| record.seq <= held) {
            let is_same = |known: &Logged| known.hash == record.hash;
            if self.lines(self.shop, &record.device, record.chain, record.seq)?.iter().any(is_same) {
                return Err(Fault::broken("a line that the log has already"));
            }
        }
        if !self.known.get_mut().chains.contains_key(&last.device) {
            let chains = self.chains_of(&last.device)?.to_vec();
            self.known.get_mut().chains.insert(last.device.clone(), chains);
        }
        let number = self.known.get_mut().extend(last)?;
        self.records.extend(run.iter().map(|record| (number, record.clone())));
        Ok(())
    }

    /// The number of the last line of a chain of the shop; `None` where the chain is not here.
    fn last_number(&self, device: &str, chain: u32) -> Result<Option<u64>, Fault> {
        let chains = self.chains_of(device)?;
        Ok(chains.iter().find(|known| known.end.chain == chain).map(|known| known.end.seq))
    }
}

fn no_shop() -> Fault {
    Fault::broken("a shop that is not here")
}

impl Read for Work<'_> {
    fn end(&self, shop: &str) -> Result<Option<LogEnd>, Fault> {
        if self.is_ours(shop) {
            return Ok(self.known.borrow().row.as_ref().map(|row| row.end));
        }
        self.stored(|tx| tx.end(shop))
    }

    fn log_hash(&self, shop: &str, lseq: u64) -> Result<Option<Bytes32>, Fault> {
        if self.is_ours(shop) {
            let known = self.known.borrow();
            let Some(row) = &known.row else { return Ok(None) };
            if lseq == 0 || lseq >= row.end.lseq {
                let of_end = (lseq == row.end.lseq).then_some(row.end.log_hash);
                return Ok(if lseq == 0 { Some(row.empty) } else { of_end });
            }
            let first = self.records.first().map_or(u64::MAX, |(_, record)| record.lseq);
            let collected =
                lseq.checked_sub(first).and_then(|at| self.records.get(usize::try_from(at).ok()?));
            if let Some((_, record)) = collected {
                return Ok(Some(record.log_hash));
            }
            if let Some(hash) = self.cache.borrow().hash(lseq) {
                return Ok(Some(hash));
            }
        }
        let found = self.stored(|tx| tx.log_hash(shop, lseq))?;
        if let Some(hash) = found.filter(|_| self.is_ours(shop)) {
            self.cache.borrow_mut().keep_hash(lseq, hash);
        }
        Ok(found)
    }

    fn records(&self, shop: &str, after: u64, visit: Visitor<'_>) -> Result<(), Fault> {
        if !self.is_ours(shop) {
            return self.stored(|tx| tx.records(shop, after, visit));
        }
        self.visit(after, visit, |tx, visit| tx.records(shop, after, visit), |_| true)
    }

    fn records_of_shop(&self, shop: &str, after: u64, visit: Visitor<'_>) -> Result<(), Fault> {
        if !self.is_ours(shop) {
            return self.stored(|tx| tx.records_of_shop(shop, after, visit));
        }
        self.visit(
            after,
            visit,
            |tx, visit| tx.records_of_shop(shop, after, visit),
            |record| record.is_of_shop,
        )
    }

    fn lines(&self, shop: &str, device: &str, chain: u32, seq: u64) -> Result<Vec<Logged>, Fault> {
        if !self.is_ours(shop) {
            return self.stored(|tx| tx.lines(shop, device, chain, seq));
        }
        if self.last_number(device, chain)?.is_none_or(|last| seq > last) {
            return Ok(Vec::new());
        }
        let mut lines = self.stored_lines(device, chain, seq)?;
        lines.extend(
            self.collected(|record| record.device == device && (record.chain, record.seq) == (chain, seq)),
        );
        Ok(lines)
    }

    fn chains(&self, shop: &str, device: Option<&str>) -> Result<Vec<ChainEnd>, Fault> {
        match device {
            Some(device) if self.is_ours(shop) => {
                Ok(self.chains_of(device)?.iter().map(|chain| chain.end.clone()).collect())
            }
            None if self.is_ours(shop) => {
                let stored =
                    if self.is_new() { Vec::new() } else { self.stored(|tx| tx.chains(shop, None))? };
                Ok(self.known.borrow().all_chains(stored))
            }
            _ => self.stored(|tx| tx.chains(shop, device)),
        }
    }

    fn device(&self, shop: &str, device: &str) -> Result<Option<Device>, Fault> {
        if !self.is_ours(shop) {
            return self.stored(|tx| tx.device(shop, device));
        }
        if let Some(known) = self.known.borrow().devices.get(device) {
            return Ok(known.clone());
        }
        if self.cache.borrow().device(device).is_none() {
            self.read_ends()?;
        }
        if let Some(known) = self.cache.borrow().device(device) {
            return Ok(known.clone());
        }
        let found = if self.is_new() { None } else { self.stored(|tx| tx.device(shop, device))? };
        self.cache.borrow_mut().keep_device(device, found.clone());
        Ok(found)
    }

    fn devices(&self, shop: &str) -> Result<Vec<Device>, Fault> {
        let stored = if self.is_ours(shop) && self.is_new() {
            Vec::new()
        } else {
            self.stored(|tx| tx.devices(shop))?
        };
        Ok(if self.is_ours(shop) { self.known.borrow().all_devices(stored) } else { stored })
    }

    fn invite(&self, code: &Bytes32) -> Result<Option<(String, Invite)>, Fault> {
        if let Some(invite) = self.known.borrow().invites.get(code) {
            return Ok(Some((self.shop.to_owned(), invite.clone())));
        }
        self.stored(|tx| tx.invite(code))
    }

    fn operation(&self, shop: &str, id: &str) -> Result<Option<StoredOperation>, Fault> {
        if let Some(known) = self.known.borrow().operations.get(id).filter(|_| self.is_ours(shop)) {
            return Ok(Some(known.clone()));
        }
        self.stored(|tx| tx.operation(shop, id))
    }

    fn operations_due(&self, shop: &str, by: u64, most: u32) -> Result<Vec<StoredOperation>, Fault> {
        let mut due = self.operations(shop)?;
        due.retain(|operation| operation.due.is_some_and(|due| due <= by));
        due.sort_by_key(|operation| operation.due);
        due.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Ok(due)
    }

    fn operations(&self, shop: &str) -> Result<Vec<StoredOperation>, Fault> {
        let stored = self.stored(|tx| tx.operations(shop))?;
        Ok(if self.is_ours(shop) { self.known.borrow().all_operations(stored) } else { stored })
    }

    fn value(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        if let Some(value) = self.known.borrow().values.get(name) {
            return Ok(Some(value.clone()));
        }
        self.stored(|tx| tx.value(name))
    }

    fn mail(&self, shop: &str, id: &Bytes16) -> Result<Option<Mail>, Fault> {
        if self.is_ours(shop)
            && let Some(known) = self.known.borrow().mails.get(id)
        {
            return Ok(Some(known.clone()));
        }
        self.stored(|tx| tx.mail(shop, id))
    }

    fn mails(&self, shop: &str, customer: Option<&str>) -> Result<Vec<Mail>, Fault> {
        let stored = self.stored(|tx| tx.mails(shop, customer))?;
        Ok(if self.is_ours(shop) { self.known.borrow().all_mails(stored, customer) } else { stored })
    }

    fn waiting_mails(&self, shop: &str) -> Result<u64, Fault> {
        let mut waiting = self.stored(|tx| tx.waiting_mails(shop))?;
        if self.is_ours(shop) {
            for mail in self.known.borrow().mails.values() {
                let stored = self.stored(|tx| tx.mail(shop, &mail.id))?;
                let was = stored.is_some_and(|stored| stored.due.is_some());
                waiting = waiting.saturating_sub(u64::from(was)) + u64::from(mail.due.is_some());
            }
        }
        Ok(waiting)
    }

    fn due_mails(&self, most: usize) -> Result<Vec<(u64, String, Bytes16)>, Fault> {
        // Looked for outside of writing transactions; what this one writes is found afterwards.
        self.stored(|tx| tx.due_mails(most))
    }

    fn shops(&self) -> Result<Vec<String>, Fault> {
        let mut shops = self.stored(|tx| tx.shops())?;
        if self.is_new() {
            shops.push(self.shop.to_owned());
            shops.sort();
        }
        Ok(shops)
    }
}
