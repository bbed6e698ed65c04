//! What opening a book does without: beginning one, taking one in, making its caches afresh, folding an account.
//!
//! The release build puts the code of it into the later part of the program (`xtask/src/split.rs`), so the first thing
//! that may go wrong is that this part cannot be fetched. A function at the seam names every type, and a future passes
//! it in a box.

use super::backup::{TakenIn, TakingIn};
use super::desk::{self, Desk, NotTaken, Opened};
use super::{Book, NotRecorded, SetUp};
use crate::store::{Fault, IndexedDb, Kept};
use ledger::date::Date;
use ledger::id::Id;
use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;
#[cfg(not(debug_assertions))]
use leptos::wasm_split::wasm_split;
use std::pin::Pin;
use web_sys::File;

type Doing<'a, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + 'a>>;

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let doing = _; { doing.await } -> Result<(), NotRecorded>)
))]
pub(super) fn set_up(book: Book, asked: SetUp) -> Doing<'static, (), NotRecorded> {
    Box::pin(book.begin(asked))
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let doing = _; { doing.await } -> Result<(), NotRecorded>)
))]
pub(super) fn try_example(book: Book) -> Doing<'static, (), NotRecorded> {
    Box::pin(book.begin_example())
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let doing = _; { doing.await } -> Result<TakenIn, NotTaken>)
))]
pub(super) fn take_in(
    book: Book,
    file: File,
    progress: WriteSignal<Option<TakingIn>>,
) -> Doing<'static, TakenIn, NotTaken> {
    Box::pin(async move { book.lay_in(&file, progress).await })
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let doing = _; { doing.await } -> Result<Option<Desk<IndexedDb>>, Fault>)
))]
pub(super) fn open_afresh(store: IndexedDb, today: Date) -> Doing<'static, Option<Desk<IndexedDb>>, Fault> {
    Box::pin(Desk::open(store, today))
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let doing = _; { doing.await } -> Result<(), Fault>)
))]
pub(super) fn begin_anew(desk: &Desk<IndexedDb>, today: Date, now: u64) -> Doing<'_, (), Fault> {
    Box::pin(desk.begin_anew(today, now))
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let doing = _; { doing.await } -> Result<Opened, Fault>)
))]
pub(super) fn folded(customer: Id, kept: Vec<Kept>) -> Doing<'static, Opened, Fault> {
    Box::pin(async move { Ok(desk::folded(customer, &kept)) })
}

impl From<SplitLoaderError> for Fault {
    fn from(_: SplitLoaderError) -> Self {
        Self::NotFetched
    }
}

impl From<SplitLoaderError> for NotRecorded {
    fn from(why: SplitLoaderError) -> Self {
        Self::Fault(why.into())
    }
}

impl From<SplitLoaderError> for NotTaken {
    fn from(why: SplitLoaderError) -> Self {
        Self::Fault(why.into())
    }
}
