//! A whole journal folded at once: when a book is taken over, and when its caches are made afresh.

use super::draft::Draft;
use super::load;
use crate::book::words::words;
use crate::store::{Added, Fault, Kept};
use book::DeviceState;
use ledger::account::CustomerBook;
use ledger::entry::Record;
use ledger::id::Id;
use ledger::shop::Shop;
use std::collections::BTreeMap;

/// What all entries come to.
pub struct Folded {
    /// The book they make.
    pub draft: Draft,
    /// The entries themselves, with the words by which they are found.
    pub entries: Vec<Added>,
    /// The first entry that cannot be read; the rest is folded without it.
    pub trouble: Option<Fault>,
}

impl Folded {
    /// Folds the shop entry by entry, and every account once.
    pub fn of(kept: Vec<Kept>, device: DeviceState) -> Self {
        let (mut of_shop, mut accounts) = (Vec::new(), BTreeMap::<Id, Vec<Record>>::new());
        let (mut entries, mut trouble) = (Vec::with_capacity(kept.len()), None);
        for kept in kept {
            let record = load::record(&kept, &mut trouble);
            let words = record.as_ref().map(|record| words(&record.entry)).unwrap_or_default();
            entries.push(Added { kept, words });
            let Some(record) = record else { continue };
            match record.entry.customer.clone() {
                Some(customer) => accounts.entry(customer).or_default().push(record),
                None => of_shop.push(record),
            }
        }
        of_shop.sort_by(|a, b| a.place.cmp(&b.place));
        let mut draft = Draft::new(device, Shop::default());
        of_shop.into_iter().for_each(|record| draft.fold(record));
        for (customer, records) in accounts {
            draft.take_in(CustomerBook::new(customer.clone(), records), customer);
        }
        Self { draft, entries, trouble }
    }
}
