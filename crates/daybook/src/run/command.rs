//! From what a line asks to the command that the ledger decides.

use crate::ast::{Act, Purse, What};
use codec::memory::Book;
use ledger::code::{BookAccount, Code, MoneyAccount};
use ledger::date::Date;
use ledger::entry::{Balance, Body, MoveMoney, OpenMoney};
use ledger::id::Id;
use ledger::rules;
use ledger::rules::{Command, SealDay};

/// Where and when a line is recorded.
pub struct Here<'a> {
    /// What the counter holds.
    pub book: &'a Book,
    /// Its letter.
    pub till: &'a Id,
    /// The business date, unless the line says another; `None`: today's.
    pub on: Option<Date>,
    /// The id of an act whose line names none.
    pub id: Id,
}

/// What the line asks of the ledger.
pub fn command(here: Here<'_>, act: &Act) -> Command {
    let asked = match &act.what {
        What::Ask(asked) => asked.clone(),
        What::Reject(of) => reject(here.book, of),
        What::Seal(day) => seal(here.book, *day),
        What::Move { from, to, amount, fee, note } => rules::Act::MoveMoney(MoveMoney {
            from: account(&here, from),
            to: account(&here, to),
            amount: *amount,
            fee: *fee,
            note: note.clone(),
        }),
        What::OpenMoney { purse, amount } => {
            rules::Act::OpenMoney(OpenMoney { account: account(&here, purse), amount: *amount })
        }
    };
    let customer = act.customer.clone().or_else(|| customer(here.book, act.id.as_ref(), &asked));
    Command { id: act.id.clone().unwrap_or(here.id), customer, on: act.dated.or(here.on), act: asked }
}

fn reject(book: &Book, of: &Id) -> rules::Act {
    if matches!(book.known(of), Some(entry) if matches!(entry.body, Body::PayoutProcessed(_))) {
        rules::Act::RejectPayout(of.clone())
    } else {
        rules::Act::RejectRefund(of.clone())
    }
}

fn seal(book: &Book, day: Date) -> rules::Act {
    let balance = |(account, balance)| Balance { account, balance };
    let balances = book.trial_balance(Some(day)).into_iter().map(balance).collect();
    let after = book.shop().seals.last().map(|seal| seal.entry.clone());
    rules::Act::SealDay(SealDay { day, after, covers: book.covers(), balances })
}

fn account(here: &Here<'_>, purse: &Purse) -> MoneyAccount {
    let shop = here.book.shop();
    let code = shop.account_of(purse.method).unwrap_or(Code::Other);
    let party = match code {
        Code::Cash => here.till.as_str(),
        Code::Bank => purse.bank.as_deref().unwrap_or_else(|| shop.first_bank()),
        _ => "",
    };
    BookAccount { code, party: party.into() }
}

/// Whose account an act touches when its line does not say: that of the first thing it names that is known.
fn customer(book: &Book, id: Option<&Id>, act: &rules::Act) -> Option<Id> {
    if matches!(act, rules::Act::AddCustomer(_)) {
        return id.cloned();
    }
    act.documents().iter().find_map(|id| book.known(id)?.customer.clone())
}
