//! The outcomes of comparing and changing a PIN.

/// The outcome of comparing a PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinCheck {
    /// It is right, or the member has none.
    Right,
    /// It is wrong.
    Wrong,
    /// It was not compared, because a wait lasts: see `Session::pin_wait`.
    Wait,
}

/// The outcome of changing a PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinChange {
    /// It is changed.
    Done,
    /// Nothing is changed: the present PIN was not given.
    NotGiven(PinCheck),
    /// Nothing is changed: the person who opened the dialog does not act any more, or may not do this.
    NotPermitted,
}
