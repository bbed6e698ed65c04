//! Random day books as text, so that a failing case can be read, saved and run by hand.
//!
//! The writer knows the ids that it has used and their customers, not their figures. Most lines name documents that fit
//! together, some do not, and most amounts are few and round so that conflicts occur.
#![allow(dead_code)]

mod documents;
mod shop;
mod undo;

use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The parameters of a random book.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// The number of customers; one causes many conflicts.
    pub customers: usize,
    /// The number of counters; with more than one they go offline and online again.
    pub tills: usize,
    /// The number of acts that are tried.
    pub acts: usize,
    /// The kinds of acts.
    pub acts_of: Acts,
    /// ISO 4217.
    pub currency: &'static str,
    /// Whether amounts are near the limit.
    pub large: bool,
    /// Whether days pass and are sealed often.
    pub seals: bool,
}

/// One counter, two customers: no conflicts.
pub const CALM: Shape = Shape {
    customers: 2,
    tills: 1,
    acts: 24,
    acts_of: Acts::All,
    currency: "GBP",
    large: false,
    seals: false,
};
/// As `CALM`, with everyday acts only.
pub const EVERYDAY: Shape = Shape { acts_of: Acts::Everyday, ..CALM };
/// One customer, three counters that are often offline: many conflicts.
pub const CONTENTION: Shape = Shape { customers: 1, tills: 3, ..CALM };
/// As `CONTENTION`, with four counters.
pub const FOUR: Shape = Shape { tills: 4, ..CONTENTION };
/// Two counters and two customers.
pub const TWO: Shape = Shape { customers: 2, tills: 2, ..CALM };
/// Two counters that are often offline while days are sealed: many late entries.
pub const SEALED: Shape = Shape { acts: 40, seals: true, ..TWO };
/// Enough acts for rare conflicts.
pub const LONG: usize = 60;

/// The kinds of acts of a random book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acts {
    /// Orders, payments, credit, notes, manual refunds, requests.
    Everyday,
    /// All acts.
    All,
}

/// Random numbers for one line; their meaning depends on earlier lines.
#[derive(Debug, Clone)]
pub struct Roll {
    what: u8,
    /// Selects one of the suitable documents.
    pick: u8,
    other: u8,
    amount: u16,
    flags: u8,
}

/// Random day books of a shape, as text.
pub fn books(shape: Shape) -> impl Strategy<Value = String> {
    let roll = (any::<u8>(), any::<u8>(), any::<u8>(), any::<u16>(), any::<u8>());
    let roll = roll.prop_map(|(what, pick, other, amount, flags)| Roll { what, pick, other, amount, flags });
    prop::collection::vec(roll, shape.acts / 3..=shape.acts).prop_map(move |rolls| text(shape, &rolls))
}

/// A random book without its refused lines, for programs that stop at a refusal.
pub fn not_refused(text: &str) -> String {
    let daybook = daybook::parse::parse(text).unwrap();
    let mut runner = daybook::run::Runner::new(&daybook);
    let lines: Vec<&str> = text.lines().collect();
    let kept = daybook.lines.iter().filter(|line| runner.line(line).is_ok());
    let kept: Vec<&str> = kept.map(|line| lines[line.number as usize - 1]).collect();
    kept.join("\n")
}

fn text(shape: Shape, rolls: &[Roll]) -> String {
    let mut writer = Writer::new(shape);
    for (n, roll) in rolls.iter().enumerate() {
        match n % PHASE {
            TOGETHER if shape.tills > 1 => writer.go_offline(),
            0 => writer.go_online(),
            _ => {}
        }
        writer.line(roll);
    }
    writer.go_online();
    writer.text
}

/// The number of different lines of a random book with all acts.
const KINDS: u8 = 94;
/// The smallest coin in minor units.
const COIN: u64 = 5;
/// Counters are online for `TOGETHER` acts, then offline for the rest of a phase.
const PHASE: usize = 16;
const TOGETHER: usize = 5;

/// A document: its id, its customer, and its order, if any.
#[derive(Debug, Clone)]
struct Named {
    id: String,
    customer: usize,
    order: Option<String>,
}

/// The ids used so far.
struct Writer {
    shape: Shape,
    text: String,
    count: usize,
    orders: Vec<Named>,
    payments: Vec<Named>,
    lots: Vec<Named>,
    notes: Vec<Named>,
    applied: Vec<(String, String)>,
    refunds: Vec<Named>,
    requests: Vec<Named>,
    online: Vec<Named>,
    payouts: Vec<Named>,
    partner_payments: Vec<Named>,
    /// The amounts of orders as typed, in minor units.
    gross: BTreeMap<String, u64>,
    offline: Vec<bool>,
    /// The day of January 2026.
    day: usize,
}

const LETTERS: [&str; 4] = ["A", "B", "C", "D"];
const TAXES: [&str; 4] = ["", " tax 20%", " plus-tax 8.25%", " tax 0%"];
const METHODS: [&str; 6] = ["cash", "check", "bank", "card", "cash", "insurance"];
const PARTNERS: [&str; 3] = ["pat", "sue", "up"];

impl Writer {
    fn new(shape: Shape) -> Self {
        let mut text = format!("shop \"Random\" {}\nstaff bob clerk\npartner pat 10%\n", shape.currency);
        text.push_str("partner sue 2.5%\npartner up 12.5% up-front\n");
        for customer in 0..shape.customers {
            writeln!(text, "customer c{customer} \"Customer {customer}\"").unwrap();
        }
        for letter in &LETTERS[..shape.tills] {
            writeln!(text, "@till {letter}").unwrap();
        }
        let mut writer = Self {
            shape,
            text,
            count: 0,
            orders: Vec::new(),
            payments: Vec::new(),
            lots: Vec::new(),
            notes: Vec::new(),
            applied: Vec::new(),
            refunds: Vec::new(),
            requests: Vec::new(),
            online: Vec::new(),
            payouts: Vec::new(),
            partner_payments: Vec::new(),
            gross: BTreeMap::new(),
            offline: vec![false; shape.tills],
            day: 1,
        };
        writer.say(format!("cash-rounding {}", writer.write(COIN)));
        writer
    }

    /// The rounding of a payment of an amount, of many in cash; 5 and more is not below the usual coin.
    fn rounding_received(&self, roll: &Roll, method: &str) -> String {
        if roll.pick & 3 != 0 || (method != "cash" && roll.other & 15 != 0) {
            return String::new();
        }
        let sign = if roll.other & 32 == 0 { "" } else { "-" };
        format!(" rounding {sign}{}", self.write(1 + u64::from(roll.other) % COIN))
    }

    /// What counts of a refund or pay-out of about an amount, and the rounding with which it is paid out: of many in cash.
    fn rounded(&self, roll: &Roll, method: &str, about: u64) -> (u64, String) {
        if roll.pick & 1 != 0 || (method != "cash" && roll.other & 15 != 0) {
            return (about, String::new());
        }
        let minor = 1 + u64::from(roll.other / 4) % (COIN - 1);
        if roll.other & 32 == 0 || about <= minor {
            ((about + minor).min(self.most()), format!(" rounding {}", self.write(minor)))
        } else {
            (about - minor, format!(" rounding -{}", self.write(minor)))
        }
    }

    /// Takes all counters offline, so that their next entries conflict later.
    fn go_offline(&mut self) {
        for letter in &LETTERS[..self.shape.tills] {
            writeln!(self.text, "offline {letter}").unwrap();
        }
        self.offline.fill(true);
    }

    /// Takes all counters online.
    fn go_online(&mut self) {
        for (letter, offline) in LETTERS.iter().zip(&mut self.offline) {
            if std::mem::take(offline) {
                writeln!(self.text, "online {letter}").unwrap();
            }
        }
    }

    /// Writes an act of an offline counter; many are repeated at a second counter.
    fn offline_act(&mut self, roll: &Roll) {
        let tills = self.shape.tills;
        let till = usize::from(roll.flags.rotate_left(3)) % tills;
        self.say(format!("@till {}", LETTERS[till]));
        let before = self.text.len();
        self.act(roll);
        let again = self.text[before..].to_owned();
        let next = LETTERS[(till + 1) % tills];
        match roll.flags.count_ones() % 3 {
            // The same document again, sometimes with an earlier date.
            0 => {
                self.say(format!("@till {next}"));
                let day = self.day;
                if roll.flags & 1 == 0 {
                    self.say("@2026-01-01");
                }
                self.text.push_str(&again);
                self.say(format!("@2026-01-{day:02}"));
            }
            // Another document for the same purpose, or the opposite act: one counter rejects what the other pays.
            1 => {
                self.say(format!("@till {next}"));
                let what = match roll.what % KINDS {
                    25 | 26 => 27,
                    27 => 25,
                    32 | 33 => 34,
                    34 => 32,
                    same => same,
                };
                self.act(&Roll { what, ..roll.clone() });
            }
            _ => {}
        }
    }

    fn line(&mut self, roll: &Roll) {
        if self.shape.tills > 1 && roll.what >= 248 {
            return self.travel(roll);
        }
        if self.offline.contains(&true) { self.offline_act(roll) } else { self.act(roll) }
    }

    fn act(&mut self, roll: &Roll) {
        if self.shape.seals && roll.other.is_multiple_of(6) {
            return self.end_of_day(roll);
        }
        let kinds = if self.shape.acts_of == Acts::Everyday { 28 } else { KINDS };
        match roll.what % kinds {
            0..=3 => self.order(roll),
            4..=8 => self.pay(roll),
            9..=11 => self.apply(roll),
            12 => self.unapply(roll),
            13 | 14 => self.credit(roll),
            15..=17 => self.note(roll),
            18..=22 | 67..=71 => self.refund(roll, "refund"),
            23 | 24 => self.refund(roll, "request"),
            25 | 26 => self.about(roll, "approve", |writer| &writer.requests, ""),
            27 => self.about(roll, "reject", |writer| &writer.requests, ""),
            _ => self.rare(roll),
        }
    }

    fn rare(&mut self, roll: &Roll) {
        let amount = self.amount(roll, 20);
        let reason = " reason \"r\"";
        match roll.what % KINDS {
            72..=93 => self.undo(roll),
            28..=31 => self.payout(roll),
            32 | 33 => self.about(roll, "complete", |writer| &writer.payouts, ""),
            34 if roll.flags & 1 == 0 => self.about(roll, "withdraw", |writer| &writer.payouts, ""),
            34 => self.about(roll, "reject", |writer| &writer.payouts, ""),
            35 => self.about(roll, "reverse-credit", |writer| &writer.lots, ""),
            36 => self.about(roll, "reverse-credit", |writer| &writer.lots, &format!(" {amount}")),
            37 | 38 => self.about(roll, "reverse-credit-note", |writer| &writer.notes, reason),
            39 | 40 => self.about(roll, "reverse-payment", |writer| &writer.payments, reason),
            41 | 42 => self.about(roll, "reverse-refund", |writer| &writer.refunds, reason),
            43 => self.about(roll, "write-off", |writer| &writer.orders, &format!(" {amount}{reason}")),
            44 => self.about(roll, "write-off", |writer| &writer.lots, &format!(" {amount}{reason}")),
            45 => {
                self.about(roll, "reverse-write-off", |writer| &writer.orders, &format!(" {amount}{reason}"))
            }
            46 => {
                let partner = PARTNERS[usize::from(roll.pick) % 3];
                let id = self.name("PP");
                self.say(format!("pay-partner {partner} {} bank as {id}", self.amount(roll, 2)));
                self.partner_payments.push(Named { id, customer: 0, order: None });
            }
            47 => self.say(format!("move {amount} card to bank")),
            48 => self.say(format!("count {amount}")),
            49 => {
                let (from, to) = (self.pick(&self.lots, roll.pick), self.pick(&self.payments, roll.other));
                self.say(format!("apply {} to {} {amount}", from.id, to.id));
            }
            50..=52 => self.about(roll, "settle", |writer| &writer.online, " succeeded"),
            53 => self.about(roll, "settle", |writer| &writer.online, " canceled"),
            54 | 55 => self.about(roll, "settle", |writer| &writer.online, " failed"),
            _ => self.of_the_shop(roll),
        }
    }

    fn about(&mut self, roll: &Roll, verb: &str, of: impl Fn(&Self) -> &Vec<Named>, rest: &str) {
        let id = self.pick(of(self), roll.pick).id;
        self.say(format!("{verb} {id}{rest}"));
    }

    fn travel(&mut self, roll: &Roll) {
        let till = usize::from(roll.pick) % self.offline.len();
        let letter = LETTERS[till];
        match roll.what % 4 {
            0 | 1 => self.say(format!("@till {letter}")),
            2 => {
                self.offline[till] = true;
                self.say(format!("offline {letter}"));
            }
            _ => {
                self.offline[till] = false;
                self.say(format!("online {letter}"));
            }
        }
    }

    fn say(&mut self, line: impl AsRef<str>) {
        self.text.push_str(line.as_ref());
        self.text.push('\n');
    }

    fn name(&mut self, letter: &str) -> String {
        self.count += 1;
        format!("{letter}-{}", self.count)
    }

    /// An amount up to about `about` pounds: mostly round, sometimes odd, so that taxes are rounded.
    fn minor(&self, roll: &Roll, about: u64) -> u64 {
        let steps = 1 + u64::from(roll.amount / 4 % 4);
        let few = match roll.amount % 4 {
            0 => steps * about * 50 + u64::from(roll.amount % 97) + 1,
            _ => steps * about * 50,
        };
        if self.shape.large { (few * 2_500_001).min(self.most()) } else { few }
    }

    /// The largest amount.
    fn most(&self) -> u64 {
        match self.shape.currency {
            "JPY" => 99_999_999,
            "KWD" => 99_999_999_999,
            _ => 9_999_999_999,
        }
    }

    fn amount(&self, roll: &Roll, about: u64) -> String {
        self.write(self.minor(roll, about))
    }

    fn write(&self, minor: u64) -> String {
        match self.shape.currency {
            "JPY" => minor.to_string(),
            "KWD" => format!("{}.{:03}", minor / 1_000, minor % 1_000),
            _ => format!("{}.{:02}", minor / 100, minor % 100),
        }
    }

    /// One of the documents, later ones more often; an unknown id when there are none.
    fn pick(&self, among: &[Named], roll: u8) -> Named {
        let back = usize::from(roll % 5).min(among.len().saturating_sub(1));
        let unknown = Named { id: "unknown".into(), customer: 0, order: None };
        among.len().checked_sub(1 + back).map_or(unknown, |at| among[at].clone())
    }

    /// One of the documents of a customer, sometimes of any customer.
    fn pick_of(&self, among: &[Named], customer: usize, roll: u8) -> Named {
        let own: Vec<Named> = among.iter().filter(|named| named.customer == customer).cloned().collect();
        if roll < 8 || own.is_empty() { self.pick(among, roll) } else { self.pick(&own, roll) }
    }
}
