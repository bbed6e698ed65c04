//! One book in memory: joins journal lines to ledger records; composes what a press appends.
