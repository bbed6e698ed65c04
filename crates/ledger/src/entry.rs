//! Entries as they are recorded: one file per kind, and here the table of kinds. Nothing in this layer depends on an
//! account.

use crate::code::BookAccount;
use crate::entry::charge_asked::ChargeAskedV1;
use crate::entry::charge_progressed::ProgressChargeV1;
use crate::entry::content::within_limits;
use crate::entry::customer_changed::{ChangeCustomerV1, ChangeCustomerV2};
use crate::entry::day_sealed::DaySealedV1;
use crate::entry::order_credited::OrderCreditedV1;
use crate::entry::order_placed::OrderPlacedV1;
use crate::entry::payment_recorded::PaymentRecordedV1;
use crate::entry::payout_completed::PayoutCompletedV1;
use crate::entry::payout_processed::PayoutProcessedV1;
use crate::entry::payout_rejected::PayoutRejectedV1;
use crate::entry::refund_written::{RefundWrittenV1, RefundWrittenV2};
use crate::entry::right_granted::GrantRightV1;
use crate::entry::shop_changed::ChangeShopV1;
use crate::entry::traits::Traits;
use crate::id::Id;
use crate::limits::OverLimit;
use crate::money::Currency;

#[macro_use]
mod table;

mod amount;
pub(crate) mod bank_added;
pub(crate) mod blind_count_set;
mod body;
#[cfg(not(target_arch = "wasm32"))]
mod canonical;
pub(crate) mod card_saved;
pub(crate) mod charge_asked;
pub(crate) mod charge_progressed;
pub(crate) mod charge_withdrawn;
pub(crate) mod contact;
pub(crate) mod content;
pub(crate) mod credit_applied;
pub(crate) mod credit_granted;
pub(crate) mod credit_origin;
pub(crate) mod credit_received;
pub(crate) mod credit_reversed;
pub(crate) mod credit_transferred;
pub(crate) mod credit_unapplied;
pub(crate) mod customer_added;
pub(crate) mod customer_changed;
pub(crate) mod customer_duplicated;
pub(crate) mod day_sealed;
pub(crate) mod day_unsealed;
pub(crate) mod discount;
pub(crate) mod drawer_counted;
pub(crate) mod entry_adopted;
pub(crate) mod exception_resolved;
pub(crate) mod fee_charged;
pub(crate) mod item_set;
pub(crate) mod logo;
pub(crate) mod malformed;
pub(crate) mod method_added;
pub(crate) mod money_moved;
pub(crate) mod money_opened;
pub(crate) mod order_credited;
pub(crate) mod order_placed;
pub(crate) mod order_planned;
pub(crate) mod partner_added;
pub(crate) mod partner_changed;
pub(crate) mod partner_paid;
pub(crate) mod partner_payment_reversed;
pub(crate) mod payment_recorded;
pub(crate) mod payout_completed;
pub(crate) mod payout_processed;
pub(crate) mod payout_rejected;
pub(crate) mod record;
pub(crate) mod refund_approved;
pub(crate) mod refund_named;
pub(crate) mod refund_progressed;
pub(crate) mod refund_rejected;
pub(crate) mod refund_settled;
pub(crate) mod refund_written;
pub(crate) mod returned;
pub(crate) mod reversed;
pub(crate) mod right_granted;
pub(crate) mod rights;
pub(crate) mod rounding_set;
mod same_content;
pub(crate) mod series;
pub(crate) mod shop_changed;
pub(crate) mod shop_opened;
pub(crate) mod staff_added;
pub(crate) mod staff_changed;
pub(crate) mod traits;
pub(crate) mod unknown;
mod wire;
pub(crate) mod written_off;

pub use bank_added::AddBank;
pub use blind_count_set::SetBlindCount;
pub use card_saved::{SAVED_CARD, SaveCard, SavedCard};
pub use charge_asked::ChargeAsked;
pub use charge_progressed::{ChargeStage, PAYMENT_LINK, PaymentLink, ProgressCharge};
pub use charge_withdrawn::WithdrawCharge;
pub use contact::{Contact, MAX_CONTACTS};
pub use content::{Content, Flow, Summary};
pub use credit_applied::CreditApplied;
pub use credit_granted::CreditGranted;
pub use credit_origin::CreditOrigin;
pub use credit_received::CreditReceived;
pub use credit_reversed::CreditReversed;
pub use credit_transferred::CreditTransferred;
pub use credit_unapplied::CreditUnapplied;
pub use customer_added::AddCustomer;
pub use customer_changed::ChangeCustomer;
pub use customer_duplicated::MarkDuplicate;
pub use day_sealed::{Balance, Covered, DaySealed};
pub use day_unsealed::DayUnsealed;
pub use discount::Discount;
pub use drawer_counted::DrawerCounted;
pub use entry_adopted::Adopted;
pub use exception_resolved::ExceptionResolved;
pub use fee_charged::FeeCharged;
pub use item_set::SetItem;
pub use logo::{Logo, MAX_LOGO};
pub use malformed::Malformed;
pub use method_added::AddMethod;
pub use money_moved::MoveMoney;
pub use money_opened::OpenMoney;
pub use order_credited::OrderCredited;
pub use order_placed::{Line, OrderPartner, OrderPlaced, PartnerRole, TaxGroup};
pub use order_planned::{Instalment, OrderPlanned};
pub use partner_added::{AddPartner, Basis};
pub use partner_changed::ChangePartner;
pub use partner_paid::PartnerPaid;
pub use partner_payment_reversed::PartnerPaymentReversed;
pub use payment_recorded::{Allocation, PaymentRecorded};
pub use payout_completed::PayoutCompleted;
pub use payout_processed::{FromLot, PayoutProcessed};
pub use payout_rejected::PayoutRejected;
pub use record::{Entry, Place, Record, Verdict};
pub use refund_approved::RefundApproved;
pub use refund_named::RefundNamed;
pub use refund_progressed::{ProgressRefund, Stage};
pub use refund_rejected::RefundRejected;
pub use refund_settled::{Outcome, SettleRefund};
pub use refund_written::{After, Clawback, Part, RefundWritten};
pub use returned::Returned;
pub use reversed::Reversed;
pub use right_granted::GrantRight;
pub use rights::{Grant, may};
pub use rounding_set::SetRounding;
pub use series::Series;
pub use shop_changed::{ChangeShop, MAX_LISTED, ShopTax};
pub use shop_opened::OpenShop;
pub use staff_added::{AddStaff, Role};
pub use staff_changed::ChangeStaff;
pub use unknown::Unknown;
pub use written_off::{CreditWrittenOff, OrderWrittenOff};

kinds! {
    ShopOpened(OpenShop) = "shop.opened", 1, Traits::RIGHT;
    ShopChanged(ChangeShop) = "shop.changed", 2, Traits::RIGHT, earlier [1: ChangeShopV1];
    StaffAdded(AddStaff) = "staff.added", 1, Traits::RIGHT;
    StaffChanged(ChangeStaff) = "staff.changed", 1, Traits::RIGHT;
    RightGranted(GrantRight) = "right.granted", 2, Traits::RIGHT, earlier [1: GrantRightV1];
    BankAdded(AddBank) = "bank.added", 1, Traits::RIGHT;
    MethodAdded(AddMethod) = "method.added", 1, Traits::RIGHT;
    RoundingSet(SetRounding) = "rounding.set", 1, Traits::RIGHT;
    ItemSet(SetItem) = "item.set", 1, Traits::RIGHT;
    BlindCountSet(SetBlindCount) = "blind-count.set", 1, Traits::RIGHT;
    PartnerAdded(AddPartner) = "partner.added", 1, Traits::RIGHT;
    PartnerChanged(ChangePartner) = "partner.changed", 1, Traits::RIGHT;
    CustomerAdded(AddCustomer) = "customer.added", 1, Traits::OPEN;
    CustomerChanged(ChangeCustomer) = "customer.changed", 3, Traits::OPEN, earlier [1: ChangeCustomerV1, 2: ChangeCustomerV2];
    CustomerDuplicated(MarkDuplicate) = "customer.duplicated", 1, Traits::RIGHT;
    OrderPlaced(OrderPlaced) = "order.placed", 2, Traits::OPEN.numbered(Series::Invoice),
        earlier [1: OrderPlacedV1];
    OrderPlanned(OrderPlanned) = "order.planned", 1, Traits::OPEN;
    PaymentRecorded(PaymentRecorded) = "payment.recorded", 2,
        Traits::OPEN.numbered(Series::Payment).posts_alone(), earlier [1: PaymentRecordedV1];
    CardSaved(SaveCard) = "card.saved", 1, Traits::OPEN;
    // Its number becomes that of the payment.
    ChargeAsked(ChargeAsked) = "charge.asked", 2, Traits::OPEN.numbered(Series::Payment),
        earlier [1: ChargeAskedV1];
    ChargeProgressed(ProgressCharge) = "charge.progressed", 2, Traits::OPEN, earlier [1: ProgressChargeV1];
    ChargeWithdrawn(WithdrawCharge) = "charge.withdrawn", 1, Traits::OPEN;
    CreditApplied(CreditApplied) = "credit.applied", 1, Traits::OPEN;
    CreditUnapplied(CreditUnapplied) = "credit.unapplied", 1, Traits::OPEN;
    CreditGranted(CreditGranted) = "credit.granted", 1, Traits::ADMIN.numbered(Series::Credit);
    OrderCredited(OrderCredited) = "order.credited", 2, Traits::ADMIN.numbered(Series::Credit),
        earlier [1: OrderCreditedV1];
    CreditReversed(CreditReversed) = "credit.reversed", 1, Traits::ADMIN;
    CreditNoteReversed(Reversed) = "credit-note.reversed", 1, Traits::ADMIN;
    CreditTransferred(CreditTransferred) = "credit.transferred", 1, Traits::ADMIN.posts_alone();
    // The right is that of the giver's entry, which is in the same press.
    CreditReceived(CreditReceived) = "credit.received", 1, Traits::OPEN.numbered(Series::Credit);
    RefundRecorded(RefundWritten) = "refund.recorded", 3,
        Traits::ADMIN.numbered(Series::Refund).posts_alone(), earlier [1: RefundWrittenV1, 2: RefundWrittenV2];
    RefundIssued(RefundWritten) = "refund.issued", 3, Traits::ADMIN.numbered(Series::Refund),
        earlier [1: RefundWrittenV1, 2: RefundWrittenV2];
    RefundSettled(SettleRefund) = "refund.settled", 1, Traits::OPEN;
    RefundProgressed(ProgressRefund) = "refund.progressed", 1, Traits::OPEN;
    RefundRequested(RefundWritten) = "refund.requested", 3, Traits::OPEN.numbered(Series::Refund),
        earlier [1: RefundWrittenV1, 2: RefundWrittenV2];
    RefundApproved(RefundApproved) = "refund.approved", 1, Traits::ADMIN;
    RefundRejected(RefundRejected) = "refund.rejected", 2, Traits::ADMIN, earlier [1: RefundNamed];
    RefundWithdrawn(RefundNamed) = "refund.withdrawn", 2, Traits::OPEN, earlier [1: RefundNamed];
    PayoutProcessed(PayoutProcessed) = "payout.processed", 2, Traits::OPEN.numbered(Series::Refund),
        earlier [1: PayoutProcessedV1];
    PayoutCompleted(PayoutCompleted) = "payout.completed", 2, Traits::ADMIN.posts_alone(),
        earlier [1: PayoutCompletedV1];
    PayoutRejected(PayoutRejected) = "payout.rejected", 2, Traits::ADMIN, earlier [1: PayoutRejectedV1];
    PayoutReversed(Reversed) = "payout.reversed", 1, Traits::ADMIN;
    PaymentReversed(Reversed) = "payment.reversed", 1, Traits::ADMIN;
    RefundReversed(Reversed) = "refund.reversed", 1, Traits::ADMIN;
    OrderWrittenOff(OrderWrittenOff) = "order.written-off", 1, Traits::ADMIN;
    CreditWrittenOff(CreditWrittenOff) = "credit.written-off", 1, Traits::ADMIN;
    WriteOffReversed(OrderWrittenOff) = "write-off.reversed", 1, Traits::ADMIN;
    PartnerPaid(PartnerPaid) = "partner.paid", 1, Traits::ADMIN;
    PartnerPaymentReversed(PartnerPaymentReversed) = "partner-payment.reversed", 1, Traits::ADMIN;
    MoneyMoved(MoveMoney) = "money.moved", 1, Traits::OPEN;
    FeeCharged(FeeCharged) = "fee.charged", 1, Traits::OPEN;
    MoneyOpened(OpenMoney) = "money.opened", 1, Traits::ADMIN;
    DrawerCounted(DrawerCounted) = "drawer.counted", 1, Traits::OPEN;
    DaySealed(DaySealed) = "day.sealed", 2, Traits::RIGHT, earlier [1: DaySealedV1];
    DayUnsealed(DayUnsealed) = "day.unsealed", 1, Traits::OWNERS;
    ExceptionResolved(ExceptionResolved) = "exception.resolved", 1, Traits::RIGHT;
    RefundHandedOver(RefundNamed) = "refund.handed-over", 1, Traits::OPEN;
    EntryAdopted(Adopted) = "entry.adopted", 1, Traits::RIGHT;
}
