//! Lines of the shop itself: days, seals, staff, ids that are used already.

use super::{KINDS, Roll, Writer};

impl Writer {
    /// A day passes, or is sealed.
    pub(super) fn end_of_day(&mut self, roll: &Roll) {
        match roll.pick % 4 {
            0 => self.say(format!("seal 2026-01-{:02}", self.day)),
            1 => self.say(format!("seal 2026-01-{:02}", (self.day - 1).max(1))),
            2 if roll.flags & 1 == 0 => {
                self.say(format!(
                    "unseal 2026-01-{:02} reason \"r\"",
                    (self.day - roll.amount as usize % 2).max(1)
                ));
            }
            _ => {
                self.day = (self.day + 1).min(28);
                self.say(format!("@2026-01-{:02}", self.day));
            }
        }
    }

    /// Days, seals, staff, and ids that are used already.
    pub(super) fn of_the_shop(&mut self, roll: &Roll) {
        let amount = self.amount(roll, 20);
        match roll.what % KINDS {
            56 => self.say(format!("seal 2026-01-{:02}", self.day)),
            57 => self.say(format!("seal 2026-01-{:02}", (self.day - 1).max(1))),
            58 => self.say(format!("opening {amount} cash")),
            59 if roll.flags & 1 == 0 => self.about(roll, "hand-over", |writer| &writer.payouts, ""),
            59 => self.about(roll, "hand-over", |writer| &writer.refunds, ""),
            60 => {
                let all = self.amount(roll, 100);
                self.about(roll, "write-off", |writer| &writer.orders, &format!(" {all} reason \"r\""));
            }
            61 | 62 => self.resolve(roll),
            63 => {
                self.day = (self.day + 1).min(28);
                self.say(format!("@2026-01-{:02}", self.day));
            }
            64 if roll.amount.is_multiple_of(3) => {
                let name = self.name("new");
                self.staff(roll, &name);
            }
            64 => {
                self.say("@as bob");
                self.act(&Roll { what: roll.pick % 56, pick: roll.other, ..roll.clone() });
                self.say("@as owner");
            }
            65 => self.used_id(roll),
            _ => self.set_up(roll),
        }
    }

    /// Staff, bank accounts, moved money, and an act with an earlier date.
    fn set_up(&mut self, roll: &Roll) {
        let amount = self.amount(roll, 20);
        let (name, order) = (self.name("new"), self.pick(&self.orders, roll.pick));
        match roll.flags % 5 {
            0 => self.say(format!("pay {name} c{} {amount} cash dated 2026-01-01", order.customer)),
            1 => self.say(format!("partner {name} 3%")),
            2 => self.staff(roll, &name),
            3 if roll.flags & 8 == 0 => {
                let coin = self.write([5, 10, 0, 25][usize::from(roll.amount % 4)]);
                self.say(format!("cash-rounding {coin}"));
            }
            3 => self.say(format!("bank \"{name}\"")),
            _ if roll.flags & 1 == 0 => self.say(format!("fee {amount} bank reason \"r\"")),
            _ => self.say(format!("move {amount} cash to bank fee {}", self.amount(roll, 1))),
        }
    }

    /// A new clerk. Or Bob adds a member of staff on a counter that has not received the entry by which he stopped being an
    /// admin.
    fn staff(&mut self, roll: &Roll, name: &str) {
        if self.shape.tills < 2 || self.offline[1] || roll.amount.is_multiple_of(2) {
            return self.say(format!("staff {name} clerk"));
        }
        self.offline[1] = true;
        let adds = [format!("staff {name} clerk"), format!("partner {name} 2%"), format!("bank \"{name}\"")];
        let adds = &adds[usize::from(roll.other) % 3];
        for line in [
            "@till A",
            "change bob admin",
            "offline B",
            "change bob clerk",
            "@till B",
            "@as bob",
            adds,
            "@as owner",
        ] {
            self.say(line);
        }
    }

    /// Resolves an exception that a document may have.
    fn resolve(&mut self, roll: &Roll) {
        let (kind, among) = match roll.flags % 8 {
            0 => ("CreditOverspent", &self.lots),
            1 => ("OverCredited", &self.notes),
            2 => ("OverRefunded", &self.refunds),
            3 => ("RefundDuringPending", &self.refunds),
            4 => ("CompletedTwice", &self.payouts),
            5 => ("PaidTwice", &self.payments),
            6 if roll.other.is_multiple_of(4) => {
                let name = self.name("new");
                return self.say(format!("resolve NotEntitled {name} reason \"r\""));
            }
            6 => ("IdClash", &self.payments),
            _ => ("LateIntoSealedDay", &self.payments),
        };
        let about = self.pick(among, roll.pick).id;
        self.say(format!("resolve {kind} {about} reason \"r\""));
    }

    /// A document with a used id: refused where the other is known, an exception where it is not.
    fn used_id(&mut self, roll: &Roll) {
        let taken = self.pick(&self.payments, roll.pick);
        let customer = usize::from(roll.other) % self.shape.customers;
        self.say(format!("credit {} c{customer} {} reason \"r\"", taken.id, self.amount(roll, 3)));
    }
}
