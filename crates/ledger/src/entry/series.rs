//! The number series of documents.

use serde::{Deserialize, Serialize};

/// Which numbers a document takes: letter of the counter, letter of the series, a gap-free count.
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
    /// The letter that stands in the number.
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
