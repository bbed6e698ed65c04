//! The views whose code is not in the first part of the program.

use crate::route::Screen;
use crate::screens::backup::BackupReceiver;
use crate::screens::shell::{Question, SwitchUser};
use crate::session::Received;
use leptos::prelude::*;

/// A view in the part that opens a book.
#[derive(Clone, Copy)]
pub enum BookView {
    /// What is around every screen of an open book, with the screen.
    Frame(UnsyncCallback<(), AnyView>),
    /// The counter, with what it says about entries that do not count.
    Counter(UnsyncCallback<(), AnyView>),
    /// The lock, with its form.
    Lock(UnsyncCallback<(), AnyView>),
}

/// A view in the part with everything else.
#[derive(Clone, Copy)]
pub enum LazyView {
    /// A screen.
    Screen(Screen),
    /// What a file would bring, and what to do when its entries were received.
    FileReview(BackupReceiver, Callback<Received>),
    /// What unlocks the app.
    LockForm,
    /// The answers to what a note asks.
    Answers(Question),
    /// What signs the selected user in.
    SignIn(SwitchUser),
}
