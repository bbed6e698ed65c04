//! View models of screens and reports: plain data that is equal when nothing changed.

pub mod account;
pub mod activity;
pub mod ageing;
pub mod as_of;
pub mod cash_day;
pub mod charge;
pub mod collection;
pub mod customer;
pub mod dispute;
pub mod exception;
pub mod history;
pub mod lot;
pub mod order;
pub mod paper;
pub mod partner;
pub mod payment;
pub mod reasons;
pub mod refund;
pub mod span;
pub mod statement;
pub mod takings;
pub mod tax;
pub mod trial;
pub mod versions;
