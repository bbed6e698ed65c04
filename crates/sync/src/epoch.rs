//! The epoch of a log: which life of the endpoint's store the numbers of the log belong to.

use crate::hex::hex_bytes;
use std::fmt;

hex_bytes! {
    /// 16 random bytes, 32 digits. An endpoint draws a new one when a shop is founded, when its store is restored, and
    /// when a client proves that the store is older than what the endpoint once signed. Within one epoch a number of the
    /// log belongs to one record for ever.
    Epoch, 16
}

impl fmt::Debug for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
