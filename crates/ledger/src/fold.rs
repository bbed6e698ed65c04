//! The fold: applies records in order to the account of a customer or to the shop.

pub(crate) mod customer_book;
mod entry;
mod known_places;
pub(crate) mod posted;
pub(crate) mod sequence;
mod shop;
pub(crate) mod shop_book;
mod waiting;

pub use customer_book::CustomerBook;
pub use posted::Posted;
pub use shop_book::ShopBook;
