//! The order of refusals of changes and of marks of duplicates.

use super::counter::id;
use super::{TOMORROW, check_order_of_refusals};
use ledger::entry::{
    ChangeCustomer, ChangePartner, ChangeShop, ChangeStaff, InviteDevice, InviteHash, MarkDuplicate,
    MoveShop, RevokeDevice, SetBlindCount, SetItem, SetRounding, ShopTax, WithdrawInvite,
};
use ledger::money::Money;
use ledger::rate::Rate;
use ledger::rules::Act;

#[test]
fn the_smallest_coin() {
    let coin = |minor| Act::SetRounding(SetRounding { coin: Money(minor) });
    check_order_of_refusals(vec![
        ("bob", TOMORROW, coin(-5), "NotPermitted"),
        ("owner", TOMORROW, coin(-5), "AmountNotPositive"),
        ("owner", TOMORROW, coin(i64::MAX), "OverLimit"),
    ]);
}

#[test]
fn items_and_tax_of_the_shop() {
    let item = |price, rate| {
        let (item, name, code) = (id("oil"), "Chain oil".into(), None);
        let (price, rate) = (Some(Money(price)), Rate(rate));
        Act::SetItem(SetItem { item, name, code, price, rate, on_top: false, withdrawn: false })
    };
    let tax = |rate| {
        let tax = Some(ShopTax { rates: vec![Rate(rate)], on_top: false });
        Act::ChangeShop(ChangeShop { tax, ..ChangeShop::default() })
    };
    check_order_of_refusals(vec![
        ("bob", TOMORROW, item(-5, 2_000_000), "NotPermitted"),
        ("owner", TOMORROW, item(-5, 2_000_000), "AmountNotPositive"),
        ("owner", TOMORROW, item(i64::MAX, 2_000_000), "OverLimit"),
        ("owner", TOMORROW, item(5, 2_000_000), "RateOutOfRange"),
        ("bob", TOMORROW, tax(2_000_000), "NotPermitted"),
        ("owner", TOMORROW, tax(2_000_000), "RateOutOfRange"),
    ]);
}

#[test]
fn devices_of_the_shop() {
    let code = || InviteHash::new("0f".repeat(32)).unwrap();
    check_order_of_refusals(vec![
        ("bob", TOMORROW, Act::InviteDevice(InviteDevice { code: code(), reader: false }), "NotPermitted"),
        ("bob", TOMORROW, Act::WithdrawInvite(WithdrawInvite { code: code() }), "NotPermitted"),
        ("bob", TOMORROW, Act::MoveShop(MoveShop::default()), "NotPermitted"),
        ("bob", TOMORROW, Act::RevokeDevice(RevokeDevice { device: id("d2") }), "NotPermitted"),
    ]);
}

#[test]
fn changes_of_people_and_partners() {
    let partner = |partner, rate| {
        Act::ChangePartner(ChangePartner { partner: id(partner), name: None, rate: Some(Rate(rate)) })
    };
    let member = |member| {
        Act::ChangeStaff(ChangeStaff { member: id(member), name: None, role: None, left: Some(true) })
    };
    let customer = |customer| {
        Act::ChangeCustomer(ChangeCustomer { phone: Some("1".into()), ..ChangeCustomer::of(id(customer)) })
    };
    let duplicate = |customer, of| Act::MarkDuplicate(MarkDuplicate { customer: id(customer), of: id(of) });
    check_order_of_refusals(vec![
        ("bob", TOMORROW, partner("unknown", 2_000_000), "UnknownPartner"),
        ("bob", TOMORROW, partner("pat", 2_000_000), "NotPermitted"),
        ("owner", TOMORROW, partner("pat", 2_000_000), "RateOutOfRange"),
        ("bob", TOMORROW, member("unknown"), "UnknownActor"),
        ("bob", TOMORROW, member("bob"), "NotPermitted"),
        ("bob", TOMORROW, customer("unknown"), "UnknownCustomer"),
        ("bob", TOMORROW, customer("tom"), "UnknownCustomer"),
        ("bob", TOMORROW, Act::ChangeShop(ChangeShop::default()), "NotPermitted"),
        ("bob", TOMORROW, Act::SetBlindCount(SetBlindCount { blind: true }), "NotPermitted"),
        ("bob", TOMORROW, duplicate("mira", "unknown"), "UnknownCustomer"),
        ("bob", TOMORROW, duplicate("pat", "mira"), "UnknownCustomer"),
        ("bob", TOMORROW, duplicate("tom", "mira"), "NotPermitted"),
        ("owner", TOMORROW, duplicate("mira", "tom"), "SameCustomer"),
    ]);
}
