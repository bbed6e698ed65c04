//! An order of the model: the sale and the list of its events.

use super::returns::Back;
use super::{Amount, round};
use ledger::date::Date;
use ledger::entry::{Basis, OrderPlaced};

/// One event of an order.
#[derive(Debug, Clone)]
pub struct Event {
    /// The document of the event.
    pub by: String,
    pub what: What,
    pub amount: Amount,
}

#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// Allocated from this payment.
    Allocated {
        payment: String,
    },
    /// Refunded from this payment.
    Refunded {
        payment: String,
        marked: bool,
    },
    /// Applied from this lot.
    Applied {
        lot: String,
        eligible: bool,
    },
    /// Returned to this lot by a refund.
    GivenBack {
        lot: String,
        eligible: bool,
        marked: bool,
    },
    /// Un-applied.
    Unapplied {
        lot: String,
        eligible: bool,
    },
    /// A credit leg, or the reversal of one (negative), with its split.
    Leg {
        split: Vec<Amount>,
        marked: bool,
    },
    /// Became credit because nothing was owed.
    Released {
        marked: bool,
    },
    WrittenOff,
}

#[derive(Debug, Clone)]
pub struct Order {
    pub placed: OrderPlaced,
    /// The last plan; without one, the due date alone.
    pub plan: Vec<(Date, Amount)>,
    pub events: Vec<Event>,
    /// What came back and is not undone.
    pub back: Vec<Back>,
    /// Its credit notes, refunds and refund requests.
    pub notes: Vec<String>,
    pub refunds: Vec<String>,
    /// The posted commission of each partner: given and calculated.
    pub posted: Vec<(Amount, Amount)>,
}

impl Order {
    /// What is owed by due date: the latest instalments first, the rest with the first one.
    pub fn due(&self) -> Vec<(Date, Amount)> {
        let mut left = self.owed();
        let mut due = Vec::new();
        for (on, amount) in self.plan.iter().rev() {
            due.push((*on, left.min(*amount)));
            left -= left.min(*amount);
        }
        due.last_mut().unwrap().1 += left;
        due
    }

    pub fn gross(&self) -> Amount {
        self.placed.groups.iter().map(|group| group.gross.0).sum()
    }

    pub fn net(&self) -> Amount {
        self.gross() - self.placed.groups.iter().map(|group| group.tax.0).sum::<Amount>()
    }

    pub fn sum(&self, of: impl Fn(&What) -> bool) -> Amount {
        self.events.iter().filter(|event| of(&event.what)).map(|event| event.amount).sum()
    }

    /// K_g.
    pub fn credited(&self, group: usize, marked_only: bool) -> Amount {
        let part = |event: &Event| match &event.what {
            What::Leg { split, marked } if *marked || !marked_only => split[group],
            _ => 0,
        };
        self.events.iter().map(part).sum()
    }

    pub fn left(&self) -> Amount {
        self.gross() - self.sum(|what| matches!(what, What::Leg { .. })) - self.written_off()
    }

    pub fn written_off(&self) -> Amount {
        self.sum(|what| *what == What::WrittenOff)
    }

    pub fn kept(&self) -> Amount {
        self.sum(|what| matches!(what, What::Allocated { .. }))
            - self.sum(|what| matches!(what, What::Refunded { .. }))
    }

    pub fn kept_of(&self, of: &str) -> Amount {
        self.sum(|what| matches!(what, What::Allocated { payment } if payment == of))
            - self.sum(|what| matches!(what, What::Refunded { payment, .. } if payment == of))
    }

    /// Every payment with an event on the order, in order.
    pub fn payments(&self) -> Vec<String> {
        let mut all = Vec::new();
        for event in &self.events {
            if let What::Allocated { payment } | What::Refunded { payment, .. } = &event.what
                && !all.contains(payment)
            {
                all.push(payment.clone());
            }
        }
        all
    }

    pub fn applied(&self) -> Amount {
        self.sum(|what| matches!(what, What::Applied { .. }))
            - self.sum(|what| matches!(what, What::GivenBack { .. } | What::Unapplied { .. }))
    }

    /// Still applied from a lot: eligible, and not.
    pub fn applied_of(&self, of: &str, as_eligible: bool) -> Amount {
        let sum = |of_what: &dyn Fn(&What) -> bool| self.sum(of_what);
        sum(&|what| matches!(what, What::Applied { lot, eligible } if lot == of && *eligible == as_eligible))
            - sum(
                &|what| matches!(what, What::GivenBack { lot, eligible, .. } if lot == of && *eligible == as_eligible),
            )
            - sum(
                &|what| matches!(what, What::Unapplied { lot, eligible } if lot == of && *eligible == as_eligible),
            )
    }

    pub fn released(&self) -> Amount {
        self.sum(|what| matches!(what, What::Released { .. }))
    }

    pub fn owed(&self) -> Amount {
        self.left() - self.kept() - self.applied() + self.released()
    }

    pub fn refundable(&self) -> Amount {
        (self.kept() + self.applied() - self.released()).max(0)
    }

    /// What counts for commission; `gone` are reversed or not eligible payments.
    pub fn earning(&self, gone: &dyn Fn(&str) -> bool) -> Amount {
        let counts = |event: &Event| match &event.what {
            What::Allocated { payment } if !gone(payment) => event.amount,
            What::Refunded { payment, marked: true } if !gone(payment) => -event.amount,
            What::Applied { eligible: true, .. } => event.amount,
            What::GivenBack { eligible: true, marked: true, .. } => -event.amount,
            What::Unapplied { eligible: true, .. } => -event.amount,
            What::Released { marked: true } => -event.amount,
            _ => 0,
        };
        self.events.iter().map(counts).sum::<Amount>().clamp(0, self.gross())
    }

    /// Given and calculated, for each partner.
    pub fn commission(&self, gone: &dyn Fn(&str) -> bool) -> Vec<(Amount, Amount)> {
        let earning = self.earning(gone);
        let one = |partner: &ledger::entry::OrderPartner| {
            let rate = i128::from(partner.rate.0);
            let hundred = 1_000_000;
            let given = round(rate * self.earned_net(earning).0, hundred * self.earned_net(earning).1);
            if partner.basis == Basis::OnPayment {
                return (given, 0);
            }
            let credited: Amount = (0..self.placed.groups.len()).map(|group| self.net_marked(group)).sum();
            let calculated = round(rate * i128::from(self.net() - credited), hundred);
            (given, calculated.max(given))
        };
        self.placed.partners.iter().map(one).collect()
    }

    /// f(E) as numerator and divisor: money for what is left of the sale earns at its net share, money beyond it at that of
    /// what was taken back.
    fn earned_net(&self, earning: Amount) -> (i128, i128) {
        let groups = 0..self.placed.groups.len();
        let marked: i128 = groups.clone().map(|group| i128::from(self.credited(group, true))).sum();
        let back: i128 = groups.map(|group| i128::from(self.net_marked(group))).sum();
        let (earning, left) = (i128::from(earning), i128::from(self.gross()) - marked);
        let left_net = i128::from(self.net()) - back;
        match earning {
            0 => (0, 1),
            _ if earning <= left => (left_net * earning, left),
            _ => (left_net * marked + back * (earning - left), marked),
        }
    }

    /// M_g − round(X_g·M_g/G_g).
    fn net_marked(&self, group: usize) -> Amount {
        let marked = self.credited(group, true);
        marked - self.tax_of(group, marked)
    }

    /// round(X_g·K/G_g).
    pub fn tax_of(&self, group: usize, credited: Amount) -> Amount {
        let group = &self.placed.groups[group];
        round(i128::from(group.tax.0) * i128::from(credited), i128::from(group.gross.0))
    }

    /// G_g − K_g.
    pub fn rooms(&self) -> Vec<Amount> {
        let groups = 0..self.placed.groups.len();
        groups.map(|group| self.placed.groups[group].gross.0 - self.credited(group, false)).collect()
    }
}
