//! Money that no customer touches, and what closes a day. A file an act.

use crate::body::Body;
use crate::posting::Lines;

mod count;
mod move_money;
mod open;
mod pay_partner;
mod resolve;
mod seal;

pub use count::{CountDrawer, DrawerCounted};
pub use move_money::MoveMoney;
pub use open::OpenMoney;
pub use pay_partner::{PartnerPaid, PayPartner};
pub use resolve::{ExceptionResolved, ResolveException};
pub use seal::{Balance, Covered, DaySealed, SealDay};

/// The lines of a body of the shop; none for those that move no money.
pub(crate) fn lines(body: &Body) -> Lines {
    match body {
        Body::PartnerPaid(paid) => paid.lines(),
        Body::MoneyMoved(moved) => moved.lines(),
        Body::MoneyOpened(opened) => opened.lines(),
        Body::DrawerCounted(counted) => counted.lines(),
        _ => Lines::default(),
    }
}
