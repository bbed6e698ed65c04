//! Lines that undo what was paid; transfers, plans, changes and duplicates.

use super::{KINDS, Named, PARTNERS, Roll, Writer};

impl Writer {
    pub(super) fn undo(&mut self, roll: &Roll) {
        let reason = " reason \"r\"";
        match roll.what % KINDS {
            72..=76 => {
                if roll.flags & 1 == 0 {
                    self.about(roll, "complete", |writer| &writer.payouts, "");
                }
                self.about(roll, "reverse-payout", |writer| &writer.payouts, reason);
            }
            80..=83 => self.transfer(roll),
            84..=87 => self.unapply(roll),
            88..=90 => {
                let order = self.pick(&self.orders, roll.pick).id;
                self.plan(&order, roll);
            }
            91..=93 => self.change(roll),
            _ => {
                if roll.flags & 1 == 0 {
                    let (partner, id) = (PARTNERS[usize::from(roll.pick) % 3], self.name("PP"));
                    self.say(format!("pay-partner {partner} {} bank as {id}", self.write(25)));
                    self.partner_payments.push(Named { id, customer: 0, order: None });
                }
                self.about(roll, "reverse-pay-partner", |writer| &writer.partner_payments, reason);
            }
        }
    }

    /// Plans what an order owes if nothing of it was paid and no tax was added: other plans are refused.
    pub(super) fn plan(&mut self, order: &str, roll: &Roll) {
        let Some(gross) = self.gross.get(order).copied().filter(|gross| *gross > 2) else { return };
        let third = gross / 3;
        let (one, two, rest) = (self.write(third), self.write(gross - 2 * third), self.write(gross - third));
        let instalments = match roll.amount % 4 {
            0 => format!("2026-01-20 {}", self.write(gross)),
            1 => format!("2026-02-01 {one}, 2026-03-01 {rest}"),
            2 => format!("2026-02-01 {rest}, 2026-02-01 {one}"),
            _ => format!("2026-02-01 {one}, 2026-03-01 {two}, 2026-04-01 {one}"),
        };
        self.say(format!("plan {order} {instalments}"));
    }

    /// Changes of the shop, its people and partners, and duplicates.
    fn change(&mut self, roll: &Roll) {
        let customers = self.shape.customers;
        let (one, other) = (usize::from(roll.pick) % customers, usize::from(roll.other) % customers);
        match roll.flags % 10 {
            0 => self.say(format!("change c{one} phone \"{}\"", roll.amount)),
            1 => self.say(format!("change c{one} \"Customer {}\" email \"\" company", roll.amount)),
            2 => self.say(format!("change pat {}%", 1 + roll.amount % 120)),
            3 => self.say("change up 12.5% name \"Una\""),
            4 => self.say("change bob left"),
            5 => self.say("change bob back clerk"),
            6 => self.say("change bob admin"),
            7 if roll.other & 1 == 0 => {
                self.say(format!("seal 2026-01-{:02}", self.day));
                self.say(format!("unseal 2026-01-{:02} reason \"r\"", self.day));
            }
            7 => self.say(format!("change shop \"Random {}\"", roll.amount)),
            _ => self.say(format!("duplicate c{one} of c{other}")),
        }
    }

    fn transfer(&mut self, roll: &Roll) {
        let lot = self.pick(&self.lots, roll.pick);
        let customer = usize::from(roll.other) % self.shape.customers;
        let id = self.name("T");
        self.say(format!("transfer {id} {} {} to c{customer} reason \"r\"", lot.id, self.amount(roll, 10)));
        self.lots.push(Named { id, customer, order: None });
    }
}
