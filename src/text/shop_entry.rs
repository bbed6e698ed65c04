//! The sentence of an entry about the shop itself, as an admin reads it before adding a file.

use super::{money, names, say};
use ledger::entry::{Body, Entry};
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
        Body::ShopChanged(changed) => say!(shop_entries.shop_changed, name = changed.name.clone()),
        Body::StaffAdded(added) => {
            say!(shop_entries.staff_added, name = added.name.clone(), role = names::role(added.role))
        }
        Body::StaffChanged(changed) => {
            let name = member(&changed.member);
            match (changed.role, changed.left) {
                (Some(role), _) => say!(shop_entries.staff_role, name = name, role = names::role(role)),
                (None, Some(true)) => say!(shop_entries.staff_left, name = name),
                (None, Some(false)) => say!(shop_entries.staff_back, name = name),
                (None, None) => say!(shop_entries.staff_changed, name = name),
            }
        }
        Body::RightGranted(granted) => {
            let (name, right) = (member(&granted.member), names::right(&granted.kind));
            match granted.up_to.zip(shop.currency.as_ref()) {
                Some((most, currency)) => {
                    let most = money::money(most, currency);
                    say!(shop_entries.right_granted_to, name = name, right = right, most = most)
                }
                None => say!(shop_entries.right_granted, name = name, right = right),
            }
        }
        Body::BankAdded(added) => say!(shop_entries.bank_added, name = added.name.clone()),
        Body::MethodAdded(added) => say!(shop_entries.method_added, name = added.name.clone()),
        Body::PartnerAdded(added) => say!(shop_entries.partner_added, name = added.name.clone()),
        Body::PartnerChanged(changed) => say!(shop_entries.partner_changed, name = partner(&changed.partner)),
        Body::DaySealed(sealed) => say!(shop_entries.day_sealed, day = super::date::long(sealed.day)),
        Body::DayUnsealed(unsealed) => say!(shop_entries.day_unsealed, day = super::date::long(unsealed.day)),
        Body::BlindCountSet(set) if set.blind => say!(shop_entries.blind_count_on),
        Body::BlindCountSet(_) => say!(shop_entries.blind_count_off),
        Body::MoneyMoved(moved) => {
            let (from, to) = (names::money_account(&moved.from), names::money_account(&moved.to));
            say!(shop_entries.money_moved, amount = of(moved.amount, shop), from = from, to = to)
        }
        Body::DrawerCounted(counted) => {
            let drawer = names::money_account(&counted.account);
            say!(shop_entries.drawer_counted, amount = of(counted.counted, shop), drawer = drawer)
        }
        Body::PartnerPaid(paid) => {
            say!(shop_entries.partner_paid, amount = of(paid.amount, shop), name = partner(&paid.partner))
        }
        Body::PartnerPaymentReversed(reversed) => {
            say!(shop_entries.partner_payment_reversed, name = partner(&reversed.partner))
        }
        Body::FeeCharged(charged) => say!(shop_entries.fee_charged, amount = of(charged.amount, shop)),
        Body::MoneyOpened(opened) => {
            let account = names::money_account(&opened.account);
            say!(shop_entries.money_opened, amount = of(opened.amount, shop), account = account)
        }
        Body::RoundingSet(_)
        | Body::CustomerAdded(_)
        | Body::CustomerChanged(_)
        | Body::CustomerDuplicated(_)
        | Body::OrderPlaced(_)
        | Body::OrderPlanned(_)
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
        | Body::RefundRequested(_)
        | Body::RefundApproved(_)
        | Body::RefundRejected(_)
        | Body::RefundWithdrawn(_)
        | Body::PayoutProcessed(_)
        | Body::PayoutCompleted(_)
        | Body::PayoutRejected(_)
        | Body::PayoutReversed(_)
        | Body::PaymentReversed(_)
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

fn of(amount: Money, shop: &Shop) -> String {
    shop.currency.as_ref().map(|currency| money::money(amount, currency)).unwrap_or_default()
}
