//! The values of fields that are parts of a draft.

use crate::components::Value;

/// A text field's value: it follows `read`, and typing calls `write`.
pub fn text(
    read: impl Fn() -> String + Send + Sync + 'static,
    write: impl Fn(String) + 'static,
) -> Value<String> {
    Value::new(read, write)
}

/// A checkbox's value: it follows `read`, and checking calls `write`.
pub fn checkbox(
    read: impl Fn() -> bool + Send + Sync + 'static,
    write: impl Fn(bool) + 'static,
) -> Value<bool> {
    Value::new(read, write)
}
