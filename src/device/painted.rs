//! Waits until the browser has painted.

use futures_util::future::select;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Promise};
use std::pin::pin;
use wasm_bindgen_futures::JsFuture;

/// Milliseconds after which a page counts as painted: one that is hidden paints nothing.
const LONGEST: u32 = 1_000;

/// Resolves once the browser has painted what the page shows now.
pub async fn painted() {
    let frame = Promise::new(&mut |resolve: Function, _| {
        // Without a frame, the timeout ends the wait.
        let _ = web_sys::window().map(|window| window.request_animation_frame(&resolve));
    });
    select(pin!(JsFuture::from(frame)), pin!(TimeoutFuture::new(LONGEST))).await;
    // What is asked for a frame runs before it is painted, a timer after it.
    TimeoutFuture::new(0).await;
}
