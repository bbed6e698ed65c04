//! What is wrong with what was typed: data, never words.

use ledger::date::Date;
use ledger::money::Money;
use ledger::refusal::Refusal;

/// Why a field cannot be taken as it stands. The app's text has one sentence for each, saying what to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    /// No amount was written.
    NoAmount,
    /// Not an amount as the shop's currency writes it.
    NotAnAmount,
    /// More decimals than the currency has.
    TooManyDecimals {
        /// What it has.
        decimals: u8,
    },
    /// Above the largest amount of the book.
    AmountTooLarge {
        /// The largest.
        most: Money,
    },
    /// Zero or below where something has to be.
    NotPositive,
    /// More than may go back of this payment.
    MoreThanRefundable {
        /// What may.
        most: Money,
    },
    /// The parts together are more than may go back of this order.
    MoreThanTogether {
        /// What may.
        most: Money,
    },
    /// A credit note above what is left of the sale.
    MoreThanTheSale {
        /// What is left.
        most: Money,
    },
    /// An amount for one invoice above what it owes.
    MoreThanOwed {
        /// What it owes.
        most: Money,
    },
    /// The amounts for the invoices are more than the payment.
    SharesExceedAmount {
        /// The payment.
        amount: Money,
    },
    /// Owed afterwards outside of what the refund allows.
    OwedAfterOutOfRange {
        /// At most this: owed now and the refund.
        most: Money,
    },
    /// Less cash than the payment.
    CashTooLittle {
        /// The payment.
        amount: Money,
    },
    /// Not a whole number from 1.
    NotAQuantity {
        /// The most of one line.
        most: u32,
    },
    /// Not a rate from 0 to 100 % with at most four decimals.
    NotARate,
    /// Not a date.
    NotADate,
    /// After today.
    FutureDate {
        /// The shop's today, or the next day when today is sealed.
        today: Date,
    },
    /// Nothing was chosen or written where something must be; the field's name says what.
    Missing,
    /// Longer than the book keeps.
    TooLong {
        /// The most, in characters.
        most: usize,
        /// What was typed, in characters.
        found: usize,
    },
    /// Looks like the number of a payment card.
    CardNumber,
    /// Not an e-mail address.
    NotAnEmail,
    /// Not a PIN of that many digits.
    NotAPin {
        /// The fewest.
        fewest: usize,
        /// The most.
        most: usize,
    },
    /// Not the PIN that holds now.
    WrongPin,
    /// Typed twice, and not the same.
    NotTheSame,
    /// The book said no.
    Refused(Refusal),
}
