//! Reports the progress of a long operation.

/// What the operation is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Checks every line of a backup; counted in bytes.
    Checking,
    /// Writes lines; counted in bytes.
    Writing,
    /// Folds entries; counted in entries.
    Folding,
}

/// Reports from time to time what the operation is doing and how much of it is done.
pub struct Progress<'a>(&'a mut dyn FnMut(Phase, u64));

impl<'a> Progress<'a> {
    /// Reports to `listener`.
    pub fn new(listener: &'a mut dyn FnMut(Phase, u64)) -> Self {
        Self(listener)
    }

    pub(super) fn report(&mut self, phase: Phase, done: u64) {
        (self.0)(phase, done);
    }
}
