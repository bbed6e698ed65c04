//! The order in which records are folded: their own order, except that an entry which names a later one is folded
//! right after it.

use crate::account::map::Map;
use crate::account::state::Account;
use crate::entry::Body;
use crate::entry::record::Entry;
use crate::fold::sequence;
use crate::id::Id;
use std::collections::BTreeSet;
use std::sync::Arc;

/// One step of the fold of an account.
#[derive(Debug, Clone, Copy)]
pub enum FoldStep<'a> {
    /// The entry counts.
    Take(&'a Arc<Entry>),
    /// The entry only reserves its id.
    Refuse(&'a Arc<Entry>),
}

/// Reserves capacity for the documents of the steps, so that the maps do not grow step by step.
pub fn reserve_capacity(account: &mut Account, steps: &[FoldStep<'_>]) {
    let (mut orders, mut payments) = (0, 0);
    for step in steps {
        let (FoldStep::Take(entry) | FoldStep::Refuse(entry)) = step;
        orders += usize::from(matches!(entry.body, Body::OrderPlaced(_)));
        payments += usize::from(matches!(entry.body, Body::PaymentRecorded(_)));
    }
    account.entries.reserve(steps.len());
    account.orders.reserve(orders);
    account.payments.reserve(payments);
}

/// Folds all steps; `each` is called for every entry that counts, with its postings.
pub fn fold(
    account: &mut Account,
    steps: &[FoldStep<'_>],
    mut each: impl FnMut(&Arc<Entry>, crate::posting::Lines),
) {
    let mut run = FoldRun { account, steps, later: None, parked: Map::default(), position: 0 };
    for (at, step) in steps.iter().enumerate() {
        run.position = at;
        match step {
            FoldStep::Refuse(entry) => sequence::refuse(run.account, entry),
            FoldStep::Take(entry) => run.take(entry, &mut each),
        }
    }
    run.post_cycles(&mut each);
}

struct FoldRun<'a> {
    account: &'a mut Account,
    steps: &'a [FoldStep<'a>],
    /// The ids of later steps; built when the first missing id is found.
    later: Option<BTreeSet<Id>>,
    /// The waiting entries, by the id that they wait for.
    parked: Map<Vec<Arc<Entry>>>,
    position: usize,
}

impl FoldRun<'_> {
    fn take(&mut self, entry: &Arc<Entry>, each: &mut impl FnMut(&Arc<Entry>, crate::posting::Lines)) {
        let mut ready = self.post_or_park(entry, each);
        ready.reverse();
        while let Some(entry) = ready.pop() {
            ready.extend(self.post_or_park(&entry, each).into_iter().rev());
        }
    }

    /// Folds the entry, or parks it if it names a later one. Returns the entries that waited for it.
    fn post_or_park(
        &mut self,
        entry: &Arc<Entry>,
        each: &mut impl FnMut(&Arc<Entry>, crate::posting::Lines),
    ) -> Vec<Arc<Entry>> {
        let names_missing = sequence::first_missing(self.account, &entry.body).is_some();
        if names_missing && let Some(later) = self.named_later(entry) {
            self.parked.entry(later).or_default().push(entry.clone());
            return Vec::new();
        }
        self.post(entry, names_missing, each);
        if self.parked.is_empty() {
            return Vec::new();
        }
        self.parked.shift_remove(&entry.id).unwrap_or_default()
    }

    fn post(
        &mut self,
        entry: &Arc<Entry>,
        names_missing: bool,
        each: &mut impl FnMut(&Arc<Entry>, crate::posting::Lines),
    ) {
        if let Some(lines) = sequence::take_checked(self.account, entry, names_missing) {
            each(entry, lines);
        }
    }

    /// Folds entries that wait for each other in a cycle, as if the documents that they name had not arrived.
    fn post_cycles(&mut self, each: &mut impl FnMut(&Arc<Entry>, crate::posting::Lines)) {
        for entry in std::mem::take(&mut self.parked).into_values().flatten() {
            self.post(&entry, true, each);
        }
    }

    /// The first id that the entry names and that a later step adds.
    fn named_later(&mut self, entry: &Arc<Entry>) -> Option<Id> {
        let (steps, position) = (self.steps, self.position);
        let later = self.later.get_or_insert_with(|| ids_after(steps, position));
        let mut found = None;
        entry.body.each_name(|name| {
            if found.is_none() && later.contains(name) && !self.account.entries.contains_key(name) {
                found = Some(name.clone());
            }
        });
        found
    }
}

fn ids_after(steps: &[FoldStep], position: usize) -> BTreeSet<Id> {
    let taken = steps.iter().skip(position).filter_map(|step| match step {
        FoldStep::Take(entry) => Some(entry.id.clone()),
        FoldStep::Refuse(_) => None,
    });
    taken.collect()
}
