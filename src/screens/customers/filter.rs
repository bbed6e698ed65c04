//! Which customers the list shows.

use crate::session::Letter;
use leptos::prelude::*;

/// Which customers are asked for. A letter is dropped when something is typed.
#[derive(Clone, Copy)]
pub struct CustomerFilter {
    pub text: RwSignal<String>,
    pub letter: RwSignal<Option<Letter>>,
}
