//! What the tests of admission and the simulator share: a log in memory, keys that cost nothing, lines.
#![allow(dead_code)]

pub mod counter;
pub mod keys;
pub mod lines;
pub mod memory_log;
pub mod shop;
