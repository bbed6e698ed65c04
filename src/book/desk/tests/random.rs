//! Random presses from two tabs: caches kept up step by step equal caches made afresh from the journal.

use super::acts::*;
use crate::book::desk::Desk;
use crate::store::Memory;
use ledger::act::correction::Reversal;
use ledger::act::credit::{ApplyCredit, CreditNote, GrantCredit};
use ledger::act::payment::Method;
use ledger::act::payout::{FromLot, ProcessPayout};
use ledger::act::refund::After;
use ledger::command::{Act, Command};
use ledger::money::Money;
use proptest::prelude::*;

/// One press: which tab, which act, for whom, about which earlier document, how much.
#[derive(Debug, Clone, Copy)]
struct Step {
    tab: bool,
    kind: u8,
    customer: u8,
    about: u8,
    amount: i64,
}

fn step() -> impl Strategy<Value = Step> {
    (any::<bool>(), 0..12_u8, 0..3_u8, 0..6_u8, 1..20_000_i64)
        .prop_map(|(tab, kind, customer, about, amount)| Step { tab, kind, customer, about, amount })
}

fn command(at: usize, step: Step) -> Command {
    let (name, customer) = (format!("d-{at}"), format!("c-{}", step.customer));
    let earlier = format!("d-{}", at.saturating_sub(1 + usize::from(step.about)));
    let whose = customer.as_str();
    let of = || Reversal { of: id(&earlier), reason: Some("mistake".into()) };
    let reason = || Some("goodwill".to_owned());
    let asked = match step.kind {
        0 | 1 => return order(&name, whose, step.amount),
        2 => return payment(&name, whose, step.amount, Method::Cash, &[&earlier]),
        3 => return payment(&name, whose, step.amount, Method::Card, &[]),
        4 => Act::Refund(refund(&earlier, &format!("d-{}", at.saturating_sub(1)), step.amount, After::Stays)),
        5 => Act::RequestRefund(refund(
            &earlier,
            &format!("d-{}", at.saturating_sub(1)),
            step.amount,
            After::Reopens,
        )),
        6 => Act::ApproveRefund { request: id(&earlier) },
        7 => Act::ReversePayment(of()),
        8 => Act::GrantCredit(GrantCredit {
            amount: Money(step.amount),
            rate: None,
            reason: reason(),
            note: None,
            opening: false,
        }),
        9 => Act::ApplyCredit(ApplyCredit {
            lot: id(&earlier),
            to: id(&format!("d-{}", at.saturating_sub(1))),
            amount: Money(step.amount),
            eligible: None,
        }),
        10 => Act::CreditNote(CreditNote {
            order: id(&earlier),
            amount: Money(step.amount),
            reason: reason(),
            note: None,
            clawback: false,
        }),
        _ => Act::ProcessPayout(ProcessPayout {
            amount: Money(step.amount),
            method: Method::Bank,
            bank: None,
            from: vec![FromLot { lot: id(&earlier), amount: Money(step.amount) }],
            payee: None,
            reference: None,
            note: None,
        }),
    };
    act(&name, Some(whose), asked)
}

/// What the caches say must be what a fold of the whole journal says.
fn agrees(store: &Memory, desk: &Desk<Memory>) {
    let afresh = Memory::default();
    let refolded = now(Desk::take_over(afresh.clone(), &lines(desk), today())).unwrap();
    assert_eq!(*desk.rows(), *refolded.rows());
    assert_eq!(desk.shop(), refolded.shop());
    assert_eq!(desk.queue(), refolded.queue());
    assert_eq!(desk.figures(today()), refolded.figures(today()));
    assert_eq!(*desk.device(), *refolded.device());
    assert_eq!(store.sums(), afresh.sums());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn caches_kept_up_equal_caches_made_afresh(steps in prop::collection::vec(step(), 1..40)) {
        let (store, here) = shop();
        let there = tab(&store);
        record(&here, &["c-0", "c-1", "c-2"].map(customer));
        let mut recorded = 0;
        for (at, step) in steps.iter().enumerate() {
            let desk = if step.tab { &there } else { &here };
            recorded += usize::from(press(desk, &[command(at, *step)]).is_ok());
        }
        now(here.refresh(today())).unwrap();
        now(there.refresh(today())).unwrap();
        prop_assert_eq!(lines(&here).len(), 6 + recorded);
        agrees(&store, &here);
        agrees(&store, &there);
        agrees(&store, &tab(&store));
    }
}
