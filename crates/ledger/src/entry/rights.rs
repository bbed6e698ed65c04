//! Rights: one pure function that decides who may record what, for decisions here and for the endpoint.

use crate::entry::EntryKind;
use crate::entry::staff_added::Role;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// One right granted to a clerk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The kind of entry, such as `refund.recorded`.
    pub kind: String,
    /// The highest amount; `None` means any amount.
    pub up_to: Option<Money>,
}

/// Whether a person with this role and these grants may write an entry of this kind and amount.
#[must_use]
pub fn may(role: Role, grants: &[Grant], kind: &str, amount: Money) -> bool {
    let granted = |grant: &Grant| grant.kind == kind && grant.up_to.is_none_or(|most| amount <= most);
    role == Role::Admin || !for_admins(kind) || grants.iter().any(granted)
}

fn for_admins(kind: &str) -> bool {
    EntryKind::named(kind).is_some_and(EntryKind::is_for_admins)
}

#[cfg(test)]
mod tests {
    use super::{EntryKind, Grant, may};
    use crate::entry::staff_added::Role;
    use crate::money::Money;

    #[test]
    fn clerks_may_record_exactly_these_kinds() {
        let open: Vec<_> =
            EntryKind::ALL.iter().filter(|kind| !kind.is_for_admins()).map(|kind| kind.name()).collect();
        let expected = [
            "customer.added",
            "customer.changed",
            "order.placed",
            "order.planned",
            "collection.set",
            "payment.recorded",
            "card.saved",
            "charge.asked",
            "charge.progressed",
            "charge.withdrawn",
            "credit.applied",
            "credit.unapplied",
            "credit.received",
            "refund.settled",
            "refund.progressed",
            "refund.requested",
            "refund.withdrawn",
            "payout.processed",
            "payment.disputed",
            "money.moved",
            "fee.charged",
            "drawer.counted",
            "refund.handed-over",
        ];
        assert_eq!(open, expected);
    }

    #[test]
    fn the_owner_alone_may_record_exactly_these_kinds() {
        let of_owner = EntryKind::ALL.iter().filter(|kind| kind.is_for_owner()).map(|kind| kind.name());
        assert_eq!(of_owner.collect::<Vec<_>>(), ["shop.moved", "day.unsealed"]);
    }

    #[test]
    fn a_clerk_may_record_open_and_granted_kinds() {
        let grants = [Grant { kind: "refund.recorded".into(), up_to: Some(Money(500)) }];
        assert!(may(Role::Clerk, &[], "payment.recorded", Money(1)));
        assert!(!may(Role::Clerk, &[], "refund.recorded", Money(1)));
        assert!(may(Role::Clerk, &grants, "refund.recorded", Money(500)));
        assert!(!may(Role::Clerk, &grants, "refund.recorded", Money(501)));
        assert!(!may(Role::Clerk, &grants, "refund.issued", Money(1)));
        assert!(may(Role::Admin, &[], "refund.issued", Money(1)));
    }
}
