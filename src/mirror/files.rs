//! The files of a mirror: few operations, so that all that is decided about them is decided in Rust.

use crate::store::Fault;

/// The folder of one shop's mirror.
#[allow(async_fn_in_trait)] // All futures run on one thread, so none has to be `Send`.
pub trait Files {
    /// The names of all files, in no particular order. A packed file has the same name as before.
    async fn list(&self) -> Result<Vec<String>, Fault>;

    /// The content of a file, unpacked; of a packed file that is damaged, what could be unpacked. Empty if there is no such
    /// file.
    async fn read(&self, name: &str) -> Result<Vec<u8>, Fault>;

    /// Cuts a file to `at` bytes and writes these after them; creates it. Returns when they are on the disk.
    ///
    /// # Errors
    ///
    /// [`Fault::Full`], and whatever the browser reports. A part of the bytes may be in the file.
    async fn write(&self, name: &str, at: u64, bytes: &[u8]) -> Result<(), Fault>;

    /// Compresses a file that is not written to any more.
    async fn pack(&self, name: &str) -> Result<(), Fault>;

    /// Deletes a file, if it is there.
    async fn remove(&self, name: &str) -> Result<(), Fault>;
}
