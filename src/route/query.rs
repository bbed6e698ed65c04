//! The parameters that an address can have.

/// A parameter of an address. Its values are ids, days and the words of tabs and steps, which need no encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Query {
    /// The day that the balances of a report are for.
    AsOf,
    /// The code of a slip: letters, digits, full stops, asterisks and hyphens.
    Code,
    /// The customer that was chosen for a form.
    Customer,
    /// The document that a form has recorded.
    Done,
    /// The first day of a report.
    From,
    /// How money is given back.
    How,
    /// The day up to which the entries of a report are known.
    KnownOn,
    /// That a paper is to be sent by mail.
    Mail,
    /// The document that was just added to a list.
    New,
    /// The order that a payment is for.
    Order,
    /// The partner whose ledger is shown.
    Partner,
    /// The payment to be refunded.
    Payment,
    /// The step of a form.
    Step,
    /// The list of a customer.
    Tab,
    /// The last day of a report.
    To,
}

impl Query {
    /// The name in the address.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AsOf => "as-of",
            Self::Code => "code",
            Self::Customer => "customer",
            Self::Done => "done",
            Self::From => "from",
            Self::How => "how",
            Self::KnownOn => "known-on",
            Self::Mail => "mail",
            Self::New => "new",
            Self::Order => "order",
            Self::Partner => "partner",
            Self::Payment => "payment",
            Self::Step => "step",
            Self::Tab => "tab",
            Self::To => "to",
        }
    }
}
