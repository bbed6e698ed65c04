//! The addresses of the screens: one typed route for each, parsed from a path and written as one.

mod query;
mod report;
mod section;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

pub use query::Query;
pub use report::Report;
pub use section::Section;

use ledger::id::Id;
use std::fmt;

/// All screens, including the bare root and the one for unknown addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Screen {
    /// Not a page: the entries of the shop that do not count, on the counter.
    ShopExceptions,
    Home,
    Setup,
    Counter,
    Check,
    Pay,
    Customers,
    AddCustomer,
    Customer,
    EditCustomer,
    PayFor,
    Payment,
    AddCredit,
    PayRefund,
    RefundOutstanding,
    AddOrderFor,
    Order,
    AddNote,
    Exchange,
    Refund,
    Paper,
    Statement,
    Statements,
    Orders,
    AddOrder,
    Refunds,
    Money,
    DayReport,
    Partners,
    Reports,
    Settings,
    Import,
    Missing,
}

/// A screen with what its path names: a customer, and an order or a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Route {
    Home,
    Setup,
    Counter,
    /// *Check a slip*.
    Check,
    Pay,
    Customers,
    AddCustomer,
    Customer(Id),
    EditCustomer(Id),
    PayFor(Id),
    Payment {
        customer: Id,
        payment: Id,
    },
    AddCredit(Id),
    PayRefund(Id),
    RefundOutstanding(Id),
    AddOrderFor(Id),
    Order {
        customer: Id,
        order: Id,
    },
    AddNote {
        customer: Id,
        order: Id,
    },
    Exchange {
        customer: Id,
        order: Id,
    },
    Refund {
        customer: Id,
        order: Id,
    },
    /// A document as it is printed.
    Paper {
        customer: Id,
        document: Id,
    },
    /// The statement of account as it is printed.
    Statement(Id),
    /// Statements and reminders of several customers.
    Statements,
    Orders,
    AddOrder,
    Refunds,
    Money,
    /// The report of a day as it is printed.
    DayReport,
    Partners,
    Reports,
    ReportOf(Report),
    Settings,
    SettingsOf(Section),
    Import,
    /// An address that no screen has.
    Missing,
}

impl Route {
    /// Parses a path below the base. A trailing slash is ignored.
    #[must_use]
    pub fn parse(path: &str) -> Self {
        let path = path.strip_prefix('/').unwrap_or(path);
        let path = path.strip_suffix('/').unwrap_or(path);
        let parts: Vec<&str> = path.split('/').collect();
        let found = match parts.as_slice() {
            [""] => Some(Self::Home),
            ["setup"] => Some(Self::Setup),
            ["counter"] => Some(Self::Counter),
            ["check"] => Some(Self::Check),
            ["pay"] => Some(Self::Pay),
            ["customers"] => Some(Self::Customers),
            ["customers", "new"] => Some(Self::AddCustomer),
            ["customers", "statements"] => Some(Self::Statements),
            ["customers", customer, rest @ ..] => {
                Id::new(customer).ok().and_then(|customer| Self::of_customer(customer, rest))
            }
            ["orders"] => Some(Self::Orders),
            ["orders", "new"] => Some(Self::AddOrder),
            ["refunds"] => Some(Self::Refunds),
            ["money"] => Some(Self::Money),
            ["money", "report"] => Some(Self::DayReport),
            ["partners"] => Some(Self::Partners),
            ["reports"] => Some(Self::Reports),
            ["reports", report] => Report::find(report).map(Self::ReportOf),
            ["settings"] => Some(Self::Settings),
            ["settings", "import"] => Some(Self::Import),
            ["settings", section] => Section::find(section).map(Self::SettingsOf),
            _ => None,
        };
        found.unwrap_or(Self::Missing)
    }

    fn of_customer(customer: Id, rest: &[&str]) -> Option<Self> {
        let id = |text: &str| Id::new(text).ok();
        match rest {
            [] => Some(Self::Customer(customer)),
            ["edit"] => Some(Self::EditCustomer(customer)),
            ["pay"] => Some(Self::PayFor(customer)),
            ["credit"] => Some(Self::AddCredit(customer)),
            ["pay-refund"] => Some(Self::PayRefund(customer)),
            ["refund-os"] => Some(Self::RefundOutstanding(customer)),
            ["statement"] => Some(Self::Statement(customer)),
            ["print", document] => Some(Self::Paper { customer, document: id(document)? }),
            ["payments", payment] => Some(Self::Payment { customer, payment: id(payment)? }),
            ["orders", "new"] => Some(Self::AddOrderFor(customer)),
            ["orders", order] => Some(Self::Order { customer, order: id(order)? }),
            ["orders", order, "credit"] => Some(Self::AddNote { customer, order: id(order)? }),
            ["orders", order, "exchange"] => Some(Self::Exchange { customer, order: id(order)? }),
            ["orders", order, "refund"] => Some(Self::Refund { customer, order: id(order)? }),
            _ => None,
        }
    }

    /// The screen.
    #[must_use]
    pub const fn screen(&self) -> Screen {
        match self {
            Self::Home => Screen::Home,
            Self::Setup => Screen::Setup,
            Self::Counter => Screen::Counter,
            Self::Check => Screen::Check,
            Self::Pay => Screen::Pay,
            Self::Customers => Screen::Customers,
            Self::AddCustomer => Screen::AddCustomer,
            Self::Customer(_) => Screen::Customer,
            Self::EditCustomer(_) => Screen::EditCustomer,
            Self::PayFor(_) => Screen::PayFor,
            Self::Payment { .. } => Screen::Payment,
            Self::AddCredit(_) => Screen::AddCredit,
            Self::PayRefund(_) => Screen::PayRefund,
            Self::RefundOutstanding(_) => Screen::RefundOutstanding,
            Self::AddOrderFor(_) => Screen::AddOrderFor,
            Self::Order { .. } => Screen::Order,
            Self::AddNote { .. } => Screen::AddNote,
            Self::Exchange { .. } => Screen::Exchange,
            Self::Refund { .. } => Screen::Refund,
            Self::Paper { .. } => Screen::Paper,
            Self::Statement(_) => Screen::Statement,
            Self::Statements => Screen::Statements,
            Self::Orders => Screen::Orders,
            Self::AddOrder => Screen::AddOrder,
            Self::Refunds => Screen::Refunds,
            Self::Money => Screen::Money,
            Self::DayReport => Screen::DayReport,
            Self::Partners => Screen::Partners,
            Self::Reports | Self::ReportOf(_) => Screen::Reports,
            Self::Settings | Self::SettingsOf(_) => Screen::Settings,
            Self::Import => Screen::Import,
            Self::Missing => Screen::Missing,
        }
    }

    /// The customer that the path names.
    #[must_use]
    pub const fn customer(&self) -> Option<&Id> {
        match self {
            Self::Customer(customer)
            | Self::EditCustomer(customer)
            | Self::PayFor(customer)
            | Self::AddCredit(customer)
            | Self::PayRefund(customer)
            | Self::RefundOutstanding(customer)
            | Self::AddOrderFor(customer)
            | Self::Statement(customer)
            | Self::Paper { customer, .. }
            | Self::Payment { customer, .. }
            | Self::Order { customer, .. }
            | Self::AddNote { customer, .. }
            | Self::Exchange { customer, .. }
            | Self::Refund { customer, .. } => Some(customer),
            _ => None,
        }
    }

    /// The order that the path names.
    #[must_use]
    pub const fn order(&self) -> Option<&Id> {
        match self {
            Self::Order { order, .. }
            | Self::AddNote { order, .. }
            | Self::Exchange { order, .. }
            | Self::Refund { order, .. } => Some(order),
            _ => None,
        }
    }

    /// The payment that the path names.
    #[must_use]
    pub const fn payment(&self) -> Option<&Id> {
        match self {
            Self::Payment { payment, .. } => Some(payment),
            _ => None,
        }
    }

    /// The document that the path names, to print it.
    #[must_use]
    pub const fn document(&self) -> Option<&Id> {
        match self {
            Self::Paper { document, .. } => Some(document),
            _ => None,
        }
    }

    /// The section of the settings that the path names.
    #[must_use]
    pub const fn section(&self) -> Option<Section> {
        if let Self::SettingsOf(section) = self { Some(*section) } else { None }
    }

    /// The report that the path names.
    #[must_use]
    pub const fn report(&self) -> Option<Report> {
        if let Self::ReportOf(report) = self { Some(*report) } else { None }
    }

    /// This address with a parameter.
    #[must_use]
    pub fn with(self, name: Query, value: impl fmt::Display) -> Link {
        Link { route: self, query: Vec::new() }.with(name, value)
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home | Self::Missing => f.write_str("/"),
            Self::Setup => f.write_str("/setup"),
            Self::Counter => f.write_str("/counter"),
            Self::Check => f.write_str("/check"),
            Self::Pay => f.write_str("/pay"),
            Self::Customers => f.write_str("/customers"),
            Self::AddCustomer => f.write_str("/customers/new"),
            Self::Customer(customer) => write!(f, "/customers/{customer}"),
            Self::EditCustomer(customer) => write!(f, "/customers/{customer}/edit"),
            Self::PayFor(customer) => write!(f, "/customers/{customer}/pay"),
            Self::Payment { customer, payment } => write!(f, "/customers/{customer}/payments/{payment}"),
            Self::AddCredit(customer) => write!(f, "/customers/{customer}/credit"),
            Self::PayRefund(customer) => write!(f, "/customers/{customer}/pay-refund"),
            Self::RefundOutstanding(customer) => write!(f, "/customers/{customer}/refund-os"),
            Self::AddOrderFor(customer) => write!(f, "/customers/{customer}/orders/new"),
            Self::Order { customer, order } => write!(f, "/customers/{customer}/orders/{order}"),
            Self::AddNote { customer, order } => write!(f, "/customers/{customer}/orders/{order}/credit"),
            Self::Exchange { customer: c, order: o } => write!(f, "/customers/{c}/orders/{o}/exchange"),
            Self::Refund { customer, order } => write!(f, "/customers/{customer}/orders/{order}/refund"),
            Self::Paper { customer, document } => write!(f, "/customers/{customer}/print/{document}"),
            Self::Statement(customer) => write!(f, "/customers/{customer}/statement"),
            Self::Statements => f.write_str("/customers/statements"),
            Self::Orders => f.write_str("/orders"),
            Self::AddOrder => f.write_str("/orders/new"),
            Self::Refunds => f.write_str("/refunds"),
            Self::Money => f.write_str("/money"),
            Self::DayReport => f.write_str("/money/report"),
            Self::Partners => f.write_str("/partners"),
            Self::Reports => f.write_str("/reports"),
            Self::ReportOf(report) => write!(f, "/reports/{}", report.word()),
            Self::Settings => f.write_str("/settings"),
            Self::Import => f.write_str("/settings/import"),
            Self::SettingsOf(section) => write!(f, "/settings/{}", section.word()),
        }
    }
}

/// A route with parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    route: Route,
    query: Vec<(Query, String)>,
}

impl Link {
    /// This address with one more parameter.
    #[must_use]
    pub fn with(mut self, name: Query, value: impl fmt::Display) -> Self {
        self.query.push((name, value.to_string()));
        self
    }
}

impl From<Route> for Link {
    fn from(route: Route) -> Self {
        Self { route, query: Vec::new() }
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.route.fmt(f)?;
        for (at, (name, value)) in self.query.iter().enumerate() {
            write!(f, "{}{}={value}", if at == 0 { '?' } else { '&' }, name.name())?;
        }
        Ok(())
    }
}
