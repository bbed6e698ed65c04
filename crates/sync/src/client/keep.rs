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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::epoch::Epoch;
    use crate::key::Signature;
    use crate::log_hash::LogHash;

    /// What is kept after pages that end at these numbers, each with this many bytes.
    fn kept(ends: impl IntoIterator<Item = u64>, bytes: usize) -> Vec<(u64, u64)> {
        let (epoch, signature, log_hash) = (Epoch([1; 16]), Signature([0; 64]), LogHash::empty("shop"));
        let mut all: Vec<Kept> = Vec::new();
        for lseq in ends {
            let (new, forget) = keep(&all, SignedHead { epoch, lseq, log_hash, signature }, bytes);
            all.retain(|kept| !forget.contains(&kept.head.lseq));
            all.push(new);
        }
        all.iter().map(|kept| (kept.head.lseq, kept.bytes)).collect()
    }

    #[test]
    fn small_pages_share_a_place_and_the_last_one_is_always_kept() {
        assert_eq!(kept(1..=3, 10), [(3, 30)]);
        assert_eq!(kept(1..=1_100, 10), [(500, 5_000), (1_000, 5_000), (1_100, 1_000)]);
    }

    #[test]
    fn what_lies_between_two_places_fits_in_one_request() {
        let large = MAX_PAGE_BYTES / 3;
        assert_eq!(kept(1..=5, large).iter().map(|(lseq, _)| *lseq).collect::<Vec<_>>(), [3, 5]);
        assert_eq!(kept([1_000, 2_000, 2_001], 10), [(1_000, 10), (2_000, 10), (2_001, 10)]);
    }
}
