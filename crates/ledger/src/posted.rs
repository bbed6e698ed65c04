//! An account beside the shop's seals. Folding never looks at them; balances up to a sealed day do.

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
    /// Entries that came too late for a seal and move something, each unless it was resolved.
    #[must_use]
    pub fn late(&self, shop: &Shop) -> Vec<Exception> {
        if shop.seals.is_empty() {
            return Vec::new();
        }
        // By the very entry: another record may have its id.
        let moved: HashMap<_, _> =
            self.posted().iter().map(|posted| (Arc::as_ptr(&posted.entry), &posted.moved)).collect();
        let late = self.records().filter_map(|(place, _, entry)| {
            let moved = moved.get(&Arc::as_ptr(entry)).filter(|moved| !moved.is_empty())?;
            shop.lateness(place, entry.on, &entry.id, moved)
        });
        let resolved = &self.account().resolved;
        late.filter(|late| !resolved.contains(&(Kind::LateIntoSealedDay, late.entry.clone()))).collect()
    }

    /// Every posting's sum by account and the day on which it counts. Balances up to a sealed day are those of
    /// what its seal covers; whatever uncovered entries change counts on the first open day after it. Where
    /// nothing came late that is [`CustomerBook::moved`].
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

    /// The book that says what stood at the end of a day: what the first seal of that day or later covers, where
    /// that is not everything; else all of it.
    #[must_use]
    pub fn as_sealed(&self, shop: &Shop, day: Option<Date>) -> Cow<'_, Self> {
        let not_before = |seal: &&Seal| day.is_some_and(|day| seal.day >= day);
        let missed = shop.seals.iter().filter(not_before).find(|seal| self.leaves_out(seal));
        missed.map_or(Cow::Borrowed(self), |seal| Cow::Owned(self.covered_by(seal)))
    }

    /// Whether something dated up to the seal's day is not covered by it.
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

/// Adds what a fuller fold moves up to a day and was not counted yet: on its own day where that is still open,
/// else on the first day after those that are closed.
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
