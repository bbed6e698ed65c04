//! Entries that arrive in bulk, whose keys are in runs.

use super::{added, append_from, ids};
use crate::store::{Append, ChainPosition, Fault, Judged, KeyRun, NewEntry, Store};
use journal::{Clock, SideVerdict};

/// Receives entries in bulk, their keys in a run of their own.
async fn receive<S: Store>(book: &S, mut entries: Vec<NewEntry>) {
    let mut run = KeyRun::default();
    entries.iter_mut().for_each(|entry| run.take(entry));
    book.receive(&entries, ("caches", "stale")).await.unwrap();
    book.add_keys(run).await.unwrap();
}

/// Two runs of 300 entries, each run on three pages and more.
async fn two_runs<S: Store>(book: &S) {
    for first in [1, 301] {
        let account = |seq: u64| if seq.is_multiple_of(2) { "mira" } else { "bob" };
        let entry = |seq: u64| added("d", seq, account(seq), &[&format!("slip {seq:04}"), "größe"]);
        receive(book, (first..first + 300).map(entry).collect()).await;
    }
}

pub(in crate::store) async fn keys_in_runs_find_their_entries<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    two_runs(&book).await;
    // Another tab, too.
    for book in [&book, &open().await] {
        for seq in [1, 128, 129, 300, 301, 555, 600] {
            assert_eq!(ids(&book.with_id(&format!("d-{seq}")).await.unwrap()), [format!("d-{seq}")]);
            let found = book.with_word(&format!("slip {seq:04}"), 9).await.unwrap();
            assert_eq!(ids(&found), [format!("d-{seq}")]);
        }
        assert_eq!(book.with_word("slip 03", 999).await.unwrap().len(), 100);
        assert_eq!(book.with_word("slip 0", 7).await.unwrap().len(), 7);
        assert_eq!(book.with_word("größe", 999).await.unwrap().len(), 600);
        assert_eq!(book.with_word("größer", 9).await, Ok(vec![]));
        assert_eq!(book.with_id("d-601").await, Ok(vec![]));
        assert_eq!(book.with_id("d").await, Ok(vec![]), "an id is found whole");
    }
}

pub(in crate::store) async fn keys_in_runs_and_of_later_entries_add_up<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    two_runs(&book).await;
    let used = |append: Append| Append { expected: None, device: "one".into(), ..append };
    let twice = used(Append { new_ids: vec!["d-601".into(), "d-7".into()], ..Append::default() });
    assert_eq!(book.append(&twice).await, Err(Fault::IdExists));
    let same_word = used(Append { new_words: vec!["slip 0333".into()], ..Append::default() });
    assert_eq!(book.append(&same_word).await, Err(Fault::IdExists));
    let new = Append {
        new_ids: vec!["d-601".into()],
        new_words: vec!["slip 033".into()],
        ..append_from(None, "one", vec![added("d", 601, "mira", &["slip 033"])])
    };
    book.append(&new).await.unwrap();
    assert_eq!(book.with_word("slip 033", 99).await.unwrap().len(), 11);
    // An entry that arrives again is found by the keys that it had, and once.
    let at = ChainPosition::new("d", 1, 332);
    let (order, verdict) = (Clock(1, 5), SideVerdict::RefusedRole);
    let judged = vec![Judged { at, order, verdict, lseq: None, signature: None }];
    book.append(&Append { judged, ..append_from(Some("one"), "two", vec![]) }).await.unwrap();
    let found = book.with_word("slip 0332", 9).await.unwrap();
    assert_eq!((ids(&found), found[0].arrival), (vec!["d-332"], 602));
    assert_eq!(ids(&book.with_id("d-332").await.unwrap()), ["d-332"]);
    // A line that is mended is found by its keys, whether it was there or not.
    book.mend(
        &[added("d", 332, "mira", &["slip 0332"]), added("d", 602, "mira", &["slip 0602"])],
        ("caches", "stale"),
    )
    .await
    .unwrap();
    assert_eq!(ids(&book.with_word("slip 0332", 9).await.unwrap()), ["d-332"]);
    assert_eq!(ids(&book.with_word("slip 0602", 9).await.unwrap()), ["d-602"]);
}
