//! Who may do what: one pure function, for decisions here and for the endpoint.

use crate::act::shop::Role;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// One right handed to a clerk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The kind of entry, such as `refund.recorded`.
    pub kind: String,
    /// The highest amount; `None`: any.
    pub up_to: Option<Money>,
}

/// The kinds that only an admin may write, unless the right was handed over. Every other kind is open to
/// all members of staff.
pub const CLOSED: [&str; 26] = [
    "staff.added",
    "right.granted",
    "bank.added",
    "method.added",
    "partner.added",
    "credit.granted",
    "order.credited",
    "credit-note.reversed",
    "refund.recorded",
    "refund.issued",
    "refund.approved",
    "refund.rejected",
    "payout.completed",
    "payout.rejected",
    "credit.reversed",
    "payment.reversed",
    "refund.reversed",
    "order.written-off",
    "credit.written-off",
    "write-off.reversed",
    "partner.paid",
    "money.opened",
    "day.sealed",
    "exception.resolved",
    "entry.adopted",
    "shop.opened",
];

/// Whether somebody with this role and these grants may write an entry of this kind and amount.
#[must_use]
pub fn may(role: Role, grants: &[Grant], kind: &str, amount: Money) -> bool {
    let granted = |grant: &Grant| grant.kind == kind && grant.up_to.is_none_or(|most| amount <= most);
    role == Role::Admin || !CLOSED.contains(&kind) || grants.iter().any(granted)
}

#[cfg(test)]
mod tests {
    use super::{CLOSED, Grant, may};
    use crate::act::shop::Role;
    use crate::body::Body;
    use crate::money::Money;

    #[test]
    fn closed_kinds_exist() {
        for kind in CLOSED {
            assert!(Body::KINDS.iter().any(|(known, _)| *known == kind), "{kind}");
        }
    }

    #[test]
    fn a_clerk_may_what_is_open_or_granted() {
        let grants = [Grant { kind: "refund.recorded".into(), up_to: Some(Money(500)) }];
        assert!(may(Role::Clerk, &[], "payment.recorded", Money(1)));
        assert!(!may(Role::Clerk, &[], "refund.recorded", Money(1)));
        assert!(may(Role::Clerk, &grants, "refund.recorded", Money(500)));
        assert!(!may(Role::Clerk, &grants, "refund.recorded", Money(501)));
        assert!(!may(Role::Clerk, &grants, "refund.issued", Money(1)));
        assert!(may(Role::Admin, &[], "refund.issued", Money(1)));
    }
}
