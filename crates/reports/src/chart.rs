//! The names of the book accounts, in English.

use ledger::code::Code;

/// The name of a book account.
#[must_use]
pub const fn name(code: Code) -> &'static str {
    match code {
        Code::Cash => "Cash drawer",
        Code::Bank => "Bank",
        Code::Card => "Card clearing",
        Code::Other => "Other money",
        Code::Receivable => "Receivable",
        Code::CustomerCredit => "Customer credit",
        Code::RefundsPayable => "Refunds payable, in transit",
        Code::CreditTransit => "Credit between customers, in transit",
        Code::SalesTax => "Sales tax payable",
        Code::CommissionPayable => "Commission payable",
        Code::CommissionAccrued => "Commission accrued",
        Code::OpeningBalances => "Opening balances",
        Code::Sales => "Sales",
        Code::Returns => "Returns and credits allowed",
        Code::CommissionExpense => "Commission expense",
        Code::Goodwill => "Goodwill",
        Code::WriteOffs => "Write-offs",
        Code::BankFees => "Bank fees",
        Code::CashOverShort => "Cash over and short",
        Code::CashRounding => "Cash rounding",
    }
}
