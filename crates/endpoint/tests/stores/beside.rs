//! The contract of what a store keeps beside the log.

use endpoint::store::{Fault, Store, StoredOperation};

use super::{device, found};

pub async fn operations_are_kept_and_found_when_they_are_due(store: &dyn Store) {
    let operation = |id: &str, due: Option<u64>| StoredOperation { id: id.into(), due, value: id.into() };
    assert!(store.writing("s1", move |tx| tx.put_operation(&operation("a", None))).await.is_err());
    for shop in ["s1", "s2"] {
        found(store, shop).await;
    }
    let all =
        [operation("a", Some(30)), operation("b", None), operation("c", Some(10)), operation("d", Some(20))];
    let put = all.clone();
    store.writing("s1", move |tx| put.iter().try_for_each(|each| tx.put_operation(each))).await.unwrap();
    let ids = |found: Vec<StoredOperation>| found.into_iter().map(|each| each.id).collect::<Vec<_>>();
    let read = store.reading(|tx| Ok((tx.operations("s1")?, tx.operations("s2")?, tx.operation("s2", "a")?)));
    assert_eq!(read.await.unwrap(), (all.to_vec(), vec![], None));
    let due = store.reading(|tx| Ok((tx.operations_due("s1", 20, 8)?, tx.operations_due("s1", 99, 2)?)));
    let (by_time, first) = due.await.unwrap();
    assert_eq!((ids(by_time), ids(first)), (vec!["c".into(), "d".into()], vec!["c".into(), "d".into()]));
    // What a transaction has put is read in it, and forgotten with it.
    let failed = store.writing::<(), _>("s1", move |tx| {
        let changed = StoredOperation { value: b"new".to_vec(), due: None, ..operation("c", None) };
        tx.put_operation(&changed)?;
        assert_eq!(tx.operation("s1", "c")?, Some(changed));
        assert_eq!(tx.operations_due("s1", 20, 8)?.len(), 1);
        Err(Fault::broken("on purpose"))
    });
    assert!(failed.await.is_err());
    assert_eq!(store.reading(|tx| tx.operation("s1", "c")).await.unwrap(), Some(all[2].clone()));
    let changed = operation("c", None);
    store.writing("s1", move |tx| tx.put_operation(&changed)).await.unwrap();
    let due = store.reading(|tx| tx.operations_due("s1", 99, 8));
    assert_eq!(ids(due.await.unwrap()), ["d", "a"]);
}

pub async fn a_letter_is_given_once(store: &dyn Store) {
    for shop in ["s1", "s2"] {
        found(store, shop).await;
        store.writing(shop, |tx| tx.put_device(&device("d1", Some("A")))).await.unwrap();
    }
    assert!(store.writing("s1", |tx| tx.put_device(&device("d2", Some("A")))).await.is_err());
    store.writing("s1", |tx| tx.put_device(&device("d2", None))).await.unwrap();
    store.writing("s1", |tx| tx.put_device(&device("d3", None))).await.unwrap();
}
