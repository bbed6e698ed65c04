//! One thing that happens to one customer, from its first line to its last: every figure is known when it is told.

use super::dice::Dice;
use super::words::{GOODS, RETURNED};
use ledger::date::Date;
use ledger::money::Money;
use ledger::rate::Rate;

/// One line to come.
#[derive(Debug, Clone)]
pub struct Step {
    /// Days after the line before it.
    pub wait: i64,
    /// Who may say it: an admin, or everybody.
    pub admin: bool,
    /// The act.
    pub text: String,
    /// True when it may be dated a day back.
    pub backdates: bool,
    /// What it does to the drawer of its counter, and to card clearing.
    pub cash: i64,
    pub card: i64,
}

/// An order of a tale.
#[derive(Debug, Clone)]
pub struct Sale {
    pub id: String,
    pub gross: i64,
    /// What each partner named earns when it is paid in full, in the sequence of [`PARTNERS`].
    pub earns: [i64; 3],
}

/// Id, rate in ten-thousandths of a percent, and basis of the partners.
pub const PARTNERS: [(&str, Rate, &str); 3] =
    [("pat", Rate(100_000), ""), ("sue", Rate(25_000), ""), ("una", Rate(75_000), " up-front")];

const METHODS: &[&str] =
    &["cash", "cash", "cash", "card", "card", "card", "bank", "check", "insurance", "online"];

/// A tale while it is told.
pub struct Tale<'a> {
    pub dice: &'a mut Dice,
    /// The last document's number.
    pub count: &'a mut u64,
    pub customer: &'a str,
    pub today: Date,
    pub steps: Vec<Step>,
    wait: i64,
}

impl<'a> Tale<'a> {
    /// Nothing told yet.
    pub const fn new(dice: &'a mut Dice, count: &'a mut u64, customer: &'a str, today: Date) -> Self {
        Self { dice, count, customer, today, steps: Vec::new(), wait: 0 }
    }

    /// Some days go by.
    pub fn later(&mut self, least: u64, most: u64) {
        self.wait += i64::try_from(self.dice.from(least, most)).unwrap_or_default();
    }

    /// A clerk's line.
    pub fn say(&mut self, text: String) {
        let wait = std::mem::take(&mut self.wait);
        self.steps.push(Step { wait, admin: false, text, backdates: false, cash: 0, card: 0 });
    }

    /// An admin's line.
    pub fn order_by_admin(&mut self, text: String) {
        self.say(text);
        self.last(|step| step.admin = true);
    }

    /// The id of a new document.
    pub fn id(&mut self, letter: char) -> String {
        *self.count += 1;
        format!("{letter}-{}", self.count)
    }

    /// A method of payment, and not the gateway's.
    pub fn method(&mut self) -> &'static str {
        let method = self.dice.pick(METHODS, "cash");
        if method == "online" { "card" } else { method }
    }

    /// Some amount in minor units, mostly as prices are.
    pub fn price(&mut self, most: u64) -> i64 {
        let pounds = i64::try_from(self.dice.from(1, most)).unwrap_or(1);
        pounds * 100 + self.dice.pick(&[0, 0, 0, 50, 99, 95, 49, 7], 0)
    }

    pub fn reason(&mut self) -> &'static str {
        self.dice.pick(RETURNED, "returned goods")
    }

    /// An order and perhaps its partners; `due` in so many days.
    pub fn sell(&mut self, due: Option<i64>) -> Sale {
        let id = self.id('O');
        let (goods, gross, net) = self.goods();
        let mut text = format!("order {id} {} {goods}", self.customer);
        let mut earns = [0; 3];
        if self.dice.chance(12) {
            for role in ["lead", "sale"] {
                let at = self.dice.from(0, 4) as usize;
                if let (Some((partner, rate, _)), Some(earned)) = (PARTNERS.get(at), earns.get_mut(at)) {
                    text.push_str(&format!(" {role} {partner}"));
                    *earned += rate.of(Money(net)).0;
                }
            }
        }
        if let Some(days) = due {
            text.push_str(&format!(" due {}", plus(self.today, days)));
        }
        if self.dice.chance(10) {
            text.push_str(&format!(" reference \"PO {}\"", self.dice.from(1_000, 9_999)));
        }
        self.say(text);
        Sale { id, gross, earns }
    }

    /// The goods of an order: as the notation writes them, gross, and net.
    fn goods(&mut self) -> (String, i64, i64) {
        let one = self.price(180);
        let rate = |tenths: u32| Rate(tenths * 1_000);
        match self.dice.from(0, 9) {
            0 | 1 => (money(one), one, one),
            2 => {
                let tax = Rate(82_500).of(Money(one)).0;
                (format!("{} plus-tax 8.25%", money(one)), one + tax, one)
            }
            3 => {
                let (two, qty) = (self.price(40), i64::try_from(self.dice.from(1, 4)).unwrap_or(1));
                let (what, other) = (self.dice.pick(GOODS, "Goods"), self.dice.pick(GOODS, "Goods"));
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

    /// A payment; `to` such as ` to O-1`. Gives its id.
    pub fn pay(&mut self, amount: i64, method: &str, to: &str) -> String {
        let id = self.id('P');
        self.say(format!("pay {id} {} {} {method}{to}", self.customer, money(amount)));
        self.last(|step| step.backdates = true);
        self.moves(method, amount);
        id
    }

    /// Notes what the last line does to the drawer or to card clearing.
    pub fn moves(&mut self, method: &str, amount: i64) {
        self.last(|step| match method {
            "cash" => step.cash += amount,
            "card" | "online" => step.card += amount,
            _ => {}
        });
    }

    fn last(&mut self, change: impl FnOnce(&mut Step)) {
        if let Some(step) = self.steps.last_mut() {
            change(step);
        }
    }
}

/// An amount as it is written.
pub fn money(minor: i64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}

/// A day, so many days later.
pub fn plus(day: Date, days: i64) -> Date {
    day.0.checked_add(jiff::Span::new().days(days)).map_or(day, Date)
}
