//! Turns `locales/` into typed text.
fn main() {}
