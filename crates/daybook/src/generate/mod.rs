//! Makes day books of any size: a shop's ten years, every kind of act, the same seed the same bytes.

mod dice;
mod tale;
mod tales;
mod words;

use dice::Dice;
use ledger::date::Date;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};
use tale::{PARTNERS, Step, Tale, money, plus};
use tales::{TALES, Told};
use words::{FIRST, LAST, TRADES};

const DAYS: u64 = 3_652;
const TILLS: [&str; 3] = ["A", "B", "C"];

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// How many acts, exactly.
    pub entries: u64,
    /// Another seed, another shop.
    pub seed: u64,
    /// How many customers at the end, if there is room for them.
    pub customers: u64,
}

/// Writes the day book, day by day.
pub fn generate(wanted: Wanted) -> impl Iterator<Item = String> {
    let mut shop = Generator::new(wanted);
    (0..DAYS).filter_map(move |day| shop.day(day))
}

struct Generator {
    wanted: Wanted,
    dice: Dice,
    text: String,
    written: u64,
    /// The last document's number.
    count: u64,
    customers: u64,
    /// Tales by the day and sequence in which they go on.
    tales: BinaryHeap<Reverse<(Date, u64)>>,
    told: BTreeMap<u64, OnItsWay>,
    today: Date,
    sealed: Date,
    till: usize,
    admin: bool,
    drawers: [i64; 3],
    card: i64,
    payable: [i64; 3],
    reconciled: bool,
}

/// A tale on its way.
struct OnItsWay {
    till: usize,
    steps: VecDeque<Step>,
    earns: [i64; 3],
}

impl Generator {
    fn new(wanted: Wanted) -> Self {
        let first = Date(jiff::civil::Date::constant(2016, 1, 4));
        Self {
            wanted,
            dice: Dice::new(wanted.seed),
            text: String::new(),
            written: 0,
            count: 0,
            customers: 0,
            tales: BinaryHeap::new(),
            told: BTreeMap::new(),
            today: first,
            sealed: plus(first, -1),
            till: 0,
            admin: true,
            drawers: [20_000, 0, 0],
            card: 0,
            payable: [0; 3],
            reconciled: false,
        }
    }

    /// The text of one day; none when nothing happens on it.
    fn day(&mut self, day: u64) -> Option<String> {
        self.today = plus(Date(jiff::civil::Date::constant(2016, 1, 4)), i64::try_from(day).ok()?);
        let quota = self.wanted.entries * (day + 1) / DAYS;
        if day == 0 {
            self.open();
        }
        if self.written < quota {
            self.morning();
        }
        while self.written < quota {
            let next = self.tales.peek().is_some_and(|Reverse((due, _))| *due <= self.today);
            let wants_customers = self.customers < (self.wanted.customers * (day + 1)).div_ceil(DAYS);
            match (next, wants_customers || self.customers == 0) {
                (_, true) => self.add_customer(),
                (true, false) => self.go_on(),
                (false, false) => self.begin(),
            }
        }
        let text = std::mem::take(&mut self.text);
        (!text.is_empty()).then(|| format!("@{}\n{text}", self.today))
    }

    fn open(&mut self) {
        self.act("shop \"Counterfoil & Daughters\" GBP");
        self.act("staff ana \"Ana Ruiz\" admin");
        self.act("staff bob \"Bob Little\" clerk");
        self.act("staff cara \"Cara Lund\" clerk");
        if self.wanted.entries > 1 {
            self.line("@as ana");
        }
        self.act("bank \"Current\"");
        self.act("bank \"Savings\"");
        self.act("method voucher 1090 \"Gift voucher\"");
        for (id, rate, basis) in PARTNERS {
            self.act(&format!("partner {id} \"{id} & partners\" {rate}%{basis}"));
        }
        self.act("opening 200.00 cash");
        self.act("opening 5000.00 bank \"Current\"");
    }

    /// What a shop does before it opens: it closes a month, counts, banks and pays its partners.
    fn morning(&mut self) {
        let yesterday = plus(self.today, -1);
        if self.today.0.month() != self.sealed.0.month() && self.dice.chance(60) && self.written > 12 {
            self.speak(0, true);
            self.act(&format!("seal {yesterday}"));
            self.sealed = yesterday;
        }
        match self.dice.from(0, 39) {
            0 => self.count_drawer(),
            1 if self.card > 5_000 => {
                let (fee, all) = (self.card / 60, self.card);
                self.card = 0;
                self.speak(0, false);
                self.act(&format!("move {} card to bank fee {}", money(all - fee), money(fee)));
            }
            2 if self.drawers[0] > 50_000 => {
                self.drawers[0] -= 30_000;
                self.speak(0, false);
                self.act("move-cash 300.00 to bank \"Savings\"");
            }
            3 => self.pay_partner(),
            4 if !self.reconciled && self.customers > 0 => self.disagree(),
            _ => {}
        }
    }

    fn count_drawer(&mut self) {
        let till = self.till;
        let Some(drawer) = self.drawers.get_mut(till) else { return };
        *drawer = (*drawer + self.dice.pick(&[0, 0, 0, -5, 10, -100], 0)).max(0);
        let counted = money(*drawer);
        self.speak(till, false);
        self.act(&format!("count {counted}"));
    }

    fn pay_partner(&mut self) {
        let at = self.dice.from(0, 2) as usize;
        let (Some(payable), Some((partner, ..))) = (self.payable.get_mut(at), PARTNERS.get(at)) else {
            return;
        };
        let paid = std::mem::take(payable);
        if paid > 0 {
            self.speak(0, true);
            self.act(&format!("pay-partner {partner} {} bank \"Current\"", money(paid)));
        }
    }

    /// Two counters take the same money while one is offline; once, because it costs a copy of the book.
    fn disagree(&mut self) {
        self.reconciled = true;
        self.count += 3;
        let (order, one, two) = (self.count - 2, self.count - 1, self.count);
        let wanted = self.wanted.entries;
        if wanted - self.written < 5 {
            return;
        }
        self.speak(0, true);
        self.act(&format!("order O-{order} c1 80.00 tax 20%"));
        self.line("offline B");
        self.act(&format!("pay P-{one} c1 80.00 bank to O-{order}"));
        self.speak(1, true);
        self.act(&format!("pay P-{two} c1 80.00 bank to O-{order}"));
        self.line("online B");
        self.act(&format!("resolve PaidTwice P-{two} reason \"kept as credit\""));
    }

    fn add_customer(&mut self) {
        self.customers += 1;
        let id = self.customers;
        let (first, last) = (self.dice.pick(FIRST, "Sam"), self.dice.pick(LAST, "Moss"));
        self.speak(till_of(id), false);
        let line = if self.dice.chance(20) {
            format!("customer c{id} \"{last} {}\" company", self.dice.pick(TRADES, "Farm"))
        } else {
            format!("customer c{id} \"{first} {last}\" phone \"07700 {:06}\"", 900_000 + id % 1_000)
        };
        self.act(&line);
    }

    /// The next line of a tale that is due.
    fn go_on(&mut self) {
        let Some(Reverse((_, tale))) = self.tales.pop() else { return };
        let Some(mut told) = self.told.remove(&tale) else { return };
        if let Some(step) = told.steps.pop_front() {
            self.tell(told.till, step);
        }
        match told.steps.front() {
            Some(next) => {
                let due = plus(self.today, next.wait);
                self.tales.push(Reverse((due, tale)));
                self.told.insert(tale, told);
            }
            None => self.payable.iter_mut().zip(told.earns).for_each(|(sum, earned)| *sum += earned),
        }
    }

    fn tell(&mut self, till: usize, step: Step) {
        let stays = self.admin && self.dice.chance(50);
        self.speak(till, step.admin || stays);
        let yesterday = plus(self.today, -1);
        let back = step.backdates && step.wait > 1 && yesterday > self.sealed && self.dice.chance(10);
        let dated = if back { format!(" dated {yesterday}") } else { String::new() };
        self.act(&format!("{}{dated}", step.text));
        self.card += step.card;
        self.drawers.get_mut(till).into_iter().for_each(|drawer| *drawer += step.cash);
    }

    /// A new tale of some customer; newer ones come more often.
    fn begin(&mut self) {
        let reach = self.dice.from(1, self.customers);
        let customer = self.customers + 1 - self.dice.from(1, reach);
        let name = format!("c{customer}");
        let mut tale = Tale::new(&mut self.dice, &mut self.count, &name, self.today);
        let sale = tell_one(&mut tale);
        let steps = VecDeque::from(tale.steps);
        let earns = sale.map_or([0; 3], |sale| sale.earns);
        self.count += 1;
        let key = self.count;
        self.tales.push(Reverse((self.today, key)));
        self.told.insert(key, OnItsWay { till: till_of(customer), steps, earns });
    }

    /// Turns to a counter, and to somebody who may speak there.
    fn speak(&mut self, till: usize, admin: bool) {
        if self.till != till {
            self.till = till;
            let letter = TILLS.get(till).copied().unwrap_or("A");
            self.line(&format!("@till {letter}"));
        }
        if self.admin != admin {
            self.admin = admin;
            let clerk = self.dice.pick(&["bob", "cara"], "bob");
            self.line(&format!("@as {}", if admin { "ana" } else { clerk }));
        }
    }

    /// A line that records an entry, as long as some are wanted.
    fn act(&mut self, line: &str) {
        if self.written < self.wanted.entries {
            self.written += 1;
            self.line(line);
        }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }
}

/// The counter where a customer always comes.
const fn till_of(customer: u64) -> usize {
    match customer % 7 {
        3 => 1,
        5 | 6 => 2,
        _ => 0,
    }
}

fn tell_one(tale: &mut Tale<'_>) -> Option<tale::Sale> {
    let all: u64 = TALES.iter().map(|(often, _)| often).sum();
    let mut at = tale.dice.from(0, all - 1);
    for (often, tell) in TALES {
        if at < *often {
            return match tell {
                Told::Paid(tell) => Some(tell(tale)),
                Told::Else(tell) => {
                    tell(tale);
                    None
                }
            };
        }
        at -= often;
    }
    None
}
