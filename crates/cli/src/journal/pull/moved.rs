//! What is said when the owner has moved the shop: the copy has all of the log that it knows, and the log goes on elsewhere.

use super::copy::Copy;
use journal::Line;
use ledger::entry::{Body, EntryKind};

/// What the user has to do, if the last entry about it that counts in the log names another place than `origin`.
pub fn says(copy: &Copy, origin: &str) -> Option<String> {
    let text = copy.last_of(EntryKind::ShopMoved.name())?;
    let line = Line::envelope(text.as_bytes()).ok()?;
    let Ok(Body::ShopMoved(moved)) = Body::decode(line.kind, line.kv, line.body) else { return None };
    match moved.address {
        Some(address) if address.as_str() == origin => None,
        Some(address) => Some(format!(
            "the owner has moved this shop to {address}: begin another copy of it there, with a link that a counter makes in Settings",
            address = address.as_str(),
        )),
        None => Some(format!("the owner has moved this shop to no server: {origin} gets nothing more of it")),
    }
}
