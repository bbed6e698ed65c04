//! A scenario: the lines of one course of events with one customer. All its figures are fixed when it is created.

use super::names::{GOODS, RETURNED};
use super::rng::Rng;
use ledger::date::Date;
use ledger::money::Money;
use ledger::rate::Rate;

/// A line that is written later.
#[derive(Debug, Clone)]
pub struct PlannedLine {
    /// Days after the previous line of the scenario.
    pub wait: i64,
    /// Whether an admin must be signed in.
    pub admin: bool,
    /// The text of the act.
    pub text: String,
    /// Whether the line may be dated one day back.
    pub backdates: bool,
    /// The change of the drawer of its counter, in minor units.
    pub cash: i64,
    /// The change of card clearing, in minor units.
    pub card: i64,
}

/// An order of a scenario.
#[derive(Debug, Clone)]
pub struct Sale {
    pub id: String,
    pub gross: i64,
    /// The commission of each partner when the order is paid in full, in the order of [`PARTNERS`].
    pub earns: [i64; 3],
}

/// Id, rate in ten-thousandths of a percent, and basis of the partners.
pub const PARTNERS: [(&str, Rate, &str); 3] =
    [("pat", Rate(100_000), ""), ("sue", Rate(25_000), ""), ("una", Rate(75_000), " up-front")];

/// The smallest coin in minor units.
pub const COIN: i64 = 5;

const METHODS: &[&str] =
    &["cash", "cash", "cash", "card", "card", "card", "bank", "check", "insurance", "online"];

/// A scenario that is being created.
pub struct Scenario<'a> {
    pub rng: &'a mut Rng,
    /// The number of the last document.
    pub count: &'a mut u64,
    pub customer: &'a str,
    pub today: Date,
    pub lines: Vec<PlannedLine>,
    wait: i64,
}

impl<'a> Scenario<'a> {
    /// A scenario without lines.
    pub const fn new(rng: &'a mut Rng, count: &'a mut u64, customer: &'a str, today: Date) -> Self {
        Self { rng, count, customer, today, lines: Vec::new(), wait: 0 }
    }

    /// Lets `least` to `most` days pass before the next line.
    pub fn wait(&mut self, least: u64, most: u64) {
        self.wait += i64::try_from(self.rng.between(least, most)).unwrap_or_default();
    }

    /// Adds a line that a clerk may write.
    pub fn line(&mut self, text: String) {
        let wait = std::mem::take(&mut self.wait);
        self.lines.push(PlannedLine { wait, admin: false, text, backdates: false, cash: 0, card: 0 });
    }

    /// Adds a line that an admin must write.
    pub fn admin_line(&mut self, text: String) {
        self.line(text);
        self.last(|line| line.admin = true);
    }

    /// The id of a new document.
    pub fn id(&mut self, letter: char) -> String {
        *self.count += 1;
        format!("{letter}-{}", self.count)
    }

    /// A payment method other than online.
    pub fn method(&mut self) -> &'static str {
        let method = self.rng.pick(METHODS, "cash");
        if method == "online" { "card" } else { method }
    }

    /// A random amount in minor units, mostly one that looks like a price.
    pub fn price(&mut self, most: u64) -> i64 {
        let pounds = i64::try_from(self.rng.between(1, most)).unwrap_or(1);
        pounds * 100 + self.rng.pick(&[0, 0, 0, 50, 99, 95, 49, 7], 0)
    }

    pub fn reason(&mut self) -> &'static str {
        self.rng.pick(RETURNED, "returned goods")
    }

    /// Adds an order, sometimes with partners; `due` in that many days.
    pub fn sell(&mut self, due: Option<i64>) -> Sale {
        let id = self.id('O');
        let (goods, gross, net) = self.goods();
        let mut text = format!("order {id} {} {goods}", self.customer);
        let mut earns = [0; 3];
        if self.rng.chance(12) {
            for role in ["lead", "sale"] {
                let at = self.rng.between(0, 4) as usize;
                if let (Some((partner, rate, _)), Some(earned)) = (PARTNERS.get(at), earns.get_mut(at)) {
                    text.push_str(&format!(" {role} {partner}"));
                    *earned += rate.of(Money(net)).0;
                }
            }
        }
        if let Some(days) = due {
            text.push_str(&format!(" due {}", add_days(self.today, days)));
        }
        if self.rng.chance(10) {
            text.push_str(&format!(" reference \"PO {}\"", self.rng.between(1_000, 9_999)));
        }
        self.line(text);
        Sale { id, gross, earns }
    }

    /// The goods of an order: their text in the notation, gross and net.
    fn goods(&mut self) -> (String, i64, i64) {
        let one = self.price(180);
        let rate = |tenths: u32| Rate(tenths * 1_000);
        match self.rng.between(0, 9) {
            0 | 1 => (money(one), one, one),
            2 => {
                let tax = Rate(82_500).of(Money(one)).0;
                (format!("{} plus-tax 8.25%", money(one)), one + tax, one)
            }
            3 => {
                let (two, qty) = (self.price(40), i64::try_from(self.rng.between(1, 4)).unwrap_or(1));
                let (what, other) = (self.rng.pick(GOODS, "Goods"), self.rng.pick(GOODS, "Goods"));
                let text = format!(
                    "lines \"{what}\" {qty} x {} tax 20%, \"{other}\" 1 x {} tax 5%",
                    money(two),
                    money(one)
                );
                let tax = rate(200).inside(Money(two * qty)).0 + rate(50).inside(Money(one)).0;
                (text, two * qty + one, two * qty + one - tax)
            }
            _ => (format!("{} tax 20%", money(one)), one, one - rate(200).inside(Money(one)).0),
        }
    }

    /// Adds a payment and returns its id; `to` is text such as ` to O-1`.
    pub fn pay(&mut self, amount: i64, method: &str, to: &str) -> String {
        let id = self.id('P');
        self.line(format!("pay {id} {} {} {method}{to}", self.customer, money(amount)));
        self.last(|line| line.backdates = true);
        self.record_money(method, amount);
        id
    }

    /// Adds a payment in cash, rounded to coins, and returns its id.
    pub fn pay_in_coins(&mut self, counts: i64, to: &str) -> String {
        let (id, (received, rounding)) = (self.id('P'), in_coins(counts));
        let note = (received / 1_000 + 1) * 1_000;
        let tendered = if self.rng.chance(30) { format!(" tendered {}", money(note)) } else { String::new() };
        self.line(format!("pay {id} {} {} cash{to}{rounding}{tendered}", self.customer, money(received)));
        self.last(|line| line.backdates = true);
        self.record_money("cash", received);
        id
    }

    /// Records the change that the last line makes to the drawer or to card clearing.
    pub fn record_money(&mut self, method: &str, amount: i64) {
        self.last(|line| match method {
            "cash" => line.cash += amount,
            "card" | "online" => line.card += amount,
            _ => {}
        });
    }

    fn last(&mut self, change: impl FnOnce(&mut PlannedLine)) {
        if let Some(line) = self.lines.last_mut() {
            change(line);
        }
    }
}

/// What moves in coins of an amount that counts, rounded to the nearest, and the option of the notation for it.
pub fn in_coins(counts: i64) -> (i64, String) {
    let beyond = counts % COIN;
    // Less than a coin is paid with one: nothing cannot move.
    let down = 2 * beyond < COIN && counts >= COIN;
    match if down { beyond } else { beyond - COIN } {
        0 => (counts, String::new()),
        rounding if rounding < 0 => (counts - rounding, format!(" rounding -{}", money(-rounding))),
        rounding => (counts - rounding, format!(" rounding {}", money(rounding))),
    }
}

/// An amount in the notation.
pub fn money(minor: i64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}

/// A day, a number of days later.
pub fn add_days(day: Date, days: i64) -> Date {
    day.0.checked_add(jiff::Span::new().days(days)).map_or(day, Date)
}
