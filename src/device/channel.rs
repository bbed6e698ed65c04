//! Telling other tabs that something was written. Only a hint: what was written they read themselves.

use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

/// The name of the one channel of this origin.
const NAME: &str = "counterfoil";

/// A channel to the other tabs; without one they find out when they come into focus.
#[derive(Debug, Clone)]
pub struct Channel(Option<BroadcastChannel>);

impl Channel {
    /// Listens for the rest of the session; `heard` gets the name of the store that was written to.
    pub fn open(heard: impl Fn(String) + 'static) -> Self {
        let channel = BroadcastChannel::new(NAME).ok();
        if let Some(channel) = &channel {
            let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                event.data().as_string().into_iter().for_each(&heard);
            });
            channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
            listener.forget(); // One a session.
        }
        Self(channel)
    }

    /// Tells the others.
    pub fn notify(&self, store: &str) {
        if let Some(channel) = &self.0 {
            // A closed channel loses a hint, nothing else.
            let _ = channel.post_message(&store.into());
        }
    }
}
