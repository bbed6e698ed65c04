//! The day-book notation: parse, run, check.
