//! Journeys through the built app in a real browser.
//!
//! The words are those of the interface; a journey that fails over a word tells that a person
//! would have looked for it in vain.

mod backup;
mod blocked_storage;
mod clerk;
mod conflicts;
mod corrections;
mod crash;
mod double_submit;
mod every_screen;
mod example;
mod frozen_tabs;
mod hosting;
mod install;
mod invalid_input;
mod keyboard;
mod lazy_part;
mod lists;
mod lock;
mod partners;
mod payments;
mod payout;
mod people;
mod rescue;
mod shell;
mod steps;
mod tabs;
mod update;
mod wizard;
