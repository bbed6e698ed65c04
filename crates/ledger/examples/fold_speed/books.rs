//! Accounts to fold: orders with a tax group and a partner, each overpaid a little. The file uses no clock, so that
//! the measurement in the browser can use the same accounts.

use ledger::code::BookAccount;
use ledger::date::Date;
use ledger::entry::{
    AddCustomer, Allocation, Basis, Body, Entry, Line, OrderPartner, OrderPlaced, PartnerRole,
    PaymentRecorded, Place, Record, TaxGroup, Verdict,
};
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::Money;
use ledger::quantity::Quantity;
use ledger::rate::Rate;

/// The id of a document, by type of document and number.
pub fn id(sort: u128, at: u64) -> Id {
    Id::from_bits(0x0195_0000_0000_7000_8000_0000_0000_0000 + (sort << 40) + u128::from(at))
}

/// The records of one account.
pub fn records(account: u64, entries: u64) -> Vec<Record> {
    let on = Date(jiff::civil::Date::constant(2026, 3, 2));
    let customer = id(0, account);
    let entry = |at: u64| {
        let (sort, body) = match at {
            0 => (0, Body::CustomerAdded(add_customer())),
            at if at % 2 == 1 => (1, Body::OrderPlaced(order())),
            at => (2, Body::PaymentRecorded(payment(id(1, (account << 24) + at - 1)))),
        };
        let id = if sort == 0 { customer.clone() } else { id(sort, (account << 24) + at) };
        Entry { id, no: None, actor: customer.clone(), on, customer: Some(customer.clone()), body }
    };
    let place = |seq| Place { order: (seq, 0), device: customer.clone(), chain: 1, seq, branch: 0 };
    (0..entries).map(|at| Record { place: place(at), verdict: Verdict::Ok, entry: entry(at) }).collect()
}

fn add_customer() -> AddCustomer {
    AddCustomer { name: "Mira".into(), company: false, phone: None, email: None, note: None, walk_in: false }
}

fn order() -> OrderPlaced {
    let rate = Rate(200_000);
    let (gross, tax) = (Money(12_000), Money(2_000));
    let partner =
        OrderPartner { role: PartnerRole::Sale, id: id(3, 0), rate: Rate(100_000), basis: Basis::OnPayment };
    OrderPlaced {
        lines: vec![Line {
            text: "Chair".into(),
            qty: Quantity::ONE,
            unit: gross,
            less: None,
            gross,
            rate,
            on_top: false,
        }],
        groups: vec![TaxGroup { rate, gross, tax, on_top: false }],
        partners: vec![partner],
        due: None,
        reference: None,
        opening: false,
        discount: None,
    }
}

fn payment(order: Id) -> PaymentRecorded {
    PaymentRecorded {
        method: Method::Cash,
        account: BookAccount::drawer("A"),
        amount: Money(12_100),
        tendered: None,
        allocations: vec![Allocation { order, amount: Money(12_000), paid: Money::ZERO }],
        eligible: true,
        reference: None,
        note: None,
        rounding: Money::ZERO,
    }
}
