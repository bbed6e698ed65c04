//! Money that no customer touches, and what closes a day. A file an act.

pub(crate) mod count;
pub(crate) mod move_money;
pub(crate) mod open;
pub(crate) mod pay_partner;
pub(crate) mod resolve;
pub(crate) mod seal;
