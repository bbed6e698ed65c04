//! Opens, deletes and lists databases, with a timeout.

use super::layout;
use super::request::{UNKNOWN, settled};
use crate::store::Fault;
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Function, Promise, Reflect};
use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory, IdbOpenDbRequest};

/// Pauses in milliseconds between attempts: when a browser was killed and restarted, its old process may still hold the
/// files for a moment, and the browser then only reports `UnknownError`. While the browser deletes the data of the site, it closes
/// what is opened with an `AbortError`.
const PAUSES: [u32; 4] = [100, 300, 900, 1_500];

/// The errors that pass.
const PASSING: [&str; 2] = [UNKNOWN, "AbortError"];

/// Whether a database that is not there is created.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum IfAbsent {
    /// It is created, with the layout of the version.
    Create,
    /// Nothing is created.
    Leave,
}

/// Opens a database, and creates it or upgrades it to `version` if needed. `again` runs when it is worth opening it again: another tab
/// wanted a newer version and this one closed the database; the browser closed it; or the browser answered after
/// `millis`.
pub async fn open(
    name: &str,
    version: u32,
    millis: u32,
    again: impl Fn() + 'static,
) -> Result<IdbDatabase, Fault> {
    open_or(name, version, IfAbsent::Create, millis, again).await?.ok_or(Fault::Closed)
}

/// As [`open`]; `None` if the database is not there.
pub async fn open_existing(
    name: &str,
    version: u32,
    millis: u32,
    again: impl Fn() + 'static,
) -> Result<Option<IdbDatabase>, Fault> {
    open_or(name, version, IfAbsent::Leave, millis, again).await
}

async fn open_or(
    name: &str,
    version: u32,
    absent: IfAbsent,
    millis: u32,
    again: impl Fn() + 'static,
) -> Result<Option<IdbDatabase>, Fault> {
    let again: Rc<dyn Fn()> = Rc::new(again);
    for pause in PAUSES {
        match try_open(name, version, absent, millis, again.clone()).await {
            Err(Fault::Other(why)) if PASSING.iter().any(|name| why.starts_with(name)) => {
                TimeoutFuture::new(pause).await;
            }
            other => return other,
        }
    }
    try_open(name, version, absent, millis, again).await
}

async fn try_open(
    name: &str,
    version: u32,
    absent: IfAbsent,
    millis: u32,
    again: Rc<dyn Fn()>,
) -> Result<Option<IdbDatabase>, Fault> {
    let request = factory()?.open_with_u32(name, version)?;
    let is_left = Rc::new(Cell::new(false));
    let on_upgrade = Closure::<dyn FnMut(JsValue)>::new({
        let (request, is_left) = (request.clone(), Rc::clone(&is_left));
        move |event: JsValue| {
            is_left.set(absent == IfAbsent::Leave && old_version(&event) == 0);
            match is_left.get() {
                true => abort(&request),
                false => upgrade(&request, &event),
            }
        }
    });
    request.set_onupgradeneeded(Some(on_upgrade.as_ref().unchecked_ref()));
    let answer = with_timeout(&request, millis).await;
    match answer {
        Ok(db) => {
            let db: IdbDatabase = db.unchecked_into();
            notify_when_lost(&db, move || again());
            Ok(Some(db))
        }
        // The browser takes back what it has begun to create.
        Err(_) if is_left.get() => Ok(None),
        Err(late @ (Fault::Blocked | Fault::OpenTimeout)) => {
            // The request continues after the timeout, so its handler must stay alive.
            on_upgrade.forget();
            notify_when_late(&request, move || again());
            Err(late)
        }
        Err(fault) => Err(fault),
    }
}

/// Deletes a database and all it holds.
pub async fn delete(name: &str, millis: u32) -> Result<(), Fault> {
    with_timeout(&factory()?.delete_database(name)?, millis).await.map(|_| ())
}

/// The names of all databases of this origin, as far as the browser lists them.
pub async fn names() -> Result<Vec<String>, Fault> {
    let factory = factory()?;
    // Firefox before version 126 has no `indexedDB.databases()`.
    let Ok(list) = Reflect::get(&factory, &"databases".into())?.dyn_into::<Function>() else {
        return Ok(Vec::new());
    };
    let all = JsFuture::from(list.call0(&factory)?.unchecked_into::<Promise>()).await?;
    let name = |each: JsValue| Reflect::get(&each, &"name".into()).ok()?.as_string();
    Ok(all.unchecked_into::<Array>().iter().filter_map(name).collect())
}

fn factory() -> Result<IdbFactory, Fault> {
    let found = Reflect::get(&js_sys::global(), &"indexedDB".into())?;
    found.dyn_into().map_err(|_| Fault::Unsupported("IndexedDB".into()))
}

/// Upgrades the layout. A failed upgrade aborts the version change and with it the opening.
fn upgrade(request: &IdbOpenDbRequest, event: &JsValue) {
    let Ok(db) = request.result().map(JsCast::unchecked_into::<IdbDatabase>) else { return };
    if layout::upgrade(&db, old_version(event)).is_err() {
        abort(request);
    }
}

/// The version before an upgrade; 0 if the database was not there.
fn old_version(event: &JsValue) -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // A version is a whole number.
    let old = event.unchecked_ref::<web_sys::IdbVersionChangeEvent>().old_version() as u32;
    old
}

fn abort(request: &IdbOpenDbRequest) {
    let _ = request.transaction().map(|tx| tx.abort());
}

async fn with_timeout(request: &IdbOpenDbRequest, millis: u32) -> Result<JsValue, Fault> {
    let blocked = Rc::new(Cell::new(false));
    let on_blocked = Closure::<dyn FnMut()>::new({
        let blocked = blocked.clone();
        move || blocked.set(true)
    });
    request.set_onblocked(Some(on_blocked.as_ref().unchecked_ref()));
    let answer = match select(pin!(settled(request)), pin!(TimeoutFuture::new(millis))).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => Err(if blocked.get() { Fault::Blocked } else { Fault::OpenTimeout }),
    };
    request.set_onblocked(None);
    answer
}

/// The caller has timed out, so a database that opens late is closed at once. `again` also runs after a late error,
/// because opening again gives the reason.
fn notify_when_late(request: &IdbOpenDbRequest, again: impl FnOnce() + 'static) {
    let late = Closure::once_into_js({
        let request = request.clone();
        move || {
            // After an error the result is undefined.
            if let Ok(Ok(db)) = request.result().map(JsCast::dyn_into::<IdbDatabase>) {
                db.close();
            }
            again();
        }
    });
    request.set_onsuccess(Some(late.unchecked_ref()));
    request.set_onerror(Some(late.unchecked_ref()));
}

fn notify_when_lost(db: &IdbDatabase, lost: impl Fn() + 'static) {
    let lost = Closure::<dyn FnMut()>::new({
        let db = db.clone();
        move || {
            db.close();
            lost();
        }
    });
    db.set_onversionchange(Some(lost.as_ref().unchecked_ref()));
    db.set_onclose(Some(lost.as_ref().unchecked_ref()));
    lost.forget(); // Must live as long as the database; a page opens one or two.
}
