//! The sentence of an entry about the shop itself, as an admin reads it before adding a file.

use super::{money, names, say};
use ledger::entry::{Body, ChangeShop, ChangeStaff, Entry, GrantRight, SetItem};
use ledger::id::Id;
use ledger::money::Money;
use ledger::shop::Shop;

/// What an entry of the shop does. Names are those that `shop` knows; a person or partner that it does not know has only an
/// id.
#[must_use]
pub fn sentence(entry: &Entry, shop: &Shop) -> String {
    let member = |id: &Id| shop.staff.get(id).map_or_else(|| id.to_string(), |member| member.name.clone());
    let partner = |id: &Id| shop.partners.get(id).map_or_else(|| id.to_string(), |one| one.name.clone());
    match &entry.body {
        Body::ShopOpened(opened) => say!(shop_entries.shop_opened, name = opened.name.clone()),
        Body::ShopChanged(changed) => shop_changed(changed),
        Body::StaffAdded(added) => {
            say!(shop_entries.staff_added, name = added.name.clone(), role = names::role(added.role))
        }
        Body::StaffChanged(changed) => staff_changed(changed, member(&changed.member)),
        Body::RightGranted(granted) => right_granted(granted, member(&granted.member), shop),
        Body::BankAdded(added) => say!(shop_entries.bank_added, name = added.name.clone()),
        Body::MethodAdded(added) => say!(shop_entries.method_added, name = added.name.clone()),
        Body::PartnerAdded(added) => say!(shop_entries.partner_added, name = added.name.clone()),
        Body::PartnerChanged(changed) => say!(shop_entries.partner_changed, name = partner(&changed.partner)),
        Body::DaySealed(sealed) => say!(shop_entries.day_sealed, day = super::date::long(sealed.day)),
        Body::ItemSet(set) => item_set(set),
        Body::DayUnsealed(unsealed) => say!(shop_entries.day_unsealed, day = super::date::long(unsealed.day)),
        Body::BlindCountSet(set) => blind_count(set.blind),
        Body::DeviceInvited(_) | Body::InviteWithdrawn(_) | Body::DeviceRevoked(_) | Body::ShopMoved(_) => {
            about_devices(entry)
        }
        Body::MoneyMoved(_)
        | Body::DrawerCounted(_)
        | Body::PartnerPaid(_)
        | Body::PartnerPaymentReversed(_)
        | Body::FeeCharged(_)
        | Body::MoneyOpened(_) => about_money(entry, shop),
        Body::RoundingSet(_)
        | Body::CustomerAdded(_)
        | Body::CustomerChanged(_)
        | Body::CustomerDuplicated(_)
        | Body::OrderPlaced(_)
        | Body::OrderPlanned(_)
        | Body::CollectionSet(_)
        | Body::PaymentRecorded(_)
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
        | Body::CardSaved(_)
        | Body::ChargeAsked(_)
        | Body::ChargeProgressed(_)
        | Body::ChargeWithdrawn(_)
        | Body::RefundRequested(_)
        | Body::RefundApproved(_)
        | Body::RefundRejected(_)
        | Body::RefundWithdrawn(_)
        | Body::PayoutProcessed(_)
        | Body::PayoutCompleted(_)
        | Body::PayoutRejected(_)
        | Body::PayoutReversed(_)
        | Body::PaymentReversed(_)
        | Body::PaymentDisputed(_)
        | Body::DisputeRecorded(_)
        | Body::RefundReversed(_)
        | Body::OrderWrittenOff(_)
        | Body::CreditWrittenOff(_)
        | Body::WriteOffReversed(_)
        | Body::ExceptionResolved(_)
        | Body::RefundHandedOver(_)
        | Body::EntryAdopted(_)
        | Body::Unknown(_) => say!(shop_entries.other, kind = entry.body.kind()),
    }
}

fn staff_changed(changed: &ChangeStaff, name: String) -> String {
    match (changed.role, changed.left) {
        (Some(role), _) => say!(shop_entries.staff_role, name = name, role = names::role(role)),
        (None, Some(true)) => say!(shop_entries.staff_left, name = name),
        (None, Some(false)) => say!(shop_entries.staff_back, name = name),
        (None, None) => say!(shop_entries.staff_changed, name = name),
    }
}

fn right_granted(granted: &GrantRight, name: String, shop: &Shop) -> String {
    let right = names::right(&granted.kind);
    if granted.taken_back {
        return say!(shop_entries.right_taken_back, name = name, right = right);
    }
    match granted.up_to.zip(shop.currency.as_ref()) {
        Some((most, currency)) => {
            let most = money::money(most, currency);
            say!(shop_entries.right_granted_to, name = name, right = right, most = most)
        }
        None if names::has_amount(&granted.kind) => {
            say!(shop_entries.right_granted, name = name, right = right)
        }
        None => say!(shop_entries.right_allowed, name = name, right = right),
    }
}

fn shop_changed(changed: &ChangeShop) -> String {
    let name = changed.name.clone();
    name.map_or_else(|| say!(shop_entries.shop_settings), |name| say!(shop_entries.shop_changed, name = name))
}

fn item_set(set: &SetItem) -> String {
    let name = set.name.clone();
    match set.withdrawn {
        true => say!(shop_entries.item_withdrawn, name = name),
        false => say!(shop_entries.item_set, name = name),
    }
}

fn blind_count(blind: bool) -> String {
    if blind { say!(shop_entries.blind_count_on) } else { say!(shop_entries.blind_count_off) }
}

/// What an entry does about the devices of the shop, and about where it is.
fn about_devices(entry: &Entry) -> String {
    if let Body::DeviceInvited(invited) = &entry.body {
        if invited.reader { say!(shop_entries.reader_invited) } else { say!(shop_entries.device_invited) }
    } else if let Body::InviteWithdrawn(_) = &entry.body {
        say!(shop_entries.invite_withdrawn)
    } else if let Body::DeviceRevoked(revoked) = &entry.body {
        say!(shop_entries.device_revoked, device = revoked.device.to_string())
    } else if let Body::ShopMoved(moved) = &entry.body {
        match &moved.address {
            Some(address) => say!(shop_entries.shop_moved, address = address.as_str().to_owned()),
            None => say!(shop_entries.shop_alone),
        }
    } else {
        say!(shop_entries.other, kind = entry.body.kind())
    }
}

/// What an entry does that moves money of the shop itself.
fn about_money(entry: &Entry, shop: &Shop) -> String {
    let partner = |id: &Id| shop.partners.get(id).map_or_else(|| id.to_string(), |one| one.name.clone());
    let of = |amount: Money| {
        shop.currency.as_ref().map(|currency| money::money(amount, currency)).unwrap_or_default()
    };
    if let Body::MoneyMoved(moved) = &entry.body {
        let (from, to) = (names::money_account(&moved.from), names::money_account(&moved.to));
        say!(shop_entries.money_moved, amount = of(moved.amount), from = from, to = to)
    } else if let Body::DrawerCounted(counted) = &entry.body {
        let drawer = names::money_account(&counted.account);
        say!(shop_entries.drawer_counted, amount = of(counted.counted), drawer = drawer)
    } else if let Body::PartnerPaid(paid) = &entry.body {
        say!(shop_entries.partner_paid, amount = of(paid.amount), name = partner(&paid.partner))
    } else if let Body::PartnerPaymentReversed(reversed) = &entry.body {
        say!(shop_entries.partner_payment_reversed, name = partner(&reversed.partner))
    } else if let Body::FeeCharged(charged) = &entry.body {
        say!(shop_entries.fee_charged, amount = of(charged.amount))
    } else if let Body::MoneyOpened(opened) = &entry.body {
        let account = names::money_account(&opened.account);
        say!(shop_entries.money_opened, amount = of(opened.amount), account = account)
    } else {
        say!(shop_entries.other, kind = entry.body.kind())
    }
}
