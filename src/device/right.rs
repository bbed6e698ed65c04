//! The rights of people on this device, apart from what they record. Each has one name, and is asked for where it acts: a
//! dialog may have been opened by somebody else.

use ledger::entry::Role;
use ledger::id::Id;
use ledger::shop::Shop;

/// Something that a person may do on this device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceRight<'a> {
    /// Set or remove the PIN of a member: everybody their own, an admin that of anybody.
    PinOf(&'a Id),
    /// Set the time until the device locks.
    AutoLock,
    /// Stop reporting entries that were lost.
    AcceptLoss,
    /// Add what a file brings.
    ReceiveFile,
    /// Create the recovery code, or mark as read that somebody came in without a PIN.
    Recovery,
    /// See the figures of the whole shop: its reports and exports.
    ShopFigures,
}

impl DeviceRight<'_> {
    /// Whether a person has the right.
    #[must_use]
    pub fn is_of(&self, shop: &Shop, actor: &Id) -> bool {
        let own = match self {
            Self::PinOf(member) => *member == actor && shop.admits(actor),
            Self::AutoLock | Self::AcceptLoss | Self::ReceiveFile | Self::Recovery | Self::ShopFigures => {
                false
            }
        };
        own || is_admin(shop, actor)
    }
}

/// Whether a person is the owner, or an admin who has not left.
#[must_use]
pub fn is_admin(shop: &Shop, actor: &Id) -> bool {
    let is_owner = shop.owner.as_ref() == Some(actor);
    is_owner || shop.staff.get(actor).is_some_and(|member| member.role == Role::Admin && !member.left)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use ledger::shop::Member;

    fn id(text: &str) -> Id {
        Id::new(text).unwrap()
    }

    fn shop() -> Shop {
        let people = [("ana", Role::Admin, false), ("bob", Role::Clerk, false), ("cleo", Role::Admin, true)];
        let member = |(name, role, left): (&str, Role, bool)| {
            let (name, pin, grants) = (name.to_owned(), None, Vec::new());
            (id(&name), Member { id: id(&name), name, role, pin, left, grants })
        };
        Shop { owner: Some(id("owner")), staff: people.into_iter().map(member).collect(), ..Shop::default() }
    }

    /// Every right and every person: the owner, an admin, a clerk, an admin who left, somebody who never came.
    #[test]
    fn admins_may_and_everybody_sets_their_own_pin() {
        let (shop, bob) = (shop(), id("bob"));
        let others = [
            DeviceRight::AutoLock,
            DeviceRight::AcceptLoss,
            DeviceRight::ReceiveFile,
            DeviceRight::Recovery,
            DeviceRight::ShopFigures,
        ];
        for (actor, admin) in
            [("owner", true), ("ana", true), ("bob", false), ("cleo", false), ("eve", false)]
        {
            let actor = id(actor);
            for right in &others {
                assert_eq!(right.is_of(&shop, &actor), admin, "{right:?} of {actor}");
            }
            assert_eq!(DeviceRight::PinOf(&bob).is_of(&shop, &actor), admin || actor == bob, "{actor}");
            let own = DeviceRight::PinOf(&actor).is_of(&shop, &actor);
            assert_eq!(own, admin || actor == bob, "{actor}: those who left set no PIN");
        }
    }
}
