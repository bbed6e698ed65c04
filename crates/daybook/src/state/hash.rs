//! A hash over the whole state of a book: equal books have equal hashes.

use super::State;
use codec::memory::Book;
use ledger::date::Date;
use ledger::id::Id;
use ledger::shop::Member;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The printed state and what it leaves out.
#[derive(Serialize)]
struct Whole<'a> {
    state: &'a State,
    /// Balances by account and party.
    balances: BTreeMap<String, i64>,
    /// Every whole account, by customer.
    accounts: BTreeMap<&'a Id, String>,
    name: &'a str,
    staff: Vec<&'a Member>,
    banks: &'a [String],
    partners: Vec<&'a ledger::shop::Partner>,
    sealed: Option<Date>,
}

/// SHA-256 over the JSON, in hexadecimal. The state's own hash is empty at this point.
pub fn of(book: &Book, state: &State) -> String {
    let shop = book.shop();
    let balance = |(account, balance): (ledger::code::BookAccount, ledger::money::Money)| {
        (account.to_string(), balance.0)
    };
    let whole = Whole {
        state,
        balances: book.balances(None).into_iter().map(balance).collect(),
        accounts: book.accounts().map(|(customer, account)| (customer, account.digest_input())).collect(),
        name: &shop.name,
        staff: shop.staff.values().collect(),
        banks: &shop.banks,
        partners: shop.partners.values().collect(),
        sealed: shop.sealed,
    };
    let json = serde_json::to_vec(&whole).unwrap_or_default();
    Sha256::digest(json).iter().map(|byte| format!("{byte:02x}")).collect()
}
