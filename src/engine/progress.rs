//! How far a long piece of work is.

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Every line of a backup is checked; counted in bytes.
    Checking,
    /// Lines are written; counted in bytes.
    Writing,
    /// Entries are added up; counted in entries.
    Folding,
}

/// Told now and then while the work goes on: what is being done, and how much of it is done.
pub struct Progress<'a>(&'a mut dyn FnMut(Phase, u64));

impl<'a> Progress<'a> {
    /// Tells it to whoever listens.
    pub fn new(listener: &'a mut dyn FnMut(Phase, u64)) -> Self {
        Self(listener)
    }

    pub(super) fn report(&mut self, phase: Phase, done: u64) {
        (self.0)(phase, done);
    }
}
