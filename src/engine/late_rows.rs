//! Late entries as screens show them: each with its entry, the seal, and the day on which it counts.

use super::account;
use super::late::Late;
use super::open::Engine;
use crate::store::{Fault, Store};
use ledger::date::Date;
use ledger::entry::Entry;
use ledger::exception::Kind;
use ledger::id::Id;
use ledger::view::history::HistoryRow;

/// A late entry as screens show it.
#[derive(Debug, Clone, PartialEq)]
pub struct LateRow {
    /// What is late.
    pub late: Late,
    /// The entry of an account, in the data of its sentence.
    pub of_account: Option<HistoryRow>,
    /// The entry of the shop.
    pub of_shop: Option<Entry>,
    /// The day of the seal.
    pub sealed: Option<Date>,
    /// Who sealed it.
    pub sealed_by: Option<Id>,
    /// The day on which the entry counts.
    pub counts_on: Option<Date>,
}

impl<S: Store> Engine<S> {
    /// The late entries and void seals without a note.
    pub fn late(&self) -> Vec<Late> {
        self.state.borrow().late.clone()
    }

    /// At most `limit` of them as screens show them. Their accounts are read.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn late_rows(&self, limit: usize) -> Result<Vec<LateRow>, Fault> {
        let late = self.late();
        let seals = match late.is_empty() {
            true => None,
            false => self.sealed_shop().await?.map(|shop| shop.seals.clone()),
        };
        let mut rows = Vec::new();
        for late in late.into_iter().take(limit) {
            let mut row = LateRow {
                of_account: None,
                of_shop: None,
                sealed: None,
                sealed_by: None,
                counts_on: None,
                late,
            };
            for stored in self.store.with_id(row.late.entry.as_str()).await? {
                let Some(record) = account::record(&stored, &mut None) else { continue };
                if record.entry.customer == row.late.customer {
                    row.counts_on = seals.as_ref().map(|all| all.posting_day(&record.place, record.entry.on));
                    row.of_shop = Some(record.entry).filter(|entry| entry.customer.is_none());
                }
            }
            if let Some(customer) = &row.late.customer {
                self.open_account(customer).await?;
                row.of_account = self.history_row(customer, &row.late.entry);
            }
            if let Some(seal) = &row.late.seal {
                let mut known = seals.iter().flat_map(|all| all.counting());
                row.sealed = known.find(|counts| counts.entry == *seal).map(|counts| counts.day);
                let named = self.store.with_id(seal.as_str()).await?;
                let mut named = named.iter().filter_map(|stored| account::record(stored, &mut None));
                row.sealed_by = named.next().map(|record| record.entry.actor);
            }
            rows.push(row);
        }
        Ok(rows)
    }

    fn history_row(&self, customer: &Id, entry: &Id) -> Option<HistoryRow> {
        let state = self.state.borrow();
        let account = state.open_accounts.get(customer)?.book.account();
        account.row_across_accounts(Kind::LateIntoSealedDay, entry, entry, None).entry
    }
}
