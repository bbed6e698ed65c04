//! A store as one would first write it: numbers come from a sequence, and writers do not wait for each other.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use endpoint::store::{
    Bytes16, Bytes32, ChainEnd, Device, Fault, Invite, LogEnd, Logged, Mail, Pending, Read, ReadWork, Store,
    StoredOperation, Visitor, Write, WriteWork,
};

#[derive(Clone, Default)]
pub struct Naive {
    sequence: Arc<AtomicU64>,
    log: Arc<Mutex<Vec<Logged>>>,
}

impl Store for Naive {
    fn write(&self, _shop: &str, work: WriteWork) -> Pending {
        let mut store = self.clone();
        let done = tokio::task::spawn_blocking(move || work(&mut store));
        Box::pin(async move { done.await.unwrap() })
    }

    fn read(&self, work: ReadWork) -> Pending {
        let outcome = work(self);
        Box::pin(async move { outcome })
    }
}

impl Read for Naive {
    fn end(&self, _shop: &str) -> Result<Option<LogEnd>, Fault> {
        let lseq = self.sequence.fetch_add(1, Ordering::SeqCst);
        Ok(Some(LogEnd { epoch: [0; 16], lseq, log_hash: [0; 32] }))
    }

    fn records(&self, _shop: &str, after: u64, visit: Visitor<'_>) -> Result<(), Fault> {
        let mut log = self.log.lock().unwrap().clone();
        log.sort_by_key(|record| record.lseq);
        for record in log.into_iter().filter(|record| record.lseq > after) {
            if visit(record).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn chains(&self, _shop: &str, _device: Option<&str>) -> Result<Vec<ChainEnd>, Fault> {
        Ok(Vec::new())
    }

    fn log_hash(&self, _shop: &str, _lseq: u64) -> Result<Option<Bytes32>, Fault> {
        Err(Fault::Unavailable)
    }

    fn records_of_shop(&self, _shop: &str, _after: u64, _visit: Visitor<'_>) -> Result<(), Fault> {
        Err(Fault::Unavailable)
    }

    fn lines(&self, _shop: &str, _device: &str, _chain: u32, _seq: u64) -> Result<Vec<Logged>, Fault> {
        Err(Fault::Unavailable)
    }

    fn operation(&self, _shop: &str, _id: &str) -> Result<Option<StoredOperation>, Fault> {
        Err(Fault::Unavailable)
    }

    fn operations_due(&self, _shop: &str, _by: u64, _most: u32) -> Result<Vec<StoredOperation>, Fault> {
        Err(Fault::Unavailable)
    }

    fn operations(&self, _shop: &str) -> Result<Vec<StoredOperation>, Fault> {
        Err(Fault::Unavailable)
    }

    fn device(&self, _shop: &str, _device: &str) -> Result<Option<Device>, Fault> {
        Err(Fault::Unavailable)
    }

    fn devices(&self, _shop: &str) -> Result<Vec<Device>, Fault> {
        Err(Fault::Unavailable)
    }

    fn invite(&self, _code: &Bytes32) -> Result<Option<(String, Invite)>, Fault> {
        Err(Fault::Unavailable)
    }

    fn value(&self, _name: &str) -> Result<Option<Vec<u8>>, Fault> {
        Err(Fault::Unavailable)
    }

    fn mail(&self, _shop: &str, _id: &Bytes16) -> Result<Option<Mail>, Fault> {
        Err(Fault::Unavailable)
    }

    fn mails(&self, _shop: &str, _customer: Option<&str>) -> Result<Vec<Mail>, Fault> {
        Err(Fault::Unavailable)
    }

    fn waiting_mails(&self, _shop: &str) -> Result<u64, Fault> {
        Err(Fault::Unavailable)
    }

    fn due_mails(&self, _most: usize) -> Result<Vec<(u64, String, Bytes16)>, Fault> {
        Err(Fault::Unavailable)
    }

    fn shops(&self) -> Result<Vec<String>, Fault> {
        Err(Fault::Unavailable)
    }
}

impl Write for Naive {
    fn append(&mut self, records: &[Logged]) -> Result<(), Fault> {
        self.log.lock().unwrap().extend_from_slice(records);
        Ok(())
    }

    fn found(&mut self, _epoch: Bytes16, _log_hash: Bytes32) -> Result<(), Fault> {
        Err(Fault::Unavailable)
    }

    fn begin_epoch(&mut self, _epoch: Bytes16) -> Result<(), Fault> {
        Err(Fault::Unavailable)
    }

    fn put_device(&mut self, _device: &Device) -> Result<(), Fault> {
        Err(Fault::Unavailable)
    }

    fn put_invite(&mut self, _invite: &Invite) -> Result<(), Fault> {
        Err(Fault::Unavailable)
    }

    fn put_operation(&mut self, _operation: &StoredOperation) -> Result<(), Fault> {
        Err(Fault::Unavailable)
    }

    fn put_mail(&mut self, _mail: &Mail) -> Result<(), Fault> {
        Err(Fault::Unavailable)
    }

    fn put_value(&mut self, _name: &str, _value: &[u8]) -> Result<(), Fault> {
        Err(Fault::Unavailable)
    }
}
