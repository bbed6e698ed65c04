//! `cargo xtask …`: set-up, run, test, build and house lints.

fn main() {}
