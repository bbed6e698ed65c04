//! The journal on this device: what may go wrong with it.

mod fault;

pub use fault::Fault;
