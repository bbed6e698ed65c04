//! The acts of the book, one file each: what is asked, what is written, and how it folds.

pub mod correction;
pub mod credit;
pub mod customer;
pub mod money;
pub mod order;
pub mod payment;
pub mod payout;
pub mod refund;
pub mod shop;
