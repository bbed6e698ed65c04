//! The engine on a store in memory: what a commit writes, what two tabs see, what a fault leaves behind.

mod acts;
mod commit;
mod faults;
mod late;
mod random;
mod receive;
mod tabs;
