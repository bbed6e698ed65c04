//! Exceptions: the third kind of no. Two honest counters disagreed; nothing is lost.
