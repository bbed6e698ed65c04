//! Journeys through the built app in a real browser.
//!
//! The words are those of the interface; a journey that fails over a word tells that a person
//! would have looked for it in vain.

mod hosting;
mod shell;
