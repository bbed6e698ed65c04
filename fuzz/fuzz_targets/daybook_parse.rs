//! The day-book parser never panics, its errors point into the text, and checking a parsed day book never panics.
#![no_main]

use daybook::parse::parse;
use daybook::run::check;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match parse(text) {
        Ok(daybook) => drop(check(&daybook)),
        Err(malformed) => {
            // For a text that ends too early, the error points to the line after the last one.
            let line = text.split('\n').nth(malformed.line as usize - 1).unwrap_or_default();
            assert!(malformed.line as usize <= text.split('\n').count() + 1, "{malformed}");
            assert!((1..=line.chars().count() + 1).contains(&(malformed.column as usize)), "{malformed}");
            assert!(!malformed.expected.is_empty());
        }
    }
});
