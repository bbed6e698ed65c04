//! The value of a field: read from where it is stored, and written there when the user changes it.

use leptos::prelude::*;

/// What a field shows, and what it calls with the user's input. It holds no copy, so nothing has to be mirrored.
pub struct Value<T: Send + Sync + 'static> {
    shown: Signal<T>,
    write: UnsyncCallback<T>,
}

impl<T: Send + Sync + 'static> Clone for Value<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Value<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Value<T> {
    /// A value that follows `read`; `write` receives the user's input.
    pub fn new(read: impl Fn() -> T + Send + Sync + 'static, write: impl Fn(T) + 'static) -> Self {
        // Only a changed value updates the field, not every change of the draft that it is read from.
        Self { shown: Memo::new(move |_| read()).into(), write: UnsyncCallback::new(write) }
    }

    /// The current value.
    pub fn get(self) -> T {
        self.shown.get()
    }

    /// Passes the current value to a function.
    pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        self.shown.with(read)
    }

    /// Stores the user's input.
    pub fn set(self, value: T) {
        self.write.run(value);
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> From<RwSignal<T>> for Value<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self { shown: signal.into(), write: UnsyncCallback::new(move |value| signal.set(value)) }
    }
}
