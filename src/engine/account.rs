//! Builds one account from its entries: one range read and one fold.

use super::gathered::Gathered;
use super::open_account::OpenAccount;
use crate::store::{Fault, Store, StoredEntry};
use codec::decode::{DecodeError, Decoded, decode};
use journal::{Hash, Line};
use ledger::entry::{Record, Verdict};
use ledger::fold::CustomerBook;
use ledger::id::Id;
use std::pin::Pin;

/// A fold in progress.
pub type FoldedAccount = Pin<Box<dyn Future<Output = Result<OpenAccount, Fault>>>>;

/// Folds the entries of one customer. The caller that opens the engine passes this function, because its code may have
/// to be downloaded first.
pub type FoldAccount = fn(Id, Vec<StoredEntry>) -> FoldedAccount;

/// Reads and folds one account, without comparing it with its cached row.
pub async fn read<S: Store>(store: &S, customer: &Id, fold: FoldAccount) -> Result<OpenAccount, Fault> {
    let entries = store.entries(customer.as_str()).await?;
    fold(customer.clone(), entries).await
}

/// Folds at once, for a program that contains the code of the fold.
#[must_use]
pub fn fold_account(customer: Id, entries: Vec<StoredEntry>) -> FoldedAccount {
    Box::pin(async move { Ok(folded(customer, &entries)) })
}

fn folded(customer: Id, entries: &[StoredEntry]) -> OpenAccount {
    let mut trouble = None;
    let mut gathered = Gathered::default();
    for stored in entries {
        let hash = Hash::of(stored.bytes.as_bytes());
        gathered.add(record(stored, &mut trouble), hash, &stored.branch);
    }
    let (records, digest) = gathered.into_parts();
    OpenAccount::new(CustomerBook::new(customer, records), digest, trouble)
}

/// Decodes one entry. An entry that cannot be decoded gives `None`, and the first such fault is stored in `trouble`.
pub fn record(stored: &StoredEntry, trouble: &mut Option<Fault>) -> Option<Record> {
    let verdict = if stored.verdict.is_ok() { Verdict::Ok } else { Verdict::Refused };
    let bytes = stored.bytes.as_bytes();
    match decode(bytes, stored.order, verdict) {
        Ok(Decoded::Entry(record)) => Some(*record),
        Ok(Decoded::Chain(_)) => None,
        Err(why) => {
            trouble.get_or_insert_with(|| name(bytes, &why));
            None
        }
    }
}

fn name(bytes: &[u8], why: &DecodeError) -> Fault {
    let what = Line::parse(bytes).map_or_else(
        |_| "an entry".to_owned(),
        |line| format!("entry {} of chain {} ({})", line.seq, line.chain, line.no.unwrap_or(line.id)),
    );
    Fault::corrupt(what, why)
}
