//! The rules: one file per act, with its input, its checks, its fold and its reversal. Only `decide`, `fold` and
//! `preview` call them.
//!
//! This file has one row for every act and one for every kind of entry. A new kind does not compile before it has its
//! rows.

use crate::account::fold::Fold;
use crate::entry::Body;
use crate::entry::bank_added::AddBank;
use crate::entry::blind_count_set::SetBlindCount;
use crate::entry::card_saved::SaveCard;
use crate::entry::charge_progressed::ProgressCharge;
use crate::entry::charge_withdrawn::WithdrawCharge;
use crate::entry::customer_added::AddCustomer;
use crate::entry::customer_changed::ChangeCustomer;
use crate::entry::customer_duplicated::MarkDuplicate;
use crate::entry::device_invited::InviteDevice;
use crate::entry::device_revoked::RevokeDevice;
use crate::entry::entry_adopted::Adopted;
use crate::entry::invite_withdrawn::WithdrawInvite;
use crate::entry::item_set::SetItem;
use crate::entry::method_added::AddMethod;
use crate::entry::money_moved::MoveMoney;
use crate::entry::money_opened::OpenMoney;
use crate::entry::partner_added::AddPartner;
use crate::entry::partner_changed::ChangePartner;
use crate::entry::payment_disputed::ReportDispute;
use crate::entry::record::{Entry, Place};
use crate::entry::refund_progressed::ProgressRefund;
use crate::entry::refund_settled::SettleRefund;
use crate::entry::right_granted::GrantRight;
use crate::entry::rounding_set::SetRounding;
use crate::entry::shop_changed::ChangeShop;
use crate::entry::shop_moved::MoveShop;
use crate::entry::shop_opened::OpenShop;
use crate::entry::staff_added::AddStaff;
use crate::entry::staff_changed::ChangeStaff;
use crate::id::Id;
use crate::posting::Lines;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::Case;
use crate::shop::Shop;

mod again;
pub(crate) mod asked;
pub(crate) mod case;
pub(crate) mod charge;
pub mod command;
pub(crate) mod correction;
pub(crate) mod credit;
pub(crate) mod dispute;
pub mod exception;
mod exceptions;
mod fee;
pub(crate) mod money;
pub(crate) mod order;
pub(crate) mod payment;
pub(crate) mod payout;
pub(crate) mod refund;
pub(crate) mod rejection;
mod remedy;
pub(crate) mod returns;
mod rounding;
pub(crate) mod shop;

pub use charge::ask::AskCharge;
pub use command::Command;
pub use correction::reversal::Reversal;
pub use correction::write_off::WriteOff;
pub use credit::apply::ApplyCredit;
pub use credit::grant::GrantCredit;
pub use credit::note::CreditNote;
pub use credit::reverse::ReverseCredit;
pub use credit::reverse_note::ReverseCreditNote;
pub use credit::transfer::TransferCredit;
pub use credit::unapply::UnapplyCredit;
pub use dispute::RecordDispute;
pub use exception::{Exception, resolve_manually};
pub use fee::ChargeFee;
pub use money::count::CountDrawer;
pub use money::pay_partner::PayPartner;
pub use money::resolve::ResolveException;
pub use money::reverse_partner_payment::ReversePartnerPayment;
pub use money::seal::SealDay;
pub use money::unseal::UnsealDay;
pub use order::asked::{LineAsked, PlaceOrder, Tax};
pub use order::collect::{CollectTo, SetCollection};
pub use order::plan::PlanOrder;
pub use payment::{AllocationAsked, RecordPayment};
pub use payout::process::ProcessPayout;
pub use refund::asked::Refund;
pub use refund::withdraw::Withdrawal;
pub use rejection::Rejection;
pub use returns::{LineName, ReturnAsked};

/// Generates the enum of acts. A row contains the variant, its input, the function that decides it, the function that
/// compares it with an existing entry of the same id, and whether the act belongs to the shop or to an account.
macro_rules! acts {
    ($($(#[$doc:meta])* $variant:ident($asked:ty) = $decide:ident, $same:path, $of:ident;)*) => {
        /// An act that a person asks to record.
        #[derive(Debug, Clone, PartialEq)]
        #[allow(missing_docs)]
        pub enum Act {
            $($(#[$doc])* $variant($asked),)*
        }

        impl Act {
            /// Whether the act belongs to the shop and touches no customer, even if the command names one.
            pub(crate) const fn is_of_shop(&self) -> bool {
                match self {
                    $(Self::$variant(_) => Of::$of.is_shop(),)*
                }
            }

            /// The ids of documents that the act names and that may belong to another account.
            pub(crate) fn names(&self) -> Vec<Id> {
                match self {
                    $(Self::$variant(asked) => asked.names(),)*
                }
            }

            /// Every document that the act names.
            #[must_use]
            pub fn documents(&self) -> Vec<Id> {
                match self {
                    $(Self::$variant(asked) => asked.documents(),)*
                }
            }

            /// Decides the act: the body to record, or the first refusal.
            pub(crate) fn decide(&self, case: &Case<'_>) -> Result<Body, Refusal> {
                match self {
                    $(Self::$variant(asked) => case.$decide(asked),)*
                }
            }

            /// Whether an existing body with the id of the command has the content that is asked for. Amounts that
            /// the decision derives may differ.
            pub(crate) fn is_same(&self, case: &Case<'_>, body: &Body) -> bool {
                match self {
                    $(Self::$variant(asked) => $same(case, asked, body),)*
                }
            }
        }
    };
}

/// Where the entries of an act belong.
enum Of {
    Shop,
    Account,
}

impl Of {
    const fn is_shop(&self) -> bool {
        matches!(self, Self::Shop)
    }
}

acts! {
    OpenShop(OpenShop) = open_shop, shop::open::is_same, Shop;
    ChangeShop(ChangeShop) = change_shop, shop::open::is_same_change, Shop;
    AddStaff(AddStaff) = add_staff, shop::staff::is_same, Shop;
    ChangeStaff(ChangeStaff) = change_staff, shop::staff::is_same_change, Shop;
    AddBank(AddBank) = add_bank, shop::bank::is_same, Shop;
    AddMethod(AddMethod) = add_method, shop::method::is_same, Shop;
    SetRounding(SetRounding) = set_rounding, shop::rounding::is_same, Shop;
    SetItem(SetItem) = set_item, shop::item::is_same, Shop;
    SetBlindCount(SetBlindCount) = set_blind_count, shop::blind_count::is_same, Shop;
    InviteDevice(InviteDevice) = invite_device, shop::device::is_same_invite, Shop;
    WithdrawInvite(WithdrawInvite) = withdraw_invite, shop::device::is_same_withdrawal, Shop;
    RevokeDevice(RevokeDevice) = revoke_device, shop::device::is_same_revocation, Shop;
    MoveShop(MoveShop) = move_shop, shop::moved::is_same, Shop;
    AddPartner(AddPartner) = add_partner, shop::partner::is_same, Shop;
    ChangePartner(ChangePartner) = change_partner, shop::partner::is_same_change, Shop;
    AddCustomer(AddCustomer) = add_customer, shop::customer::is_same, Account;
    ChangeCustomer(ChangeCustomer) = change_customer, shop::customer::is_same_change, Account;
    MarkDuplicate(MarkDuplicate) = mark_duplicate, shop::duplicate::is_same, Shop;
    PlaceOrder(PlaceOrder) = place_order, order::is_same, Account;
    PlanOrder(PlanOrder) = plan_order, order::plan::is_same, Account;
    SetCollection(SetCollection) = set_collection, order::collect::is_same, Account;
    RecordPayment(RecordPayment) = record_payment, payment::is_same, Account;
    SaveCard(SaveCard) = save_card, charge::save::is_same, Account;
    AskCharge(AskCharge) = ask_charge, charge::ask::is_same, Account;
    ProgressCharge(ProgressCharge) = progress_charge, charge::progress::is_same, Account;
    WithdrawCharge(WithdrawCharge) = withdraw_charge, charge::withdraw::is_same, Account;
    ApplyCredit(ApplyCredit) = apply_credit, credit::apply::is_same, Account;
    UnapplyCredit(UnapplyCredit) = unapply_credit, credit::unapply::is_same, Account;
    GrantCredit(GrantCredit) = grant_credit, credit::grant::is_same, Account;
    CreditNote(CreditNote) = credit_note, credit::note::is_same, Account;
    ReverseCredit(ReverseCredit) = reverse_credit, credit::reverse::is_same, Account;
    ReverseCreditNote(ReverseCreditNote) = reverse_credit_note, credit::reverse_note::is_same, Account;
    /// Records an entry for the giver and one for the receiver.
    TransferCredit(TransferCredit) = transfer_credit, credit::transfer::is_same, Account;
    /// Manual or online, depending on the method.
    Refund(Refund) = refund, refund::record::is_same, Account;
    RequestRefund(Refund) = request_refund, refund::request::is_same, Account;
    /// Of the request with that id.
    ApproveRefund(Id) = approve_refund, refund::approve::is_same, Account;
    RejectRefund(Rejection) = reject_refund, refund::reject::is_same, Account;
    WithdrawRefund(Withdrawal) = withdraw_refund, refund::withdraw::is_same, Account;
    SettleRefund(SettleRefund) = settle_refund, refund::settle::is_same, Account;
    ProgressRefund(ProgressRefund) = progress_refund, refund::progress::is_same, Account;
    ProcessPayout(ProcessPayout) = process_payout, payout::process::is_same, Account;
    /// Of the pay-out with that id.
    CompletePayout(Id) = complete_payout, payout::complete::is_same, Account;
    RejectPayout(Rejection) = reject_payout, payout::reject::is_same, Account;
    ReversePayout(Reversal) = reverse_payout, payout::reverse::is_same, Account;
    ReversePayment(Reversal) = reverse_payment, correction::reverse_payment::is_same, Account;
    ReportDispute(ReportDispute) = report_dispute, dispute::is_same_report, Account;
    /// Records what the card processor keeps because of the dispute.
    RecordDispute(RecordDispute) = record_dispute, dispute::is_same, Account;
    ReverseRefund(Reversal) = reverse_refund, refund::reverse::is_same, Account;
    WriteOff(WriteOff) = write_off, correction::write_off::is_same, Account;
    ReverseWriteOff(WriteOff) = reverse_write_off, correction::reverse_write_off::is_same, Account;
    PayPartner(PayPartner) = pay_partner, money::pay_partner::is_same, Shop;
    ReversePartnerPayment(ReversePartnerPayment)
        = reverse_partner_payment, money::reverse_partner_payment::is_same, Shop;
    MoveMoney(MoveMoney) = move_money, money::move_money::is_same, Shop;
    ChargeFee(ChargeFee) = charge_fee, fee::is_same, Shop;
    OpenMoney(OpenMoney) = open_money, money::open::is_same, Shop;
    CountDrawer(CountDrawer) = count_drawer, money::count::is_same, Shop;
    SealDay(SealDay) = seal_day, money::seal::is_same, Shop;
    UnsealDay(UnsealDay) = unseal_day, money::unseal::is_same, Shop;
    /// Belongs to an account or to the shop, as the exception does.
    ResolveException(ResolveException) = resolve_exception, money::resolve::is_same, Account;
    /// Of the refund or pay-out with that id.
    HandOver(Id) = hand_over, refund::hand_over::is_same, Account;
    GrantRight(GrantRight) = grant_right, shop::grant::is_same, Shop;
    /// Makes a refused entry count.
    Adopt(Adopted) = adopt, shop::adopt::is_same, Account;
}

/// Folds the body of an entry into its account.
pub(crate) fn fold(fold: &mut Fold<'_>, body: &Body) {
    match body {
        Body::CustomerAdded(added) => fold.add_customer(added),
        Body::CustomerChanged(changed) => fold.change_customer(changed),
        Body::OrderPlaced(placed) => fold.place_order(placed),
        Body::OrderPlanned(planned) => fold.plan_order(planned),
        Body::CollectionSet(set) => fold.set_collection(set),
        Body::PaymentRecorded(paid) => fold.record_payment(paid),
        Body::CardSaved(saved) => fold.save_card(saved),
        Body::ChargeAsked(_) => fold.ask_charge(),
        Body::ChargeProgressed(progressed) => fold.progress_charge(progressed),
        Body::ChargeWithdrawn(withdrawn) => fold.withdraw_charge(withdrawn),
        Body::CreditApplied(applied) => fold.apply_credit(applied),
        Body::CreditUnapplied(unapplied) => fold.unapply_credit(unapplied),
        Body::CreditGranted(granted) => fold.grant_credit(granted),
        Body::OrderCredited(credited) => fold.credit_order(credited),
        Body::CreditReversed(reversed) => fold.reverse_credit(reversed),
        Body::CreditNoteReversed(reversed) => fold.reverse_credit_note(reversed),
        Body::CreditTransferred(transferred) => fold.transfer_credit(transferred),
        Body::CreditReceived(received) => fold.receive_transfer(received),
        Body::RefundRecorded(refund) => fold.record_refund(refund),
        Body::RefundIssued(refund) => fold.issue_refund(refund),
        Body::RefundSettled(settled) => fold.settle_refund(settled),
        Body::RefundProgressed(progressed) => fold.progress_refund(progressed),
        Body::RefundRequested(refund) => fold.request_refund(refund),
        Body::RefundApproved(approved) => fold.approve_refund(approved),
        Body::RefundRejected(rejected) => fold.reject_refund(rejected),
        Body::RefundWithdrawn(named) => fold.withdraw_refund(named),
        Body::RefundReversed(reversed) => fold.reverse_refund(reversed),
        Body::RefundHandedOver(named) => fold.hand_over(named),
        Body::PayoutProcessed(processed) => fold.process_payout(processed),
        Body::PayoutCompleted(completed) => fold.complete_payout(completed),
        Body::PayoutRejected(rejected) => fold.reject_payout(rejected),
        Body::PayoutReversed(reversed) => fold.reverse_payout(reversed),
        Body::PaymentReversed(reversed) => fold.reverse_payment(reversed),
        Body::PaymentDisputed(said) => fold.report_dispute(said),
        Body::DisputeRecorded(recorded) => fold.record_dispute(recorded),
        Body::OrderWrittenOff(off) => fold.write_off_order(off),
        Body::CreditWrittenOff(off) => fold.write_off_credit(off),
        Body::WriteOffReversed(off) => fold.reverse_write_off(off),
        Body::ExceptionResolved(resolved) => fold.resolve_exception(resolved),
        Body::Unknown(_) => fold.account.incomplete = true,
        // Entries of the shop post nothing in an account.
        Body::ShopOpened(_)
        | Body::ShopChanged(_)
        | Body::StaffAdded(_)
        | Body::StaffChanged(_)
        | Body::PartnerChanged(_)
        | Body::CustomerDuplicated(_)
        | Body::RightGranted(_)
        | Body::BankAdded(_)
        | Body::MethodAdded(_)
        | Body::RoundingSet(_)
        | Body::ItemSet(_)
        | Body::BlindCountSet(_)
        | Body::DeviceInvited(_)
        | Body::InviteWithdrawn(_)
        | Body::DeviceRevoked(_)
        | Body::ShopMoved(_)
        | Body::PartnerAdded(_)
        | Body::PartnerPaid(_)
        | Body::PartnerPaymentReversed(_)
        | Body::MoneyMoved(_)
        | Body::FeeCharged(_)
        | Body::MoneyOpened(_)
        | Body::DrawerCounted(_)
        | Body::DaySealed(_)
        | Body::DayUnsealed(_)
        // The fold of the records folds the adopted entry itself.
        | Body::EntryAdopted(_) => {}
    }
}

/// Folds an entry of the shop and returns its postings.
pub(crate) fn fold_shop(shop: &mut Shop, place: &Place, entry: &Entry) -> Lines {
    match &entry.body {
        Body::ShopOpened(opened) => shop.open(opened, &entry.actor),
        Body::ShopChanged(changed) => shop.change(changed),
        Body::StaffAdded(added) => shop.add_member(&entry.id, added),
        Body::StaffChanged(changed) => shop.change_member(changed),
        Body::PartnerChanged(changed) => shop.change_partner(changed),
        Body::CustomerDuplicated(marked) => shop.mark_duplicate(marked),
        Body::RightGranted(granted) => shop.grant_right(granted),
        Body::BankAdded(bank) => shop.add_bank(bank),
        Body::MethodAdded(added) => shop.add_method(added),
        Body::RoundingSet(set) => shop.set_rounding(set),
        Body::ItemSet(set) => shop.set_item(set),
        Body::BlindCountSet(set) => shop.set_blind_count(set),
        Body::DeviceRevoked(revoked) => shop.revoke_device(revoked),
        Body::ShopMoved(moved) => shop.move_to(moved),
        Body::PartnerAdded(added) => shop.add_partner(entry, added),
        Body::DaySealed(sealed) => shop.seal(place, &entry.id, sealed),
        Body::DayUnsealed(unsealed) => shop.unseal(unsealed),
        Body::ExceptionResolved(resolved) => shop.resolved.extend(resolved.names()),
        Body::PartnerPaid(paid) => return paid.lines(),
        Body::PartnerPaymentReversed(reversed) => return shop.reverse_partner_payment(entry, reversed),
        Body::MoneyMoved(moved) => return moved.lines(),
        Body::FeeCharged(charged) => return charged.lines(),
        Body::MoneyOpened(opened) => return opened.lines(),
        Body::DrawerCounted(counted) => return counted.lines(),
        // Invites are the endpoint's; entries of an account do nothing in the shop.
        Body::DeviceInvited(_)
        | Body::InviteWithdrawn(_)
        | Body::CustomerAdded(_)
        | Body::CustomerChanged(_)
        | Body::OrderPlaced(_)
        | Body::OrderPlanned(_)
        | Body::CollectionSet(_)
        | Body::PaymentRecorded(_)
        | Body::CardSaved(_)
        | Body::ChargeAsked(_)
        | Body::ChargeProgressed(_)
        | Body::ChargeWithdrawn(_)
        | Body::CreditApplied(_)
        | Body::CreditUnapplied(_)
        | Body::CreditGranted(_)
        | Body::OrderCredited(_)
        | Body::CreditReversed(_)
        | Body::CreditNoteReversed(_)
        | Body::CreditTransferred(_)
        | Body::CreditReceived(_)
        | Body::RefundRecorded(_)
        | Body::RefundIssued(_)
        | Body::RefundSettled(_)
        | Body::RefundProgressed(_)
        | Body::RefundRequested(_)
        | Body::RefundApproved(_)
        | Body::RefundRejected(_)
        | Body::RefundWithdrawn(_)
        | Body::RefundReversed(_)
        | Body::RefundHandedOver(_)
        | Body::PayoutProcessed(_)
        | Body::PayoutCompleted(_)
        | Body::PayoutRejected(_)
        | Body::PayoutReversed(_)
        | Body::PaymentReversed(_)
        | Body::PaymentDisputed(_)
        | Body::DisputeRecorded(_)
        | Body::OrderWrittenOff(_)
        | Body::CreditWrittenOff(_)
        | Body::WriteOffReversed(_)
        | Body::EntryAdopted(_)
        | Body::Unknown(_) => {}
    }
    Lines::default()
}
