//! What a commit assumes to be new, and the items that wait.

use super::{added, append_from, total, waiting, whole_commit};
use crate::store::append::DEVICE;
use crate::store::{Append, Documents, Fault, Store};

pub async fn an_existing_id_writes_nothing<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    let ids = |ids: &[&str]| ids.iter().map(ToString::to_string).collect();
    let first = append_from(None, "one", vec![added("d", 1, "mira", &[])]);
    book.append(&Append { new_ids: ids(&["d-1"]), ..first }).await.unwrap();
    let again = Append { expected: Some("one".into()), new_ids: ids(&["d-2", "d-1"]), ..whole_commit() };
    assert_eq!(
        book.append(&Append { entries: vec![added("d", 2, "bob", &[])], ..again }).await,
        Err(Fault::IdExists)
    );
    assert_eq!(book.meta(DEVICE).await, Ok(Some("one".into())));
    assert_eq!(book.pages(0).await, Ok(vec![]));
    assert_eq!(book.entries("bob").await, Ok(vec![]));
    assert_eq!(book.sum(1000, "A", "", "9").await, Ok(0));
}

pub async fn an_existing_word_writes_nothing<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    let with = |word: &str, expected: Option<&str>| Append {
        new_words: vec![word.into()],
        ..append_from(
            expected,
            "one",
            vec![added("d", if expected.is_some() { 2 } else { 1 }, "mira", &[word])],
        )
    };
    book.append(&with("ap-0001", None)).await.unwrap();
    assert_eq!(book.append(&with("ap-0001", Some("one"))).await, Err(Fault::IdExists));
    assert_eq!(book.entries("mira").await.unwrap().len(), 1);
    // A word that only begins like one that is used is new.
    assert_eq!(book.append(&with("ap-000", Some("one"))).await, Ok(()));
}

pub async fn waiting_items_are_read_by_account_and_removed<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    let waits = vec![waiting("mira", "r", "1"), waiting("mira", "x", "2"), waiting("mira-2", "y", "4")];
    book.append(&Append { waits, ..append_from(None, "one", vec![]) }).await.unwrap();
    let done = vec![("mira".into(), "r".into()), ("bob".into(), "x".into())];
    let waits = vec![waiting("bob", "r", "1"), waiting("mira", "x", "3")];
    book.append(&Append { waits, done, ..append_from(Some("one"), "two", vec![]) }).await.unwrap();
    let all = vec![waiting("bob", "r", "1"), waiting("mira", "x", "3"), waiting("mira-2", "y", "4")];
    let after = ("bob".to_owned(), "r".to_owned());
    assert_eq!(book.waiting(Some(&after), 1).await, Ok(vec![waiting("mira", "x", "3")]));
    assert_eq!(book.waiting(None, 99).await, Ok(all));
    assert_eq!(book.waiting_of("mira").await, Ok(vec![waiting("mira", "x", "3")]));
    assert_eq!(book.waiting_of("tom").await, Ok(vec![]));
}

pub async fn orders_are_read_in_parts_and_removed<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    assert_eq!(book.orders(None, 10).await, Ok(vec![]));
    let orders = vec![waiting("mira", "r", "1"), waiting("mira", "x", "2"), waiting("mira-2", "y", "4")];
    book.append(&Append { orders, ..append_from(None, "one", vec![]) }).await.unwrap();
    let orders_gone = vec![("mira".into(), "r".into()), ("bob".into(), "z".into())];
    let orders = vec![waiting("bob", "r", "1"), waiting("mira", "x", "3")];
    book.append(&Append { orders, orders_gone, ..append_from(Some("one"), "two", vec![]) }).await.unwrap();
    let first = vec![waiting("bob", "r", "1"), waiting("mira", "x", "3")];
    assert_eq!(book.orders(None, 2).await, Ok(first));
    let after = ("mira".to_owned(), "x".to_owned());
    assert_eq!(book.orders(Some(&after), 2).await, Ok(vec![waiting("mira-2", "y", "4")]));
    assert_eq!(book.orders_of("mira").await, Ok(vec![waiting("mira", "x", "3")]));
    assert_eq!(book.waiting(None, 99).await, Ok(vec![]), "no order waits");
    let rebuild = Append { rebuild: true, ..append_from(Some("two"), "three", vec![]) };
    book.append(&rebuild).await.unwrap();
    assert_eq!(book.orders(None, 10).await, Ok(vec![]));
}

pub async fn what_is_prepared_counts_with_the_first_commit<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    let (waits, orders) = (vec![waiting("mira", "r", "1")], vec![waiting("bob", "x", "2")]);
    let first = Documents {
        pages: vec![(0, "mira".into())],
        waits: waits.clone(),
        orders: orders.clone(),
        totals: vec![total(1000, "A", "2026-03-02", 5), total(1000, "A", "2026-03-03", 7)],
    };
    book.prepare(&first).await.unwrap();
    let totals = vec![total(1000, "A", "2026-03-03", 4)];
    book.prepare(&Documents { pages: vec![(1, "bob".into())], totals, ..Documents::default() })
        .await
        .unwrap();
    assert_eq!(book.meta(DEVICE).await, Ok(None), "it is no book yet");
    let pages = vec![(2, "tom".into())];
    book.append(&Append { pages, ..append_from(None, "one", vec![]) }).await.unwrap();
    let pages = [(0, "mira".into()), (1, "bob".into()), (2, "tom".into())];
    assert_eq!(book.pages(0).await, Ok(pages.to_vec()));
    assert_eq!(book.waiting(None, 9).await, Ok(waits));
    assert_eq!(book.orders(None, 9).await, Ok(orders));
    assert_eq!(book.sum(1000, "A", "2026-03-01", "2026-03-31").await, Ok(16));
}

pub async fn all_pages_are_read_in_parts<S: Store>(open: impl AsyncFn() -> S) {
    let book = open().await;
    let page = |number: u32| (number, format!("page {number}").into_bytes());
    let pages = [11, 2, 0].map(page).to_vec();
    book.append(&Append { pages, ..append_from(None, "one", vec![]) }).await.unwrap();
    let mut read = Vec::new();
    let mut take = |some: Vec<(u32, Vec<u8>)>| -> Result<(), Fault> {
        read.push(some);
        Ok(())
    };
    book.each_page(2, &mut take).await.unwrap();
    assert_eq!(read, [[0, 2].map(page).to_vec(), vec![page(11)]]);
    let mut stop = |_| Err(Fault::Full);
    assert_eq!(book.each_page(2, &mut stop).await, Err(Fault::Full));
}
