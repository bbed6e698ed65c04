//! Lines that undo what was paid, and transfers.

use super::{KINDS, Named, Roll, Writer};

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
            _ => self.about(roll, "reverse-pay-partner", |writer| &writer.partner_payments, reason),
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
