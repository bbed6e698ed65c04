//! Refusals: the second of three kinds of no. Data, never words.

use crate::date::Date;
use crate::id::Id;
use crate::money::Money;

/// The one list of refusals: the type, and every name.
macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident $({ $($field:ident: $of:ty,)* })? $(($one:ty))?,)*) => {
        /// Why an act is not recorded. Nothing was written.
        #[derive(Debug, Clone, PartialEq)]
        #[allow(missing_docs)]
        pub enum Refusal {
            $($(#[$doc])* $name $({ $($field: $of,)* })? $(($one))?,)*
        }

        impl Refusal {
            /// Every name, in the sequence of the list.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name),)*];

            /// Its name, such as `AllocationExceedsOwed`.
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
    UnknownPartner {
        partner: Id,
    },
    /// Neither the owner nor on the staff list.
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
    RateOutOfRange,
    ReasonRequired,
    NotesRequired,
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
    AllocationExceedsPayment {
        allocated: Money,
        payment: Money,
    },
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
    OnlineNotAvailable {
        payment: Id,
    },
    NotPending {
        refund: Id,
    },
    NotAwaiting {
        refund: Id,
    },
    NotManual {
        refund: Id,
    },
    AlreadyReversed {
        id: Id,
    },
    ReverseThePaymentInstead {
        credit: Id,
    },
    WriteOffExceedsOwed {
        order: Id,
        asked: Money,
        owed: Money,
    },
    /// Store credit is for refunds only; and nobody added a method of that word.
    MethodNotAvailable {
        method: crate::method::Method,
    },
    /// The parts of a refund or pay-out do not add up to it.
    PartsDiffer {
        asked: Money,
        parts: Money,
    },
    /// A list names one thing twice.
    NamedTwice {
        id: Id,
    },
    /// The code is no currency, or one that the book cannot keep.
    UnknownCurrency {
        code: String,
    },
    /// Money cannot come to or leave from this account.
    NotForMoney {
        account: crate::code::BookAccount,
    },
    /// Something is longer, larger or more than the book takes.
    OverLimit(crate::limits::OverLimit),
    ExceedsPayable {
        partner: Id,
        asked: Money,
        payable: Money,
    },
}
