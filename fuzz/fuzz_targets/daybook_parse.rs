//! The day-book parser never panics, the position of an error is inside the text, and a parsed day book can be run.
#![no_main]

use daybook::parse::parse;
use daybook::run::check;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match parse(text) {
        Ok(daybook) => drop(check(&daybook)),
        Err(malformed) => {
            // The error of a text that ends too early is after its last line.
            let line = text.split('\n').nth(malformed.line as usize - 1).unwrap_or_default();
            assert!(malformed.line as usize <= text.split('\n').count() + 1, "{malformed}");
            assert!((1..=line.chars().count() + 1).contains(&(malformed.column as usize)), "{malformed}");
            assert!(!malformed.expected.is_empty());
        }
    }
});
