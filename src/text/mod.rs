//! Every sentence the user reads, and how money and dates are written.
//!
//! The words live in `locales/<language>/<namespace>.json`; `build.rs` makes them typed, so a missing key or
//! argument does not compile. `say!(namespace.key, argument = value)` gives the sentence as a `String`.
//! What depends on a count has a sentence for each form there, and `counted!(namespace.key, count)` takes the right one.
//! The language is that of the page: changing it reloads the page, so no text needs to be a signal.

pub mod currencies;
pub mod date;
pub mod exception;
pub mod fault;
pub mod history;
mod intl;
pub mod money;
pub mod names;
pub mod not_received;
pub mod problem;
pub mod reasons;
pub mod refusal;

#[allow(missing_docs, unused, clippy::all, clippy::pedantic, clippy::unwrap_used, clippy::expect_used)]
#[rustfmt::skip]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
}

pub use generated::i18n::Locale;
pub use intl::{capitals, is_one, small};

/// The language of the page.
#[must_use]
pub const fn locale() -> Locale {
    Locale::en
}

/// A sentence by its key: `say!(shell.counter_letter, letter = "A")`.
macro_rules! say {
    ($($words:tt)*) => {
        ::std::string::String::from(::leptos_i18n::td_string!($crate::text::locale(), $($words)*))
    };
}
pub(crate) use say;

/// A sentence that depends on a count: `counted!(names.days_ago, 3)`.
macro_rules! counted {
    ($space:ident.$key:ident, $count:expr) => {{
        let count = $count;
        match $crate::text::is_one(count) {
            true => $crate::text::say!($space.$key.one, count = count),
            false => $crate::text::say!($space.$key.other, count = count),
        }
    }};
}
pub(crate) use counted;
