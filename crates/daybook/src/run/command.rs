//! Makes the command that the ledger decides from the act of a line.

use crate::ast::{AccountRef, Act, Request};
use codec::memory::Book;
use ledger::act::money::{Balance, MoveMoney, OpenMoney, SealDay};
use ledger::body::Body;
use ledger::code::{BookAccount, Code, MoneyAccount};
use ledger::command::{self, Command};
use ledger::date::Date;
use ledger::id::Id;

/// The counter and the date at which a line is recorded.
pub struct LineContext<'a> {
    /// The book of the counter.
    pub book: &'a Book,
    /// The counter's letter.
    pub till: &'a Id,
    /// The business date of a line without `dated`; `None` for today.
    pub on: Option<Date>,
    /// The id of an act whose line has none.
    pub id: Id,
}

/// The command of an act.
pub fn command(context: LineContext<'_>, line: &Act) -> Command {
    let act = match &line.request {
        Request::Command(act) => act.clone(),
        Request::Reject(of) => reject(context.book, of),
        Request::Seal(day) => seal(context.book, *day),
        Request::Move { from, to, amount, fee, note } => command::Act::MoveMoney(MoveMoney {
            from: money_account(&context, from),
            to: money_account(&context, to),
            amount: *amount,
            fee: *fee,
            note: note.clone(),
        }),
        Request::OpenMoney { account, amount } => {
            command::Act::OpenMoney(OpenMoney { account: money_account(&context, account), amount: *amount })
        }
    };
    let customer = line.customer.clone().or_else(|| customer(context.book, line.id.as_ref(), &act));
    Command { id: line.id.clone().unwrap_or(context.id), customer, on: line.dated.or(context.on), act }
}

fn reject(book: &Book, of: &Id) -> command::Act {
    if matches!(book.entry(of), Some(entry) if matches!(entry.body, Body::PayoutProcessed(_))) {
        command::Act::RejectPayout { payout: of.clone() }
    } else {
        command::Act::RejectRefund { request: of.clone() }
    }
}

fn seal(book: &Book, day: Date) -> command::Act {
    let balance = |(account, balance)| Balance { account, balance };
    let balances = book.trial_balance(Some(day)).into_iter().map(balance).collect();
    command::Act::SealDay(SealDay { day, covers: book.covers(), balances })
}

fn money_account(context: &LineContext<'_>, account: &AccountRef) -> MoneyAccount {
    let shop = context.book.shop();
    let code = shop.account_of(account.method).unwrap_or(Code::Other);
    let party = match code {
        Code::Cash => context.till.as_str(),
        Code::Bank => account.bank.as_deref().unwrap_or_else(|| shop.first_bank()),
        _ => "",
    };
    BookAccount { code, party: party.into() }
}

/// The customer of an act whose line names none: the customer of the first known document that the act names.
fn customer(book: &Book, id: Option<&Id>, act: &command::Act) -> Option<Id> {
    if matches!(act, command::Act::AddCustomer(_)) {
        return id.cloned();
    }
    named(act).into_iter().find_map(|id| book.entry(id)?.customer.clone())
}

fn named(act: &command::Act) -> Vec<&Id> {
    use command::Act;
    match act {
        Act::ApplyCredit(act) => vec![&act.lot, &act.to],
        Act::UnapplyCredit(act) => vec![&act.lot, &act.order],
        Act::CreditNote(act) => vec![&act.order],
        Act::ReverseCredit(act) => vec![&act.lot],
        Act::ReverseCreditNote(act) => vec![&act.note],
        Act::Refund(act) | Act::RequestRefund(act) => {
            std::iter::once(&act.order).chain(act.parts.iter().map(|part| &part.from)).collect()
        }
        Act::ApproveRefund { request } | Act::RejectRefund { request } => vec![request],
        Act::SettleRefund(act) => vec![&act.refund],
        Act::CompletePayout { payout } | Act::RejectPayout { payout } => vec![payout],
        Act::ReversePayment(act) | Act::ReverseRefund(act) => vec![&act.of],
        Act::WriteOff(act) | Act::ReverseWriteOff(act) => vec![&act.of],
        Act::ResolveException(act) => vec![&act.entry],
        Act::HandOver { refund } => vec![refund],
        Act::OpenShop(_)
        | Act::AddStaff(_)
        | Act::AddBank(_)
        | Act::AddMethod(_)
        | Act::AddPartner(_)
        | Act::AddCustomer(_)
        | Act::PlaceOrder(_)
        | Act::RecordPayment(_)
        | Act::GrantCredit(_)
        | Act::ProcessPayout(_)
        | Act::PayPartner(_)
        | Act::MoveMoney(_)
        | Act::OpenMoney(_)
        | Act::CountDrawer(_)
        | Act::SealDay(_)
        | Act::GrantRight(_)
        | Act::Adopt(_) => Vec::new(),
    }
}
