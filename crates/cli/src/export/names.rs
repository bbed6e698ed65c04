//! The account names of exports: account type, code, name and party.

use super::{Format, Transaction};
use crate::chart;
use ledger::code::{BookAccount, Code};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// A unique name for every account.
pub struct Names(BTreeMap<BookAccount, String>);

impl Names {
    /// Names every account of the transactions.
    pub fn new(format: Format, all: &[Transaction]) -> Self {
        let accounts: BTreeSet<&BookAccount> =
            all.iter().flat_map(|each| &each.moved).map(|moved| &moved.account).collect();
        let mut taken = HashSet::new();
        let name = |account: &BookAccount| {
            let plain = if format == Format::Beancount { for_beancount(account) } else { plain(account) };
            let numbered = (2..).map(|number| format!("{plain}-{number}"));
            let free = std::iter::once(plain.clone()).chain(numbered).find(|name| taken.insert(name.clone()));
            free.unwrap_or(plain)
        };
        let mut name = name;
        Self(accounts.into_iter().map(|account| (account.clone(), name(account))).collect())
    }

    /// The name of an account.
    pub fn of(&self, account: &BookAccount) -> &str {
        self.0.get(account).map_or("", String::as_str)
    }

    /// All names, by code and party.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
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
        | Code::SalesTax
        | Code::CommissionPayable
        | Code::CommissionAccrued => "Liabilities",
        Code::OpeningBalances => "Equity",
        Code::Sales | Code::Returns => "Income",
        Code::CommissionExpense | Code::Goodwill | Code::WriteOffs | Code::BankFees | Code::CashOverShort => {
            "Expenses"
        }
    }
}
