//! Book accounts: a code from the chart, and the party it is kept by.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The chart of accounts. The number is what exports and reports show.
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
}

impl From<Code> for u16 {
    fn from(code: Code) -> Self {
        code as Self
    }
}

impl TryFrom<u16> for Code {
    type Error = String;
    fn try_from(number: u16) -> Result<Self, String> {
        let _ = number;
        todo!()
    }
}

/// A book account: its code and its party (drawer letter, bank account, customer, partner, rate).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BookAccount {
    /// From the chart.
    pub code: Code,
    /// Empty where the code has one account only.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub party: Arc<str>,
}

/// A book account that holds money: 1000, 1010, 1020 or 1090.
pub type MoneyAccount = BookAccount;
