//! Figures of a book, by id.

use codec::memory::Book;
use ledger::account::{Account, Status};
use ledger::code::Code;
use ledger::date::Date;
use ledger::id::Id;
use ledger::money::Money;
use ledger::quantity::Quantity;
use ledger::rules::{Exception, LineName};
use ledger::view::account::AccountView;
use ledger::view::customer::{CustomerRow, shown_as_one};
use std::collections::BTreeMap;

/// The amount owed on an order or by a customer, together with the duplicates that are shown with them.
#[must_use]
pub fn owed(book: &Book, of: &Id) -> Option<Money> {
    if let Some(row) = shown(book, of) {
        return Some(row.owed);
    }
    let account = book.account(book.entry(of)?.customer.as_ref()?)?;
    Some(account.order(of, book.shop())?.row.owed)
}

/// What of a customer's orders, or of one order, is open and due on a day.
#[must_use]
pub fn due(book: &Book, of: &Id, on: Date) -> Option<Money> {
    let dues = match book.account(of) {
        Some(account) => {
            let duplicates = book.shop().duplicates_of(of).filter_map(|id| book.account(id));
            std::iter::once(account).chain(duplicates).flat_map(Account::owing).collect()
        }
        None => book.account(book.entry(of)?.customer.as_ref()?)?.owing_of(of)?,
    };
    Some(dues.into_iter().filter(|(due, _)| *due == on).map(|(_, open)| open).sum())
}

/// A customer's credit: the sum of the outstanding amounts of all lots, negative ones included, together with the
/// duplicates that are shown with them.
#[must_use]
pub fn credit(book: &Book, customer: &Id) -> Option<Money> {
    shown(book, customer).map(|row| row.credit - row.to_repay)
}

/// The row of a customer with that of their duplicates; that of a duplicate alone.
fn shown(book: &Book, customer: &Id) -> Option<CustomerRow> {
    let duplicates = book.shop().duplicates_of(customer);
    let accounts = std::iter::once(customer).chain(duplicates).filter_map(|id| book.account(id));
    let rows = accounts.map(Account::row).collect();
    shown_as_one(rows, book.shop()).into_iter().find(|row| row.id == *customer)
}

/// The outstanding amount of a lot.
#[must_use]
pub fn os(book: &Book, lot: &Id) -> Option<Money> {
    let account = book.account(book.entry(lot)?.customer.as_ref()?)?;
    lots(account).find(|(id, ..)| id == lot).map(|(.., os)| os)
}

/// The refundable amount of a payment, over all its orders.
#[must_use]
pub fn refundable(book: &Book, payment: &Id) -> Option<Money> {
    let payments = view(book, payment)?.payments;
    payments.into_iter().find(|row| row.id == *payment).map(|row| row.refundable)
}

/// The quantity that came back of a line of an order, in thousandths; `None` if there is no such line, or several with
/// this text.
#[must_use]
pub fn returned(book: &Book, order: &Id, line: &LineName) -> Option<u64> {
    let order = book.account(book.entry(order)?.customer.as_ref()?)?.order(order, book.shop())?;
    let is_named = |(number, text): (u32, &str)| match line {
        LineName::Number(named) => *named == number,
        LineName::Text(named) => named == text,
    };
    let lines = (1_u32..).zip(&order.lines).zip(&order.returns);
    let mut found = lines.filter(|((number, line), _)| is_named((*number, &line.text)));
    let (_, returns) = found.next()?;
    found.next().is_none().then_some(returns.returned)
}

/// A quantity in thousandths as text, without trailing zeros.
#[must_use]
pub fn quantity(thousandths: u64) -> String {
    u32::try_from(thousandths)
        .map_or_else(|_| "more than can be counted".into(), |all| Quantity(all).to_string())
}

/// The status of a refund, a request or a pay-out.
#[must_use]
pub fn status(book: &Book, refund: &Id) -> Option<Status> {
    view(book, refund)?.refunds.into_iter().find(|row| row.id == *refund).map(|row| row.status)
}

/// The balance of all accounts of a code, debit positive.
#[must_use]
pub fn account(book: &Book, code: Code) -> Money {
    by_code(book).remove(&code).unwrap_or_default()
}

/// Balances by code, without zero balances.
#[must_use]
pub fn by_code(book: &Book) -> BTreeMap<Code, Money> {
    let mut sums = BTreeMap::new();
    for (account, balance) in book.balances(None) {
        *sums.entry(account.code).or_default() += balance;
    }
    sums.retain(|_, sum: &mut Money| !sum.is_zero());
    sums
}

/// A partner's balance of a code, credit positive; `None` for an unknown partner.
#[must_use]
pub fn partner(book: &Book, partner: &Id, code: Code) -> Option<Money> {
    book.shop().partners.get(partner)?;
    let party = partner.as_str().into();
    Some(-book.shop().balance(&ledger::code::BookAccount { code, party }))
}

/// Every lot of an account: id, amount and outstanding amount.
pub fn lots(account: &Account) -> impl Iterator<Item = (Id, Money, Money)> {
    account.lots().map(|(id, amount, os)| (id.clone(), amount, os))
}

/// The open exceptions of the whole book.
#[must_use]
pub fn exceptions(book: &Book) -> Vec<Exception> {
    book.exceptions()
}

fn view(book: &Book, id: &Id) -> Option<AccountView> {
    Some(book.account(book.entry(id)?.customer.as_ref()?)?.view(book.shop()))
}
