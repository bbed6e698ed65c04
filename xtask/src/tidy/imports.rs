//! Which file of a crate imports which, read from its `use` items and from the paths in its code.
//!
//! A file imports another one when it names something that the other file defines or hands on. Three cases are not
//! imports: a `mod` declaration, a re-export that the file does not use itself, and a module that names what a module
//! above it defines, because a module and its submodules are one unit. Code that is compiled for tests alone is not read.

mod crates;
mod names;

use std::collections::{BTreeMap, BTreeSet};

use super::source::Source;

/// The imports of one crate: importing file, imported file, imported names.
pub type Imports<'a> = BTreeMap<&'a str, BTreeMap<&'a str, BTreeSet<String>>>;

/// The imports of every crate of the workspace.
pub fn imports(sources: &[Source]) -> Vec<Imports<'_>> {
    crates::Crate::all(sources).iter().map(crates::Crate::imports).collect()
}
