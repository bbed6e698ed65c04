//! The line of the journal: envelope, verbatim bytes, hash, chain, hybrid clock, document numbers.
