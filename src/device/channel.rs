//! Notifies other tabs of a write. The message is only a hint: each tab reads the new entries from the store.

use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

/// The name of the channel that all tabs of this origin share.
const NAME: &str = "counterfoil";

/// A channel to the other tabs; without one, a tab refreshes when it gets the focus.
#[derive(Debug, Clone)]
pub struct Channel(Option<BroadcastChannel>);

impl Channel {
    /// Listens until the page is closed. `heard` receives the name of the store that was written to.
    pub fn open(heard: impl Fn(String) + 'static) -> Self {
        let channel = BroadcastChannel::new(NAME).ok();
        if let Some(channel) = &channel {
            let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                event.data().as_string().into_iter().for_each(&heard);
            });
            channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
            listener.forget(); // One per page.
        }
        Self(channel)
    }

    /// Notifies the other tabs that a store was written to.
    pub fn notify(&self, store: &str) {
        if let Some(channel) = &self.0 {
            // If the channel is closed, only a hint is lost.
            let _ = channel.post_message(&store.into());
        }
    }
}
