//! Operations that a first visit does not need. Their code may have to be downloaded first.
//!
//! A session gets them as function pointers from the caller that starts it, so that only the root of the program knows
//! which part contains their code.

use super::arriving::Arriving;
use super::backup_state::{ReceiveOutcome, ReceiveProgress, ReceiveStep};
use super::set_up::SetUp;
use crate::device::mark::Mark;
use crate::device::recovery_code::RecoveryCode;
use crate::engine::{Damage, Engine, FoldAccount, Hit, Mending, NewChain, NotReceived, NotRecorded};
use crate::replica::{Inbox, NotConnected};
use crate::store::{Fault, IndexedDb};
use ledger::date::Date;
use leptos::prelude::WriteSignal;
use std::pin::Pin;
use std::rc::Rc;
use web_sys::File;

/// An operation in progress.
pub type Pending<'a, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + 'a>>;

/// Receives a backup file, step by step, and reports the progress.
type Receive<S> = fn(
    S,
    File,
    ReceiveStep,
    WriteSignal<Option<ReceiveProgress>>,
) -> Pending<'static, ReceiveOutcome, NotReceived>;

/// Opens a book after its caches were rebuilt; `None` when the store holds none.
type Rebuild = fn(IndexedDb, Date) -> Pending<'static, Option<Engine<IndexedDb>>, Fault>;

/// A task on an open book, which has a name.
type OfBook<S> = fn(S, String, Rc<Engine<IndexedDb>>) -> Pending<'static, (), Fault>;

/// Compares a book with the mark of its name.
type CompareMark<S> = for<'a> fn(S, String, &'a Engine<IndexedDb>, Mark) -> Pending<'a, (), Fault>;

/// Mends damaged lines of a book.
type Mend = for<'a> fn(&'a Engine<IndexedDb>, String, Vec<Damage>, Date, u64) -> Pending<'a, Mending, Fault>;

/// Exchanges until the book is closed.
type Exchange<S> = fn(S, String, Rc<Engine<IndexedDb>>, Inbox) -> Pending<'static, (), Fault>;

/// Founds the shop at an endpoint.
type Connect<S> = fn(S, String, WriteSignal<Option<(usize, usize)>>) -> Pending<'static, (), NotConnected>;

/// Joins a shop.
type Join<S> = fn(S, String, String, WriteSignal<Option<Arriving>>) -> Pending<'static, (), NotConnected>;

/// The operations, each on a session of type `S` or on an engine.
pub struct Lazy<S> {
    /// Opens the book with a name, which this browser holds.
    pub open: fn(S, String) -> Pending<'static, (), Fault>,
    /// Sets up a new shop, and returns its recovery code.
    pub set_up: fn(S, SetUp) -> Pending<'static, Option<RecoveryCode>, NotRecorded>,
    /// Opens the example shop.
    pub open_example: fn(S) -> Pending<'static, (), NotRecorded>,
    /// Receives a backup.
    pub receive: Receive<S>,
    /// Opens a book whose caches are damaged or of another version.
    pub rebuild: Rebuild,
    /// Continues with a new chain after lines were lost.
    pub start_new_chain: for<'a> fn(&'a Engine<IndexedDb>, NewChain, Date, u64) -> Pending<'a, (), Fault>,
    /// Keeps the mirror of the open book up to date, as long as the book stays open.
    pub keep_mirror: OfBook<S>,
    /// Verifies the stored chains while the app is idle, as long as the book stays open.
    pub verify: OfBook<S>,
    /// Builds a book whose store is empty or damaged again from its mirror; false if there is nothing to build it from.
    pub rebuild_from_mirror: fn(S, String) -> Pending<'static, bool, Fault>,
    /// Asks at which drawer a new device stands.
    pub ask_drawer: OfBook<S>,
    /// Writes a backup into the folder that the owner chose.
    pub back_up: fn(S) -> Pending<'static, (), Fault>,
    /// Names and brings back what is missing of the book, and goes on with a new chain.
    pub compare_mark: CompareMark<S>,
    /// Mends damaged lines of the book with those of the mirror.
    pub mend: Mend,
    /// Deletes the mirror, because the device has no room left.
    pub give_room: fn(String) -> Pending<'static, (), Fault>,
    /// Adds the entries that only the mirror has; the number of entries.
    pub bring_back: for<'a> fn(&'a Engine<IndexedDb>, String, Date, u64) -> Pending<'a, u64, Fault>,
    /// Finds documents by number or reference.
    pub find_documents: for<'a> fn(&'a Engine<IndexedDb>, String) -> Pending<'a, Vec<Hit>, Fault>,
    /// Catches up with other tabs.
    pub refresh: fn(S) -> Pending<'static, (), Fault>,
    /// Exchanges with an endpoint.
    pub exchange: Exchange<S>,
    /// Founds the shop at an endpoint.
    pub connect: Connect<S>,
    /// Joins a shop.
    pub join: Join<S>,
    /// Folds one account.
    pub fold_account: FoldAccount,
}
