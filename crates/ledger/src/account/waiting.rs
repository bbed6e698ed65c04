//! The sequence in which records are folded: their own, except that an entry which names one that stands
//! later is folded right after it.

use super::map::Map;
use super::{Account, sequence};
use crate::entry::Entry;
use crate::id::Id;
use std::collections::BTreeSet;
use std::sync::Arc;

/// One step of a fold.
#[derive(Debug, Clone)]
pub enum Step {
    /// The entry counts.
    Take(Arc<Entry>),
    /// The entry keeps its id alone.
    Refuse(Arc<Entry>),
}

/// Folds all steps; `each` sees every entry that is folded, with what it posted.
pub fn fold(account: &mut Account, steps: &[Step], mut each: impl FnMut(&Arc<Entry>, crate::posting::Lines)) {
    let mut line = Line { account, steps, later: None, parked: Map::default(), done: 0 };
    for (at, step) in steps.iter().enumerate() {
        line.done = at;
        match step {
            Step::Refuse(entry) => sequence::refuse(line.account, entry),
            Step::Take(entry) => line.take(entry, &mut each),
        }
    }
    line.rest(&mut each);
}

struct Line<'a> {
    account: &'a mut Account,
    steps: &'a [Step],
    /// The ids that stand later than here; made when the first name is missing.
    later: Option<BTreeSet<Id>>,
    /// Entries by the id they wait for.
    parked: Map<Vec<Arc<Entry>>>,
    done: usize,
}

impl Line<'_> {
    fn take(&mut self, entry: &Arc<Entry>, each: &mut impl FnMut(&Arc<Entry>, crate::posting::Lines)) {
        let mut ready = vec![entry.clone()];
        while let Some(entry) = ready.pop() {
            if let Some(later) = self.stands_later(&entry) {
                self.parked.entry(later).or_default().push(entry);
                continue;
            }
            self.post(&entry, each);
            if let Some(woken) = self.parked.shift_remove(&entry.id) {
                ready.extend(woken.into_iter().rev());
            }
        }
    }

    fn post(&mut self, entry: &Arc<Entry>, each: &mut impl FnMut(&Arc<Entry>, crate::posting::Lines)) {
        if let Some(lines) = sequence::take(self.account, entry) {
            each(entry, lines);
        }
    }

    /// Entries that wait for one another in a ring: as if what they name were not here.
    fn rest(&mut self, each: &mut impl FnMut(&Arc<Entry>, crate::posting::Lines)) {
        for entry in std::mem::take(&mut self.parked).into_values().flatten() {
            self.post(&entry, each);
        }
    }

    /// The first thing the entry names that is not folded yet, and will be.
    fn stands_later(&mut self, entry: &Arc<Entry>) -> Option<Id> {
        sequence::first_missing(self.account, &entry.body)?;
        let (steps, done) = (self.steps, self.done);
        let later = self.later.get_or_insert_with(|| ids_after(steps, done));
        let mut found = None;
        entry.body.each_name(|name| {
            if found.is_none() && later.contains(name) && !self.account.entries.contains_key(name) {
                found = Some(name.clone());
            }
        });
        found
    }
}

fn ids_after(steps: &[Step], done: usize) -> BTreeSet<Id> {
    let taken = steps.iter().skip(done).filter_map(|step| match step {
        Step::Take(entry) => Some(entry.id.clone()),
        Step::Refuse(_) => None,
    });
    taken.collect()
}
