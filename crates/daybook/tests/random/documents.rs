//! The lines of documents: orders, payments, credit, refunds, pay-outs.

use super::{Acts, METHODS, Named, Roll, TAXES, Writer};

impl Writer {
    pub(super) fn order(&mut self, roll: &Roll) {
        let customer = usize::from(roll.pick) % self.shape.customers;
        let tax = TAXES[usize::from(roll.flags % 4)];
        let amount = self.amount(roll, 100);
        let goods = if roll.flags & 16 == 0 || self.shape.large {
            format!("{amount}{tax}")
        } else {
            let less = ["", " less 10%", " less 0.1%", " less 100%"][usize::from(roll.amount / 4 % 4)];
            let qty = ["1", "0.350", "2"][usize::from(roll.other % 3)];
            format!(
                "lines \"One\" {qty} x {amount}{tax}{less}, \"Two\" {} x {amount} tax 20%",
                1 + roll.other % 3
            )
        };
        let lead = [" lead sue", " lead up", " lead pat"][usize::from(roll.other / 4 % 3)];
        let lead = if roll.flags & 32 == 0 { "" } else { lead };
        let sale = ["", " sale pat", " sale up", " sale pat"][usize::from(roll.other % 4)];
        let id = self.name("O");
        let off = match roll.amount % 9 {
            1 if !self.shape.large => " discount 12.5%".to_owned(),
            2 if !self.shape.large => format!(" discount {amount}"),
            _ => String::new(),
        };
        self.say(format!("order {id} c{customer} {goods}{off}{lead}{sale}"));
        self.gross.insert(id.clone(), self.minor(roll, 100));
        // A plan adds up to what is owed, which a discount changes.
        if roll.other & 64 != 0 && off.is_empty() {
            self.plan(&id, roll);
        }
        self.orders.push(Named { order: Some(id.clone()), id, customer });
    }

    pub(super) fn pay(&mut self, roll: &Roll) {
        let (first, second) = (self.pick(&self.orders, roll.pick), self.pick(&self.orders, roll.other));
        let online = self.shape.acts_of == Acts::All && roll.flags & 8 != 0;
        let method = if online { "online" } else { METHODS[usize::from(roll.flags % 6)] };
        let to = match roll.flags >> 6 {
            0 => String::new(),
            1 if first.customer == second.customer && first.id != second.id => {
                format!(" to {}, {}", first.id, second.id)
            }
            2 if roll.other & 3 == 0 => format!(" to {} {}", first.id, self.amount(roll, 20)),
            _ => format!(" to {}", first.id),
        };
        let eligible = if roll.flags & 32 == 0 { "" } else { " no-commissions" };
        let id = self.name("P");
        let amount = self.amount(roll, 80);
        let rounding = self.rounding_received(roll, method);
        self.say(format!("pay {id} c{} {amount} {method}{to}{eligible}{rounding}", first.customer));
        let order = (!to.is_empty()).then_some(first.id);
        self.payments.push(Named { id: id.clone(), customer: first.customer, order });
        self.lots.push(Named { id, customer: first.customer, order: None });
    }

    pub(super) fn apply(&mut self, roll: &Roll) {
        let lot = self.pick(&self.lots, roll.pick);
        let order = self.pick_of(&self.orders, lot.customer, roll.other);
        self.say(format!("apply {} to {} {}", lot.id, order.id, self.amount(roll, 10)));
        self.applied.push((lot.id, order.id));
    }

    pub(super) fn unapply(&mut self, roll: &Roll) {
        let Some((lot, order)) = self.applied.get(usize::from(roll.pick) % self.applied.len().max(1)) else {
            return;
        };
        let line = format!("unapply {lot} from {order}");
        self.say(line);
    }

    pub(super) fn credit(&mut self, roll: &Roll) {
        let customer = usize::from(roll.pick) % self.shape.customers;
        let tax = if roll.flags & 1 == 0 { "" } else { " tax 20%" };
        let id = self.name("C");
        self.say(format!("credit {id} c{customer} {}{tax} reason \"r\"", self.amount(roll, 50)));
        self.lots.push(Named { id, customer, order: None });
    }

    pub(super) fn note(&mut self, roll: &Roll) {
        let order = self.pick(&self.orders, roll.pick);
        let clawback = if roll.flags & 1 == 0 { "" } else { " clawback credit" };
        let id = self.name("N");
        let back = self.back(roll);
        let amount =
            if back.is_empty() || roll.flags & 6 == 0 { self.amount(roll, 30) } else { String::new() };
        self.say(format!("credit-note {id} {} {amount} reason \"r\"{back}{clawback}", order.id));
        let note = Named { id, customer: order.customer, order: Some(order.id) };
        self.lots.push(note.clone());
        self.notes.push(note);
    }

    pub(super) fn refund(&mut self, roll: &Roll, verb: &str) {
        let payment = self.pick(&self.payments, roll.pick);
        let from_credit = roll.flags & 8 != 0 && !self.applied.is_empty();
        let (from, order) = if from_credit {
            let (lot, order) = self.applied[usize::from(roll.other) % self.applied.len()].clone();
            (format!("credit {lot}"), order)
        } else {
            let any = self.pick(&self.orders, roll.other).id;
            (payment.id.clone(), payment.order.clone().unwrap_or(any))
        };
        let method = match roll.flags & 7 {
            0 | 1 if self.shape.acts_of == Acts::All => "online",
            4 => "credit",
            5 => "card",
            _ => "cash",
        };
        let about = [15, 60][usize::from(roll.other & 1)];
        let (minor, rounding) = self.rounded(roll, method, self.minor(roll, about));
        let amount = self.write(minor);
        let from = if from_credit && roll.other & 2 != 0 {
            self.with_payment(&from, &order, minor).unwrap_or(from)
        } else {
            from
        };
        let after = match roll.flags >> 6 {
            0 => "stays".into(),
            1 => "reopens".into(),
            2 => format!("owed-after {}", self.write(0)),
            _ => format!("owed-after {amount}"),
        };
        let clawback = ["", " clawback refund", " clawback credit", " clawback refund credit"];
        let clawback = clawback[usize::from(roll.flags >> 4 & 3)];
        let id = self.name("R");
        let back = self.back(roll);
        self.say(format!(
            "{verb} {id} {order} {amount} {method} from {from} {after} reason \"r\"{back}{clawback}{rounding}"
        ));
        // Few refunds are rounded, and few are reversed.
        if !rounding.is_empty() && roll.flags & 32 != 0 {
            self.say(format!("reverse-refund {id} reason \"r\""));
        }
        let refund = Named { id, customer: payment.customer, order: Some(order) };
        if method == "credit" {
            self.lots.push(refund.clone());
        }
        match (verb, method) {
            ("request", _) => {
                match roll.other & 12 {
                    4 => self.say(format!("approve {}", refund.id)),
                    8 => self.say(format!("reject {}", refund.id)),
                    _ => {}
                }
                self.requests.push(refund);
            }
            (_, "online") => self.online.push(refund),
            _ => self.refunds.push(refund),
        }
    }

    /// The lines that come back, of half of the refunds and notes; orders have one line, or two with texts.
    fn back(&self, roll: &Roll) -> String {
        let qty = ["1", "0.5", "2", "0.350"][usize::from(roll.amount / 8 % 4)];
        match roll.amount % 11 {
            0 | 1 => format!(" return {qty} x \"Two\""),
            2 | 3 => format!(" return {qty} x line 1"),
            4 => format!(" return 1 x \"One\", {qty} x \"Two\""),
            _ => String::new(),
        }
    }

    /// Half of a refund from applied credit, half from a payment of the order; `None` if the order has none.
    fn with_payment(&self, credit: &str, order: &str, minor: u64) -> Option<String> {
        let of_order = |paid: &&Named| paid.order.as_deref() == Some(order);
        let payment = self.payments.iter().rev().find(of_order).filter(|_| minor > 1)?;
        let (one, two) = (self.write(minor / 2), self.write(minor - minor / 2));
        Some(format!("{credit} {one}, {} {two}", payment.id))
    }

    pub(super) fn payout(&mut self, roll: &Roll) {
        let lot = self.pick(&self.lots, roll.pick);
        let other = self.pick_of(&self.lots, lot.customer, roll.other);
        let method = METHODS[usize::from(roll.flags % 6)];
        let id = self.name("X");
        let (minor, rounding) = self.rounded(roll, method, self.minor(roll, 20));
        let amount = self.write(minor);
        if roll.flags & 64 != 0 && other.id != lot.id && minor > 1 {
            let (one, two) = (self.write(minor / 2), self.write(minor - minor / 2));
            self.say(format!(
                "payout {id} c{} {amount} {method} from {} {one}, {} {two}{rounding}",
                lot.customer, lot.id, other.id
            ));
        } else {
            self.say(format!("payout {id} c{} {amount} {method} from {}{rounding}", lot.customer, lot.id));
        }
        self.payouts.push(Named { id, customer: lot.customer, order: None });
    }
}
