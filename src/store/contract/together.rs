//! Entries of one account that are stored together, and what moves one of them.

use super::{added, append_from, ids};
use crate::store::{Append, ChainPosition, Fault, Judged, Store, StoredEntry};
use journal::{Clock, Line, SideVerdict};

/// Twenty entries of one account, then of another one, and so on; the numbers of the chain go from account to account.
async fn many<S: Store>(book: &S) {
    for (first, accounts) in [(1, ["mira", "bob"]), (41, ["bob", "ann"])] {
        let of = |(at, account): (u64, &'static str)| {
            (0..20).map(move |each| {
                added("d", first + each * 2 + at, account, &[["slip 7", "slip 8"][each as usize % 2]])
            })
        };
        let entries: Vec<_> = (0..).zip(accounts).flat_map(of).collect();
        book.receive(&entries, ("caches", "stale")).await.unwrap();
    }
}

pub(super) async fn many_entries_of_an_account_are_read_in_parts<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    many(&book).await;
    let seqs = |found: &[StoredEntry]| {
        let seq = |stored: &StoredEntry| Line::parse(stored.bytes.as_bytes()).unwrap().seq;
        found.iter().map(seq).collect::<Vec<_>>()
    };
    let of_mira: Vec<u64> = (0..20).map(|each| 1 + each * 2).collect();
    assert_eq!(seqs(&book.entries("mira").await.unwrap()), of_mira);
    assert_eq!(book.entries("bob").await.unwrap().len(), 40);
    // Any number of entries a read, any place to go on from.
    for limit in [1, 3, 7, 8, 9, 100] {
        let (mut arrived, mut chain, mut accounts) = (Vec::new(), Vec::new(), Vec::new());
        while let page = book.arrived_after(arrived.len() as u64, limit).await.unwrap()
            && !page.is_empty()
        {
            assert!(page.len() <= limit as usize);
            arrived.extend(page);
        }
        assert!(arrived.iter().map(|stored| stored.arrival).eq(1..=80), "{limit}");
        while let place = chain.last().map(|seq| ChainPosition::new("d", 1, *seq))
            && let page = book.after(place.as_ref(), limit).await.unwrap()
            && !page.is_empty()
        {
            chain.extend(seqs(&page));
        }
        assert!(chain.iter().copied().eq(1..=80), "{limit}");
        let mut behind = None;
        while let page = book.by_account(behind.as_ref(), limit).await.unwrap()
            && let Some((last, _)) = page.last()
        {
            behind = Some(last.clone());
            accounts.extend(page.into_iter().map(|(position, stored)| (position.account, stored.arrival)));
        }
        let mut sorted = accounts.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!((accounts.len(), &sorted), (80, &accounts), "{limit}");
    }
    let at = ChainPosition::new("d", 1, 44);
    assert_eq!(seqs(&[book.at(&at).await.unwrap().unwrap()]), [44]);
    assert_eq!(seqs(&[book.last("d", 1).await.unwrap().unwrap()]), [80]);
    assert_eq!(ids(&book.with_id("d-7").await.unwrap()), ["d-7"]);
    assert_eq!(book.with_word("slip 8", 99).await.unwrap().len(), 40);
    assert_eq!(book.with_word("slip 8", 3).await.unwrap().len(), 3);
    assert_eq!(book.branches("d", 1).await, Ok(vec![]));
}

pub(super) async fn a_new_verdict_takes_an_entry_out_of_many<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    many(&book).await;
    // One from the middle, and the last of those that arrived together.
    let judged = [7, 15, 39].map(|seq| Judged {
        at: ChainPosition::new("d", 1, seq),
        order: Clock(1, 5),
        verdict: SideVerdict::RefusedRole,
        lseq: None,
        signature: None,
    });
    book.append(&Append { judged: judged.to_vec(), ..append_from(None, "one", vec![]) }).await.unwrap();
    let of_mira = book.entries("mira").await.unwrap();
    assert_eq!(of_mira.len(), 20);
    assert_eq!(ids(&of_mira[17..]), ["d-7", "d-15", "d-39"]);
    assert!(of_mira.iter().take(17).all(|stored| stored.verdict.is_ok()));
    assert_eq!(book.after(None, 99).await.unwrap().len(), 80);
    assert_eq!(ids(&book.arrived_after(80, 9).await.unwrap()), ["d-7", "d-15", "d-39"]);
    assert_eq!(book.arrived_after(0, 99).await.unwrap().len(), 80);
    assert_eq!(ids(&book.with_id("d-15").await.unwrap()), ["d-15"]);
}

pub(super) async fn a_new_verdict_arrives_again<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    let entries = (1..=3).map(|seq| added("d", seq, "mira", &["slip 77"])).collect();
    book.append(&append_from(None, "one", entries)).await.unwrap();
    let judge = |seq| Judged {
        at: ChainPosition::new("d", 1, seq),
        order: Clock(1, 5),
        verdict: SideVerdict::RefusedRole,
        lseq: Some(8),
        signature: None,
    };
    // Of an entry that is not stored, nothing of the commit is written.
    let strange = Append { judged: vec![judge(2), judge(9)], ..append_from(Some("one"), "two", vec![]) };
    assert!(matches!(book.append(&strange).await, Err(Fault::Corrupt { .. })));
    let known = Append { judged: vec![judge(2)], ..strange };
    book.append(&known).await.unwrap();
    let judged = &book.arrived_after(3, 9).await.unwrap()[0];
    assert_eq!(
        (judged.arrival, judged.order, judged.verdict, judged.lseq),
        (4, Clock(1, 5), SideVerdict::RefusedRole, Some(8))
    );
    assert_eq!(ids(&book.entries("mira").await.unwrap()), ["d-1", "d-3", "d-2"]);
    assert_eq!(ids(&book.after(None, 9).await.unwrap()), ["d-1", "d-2", "d-3"]);
    assert_eq!(ids(&book.with_id("d-2").await.unwrap()), ["d-2"]);
    assert_eq!(book.with_word("slip 77", 9).await.unwrap().len(), 3);
    assert_eq!(book.arrivals().await.unwrap().last, 4);
}

pub(super) async fn a_mended_line_replaces_the_one_in_its_place<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    many(&book).await;
    let before = book.after(None, 99).await.unwrap();
    let mut changed = added("d", 7, "mira", &["other word"]);
    changed.stored.bytes = changed.stored.bytes.replacen("{\"v\":1", "{ \"v\":1", 1);
    let new = added("d", 90, "mira", &["slip 90"]);
    book.mend(&[changed.clone(), new], ("caches", "stale")).await.unwrap();
    let after = book.after(None, 99).await.unwrap();
    assert_eq!(after.len(), before.len() + 1);
    let differing: Vec<_> = before.iter().zip(&after).filter(|(old, new)| old != new).collect();
    let [(old, mended)] = differing.as_slice() else { panic!("{differing:?}") };
    assert_eq!((&mended.bytes, mended.arrival), (&changed.stored.bytes, old.arrival));
    assert_eq!(ids(&book.with_word("slip 90", 9).await.unwrap()), ["d-90"]);
    assert_eq!(book.meta("caches").await, Ok(Some("stale".into())));
    // One of a device that the store does not know arrives alone.
    book.mend(&[added("e", 1, "bob", &[])], ("caches", "stale")).await.unwrap();
    assert_eq!(book.arrivals().await.unwrap().last, before.len() as u64 + 2);
}

pub(super) async fn a_number_of_the_log_changes_nothing_else<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    many(&book).await;
    let signature = "ab".repeat(64);
    let judge = |seq, signature: Option<&str>| Judged {
        at: ChainPosition::new("d", 1, seq),
        order: Clock(seq, 0),
        verdict: SideVerdict::Ok,
        lseq: Some(seq + 100),
        signature: signature.map(str::to_owned),
    };
    let judged = vec![judge(3, None), judge(5, Some(&signature)), judge(80, None)];
    book.append(&Append { judged, ..append_from(None, "one", vec![]) }).await.unwrap();
    assert_eq!(book.arrivals().await.unwrap().last, 80);
    let at = async |seq| book.at(&ChainPosition::new("d", 1, seq)).await.unwrap().unwrap();
    let expected = [(1, None), (3, Some(103)), (5, Some(105)), (80, Some(180))];
    for (seq, lseq) in expected {
        assert_eq!((at(seq).await.lseq, at(seq).await.order), (lseq, Clock(seq, 0)));
    }
    assert_eq!((at(5).await.signature, at(3).await.signature), (Some(signature.clone()), None));
    // The signature stays when the endpoint does not repeat it.
    book.append(&Append { judged: vec![judge(5, None)], ..append_from(Some("one"), "two", vec![]) })
        .await
        .unwrap();
    assert_eq!(at(5).await.signature, Some(signature));
    assert_eq!(book.after(None, 99).await.unwrap().len(), 80);
    assert_eq!(ids(&book.with_id("d-5").await.unwrap()), ["d-5"]);
}
