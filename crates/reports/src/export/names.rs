//! The account names of exports: account type, code, name and party.

use super::Format;
use crate::chart;
use crate::transaction::Transaction;
use ledger::code::{BookAccount, Code};
use std::collections::{BTreeMap, HashSet};

/// A unique name for every account, given where the account is first used.
#[derive(Debug)]
pub struct Names {
    format: Format,
    given: BTreeMap<BookAccount, String>,
    taken: HashSet<String>,
}

impl Names {
    /// No names yet.
    pub fn new(format: Format) -> Self {
        Self { format, given: BTreeMap::new(), taken: HashSet::new() }
    }

    /// Names the accounts that a transaction is the first to use, and returns these names.
    pub fn first_used(&mut self, each: &Transaction) -> Vec<String> {
        let accounts = each.moved.iter().map(|moved| &moved.account);
        let new: Vec<_> = accounts.filter(|account| !self.given.contains_key(account)).cloned().collect();
        new.into_iter().map(|account| self.give(account)).collect()
    }

    fn give(&mut self, account: BookAccount) -> String {
        let plain = if self.format == Format::Beancount { for_beancount(&account) } else { plain(&account) };
        let numbered = (2..).map(|number| format!("{plain}-{number}"));
        let free = std::iter::once(plain.clone()).chain(numbered).find(|name| !self.taken.contains(name));
        let name = free.unwrap_or(plain);
        self.taken.insert(name.clone());
        self.given.insert(account, name.clone());
        name
    }

    /// The name of an account.
    pub fn of(&self, account: &BookAccount) -> &str {
        self.given.get(account).map_or("", String::as_str)
    }
}

/// `Assets:1100 Receivable:mira`, without two spaces in a row, semicolons or colons in a part.
fn plain(account: &BookAccount) -> String {
    let (kind, code, name) = (kind(account.code), u16::from(account.code), chart::name(account.code));
    if account.party.is_empty() {
        return format!("{kind}:{code} {name}");
    }
    let clean = |each: char| if each.is_alphanumeric() || ".-_&'".contains(each) { each } else { ' ' };
    let words: String = account.party.chars().map(clean).collect();
    let party: Vec<&str> = words.split_whitespace().collect();
    format!("{kind}:{code} {name}:{}", party.join(" "))
}

/// `Assets:A1100-Receivable:Mira`: each part has letters, digits and hyphens only and begins with a capital or a digit.
fn for_beancount(account: &BookAccount) -> String {
    let (kind, code) = (kind(account.code), u16::from(account.code));
    let name = words(chart::name(account.code));
    if account.party.is_empty() {
        return format!("{kind}:A{code}-{name}");
    }
    format!("{kind}:A{code}-{name}:{}", words(&account.party))
}

fn words(text: &str) -> String {
    let parts = text.split(|each: char| !each.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let joined = parts.collect::<Vec<_>>().join("-");
    let mut letters = joined.chars();
    match letters.next() {
        Some(first) => first.to_ascii_uppercase().to_string() + letters.as_str(),
        None => "X".into(),
    }
}

const fn kind(code: Code) -> &'static str {
    match code {
        Code::Cash | Code::Bank | Code::Card | Code::Other | Code::Receivable => "Assets",
        Code::CustomerCredit
        | Code::RefundsPayable
        | Code::CreditTransit
        | Code::SalesTax
        | Code::CommissionPayable
        | Code::CommissionAccrued => "Liabilities",
        Code::OpeningBalances => "Equity",
        Code::Sales | Code::Returns => "Income",
        Code::CommissionExpense
        | Code::Goodwill
        | Code::WriteOffs
        | Code::BankFees
        | Code::CashOverShort
        | Code::CashRounding => "Expenses",
    }
}
