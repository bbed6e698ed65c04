//! A value that workers access one at a time, in block order.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// A value that workers access one at a time, in the order of block numbers.
pub struct InOrder<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
}

struct State<T> {
    /// The number of the block whose worker may access the value, from 0.
    next: usize,
    /// A worker panicked: its block is never completed.
    aborted: bool,
    value: T,
}

impl<T> InOrder<T> {
    /// The value before the first block.
    pub const fn new(value: T) -> Self {
        let state = State { next: 0, aborted: false, value };
        Self { state: Mutex::new(state), changed: Condvar::new() }
    }

    /// A worker's access. A worker that panics while it holds this wakes all waiting workers.
    pub const fn worker(&self) -> Worker<'_, T> {
        Worker(self)
    }

    /// The value after the last block.
    pub fn into_inner(self) -> T {
        self.state.into_inner().unwrap_or_else(PoisonError::into_inner).value
    }

    /// Ignores poisoning: a panic is handled by the worker that panics.
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One worker's access to the value.
pub struct Worker<'a, T>(&'a InOrder<T>);

impl<T> Worker<'_, T> {
    /// Waits until all earlier blocks are complete, then runs `action` for this block. `None` when another worker
    /// panicked.
    pub fn access<R>(&self, number: usize, action: impl FnOnce(&mut T) -> R) -> Option<R> {
        let Self(shared) = self;
        let mut state = shared.lock();
        while state.next != number && !state.aborted {
            state = shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.aborted {
            return None;
        }
        let result = action(&mut state.value);
        state.next += 1;
        drop(state);
        shared.changed.notify_all();
        Some(result)
    }
}

impl<T> Drop for Worker<'_, T> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.lock().aborted = true;
            self.0.changed.notify_all();
        }
    }
}
