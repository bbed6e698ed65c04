//! Posts money that no customer touches.

use crate::body::Body;
use crate::code::{BookAccount, Code};
use crate::posting::Lines;

/// The lines of a body of the shop; none for those that move no money.
pub fn lines(body: &Body) -> Lines {
    let mut lines = Lines::default();
    match body {
        Body::PartnerPaid(paid) => {
            let payable = BookAccount::kept_by_id(Code::CommissionPayable, &paid.partner);
            lines.transfer(&payable, &paid.account, paid.amount);
        }
        Body::MoneyMoved(moved) => {
            lines.transfer(&moved.to, &moved.from, moved.amount);
            lines.transfer(&BookAccount::of(Code::BankFees), &moved.from, moved.fee.unwrap_or_default());
        }
        Body::MoneyOpened(opened) => {
            lines.transfer(&opened.account, &BookAccount::of(Code::OpeningBalances), opened.amount);
        }
        Body::DrawerCounted(counted) => {
            let over = counted.counted - counted.expected;
            lines.transfer(&counted.account, &BookAccount::of(Code::CashOverShort), over);
        }
        _ => {}
    }
    lines
}
