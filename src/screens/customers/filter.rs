//! The filter of the list of customers.

use crate::session::Letter;
use leptos::prelude::*;

/// The search text and the first letter. Typing a text clears the letter.
#[derive(Clone, Copy)]
pub struct CustomerFilter {
    pub text: RwSignal<String>,
    pub letter: RwSignal<Option<Letter>>,
}
