//! The trait of the inputs of all acts.

use crate::entry::bank_added::AddBank;
use crate::entry::blind_count_set::SetBlindCount;
use crate::entry::customer_added::AddCustomer;
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

/// The input of an act. Inputs that are recorded unchanged are listed here, the others in the file of their act.
pub(crate) trait Asked {
    /// The ids of documents that the act names and that may belong to another account.
    fn names(&self) -> Vec<Id> {
        Vec::new()
    }

    /// Every document it names.
    fn documents(&self) -> Vec<Id> {
        self.names()
    }
}

impl Asked for OpenShop {}
impl Asked for AddStaff {}
impl Asked for ChangeShop {}
impl Asked for ChangeStaff {}
impl Asked for ChangePartner {}
impl Asked for AddBank {}
impl Asked for AddMethod {}
impl Asked for AddPartner {}
impl Asked for AddCustomer {}
impl Asked for GrantRight {}
impl Asked for SetRounding {}
impl Asked for SetItem {}
impl Asked for SetBlindCount {}
impl Asked for InviteDevice {}
impl Asked for WithdrawInvite {}
impl Asked for RevokeDevice {}
impl Asked for MoveShop {}
impl Asked for Adopted {}
impl Asked for MoveMoney {}
impl Asked for OpenMoney {}
impl Asked for ProgressRefund {
    fn documents(&self) -> Vec<Id> {
        vec![self.refund.clone()]
    }
}
impl Asked for SettleRefund {
    fn documents(&self) -> Vec<Id> {
        vec![self.refund.clone()]
    }
}
/// The id of a document of the same account.
impl Asked for Id {
    fn documents(&self) -> Vec<Id> {
        vec![self.clone()]
    }
}
