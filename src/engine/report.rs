//! Reports over a span of the posted journal. What customers owe today comes from the cached accounts; every other report
//! reads the accounts that can have a posting in it, or the whole journal once where these are many, and folds them.

use super::account;
use super::gathered::Gathered;
use super::open::Engine;
use super::report_figures::{ReportFigures, Wanted};
use crate::store::{Fault, SHOP, Store, StoredEntry};
use journal::{Hash, Line};
use ledger::date::Date;
use ledger::entry::Place;
use ledger::fold::ShopBook;
use ledger::id::Id;
use ledger::shop::{Seals, Shop};
use ledger::view::ageing::{Age, AgedCustomer, AgeingSums, aged_as_one};
use ledger::view::span::Span;

/// The shop's own entries.
const OF_SHOP: &str = "";

/// Above one account of so many, the whole journal is read: that reads the records of accounts that follow each other at once. The
/// books of the tests are small, and both ways have the same figures.
const FEW: usize = if cfg!(test) { 1 } else { 4 };

/// The first millisecond since 1970 that is not known any more, in a time zone; `None` for an unknown zone.
pub type KnownUntil<'a> = &'a dyn Fn(&str) -> Option<u64>;

/// What a report is about.
pub struct ReportAsked<'a> {
    /// The figures.
    pub wanted: Wanted,
    /// The days.
    pub span: Span,
    /// Leaves out what was recorded later, by the clocks and zones of the entries; `None` for all that is known.
    pub known: Option<KnownUntil<'a>>,
}

impl ReportAsked<'_> {
    /// Whether an entry was recorded in time.
    fn knows(&self, stored: &StoredEntry) -> bool {
        let Some(until) = self.known else { return true };
        let line = Line::parse(stored.bytes.as_bytes());
        line.is_ok_and(|line| until(line.zone).is_some_and(|limit| line.clock.0 < limit))
    }

    /// Whether an account with these entries can have a part in the figures: otherwise it is not folded.
    fn concerns(&self, entries: &[StoredEntry], shop: &Shop) -> bool {
        match self.wanted {
            Wanted::Ageing(_) => true,
            // What was earned before the span is in the opening balance.
            Wanted::Commissions => shop.partners.keys().any(|partner| {
                let named = format!("\"{partner}\"");
                entries.iter().any(|stored| stored.bytes.contains(&named))
            }),
            Wanted::Sums | Wanted::DayBook | Wanted::Day(_) => {
                entries.iter().any(|stored| may_post_in(stored, &shop.seals, self.span))
            }
        }
    }
}

/// Whether an entry may post in a span. An entry that cannot be read may.
fn may_post_in(stored: &StoredEntry, seals: &Seals, span: Span) -> bool {
    let Ok(line) = Line::parse(stored.bytes.as_bytes()) else { return true };
    let Some(on) = Date::parse(line.on) else { return true };
    if seals.is_empty() {
        return span.holds(on);
    }
    // A row never stands before its business date.
    if span.ends_before(on) {
        return false;
    }
    let Ok(device) = Id::new(line.device) else { return true };
    let place = Place {
        order: (stored.order.0, stored.order.1),
        device,
        chain: line.chain,
        seq: line.seq,
        branch: 0,
    };
    span.holds(seals.posting_day(&place, on))
}

impl<S: Store> Engine<S> {
    /// The accounts that can have a posting in the span, by their last business date; `None` if these are not few, or if it
    /// cannot be said.
    fn concerned(&self, asked: &ReportAsked<'_>) -> Option<Vec<Id>> {
        // What was known earlier may have had other seals, and other days of posting.
        let (Some(from), None) = (asked.span.from, asked.known) else { return None };
        match asked.wanted {
            Wanted::Ageing(_) | Wanted::Commissions => return None,
            Wanted::Sums | Wanted::DayBook | Wanted::Day(_) => {}
        }
        let state = self.state.borrow();
        let rows = state.rows.all();
        let is_recent = |id: &Id| {
            let last = rows.get(id).and_then(|cached| cached.row.last);
            last.is_some_and(|last| last >= from) || state.later.contains(id)
        };
        let concerned: Vec<Id> = rows.keys().filter(|id| is_recent(id)).cloned().collect();
        (concerned.len() <= rows.len() / FEW).then_some(concerned)
    }

    /// What customers owe by age at the end of a day, from the cached accounts, by id and without customers who owe and have
    /// nothing; `None` where only the journal knows it, because something may be posted after that day.
    pub fn ageing_at(&self, day: Date, today: Date) -> Option<Vec<AgedCustomer>> {
        let state = self.state.borrow();
        let is_open = state.shop.sealed.is_none_or(|sealed| sealed < day);
        let rows = state.rows.all();
        let ends = |cached: &super::cached::Cached| cached.row.last.is_none_or(|last| last <= day);
        if day < today || !is_open || !rows.values().all(ends) {
            return None;
        }
        let aged = rows.values().map(|cached| {
            let row = &cached.row;
            let mut sums = AgeingSums { credit: row.credit, to_repay: row.to_repay, ..AgeingSums::default() };
            cached.owing.iter().for_each(|(due, owed)| sums.put(Age::at(*due, day), *owed));
            AgedCustomer { customer: row.id.clone(), name: row.name.clone(), orders: Vec::new(), sums }
        });
        Some(shown(aged.collect(), &state.shop))
    }

    /// The figures of a report; `None` if `goes_on` said no. `progress` is called with the number of entries read so far.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn report(
        &self,
        asked: &ReportAsked<'_>,
        progress: impl Fn(u64),
        goes_on: impl Fn() -> bool,
    ) -> Result<Option<ReportFigures>, Fault> {
        let book = self.shop_known(asked).await?;
        let shop = book.shop().clone();
        let mut figures =
            ReportFigures { opened_as: reports::export::opened_as(&book), ..ReportFigures::default() };
        figures.add_shop(asked.wanted, &book, asked.span);
        let visit = async |account: &str, mut entries: Vec<StoredEntry>| {
            entries.retain(|stored| asked.knows(stored));
            if account == OF_SHOP || entries.is_empty() || !asked.concerns(&entries, &shop) {
                return Ok(());
            }
            let customer = Id::new(account).map_err(|_| Fault::corrupt("an account", account))?;
            let opened = (self.fold)(customer, entries).await?;
            figures.add_account(asked.wanted, &opened.book, &shop.seals, asked.span);
            Ok(())
        };
        let is_whole = match self.concerned(asked) {
            Some(accounts) => self.each_of(&accounts, visit, progress, goes_on).await?,
            None => self.each_account(visit, progress, goes_on).await?,
        };
        if !is_whole {
            return Ok(None);
        }
        figures.finish();
        if let Wanted::Day(day) = asked.wanted {
            let sums = self.state.borrow().shop.sums.clone();
            figures.cash.finish(sums.into_iter());
            figures.code = self.day_code(day, &figures).await?;
        }
        figures.aged = shown(figures.aged, &shop);
        figures.shop = shop;
        Ok(Some(figures))
    }

    /// The shop as it was known.
    async fn shop_known(&self, asked: &ReportAsked<'_>) -> Result<ShopBook, Fault> {
        let (mut trouble, mut gathered) = (None, Gathered::default());
        for stored in self.store.entries(OF_SHOP).await?.iter().filter(|stored| asked.knows(stored)) {
            let record = account::record(stored, &mut trouble);
            gathered.add(record, Hash::of(stored.bytes.as_bytes()), &stored.branch);
        }
        let book = ShopBook::new(gathered.into_parts().0);
        match trouble {
            Some(fault) => Err(fault),
            None if book.shop().currency.is_none() && asked.known.is_none() => {
                Err(Fault::corrupt(SHOP, "missing"))
            }
            None => Ok(book),
        }
    }
}

/// Customers as reports show them: a duplicate with the customer that is kept, and only those with amounts.
fn shown(aged: Vec<AgedCustomer>, shop: &Shop) -> Vec<AgedCustomer> {
    let mut aged = aged_as_one(aged, shop);
    aged.retain(|one| !one.sums.is_empty());
    aged
}
