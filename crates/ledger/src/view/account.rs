//! The customer screen: what is owed and available credit, never netted, and the lists of documents.

use crate::account::customer::CustomerDetails;
use crate::account::state::Account;
use crate::entry::card_saved::SavedCard;
use crate::id::Id;
use crate::shop::Shop;
use crate::view::charge::ChargeRow;
use crate::view::customer::CustomerRow;
use crate::view::exception::ExceptionRow;
use crate::view::history::HistoryRow;
use crate::view::lot::LotRow;
use crate::view::order::OrderRow;
use crate::view::payment::PaymentRow;
use crate::view::refund::RefundRow;

/// One account; every list is newest first.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct AccountView {
    pub customer: CustomerRow,
    /// The note of the customer.
    pub note: Option<String>,
    /// Address, tax number, language and contact persons.
    pub details: CustomerDetails,
    /// The payment method that is saved at the card processor.
    pub card: Option<SavedCard>,
    pub orders: Vec<OrderRow>,
    /// Orders that entries here name and that have not arrived: another counter has them.
    pub awaited: Vec<Id>,
    pub payments: Vec<PaymentRow>,
    /// Charges that are under way, and those that a person may want to try again.
    pub charges: Vec<ChargeRow>,
    pub lots: Vec<LotRow>,
    pub refunds: Vec<RefundRow>,
    pub history: Vec<HistoryRow>,
    /// The open exceptions.
    pub exceptions: Vec<ExceptionRow>,
    /// Whether the account has an entry of a newer version of the program.
    pub incomplete: bool,
    /// Whether an entry broke an identity: figures of the account do not agree with its documents.
    pub broken: bool,
}

impl Account {
    /// The customer screen.
    #[must_use]
    pub fn view(&self, shop: &Shop) -> AccountView {
        AccountView {
            customer: self.row(),
            note: self.customer.as_ref().and_then(|customer| customer.added.note.clone()),
            details: self.customer.as_ref().map(|customer| customer.details.clone()).unwrap_or_default(),
            orders: self.orders.iter().rev().filter_map(|(id, order)| self.order_row(id, order)).collect(),
            awaited: self.awaited(self.entries().flat_map(|entry| entry.body.summary().orders)),
            payments: self.payments.iter().rev().map(|(id, payment)| self.payment_row(id, payment)).collect(),
            charges: self.charge_rows(),
            card: self.card().cloned(),
            lots: self.lot_rows(),
            refunds: self.refund_rows(),
            history: self.history(),
            exceptions: self.exception_rows(shop),
            incomplete: self.incomplete,
            broken: self.broken.is_some(),
        }
    }
}
