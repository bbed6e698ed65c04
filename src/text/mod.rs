//! All sentences of the user interface, and the formats of money and dates.
//!
//! The texts are in `locales/<language>/<namespace>.json`; `build.rs` generates a type for each, so a missing text or
//! argument does not compile. `say!(namespace.key, argument = value)` returns the sentence as a `String`.
//! A text that depends on a count has one sentence per plural form, and `counted!(namespace.key, count)` selects one.
//! The language is that of the page; changing it reloads the page, so texts need no signals. Only a paper may have another
//! language than the page around it ([`in_language`]). English is part of the program; the others are files ([`load`]).

pub mod book_account;
pub mod correction;
pub mod currencies;
pub mod date;
pub mod exception;
pub mod fault;
pub mod history;
pub mod import;
mod intl;
mod language;
pub mod money;
pub mod names;
pub mod not_received;
pub mod problem;
pub mod reasons;
pub mod recalculated;
pub mod refusal;
pub mod shop_entry;
pub mod sync;
mod translation;

#[allow(missing_docs, unused, non_camel_case_types, clippy::all, clippy::pedantic)]
#[rustfmt::skip]
pub(crate) mod written {
    use super::translation::{plural, text};
    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}

pub use intl::{capitals, language, own_name, small};
pub use language::{Language, current};
pub use translation::{in_language, is_loaded, load, start};

/// A sentence by its key: `say!(shell.counter_letter, letter = "A")`.
macro_rules! say {
    ($space:ident.$key:ident $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::text::written::$space::$key { $($name: &$value),* }.text()
    };
}
pub(crate) use say;

/// A sentence that depends on a count: `counted!(names.days_ago, 3)`. The count is the argument `count`.
macro_rules! counted {
    ($space:ident.$key:ident, $count:expr $(, $name:ident = $value:expr)* $(,)?) => {{
        let count = $count;
        $crate::text::written::$space::$key { count: &count $(, $name: &$value)* }
            .text(u32::try_from(count).unwrap_or(u32::MAX))
    }};
}
pub(crate) use counted;
