//! What a search finds.

use ledger::id::Id;
use ledger::view::customer::CustomerRow;

/// One thing that fits the text.
#[derive(Debug, Clone, PartialEq)]
pub enum Hit {
    /// A customer.
    Customer(CustomerRow),
    /// A document, by its number or reference.
    Document {
        /// Whose account it stands on.
        customer: Id,
        /// That customer's name.
        name: String,
        /// The document's id.
        id: Id,
        /// Its number.
        no: Option<String>,
        /// The kind of its entry, such as `order.placed`.
        kind: String,
    },
}
