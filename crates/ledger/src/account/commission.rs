//! Commission: computed from the figures of an order after every entry; the difference is posted.

use crate::account::order::Order;
use crate::code::{BookAccount, Code};
use crate::entry::partner_added::Basis;
use crate::limits::MAX_RATE;
use crate::money::Money;
use crate::posting::Lines;
use crate::rate::Rate;
use crate::round::round_div;

/// Updates the share of each partner of the order and posts the differences.
pub fn post(order: &mut Order, lines: &mut Lines) {
    if order.shares.is_empty() || !order.gross.is_positive() {
        return;
    }
    let earned = (order.earning - order.released_marked).clamp(Money::ZERO, order.gross);
    let sale = Sale::of(order);
    let expense = BookAccount::of(Code::CommissionExpense);
    for share in &mut order.shares {
        let given = sale.given(share.rate, earned);
        match share.basis {
            Basis::OnPayment => lines.transfer(&expense, &share.payable, given - share.given),
            Basis::UpFront => {
                let calculated = share.rate.of(sale.net - sale.marked_net).max(given);
                lines.transfer(&expense, &share.accrued, calculated - share.calculated);
                lines.transfer(&share.accrued, &share.payable, given - share.given);
                share.calculated = calculated;
            }
        }
        share.given = given;
    }
}

/// The sale that commission is computed from: G, N, and what marked credit legs took back of each (M, and the net in
/// it).
struct Sale {
    gross: Money,
    net: Money,
    marked: Money,
    marked_net: Money,
}

impl Sale {
    fn of(order: &Order) -> Self {
        let marked = order.groups.iter().map(|group| group.marked).sum();
        let marked_net = order.groups.iter().map(|group| group.marked - group.tax_in(group.marked)).sum();
        Self { gross: order.gross, net: order.net, marked, marked_net }
    }

    /// given = round(rate · f(E)), cumulative (the commission formula): money for what is left of the sale earns at its
    /// net share, money beyond it at that of what was taken back.
    fn given(&self, rate: Rate, earned: Money) -> Money {
        if earned.is_zero() {
            return Money::ZERO;
        }
        let wide = |money: Money| i128::from(money.0);
        let (left, left_net) = (self.gross - self.marked, self.net - self.marked_net);
        let (numerator, divisor) = if earned <= left {
            (wide(left_net) * wide(earned), left)
        } else {
            (wide(left_net) * wide(self.marked) + wide(self.marked_net) * wide(earned - left), self.marked)
        };
        Money(round_div(i128::from(rate.0) * numerator, i128::from(MAX_RATE) * wide(divisor)))
    }
}
