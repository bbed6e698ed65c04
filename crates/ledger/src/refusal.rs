//! Refusals: the named reasons why a command is not recorded. They contain data (ids, amounts), never words.

use crate::date::Date;
use crate::id::Id;
use crate::money::Money;

/// Generates the enum of refusals and the list of their names.
macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident $({ $($field:ident: $of:ty,)* })? $(($one:ty))?,)*) => {
        /// The reason why an act is not recorded. Nothing is written.
        #[derive(Debug, Clone, PartialEq)]
        #[allow(missing_docs)]
        pub enum Refusal {
            $($(#[$doc])* $name $({ $($field: $of,)* })? $(($one))?,)*
        }

        impl Refusal {
            /// All names, in the order of the enum.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name),)*];

            /// The name, such as `AllocationExceedsOwed`.
            #[must_use]
            pub const fn name(&self) -> &'static str {
                match self {
                    $(Self::$name { .. } => stringify!($name),)*
                }
            }
        }
    };
}

refusals! {
    IdTaken {
        id: Id,
    },
    UnknownCustomer {
        customer: Id,
    },
    UnknownOrder {
        order: Id,
    },
    UnknownPayment {
        payment: Id,
    },
    UnknownCredit {
        credit: Id,
    },
    UnknownRefund {
        refund: Id,
    },
    UnknownCharge {
        charge: Id,
    },
    UnknownDispute {
        dispute: Id,
    },
    UnknownPartner {
        partner: Id,
    },
    /// The order has no such line, or several with this text.
    UnknownLine {
        order: Id,
        line: String,
    },
    /// The actor is neither the owner nor a member of staff.
    UnknownActor {
        actor: Id,
    },
    UnknownException {
        kind: String,
        entry: Id,
    },
    NotThisCustomer {
        id: Id,
        customer: Id,
    },
    NotPermitted {
        right: &'static str,
    },
    AmountNotPositive,
    /// A discount is more than its line, or that of the order more than all lines.
    DiscountTooLarge {
        discount: Money,
        most: Money,
    },
    RateOutOfRange,
    ReasonRequired,
    NotesRequired,
    /// The rounding is not below the smallest coin of the shop, what moves is not a multiple of the coin above zero, or
    /// the method is not cash.
    RoundingOutOfRange {
        rounding: Money,
        moves: Money,
        coin: Money,
    },
    /// The cash that was handed over is less than the payment, or the method is not cash.
    TenderedTooLittle {
        tendered: Money,
        payment: Money,
    },
    FutureDate {
        on: Date,
        today: Date,
    },
    ClosedDay {
        on: Date,
        sealed: Date,
    },
    AlreadySealed {
        day: Date,
        sealed: Date,
    },
    /// The seal before covers entries of this chain, up to this number, that this counter does not hold.
    NotAllHere {
        device: Id,
        chain: u32,
        seq: u64,
    },
    AllocationExceedsPayment {
        allocated: Money,
        payment: Money,
    },
    /// `owed` is the most that may be allocated: for a payment including what was written off of the order.
    AllocationExceedsOwed {
        order: Id,
        asked: Money,
        owed: Money,
    },
    CreditExceedsOutstanding {
        lot: Id,
        asked: Money,
        outstanding: Money,
    },
    CreditExceedsOrder {
        order: Id,
        asked: Money,
        left: Money,
    },
    /// More is returned of a line than is left of it.
    ReturnExceedsLine {
        order: Id,
        line: u32,
        asked: crate::quantity::Quantity,
        left: crate::quantity::Quantity,
    },
    CreditAlreadySpent {
        lot: Id,
        missing: Money,
    },
    NotApplied {
        lot: Id,
        order: Id,
    },
    PaymentNotOfOrder {
        payment: Id,
        order: Id,
    },
    RefundPending {
        payment: Id,
        refund: Id,
    },
    /// The customer's bank has taken the payment back, or may: a refund would pay twice.
    PaymentDisputed {
        payment: Id,
    },
    RefundExceedsPayment {
        payment: Option<Id>,
        asked: Money,
        refundable: Money,
    },
    OwedAfterOutOfRange {
        asked: Money,
        least: Money,
        most: Money,
    },
    /// Every part of the refund is applied credit, and the method is not store credit: no money would move.
    NoMoneyToMove {
        method: crate::method::Method,
    },
    /// A payment among the parts was not taken online.
    OnlineNotAvailable {
        payment: Id,
    },
    NotPending {
        refund: Id,
    },
    /// The charge is paid, or it is known that the customer is not charged.
    NotUnderWay {
        charge: Id,
    },
    /// The customer has saved no payment method at the card processor.
    NoSavedCard,
    NotAwaiting {
        refund: Id,
    },
    NotManual {
        refund: Id,
    },
    /// The act names one customer where two are needed.
    SameCustomer {
        customer: Id,
    },
    /// An instalment is not due after the one before it.
    PlanOutOfOrder {
        due: Date,
    },
    /// The instalments are not what the order owes now.
    PlanDoesNotAddUp {
        order: Id,
        planned: Money,
        owed: Money,
    },
    /// The order has no plan whose instalments could be collected.
    NoPlan {
        order: Id,
    },
    /// The instalments of the order are not collected.
    NotCollecting {
        order: Id,
    },
    /// The last seal that counts is not of that day.
    UnknownSeal {
        day: Date,
    },
    /// The pay-out was not completed.
    NotComplete {
        refund: Id,
    },
    AlreadyReversed {
        id: Id,
    },
    /// The book has of the dispute what the processor says.
    AlreadyRecorded {
        dispute: Id,
    },
    ReverseThePaymentInstead {
        credit: Id,
    },
    WriteOffExceedsOwed {
        order: Id,
        asked: Money,
        owed: Money,
    },
    /// The method cannot be used here: store credit is for refunds only, or no method with this word was added.
    MethodNotAvailable {
        method: crate::method::Method,
    },
    /// The parts of a refund or pay-out do not add up to its amount.
    PartsDiffer {
        asked: Money,
        parts: Money,
    },
    /// A list names the same document twice.
    NamedTwice {
        id: Id,
    },
    /// The code is not a currency, or the currency has more decimals than the book supports.
    UnknownCurrency {
        code: String,
    },
    /// The account does not hold money.
    NotForMoney {
        account: crate::code::BookAccount,
    },
    /// A text, amount or count is above its limit.
    OverLimit(crate::limits::OverLimit),
    ExceedsPayable {
        partner: Id,
        asked: Money,
        payable: Money,
    },
}
