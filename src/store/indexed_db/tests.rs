//! Behaviour of the browser's store alone: aborted transactions, blocked opens, databases closed by another tab.

use super::*;
use crate::store::append::DEVICE;
use gloo_timers::future::TimeoutFuture;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;

async fn fresh(name: &str) -> IdbDatabase {
    open::delete(name, 2_000).await.unwrap();
    open::open(name, layout::VERSION, 2_000, || ()).await.unwrap()
}

async fn device(db: &IdbDatabase) -> Option<String> {
    IndexedDb::of(db.clone()).meta(DEVICE).await.unwrap()
}

/// The version of a later layout.
const NEWER: u32 = super::layout::VERSION + 1;

#[wasm_bindgen_test]
async fn a_dropped_transaction_writes_nothing() {
    let db = fresh("tx-dropped").await;
    let tx = Tx::begin(&db, &layout::ALL).unwrap();
    tx.put(layout::META, &DEVICE.into(), "x").unwrap();
    drop(tx);
    assert_eq!(device(&db).await, None);
    db.close();
}

#[wasm_bindgen_test]
async fn a_commit_after_an_abort_returns_the_reason_of_the_abort() {
    let db = fresh("tx-aborted").await;
    let twice = [1, 2].map(|_| {
        let stored =
            StoredEntry::own(crate::store::contract::line("d", 1, "mira", "x"), journal::Clock(1, 0));
        NewEntry::parse(stored).unwrap()
    });
    let tx = Tx::begin(&db, &layout::ALL).unwrap();
    for (at, entry) in twice.into_iter().enumerate() {
        let group = Group::of_new(&[entry], at as u64 + 1).remove(0);
        tx.add(layout::JOURNAL, &group.to_value().unwrap()).unwrap();
    }
    // A read in a transaction of its own waits until the failed one is over.
    assert_eq!(device(&db).await, None);
    assert_eq!(tx.commit().await, Err(Fault::EntryExists));
    db.close();
}

#[wasm_bindgen_test]
async fn a_closed_book_returns_closed() {
    let book = IndexedDb::of(fresh("closed").await);
    book.close();
    assert_eq!(book.append(&Append::default()).await, Err(Fault::Closed));
    assert_eq!(book.meta("shop").await, Err(Fault::Closed));
}

#[wasm_bindgen_test]
async fn a_newer_version_closes_the_book_in_the_older_one() {
    let notified = Rc::new(Cell::new(false));
    open::delete("handed-over", 2_000).await.unwrap();
    let old = open::open("handed-over", layout::VERSION, 2_000, {
        let notified = notified.clone();
        move || notified.set(true)
    });
    let old = IndexedDb::of(old.await.unwrap());
    let new = open::open("handed-over", NEWER, 2_000, || ()).await.unwrap();
    assert!(notified.get());
    assert_eq!(old.meta("shop").await, Err(Fault::Closed));
    new.close();
    assert_eq!(open::open("handed-over", layout::VERSION, 2_000, || ()).await.err(), Some(Fault::Newer));
}

#[wasm_bindgen_test]
async fn opening_a_blocked_database_returns_blocked_in_time_and_notifies_later() {
    let deaf = fresh("deaf").await;
    deaf.set_onversionchange(None);
    let notified = Rc::new(Cell::new(0));
    let late = open::open("deaf", NEWER, 200, {
        let notified = notified.clone();
        move || notified.set(notified.get() + 1)
    });
    assert_eq!(late.await.err(), Some(Fault::Blocked));
    TimeoutFuture::new(100).await;
    assert_eq!(notified.get(), 0, "it is still held");
    deaf.close();
    // The late answer comes before this one in the queue; if its database stayed open, it would block this one.
    let db = open::open("deaf", NEWER + 1, 2_000, || ()).await.unwrap();
    assert_eq!(notified.get(), 1);
    db.close();
}

#[wasm_bindgen_test]
async fn a_late_error_notifies_too() {
    let deaf = fresh("refused").await;
    deaf.set_onversionchange(None);
    let newer = open::open("refused", NEWER, 200, || ());
    assert_eq!(newer.await.err(), Some(Fault::Blocked));
    let notified = Rc::new(Cell::new(false));
    let late = open::open("refused", layout::VERSION, 200, {
        let notified = notified.clone();
        move || notified.set(true)
    });
    assert_eq!(late.await.err(), Some(Fault::OpenTimeout), "it stands in the queue behind the newer one");
    deaf.close();
    assert_eq!(open::open("refused", layout::VERSION, 2_000, || ()).await.err(), Some(Fault::Newer));
    assert!(notified.get());
}

/// Simulates a browser whose killed predecessor still holds the files.
#[wasm_bindgen_test]
async fn an_unknown_error_is_retried() {
    fresh("unknown").await.close();
    let refuse = "(() => {
        const open = IDBFactory.prototype.open;
        let refused = 0;
        IDBFactory.prototype.open = function (...asked) {
            const request = open.apply(this, asked);
            if (refused++ >= 2) {
                IDBFactory.prototype.open = open;
                return request;
            }
            const why = new DOMException('Internal error opening backing store', 'UnknownError');
            request.onsuccess = () => request.result.close();
            return { set onerror(tell) { if (tell) setTimeout(tell) }, error: why };
        };
    })()";
    js_sys::eval(refuse).unwrap();
    assert!(open::open("unknown", layout::VERSION, 2_000, || ()).await.is_ok());
}

#[wasm_bindgen_test]
async fn books_are_listed_and_deleted() {
    fresh("listed").await.close();
    assert!(IndexedDb::names().await.unwrap().contains(&"listed".to_owned()));
    IndexedDb::delete("listed").await.unwrap();
    assert!(!IndexedDb::names().await.unwrap().contains(&"listed".to_owned()));
}

/// A database as the first version of the layout made it, with two entries in it.
const FIRST_LAYOUT: &str = "(lines => new Promise((resolve, reject) => {
    const request = indexedDB.open('first-layout', 1);
    request.onerror = () => reject(request.error);
    request.onupgradeneeded = () => {
        const entries = request.result.createObjectStore('entries', { keyPath: ['account', 'device', 'chain', 'seq'] });
        entries.createIndex('place', ['device', 'chain', 'seq'], { unique: true });
        entries.createIndex('on', 'on');
        entries.createIndex('id', 'id');
        entries.createIndex('words', 'words', { multiEntry: true });
        for (const name of ['accounts', 'totals', 'open', 'meta']) request.result.createObjectStore(name);
    };
    request.onsuccess = () => {
        const write = request.result.transaction(['entries', 'meta'], 'readwrite');
        lines.forEach((bytes, at) => {
            const { device, chain, seq, on, id, accounts: [account] } = JSON.parse(bytes);
            write.objectStore('entries').add({ account, device, chain, seq, on, id, words: ['slip ' + seq],
                order: [seq, at], refused: false, lseq: null, bytes });
        });
        write.objectStore('meta').put('as it was', 'device');
        write.objectStore('meta').put('5 1.0', 'caches');
        write.oncomplete = () => { request.result.close(); resolve() };
    };
}))";

#[wasm_bindgen_test]
async fn the_entries_of_the_first_layout_are_moved() {
    const NAME: &str = "first-layout";
    IndexedDb::delete(NAME).await.unwrap();
    let line = |seq: u64| {
        let account = if seq.is_multiple_of(2) { "mira" } else { "bob" };
        crate::store::contract::line("d", seq, account, &format!("id-{seq}"))
    };
    let lines: Vec<_> = (1..=1_203).map(line).collect();
    let make = js_sys::eval(FIRST_LAYOUT).unwrap().unchecked_into::<js_sys::Function>();
    let given: Array = lines.iter().map(|line| JsValue::from_str(line)).collect();
    let made = make.call1(&JsValue::NULL, &given).unwrap().unchecked_into::<js_sys::Promise>();
    wasm_bindgen_futures::JsFuture::from(made).await.unwrap();
    let book = IndexedDb::open(NAME, || ()).await.unwrap();
    let moved = book.after(None, 9_999).await.unwrap();
    assert_eq!(moved.iter().map(|stored| stored.bytes.clone()).collect::<Vec<_>>(), lines);
    assert_eq!(moved.get(2).map(|stored| stored.order), Some(journal::Clock(3, 2)));
    assert_eq!(book.entries("bob").await.unwrap().len(), 602);
    assert_eq!(book.with_id("id-7").await.unwrap().len(), 1);
    assert_eq!(book.with_word("slip 120", 9).await.unwrap().len(), 5);
    assert_eq!(book.with_word("1203", 9).await.unwrap().len(), 1, "by a part of the word");
    assert_eq!(book.arrivals().await.unwrap().last, 1_203);
    assert_eq!(book.meta(DEVICE).await, Ok(Some("as it was".into())));
    assert_eq!(book.meta(crate::store::CACHES).await, Ok(None), "the caches are rebuilt");
    book.close();
    let again = IndexedDb::open(NAME, || ()).await.unwrap();
    assert_eq!(again.arrivals().await.unwrap().last, 1_203);
    again.close();
    IndexedDb::delete(NAME).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_book_that_is_not_there_is_not_created_by_looking() {
    const NAME: &str = "not-there";
    IndexedDb::delete(NAME).await.unwrap();
    assert!(IndexedDb::open_existing(NAME, || ()).await.unwrap().is_none());
    assert!(!IndexedDb::names().await.unwrap().contains(&NAME.to_owned()));
    IndexedDb::open(NAME, || ()).await.unwrap().close();
    let there = IndexedDb::open_existing(NAME, || ()).await.unwrap();
    there.unwrap().close();
    IndexedDb::delete(NAME).await.unwrap();
}
