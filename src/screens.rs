//! The screens, one file each. They read the book from context, hold drafts, and show views.

pub mod add_customer;
pub mod add_order;
pub mod add_payment;
mod bound;
pub mod counter;
pub mod customer;
pub mod customers;
mod desk;
mod form;
mod hand_over;
mod kept;
mod links;
mod methods;
pub mod missing;
pub mod order;
pub mod orders;
mod reason;
pub mod refund;
pub mod refunds;
pub mod settings;
pub mod setup;
pub mod shell;
mod shown;
mod threshold;
mod who;
