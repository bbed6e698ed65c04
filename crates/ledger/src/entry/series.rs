//! The number series of documents.

use serde::{Deserialize, Serialize};

/// The series of a document number. A number is the letter of the counter, the letter of the series and a count
/// without gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Series {
    /// `I`: invoices (orders).
    Invoice,
    /// `P`: payments.
    Payment,
    /// `C`: credits and credit notes.
    Credit,
    /// `R`: refunds and pay-outs.
    Refund,
}

impl Series {
    /// All series.
    pub const ALL: [Self; 4] = [Self::Invoice, Self::Payment, Self::Credit, Self::Refund];

    /// The letter in the number.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Invoice => 'I',
            Self::Payment => 'P',
            Self::Credit => 'C',
            Self::Refund => 'R',
        }
    }
}
