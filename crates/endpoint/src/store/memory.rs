//! A store in memory, for tests.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::store::model::{
    Bytes16, Bytes32, ChainEnd, Device, Invite, LogEnd, Logged, Mail, StoredOperation,
};
use crate::store::{Fault, Pending, Read, ReadWork, Store, Visitor, Write, WriteWork};

/// A store in memory.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// What is committed.
    state: Arc<Mutex<Arc<State>>>,
    /// Held by the transaction that writes.
    writer: Arc<Mutex<()>>,
    /// The number of records that were read.
    read: Arc<AtomicU64>,
}

#[derive(Clone, Debug, Default)]
struct State {
    shops: BTreeMap<String, Shop>,
    values: BTreeMap<String, Vec<u8>>,
    read: Arc<AtomicU64>,
}

#[derive(Clone, Debug)]
struct Shop {
    epoch: Bytes16,
    empty: Bytes32,
    log: Vec<Arc<Logged>>,
    devices: BTreeMap<String, Device>,
    invites: BTreeMap<Bytes32, Invite>,
    operations: BTreeMap<String, StoredOperation>,
    mails: BTreeMap<Bytes16, Mail>,
}

/// A transaction: a state of its own.
struct Transaction {
    shop: String,
    state: State,
}

impl Store for Memory {
    fn write(&self, shop: &str, work: WriteWork) -> Pending {
        let (store, shop) = (self.clone(), shop.to_owned());
        blocking(move || {
            let _one_at_a_time = lock(&store.writer);
            let mut transaction = Transaction { shop, state: State::clone(&store.state()) };
            transaction.state.read = Arc::clone(&store.read);
            work(&mut transaction)?;
            *lock(&store.state) = Arc::new(transaction.state);
            Ok(())
        })
    }

    fn read(&self, work: ReadWork) -> Pending {
        let state = self.state();
        blocking(move || work(&*state))
    }
}

impl Memory {
    /// How many records transactions have read of logs, each time one is visited.
    #[must_use]
    pub fn records_read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    fn state(&self) -> Arc<State> {
        Arc::clone(&lock(&self.state))
    }
}

/// Starts the work at once: it is done even if the caller drops the future.
fn blocking(work: impl FnOnce() -> Result<(), Fault> + Send + 'static) -> Pending {
    let work = tokio::task::spawn_blocking(work);
    Box::pin(async move { work.await.unwrap_or_else(|_| Err(Fault::broken("a transaction stopped"))) })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A transaction that panics leaves the state as it was.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    fn visit(
        &self,
        shop: &str,
        after: u64,
        visit: Visitor<'_>,
        wanted: impl Fn(&Logged) -> bool,
    ) -> Result<(), Fault> {
        let skipped = usize::try_from(after).unwrap_or(usize::MAX);
        let records = self.shops.get(shop).into_iter().flat_map(|shop| shop.log.iter().skip(skipped));
        for record in records.filter(|record| wanted(record)) {
            self.read.fetch_add(1, Ordering::Relaxed);
            if visit(Logged::clone(record)) == ControlFlow::Break(()) {
                break;
            }
        }
        Ok(())
    }
}

impl Read for State {
    fn end(&self, shop: &str) -> Result<Option<LogEnd>, Fault> {
        Ok(self.shops.get(shop).map(Shop::end))
    }

    fn log_hash(&self, shop: &str, lseq: u64) -> Result<Option<Bytes32>, Fault> {
        let Some(shop) = self.shops.get(shop) else { return Ok(None) };
        let Some(before) = lseq.checked_sub(1) else { return Ok(Some(shop.empty)) };
        let index = usize::try_from(before).ok();
        Ok(index.and_then(|index| shop.log.get(index)).map(|record| record.log_hash))
    }

    fn records(&self, shop: &str, after: u64, visit: Visitor<'_>) -> Result<(), Fault> {
        self.visit(shop, after, visit, |_| true)
    }

    fn records_of_shop(&self, shop: &str, after: u64, visit: Visitor<'_>) -> Result<(), Fault> {
        self.visit(shop, after, visit, |record| record.is_of_shop)
    }

    fn lines(&self, shop: &str, device: &str, chain: u32, seq: u64) -> Result<Vec<Logged>, Fault> {
        let is_there =
            |record: &&Arc<Logged>| record.device == device && (record.chain, record.seq) == (chain, seq);
        let log = self.shops.get(shop).into_iter().flat_map(|shop| &shop.log);
        Ok(log.filter(is_there).map(|record| Logged::clone(record)).collect())
    }

    fn chains(&self, shop: &str, device: Option<&str>) -> Result<Vec<ChainEnd>, Fault> {
        let log = self.shops.get(shop).into_iter().flat_map(|shop| &shop.log);
        let mut ends: BTreeMap<(&str, u32), &Logged> = BTreeMap::new();
        for record in log.filter(|record| device.is_none_or(|device| record.device == device)) {
            let end = ends.entry((&record.device, record.chain)).or_insert(record);
            if record.seq > end.seq {
                *end = record;
            }
        }
        Ok(ends.into_values().map(Logged::chain_end).collect())
    }

    fn device(&self, shop: &str, device: &str) -> Result<Option<Device>, Fault> {
        Ok(self.shops.get(shop).and_then(|shop| shop.devices.get(device)).cloned())
    }

    fn devices(&self, shop: &str) -> Result<Vec<Device>, Fault> {
        Ok(self.shops.get(shop).into_iter().flat_map(|shop| shop.devices.values()).cloned().collect())
    }

    fn invite(&self, code: &Bytes32) -> Result<Option<(String, Invite)>, Fault> {
        let mut shops = self.shops.iter();
        Ok(shops.find_map(|(id, shop)| Some((id.clone(), shop.invites.get(code)?.clone()))))
    }

    fn operation(&self, shop: &str, id: &str) -> Result<Option<StoredOperation>, Fault> {
        Ok(self.shops.get(shop).and_then(|shop| shop.operations.get(id)).cloned())
    }

    fn operations_due(&self, shop: &str, by: u64, most: u32) -> Result<Vec<StoredOperation>, Fault> {
        let mut due = Read::operations(self, shop)?;
        due.retain(|operation| operation.due.is_some_and(|due| due <= by));
        due.sort_by_key(|operation| operation.due);
        due.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Ok(due)
    }

    fn operations(&self, shop: &str) -> Result<Vec<StoredOperation>, Fault> {
        Ok(self.shops.get(shop).into_iter().flat_map(|shop| shop.operations.values()).cloned().collect())
    }

    fn value(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        Ok(self.values.get(name).cloned())
    }

    fn mail(&self, shop: &str, id: &Bytes16) -> Result<Option<Mail>, Fault> {
        Ok(self.shops.get(shop).and_then(|shop| shop.mails.get(id)).cloned())
    }

    fn mails(&self, shop: &str, customer: Option<&str>) -> Result<Vec<Mail>, Fault> {
        let all = self.shops.get(shop).into_iter().flat_map(|shop| shop.mails.values());
        let of = all.filter(|mail| customer.is_none_or(|customer| mail.customer == customer));
        let mut mails: Vec<Mail> = of.map(|mail| Mail { content: Vec::new(), ..mail.clone() }).collect();
        mails.sort_by_key(|mail| (mail.asked, mail.id));
        Ok(mails)
    }

    fn waiting_mails(&self, shop: &str) -> Result<u64, Fault> {
        let all = self.shops.get(shop).into_iter().flat_map(|shop| shop.mails.values());
        Ok(all.filter(|mail| mail.due.is_some()).count() as u64)
    }

    fn due_mails(&self, most: usize) -> Result<Vec<(u64, String, Bytes16)>, Fault> {
        let mails = self.shops.iter().flat_map(|(id, shop)| shop.mails.values().map(move |mail| (id, mail)));
        let mut due: Vec<_> =
            mails.filter_map(|(shop, mail)| Some((mail.due?, shop.clone(), mail.id))).collect();
        due.sort();
        due.truncate(most);
        Ok(due)
    }

    fn shops(&self) -> Result<Vec<String>, Fault> {
        Ok(self.shops.keys().cloned().collect())
    }
}

impl Shop {
    fn end(&self) -> LogEnd {
        let last = self.log.last();
        LogEnd {
            epoch: self.epoch,
            lseq: last.map_or(0, |record| record.lseq),
            log_hash: last.map_or(self.empty, |record| record.log_hash),
        }
    }

    fn append(&mut self, record: &Logged) -> Result<(), Fault> {
        if record.lseq != self.end().lseq + 1 {
            return Err(Fault::broken("a record out of its order"));
        }
        let is_same = |known: &Arc<Logged>| {
            (&known.device, known.chain, known.seq, known.hash)
                == (&record.device, record.chain, record.seq, record.hash)
        };
        if self.log.iter().any(is_same) {
            return Err(Fault::broken("a line that the log has already"));
        }
        self.log.push(Arc::new(record.clone()));
        Ok(())
    }
}

impl Transaction {
    fn shop(&mut self) -> Result<&mut Shop, Fault> {
        self.state.shops.get_mut(&self.shop).ok_or_else(|| Fault::broken("a shop that is not here"))
    }
}

impl Read for Transaction {
    fn end(&self, shop: &str) -> Result<Option<LogEnd>, Fault> {
        self.state.end(shop)
    }

    fn log_hash(&self, shop: &str, lseq: u64) -> Result<Option<Bytes32>, Fault> {
        self.state.log_hash(shop, lseq)
    }

    fn records(&self, shop: &str, after: u64, visit: Visitor<'_>) -> Result<(), Fault> {
        self.state.records(shop, after, visit)
    }

    fn records_of_shop(&self, shop: &str, after: u64, visit: Visitor<'_>) -> Result<(), Fault> {
        self.state.records_of_shop(shop, after, visit)
    }

    fn lines(&self, shop: &str, device: &str, chain: u32, seq: u64) -> Result<Vec<Logged>, Fault> {
        self.state.lines(shop, device, chain, seq)
    }

    fn chains(&self, shop: &str, device: Option<&str>) -> Result<Vec<ChainEnd>, Fault> {
        self.state.chains(shop, device)
    }

    fn device(&self, shop: &str, device: &str) -> Result<Option<Device>, Fault> {
        self.state.device(shop, device)
    }

    fn devices(&self, shop: &str) -> Result<Vec<Device>, Fault> {
        self.state.devices(shop)
    }

    fn invite(&self, code: &Bytes32) -> Result<Option<(String, Invite)>, Fault> {
        self.state.invite(code)
    }

    fn operation(&self, shop: &str, id: &str) -> Result<Option<StoredOperation>, Fault> {
        self.state.operation(shop, id)
    }

    fn operations_due(&self, shop: &str, by: u64, most: u32) -> Result<Vec<StoredOperation>, Fault> {
        self.state.operations_due(shop, by, most)
    }

    fn operations(&self, shop: &str) -> Result<Vec<StoredOperation>, Fault> {
        Read::operations(&self.state, shop)
    }

    fn value(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        self.state.value(name)
    }

    fn mail(&self, shop: &str, id: &Bytes16) -> Result<Option<Mail>, Fault> {
        self.state.mail(shop, id)
    }

    fn mails(&self, shop: &str, customer: Option<&str>) -> Result<Vec<Mail>, Fault> {
        self.state.mails(shop, customer)
    }

    fn waiting_mails(&self, shop: &str) -> Result<u64, Fault> {
        self.state.waiting_mails(shop)
    }

    fn due_mails(&self, most: usize) -> Result<Vec<(u64, String, Bytes16)>, Fault> {
        self.state.due_mails(most)
    }

    fn shops(&self) -> Result<Vec<String>, Fault> {
        self.state.shops()
    }
}

impl Write for Transaction {
    fn found(&mut self, epoch: Bytes16, log_hash: Bytes32) -> Result<(), Fault> {
        if self.state.shops.contains_key(&self.shop) {
            return Err(Fault::broken("a shop that is here already"));
        }
        let shop = Shop {
            epoch,
            empty: log_hash,
            log: Vec::new(),
            devices: BTreeMap::new(),
            invites: BTreeMap::new(),
            operations: BTreeMap::new(),
            mails: BTreeMap::new(),
        };
        self.state.shops.insert(self.shop.clone(), shop);
        Ok(())
    }

    fn append(&mut self, records: &[Logged]) -> Result<(), Fault> {
        let shop = self.shop()?;
        records.iter().try_for_each(|record| shop.append(record))
    }

    fn begin_epoch(&mut self, epoch: Bytes16) -> Result<(), Fault> {
        self.shop()?.epoch = epoch;
        Ok(())
    }

    fn put_device(&mut self, device: &Device) -> Result<(), Fault> {
        let devices = &mut self.shop()?.devices;
        let has_letter = |other: &Device| other.id != device.id && other.letter == device.letter;
        if device.letter.is_some() && devices.values().any(has_letter) {
            return Err(Fault::broken("a letter that another device has"));
        }
        devices.insert(device.id.clone(), device.clone());
        Ok(())
    }

    fn put_invite(&mut self, invite: &Invite) -> Result<(), Fault> {
        self.shop()?.invites.insert(invite.code, invite.clone());
        Ok(())
    }

    fn put_operation(&mut self, operation: &StoredOperation) -> Result<(), Fault> {
        self.shop()?.operations.insert(operation.id.clone(), operation.clone());
        Ok(())
    }

    fn put_mail(&mut self, mail: &Mail) -> Result<(), Fault> {
        self.shop()?.mails.insert(mail.id, mail.clone());
        Ok(())
    }

    fn put_value(&mut self, name: &str, value: &[u8]) -> Result<(), Fault> {
        self.state.values.insert(name.to_owned(), value.to_owned());
        Ok(())
    }
}
