//! Opening, deleting and listing databases, never waiting without end.

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

/// Pauses in milliseconds between tries: a browser that was killed and started again may find its own files still held
/// by what is left of it, and says only that it does not know why.
const PAUSES: [u32; 4] = [100, 300, 900, 1_500];

/// Opens a database, bringing it to `version` if need be. `again` runs when it is worth opening once more: another tab
/// wanted a newer version, and this one has let go; the browser closed the database; it answered after `millis`.
pub async fn open(
    name: &str,
    version: u32,
    millis: u32,
    again: impl Fn() + 'static,
) -> Result<IdbDatabase, Fault> {
    let again: Rc<dyn Fn()> = Rc::new(again);
    for pause in PAUSES {
        match try_open(name, version, millis, again.clone()).await {
            Err(Fault::Other(why)) if why.starts_with(UNKNOWN) => TimeoutFuture::new(pause).await,
            other => return other,
        }
    }
    try_open(name, version, millis, again).await
}

async fn try_open(name: &str, version: u32, millis: u32, again: Rc<dyn Fn()>) -> Result<IdbDatabase, Fault> {
    let request = factory()?.open_with_u32(name, version)?;
    let on_upgrade = Closure::<dyn FnMut(JsValue)>::new({
        let request = request.clone();
        move |event: JsValue| upgrade(&request, &event)
    });
    request.set_onupgradeneeded(Some(on_upgrade.as_ref().unchecked_ref()));
    let answer = with_timeout(&request, millis).await;
    match answer {
        Ok(db) => {
            let db: IdbDatabase = db.unchecked_into();
            notify_when_lost(&db, move || again());
            Ok(db)
        }
        Err(late @ (Fault::Blocked | Fault::OpenTimeout)) => {
            // The request lives on, and its handler must.
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

/// The names of all databases of this origin, as far as the browser tells.
pub async fn names() -> Result<Vec<String>, Fault> {
    let factory = factory()?;
    // Firefox had no such method before version 126.
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

/// An upgrade that fails aborts the version change, and with it the opening.
fn upgrade(request: &IdbOpenDbRequest, event: &JsValue) {
    let old = event.unchecked_ref::<web_sys::IdbVersionChangeEvent>().old_version();
    let Ok(db) = request.result().map(JsCast::unchecked_into::<IdbDatabase>) else { return };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // A version is a whole number.
    if layout::upgrade(&db, old as u32).is_err() {
        let _ = request.transaction().map(|tx| tx.abort());
    }
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

/// Whoever asked has gone on without it, so a late success must not hold the database open. A late refusal is told
/// too: asking once more tells why.
fn notify_when_late(request: &IdbOpenDbRequest, again: impl FnOnce() + 'static) {
    let late = Closure::once_into_js({
        let request = request.clone();
        move || {
            // Of a refusal the result is undefined.
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
    lost.forget(); // As long-lived as the database, of which a session opens one or two.
}
