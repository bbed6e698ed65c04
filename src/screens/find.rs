//! The one search behind every search field: customers and documents that match a text.

use crate::engine::Hit;
use crate::screens::context;
use crate::session::CustomerList;
use ledger::view::customer::CustomerRow;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The fewest characters for which documents are looked up.
const LEAST: usize = 2;

/// The documents that match the text, by number or reference. The store answers asynchronously; the answer for a text
/// that has changed meanwhile is dropped.
pub fn documents(text: RwSignal<String>) -> RwSignal<Vec<Hit>> {
    let session = context::session();
    let found = RwSignal::new(Vec::new());
    let update = move |hits: Vec<Hit>| {
        if found.try_with_untracked(|shown: &Vec<Hit>| *shown != hits) == Some(true) {
            found.set(hits);
        }
    };
    Effect::new(move |_| {
        let typed = text.get();
        if typed.trim().len() < LEAST {
            return update(Vec::new());
        }
        spawn_local(async move {
            let hits = session.find_documents(&typed).await.unwrap_or_default();
            if text.try_get_untracked().as_ref() == Some(&typed) {
                update(hits);
            }
        });
    });
    found
}

/// The customers of the documents, each once, and without those that are already in `matching`.
pub fn customers_of<'a>(
    documents: &[Hit],
    all: &'a CustomerList,
    matching: &[&CustomerRow],
) -> Vec<&'a CustomerRow> {
    let mut owners: Vec<&CustomerRow> = Vec::new();
    for hit in documents {
        // All rows are of the list, so two rows are the same if they are in the same place: no other row is read.
        let known =
            |found: &&CustomerRow| matching.iter().chain(&owners).any(|row| std::ptr::eq(*row, *found));
        let found = all.shown(&hit.customer).filter(|found| !known(found));
        owners.extend(found);
    }
    owners
}
