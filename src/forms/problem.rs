//! What is wrong with an input, as data without text.

use ledger::date::Date;
use ledger::money::Money;
use ledger::quantity::Quantity;
use ledger::refusal::Refusal;

/// Why an input is invalid. The app has one sentence for each problem, which says what to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    /// No amount was typed.
    NoAmount,
    /// Not an amount in the notation of the shop's currency.
    NotAnAmount,
    /// A group mark in front of the last three digits, which are as many as the currency has decimals.
    TwoReadings {
        /// The amount if the mark separates groups.
        grouped: Money,
        /// The amount if it is a decimal mark.
        decimal: Money,
    },
    /// More decimals than the currency has.
    TooManyDecimals {
        /// The decimals of the currency.
        decimals: u8,
    },
    /// Above the ledger's largest amount.
    AmountTooLarge {
        /// The largest.
        most: Money,
    },
    /// Zero or negative where an amount above zero is required.
    NotPositive,
    /// More than can be refunded of this payment.
    MoreThanRefundable {
        /// The refundable amount.
        most: Money,
    },
    /// The parts together are more than can be refunded of this order.
    MoreThanTogether {
        /// The refundable amount.
        most: Money,
    },
    /// A credit note above the uncredited rest of the sale.
    MoreThanTheSale {
        /// The rest of the sale.
        most: Money,
    },
    /// An amount for one invoice above its balance.
    MoreThanOwed {
        /// The balance.
        most: Money,
    },
    /// More than can be corrected, or more than the order owes.
    MoreThanThere {
        /// The most.
        most: Money,
    },
    /// The amounts for the invoices exceed the payment.
    SharesExceedAmount {
        /// The payment's amount.
        amount: Money,
    },
    /// The balance after the refund is outside the range the refund allows.
    OwedAfterOutOfRange {
        /// The upper bound: the current balance plus the refund.
        most: Money,
    },
    /// Neither an amount nor a rate.
    NotADiscount,
    /// Another one has the same name.
    NameTaken,
    /// Another item has the same code.
    CodeTaken,
    /// The cash received is less than the payment.
    CashTooLittle {
        /// The payment's amount.
        amount: Money,
    },
    /// Money cannot move from an account to itself.
    SameAccount,
    /// Not a whole number of 1 or more.
    NotAQuantity {
        /// The largest quantity of one line.
        most: u32,
    },
    /// Not a number of days before an instalment.
    NotANotice {
        /// The most days.
        most: u8,
    },
    /// Not a quantity above zero, or more than is left to come back.
    NotAReturn {
        /// What is left.
        most: Quantity,
    },
    /// Not a rate from 0 to 100 % with at most four decimals.
    NotARate,
    /// Not a date.
    NotADate,
    /// A year that is not of this time, such as 26.
    NotAYear,
    /// A question: a payment's date is long ago.
    LongAgo {
        /// The date.
        on: Date,
        /// The shop's current date.
        today: Date,
    },
    /// A question: a due date has passed.
    PastDue {
        /// The date.
        on: Date,
    },
    /// The date of another instalment.
    SameDay {
        /// The date.
        on: Date,
    },
    /// A date after today.
    FutureDate {
        /// The shop's current date, or the next day when today is sealed.
        today: Date,
    },
    /// The last day of a span is before its first.
    BeforeFirst {
        /// The first day.
        first: Date,
    },
    /// A day that is sealed already, with every day up to this one.
    AlreadySealed {
        /// The last sealed day.
        sealed: Date,
    },
    /// A required choice or text is missing; the field's name says which.
    Missing,
    /// Longer than the ledger allows.
    TooLong {
        /// The limit, in characters.
        most: usize,
        /// The length found, in characters.
        found: usize,
    },
    /// A control character, or one that turns the text around.
    HiddenCharacter,
    /// Looks like a payment card number.
    CardNumber,
    /// A question: a note contains digits like those of a payment card number.
    MaybeCardNumber,
    /// The customer's card cannot be charged now.
    NoCharge(NoCharge),
    /// Not the id that the card processor gives a customer.
    NotACustomerId,
    /// Not the id that the card processor gives a payment method.
    NotAMethodId,
    /// Not an e-mail address.
    NotAnEmail,
    /// Not a PIN of that many digits.
    NotAPin {
        /// The fewest.
        fewest: usize,
        /// The most.
        most: usize,
    },
    /// Not the current PIN.
    WrongPin,
    /// The two inputs differ.
    NotTheSame,
    /// The ledger refused the command.
    Refused(Refusal),
}

/// Why a customer's saved card cannot be charged now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoCharge {
    /// The shop's endpoint has no card processor.
    Processor,
    /// The endpoint is not reached. A charge does not wait for the network: the customer may be gone by then.
    Network,
    /// The customer has saved no card.
    Card,
}

impl Problem {
    /// Whether the form asks instead of refusing: the value is accepted once it is confirmed.
    #[must_use]
    pub const fn is_question(&self) -> bool {
        matches!(self, Self::LongAgo { .. } | Self::PastDue { .. } | Self::MaybeCardNumber)
    }
}
