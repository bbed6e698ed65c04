//! Which signed places of the log are kept: one for about every 500 records, and the last one.

use crate::client::saved::Kept;
use crate::head::SignedHead;
use crate::wire::limits::{MAX_PAGE, MAX_PAGE_BYTES};

/// The most records between two kept places that are not one page.
const SPAN: u64 = MAX_PAGE as u64 / 2;

/// What is kept for the place of a page with this many bytes, and whose places it replaces. What lies between two kept
/// places can be handed back in one request.
pub(super) fn keep(kept: &[Kept], head: SignedHead, bytes: usize) -> (Kept, Vec<u64>) {
    let bytes = bytes as u64;
    let (last, before) = match kept {
        [.., before, last] => (last, before.head.lseq),
        [last] => (last, 0),
        [] => return (Kept { head, bytes }, Vec::new()),
    };
    let together = last.bytes + bytes;
    if head.lseq.saturating_sub(before) <= SPAN && together <= MAX_PAGE_BYTES as u64 {
        (Kept { head, bytes: together }, vec![last.head.lseq])
    } else {
        (Kept { head, bytes }, Vec::new())
    }
}
