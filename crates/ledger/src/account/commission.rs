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
    let marked_net: Money = order.groups.iter().map(|group| group.marked - group.tax_in(group.marked)).sum();
    let expense = BookAccount::of(Code::CommissionExpense);
    for share in &mut order.shares {
        let given = given(share.rate, order.net, earned, order.gross);
        match share.basis {
            Basis::OnPayment => lines.transfer(&expense, &share.payable, given - share.given),
            Basis::UpFront => {
                let calculated = share.rate.of(order.net - marked_net).max(given);
                lines.transfer(&expense, &share.accrued, calculated - share.calculated);
                lines.transfer(&share.accrued, &share.payable, given - share.given);
                share.calculated = calculated;
            }
        }
        share.given = given;
    }
}

/// given = round(rate · N · E / G), cumulative (the commission formula).
fn given(rate: Rate, net: Money, earned: Money, gross: Money) -> Money {
    let numerator = i128::from(rate.0) * i128::from(net.0) * i128::from(earned.0);
    Money(round_div(numerator, i128::from(MAX_RATE) * i128::from(gross.0)))
}
