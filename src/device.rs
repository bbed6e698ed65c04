//! Services of the device besides the store: clock, other tabs, lock, files, PINs, and small values of this origin.

pub mod assets;
pub mod camera;
pub mod channel;
pub mod clock;
pub mod device_store;
pub mod file;
pub mod folder;
pub mod mark;
pub mod mark_storage;
pub mod painted;
pub mod people;
pub mod persist;
pub mod picture;
pub mod pin;
pub mod recovery_code;
pub mod registry;
pub mod right;
pub mod wake;
pub mod web_lock;
