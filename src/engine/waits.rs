//! The shop's queue: refunds and pay-outs that wait, by account.

use super::cache_text::{parse, to_text};
use crate::sort::sort_by;
use crate::store::{Append, Fault, Store, Waiting};
use ledger::account::Account;
use ledger::entry::Entry;
use ledger::id::Id;
use ledger::view::refund::RefundRow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many are read at once.
const AT_ONCE: u32 = 512;

/// Waiting refunds and pay-outs, by document.
type ById = BTreeMap<Id, RefundRow>;

/// The waiting refunds and pay-outs of one account. The cost of a commit depends on its entries and not on the length of
/// the account; copies share unchanged parts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Waits(Arc<ById>);

impl Waits {
    /// Finds them among all entries of the fold.
    pub fn of(account: &Account) -> Self {
        let mut waits = Self::default();
        account.entries().for_each(|entry| waits.note(account, &entry.id));
        waits
    }

    /// Adds one more entry at the end of the account, and updates the documents that it names.
    pub fn add_entry(&mut self, account: &Account, entry: &Entry) {
        self.note(account, &entry.id);
        entry.body.names().into_iter().for_each(|id| self.note(account, id));
    }

    fn note(&mut self, account: &Account, id: &Id) {
        let Some(row) = account.refund_row(id) else { return };
        let row = Some(row).filter(|row| row.waits_for().is_some());
        if row.as_ref() == self.0.get(id) {
            return;
        }
        match row {
            Some(row) => Arc::make_mut(&mut self.0).insert(id.clone(), row),
            None => Arc::make_mut(&mut self.0).remove(id),
        };
    }

    /// Whether the same items wait as before.
    pub fn are_same(&self, before: &Self) -> bool {
        Arc::ptr_eq(&self.0, &before.0)
    }

    /// Writes the difference from an earlier state of the account into a commit.
    pub fn write_changes(&self, before: &Self, into: &mut Append) -> Result<(), Fault> {
        if self.are_same(before) {
            return Ok(());
        }
        let done = before.0.iter().filter(|(id, _)| !self.0.contains_key(id));
        into.done.extend(done.map(|(id, row)| (row.customer.to_string(), id.to_string())));
        for (id, row) in self.0.iter().filter(|(id, row)| before.0.get(id) != Some(row)) {
            let (account, id) = (row.customer.to_string(), id.to_string());
            into.waits.push(Waiting { account, id, value: to_text(row)? });
        }
        Ok(())
    }
}

/// The waiting refunds and pay-outs of all accounts, and the list of them that screens show, once it was needed.
#[derive(Debug, Default)]
pub struct Queue {
    by_account: BTreeMap<Id, Waits>,
    listed: Option<Arc<Vec<RefundRow>>>,
}

impl Queue {
    /// Reads those of all accounts, some at a time: the page stays responsive, and a page that is loaded after this one waits
    /// only for the request that the browser has begun.
    pub async fn read<S: Store>(store: &S) -> Result<Self, Fault> {
        let (mut by_account, mut last) = (BTreeMap::<Id, ById>::new(), None);
        loop {
            let some = store.waiting(last.as_ref(), AT_ONCE).await?;
            let Some(end) = some.last() else { break };
            last = Some((end.account.clone(), end.id.clone()));
            for Waiting { id, value, .. } in some {
                let row = row(&id, &value)?;
                by_account.entry(row.customer.clone()).or_default().insert(row.id.clone(), row);
            }
        }
        let by_account = by_account.into_iter().map(|(customer, rows)| (customer, Waits(Arc::new(rows))));
        Ok(Self { by_account: by_account.collect(), listed: None })
    }

    /// Reads those of one account.
    pub async fn of_account<S: Store>(store: &S, customer: &Id) -> Result<Waits, Fault> {
        let mut rows = ById::new();
        for Waiting { id, value, .. } in store.waiting_of(customer.as_str()).await? {
            let row = row(&id, &value)?;
            rows.insert(row.id.clone(), row);
        }
        Ok(Waits(Arc::new(rows)))
    }

    /// Replaces those of an account.
    pub fn put(&mut self, customer: &Id, waits: Waits) {
        self.listed = None;
        if waits.0.is_empty() {
            self.by_account.remove(customer);
        } else {
            self.by_account.insert(customer.clone(), waits);
        }
    }

    /// All of them, oldest first.
    pub fn list(&mut self) -> Arc<Vec<RefundRow>> {
        let listed = self.listed.get_or_insert_with(|| {
            let mut rows: Vec<_> =
                self.by_account.values().flat_map(|waits| waits.0.values().cloned()).collect();
            sort_by(&mut rows, |a, b| (a.on, &a.no, &a.id).cmp(&(b.on, &b.no, &b.id)));
            Arc::new(rows)
        });
        Arc::clone(listed)
    }
}

fn row(id: &str, value: &str) -> Result<RefundRow, Fault> {
    parse(&format!("open {id}"), value)
}
