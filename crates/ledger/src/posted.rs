//! Balances of an account that respect the seals of the shop. The fold of an account does not look at seals.

use crate::date::Date;
use crate::entry::record::{Place, Record};
use crate::exception::Kind;
use crate::fold::customer_book::{CustomerBook, Sums, rows, sums};
use crate::posting::Movement;
use crate::rules::exception::Exception;
use crate::shop::{Seal, Shop};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

impl CustomerBook {
    /// The late entries of the account: entries that post something, are dated on or before a sealed day, and are not
    /// covered by its seal. Resolved ones are left out.
    #[must_use]
    pub fn late(&self, shop: &Shop) -> Vec<Exception> {
        if shop.seals.is_empty() {
            return Vec::new();
        }
        // Compared by pointer, because another record may have the same id.
        let moved: HashMap<_, _> =
            self.posted().iter().map(|posted| (Arc::as_ptr(&posted.entry), &posted.moved)).collect();
        let late = self.records().filter_map(|(place, _, entry)| {
            let moved = moved.get(&Arc::as_ptr(entry)).filter(|moved| !moved.is_empty())?;
            shop.lateness(place, entry.on, &entry.id, moved)
        });
        let resolved = &self.account().resolved;
        late.filter(|late| !resolved.contains(&(Kind::LateIntoSealedDay, late.entry.clone()))).collect()
    }

    /// The sums of all postings by book account and counting day. Up to a sealed day only the entries that its seal
    /// covers count; the effect of other entries counts on the first open day after it. Without late entries this is
    /// [`CustomerBook::moved`].
    #[must_use]
    pub fn moved_as_sealed(&self, shop: &Shop) -> Vec<Movement> {
        let late = |(place, _, entry): (&Place, _, &Arc<crate::entry::record::Entry>)| {
            shop.late_for(place, entry.on).is_some()
        };
        if !self.records().any(late) {
            return self.moved();
        }
        let (mut counted, mut closed) = (Sums::new(), None);
        for seal in shop.seals.iter().filter(|seal| self.leaves_out(seal)) {
            add_changes(&mut counted, closed, sums(self.covered_by(seal).posted()), seal.day);
            closed = Some(seal.day);
        }
        add_changes(&mut counted, closed, sums(self.posted()), Date(jiff::civil::Date::MAX));
        rows(counted)
    }

    /// The book as sealed at the end of a day: the entries covered by the first seal of that day or later, if that
    /// seal leaves out entries of the account; otherwise all entries.
    #[must_use]
    pub fn as_sealed(&self, shop: &Shop, day: Option<Date>) -> Cow<'_, Self> {
        let not_before = |seal: &&Seal| day.is_some_and(|day| seal.day >= day);
        let missed = shop.seals.iter().filter(not_before).find(|seal| self.leaves_out(seal));
        missed.map_or(Cow::Borrowed(self), |seal| Cow::Owned(self.covered_by(seal)))
    }

    /// Whether an entry dated on or before the day of the seal is not covered by it.
    fn leaves_out(&self, seal: &Seal) -> bool {
        self.records().any(|(place, _, entry)| entry.on <= seal.day && !seal.covers(place))
    }

    fn covered_by(&self, seal: &Seal) -> Self {
        let covered = self.records().filter(|(place, ..)| seal.covers(place));
        let record = |(place, verdict, entry): (&Place, _, &Arc<crate::entry::record::Entry>)| Record {
            place: place.clone(),
            verdict,
            entry: (**entry).clone(),
        };
        Self::new(self.customer().clone(), covered.map(record).collect())
    }
}

/// Adds the difference between a more complete fold and the sums counted so far, for dates up to `up_to`: on its own
/// date if that day is still open, otherwise on the first day after the closed ones.
fn add_changes(counted: &mut Sums, closed: Option<Date>, fuller: Sums, up_to: Date) {
    let mut change = fuller;
    change.retain(|(_, on), _| *on <= up_to);
    for (key, amount) in counted.iter() {
        *change.entry(key.clone()).or_default() -= *amount;
    }
    for ((account, on), amount) in change {
        let day = closed.map_or(on, |closed| on.max(closed.next()));
        *counted.entry((account, day)).or_default() += amount;
    }
}
