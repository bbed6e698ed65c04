//! Signals that notify only of a change.

use leptos::prelude::*;

/// Sets a signal unless it holds an equal value.
pub fn set_if_changed<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, now: T) {
    if signal.try_with_untracked(|before| *before != now) == Some(true) {
        signal.try_set(now);
    }
}
