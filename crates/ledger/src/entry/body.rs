//! The table of all kinds, and the body of an entry that is generated from it.

use crate::code::BookAccount;
use crate::entry::bank_added::AddBank;
use crate::entry::content::{Content, Flow, Summary, within_limits};
use crate::entry::credit_applied::CreditApplied;
use crate::entry::credit_granted::CreditGranted;
use crate::entry::credit_reversed::CreditReversed;
use crate::entry::credit_unapplied::CreditUnapplied;
use crate::entry::customer_added::AddCustomer;
use crate::entry::day_sealed::{DaySealed, DaySealedV1};
use crate::entry::drawer_counted::DrawerCounted;
use crate::entry::entry_adopted::Adopted;
use crate::entry::exception_resolved::ExceptionResolved;
use crate::entry::malformed::Malformed;
use crate::entry::method_added::AddMethod;
use crate::entry::money_moved::MoveMoney;
use crate::entry::money_opened::OpenMoney;
use crate::entry::order_credited::OrderCredited;
use crate::entry::order_placed::OrderPlaced;
use crate::entry::partner_added::AddPartner;
use crate::entry::partner_paid::PartnerPaid;
use crate::entry::payment_recorded::PaymentRecorded;
use crate::entry::payout_completed::PayoutCompleted;
use crate::entry::payout_processed::PayoutProcessed;
use crate::entry::payout_rejected::PayoutRejected;
use crate::entry::refund_approved::RefundApproved;
use crate::entry::refund_named::RefundNamed;
use crate::entry::refund_settled::SettleRefund;
use crate::entry::refund_written::RefundWritten;
use crate::entry::reversed::Reversed;
use crate::entry::right_granted::GrantRight;
use crate::entry::series::Series;
use crate::entry::shop_opened::OpenShop;
use crate::entry::staff_added::AddStaff;
use crate::entry::traits::{Access, Traits};
use crate::entry::unknown::Unknown;
use crate::entry::wire;
use crate::entry::written_off::{CreditWrittenOff, OrderWrittenOff};
use crate::id::Id;
use crate::limits::OverLimit;
use crate::money::Currency;
use serde::Deserialize;

/// Generates the body from the table. A row contains the variant, its content, the name of the kind on the wire, the
/// version that this program writes, the traits of the kind, and any earlier versions. An earlier version is a
/// separate type that converts to the current one with `From`, so the rest of the program knows one type per kind.
macro_rules! kinds {
    ($($variant:ident($content:ty) = $name:literal, $version:literal, $traits:expr
        $(, earlier [$($old_version:literal: $old:ty),+])?;)*) => {
        /// The body of an entry. Kinds are named `noun.verb` on the wire.
        #[derive(Debug, Clone, PartialEq)]
        #[allow(missing_docs)]
        pub enum Body {
            $($variant($content),)*
            /// Made by a newer version of the program.
            Unknown(Unknown),
        }

        /// The kind of an entry, without its content.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        pub enum EntryKind {
            $($variant,)*
            /// Made by a newer version of the program.
            Unknown,
        }

        impl EntryKind {
            /// All kinds that this program writes.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name on the wire, such as `payment.recorded`; `unknown` for a kind of a newer version.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::Unknown => "unknown",
                }
            }

            pub(crate) const fn traits(self) -> Traits {
                match self {
                    $(Self::$variant => $traits,)*
                    Self::Unknown => Traits::OPEN,
                }
            }
        }

        impl Body {
            /// All kinds and versions that this program reads.
            pub const KINDS: &'static [(&'static str, u32)] =
                &[$($($(($name, $old_version),)+)? ($name, $version),)*];

            /// The kind.
            #[must_use]
            pub const fn entry_kind(&self) -> EntryKind {
                match self {
                    $(Self::$variant(_) => EntryKind::$variant,)*
                    Self::Unknown(_) => EntryKind::Unknown,
                }
            }

            /// Encodes the body as kind, version and JSON, with amounts as decimal strings that have all decimals of
            /// the currency.
            #[must_use]
            pub fn encode(&self, currency: &Currency) -> (String, u32, String) {
                match self {
                    $(Self::$variant(content) => ($name.into(), $version, wire::write(content, currency)),)*
                    Self::Unknown(unknown) => (unknown.kind.clone(), unknown.kv, unknown.json.clone()),
                }
            }

            /// Reads a body; also returns whether these bytes are what the program that wrote this version would have
            /// written. Without a currency that is not checked.
            fn read(
                kind: &str,
                version: u32,
                json: &str,
                currency: Option<&Currency>,
            ) -> Result<(Self, bool), serde_json::Error> {
                match (kind, version) {
                    $(
                        ($name, $version) => {
                            let content: $content = value(json)?;
                            let canonical = wire::is_canonical(&content, json, currency);
                            Ok((Self::$variant(content), canonical))
                        }
                        $($(
                            ($name, $old_version) => {
                                let content: $old = value(json)?;
                                let canonical = wire::is_canonical(&content, json, currency);
                                Ok((Self::$variant(content.into()), canonical))
                            }
                        )+)?
                    )*
                    (kind, kv) => {
                        Ok((Self::Unknown(Unknown { kind: kind.into(), kv, json: json.into() }), true))
                    }
                }
            }

            /// Calls `visit` with every id that the body names, in the order of the body.
            pub(crate) fn each_name<'a>(&'a self, mut visit: impl FnMut(&'a Id)) {
                match self {
                    $(Self::$variant(content) => content.each_name(&mut visit),)*
                    Self::Unknown(unknown) => unknown.each_name(&mut visit),
                }
            }

            /// Checks lengths, counts and sums; amounts and rates were checked when they were parsed.
            ///
            /// # Errors
            /// The first value that is above its limit.
            pub fn within_limits(&self) -> Result<(), OverLimit> {
                match self {
                    $(Self::$variant(content) => within_limits(content),)*
                    Self::Unknown(unknown) => within_limits(unknown),
                }
            }

            /// The first account that should hold money and does not.
            pub(crate) fn not_for_money(&self) -> Option<&BookAccount> {
                let accounts = match self {
                    $(Self::$variant(content) => content.money_accounts(),)*
                    Self::Unknown(unknown) => unknown.money_accounts(),
                };
                accounts.into_iter().flatten().find(|account| !account.code.is_money())
            }

            /// The reference of the customer or the bank; search finds the document by it.
            #[must_use]
            pub fn reference(&self) -> Option<&str> {
                match self {
                    $(Self::$variant(content) => content.reference(),)*
                    Self::Unknown(unknown) => unknown.reference(),
                }
            }

            fn content_summary(&self) -> Summary<'_> {
                match self {
                    $(Self::$variant(content) => content.summary(),)*
                    Self::Unknown(unknown) => unknown.summary(),
                }
            }
        }
    };
}

kinds! {
    ShopOpened(OpenShop) = "shop.opened", 1, Traits::ADMIN;
    StaffAdded(AddStaff) = "staff.added", 1, Traits::ADMIN;
    RightGranted(GrantRight) = "right.granted", 1, Traits::ADMIN;
    BankAdded(AddBank) = "bank.added", 1, Traits::ADMIN;
    MethodAdded(AddMethod) = "method.added", 1, Traits::ADMIN;
    PartnerAdded(AddPartner) = "partner.added", 1, Traits::ADMIN;
    CustomerAdded(AddCustomer) = "customer.added", 1, Traits::OPEN;
    OrderPlaced(OrderPlaced) = "order.placed", 1, Traits::OPEN.numbered(Series::Invoice);
    PaymentRecorded(PaymentRecorded) = "payment.recorded", 1,
        Traits::OPEN.numbered(Series::Payment).posts_alone();
    CreditApplied(CreditApplied) = "credit.applied", 1, Traits::OPEN;
    CreditUnapplied(CreditUnapplied) = "credit.unapplied", 1, Traits::OPEN;
    CreditGranted(CreditGranted) = "credit.granted", 1, Traits::ADMIN.numbered(Series::Credit);
    OrderCredited(OrderCredited) = "order.credited", 1, Traits::ADMIN.numbered(Series::Credit);
    CreditReversed(CreditReversed) = "credit.reversed", 1, Traits::ADMIN;
    CreditNoteReversed(Reversed) = "credit-note.reversed", 1, Traits::ADMIN;
    RefundRecorded(RefundWritten) = "refund.recorded", 1,
        Traits::ADMIN.numbered(Series::Refund).posts_alone();
    RefundIssued(RefundWritten) = "refund.issued", 1, Traits::ADMIN.numbered(Series::Refund);
    RefundSettled(SettleRefund) = "refund.settled", 1, Traits::OPEN;
    RefundRequested(RefundWritten) = "refund.requested", 1, Traits::OPEN.numbered(Series::Refund);
    RefundApproved(RefundApproved) = "refund.approved", 1, Traits::ADMIN;
    RefundRejected(RefundNamed) = "refund.rejected", 1, Traits::ADMIN;
    PayoutProcessed(PayoutProcessed) = "payout.processed", 1, Traits::OPEN.numbered(Series::Refund);
    PayoutCompleted(PayoutCompleted) = "payout.completed", 1, Traits::ADMIN.posts_alone();
    PayoutRejected(PayoutRejected) = "payout.rejected", 1, Traits::ADMIN;
    PaymentReversed(Reversed) = "payment.reversed", 1, Traits::ADMIN;
    RefundReversed(Reversed) = "refund.reversed", 1, Traits::ADMIN;
    OrderWrittenOff(OrderWrittenOff) = "order.written-off", 1, Traits::ADMIN;
    CreditWrittenOff(CreditWrittenOff) = "credit.written-off", 1, Traits::ADMIN;
    WriteOffReversed(OrderWrittenOff) = "write-off.reversed", 1, Traits::ADMIN;
    PartnerPaid(PartnerPaid) = "partner.paid", 1, Traits::ADMIN;
    MoneyMoved(MoveMoney) = "money.moved", 1, Traits::OPEN;
    MoneyOpened(OpenMoney) = "money.opened", 1, Traits::ADMIN;
    DrawerCounted(DrawerCounted) = "drawer.counted", 1, Traits::OPEN;
    DaySealed(DaySealed) = "day.sealed", 2, Traits::ADMIN, earlier [1: DaySealedV1];
    ExceptionResolved(ExceptionResolved) = "exception.resolved", 1, Traits::ADMIN;
    RefundHandedOver(RefundNamed) = "refund.handed-over", 1, Traits::OPEN;
    EntryAdopted(Adopted) = "entry.adopted", 1, Traits::ADMIN;
}

impl EntryKind {
    /// The kind with this name on the wire; `None` for a name that this program does not know.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// Whether only admins, and clerks with the right, may record this kind.
    #[must_use]
    pub fn is_for_admins(self) -> bool {
        self.traits().access == Access::Admin
    }
}

impl Body {
    /// The name of the kind on the wire; `unknown` for a kind of a newer version.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        self.entry_kind().name()
    }

    /// Decodes a body that this program wrote. Unknown kinds and versions are preserved as [`Body::Unknown`].
    ///
    /// # Errors
    /// When a known kind has an unknown field, lacks a field, exceeds a limit, or names an account that does not hold
    /// money.
    pub fn decode(kind: &str, kv: u32, json: &str) -> Result<Self, Malformed> {
        Self::checked(Self::read(kind, kv, json, None)).map(|(body, _)| body)
    }

    /// Decodes a body from another program or device; it must be byte for byte what this program would write.
    ///
    /// # Errors
    /// As [`Body::decode`], and when the bytes differ.
    pub fn decode_strict(kind: &str, kv: u32, json: &str, currency: &Currency) -> Result<Self, Malformed> {
        let (body, canonical) = Self::checked(Self::read(kind, kv, json, Some(currency)))?;
        if canonical { Ok(body) } else { Err(Malformed::NotCanonical) }
    }

    fn checked(read: Result<(Self, bool), serde_json::Error>) -> Result<(Self, bool), Malformed> {
        let (body, canonical) = read.map_err(|error| Malformed::Json(error.to_string()))?;
        body.within_limits().map_err(Malformed::OverLimit)?;
        match body.not_for_money() {
            Some(account) => Err(Malformed::NotForMoney(account.clone())),
            None => Ok((body, canonical)),
        }
    }

    /// The ids of all documents that the body names.
    #[must_use]
    pub fn names(&self) -> Vec<&Id> {
        let mut names = Vec::new();
        self.each_name(|name| names.push(name));
        names
    }

    /// The series of its document number; `None` for acts that continue a document.
    #[must_use]
    pub const fn series(&self) -> Option<Series> {
        self.entry_kind().traits().series
    }

    /// Whether the entry counts before the documents that it names have arrived.
    pub(crate) const fn posts_alone(&self) -> bool {
        self.entry_kind().traits().posts_alone
    }

    /// The content of a refund that is recorded, issued or requested.
    #[must_use]
    pub const fn refund(&self) -> Option<&RefundWritten> {
        if let Self::RefundRecorded(written) | Self::RefundIssued(written) | Self::RefundRequested(written) =
            self
        {
            return Some(written);
        }
        None
    }

    /// The parts that a history shows.
    #[must_use]
    pub fn summary(&self) -> Summary<'_> {
        let mut summary = self.content_summary();
        // Three kinds share their content with kinds whose money moves in another direction.
        if let Self::RefundRequested(_) = self {
            summary.flow = Flow::None;
        } else if let Self::PaymentReversed(_) = self {
            summary.flow = Flow::Out;
        } else if let Self::RefundReversed(_) = self {
            summary.flow = Flow::In;
        }
        summary
    }
}

/// Parses the content of a body.
fn value<'de, T: Deserialize<'de>>(json: &'de str) -> Result<T, serde_json::Error> {
    #[cfg(not(target_arch = "wasm32"))]
    if let Some(value) = crate::entry::canonical::read(json) {
        return Ok(value);
    }
    serde_json::from_str(json)
}
