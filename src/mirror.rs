//! The mirror: the journal a second time, in files that the browser stores apart from its database. Whatever empties, rolls
//! back or damages the database does not reach them, and a book is rebuilt from them.
//!
//! A worker of one tab writes the files, after a commit is on the disk; no press waits for it. Here are the format of the
//! files, what is copied when, and how it is read back; `opfs` is the browser's side.

mod copy;
mod files;
mod mark_file;
mod opfs;
mod rows;
#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests;
mod text;

pub use copy::{Mirror, has_segments};
pub use files::Files;
pub use mark_file::{read_mark, write_mark};
pub use opfs::Opfs;
pub use text::MirrorText;
