//! Journeys through the built app in a real browser.
//!
//! Journeys find elements by the texts of the interface, so a wrong text fails a journey.

mod backup;
mod blocked_storage;
mod clerk;
mod conflicts;
mod corrections;
mod crash;
mod damage;
mod double_submit;
mod drawer;
mod every_screen;
mod example;
mod exchange;
mod forms;
mod frozen_tabs;
mod hosting;
mod install;
mod invalid_input;
mod keyboard;
mod kills;
mod lazy;
mod lists;
mod lock;
mod moved;
mod partners;
mod payments;
mod payout;
mod people;
mod precautions;
mod queue;
mod recalculate;
mod refund_parts;
mod rescue;
mod several_invoices;
mod shell;
mod steps;
mod stored_profile;
mod sync;
mod sync_conflicts;
mod sync_devices;
mod sync_killed;
mod tabs;
mod update;
mod witnesses;
mod wizard;
