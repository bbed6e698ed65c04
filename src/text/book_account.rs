//! The names of book accounts, with their party where the code has several.

use super::{names, say};
use ledger::code::{BookAccount, Code};
use ledger::id::Id;
use ledger::shop::Shop;

/// The name of a book account: `Sales`, `Sales tax payable 20 %`, `Drawer A`. The customer of 1100 and 2100 is left out: the
/// entry names them.
#[must_use]
pub fn book_account(account: &BookAccount, shop: &Shop) -> String {
    let party = account.party.as_ref();
    match account.code {
        Code::Cash | Code::Bank | Code::Card | Code::Other => names::money_account(account),
        Code::Receivable => say!(reports.receivable),
        Code::CustomerCredit => say!(reports.customer_credit),
        Code::RefundsPayable => say!(reports.refunds_payable),
        Code::CreditTransit => say!(reports.credit_transit),
        Code::SalesTax => say!(reports.sales_tax, rate = party.to_owned()),
        Code::CommissionPayable => say!(reports.commission_payable, name = partner(party, shop)),
        Code::CommissionAccrued => say!(reports.commission_accrued, name = partner(party, shop)),
        Code::OpeningBalances => say!(reports.opening_balances),
        Code::Sales => say!(reports.sales),
        Code::Returns => say!(reports.returns),
        Code::CommissionExpense => say!(reports.commission_expense),
        Code::Goodwill => say!(reports.goodwill),
        Code::WriteOffs => say!(reports.write_offs),
        Code::BankFees => say!(reports.bank_fees),
        Code::CashOverShort => say!(reports.over_and_short),
        Code::CashRounding => say!(reports.rounding),
    }
}

/// The name of a partner; the id of one that the shop does not know.
#[must_use]
pub fn partner(id: &str, shop: &Shop) -> String {
    let known = Id::new(id).ok().and_then(|id| shop.partners.get(&id));
    known.map_or_else(|| id.to_owned(), |known| known.name.clone())
}
