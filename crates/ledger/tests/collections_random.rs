//! Thousands of plans that are collected while people pay, plan anew, change cards and switch it off and on, and charges are paid, declined, given up
//! or never answered. Whatever happens, nothing is asked for that is not due and owed, and nothing twice.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod counter;

use counter::{Counter, date, id, m, pay, taxed};
use ledger::account::Account;
use ledger::date::Date;
use ledger::entry::{Body, ChargeStage, Entry, Instalment, ProgressCharge, SaveCard, SavedCard};
use ledger::id::Id;
use ledger::money::Money;
use ledger::rules::{Act, CollectTo, PlanOrder, SetCollection};
use ledger::view::collection::{AskInstalment, ToCollect};
use std::collections::{BTreeMap, BTreeSet};

const PLANS: u64 = 150;
const DAYS: i32 = 120;
const GROSS: i64 = 9_000;

/// Pseudo-random numbers (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }

    fn one_in(&mut self, of: u64) -> bool {
        self.below(of) == 0
    }
}

struct World {
    counter: Counter,
    chance: Chance,
    open: Vec<AskInstalment>,
    asked: BTreeSet<Id>,
    /// How often an instalment was paid and declined, by the start of the ids of its charges.
    paid: BTreeMap<String, u32>,
    declined: BTreeMap<String, u32>,
    number: u32,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut counter = Counter::new();
        counter.mira("O-1", Act::PlaceOrder(taxed(GROSS)));
        let chance = Chance((seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let (open, asked, paid, declined) = (Vec::new(), BTreeSet::new(), BTreeMap::new(), BTreeMap::new());
        Self { counter, chance, open, asked, paid, declined, number: 0 }
    }

    fn account(&self) -> &Account {
        self.counter.books[&id("mira")].account()
    }

    fn owed(&self) -> Money {
        self.account().row().owed
    }

    /// Records an act under a new id; what is refused changes nothing.
    fn act(&mut self, act: Act) {
        self.number += 1;
        let _ = self.counter.ask(Some("mira"), &format!("N-{}", self.number), act);
    }

    fn plan(&mut self) {
        let (owed, parts) = (self.owed().0, 1 + i64::try_from(self.chance.below(3)).unwrap());
        let first = self.counter.today.plus(i32::try_from(self.chance.below(20)).unwrap() - 3);
        let part = |at: i64| Instalment {
            due: first.plus(i32::try_from(at).unwrap() * 15),
            amount: m(owed / parts + if at == 0 { owed % parts } else { 0 }),
        };
        let instalments = (0..parts).map(part).collect();
        self.act(Act::PlanOrder(PlanOrder { order: id("O-1"), instalments }));
    }

    fn set(&mut self, to: CollectTo) {
        self.act(Act::SetCollection(SetCollection { order: id("O-1"), to }));
    }

    fn save_card(&mut self) {
        let method = format!("pm_{}", self.chance.below(2));
        let card = SavedCard { customer: "cus_1".into(), method, shown: None };
        self.act(Act::SaveCard(SaveCard { customer: id("mira"), card: Some(card) }));
    }

    fn people(&mut self) {
        match self.chance.below(30) {
            0 => self.plan(),
            1 => self.save_card(),
            2 | 3 => self.set(CollectTo::On { notice: 3 }),
            4 => self.set(CollectTo::Off),
            // What is paid beside a charge that is under way would become credit.
            5 if self.open.is_empty() => {
                let amount = 1 + i64::try_from(self.chance.below(1_500)).unwrap();
                let amount = amount.min(self.owed().0);
                self.act(Act::RecordPayment(pay(amount, &[("O-1", None)])));
            }
            _ => {}
        }
    }

    /// What an endpoint does on this day, sometimes two endpoints at once.
    fn endpoint(&mut self) {
        let today = self.counter.today;
        let steps = self.account().to_collect(today);
        let asks = steps.iter().filter(|step| matches!(step, ToCollect::Ask(_))).count();
        assert!(asks <= 1, "{steps:?}");
        for step in steps {
            match step {
                ToCollect::Ask(ask) => self.ask(ask, today),
                ToCollect::Stop { why, .. } => self.set(CollectTo::Stopped(why)),
                ToCollect::Tell(tell) => assert!(today < tell.due && today.days_until(tell.due) <= 3),
            }
        }
    }

    fn ask(&mut self, ask: AskInstalment, today: Date) {
        assert!(self.open.is_empty(), "another one is under way");
        assert!(ask.asked.amount.is_positive() && ask.asked.amount <= self.owed());
        assert!(self.asked.insert(ask.charge.clone()), "{} twice", ask.charge);
        let due = ask.charge.as_str().rsplit('-').nth(1).unwrap().to_owned();
        let due = date(&format!("{}-{}-{}", &due[..4], &due[4..6], &due[6..]));
        // Three more attempts within a week of the first, each at most a week late.
        assert!(due <= today && due.days_until(today) <= 21, "{due} on {today}");
        self.record(ask.charge.clone(), ask.actor.clone(), Body::ChargeAsked(ask.asked.clone()));
        assert!(!self.account().to_collect(today).iter().any(|step| matches!(step, ToCollect::Ask(_))));
        self.open.push(ask);
    }

    fn record(&mut self, entry: Id, actor: Id, body: Body) {
        let (on, customer) = (self.counter.today, Some(id("mira")));
        self.counter.record(Entry { id: entry, no: None, actor, on, customer, body });
    }

    fn processor(&mut self) {
        if self.chance.one_in(3) {
            return;
        }
        let Some(ask) = self.open.pop() else { return };
        let (instalment, _) = ask.charge.as_str().rsplit_once('-').unwrap();
        let stage = match self.chance.below(10) {
            0..4 => {
                *self.paid.entry(instalment.to_owned()).or_default() += 1;
                let paid = ask.asked.paid("pi_1".into());
                return self.record(ask.asked.payment.clone(), ask.actor, Body::PaymentRecorded(paid));
            }
            4..8 => {
                *self.declined.entry(instalment.to_owned()).or_default() += 1;
                ChargeStage::Declined
            }
            8 => ChargeStage::Canceled,
            _ => ChargeStage::Approve,
        };
        let charge = ask.charge;
        self.act(Act::ProgressCharge(ProgressCharge {
            charge,
            stage,
            reference: None,
            reason: None,
            link: None,
        }));
    }
}

#[test]
fn nothing_is_asked_for_twice_or_that_is_not_owed() {
    let (mut paid, mut declined, mut stopped) = (0, 0, 0);
    for seed in 0..PLANS {
        let mut world = World::new(seed);
        world.save_card();
        world.plan();
        world.set(CollectTo::On { notice: 3 });
        for _ in 0..DAYS {
            world.people();
            // Endpoints look again and again.
            world.endpoint();
            world.processor();
            if world.open.is_empty() {
                world.endpoint();
            }
            // Sometimes none runs for days.
            let days = if world.chance.one_in(40) { 9 } else { 1 };
            world.counter.today = world.counter.today.plus(days);
        }
        assert!(world.paid.values().all(|times| *times == 1), "plan {seed}: {:?}", world.paid);
        assert!(world.declined.values().all(|times| *times <= 4), "plan {seed}: {:?}", world.declined);
        assert_eq!(world.account().row().credit, Money::ZERO, "plan {seed}: more than was owed");
        paid += world.paid.len();
        declined += world.declined.len();
        stopped += usize::from(world.account().row().charge.is_some());
    }
    println!("{paid} instalments paid, {declined} declined, {stopped} accounts with something to do");
    assert!(paid > 100 && declined > 100 && stopped > 20, "{paid} {declined} {stopped}");
}
