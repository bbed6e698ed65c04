//! The texts of the app, at build time: reads the languages of `locales/`, compares them, and writes what the app is built from.
//!
//! English is part of the program: [`code`] writes one type for each text, with a field for each argument, so that a missing text
//! or argument does not compile. Every other language is a file that the page fetches: [`file`] writes its texts in the sequence
//! of the numbers that the program knows. Both have the texts of one build, which the hash in the name of the file says.

mod catalog;
mod code;
mod file;
mod template;

pub use catalog::{Catalog, Text, Words, read};
pub use code::code;
pub use file::{File, file};
pub use template::{Template, parse};

/// The languages, as tags of BCP 47. The first one is the language of the program; the texts of the others are files.
pub const LANGUAGES: [&str; 3] = ["en", "de", "fr"];

/// The plural forms that a language must have and may have, by the names of `Intl.PluralRules`.
#[must_use]
pub fn plural_forms(language: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match language {
        "fr" => (&["one", "other"], &["many"]),
        _ => (&["one", "other"], &[]),
    }
}
