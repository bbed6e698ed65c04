//! Random day books: lines in the notation, so that a failing case can be read, kept and run by hand.
//!
//! A writer remembers the names it has given and who they belong to, not what they come to: most lines are about
//! things that fit together, some are not, and amounts are few and round so that things meet.
#![allow(dead_code)]

mod documents;

use proptest::prelude::*;
use std::fmt::Write;

/// What a random book is made of.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// How many customers share the book; one means contention.
    pub customers: usize,
    /// How many counters record; with more than one they go offline and come back.
    pub tills: usize,
    /// How many acts are tried.
    pub acts: usize,
    /// Which acts.
    pub acts_of: Acts,
    /// ISO 4217.
    pub currency: &'static str,
}

/// Which acts a random book tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acts {
    /// Orders, payments, credit, notes, manual refunds, requests.
    Everyday,
    /// All of them.
    All,
}

/// Raw material of one line; what it means depends on the lines before it.
#[derive(Debug, Clone)]
pub struct Roll {
    what: u8,
    /// Which of the things that fit.
    pick: u8,
    other: u8,
    amount: u16,
    flags: u8,
}

/// Random day books of a shape, as text.
pub fn books(shape: Shape) -> impl Strategy<Value = String> {
    let roll = (any::<u8>(), any::<u8>(), any::<u8>(), any::<u16>(), any::<u8>());
    let roll = roll.prop_map(|(what, pick, other, amount, flags)| Roll { what, pick, other, amount, flags });
    prop::collection::vec(roll, shape.acts / 4..=shape.acts).prop_map(move |rolls| text(shape, &rolls))
}

fn text(shape: Shape, rolls: &[Roll]) -> String {
    let mut writer = Writer::new(shape);
    for (n, roll) in rolls.iter().enumerate() {
        match n % PHASE {
            TOGETHER if shape.tills > 1 => writer.part(),
            0 => writer.meet(),
            _ => {}
        }
        writer.line(roll);
    }
    writer.meet();
    writer.text
}

/// Counters are together for some acts, then apart for some, and so on.
const PHASE: usize = 20;
const TOGETHER: usize = 10;

/// A document that was named: its id, its customer, and the order it is about, if any.
#[derive(Debug, Clone)]
struct Named {
    id: String,
    customer: usize,
    order: Option<String>,
}

/// The names given so far.
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
    offline: Vec<bool>,
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
        Self {
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
            offline: vec![false; shape.tills],
        }
    }

    /// All counters go offline, so that what they do next meets later.
    fn part(&mut self) {
        for letter in &LETTERS[..self.shape.tills] {
            writeln!(self.text, "offline {letter}").unwrap();
        }
        self.offline.fill(true);
    }

    /// All counters come back.
    fn meet(&mut self) {
        for (letter, offline) in LETTERS.iter().zip(&mut self.offline) {
            if std::mem::take(offline) {
                writeln!(self.text, "online {letter}").unwrap();
            }
        }
    }

    /// While they are apart, acts come from any of them, and some from two of them.
    fn apart(&mut self, roll: &Roll) {
        let tills = self.shape.tills;
        let till = usize::from(roll.flags.rotate_left(3)) % tills;
        self.say(format!("@till {}", LETTERS[till]));
        let before = self.text.len();
        self.act(roll);
        if roll.flags.count_ones().is_multiple_of(3) {
            let again = self.text[before..].to_owned();
            self.say(format!("@till {}", LETTERS[(till + 1) % tills]));
            self.text.push_str(&again);
        }
    }

    fn line(&mut self, roll: &Roll) {
        if self.shape.tills > 1 && roll.what >= 248 {
            return self.travel(roll);
        }
        if self.offline.contains(&true) { self.apart(roll) } else { self.act(roll) }
    }

    fn act(&mut self, roll: &Roll) {
        let kinds = if self.shape.acts_of == Acts::Everyday { 28 } else { 56 };
        match roll.what % kinds {
            0..=3 => self.order(roll),
            4..=8 => self.pay(roll),
            9..=11 => self.apply(roll),
            12 => self.unapply(roll),
            13 | 14 => self.credit(roll),
            15..=17 => self.note(roll),
            18..=22 => self.refund(roll, "refund"),
            23 | 24 => self.refund(roll, "request"),
            25 | 26 => self.about(roll, "approve", |writer| &writer.requests, ""),
            27 => self.about(roll, "reject", |writer| &writer.requests, ""),
            _ => self.rare(roll),
        }
    }

    fn rare(&mut self, roll: &Roll) {
        let amount = self.amount(roll, 20);
        let reason = " reason \"r\"";
        match roll.what % 56 {
            28..=31 => self.payout(roll),
            32 | 33 => self.about(roll, "complete", |writer| &writer.payouts, ""),
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
                self.say(format!("pay-partner {partner} {} bank", self.amount(roll, 2)));
            }
            47 => self.say(format!("move {amount} card to bank")),
            48 => self.say(format!("count {amount}")),
            49 => {
                let (from, to) = (self.pick(&self.lots, roll.pick), self.pick(&self.payments, roll.other));
                self.say(format!("apply {} to {} {amount}", from.id, to.id));
            }
            50..=52 => self.about(roll, "settle", |writer| &writer.online, " succeeded"),
            53 => self.about(roll, "settle", |writer| &writer.online, " canceled"),
            _ => self.about(roll, "settle", |writer| &writer.online, " failed"),
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

    /// About so many pounds: mostly few and round, sometimes odd, so that they round.
    fn minor(&self, roll: &Roll, about: u32) -> u32 {
        let steps = 1 + u32::from(roll.amount / 4 % 4);
        match roll.amount % 4 {
            0 => steps * about * 50 + u32::from(roll.amount % 97) + 1,
            _ => steps * about * 50,
        }
    }

    fn amount(&self, roll: &Roll, about: u32) -> String {
        self.write(self.minor(roll, about))
    }

    fn write(&self, minor: u32) -> String {
        match self.shape.currency {
            "JPY" => minor.to_string(),
            "KWD" => format!("{}.{:03}", minor / 1_000, minor % 1_000),
            _ => format!("{}.{:02}", minor / 100, minor % 100),
        }
    }

    /// One of these, the later the likelier; a name that nobody has while there is none.
    fn pick(&self, among: &[Named], roll: u8) -> Named {
        let back = usize::from(roll % 5).min(among.len().saturating_sub(1));
        let nobody = Named { id: "nobody".into(), customer: 0, order: None };
        among.len().checked_sub(1 + back).map_or(nobody, |at| among[at].clone())
    }

    /// One of these of a customer; now and then anybody's.
    fn pick_of(&self, among: &[Named], customer: usize, roll: u8) -> Named {
        let own: Vec<Named> = among.iter().filter(|named| named.customer == customer).cloned().collect();
        if roll < 8 || own.is_empty() { self.pick(among, roll) } else { self.pick(&own, roll) }
    }
}
