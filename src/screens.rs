//! The screens, one file each. They read the book from context, hold drafts, and show views.

pub mod add_customer;
pub mod add_order;
pub mod add_payment;
pub mod counter;
pub mod customer;
pub mod customers;
pub mod missing;
pub mod order;
pub mod orders;
pub mod refund;
pub mod refunds;
pub mod settings;
pub mod setup;
pub mod shell;
mod threshold;
