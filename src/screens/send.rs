//! Hands a text to another program: the sharing of the device where there is one, else the mail program; or to the clipboard.

use crate::text::say;
use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Sends a text. What went wrong is said.
pub fn send(title: String, text: String, email: Option<&str>, said: RwSignal<Option<String>>) {
    match share(&title, &text) {
        Some(sharing) => spawn_local(async move {
            // The person who closed the window of the device knows that nothing was sent.
            if let Err(why) = JsFuture::from(sharing).await
                && !is_closed(&why)
            {
                said.try_set(Some(say!(paper.not_sent)));
            }
        }),
        None => {
            let address = mail(email.unwrap_or_default(), &title, &text);
            if window().location().set_href(&address).is_err() {
                said.set(Some(say!(paper.not_sent)));
            }
        }
    }
}

/// The Web Share API, where the browser has it.
fn share(title: &str, text: &str) -> Option<Promise> {
    let navigator: JsValue = window().navigator().into();
    let share: Function = Reflect::get(&navigator, &"share".into()).ok()?.dyn_into().ok()?;
    let data = Object::new();
    Reflect::set(&data, &"title".into(), &title.into()).ok()?;
    Reflect::set(&data, &"text".into(), &text.into()).ok()?;
    share.call1(&navigator, &data).ok()?.dyn_into().ok()
}

fn is_closed(why: &JsValue) -> bool {
    why.dyn_ref::<web_sys::DomException>().is_some_and(|why| why.name() == "AbortError")
}

/// The address of a mail with this subject and text.
fn mail(to: &str, title: &str, text: &str) -> String {
    let encoded = |text: &str| String::from(js_sys::encode_uri_component(text));
    // Lines of a mail end with CR LF (RFC 6068).
    let body = text.replace('\n', "\r\n");
    format!("mailto:{}?subject={}&body={}", encoded(to), encoded(title), encoded(&body))
}

/// Puts a text on the clipboard; whether the browser has allowed it.
pub async fn copy(text: &str) -> bool {
    JsFuture::from(window().navigator().clipboard().write_text(text)).await.is_ok()
}
