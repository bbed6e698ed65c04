//! Who asks the model, when, and what the ids mean that an act names.

use super::fold::{Fold, gives_credit};
use daybook::ast::{self, What};
use ledger::act::shop::Role;
use ledger::body::Body;
use ledger::command::Act;
use ledger::date::Date;
use ledger::entry::{Entry, Record};
use ledger::id::Id;

/// Passed, or the name of the refusal.
pub type Rung = Result<(), &'static str>;

/// One rung of a ladder.
pub fn rung(refusal: &'static str, holds: bool) -> Rung {
    if holds { Ok(()) } else { Err(refusal) }
}

/// Who asks, and when.
pub struct Asker {
    pub actor: Id,
    /// The business date, unless the act says another.
    pub on: Date,
    pub today: Date,
}

/// One act before what a counter holds.
pub struct Ask<'a> {
    entries: Vec<&'a Entry>,
    asker: &'a Asker,
    dated: Option<Date>,
    customer: Option<Id>,
}

/// Recorded, or the name of the refusal; `IdTaken` also for what is recorded already. `None` for acts that the
/// model does not judge.
pub fn judge(records: &[Record], asker: &Asker, act: &ast::Act) -> Option<Rung> {
    let mut sorted: Vec<&Record> = records.iter().collect();
    sorted.sort_by_key(|record| record.place.clone());
    let entries: Vec<&Entry> = sorted.iter().map(|record| &record.entry).collect();
    let mut ask = Ask { entries, asker, dated: act.dated, customer: act.customer.clone() };
    let asked = ask.act(&act.what)?;
    let named = || names(&asked).into_iter().find_map(|id| ask.known(id.as_str())?.customer.clone());
    ask.customer = ask.customer.clone().or_else(named);
    let taken = act.id.as_ref().is_some_and(|id| ask.known(id.as_str()).is_some());
    let mut fold = Fold::default();
    for entry in ask.entries.iter().filter(|entry| entry.customer == ask.customer) {
        fold.entry(entry);
    }
    let said = fold.judge(&ask, &asked)?;
    Some(if taken { Err("IdTaken") } else { said })
}

impl Ask<'_> {
    fn act(&self, what: &What) -> Option<Act> {
        match what {
            What::Ask(act) => Some(act.clone()),
            What::Reject(of) => Some(match self.known(of.as_str()).map(|entry| &entry.body) {
                Some(Body::PayoutProcessed(_)) => Act::RejectPayout { payout: of.clone() },
                _ => Act::RejectRefund { request: of.clone() },
            }),
            _ => None,
        }
    }

    /// The first entry, in order, with that id.
    fn known(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id.as_str() == id).copied()
    }

    fn elsewhere(&self, id: &str, is: impl Fn(&Body) -> bool) -> bool {
        self.known(id).is_some_and(|entry| is(&entry.body) && entry.customer != self.customer)
    }

    /// Whether it is another customer's order.
    pub fn order(&self, id: &str) -> bool {
        self.elsewhere(id, |body| matches!(body, Body::OrderPlaced(_)))
    }

    /// Whether it is another customer's payment.
    pub fn payment(&self, id: &str) -> bool {
        self.elsewhere(id, |body| matches!(body, Body::PaymentRecorded(_)))
    }

    /// Whether it may be another customer's credit.
    pub fn credit(&self, id: &str) -> bool {
        self.elsewhere(id, gives_credit)
    }

    /// UnknownCustomer.
    pub fn customer_known(&self) -> bool {
        let entry = self.customer.as_ref().and_then(|customer| self.known(customer.as_str()));
        entry.is_some_and(|entry| matches!(entry.body, Body::CustomerAdded(_)))
    }

    /// NotPermitted: only clerks are ever kept from anything, and no day book hands over a right.
    pub fn permitted(&self) -> Rung {
        let admin = self.entries.iter().any(|entry| match &entry.body {
            Body::ShopOpened(_) => entry.actor == self.asker.actor,
            Body::StaffAdded(added) => entry.id == self.asker.actor && added.role == Role::Admin,
            _ => false,
        });
        rung("NotPermitted", admin)
    }

    /// FutureDate, ClosedDay.
    pub fn dated(&self) -> Rung {
        let seals = self.entries.iter().filter_map(|entry| match &entry.body {
            Body::DaySealed(sealed) => Some(sealed.day),
            _ => None,
        });
        let sealed = seals.max();
        let open = sealed.map_or(self.asker.today, |day| self.asker.today.max(day.next()));
        let on = self.asker.on;
        let on = self.dated.or((on != self.asker.today).then_some(on)).unwrap_or(open);
        rung("FutureDate", on <= open)?;
        rung("ClosedDay", sealed.is_none_or(|day| on > day))
    }
}

/// What an act names, the first of which says whose account it touches.
fn names(act: &Act) -> Vec<&Id> {
    match act {
        Act::ApplyCredit(asked) => vec![&asked.lot, &asked.to],
        Act::UnapplyCredit(asked) => vec![&asked.lot, &asked.order],
        Act::CreditNote(asked) => vec![&asked.order],
        Act::ReverseCredit(asked) => vec![&asked.lot],
        Act::ReverseCreditNote(asked) => vec![&asked.note],
        Act::Refund(asked) | Act::RequestRefund(asked) => {
            std::iter::once(&asked.order).chain(asked.parts.iter().map(|part| &part.from)).collect()
        }
        Act::ApproveRefund { request } | Act::RejectRefund { request } => vec![request],
        Act::SettleRefund(asked) => vec![&asked.refund],
        Act::CompletePayout { payout } | Act::RejectPayout { payout } => vec![payout],
        Act::ReversePayment(asked) | Act::ReverseRefund(asked) => vec![&asked.of],
        Act::WriteOff(asked) | Act::ReverseWriteOff(asked) => vec![&asked.of],
        _ => Vec::new(),
    }
}
