//! Turns: what one core after the other has in its hands, in a sequence that is known beforehand.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Something that is handed on from turn to turn.
pub struct Turns<T> {
    turn: Mutex<Turn<T>>,
    changed: Condvar,
}

struct Turn<T> {
    /// Whose turn it is, from 0.
    number: usize,
    /// Somebody panicked: his turn, or the end of it, never comes.
    given_up: bool,
    what: T,
}

impl<T> Turns<T> {
    /// Before the first turn.
    pub const fn of(what: T) -> Self {
        let turn = Turn { number: 0, given_up: false, what };
        Self { turn: Mutex::new(turn), changed: Condvar::new() }
    }

    /// Whoever takes part holds this while he does, so that nobody waits for a turn that never comes.
    pub const fn part(&self) -> Part<'_, T> {
        Part(self)
    }

    /// After the last turn.
    pub fn end(self) -> T {
        self.turn.into_inner().unwrap_or_else(PoisonError::into_inner).what
    }

    /// A panic is told by whoever panics, so that a lock he held is as good as any.
    fn lock(&self) -> MutexGuard<'_, Turn<T>> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A part in the turns.
pub struct Part<'a, T>(&'a Turns<T>);

impl<T> Part<'_, T> {
    /// Waits for the turn of a number, takes it and ends it. `None` when it never comes.
    pub fn take<R>(&self, number: usize, act: impl FnOnce(&mut T) -> R) -> Option<R> {
        let Self(turns) = self;
        let mut turn = turns.lock();
        while turn.number != number && !turn.given_up {
            turn = turns.changed.wait(turn).unwrap_or_else(PoisonError::into_inner);
        }
        if turn.given_up {
            return None;
        }
        let done = act(&mut turn.what);
        turn.number += 1;
        drop(turn);
        turns.changed.notify_all();
        Some(done)
    }
}

impl<T> Drop for Part<'_, T> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.lock().given_up = true;
            self.0.changed.notify_all();
        }
    }
}
