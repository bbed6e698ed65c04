//! What an entry says, by kind and version.

use crate::act::{correction, credit, customer, money, order, payment, payout, refund, shop};
use crate::code::BookAccount;
use crate::limits::OverLimit;
use crate::money::Currency;
use serde::{Deserialize, Serialize};
use std::fmt;

#[cfg(not(target_arch = "wasm32"))]
mod canonical;
mod names;
mod wire;
mod within;

/// Which numbers a document takes: letter of the counter, letter of the series, a gap-free count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Series {
    /// `I`: invoices (orders).
    Invoice,
    /// `P`: payments.
    Payment,
    /// `C`: credits and credit notes.
    Credit,
    /// `R`: refunds and pay-outs.
    Refund,
}

impl Series {
    /// The letter that stands in the number.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Invoice => 'I',
            Self::Payment => 'P',
            Self::Credit => 'C',
            Self::Refund => 'R',
        }
    }
}

/// A body that this version of the program cannot read: kept as it came, its account marked incomplete.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Unknown {
    pub kind: String,
    pub kv: u32,
    pub json: String,
}

/// The one table of kinds: the variant, what it holds, its name on the wire and its version there.
macro_rules! kinds {
    ($($variant:ident($written:ty) = $kind:literal, $kv:literal;)*) => {
        /// The body of an entry. Its kinds are named `noun.verb` on the wire.
        #[derive(Debug, Clone, PartialEq)]
        #[allow(missing_docs)]
        pub enum Body {
            $($variant($written),)*
            /// Made by a newer version.
            Unknown(Unknown),
        }

        impl Body {
            /// Every kind with the version this program writes.
            pub const KINDS: &'static [(&'static str, u32)] = &[$(($kind, $kv),)*];

            /// The kind's name on the wire; `unknown` for one made by a newer version.
            #[must_use]
            pub const fn kind(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => $kind,)*
                    Self::Unknown(_) => "unknown",
                }
            }

            /// Kind, version and JSON, amounts as decimal strings with exactly the currency's decimals.
            #[must_use]
            pub fn encode(&self, currency: &Currency) -> (String, u32, String) {
                match self {
                    $(Self::$variant(written) => ($kind.into(), $kv, wire::write(written, currency)),)*
                    Self::Unknown(unknown) => (unknown.kind.clone(), unknown.kv, unknown.json.clone()),
                }
            }

            fn read(kind: &str, kv: u32, json: &str) -> Result<Self, serde_json::Error> {
                match (kind, kv) {
                    $(($kind, $kv) => value(json).map(Self::$variant),)*
                    _ => Ok(Self::Unknown(Unknown { kind: kind.into(), kv, json: json.into() })),
                }
            }
        }
    };
}

kinds! {
    ShopOpened(shop::OpenShop) = "shop.opened", 1;
    StaffAdded(shop::AddStaff) = "staff.added", 1;
    RightGranted(shop::GrantRight) = "right.granted", 1;
    BankAdded(shop::AddBank) = "bank.added", 1;
    MethodAdded(shop::AddMethod) = "method.added", 1;
    PartnerAdded(shop::AddPartner) = "partner.added", 1;
    CustomerAdded(customer::AddCustomer) = "customer.added", 1;
    OrderPlaced(order::OrderPlaced) = "order.placed", 1;
    PaymentRecorded(payment::PaymentRecorded) = "payment.recorded", 1;
    CreditApplied(credit::CreditApplied) = "credit.applied", 1;
    CreditUnapplied(credit::CreditUnapplied) = "credit.unapplied", 1;
    CreditGranted(credit::CreditGranted) = "credit.granted", 1;
    OrderCredited(credit::OrderCredited) = "order.credited", 1;
    CreditReversed(credit::CreditReversed) = "credit.reversed", 1;
    CreditNoteReversed(correction::Reversed) = "credit-note.reversed", 1;
    RefundRecorded(refund::RefundWritten) = "refund.recorded", 1;
    RefundIssued(refund::RefundWritten) = "refund.issued", 1;
    RefundSettled(refund::SettleRefund) = "refund.settled", 1;
    RefundRequested(refund::RefundWritten) = "refund.requested", 1;
    RefundApproved(refund::RefundApproved) = "refund.approved", 1;
    RefundRejected(refund::RefundNamed) = "refund.rejected", 1;
    PayoutProcessed(payout::PayoutProcessed) = "payout.processed", 1;
    PayoutCompleted(payout::PayoutCompleted) = "payout.completed", 1;
    PayoutRejected(payout::PayoutRejected) = "payout.rejected", 1;
    PaymentReversed(correction::Reversed) = "payment.reversed", 1;
    RefundReversed(correction::Reversed) = "refund.reversed", 1;
    OrderWrittenOff(correction::OrderWrittenOff) = "order.written-off", 1;
    CreditWrittenOff(correction::CreditWrittenOff) = "credit.written-off", 1;
    WriteOffReversed(correction::OrderWrittenOff) = "write-off.reversed", 1;
    PartnerPaid(money::PartnerPaid) = "partner.paid", 1;
    MoneyMoved(money::MoveMoney) = "money.moved", 1;
    MoneyOpened(money::OpenMoney) = "money.opened", 1;
    DrawerCounted(money::DrawerCounted) = "drawer.counted", 1;
    DaySealed(money::DaySealed) = "day.sealed", 1;
    ExceptionResolved(money::ExceptionResolved) = "exception.resolved", 1;
    RefundHandedOver(refund::RefundNamed) = "refund.handed-over", 1;
    EntryAdopted(shop::Adopted) = "entry.adopted", 1;
}

impl Body {
    /// Reads a body of our own. Kinds and versions not known here survive as [`Body::Unknown`].
    ///
    /// # Errors
    /// When a known kind holds an unknown field, lacks one, or holds more than the book takes.
    pub fn decode(kind: &str, kv: u32, json: &str) -> Result<Self, Malformed> {
        let body = Self::read(kind, kv, json).map_err(|error| Malformed::Json(error.to_string()))?;
        body.within_limits().map_err(Malformed::OverLimit)?;
        match body.not_for_money() {
            Some(account) => Err(Malformed::NotForMoney(account.clone())),
            None => Ok(body),
        }
    }

    /// Reads a body somebody else wrote: it must be byte for byte what this program would write.
    ///
    /// # Errors
    /// As [`Body::decode`], and when the bytes differ.
    pub fn decode_strict(kind: &str, kv: u32, json: &str, currency: &Currency) -> Result<Self, Malformed> {
        let body = Self::decode(kind, kv, json)?;
        if body.encode(currency).2 == json { Ok(body) } else { Err(Malformed::NotCanonical) }
    }

    /// The series its number is taken from; `None` for acts that continue a document.
    #[must_use]
    pub const fn series(&self) -> Option<Series> {
        match self {
            Self::OrderPlaced(_) => Some(Series::Invoice),
            Self::PaymentRecorded(_) => Some(Series::Payment),
            Self::CreditGranted(_) | Self::OrderCredited(_) => Some(Series::Credit),
            Self::RefundRecorded(_)
            | Self::RefundIssued(_)
            | Self::RefundRequested(_)
            | Self::PayoutProcessed(_) => Some(Series::Refund),
            _ => None,
        }
    }
}

/// Reads what a body holds.
fn value<'de, T: Deserialize<'de>>(json: &'de str) -> Result<T, serde_json::Error> {
    #[cfg(not(target_arch = "wasm32"))]
    if let Some(value) = canonical::read(json) {
        return Ok(value);
    }
    serde_json::from_str(json)
}

/// Why a body cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Malformed {
    /// Not the JSON of its kind.
    Json(String),
    /// Other bytes than this program writes for the same content.
    NotCanonical,
    /// More than the book takes.
    OverLimit(OverLimit),
    /// Money cannot come to or leave from this account.
    NotForMoney(BookAccount),
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => f.write_str(error),
            Self::NotCanonical => f.write_str("the body is not in canonical form"),
            Self::NotForMoney(account) => write!(f, "{account} is no account for money"),
            Self::OverLimit(over) => write!(f, "{} is above its limit of {}", over.what, over.most),
        }
    }
}

impl std::error::Error for Malformed {}
