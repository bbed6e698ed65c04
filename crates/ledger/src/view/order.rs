//! Orders: one in a list, and one with all its documents.

use crate::account::order::Order;
use crate::account::state::Account;
use crate::date::Date;
use crate::entry::discount::Discount;
use crate::entry::order_placed::{Line, OrderPartner, OrderPlaced, TaxGroup};
use crate::entry::order_planned::Instalment;
use crate::entry::record::Entry;
use crate::entry::refund_written::Part;
use crate::id::Id;
use crate::money::Money;
use crate::quantity::Quantity;
use crate::shop::Shop;
use crate::view::charge::ChargeRow;
use crate::view::collection::{CollectState, CollectionRow};
use crate::view::lot::LotRow;
use crate::view::payment::PaymentRow;
use crate::view::refund::RefundRow;
use serde::{Deserialize, Serialize};

/// The payment state of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum OrderState {
    Unpaid,
    PartPaid,
    Paid,
    /// All of it was credited, and what was paid was refunded.
    Refunded,
    /// Settled by credit notes or write-offs alone.
    Credited,
}

/// An order in a list. `owed = amount − paid − credited − written_off`, in minor units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct OrderRow {
    pub id: Id,
    pub no: Option<String>,
    pub on: Date,
    /// Who placed it.
    pub actor: Id,
    /// The due date; with a plan, that of the first instalment with something open, or of the last one.
    pub due: Option<Date>,
    /// The texts of the lines, joined with commas.
    pub what: String,
    pub state: OrderState,
    pub amount: Money,
    /// Payments that are kept and applied credit, less what was released.
    pub paid: Money,
    pub credited: Money,
    pub written_off: Money,
    pub owed: Money,
    pub opening: bool,
}

/// An order in the list of all orders. These are cached: the app reads them, not the journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct ListedOrder {
    pub customer: Id,
    pub row: OrderRow,
}

/// The commission of one partner on an order, in minor units.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct PartnerShare {
    pub partner: OrderPartner,
    pub name: String,
    /// Given to date, and so payable for this order.
    pub given: Money,
    /// Calculated up front and not yet given; zero for the on-payment basis.
    pub accrued: Money,
}

/// A payment that can be refunded on an order, or credit that is applied to it from a lot.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Refundable {
    pub from: Id,
    pub no: Option<String>,
    /// Whether `from` is a lot; its applied credit would go back to it.
    pub credit: bool,
    pub on: Date,
    pub method: Option<crate::method::Method>,
    /// The number that the bank or the card processor gave the payment, such as a check number.
    pub reference: Option<String>,
    /// The amount allocated or applied to this order, in minor units.
    pub allocated: Money,
    pub refundable: Money,
    /// Whether a refund of the payment is pending; until it is settled nothing can be refunded.
    pub pending: bool,
    /// Whether the payment is disputed: a refund would pay twice.
    pub disputed: bool,
}

/// What came back of one line of an order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LineReturn {
    /// The returned quantity in thousandths, above that of the line after a conflict.
    pub returned: u64,
    /// The quantity that can still come back.
    pub left: Quantity,
}

/// An order with all its documents.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct OrderView {
    pub row: OrderRow,
    pub customer: Id,
    pub lines: Vec<Line>,
    /// What came back of each line, and what is left to come back.
    pub returns: Vec<LineReturn>,
    pub groups: Vec<TaxGroup>,
    /// The tax that remains in the sale after credits, in minor units.
    pub tax: Money,
    /// The instalments of the last plan; empty without one.
    pub instalments: Vec<InstalmentRow>,
    /// Whether the instalments are collected from a saved card.
    pub collection: Option<CollectionRow>,
    pub reference: Option<String>,
    /// The discount of the whole order, which the amounts of the lines contain.
    pub discount: Option<Discount>,
    pub partners: Vec<PartnerShare>,
    pub payments: Vec<PaymentRow>,
    /// Charges for it that are under way, and those that a person may want to try again.
    pub charges: Vec<ChargeRow>,
    /// The credit notes on the order and the lots applied to it.
    pub credits: Vec<LotRow>,
    pub refunds: Vec<RefundRow>,
    pub refundable: Vec<Refundable>,
    /// refundable(order), the most that can be refunded in total.
    pub refundable_total: Money,
}

impl OrderView {
    /// The number of the payment or credit that a part of a refund of this order takes from.
    #[must_use]
    pub fn number_of(&self, part: &Part) -> Option<String> {
        let credit = || self.credits.iter().find(|row| row.id == part.from).map(|row| row.no.clone());
        let payment = || self.payments.iter().find(|row| row.id == part.from).map(|row| row.no.clone());
        if part.credit { credit() } else { payment() }.flatten()
    }
}

/// One instalment, and what of it is not paid yet. Amounts are in minor units.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct InstalmentRow {
    pub due: Date,
    pub amount: Money,
    /// Of the first instalment more than its amount if the order owes more than the plan.
    pub open: Money,
    /// How far it is, if it is collected from a saved card.
    pub collected: Option<CollectState>,
}

impl Account {
    /// An order with all its documents; `None` if it has not arrived.
    #[must_use]
    pub fn order(&self, id: &Id, shop: &Shop) -> Option<OrderView> {
        let order = self.orders.get(id)?;
        let (entry, placed) = order.as_placed()?;
        let tax = order.groups.iter().map(|group| group.tax - group.tax_credited()).sum();
        Some(OrderView {
            row: self.order_row(id, order)?,
            customer: entry.customer.clone()?,
            lines: placed.lines.clone(),
            returns: (1..).zip(&placed.lines).map(|(number, _)| order.line_return(number)).collect(),
            groups: placed.groups.clone(),
            tax,
            instalments: self.instalment_rows(order),
            collection: Self::collection_row(order),
            reference: placed.reference.clone(),
            discount: placed.discount,
            partners: earned(order, placed, shop),
            payments: self.rows_of(order.paid.keys(), |id| {
                self.payments.get(id).map(|paid| self.payment_row(id, paid))
            }),
            charges: self.charge_rows().into_iter().filter(|row| row.amount_for(id).is_positive()).collect(),
            credits: self.rows_of(order.credits.keys().chain(&order.notes), |id| self.lot_row(id)),
            refunds: self.rows_of(order.refunds.iter(), |id| self.refund_row(id)),
            refundable: self.refundable(order),
            refundable_total: order.refundable(),
        })
    }

    /// An order as the list of all orders shows it; `None` for a placeholder.
    #[must_use]
    pub fn listed_order(&self, id: &Id) -> Option<ListedOrder> {
        let order = self.orders.get(id)?;
        let (entry, _) = order.as_placed()?;
        Some(ListedOrder { customer: entry.customer.clone()?, row: self.order_row(id, order)? })
    }

    /// The orders of the account, placeholders included.
    pub fn order_ids(&self) -> impl Iterator<Item = &Id> {
        self.orders.keys()
    }

    /// The orders that entries have touched since the account was read or last committed, and perhaps others.
    pub fn touched_orders(&self) -> impl Iterator<Item = &Id> {
        self.orders.touched()
    }

    /// The row of an order; `None` for a placeholder.
    pub(crate) fn order_row(&self, id: &Id, order: &Order) -> Option<OrderRow> {
        let (entry, placed) = order.as_placed()?;
        let what: Vec<_> = placed.lines.iter().map(|line| line.text.as_str()).collect();
        Some(OrderRow {
            id: id.clone(),
            no: entry.no.clone(),
            on: entry.on,
            actor: entry.actor.clone(),
            due: due(order).or(placed.due),
            what: what.join(", "),
            state: state(order),
            amount: order.gross,
            paid: order.kept + order.applied - order.released,
            credited: order.credited,
            written_off: order.written_off,
            owed: order.owed(),
            opening: placed.opening,
        })
    }

    fn instalment_rows(&self, order: &Order) -> Vec<InstalmentRow> {
        let row = |row: InstalmentRow| InstalmentRow { collected: self.collect_state(order, row.due), ..row };
        instalments(order).into_iter().map(row).collect()
    }

    fn rows_of<'a, R>(&self, ids: impl Iterator<Item = &'a Id>, row: impl Fn(&Id) -> Option<R>) -> Vec<R> {
        let mut rows: Vec<_> = ids.filter_map(row).collect();
        rows.reverse();
        rows
    }

    /// What can be refunded, in the order in which it was received.
    fn refundable(&self, order: &Order) -> Vec<Refundable> {
        let payments = order.paid.iter().filter_map(|(id, kept)| {
            let payment = self.payments.get(id)?;
            let pending = payment.pending.is_some();
            let disputed = self.is_disputed(id);
            let refundable = if pending || disputed { Money::ZERO } else { order.refundable_payment(id) };
            let (entry, method) = (&payment.entry, payment.recorded().map(|paid| paid.method));
            Some(Refundable {
                reference: payment.recorded().and_then(|paid| paid.reference.clone()),
                method,
                refundable,
                pending,
                disputed,
                ..refundable_row(id, entry, false, kept.allocated)
            })
        });
        let credits = order.credits.iter().filter_map(|(id, applied)| {
            let entry = self.entry(id)?;
            Some(Refundable {
                refundable: order.refundable_credit(id),
                ..refundable_row(id, entry, true, applied.remaining())
            })
        });
        payments
            .chain(credits)
            .filter(|offer| offer.pending || offer.disputed || offer.refundable.is_positive())
            .collect()
    }
}

impl Order {
    fn line_return(&self, number: u32) -> LineReturn {
        let returned = self.line_returns(number).map_or(0, |returns| returns.qty);
        LineReturn { returned, left: self.left_to_return(number) }
    }
}

fn refundable_row(id: &Id, entry: &Entry, credit: bool, allocated: Money) -> Refundable {
    Refundable {
        from: id.clone(),
        no: entry.no.clone(),
        credit,
        on: entry.on,
        method: None,
        reference: None,
        allocated,
        refundable: Money::ZERO,
        pending: false,
        disputed: false,
    }
}

fn earned(order: &Order, placed: &OrderPlaced, shop: &Shop) -> Vec<PartnerShare> {
    let name = |id: &Id| shop.partners.get(id).map_or_else(|| id.to_string(), |partner| partner.name.clone());
    let both = placed.partners.iter().zip(&order.shares);
    let earned = both.map(|(partner, share)| PartnerShare {
        partner: partner.clone(),
        name: name(&partner.id),
        given: share.given,
        accrued: share.waiting(),
    });
    earned.collect()
}

fn state(order: &Order) -> OrderState {
    let paid = order.kept + order.applied - order.released;
    match (order.owed().is_zero(), paid.is_positive()) {
        (true, true) => OrderState::Paid,
        (true, false) if order.paid.is_empty() && order.credits.is_empty() => OrderState::Credited,
        (true, false) => OrderState::Refunded,
        (false, true) => OrderState::PartPaid,
        (false, false) => OrderState::Unpaid,
    }
}

fn instalments(order: &Order) -> Vec<InstalmentRow> {
    let open = order.dues(order.owed());
    let row = |(part, (due, open)): (&Instalment, (Date, Money))| InstalmentRow {
        due,
        amount: part.amount,
        open,
        collected: None,
    };
    order.plan.iter().zip(open).map(row).collect()
}

/// The day of the first instalment with something open, or of the last one; `None` without a plan.
fn due(order: &Order) -> Option<Date> {
    let mut instalments = instalments(order);
    let last = instalments.pop()?;
    let first = instalments.into_iter().find(|row| !row.open.is_zero());
    Some(first.map_or(last.due, |row| row.due))
}
