//! The final state of a day book, as `counterfoil daybook run --json` prints it.

pub mod figure;
mod hash;

use crate::run::status_word;
use codec::memory::Book;
use ledger::account::Account;
use ledger::code::Code;
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::rules::Exception;
use serde::Serialize;
use std::collections::BTreeMap;

/// The state at one counter: amounts as decimal strings, everything sorted by id.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct State {
    /// Balances by code, debit positive, without zero balances.
    pub accounts: BTreeMap<u16, String>,
    pub orders: BTreeMap<Id, OrderState>,
    pub credits: BTreeMap<Id, CreditState>,
    pub payments: BTreeMap<Id, PaymentState>,
    /// Refunds, requests and pay-outs.
    pub refunds: BTreeMap<Id, RefundState>,
    pub partners: BTreeMap<Id, PartnerState>,
    pub customers: BTreeMap<Id, CustomerState>,
    /// The open exceptions.
    pub exceptions: Vec<ExceptionState>,
    /// SHA-256 over this state and the rest of the book, in hexadecimal; equal for counters with the same entries.
    pub state_hash: String,
}

/// An order.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct OrderState {
    pub owed: String,
}

/// A credit lot.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct CreditState {
    pub amount: String,
    pub os: String,
}

/// A payment.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct PaymentState {
    pub refundable: String,
}

/// A refund, a request or a pay-out.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct RefundState {
    pub status: &'static str,
}

/// A partner.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct PartnerState {
    pub payable: String,
    pub accrued: String,
}

/// A customer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct CustomerState {
    pub owed: String,
    pub credit: String,
}

/// An open exception.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[allow(missing_docs)]
pub struct ExceptionState {
    pub kind: String,
    pub entry: Id,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<Id>,
    pub missing: String,
    /// The proposed remedy.
    pub remedy: String,
}

impl State {
    /// The state of a book.
    #[must_use]
    pub fn of(book: &Book, currency: &Currency) -> Self {
        let mut state = Self::default();
        let money = |amount: Money| currency.format(amount);
        for (code, balance) in figure::by_code(book) {
            state.accounts.insert(code.into(), money(balance));
        }
        for id in book.shop().partners.keys() {
            let of = |code| money(figure::partner(book, id, code).unwrap_or_default());
            let payable = of(Code::CommissionPayable);
            let accrued = of(Code::CommissionAccrued);
            state.partners.insert(id.clone(), PartnerState { payable, accrued });
        }
        // In the order of ids, not of arrival: documents of two accounts may have the same id.
        let accounts: BTreeMap<_, _> = book.accounts().collect();
        accounts.into_values().for_each(|account| state.add(book, account, &money));
        let exceptions = figure::exceptions(book);
        state.exceptions = exceptions.into_iter().map(|found| exception(found, currency)).collect();
        state.exceptions.sort();
        state.state_hash = hash::of(book, &state);
        state
    }

    fn add(&mut self, book: &Book, account: &Account, money: &impl Fn(Money) -> String) {
        let view = account.view(book.shop());
        let row = view.customer;
        let customer = CustomerState { owed: money(row.owed), credit: money(row.credit - row.to_repay) };
        self.customers.insert(row.id, customer);
        self.orders.extend(view.orders.into_iter().map(|row| (row.id, OrderState { owed: money(row.owed) })));
        let credit = |(id, amount, os)| (id, CreditState { amount: money(amount), os: money(os) });
        self.credits.extend(figure::lots(account).map(credit));
        let payment = |row: ledger::view::payment::PaymentRow| {
            (row.id, PaymentState { refundable: money(row.refundable) })
        };
        self.payments.extend(view.payments.into_iter().map(payment));
        let refunds = view.refunds.into_iter();
        self.refunds.extend(refunds.map(|row| (row.id, RefundState { status: status_word(row.status) })));
    }
}

fn exception(found: Exception, currency: &Currency) -> ExceptionState {
    ExceptionState {
        kind: found.kind.to_string(),
        entry: found.entry,
        other: found.other,
        about: found.about,
        missing: currency.format(found.missing),
        remedy: crate::messages::remedy(&found.remedy, currency),
    }
}
