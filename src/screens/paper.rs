//! What leaves the counter on paper: receipts, invoices, credit notes, slips and statements. Each is a document of its own, shown here as
//! it will be printed; nothing of the screen around it is.

mod by_mail;
mod credit_note;
mod day_report;
mod day_screen;
mod document;
mod head;
mod invoice;
mod language;
mod mail_page;
mod page_rule;
mod parts;
mod printing;
mod receipt;
mod receipt_a4;
mod refund_slip;
mod reminder;
mod run;
mod run_mail;
mod sheet_choice;
mod span_form;
mod statement;
mod statement_screen;
mod tools;

pub(super) use day_report::kept;
pub use day_screen::PrintDay;
pub use document::PrintDocument;
pub(super) use document::{back, title};
pub use run::PrintStatements;
pub use statement_screen::PrintStatement;
