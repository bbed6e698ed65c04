//! What a file may hold, and which of its columns holds what.

use crate::normalize::searchable;

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Kind {
    Customers,
    /// Orders with what is still owed of them.
    Orders,
    /// Credit that customers had in the earlier books.
    Credits,
    /// Products and services.
    Items,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Column {
    /// The customer's number in the earlier books.
    Number,
    Name,
    /// Whether the customer is a company.
    Company,
    Phone,
    Email,
    Note,
    /// The postal address, or its first lines.
    Address,
    Postcode,
    Town,
    Country,
    /// The number under which the customer is registered for tax.
    TaxNumber,
    /// The language of what is written to the customer.
    Language,
    /// The name of a contact person.
    Contact,
    /// The number of the invoice or credit in the earlier books.
    Reference,
    On,
    Due,
    What,
    Amount,
    /// The code on the label of an item.
    Code,
    /// The price of one unit of an item.
    Price,
    /// The tax rate of an item.
    Rate,
}

impl Kind {
    /// All of them, in the order in which they are imported.
    pub const ALL: [Self; 4] = [Self::Customers, Self::Orders, Self::Credits, Self::Items];

    /// A word for it, used in addresses and ids.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Orders => "orders",
            Self::Credits => "credits",
            Self::Items => "items",
        }
    }

    /// The columns that its rows may have.
    #[must_use]
    pub const fn columns(self) -> &'static [Column] {
        use Column::{
            Address, Amount, Code, Company, Contact, Country, Due, Email, Language, Name, Note, Number, On,
            Phone, Postcode, Price, Rate, Reference, TaxNumber, Town, What,
        };
        match self {
            Self::Customers => &[
                Name, Number, Company, Phone, Email, Address, Postcode, Town, Country, TaxNumber, Language,
                Contact, Note,
            ],
            Self::Orders => &[Number, Name, Phone, Email, Reference, On, Due, What, Amount],
            Self::Credits => &[Number, Name, Phone, Email, Reference, On, Note, Amount],
            Self::Items => &[Name, Code, Price, Rate],
        }
    }

    /// Whether rows without this column cannot be imported.
    #[must_use]
    pub const fn needs(self, column: Column) -> bool {
        match self {
            Self::Customers | Self::Items => matches!(column, Column::Name),
            Self::Orders => matches!(column, Column::On | Column::Amount),
            Self::Credits => matches!(column, Column::Amount),
        }
    }

    /// Whether the columns that were found say which customer a row is about.
    #[must_use]
    pub fn names_customer(self, matching: &Matching) -> bool {
        let named = [Column::Number, Column::Name, Column::Phone, Column::Email];
        matches!(self, Self::Customers | Self::Items)
            || named.iter().any(|column| matching.of(*column).is_some())
    }
}

/// Which column of the file holds what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matching(Vec<(Column, usize)>);

impl Matching {
    /// The position of the column in the file; `None` if the file has none.
    #[must_use]
    pub fn of(&self, column: Column) -> Option<usize> {
        self.0.iter().find(|(own, _)| *own == column).map(|(_, at)| *at)
    }

    /// Chooses the column of the file, or none.
    pub fn set(&mut self, column: Column, at: Option<usize>) {
        self.0.retain(|(own, place)| *own != column && Some(*place) != at);
        self.0.extend(at.map(|at| (column, at)));
    }
}

/// Finds the columns by their headings. `names` gives the usual headings of a column, the most usual first.
#[must_use]
pub fn match_columns(kind: Kind, headings: &[String], names: impl Fn(Column) -> Vec<String>) -> Matching {
    let headings: Vec<String> = headings.iter().map(|heading| plain(heading)).collect();
    let mut matching = Matching::default();
    for column in kind.columns() {
        let is_free = |at: &usize| matching.0.iter().all(|(_, taken)| taken != at);
        let found = names(*column).iter().find_map(|name| {
            let name = plain(name);
            headings.iter().position(|heading| *heading == name).filter(is_free)
        });
        matching.set(*column, found);
    }
    matching
}

/// A heading without case, accents, marks and spaces: `E-Mail address:` and `email_address` are the same.
fn plain(heading: &str) -> String {
    searchable(heading).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(column: Column) -> Vec<String> {
        let names = match column {
            Column::Name => "Name;Customer name;Customer",
            Column::Number => "Customer number;Number",
            Column::Email => "E-mail;Email address",
            _ => "",
        };
        names.split(';').map(str::to_owned).collect()
    }

    #[test]
    fn headings_are_matched_without_case_and_marks() {
        let headings = ["EMAIL_ADDRESS", "customer  Name:", "Number"].map(str::to_owned);
        let matching = match_columns(Kind::Customers, &headings, names);
        let found = [Column::Name, Column::Number, Column::Email, Column::Phone].map(|one| matching.of(one));
        assert_eq!(found, [Some(1), Some(2), Some(0), None]);
    }

    #[test]
    fn a_column_of_the_file_holds_one_thing() {
        let mut matching = match_columns(Kind::Customers, &["Name".to_owned()], names);
        matching.set(Column::Phone, Some(0));
        assert_eq!((matching.of(Column::Name), matching.of(Column::Phone)), (None, Some(0)));
        matching.set(Column::Phone, None);
        assert_eq!(matching, Matching::default());
    }
}
