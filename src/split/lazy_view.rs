//! The views whose code is in the second part of the program.

use crate::route::Screen;
use crate::screens::backup::BackupReceiver;
use crate::screens::shell::{Question, SwitchUser};
use crate::session::Received;
use leptos::prelude::*;

/// A view in the second part of the program.
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
