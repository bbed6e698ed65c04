//! The accounts of a book. Accounts that were not used for long can be packed: their entries are compressed, and folded again
//! when the account is used. A long day book is recorded in a tenth of the memory.

use super::log::RecordLog;
use super::packed;
use indexmap::IndexMap;
use ledger::entry::{Entry, Place, Verdict};
use ledger::fold::CustomerBook;
use ledger::id::Id;
use ledger::money::Currency;
use ledger::posting::Movement;
use std::borrow::Cow;
use std::sync::Arc;

/// Every account, in the order in which their first records arrived.
#[derive(Debug, Clone, Default)]
pub(super) struct Accounts {
    slots: IndexMap<Id, Slot, foldhash::fast::FixedState>,
    /// The number of accounts that are not packed.
    unpacked: usize,
    /// The number of uses so far.
    uses: u64,
}

#[derive(Debug, Clone)]
struct Slot {
    /// The indexes of its records in the log of the book, in the order of arrival.
    rows: Vec<u32>,
    /// When it was last used.
    used: u64,
    content: Content,
}

#[derive(Debug, Clone)]
enum Content {
    Unpacked(Box<Unpacked>),
    Packed(Arc<[u8]>),
}

#[derive(Debug, Clone)]
struct Unpacked {
    book: CustomerBook,
    /// In the order of `rows`.
    entries: Vec<Arc<Entry>>,
}

impl Accounts {
    /// The account of a customer; `None` if it has no record, or is packed.
    pub(super) fn get(&self, customer: &Id) -> Option<&CustomerBook> {
        match &self.slots.get(customer)?.content {
            Content::Unpacked(account) => Some(&account.book),
            Content::Packed(_) => None,
        }
    }

    /// An entry of an account, by its position in the order of arrival; `None` if the account is packed.
    pub(super) fn entry(&self, account: usize, at: usize) -> Option<&Arc<Entry>> {
        match &self.slots.get_index(account)?.1.content {
            Content::Unpacked(account) => account.entries.get(at),
            Content::Packed(_) => None,
        }
    }

    /// As [`Accounts::entry`], also of an account that is packed.
    pub(super) fn any_entry(&self, account: usize, at: usize) -> Option<Arc<Entry>> {
        let (customer, slot) = self.slots.get_index(account)?;
        match &slot.content {
            Content::Unpacked(account) => account.entries.get(at).cloned(),
            Content::Packed(bytes) => packed::unpack(bytes, customer).into_iter().nth(at).map(Arc::new),
        }
    }

    /// Every account with its customer; packed ones are unpacked for a moment.
    pub(super) fn iter<'a>(&'a self, log: &'a RecordLog) -> impl Iterator<Item = Cow<'a, CustomerBook>> {
        self.slots.iter().map(|(customer, slot)| match &slot.content {
            Content::Unpacked(account) => Cow::Borrowed(&account.book),
            Content::Packed(bytes) => Cow::Owned(unpacked(customer, &slot.rows, bytes, log).book),
        })
    }

    /// Every account that is not packed.
    pub(super) fn values(&self) -> impl Iterator<Item = &CustomerBook> {
        self.slots.values().filter_map(|slot| match &slot.content {
            Content::Unpacked(account) => Some(&account.book),
            Content::Packed(_) => None,
        })
    }

    /// Adds a record to an account; returns the change of the sums, the index of the account and the position of the entry.
    pub(super) fn add(
        &mut self,
        customer: &Id,
        (row, place, verdict): (u32, Place, Verdict),
        entry: Arc<Entry>,
        log: &RecordLog,
    ) -> (Vec<Movement>, usize, usize) {
        self.unpack(customer, log);
        self.uses += 1;
        let used = self.uses;
        let slot = self.slots.entry(customer.clone());
        let index = slot.index();
        let slot = slot.or_insert_with(|| {
            self.unpacked += 1;
            let book = CustomerBook::new(customer.clone(), Vec::new());
            let content = Content::Unpacked(Box::new(Unpacked { book, entries: Vec::new() }));
            Slot { rows: Vec::new(), used, content }
        });
        slot.used = used;
        slot.rows.push(row);
        let moved = match &mut slot.content {
            Content::Unpacked(account) => {
                account.entries.push(entry.clone());
                account.book.add_shared(place, verdict, entry)
            }
            Content::Packed(_) => Vec::new(),
        };
        (moved, index, slot.rows.len() - 1)
    }

    /// Unpacks the account of a customer, if it is packed.
    pub(super) fn unpack(&mut self, customer: &Id, log: &RecordLog) {
        let Some(slot) = self.slots.get_mut(customer) else { return };
        self.uses += 1;
        slot.used = self.uses;
        if let Content::Packed(bytes) = &slot.content {
            slot.content = Content::Unpacked(Box::new(unpacked(customer, &slot.rows, bytes, log)));
            self.unpacked += 1;
        }
    }

    /// As [`Accounts::unpack`], by the index of the account.
    pub(super) fn unpack_index(&mut self, account: usize, log: &RecordLog) {
        if let Some((customer, _)) = self.slots.get_index(account) {
            self.unpack(&customer.clone(), log);
        }
    }

    /// Packs the accounts that were not used for longest, half of all, if more than `most` are unpacked.
    pub(super) fn pack(&mut self, most: usize, currency: &Currency) {
        if self.unpacked <= most {
            return;
        }
        let is_unpacked = |slot: &&Slot| matches!(slot.content, Content::Unpacked(_));
        let mut uses: Vec<u64> = self.slots.values().filter(is_unpacked).map(|slot| slot.used).collect();
        let middle = uses.len() / 2;
        let (_, limit, _) = uses.select_nth_unstable(middle);
        let limit = *limit;
        for slot in self.slots.values_mut().filter(|slot| slot.used < limit) {
            if let Content::Unpacked(account) = &slot.content {
                slot.content = Content::Packed(packed::pack(&account.entries, currency));
                self.unpacked -= 1;
            }
        }
    }
}

fn unpacked(customer: &Id, rows: &[u32], bytes: &[u8], log: &RecordLog) -> Unpacked {
    let entries: Vec<Arc<Entry>> = packed::unpack(bytes, customer).into_iter().map(Arc::new).collect();
    let records = rows.iter().zip(&entries).filter_map(|(row, entry)| {
        let (place, verdict) = log.record(*row)?;
        Some((place, verdict, entry.clone()))
    });
    Unpacked { book: CustomerBook::new_shared(customer.clone(), records), entries }
}
