//! Book accounts: a code of the chart of accounts and, where the code has several accounts, a party.

use crate::id::Id;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// The chart of accounts. Exports and reports show the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u16", try_from = "u16")]
#[repr(u16)]
#[allow(missing_docs)]
pub enum Code {
    Cash = 1000,
    Bank = 1010,
    Card = 1020,
    Other = 1090,
    Receivable = 1100,
    CustomerCredit = 2100,
    RefundsPayable = 2110,
    CreditTransit = 2120,
    SalesTax = 2200,
    CommissionPayable = 2300,
    CommissionAccrued = 2310,
    OpeningBalances = 3000,
    Sales = 4000,
    Returns = 4010,
    CommissionExpense = 5100,
    Goodwill = 5200,
    WriteOffs = 6100,
    BankFees = 6200,
    CashOverShort = 6300,
    CashRounding = 6310,
}

impl Code {
    /// Every code, in ascending order.
    pub const ALL: [Self; 20] = [
        Self::Cash,
        Self::Bank,
        Self::Card,
        Self::Other,
        Self::Receivable,
        Self::CustomerCredit,
        Self::RefundsPayable,
        Self::CreditTransit,
        Self::SalesTax,
        Self::CommissionPayable,
        Self::CommissionAccrued,
        Self::OpeningBalances,
        Self::Sales,
        Self::Returns,
        Self::CommissionExpense,
        Self::Goodwill,
        Self::WriteOffs,
        Self::BankFees,
        Self::CashOverShort,
        Self::CashRounding,
    ];

    /// Whether the accounts of this code hold money: 1000, 1010, 1020 and 1090.
    #[must_use]
    pub const fn is_money(self) -> bool {
        matches!(self, Self::Cash | Self::Bank | Self::Card | Self::Other)
    }
}

impl From<Code> for u16 {
    fn from(code: Code) -> Self {
        code as Self
    }
}

impl TryFrom<u16> for Code {
    type Error = String;
    fn try_from(number: u16) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|code| u16::from(*code) == number)
            .ok_or_else(|| format!("{number} is not an account of the chart of accounts"))
    }
}

/// A book account: its code and its party. The party is the letter of a counter (1000), the name of a bank account
/// (1010), the id of a customer or partner, or a tax rate in percent (2200).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BookAccount {
    /// The code in the chart of accounts.
    pub code: Code,
    /// The party; empty where the code has only one account.
    #[serde(default, skip_serializing_if = "str::is_empty", deserialize_with = "party")]
    pub party: Arc<str>,
}

fn party<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Arc<str>, D::Error> {
    crate::text::read(deserializer, |text| Ok::<_, std::convert::Infallible>(text.into()))
}

impl BookAccount {
    /// The account of a code that has only one account.
    #[must_use]
    pub fn of(code: Code) -> Self {
        static NO_PARTY: std::sync::LazyLock<Arc<str>> = std::sync::LazyLock::new(|| "".into());
        Self { code, party: NO_PARTY.clone() }
    }

    /// The account of a code for one party.
    #[must_use]
    pub fn of_party(code: Code, party: &str) -> Self {
        Self { code, party: party.into() }
    }

    /// The account of a code for a customer or a partner. It shares the text of the id.
    #[must_use]
    pub fn of_id(code: Code, party: &Id) -> Self {
        Self { code, party: party.shared() }
    }

    /// The name of the bank account; `None` for an account that is not a bank account.
    #[must_use]
    pub fn bank(&self) -> Option<&str> {
        (self.code == Code::Bank).then_some(&*self.party)
    }

    /// The cash drawer (1000) with this name.
    #[must_use]
    pub fn drawer(name: &str) -> Self {
        Self::of_party(Code::Cash, name)
    }
}

/// `1000:A`, or only the number where there is no party.
impl fmt::Display for BookAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", u16::from(self.code))?;
        if self.party.is_empty() { Ok(()) } else { write!(f, ":{}", self.party) }
    }
}

/// Parses the form that `Display` writes. The error says what is wrong with the text.
impl FromStr for BookAccount {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (number, party) = text.split_once(':').unwrap_or((text, ""));
        let number: u16 = number.parse().map_err(|_| format!("{text:?} is not a book account"))?;
        Ok(Self::of_party(Code::try_from(number)?, party))
    }
}

/// A book account that should hold money: 1000, 1010, 1020 or 1090. The type does not enforce it; entries are checked
/// when they are decided and read.
pub type MoneyAccount = BookAccount;
