//! A Web Lock: tabs that commit at the same time wait for each other instead of failing with a conflict and retrying.
//!
//! Correctness does not depend on it: the append compares the device's state inside its transaction. So where the
//! browser has no locks, or a suspended tab holds one too long, the commit continues without the lock.

use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Object, Promise};
use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["navigator", "locks"], js_name = request, catch)]
    fn request(name: &str, options: &Object, callback: &JsValue) -> Result<Promise, JsValue>;
}

/// Milliseconds after which a commit continues without the lock.
const PATIENCE: u32 = 3_000;

/// A lock that is held until it is dropped.
#[derive(Debug)]
#[must_use]
pub struct WebLock(Rc<Hold>);

#[derive(Debug, Default)]
struct Hold {
    release: RefCell<Option<Function>>,
    given_up: Cell<bool>,
}

impl WebLock {
    /// Waits for the lock of a store; `None` after the timeout, or when the browser has no locks.
    pub async fn acquire(store: &str) -> Option<Self> {
        let (hold, granted) = Self::ask(store)?;
        match select(pin!(JsFuture::from(granted)), pin!(TimeoutFuture::new(PATIENCE))).await {
            Either::Left((Ok(_), _)) => Some(Self(hold)),
            _ => {
                hold.given_up.set(true);
                None
            }
        }
    }

    /// Waits for the lock as long as other tabs hold it; `None` when the browser has no locks.
    pub async fn wait(name: &str) -> Option<Self> {
        let (hold, granted) = Self::ask(name)?;
        JsFuture::from(granted).await.ok()?;
        Some(Self(hold))
    }

    fn ask(name: &str) -> Option<(Rc<Hold>, Promise)> {
        let hold = Rc::new(Hold::default());
        let mut asked = Ok(());
        let granted = Promise::new(&mut |granted: Function, _| {
            let callback = Closure::once_into_js({
                let hold = Rc::clone(&hold);
                move |_: JsValue| hold.on_granted(&granted)
            });
            asked = request(&format!("counterfoil {name}"), &Object::new(), &callback).map(|_| ());
        });
        asked.ok()?;
        Some((hold, granted))
    }
}

impl Hold {
    /// Called when the lock is granted. The browser holds it until the returned promise settles: at once when the caller
    /// has stopped waiting.
    fn on_granted(&self, granted: &Function) -> Promise {
        if self.given_up.get() {
            return Promise::resolve(&JsValue::UNDEFINED);
        }
        let held = Promise::new(&mut |release: Function, _| {
            self.release.replace(Some(release));
        });
        let _ = granted.call0(&JsValue::UNDEFINED);
        held
    }
}

impl Drop for WebLock {
    fn drop(&mut self) {
        if let Some(release) = self.0.release.take() {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::WebLock;
    use futures_util::FutureExt;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn a_second_request_gets_the_lock_after_the_first_is_dropped() {
        let first = WebLock::acquire("turns").await.unwrap();
        let mut second = Box::pin(WebLock::acquire("turns"));
        let other = WebLock::acquire("another book").await;
        assert!(other.is_some());
        assert!((&mut second).now_or_never().is_none());
        drop(first);
        assert!(second.await.is_some());
    }
}
