//! The ledger of a partner has every entry that moved commission, with the balance after it.

use super::acts::*;
use crate::engine::Engine;
use crate::store::Memory;
use ledger::date::Date;
use ledger::id::Id;
use ledger::money::Money;
use std::convert::Infallible;

const TEXT: &str = r#"
@2026-03-02
shop "Corner Shop" GBP
customer mira "Mira Patel"
partner pat "Pat Lee" 10%
order O-1 mira 120.00 tax 20% sale pat
pay P-1 mira 50.00 cash to O-1
pay-partner pat 4.00 cash as Q-1
reverse-pay-partner Q-1 reason "wrong partner"
"#;

#[test]
fn a_reversed_payment_and_its_reversal_stand_in_it() {
    let mut lines = Vec::new();
    let daybook = daybook::parse::parse(TEXT).unwrap();
    let written = daybook::journal::journal(daybook, |line| {
        lines.push(line.to_owned());
        Ok::<_, Infallible>(())
    });
    written.unwrap();
    let engine = now(Engine::import(Memory::default(), &lines, Date::parse("2026-03-02").unwrap())).unwrap();
    let ledger = now(engine.partner_ledger(&Id::new("pat").unwrap(), |_| (), || true)).unwrap().unwrap();
    let found: Vec<_> =
        ledger.iter().map(|line| (line.posting.entry.body.kind(), line.posting.paid, line.payable)).collect();
    assert_eq!(
        found,
        [
            ("payment.recorded", Money(0), Money(417)),
            ("partner.paid", Money(400), Money(17)),
            ("partner-payment.reversed", Money(-400), Money(417)),
        ]
    );
}
