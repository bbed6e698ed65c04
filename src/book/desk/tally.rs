//! What one account contributes to the caches of the shop: takings by day, and what waits.

use crate::store::{Append, Fault, Total, Waiting};
use ledger::act::payment::Method;
use ledger::act::refund::Status;
use ledger::date::Date;
use ledger::id::Id;
use ledger::view::account::AccountView;
use ledger::view::history::{Flow, HistoryRow};
use ledger::view::refund::RefundRow;
use std::collections::BTreeMap;

/// Codes of the book's own in the sums, below those of the chart: payments taken, by method and day.
pub const TAKEN: u16 = 1;
/// Money given back, by method and day.
pub const GIVEN: u16 = 2;
/// How often money was given back, by day.
pub const RETURNS: u16 = 3;

/// The methods as parties of [`TAKEN`] and [`GIVEN`].
pub const METHODS: [(Method, &str); 8] = [
    (Method::Cash, "cash"),
    (Method::Check, "check"),
    (Method::Bank, "bank"),
    (Method::Insurance, "insurance"),
    (Method::Card, "card"),
    (Method::Online, "online"),
    (Method::Other, "other"),
    (Method::Credit, "credit"),
];

/// One account's part.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tally {
    takings: BTreeMap<(u16, &'static str, Date), i64>,
    waits: BTreeMap<Id, (String, RefundRow)>,
}

impl Tally {
    /// From the fold.
    pub fn of(view: &AccountView) -> Self {
        let mut tally = Self::default();
        view.history.iter().for_each(|row| tally.count(row));
        let waits =
            view.refunds.iter().filter_map(|row| Some((row.id.clone(), (waits_for(row)?, row.clone()))));
        tally.waits = waits.collect();
        tally
    }

    /// A payment counts on its day, its reversal against the day of the reversal, so that takings move as drawers
    /// do; likewise what is given back. An online refund counts once the money is through, store credit never.
    fn count(&mut self, row: &HistoryRow) {
        let paid = row.kind.starts_with("payment.");
        let through = row.method != Some(Method::Online) || row.status == Some(Status::Succeeded);
        if row.method == Some(Method::Credit) || !(paid || through) {
            return;
        }
        let sign = match row.flow {
            Flow::In => 1,
            Flow::Out => -1,
            Flow::None => return,
        };
        let method = row.method.and_then(|method| METHODS.iter().find(|(each, _)| *each == method));
        let Some((_, name)) = method else { return };
        if paid {
            self.add(TAKEN, name, row.on, sign * row.amount.0);
        } else {
            self.add(GIVEN, name, row.on, -sign * row.amount.0);
            self.add(RETURNS, "", row.on, -sign);
        }
    }

    fn add(&mut self, code: u16, party: &'static str, day: Date, amount: i64) {
        *self.takings.entry((code, party, day)).or_default() += amount;
    }

    /// Brings the shop's queue up to date for this account.
    pub fn queue(&self, customer: &Id, queue: &mut BTreeMap<Id, (String, RefundRow)>) {
        queue.retain(|_, (_, row)| row.customer != *customer);
        queue.extend(self.waits.clone());
    }
}

/// Writes the difference between two tallies of an account into a press.
pub fn difference(before: &Tally, after: &Tally, into: &mut Append) -> Result<(), Fault> {
    let signed = before
        .takings
        .iter()
        .map(|(at, sum)| (at, -sum))
        .chain(after.takings.iter().map(|(at, sum)| (at, *sum)));
    let mut changes = BTreeMap::new();
    signed.for_each(|(at, sum)| *changes.entry(*at).or_insert(0) += sum);
    for ((code, party, day), add) in changes.into_iter().filter(|(_, add)| *add != 0) {
        into.totals.push(Total { code, party: party.into(), day: day.to_string(), add });
    }
    for (id, (kind, _)) in &before.waits {
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

/// What a refund or pay-out waits for, if for anything.
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
