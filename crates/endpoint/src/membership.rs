//! What entries say about the devices of a shop, carried out in the transaction that admits them: invites, their withdrawal, and
//! devices that are taken out.

use journal::{Hash, Line};
use ledger::entry::{Body, EntryKind};
use ledger::id::Id;
use sync::wire::limits::INVITE_MILLIS;

use crate::store::{Bytes32, Device, Fault, Invite, Write};

/// The role of a device that may only read.
pub const READER: &str = "reader";

/// The role of a device that was invited to record.
const INVITED: &str = "clerk";

/// Carries out an entry about an invite that counts. `received` is when it was received, in milliseconds since 1970: an invite is
/// good from then on, so one that waited without a network is good for as long as any other, and one that comes back to a
/// restored endpoint is as old as it is.
///
/// # Errors
/// Of the store.
pub fn carry_out(tx: &mut dyn Write, shop: &str, line: &Line<'_>, received: u64) -> Result<(), Fault> {
    let is_of_invites = [EntryKind::DeviceInvited, EntryKind::InviteWithdrawn].map(EntryKind::name);
    if !is_of_invites.contains(&line.kind) {
        return Ok(());
    }
    let said = body(line);
    if let Some(Body::DeviceInvited(invited)) = &said
        && let Some(code) = bytes(invited.code.as_str())
        // A code is invited with once, whatever is written again.
        && tx.invite(&code)?.is_none()
    {
        let role = if invited.reader { READER } else { INVITED };
        let until = received.saturating_add(INVITE_MILLIS);
        tx.put_invite(&Invite { code, role: role.to_owned(), until, used_by: None })?;
    }
    if let Some(Body::InviteWithdrawn(withdrawn)) = &said
        && let Some(code) = bytes(withdrawn.code.as_str())
        && let Some((of, invite)) = tx.invite(&code)?
        && of == shop
        && invite.used_by.is_none()
    {
        tx.put_invite(&Invite { until: 0, ..invite })?;
    }
    Ok(())
}

/// Takes a device out of the shop: it reads no more, and what it still sends is refused by verdict.
///
/// # Errors
/// Of the store.
pub fn revoke(tx: &mut dyn Write, shop: &str, device: &Id, received: u64) -> Result<(), Fault> {
    match tx.device(shop, device.as_str())?.filter(|known| known.revoked.is_none()) {
        Some(known) => tx.put_device(&Device { revoked: Some(received), ..known }),
        None => Ok(()),
    }
}

/// The body of a line; `None` where this program knows the kind and cannot read the body.
pub fn body(line: &Line<'_>) -> Option<Body> {
    Body::decode(line.kind, line.kv, line.body.get()).ok()
}

fn bytes(digits: &str) -> Option<Bytes32> {
    Hash::parse(digits).ok().map(|hash| *hash.bytes())
}
