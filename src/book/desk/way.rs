//! How far a long piece of work is.

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Every line of a backup is checked; counted in bytes.
    Checking,
    /// Lines are written; counted in bytes.
    Writing,
    /// Entries are added up; counted in entries.
    Folding,
}

/// Told now and then while the work goes on: what is being done, and how much of it is done.
pub struct Way<'a>(&'a mut dyn FnMut(Work, u64));

impl<'a> Way<'a> {
    /// Tells it to whoever listens.
    pub fn new(listener: &'a mut dyn FnMut(Work, u64)) -> Self {
        Self(listener)
    }

    pub(super) fn at(&mut self, work: Work, done: u64) {
        (self.0)(work, done);
    }
}
