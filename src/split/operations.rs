//! Operations that a first visit does not need: opening a book, setting up a shop, receiving a backup, rebuilding the
//! caches, folding an account.
//!
//! The release build puts their code into other Wasm parts (`xtask/publish/src/split.rs`), so each can fail because the
//! part cannot be fetched. A function at the boundary must name all its types, so futures are boxed.

use crate::device::mark::Mark;
use crate::device::recovery_code::RecoveryCode;
#[cfg(not(debug_assertions))]
use crate::engine::OpenAccount;
use crate::engine::{self, Damage, Engine, FoldedAccount, Hit, Mending, NewChain, NotReceived, NotRecorded};
use crate::replica::{Inbox, NotConnected};
use crate::session::{
    self, Arriving, Lazy, Pending, ReceiveOutcome, ReceiveProgress, ReceiveStep, Session, SetUp,
};
use crate::store::{Fault, IndexedDb, StoredEntry};
use ledger::date::Date;
use ledger::id::Id;
use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;
#[cfg(not(debug_assertions))]
use leptos::wasm_split::wasm_split;
use std::rc::Rc;
use web_sys::File;

/// The maximum number of documents that a search returns.
const HITS: u32 = 20;

/// The operations in the form that a session takes.
pub static LAZY: Lazy<Session> = Lazy {
    open: |session, name| Box::pin(open(session, name)),
    set_up: |session, form| Box::pin(set_up(session, form)),
    open_example: |session| Box::pin(open_example(session)),
    receive: |session, file, step, progress| Box::pin(receive(session, file, step, progress)),
    rebuild: |store, today| Box::pin(rebuild(store, today)),
    start_new_chain: |engine, new, today, now| Box::pin(start_new_chain(engine, new, today, now)),
    keep_mirror: |session, name, engine| Box::pin(keep_mirror(session, name, engine)),
    verify: |session, name, engine| Box::pin(verify(session, name, engine)),
    compare_mark: |session, name, engine, mark| Box::pin(compare_mark(session, name, engine, mark)),
    rebuild_from_mirror: |session, name| Box::pin(rebuild_from_mirror(session, name)),
    ask_drawer: |session, _, engine| Box::pin(ask_drawer(session, engine)),
    back_up: |session| Box::pin(back_up(session)),
    mend: |engine, name, damages, today, now| Box::pin(mend(engine, name, damages, today, now)),
    give_room: |name| Box::pin(give_room(name)),
    bring_back: |engine, name, today, now| Box::pin(bring_back(engine, name, today, now)),
    find_documents: |engine, text| Box::pin(find_documents(engine, text)),
    refresh: |session| Box::pin(refresh(session)),
    exchange: |session, name, engine, inbox| Box::pin(exchange(session, name, engine, inbox)),
    connect: |session, code, progress| Box::pin(connect(session, code, progress)),
    join: |session, code, name, progress| Box::pin(join(session, code, name, progress)),
    fold_account: |customer, entries| Box::pin(fold_account(customer, entries)),
};

#[cfg_attr(not(debug_assertions), wasm_split(
    book, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let pending = _; { pending.await } -> Result<(), Fault>)
))]
fn open(session: Session, name: String) -> Pending<'static, (), Fault> {
    Box::pin(async move { session.open_patiently(&name).await })
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let pending = _; { pending.await } -> Result<Option<RecoveryCode>, NotRecorded>)
))]
fn set_up(session: Session, form: SetUp) -> Pending<'static, Option<RecoveryCode>, NotRecorded> {
    Box::pin(session.create_shop(form))
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let pending = _; { pending.await } -> Result<(), NotRecorded>)
))]
fn open_example(session: Session) -> Pending<'static, (), NotRecorded> {
    Box::pin(session.load_example())
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let pending = _; { pending.await } -> Result<ReceiveOutcome, NotReceived>)
))]
fn receive(
    session: Session,
    file: File,
    step: ReceiveStep,
    progress: WriteSignal<Option<ReceiveProgress>>,
) -> Pending<'static, ReceiveOutcome, NotReceived> {
    Box::pin(async move { session.receive(&file, step, progress).await })
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let pending = _; { pending.await } -> Result<Option<Engine<IndexedDb>>, Fault>)
))]
fn rebuild(store: IndexedDb, today: Date) -> Pending<'static, Option<Engine<IndexedDb>>, Fault> {
    Box::pin(Engine::open(store, today))
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let pending = _; { pending.await } -> Result<(), Fault>)
))]
fn start_new_chain(
    engine: &Engine<IndexedDb>,
    new: NewChain,
    today: Date,
    now: u64,
) -> Pending<'_, (), Fault> {
    Box::pin(async move { engine.start_new_chain(&new, today, now).await })
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let pending = _; { pending.await } -> Result<(), Fault>)
))]
fn ask_drawer(session: Session, engine: Rc<Engine<IndexedDb>>) -> Pending<'static, (), Fault> {
    Box::pin(async move { session.ask_which_drawer(&engine).await })
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let pending = _; { pending.await } -> Result<(), Fault>)
))]
fn back_up(session: Session) -> Pending<'static, (), Fault> {
    Box::pin(session.back_up_to_folder())
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let pending = _; { pending.await } -> Result<(), Fault>)
))]
fn keep_mirror(session: Session, name: String, engine: Rc<Engine<IndexedDb>>) -> Pending<'static, (), Fault> {
    Box::pin(session.keep_mirror(name, engine))
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let pending = _; { pending.await } -> Result<(), Fault>)
))]
fn verify(session: Session, name: String, engine: Rc<Engine<IndexedDb>>) -> Pending<'static, (), Fault> {
    Box::pin(session.verify_when_idle(name, engine))
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let pending = _; { pending.await } -> Result<(), Fault>)
))]
fn compare_mark(
    session: Session,
    name: String,
    engine: &Engine<IndexedDb>,
    mark: Mark,
) -> Pending<'_, (), Fault> {
    Box::pin(session.compare_mark(name, engine, mark))
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let pending = _; { pending.await } -> Result<bool, Fault>)
))]
fn rebuild_from_mirror(session: Session, name: String) -> Pending<'static, bool, Fault> {
    Box::pin(session.build_from_mirror(name))
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let pending = _; { pending.await } -> Result<Mending, Fault>)
))]
fn mend(
    engine: &Engine<IndexedDb>,
    name: String,
    damages: Vec<Damage>,
    today: Date,
    now: u64,
) -> Pending<'_, Mending, Fault> {
    Box::pin(async move { session::mend(engine, &name, damages, today, now).await })
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let pending = _; { pending.await } -> Result<(), Fault>)
))]
fn give_room(name: String) -> Pending<'static, (), Fault> {
    Box::pin(async move {
        session::give_room(&name).await;
        Ok(())
    })
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let pending = _; { pending.await } -> Result<u64, Fault>)
))]
fn bring_back(engine: &Engine<IndexedDb>, name: String, today: Date, now: u64) -> Pending<'_, u64, Fault> {
    Box::pin(async move { session::bring_back(engine, &name, today, now).await })
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let pending = _; { pending.await } -> Result<Vec<Hit>, Fault>)
))]
fn find_documents(engine: &Engine<IndexedDb>, text: String) -> Pending<'_, Vec<Hit>, Fault> {
    Box::pin(async move { engine.documents(&text, HITS).await })
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let pending = _; { pending.await } -> Result<(), Fault>)
))]
fn refresh(session: Session) -> Pending<'static, (), Fault> {
    Box::pin(session.read_other_tabs())
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let pending = _; { pending.await } -> Result<OpenAccount, Fault>)
))]
fn fold_account(customer: Id, entries: Vec<StoredEntry>) -> FoldedAccount {
    engine::fold_account(customer, entries)
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let pending = _; { pending.await } -> Result<(), Fault>)
))]
fn exchange(
    session: Session,
    name: String,
    engine: Rc<Engine<IndexedDb>>,
    inbox: Inbox,
) -> Pending<'static, (), Fault> {
    Box::pin(session.exchange(name, engine, inbox))
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let pending = _; { pending.await } -> Result<(), NotConnected>)
))]
fn connect(
    session: Session,
    code: String,
    progress: WriteSignal<Option<(usize, usize)>>,
) -> Pending<'static, (), NotConnected> {
    Box::pin(async move { session.found_shop(&code, progress).await })
}

#[cfg_attr(not(debug_assertions), wasm_split(
    rest, fallible, wasm_split_path = leptos::wasm_split,
    return_wrapper(let pending = _; { pending.await } -> Result<(), NotConnected>)
))]
fn join(
    session: Session,
    code: String,
    name: String,
    progress: WriteSignal<Option<Arriving>>,
) -> Pending<'static, (), NotConnected> {
    Box::pin(async move { session.join_shop(&code, &name, progress).await })
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

impl From<SplitLoaderError> for NotReceived {
    fn from(why: SplitLoaderError) -> Self {
        Self::Fault(why.into())
    }
}

impl From<SplitLoaderError> for NotConnected {
    fn from(why: SplitLoaderError) -> Self {
        Self::Fault(why.into())
    }
}
