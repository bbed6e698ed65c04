//! Generates day books of any size: ten years of a shop with every kind of act. The same seed gives the same bytes.

mod goods;
mod names;
mod pay_out;
mod rng;
mod scenario;
mod scenarios;

use ledger::date::Date;
use names::{FIRST, LAST, TRADES};
use rng::Rng;
use scenario::{COIN, PARTNERS, PlannedLine, Scenario, add_days, money};
use scenarios::{SCENARIOS, Writer};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};

const DAYS: u64 = 3_652;
const TILLS: [&str; 3] = ["A", "B", "C"];

/// The size of a generated day book.
#[derive(Debug, Clone, Copy)]
pub struct GeneratorOptions {
    /// The exact number of acts.
    pub entries: u64,
    /// The seed of the random numbers.
    pub seed: u64,
    /// The number of customers at the end, if there are enough acts.
    pub customers: u64,
}

/// The text of the day book, day by day.
pub fn generate(options: GeneratorOptions) -> impl Iterator<Item = String> {
    let mut shop = Generator::new(options);
    (0..DAYS).filter_map(move |day| shop.day(day))
}

struct Generator {
    options: GeneratorOptions,
    rng: Rng,
    text: String,
    written: u64,
    /// The number of the last document.
    count: u64,
    customers: u64,
    /// The scenarios that continue, by day and key.
    queue: BinaryHeap<Reverse<(Date, u64)>>,
    active: BTreeMap<u64, ActiveScenario>,
    today: Date,
    sealed: Date,
    till: usize,
    admin: bool,
    drawers: [i64; 3],
    card: i64,
    payable: [i64; 3],
    recorded_twice: bool,
}

/// A scenario with lines left to write.
struct ActiveScenario {
    till: usize,
    lines: VecDeque<PlannedLine>,
    earns: [i64; 3],
}

impl Generator {
    fn new(options: GeneratorOptions) -> Self {
        let first = Date(jiff::civil::Date::constant(2016, 1, 4));
        Self {
            options,
            rng: Rng::new(options.seed),
            text: String::new(),
            written: 0,
            count: 0,
            customers: 0,
            queue: BinaryHeap::new(),
            active: BTreeMap::new(),
            today: first,
            sealed: add_days(first, -1),
            till: 0,
            admin: true,
            drawers: [20_000, 0, 0],
            card: 0,
            payable: [0; 3],
            recorded_twice: false,
        }
    }

    /// The text of one day; `None` when it has no line.
    fn day(&mut self, day: u64) -> Option<String> {
        self.today = add_days(Date(jiff::civil::Date::constant(2016, 1, 4)), i64::try_from(day).ok()?);
        let quota = self.options.entries * (day + 1) / DAYS;
        if day == 0 {
            self.open();
        }
        if self.written < quota {
            self.before_opening();
        }
        while self.written < quota {
            let next = self.queue.peek().is_some_and(|Reverse((due, _))| *due <= self.today);
            let wants_customers = self.customers < (self.options.customers * (day + 1)).div_ceil(DAYS);
            match (next, wants_customers || self.customers == 0) {
                (_, true) => self.add_customer(),
                (true, false) => self.continue_scenario(),
                (false, false) => self.start_scenario(),
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
        if self.options.entries > 1 {
            self.line("@as ana");
        }
        self.act("bank \"Current\"");
        self.act("bank \"Savings\"");
        self.act("method voucher 1090 \"Gift voucher\"");
        self.act(&format!("cash-rounding {}", money(COIN)));
        self.act("blind-count on");
        self.act("item oil \"Chain oil\" 8.50 tax 20% code \"5012345678900\"");
        for (id, rate, basis) in PARTNERS {
            self.act(&format!("partner {id} \"{id} & partners\" {rate}%{basis}"));
        }
        self.act("opening 200.00 cash");
        self.act("opening 5000.00 bank \"Current\"");
    }

    /// What a shop does before it opens: seal a month, count the drawer, bank money and pay partners.
    fn before_opening(&mut self) {
        let yesterday = add_days(self.today, -1);
        if self.today.0.month() != self.sealed.0.month() && self.rng.chance(60) && self.written > 12 {
            self.switch_to(0, true);
            self.act(&format!("seal {yesterday}"));
            self.sealed = yesterday;
            if self.rng.chance(10) {
                self.line("@as owner");
                self.act(&format!("unseal {yesterday} reason \"an invoice was missing\""));
                self.act(&format!("seal {yesterday}"));
                self.line("@as ana");
            }
        }
        match self.rng.between(0, 39) {
            0 => self.count_drawer(),
            1 if self.card > 5_000 => {
                let (fee, all) = (self.card / 60, self.card);
                self.card = 0;
                self.switch_to(0, false);
                self.act(&format!("move {} card to bank fee {}", money(all - fee), money(fee)));
            }
            2 if self.drawers[0] > 50_000 => {
                self.drawers[0] -= 30_000;
                self.switch_to(0, false);
                self.act("move-cash 300.00 to bank \"Savings\"");
            }
            3 => self.pay_partner(),
            5 => {
                self.switch_to(0, false);
                self.act("fee 12.00 bank \"Current\" reason \"returned check\"");
            }
            6 if self.customers > 1 => self.change(),
            4 if !self.recorded_twice && self.customers > 0 => self.record_twice_offline(),
            _ => {}
        }
    }

    /// Changes of people, partners and the shop. Rates stay, because scenarios know what partners earn.
    fn change(&mut self) {
        let customer = self.rng.between(2, self.customers);
        let line = match self.rng.between(0, 5) {
            0 => "change shop \"Counterfoil & Daughters\"".to_owned(),
            1 => "change bob \"Bob Little\" clerk".to_owned(),
            2 => "change sue \"Sue & partners\"".to_owned(),
            3 => format!("duplicate c{customer} of c1"),
            _ => format!("change c{customer} phone \"07700 {:06}\"", 900_000 + customer % 1_000),
        };
        self.switch_to(0, true);
        self.act(&line);
    }

    fn count_drawer(&mut self) {
        let till = self.till;
        let Some(drawer) = self.drawers.get_mut(till) else { return };
        *drawer = (*drawer + self.rng.pick(&[0, 0, 0, -5, 10, -100], 0)).max(0);
        let counted = money(*drawer);
        self.switch_to(till, false);
        self.act(&format!("count {counted}"));
    }

    fn pay_partner(&mut self) {
        let at = self.rng.between(0, 2) as usize;
        let (Some(payable), Some((partner, ..))) = (self.payable.get_mut(at), PARTNERS.get(at)) else {
            return;
        };
        let paid = std::mem::take(payable);
        if paid > 0 {
            self.switch_to(0, true);
            self.count += 1;
            let id = self.count;
            self.act(&format!("pay-partner {partner} {} bank \"Current\" as PP-{id}", money(paid)));
            if self.rng.chance(10) {
                self.act(&format!("reverse-pay-partner PP-{id} reason \"wrong account\""));
                self.payable.get_mut(at).into_iter().for_each(|payable| *payable = paid);
            }
        }
    }

    /// Two counters record the same payment while one is offline. Only once, because it copies the book.
    fn record_twice_offline(&mut self) {
        self.recorded_twice = true;
        self.count += 3;
        let (order, one, two) = (self.count - 2, self.count - 1, self.count);
        let options = self.options.entries;
        if options - self.written < 5 {
            return;
        }
        self.switch_to(0, true);
        self.act(&format!("order O-{order} c1 80.00 tax 20%"));
        self.line("offline B");
        self.act(&format!("pay P-{one} c1 80.00 bank to O-{order}"));
        self.switch_to(1, true);
        self.act(&format!("pay P-{two} c1 80.00 bank to O-{order}"));
        self.line("online B");
        self.act(&format!("resolve PaidTwice P-{two} reason \"kept as credit\""));
    }

    fn add_customer(&mut self) {
        self.customers += 1;
        let id = self.customers;
        let (first, last) = (self.rng.pick(FIRST, "Sam"), self.rng.pick(LAST, "Moss"));
        self.switch_to(till_of(id), false);
        let line = if self.rng.chance(20) {
            format!("customer c{id} \"{last} {}\" company", self.rng.pick(TRADES, "Farm"))
        } else {
            format!("customer c{id} \"{first} {last}\" phone \"07700 {:06}\"", 900_000 + id % 1_000)
        };
        self.act(&line);
    }

    /// Writes the next line of a scenario that is due.
    fn continue_scenario(&mut self) {
        let Some(Reverse((_, key))) = self.queue.pop() else { return };
        let Some(mut scenario) = self.active.remove(&key) else { return };
        if let Some(line) = scenario.lines.pop_front() {
            self.write_line(scenario.till, line);
        }
        match scenario.lines.front() {
            Some(next) => {
                let due = add_days(self.today, next.wait);
                self.queue.push(Reverse((due, key)));
                self.active.insert(key, scenario);
            }
            None => self.payable.iter_mut().zip(scenario.earns).for_each(|(sum, earned)| *sum += earned),
        }
    }

    fn write_line(&mut self, till: usize, line: PlannedLine) {
        let stays_admin = self.admin && self.rng.chance(50);
        self.switch_to(till, line.admin || stays_admin);
        let yesterday = add_days(self.today, -1);
        let back = line.backdates && line.wait > 1 && yesterday > self.sealed && self.rng.chance(10);
        let dated = if back { format!(" dated {yesterday}") } else { String::new() };
        self.act(&format!("{}{dated}", line.text));
        self.card += line.card;
        self.drawers.get_mut(till).into_iter().for_each(|drawer| *drawer += line.cash);
    }

    /// Starts a scenario of a random customer; newer customers are more likely.
    fn start_scenario(&mut self) {
        let newest = self.rng.between(1, self.customers);
        let customer = self.customers + 1 - self.rng.between(1, newest);
        let name = format!("c{customer}");
        let mut scenario = Scenario::new(&mut self.rng, &mut self.count, &name, self.today);
        let sale = write_random(&mut scenario);
        let lines = VecDeque::from(scenario.lines);
        let earns = sale.map_or([0; 3], |sale| sale.earns);
        self.count += 1;
        let key = self.count;
        self.queue.push(Reverse((self.today, key)));
        self.active.insert(key, ActiveScenario { till: till_of(customer), lines, earns });
    }

    /// Switches to a counter and to an admin or a clerk.
    fn switch_to(&mut self, till: usize, admin: bool) {
        if self.till != till {
            self.till = till;
            let letter = TILLS.get(till).copied().unwrap_or("A");
            self.line(&format!("@till {letter}"));
        }
        if self.admin != admin {
            self.admin = admin;
            let clerk = self.rng.pick(&["bob", "cara"], "bob");
            self.line(&format!("@as {}", if admin { "ana" } else { clerk }));
        }
    }

    /// Writes a line that records an entry, unless all entries are written.
    fn act(&mut self, line: &str) {
        if self.written < self.options.entries {
            self.written += 1;
            self.line(line);
        }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }
}

/// The counter that a customer always uses.
const fn till_of(customer: u64) -> usize {
    match customer % 7 {
        3 => 1,
        5 | 6 => 2,
        _ => 0,
    }
}

fn write_random(scenario: &mut Scenario<'_>) -> Option<scenario::Sale> {
    let all: u64 = SCENARIOS.iter().map(|(weight, _)| weight).sum();
    let mut at = scenario.rng.between(0, all - 1);
    for (weight, writer) in SCENARIOS {
        if at < *weight {
            return match writer {
                Writer::PaidInFull(write) => Some(write(scenario)),
                Writer::Other(write) => {
                    write(scenario);
                    None
                }
            };
        }
        at -= weight;
    }
    None
}
