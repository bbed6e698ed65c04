//! Journeys through the built app in a real browser.
//!
//! The words are those of the interface; a journey that fails over a word tells that a person
//! would have looked for it in vain.

mod asleep;
mod backup;
mod clerk;
mod corrections;
mod crash;
mod doors;
mod example;
mod forbidden;
mod hosting;
mod install;
mod keyboard;
mod later;
mod lists;
mod lock;
mod nonsense;
mod partners;
mod payout;
mod people;
mod quarrel;
mod rescue;
mod shell;
mod steps;
mod stored_profile;
mod tabs;
mod tour;
mod twice;
mod update;
mod wizard;
