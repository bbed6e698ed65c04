//! Makes the command that the ledger decides from the act of a line.

use crate::ast::{AccountRef, Act, Request};
use codec::memory::Book;
use ledger::code::{BookAccount, Code, MoneyAccount};
use ledger::date::Date;
use ledger::entry::{
    Balance, Body, ChangeCustomer, ChangePartner, ChangeShop, ChangeStaff, MoveMoney, OpenMoney,
};
use ledger::id::Id;
use ledger::rules;
use ledger::rules::{Command, SealDay, UnsealDay};

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
        Request::Reject(asked) => reject(context.book, asked),
        Request::Rename { of, name } => rename(context.book, of, name),
        Request::Seal(day) => seal(context.book, *day),
        Request::Unseal { day, reason } => unseal(context.book, *day, reason.clone()),
        Request::Move { from, to, amount, fee, note } => rules::Act::MoveMoney(MoveMoney {
            from: money_account(&context, from),
            to: money_account(&context, to),
            amount: *amount,
            fee: *fee,
            note: note.clone(),
        }),
        Request::OpenMoney { account, amount } => {
            rules::Act::OpenMoney(OpenMoney { account: money_account(&context, account), amount: *amount })
        }
    };
    let customer = line.customer.clone().or_else(|| customer(context.book, line.id.as_ref(), &act));
    Command { id: line.id.clone().unwrap_or(context.id), customer, on: line.dated.or(context.on), act }
}

fn reject(book: &Book, asked: &rules::Rejection) -> rules::Act {
    if matches!(book.entry(&asked.of), Some(entry) if matches!(entry.body, Body::PayoutProcessed(_))) {
        rules::Act::RejectPayout(asked.clone())
    } else {
        rules::Act::RejectRefund(asked.clone())
    }
}

/// What is renamed depends on the entry that has the id.
fn rename(book: &Book, of: &Id, name: &str) -> rules::Act {
    let (id, renamed) = (of.clone(), Some(name.to_owned()));
    let entry = book.entry(of);
    if entry.is_some_and(|entry| matches!(entry.body, Body::PartnerAdded(_))) {
        return rules::Act::ChangePartner(ChangePartner { partner: id, name: renamed, rate: None });
    }
    if entry.is_some_and(|entry| matches!(entry.body, Body::StaffAdded(_))) {
        return rules::Act::ChangeStaff(ChangeStaff { member: id, name: renamed, role: None, left: None });
    }
    if entry.is_none() && of.as_str() == "shop" {
        return rules::Act::ChangeShop(ChangeShop { name: renamed, ..ChangeShop::default() });
    }
    rules::Act::ChangeCustomer(ChangeCustomer { name: renamed, ..ChangeCustomer::of(id) })
}

fn seal(book: &Book, day: Date) -> rules::Act {
    let balance = |(account, balance)| Balance { account, balance };
    let balances = book.trial_balance(day).into_iter().map(balance).collect();
    let last = book.shop().seals.last();
    let (after, after_covers) =
        (last.map(|seal| seal.entry.clone()), last.map(|seal| seal.covers.clone()).unwrap_or_default());
    rules::Act::SealDay(SealDay { day, after, after_covers, covers: book.covers(), balances })
}

fn unseal(book: &Book, day: Date, reason: Option<String>) -> rules::Act {
    let mut last_first = book.shop().seals.counting().rev();
    let seal = last_first.next().filter(|last| last.day == day).map(|last| last.entry.clone());
    let before = last_first.next().map(|seal| seal.day);
    rules::Act::UnsealDay(UnsealDay { day, seal, before, reason })
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
fn customer(book: &Book, id: Option<&Id>, act: &rules::Act) -> Option<Id> {
    if matches!(act, rules::Act::AddCustomer(_)) {
        return id.cloned();
    }
    act.documents().iter().find_map(|id| book.entry(id)?.customer.clone())
}
