//! Where the owner has moved the shop, as far as an endpoint has the entry.

use crate::engine::Engine;
use crate::store::{Fault, Store};
use journal::Line;
use ledger::entry::{Body, EntryKind, MoveShop};

/// Where the shop was moved: what the book says, if that is the last entry about it in the log, and counts there. An entry that an
/// endpoint does not have yet moves no device.
///
/// # Errors
///
/// When the store cannot be read.
pub async fn moved<S: Store>(engine: &Engine<S>) -> Result<Option<MoveShop>, Fault> {
    let Some(known) = engine.shop().moved.clone() else { return Ok(None) };
    let mut last = None;
    for stored in engine.store().entries("").await? {
        let Some(lseq) = stored.lseq.filter(|_| stored.verdict.is_ok()) else { continue };
        let Ok(line) = Line::envelope(stored.bytes.as_bytes()) else { continue };
        if line.kind == EntryKind::ShopMoved.name()
            && let Ok(Body::ShopMoved(said)) = Body::decode(line.kind, line.kv, line.body)
        {
            last = last.max(Some((lseq, said == known)));
        }
    }
    Ok(last.is_some_and(|(_, is_known)| is_known).then_some(known))
}
