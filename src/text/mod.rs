//! All sentences of the user interface, and the formats of money and dates.
//!
//! The texts are in `locales/<language>/<namespace>.json`; `build.rs` generates typed accessors, so a missing key or
//! argument does not compile. `say!(namespace.key, argument = value)` returns the sentence as a `String`.
//! A text that depends on a count has one sentence per plural form, and `counted!(namespace.key, count)` selects one.
//! The language is that of the page. Changing it reloads the page, so texts need no signals.

pub mod book_account;
pub mod correction;
pub mod currencies;
pub mod date;
pub mod exception;
pub mod fault;
pub mod history;
pub mod import;
mod intl;
pub mod money;
pub mod names;
pub mod not_received;
pub mod problem;
pub mod reasons;
pub mod recalculated;
pub mod refusal;
pub mod shop_entry;
pub mod sync;

#[allow(missing_docs, unused, clippy::all, clippy::pedantic, clippy::unwrap_used, clippy::expect_used)]
#[rustfmt::skip]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
}

pub use generated::i18n::Locale;
pub use intl::{capitals, is_one, language, small};

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
