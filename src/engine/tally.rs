//! What one account contributes to the caches of the shop: takings by day, and waiting refunds and pay-outs.

use crate::store::{Append, Fault, Total, Waiting};
use ledger::account::{Account, Status};
use ledger::date::Date;
use ledger::entry::{Entry, EntryKind, Flow};
use ledger::id::Id;
use ledger::method::{Method, WORDS};
use ledger::view::history::HistoryRow;
use ledger::view::refund::RefundRow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Codes of the app's own sums, below the codes of the chart of accounts. Payments taken, by method and day.
pub const TAKEN: u16 = 1;
/// Money given back, by method and day.
pub const GIVEN: u16 = 2;
/// The number of times money was given back, by day.
pub const RETURNS: u16 = 3;

/// Sums of one account, by code, party and day.
type Takings = BTreeMap<(u16, &'static str, Date), i64>;

/// The part of an account's contribution that later entries may still change. What other entries contribute is final
/// once they are recorded and is not stored here, so the cost of a commit depends on its entries and not on the length
/// of the account. Copies share unchanged parts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tally {
    /// Online refunds in progress, under their own id and under every id they name. They count once the payment
    /// provider has completed them.
    underway: Arc<BTreeMap<Id, Vec<Id>>>,
    waits: Arc<Waits>,
}

/// Waiting refunds and pay-outs: what each waits for, and its row.
type Waits = BTreeMap<Id, (String, RefundRow)>;

impl Tally {
    /// Builds the tally from every entry of the fold.
    pub fn of(account: &Account) -> Self {
        let mut tally = Self::default();
        account.entries().for_each(|entry| tally.note_entry(account, entry));
        tally
    }

    /// Adds one more entry at the end of the account, and updates the documents that it names.
    pub fn add_entry(&mut self, account: &Account, entry: &Entry) {
        self.note_entry(account, entry);
        entry.body.names().into_iter().for_each(|id| self.note_waiting(account, id));
    }

    fn note_entry(&mut self, account: &Account, entry: &Entry) {
        if account.history_row(entry).is_some_and(|row| is_underway(&row)) {
            let underway = Arc::make_mut(&mut self.underway);
            named_ids(entry).for_each(|id| underway.entry(id.clone()).or_default().push(entry.id.clone()));
        }
        self.note_waiting(account, &entry.id);
    }

    fn note_waiting(&mut self, account: &Account, id: &Id) {
        let Some(row) = account.refund_row(id) else { return };
        let waits = waits_for(&row).map(|kind| (kind, row));
        if waits.as_ref() == self.waits.get(id) {
            return;
        }
        match waits {
            Some(waits) => Arc::make_mut(&mut self.waits).insert(id.clone(), waits),
            None => Arc::make_mut(&mut self.waits).remove(id),
        };
    }

    /// Online refunds in progress whose state the given entries may have changed.
    fn affected_entries<'a>(&'a self, entries: &'a [&Entry]) -> BTreeSet<&'a Id> {
        let named = entries.iter().flat_map(|entry| named_ids(entry));
        named.filter_map(|id| self.underway.get(id)).flatten().collect()
    }

    /// Replaces this account's part of the shop's queue.
    pub fn update_queue(&self, customer: &Id, queue: &mut Waits) {
        queue.retain(|_, (_, row)| row.customer != *customer);
        queue.extend(self.waits.iter().map(|(id, waits)| (id.clone(), waits.clone())));
    }

    /// Whether the same items wait as before.
    pub fn same_waiting(&self, before: &Self) -> bool {
        Arc::ptr_eq(&self.waits, &before.waits)
    }
}

/// What a whole account contributes to the takings.
pub fn takings(account: &Account) -> Takings {
    counted(account, on_its_day)
}

/// Like [`takings`], but `day` decides on which day an entry counts.
pub fn counted(account: &Account, day: impl Fn(&HistoryRow) -> Date) -> Takings {
    sum(account.entries().filter_map(|entry| account.history_row(entry)), day)
}

/// The takings of the given entries and of the online refunds that they may have changed: all that a commit may have
/// changed.
pub fn changed_takings(tally: &Tally, account: &Account, entries: &[&Entry]) -> Takings {
    let moved = tally.affected_entries(entries).into_iter().filter_map(|id| account.entry(id));
    let mut takings = sum(moved.filter_map(|entry| account.history_row(entry)), on_its_day);
    let rows = entries.iter().filter_map(|entry| account.history_row(entry));
    for (at, amount) in sum(rows.filter(|row| !is_underway(row)), on_its_day) {
        *takings.entry(at).or_default() += amount;
    }
    takings
}

/// The ids that an entry concerns: its own, and those it names.
fn named_ids(entry: &Entry) -> impl Iterator<Item = &Id> {
    std::iter::once(&entry.id).chain(entry.body.names())
}

const fn on_its_day(row: &HistoryRow) -> Date {
    row.on
}

fn sum(rows: impl Iterator<Item = HistoryRow>, day: impl Fn(&HistoryRow) -> Date) -> Takings {
    let mut takings = Takings::new();
    for row in rows {
        for (code, party, amount) in contribution(&row).into_iter().flatten() {
            *takings.entry((code, party, day(&row))).or_default() += amount;
        }
    }
    takings
}

/// Whether the entry counts only once the money has arrived: an online refund or pay-out.
fn is_underway(row: &HistoryRow) -> bool {
    row.method == Some(Method::Online) && !is_of_payment(row.kind)
}

/// A payment counts on its day. Its reversal is subtracted on the day of the reversal, as the money leaves the drawer
/// that day; the same holds for money given back. An online refund counts once it has succeeded, store credit never.
fn contribution(row: &HistoryRow) -> [Option<(u16, &'static str, i64)>; 2] {
    let nothing = [None, None];
    let through = !is_underway(row) || row.status == Some(Status::Succeeded);
    if row.method == Some(Method::Credit) || !through {
        return nothing;
    }
    let sign = match row.flow {
        Flow::In => 1,
        Flow::Out => -1,
        Flow::None => return nothing,
    };
    // Methods that the owner added are counted under *Other*.
    let listed = |method| if matches!(method, Method::Own(_)) { Method::Other } else { method };
    let method = row.method.map(listed);
    let method = method.and_then(|method| WORDS.iter().find(|(_, each)| *each == method));
    let Some((name, _)) = method else { return nothing };
    if is_of_payment(row.kind) {
        [Some((TAKEN, name, sign * row.amount.0)), None]
    } else {
        [Some((GIVEN, name, -sign * row.amount.0)), Some((RETURNS, "", -sign))]
    }
}

/// Writes the difference between two states of an account into a commit.
pub fn difference(
    before: (&Tally, &Takings),
    after: (&Tally, &Takings),
    into: &mut Append,
) -> Result<(), Fault> {
    let mut changes: Takings = before.1.iter().map(|(at, sum)| (*at, -sum)).collect();
    after.1.iter().for_each(|(at, sum)| *changes.entry(*at).or_default() += sum);
    for ((code, party, day), add) in changes.into_iter().filter(|(_, add)| *add != 0) {
        into.totals.push(Total { code, party: party.into(), day: day.to_string(), add });
    }
    let (before, after) = (before.0, after.0);
    if after.same_waiting(before) {
        return Ok(());
    }
    for (id, (kind, _)) in before.waits.iter() {
        if after.waits.get(id).is_none_or(|(now, _)| now != kind) {
            into.done.push((kind.clone(), id.to_string()));
        }
    }
    for (id, waits) in after.waits.iter().filter(|(id, waits)| before.waits.get(id) != Some(waits)) {
        let value = serde_json::to_string(&waits.1).map_err(|e| Fault::Other(e.to_string()))?;
        into.waits.push(Waiting { kind: waits.0.clone(), id: id.to_string(), value });
    }
    Ok(())
}

/// What a refund or pay-out waits for; `None` when it does not wait.
fn waits_for(row: &RefundRow) -> Option<String> {
    let kind = match row.status {
        Status::Requested => "requested",
        Status::Pending => "pending",
        Status::Awaiting => "awaiting",
        Status::Recorded | Status::Complete if !row.handed_over => "to hand over",
        _ => return None,
    };
    Some(kind.into())
}

/// Whether an entry of this kind is a payment or its reversal.
const fn is_of_payment(kind: EntryKind) -> bool {
    matches!(kind, EntryKind::PaymentRecorded | EntryKind::PaymentReversed)
}
