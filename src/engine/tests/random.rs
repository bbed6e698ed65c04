//! Random commits from two tabs: incrementally updated caches equal caches rebuilt from the journal.

use super::acts::*;
use crate::engine::Engine;
use crate::store::Memory;
use ledger::entry::{After, Body, FromLot, Outcome, SettleRefund};
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::Money;
use ledger::rules::{
    Act, ApplyCredit, Command, CreditNote, GrantCredit, ProcessPayout, Refund, Rejection, Reversal,
};
use proptest::prelude::*;

/// One commit: which tab, which act, for which customer, about which of the suitable earlier documents, and how much.
#[derive(Debug, Clone, Copy)]
struct RandomStep {
    tab: bool,
    kind: u8,
    customer: u8,
    about: u8,
    amount: i64,
}

fn step() -> impl Strategy<Value = RandomStep> {
    (any::<bool>(), 0..22_u8, 0..3_u8, 0..4_u8, 1..20_000_i64)
        .prop_map(|(tab, kind, customer, about, amount)| RandomStep { tab, kind, customer, about, amount })
}

/// A recorded document: its id, its customer, and the kind of its entry.
struct Document {
    id: String,
    customer: String,
    kind: &'static str,
    /// The order that a payment was allocated to.
    order: Option<Id>,
}

impl RandomStep {
    /// One of the newest documents of these kinds.
    fn of<'a>(self, past: &'a [Document], kinds: &[&str]) -> Option<&'a Document> {
        past.iter().rev().filter(|document| kinds.contains(&document.kind)).nth(self.about.into())
    }
}

const PAYMENTS: [&str; 1] = ["payment.recorded"];
const REFUNDS: [&str; 3] = ["refund.recorded", "refund.issued", "refund.requested"];

/// The command of a step; `None` when there is no suitable document yet. Many of the commands are refused.
fn command(at: usize, step: RandomStep, past: &[Document]) -> Option<Command> {
    let name = format!("d-{at}");
    let own = format!("c-{}", step.customer);
    let reason = || Some("goodwill".to_owned());
    let amount = Money(step.amount);
    let about = |kinds: &[&str], asked: &dyn Fn(&Document) -> Act| {
        let document = step.of(past, kinds)?;
        Some(act(&name, Some(&document.customer), asked(document)))
    };
    let reversal = |of: &Document| Reversal { of: id(&of.id), reason: Some("mistake".into()) };
    let back = |method, after| {
        let mut paid = past.iter().rev().filter(|each| each.order.is_some());
        let paid = paid.nth(step.about.into())?;
        let asked = refund(paid.order.as_ref()?.as_str(), &paid.id, step.amount % 500 + 1, after);
        Some((paid.customer.as_str(), Refund { method, ..asked }))
    };
    match step.kind {
        0 | 1 => Some(order(&name, &own, step.amount)),
        2 | 3 => {
            let (to, method) = (step.of(past, &["order.placed"])?, [Method::Cash, Method::Online]);
            let method = method[usize::from(step.kind == 3)];
            Some(payment(&name, &to.customer, step.amount, method, &[&to.id]))
        }
        4 => Some(payment(&name, &own, step.amount, Method::Card, &[])),
        5 | 6 => {
            back(Method::Cash, After::Stays).map(|(whose, asked)| act(&name, Some(whose), Act::Refund(asked)))
        }
        7 | 8 => back(Method::Online, After::Reopens)
            .map(|(whose, asked)| act(&name, Some(whose), Act::RequestRefund(asked))),
        9 | 10 => about(&["refund.requested"], &|asked| Act::ApproveRefund(id(&asked.id))),
        11 => about(&["refund.requested"], &|asked| Act::RejectRefund(Rejection::of(id(&asked.id)))),
        12 | 13 => {
            let outcomes = [Outcome::Succeeded, Outcome::Failed, Outcome::Canceled];
            let outcome = outcomes.into_iter().cycle().nth(step.amount as usize % 3)?;
            about(&REFUNDS, &|asked| Act::SettleRefund(SettleRefund { refund: id(&asked.id), outcome }))
        }
        14 => about(&REFUNDS, &|asked| Act::HandOver(id(&asked.id))),
        15 => about(&REFUNDS, &|asked| Act::ReverseRefund(reversal(asked))),
        16 => about(&PAYMENTS, &|paid| Act::ReversePayment(reversal(paid))),
        17 => {
            let granted = GrantCredit { amount, rate: None, reason: reason(), note: None, opening: false };
            Some(act(&name, Some(&own), Act::GrantCredit(granted)))
        }
        18 => {
            let lot = step.of(past, &["credit.granted"])?;
            let to = past
                .iter()
                .rev()
                .find(|each| each.kind == "order.placed" && each.customer == lot.customer)?;
            let applied = ApplyCredit { lot: id(&lot.id), to: id(&to.id), amount, eligible: None };
            Some(act(&name, Some(&lot.customer), Act::ApplyCredit(applied)))
        }
        19 => about(&["order.placed"], &|order| {
            let order = id(&order.id);
            let (amount, note, returned) = (Some(amount), None, Vec::new());
            Act::CreditNote(CreditNote { order, amount, reason: reason(), note, clawback: false, returned })
        }),
        20 => about(&["credit.granted"], &|lot| {
            Act::ProcessPayout(ProcessPayout {
                amount,
                method: Method::Bank,
                bank: None,
                from: vec![FromLot { lot: id(&lot.id), amount }],
                payee: None,
                reference: None,
                note: None,
                rounding: Money::ZERO,
            })
        }),
        _ => about(&["payout.processed"], &|asked| match step.amount % 3 {
            0 => Act::RejectPayout(Rejection::of(id(&asked.id))),
            1 => Act::HandOver(id(&asked.id)),
            _ => Act::CompletePayout(id(&asked.id)),
        }),
    }
}

/// Asserts that the caches equal a fold of the whole journal.
fn agrees(store: &Memory, engine: &Engine<Memory>) {
    let rebuilt = Memory::default();
    let refolded = now(Engine::import(rebuilt.clone(), &lines(engine), today())).unwrap();
    assert_eq!(*engine.rows(), *refolded.rows());
    assert_eq!(engine.shop(), refolded.shop());
    assert_eq!(queue(engine), queue(&refolded));
    assert_eq!(orders(engine), orders(&refolded));
    assert_eq!(orders(&tab(store)), orders(engine), "those in memory are those on the disk");
    assert_eq!(engine.figures(today()), refolded.figures(today()));
    assert_eq!(*engine.device(), *refolded.device());
    assert_eq!(store.sums(), rebuilt.sums());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn updated_caches_equal_rebuilt_caches(steps in prop::collection::vec(step(), 1..200)) {
        let (store, here) = shop();
        let there = tab(&store);
        record(&here, &["c-0", "c-1", "c-2"].map(customer));
        // From here on they are kept up to date.
        orders(&here);
        orders(&there);
        let mut past: Vec<Document> = Vec::new();
        for (at, step) in steps.iter().enumerate() {
            let engine = if step.tab { &there } else { &here };
            let Some(command) = command(at, *step, &past) else { continue };
            let Ok(recorded) = commit(engine, &[command]).recorded else { continue };
            let entry = &recorded[0].entry;
            let order = match &entry.body {
                Body::PaymentRecorded(paid) => paid.allocations.first().map(|part| part.order.clone()),
                _ => None,
            };
            let (id, customer) = (entry.id.to_string(), entry.customer.as_ref().unwrap().to_string());
            past.push(Document { id, customer, kind: entry.body.kind(), order });
        }
        now(here.refresh(today())).unwrap();
        now(there.refresh(today())).unwrap();
        prop_assert_eq!(lines(&here).len(), 6 + past.len());
        agrees(&store, &here);
        agrees(&store, &there);
        agrees(&store, &tab(&store));
    }
}
