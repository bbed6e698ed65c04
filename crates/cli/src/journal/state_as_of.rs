//! The whole state as of a day, for `balances --json --as-of`.

use super::records::records;
use crate::reading::Reading;
use anyhow::Result;
use codec::memory::Book;
use daybook::state::{CreditState, CustomerState, OrderState, State};
use ledger::code::{BookAccount, Code};
use ledger::date::Date;
use ledger::entry::Record;
use ledger::fold::CustomerBook;
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::posted;
use ledger::posting::Movement;
use ledger::view::as_of::AsOf;
use ledger::view::trial::TrialBalance;
use std::collections::BTreeMap;

type Sums = BTreeMap<BookAccount, Money>;

/// The documents and their statuses follow from the entries up to the day alone. The sums are those of the posted journal:
/// a reduction by a later entry is included if it is posted up to the day.
///
/// # Errors
/// When the book cannot be read.
pub fn state_as_of(reading: &mut Reading, day: Date) -> Result<State> {
    let (currency, seals) = (reading.currency(), reading.settings().seals.clone());
    let is_past = |record: &Record| seals.posting_day(&record.place, record.entry.on) <= day;
    let of_account = |book: CustomerBook| {
        let past: Vec<Record> = records(&book).into_iter().filter(is_past).collect();
        let moved = posted::totals(&book.posted_journal(&seals));
        (book.customer().clone(), book.as_of(&seals, Some(day)), moved, past)
    };
    let (mut book, mut sums, mut open) = (Book::new(), Sums::new(), Vec::new());
    for record in reading.shop.records().iter().filter(|record| is_past(record)) {
        book.add(record.clone());
    }
    for (customer, as_of, moved, past) in reading.each(of_account)? {
        for record in past {
            book.add(record);
        }
        add(&mut sums, &moved, day);
        open.push((customer, as_of));
    }
    add(&mut sums, &posted::totals(&reading.shop.posted_journal()), day);
    let mut state = State::of(&book, &currency);
    state.state_hash.clear();
    set_sums(&mut state, &sums, &currency);
    open.into_iter().for_each(|(customer, as_of)| set_open(&mut state, &customer, as_of, &currency));
    Ok(state)
}

fn add(sums: &mut Sums, moved: &[Movement], day: Date) {
    for moved in moved.iter().filter(|moved| moved.on <= day) {
        *sums.entry(moved.account.clone()).or_default() += moved.amount;
    }
}

fn set_sums(state: &mut State, sums: &Sums, currency: &Currency) {
    let by_code = TrialBalance::by_code(sums).rows.into_iter();
    let balance = |debit: Money, credit: Money| currency.format(debit - credit);
    state.accounts = by_code.map(|row| (row.account.code.into(), balance(row.debit, row.credit))).collect();
    // Open amounts are set account by account.
    let zero = || currency.format(Money::ZERO);
    state.orders.values_mut().for_each(|order| order.owed = zero());
    state.credits.values_mut().for_each(|lot| lot.os = zero());
    for (partner, state) in &mut state.partners {
        let of = |code| sums.get(&BookAccount::of_id(code, partner)).copied().unwrap_or_default();
        state.payable = currency.format(-of(Code::CommissionPayable));
        state.accrued = currency.format(-of(Code::CommissionAccrued));
    }
}

fn set_open(state: &mut State, customer: &Id, as_of: AsOf, currency: &Currency) {
    let money = |amount| currency.format(amount);
    let owed = as_of.orders.iter().map(|open| open.owed).sum();
    let credit = as_of.credit - as_of.to_repay;
    if as_of != AsOf::default() || state.customers.contains_key(customer) {
        let amounts = CustomerState { owed: money(owed), credit: money(credit) };
        state.customers.insert(customer.clone(), amounts);
    }
    for open in as_of.orders {
        state.orders.insert(open.order, OrderState { owed: money(open.owed) });
    }
    for (lot, os) in as_of.lots {
        let amount = || money(os);
        let lot = state.credits.entry(lot).or_insert_with(|| CreditState { amount: amount(), os: amount() });
        lot.os = amount();
    }
}
