//! The fold: records in order, with what they add up to.

pub(crate) mod customer_book;
mod entry;
mod known_places;
pub(crate) mod sequence;
mod shop;
pub(crate) mod shop_book;
mod waiting;

pub use customer_book::{CustomerBook, Posted};
pub use shop_book::ShopBook;
