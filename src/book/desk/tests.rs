//! The desk on a store in memory: what a press writes, what two tabs see, what a fault leaves behind.

mod acts;
mod faults;
mod intake;
mod late;
mod presses;
mod random;
mod tabs;
