//! The state of an order: its figures, each a sum over entries.

use crate::account::group::Group;
use crate::account::map::Map;
use crate::account::returned_line::LineReturns;
use crate::account::share::Share;
use crate::code::BookAccount;
use crate::date::Date;
use crate::entry::Body;
use crate::entry::collection_set::{Agreement, StopReason};
use crate::entry::order_placed::OrderPlaced;
use crate::entry::order_planned::Instalment;
use crate::entry::record::Entry;
use crate::id::Id;
use crate::money::Money;
use crate::rate::Rate;
use serde::Serialize;
use smallvec::SmallVec;
use std::sync::Arc;

/// An order and the amounts that its figures follow from, in minor units. `G`, `N`, `K`, `W` are the letters of the
/// formulas.
#[derive(Debug, Clone, Serialize)]
pub struct Order {
    #[serde(skip)]
    pub entry: Option<Arc<Entry>>,
    /// The due date, or the order date if there is none; the age of the order counts from it.
    pub due: Date,
    /// The last plan: instalments in the order of their dates. Empty without a plan.
    pub plan: Vec<Instalment>,
    /// The entry of that plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned: Option<Id>,
    /// Whether the instalments are collected from a saved card; `None` if a person has not switched it on, or has switched it off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collecting: Option<Collecting>,
    /// G: the gross of the order.
    pub gross: Money,
    /// N = G − X: the net of the order.
    pub net: Money,
    pub groups: Vec<Group>,
    pub shares: Vec<Share>,
    /// What the order keeps of each payment; `kept` is the sum.
    pub paid: Map<PaymentOnOrder>,
    pub kept: Money,
    /// What is applied from each lot; `applied` is the sum.
    pub credits: Map<AppliedCredit>,
    pub applied: Money,
    /// K: what has been credited.
    pub credited: Money,
    /// W: what is written off.
    pub written_off: Money,
    /// What moved into credit lots because nothing was owed any more.
    pub released: Money,
    /// The part of `released` from credit notes whose clawback box was marked.
    pub released_marked: Money,
    /// E before it is clamped: what eligible payments and applied credits count for commission.
    pub earning: Money,
    /// What came back of each line; empty until something does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub returned: Vec<LineReturns>,
    #[serde(skip)]
    pub notes: Vec<Id>,
    #[serde(skip)]
    pub refunds: Vec<Id>,
}

/// The collection of the instalments of an order, or why it has stopped.
#[derive(Debug, Clone, Serialize)]
pub struct Collecting {
    /// The entry that switched it on or stopped it; the ids of charges begin with it.
    pub id: Id,
    pub on: Date,
    /// Who switched it on.
    pub actor: Id,
    /// What the customer has agreed to; `None` once it has stopped.
    pub agreed: Option<Agreement>,
    pub stopped: Option<StopReason>,
}

/// What an order keeps of one payment.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PaymentOnOrder {
    pub allocated: Money,
    /// kept(p): allocated, less refunded, less allocated if the payment was reversed.
    pub kept: Money,
    /// Refunded with the clawback-refund box marked.
    pub clawed: Money,
    pub eligible: bool,
    pub reversed: bool,
}

impl PaymentOnOrder {
    fn earned(&self) -> Money {
        if self.eligible && !self.reversed { self.allocated - self.clawed } else { Money::ZERO }
    }
}

/// The credit that is applied to an order from one lot.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AppliedCredit {
    /// Applied and eligible for commission.
    pub eligible: Money,
    /// Applied and not eligible.
    pub other: Money,
    /// What the credit counts for commission. An unmarked refund lowers what is applied but not this.
    pub earned: Money,
}

impl AppliedCredit {
    /// The applied amount.
    pub fn remaining(&self) -> Money {
        self.eligible + self.other
    }
}

impl Order {
    /// A new order.
    pub fn placed(entry: &Arc<Entry>, placed: &OrderPlaced, rates: &mut Vec<(Rate, BookAccount)>) -> Self {
        let gross = placed.groups.iter().map(|group| group.gross).sum();
        let tax: Money = placed.groups.iter().map(|group| group.tax).sum();
        let groups = placed.groups.iter().map(|group| Group::new(group, rates)).collect();
        let shares = placed.partners.iter().map(Share::new).collect();
        let due = placed.due.unwrap_or(entry.on);
        Self { entry: Some(entry.clone()), gross, net: gross - tax, groups, shares, ..Self::missing(due) }
    }

    /// A placeholder for an order that a fact names and that has not arrived: it owes what the fact took out.
    pub fn missing(due: Date) -> Self {
        Self {
            entry: None,
            due,
            plan: Vec::new(),
            planned: None,
            collecting: None,
            gross: Money::ZERO,
            net: Money::ZERO,
            groups: Vec::new(),
            shares: Vec::new(),
            paid: Map::default(),
            kept: Money::ZERO,
            credits: Map::default(),
            applied: Money::ZERO,
            credited: Money::ZERO,
            written_off: Money::ZERO,
            released: Money::ZERO,
            released_marked: Money::ZERO,
            earning: Money::ZERO,
            returned: Vec::new(),
            notes: Vec::new(),
            refunds: Vec::new(),
        }
    }

    /// owed = G − K − W − Σ kept − Σ applied + released.
    pub fn owed(&self) -> Money {
        self.left() - self.kept - self.applied + self.released
    }

    /// What of an amount owed is due on which day, in minor units: it lies on the latest instalments, and what the plan
    /// does not cover is due with the first one. Without a plan all of it is due on the due date. Instalments with
    /// nothing open are listed too.
    pub fn dues(&self, owed: Money) -> Dues {
        dues(&self.plan, self.due, owed)
    }

    /// What remains of the sale: G − K − W.
    pub fn left(&self) -> Money {
        self.gross - self.credited - self.written_off
    }

    /// The most that a payment may pay of it, in minor units: what is owed, and what was written off.
    pub fn collectable(&self) -> Money {
        self.owed() + self.written_off
    }

    /// refundable(order) = Σ kept + Σ applied − released.
    pub fn refundable(&self) -> Money {
        (self.kept + self.applied - self.released).or_zero()
    }

    /// refundable(payment on order); pending refunds are not considered.
    pub fn refundable_payment(&self, payment: &Id) -> Money {
        self.paid.get(payment).map_or(Money::ZERO, |paid| paid.kept.min(self.refundable()).or_zero())
    }

    /// refundable(lot on order).
    pub fn refundable_credit(&self, lot: &Id) -> Money {
        self.credits
            .get(lot)
            .map_or(Money::ZERO, |applied| applied.remaining().min(self.refundable()).or_zero())
    }

    /// The entry that placed it and its content; `None` for a placeholder.
    pub fn as_placed(&self) -> Option<(&Entry, &OrderPlaced)> {
        let entry = self.entry.as_deref()?;
        let Body::OrderPlaced(placed) = &entry.body else { return None };
        Some((entry, placed))
    }

    /// Changes what the order keeps of a payment and updates the sums.
    pub fn change_payment(&mut self, payment: &Id, change: impl FnOnce(&mut PaymentOnOrder)) {
        let kept = self.paid.entry(payment.clone()).or_default();
        let before = (kept.kept, kept.earned());
        change(kept);
        self.kept += kept.kept - before.0;
        self.earning += kept.earned() - before.1;
    }

    /// Changes what is applied from a lot and updates the sums.
    pub fn change_credit(&mut self, lot: &Id, change: impl FnOnce(&mut AppliedCredit)) {
        let applied = self.credits.entry(lot.clone()).or_default();
        let before = (applied.remaining(), applied.earned);
        change(applied);
        self.applied += applied.remaining() - before.0;
        self.earning += applied.earned - before.1;
    }
}

/// Amounts by the day on which they are due. Orders without a plan have one, so the list rarely allocates.
pub type Dues = SmallVec<[(Date, Money); 1]>;

/// What of an amount owed is due on which day; see [`Order::dues`].
pub fn dues(plan: &[Instalment], due: Date, owed: Money) -> Dues {
    let mut left = owed;
    let mut open: Dues = plan.iter().map(|part| (part.due, part.amount)).collect();
    for (_, amount) in open.iter_mut().rev() {
        *amount = left.min(*amount).or_zero();
        left -= *amount;
    }
    match open.first_mut() {
        Some((_, first)) => *first += left,
        None => open.push((due, left)),
    }
    open
}
