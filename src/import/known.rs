//! The customers of the book, found by what a row says of them.

use super::column::Column;
use super::flaw::Flaw;
use super::row_id::row_id;
use crate::normalize::{normalize, plain_name};
use ledger::id::Id;
use ledger::view::customer::CustomerRow;
use std::collections::HashMap;

/// The digits at the end of a telephone number that tell numbers apart, whatever the notation of country and area.
const DIGITS: usize = 8;

/// The customers of the book by name, telephone number and e-mail address.
#[derive(Debug, Clone, Default)]
pub struct Known {
    titles: HashMap<Id, String>,
    /// The customer that is shown for each duplicate.
    kept: HashMap<Id, Id>,
    names: HashMap<String, Vec<Id>>,
    phones: HashMap<String, Vec<Id>>,
    emails: HashMap<String, Vec<Id>>,
}

impl Known {
    /// Of all customers; walk-in accounts are none. `kept` is the customer that is shown for a duplicate, and for each other
    /// customer itself.
    pub fn of<'a>(rows: impl Iterator<Item = &'a CustomerRow>, kept: impl Fn(&'a Id) -> &'a Id) -> Self {
        let mut known = Self::default();
        for row in rows.filter(|row| !row.walk_in) {
            let shown = kept(&row.id);
            let add = |map: &mut HashMap<String, Vec<Id>>, key: Option<String>| {
                let Some(key) = key else { return };
                let all = map.entry(key).or_default();
                if !all.contains(shown) {
                    all.push(shown.clone());
                }
            };
            add(&mut known.names, name(&row.name));
            add(&mut known.phones, row.phone.as_deref().and_then(phone));
            add(&mut known.emails, row.email.as_deref().and_then(email));
            known.titles.insert(row.id.clone(), row.name.clone());
            if *shown != row.id {
                known.kept.insert(row.id.clone(), shown.clone());
            }
        }
        known
    }

    /// Whether the customer is here.
    #[must_use]
    pub fn has(&self, id: &Id) -> bool {
        self.titles.contains_key(id)
    }

    /// The name of a customer; empty if there is none.
    #[must_use]
    pub fn title(&self, id: &Id) -> &str {
        self.titles.get(id).map_or("", String::as_str)
    }

    /// A customer who may be the one of the row, and what both have in common.
    #[must_use]
    pub fn alike(&self, of: &Naming<'_>) -> Option<Flaw> {
        let found = of.found_in(self).find_map(|(column, found)| Some((column, found?.first()?)));
        let (column, id) = found?;
        Some(Flaw::Alike { name: self.title(id).to_owned(), column })
    }

    /// The customer that a row names: by number, or by what is in the row of name, telephone and e-mail.
    ///
    /// # Errors
    /// None, or several of them.
    pub fn named(&self, of: &Naming<'_>) -> Result<Id, Flaw> {
        let number = of.number.trim();
        let unknown = |named: &str| Flaw::UnknownCustomer { named: named.trim().to_owned() };
        if !number.is_empty() {
            let id = row_id("customers", &[number]);
            let kept = || self.kept.get(&id).unwrap_or(&id).clone();
            return if self.has(&id) { Ok(kept()) } else { Err(unknown(number)) };
        }
        let mut left: Option<Vec<&Id>> = None;
        let texts = [of.name, of.phone, of.email];
        for ((_, found), text) in of.found_in(self).zip(texts).filter(|(_, text)| !text.trim().is_empty()) {
            let found = found.ok_or_else(|| unknown(text))?;
            let both = |id: &&Id| left.as_ref().is_none_or(|left| left.contains(id));
            left = Some(found.iter().filter(both).collect());
        }
        match left.as_deref() {
            None => Err(Flaw::Missing(Column::Name)),
            Some([one]) => Ok(Id::clone(one)),
            Some([]) => Err(unknown(of.first())),
            Some(_) => Err(Flaw::SeveralCustomers { named: of.first().to_owned() }),
        }
    }
}

/// What a row says of its customer, as written.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub struct Naming<'a> {
    pub number: &'a str,
    pub name: &'a str,
    pub phone: &'a str,
    pub email: &'a str,
}

impl Naming<'_> {
    fn first(&self) -> &str {
        let all = [self.name, self.phone, self.email].map(str::trim);
        all.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// Those with this name, this telephone number and this address.
    fn found_in<'a>(&self, known: &'a Known) -> impl Iterator<Item = (Column, Option<&'a Vec<Id>>)> {
        [
            (Column::Name, name(self.name).and_then(|key| known.names.get(&key))),
            (Column::Phone, phone(self.phone).and_then(|key| known.phones.get(&key))),
            (Column::Email, email(self.email).and_then(|key| known.emails.get(&key))),
        ]
        .into_iter()
    }
}

fn name(text: &str) -> Option<String> {
    Some(plain_name(text)).filter(|name| !name.is_empty())
}

fn phone(text: &str) -> Option<String> {
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    let last = digits.len().checked_sub(DIGITS).and_then(|from| digits.get(from..))?;
    Some(last.iter().collect())
}

fn email(text: &str) -> Option<String> {
    Some(normalize(text)).filter(|address| address.contains('@'))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub mod tests {
    use super::*;
    use ledger::money::Money;

    /// A customer as lists show one.
    pub fn row(id: &Id, name: &str, phone: &str, email: &str) -> CustomerRow {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        CustomerRow {
            id: id.clone(),
            name: name.into(),
            company: false,
            walk_in: false,
            phone: some(phone),
            email: some(email),
            since: None,
            owed: Money::ZERO,
            credit: Money::ZERO,
            to_repay: Money::ZERO,
            oldest_due: None,
            exceptions: 0,
            charge: None,
            disputed: false,
            sent_back: None,
            records: 1,
            last: None,
        }
    }

    #[test]
    fn a_customer_is_named_by_number_or_by_what_a_row_says() {
        let numbered = row_id("customers", &["1001"]);
        let id = |text: &str| Id::new(text).unwrap();
        let rows = [
            row(&numbered, "Mira Patel", "", ""),
            row(&id("a"), "John Smith", "020 7946 0011", ""),
            row(&id("b"), "john  SMITH", "", "js@example.net"),
        ];
        let known = Known::of(rows.iter(), |id| id);
        let ask = |number, name, phone, email| known.named(&Naming { number, name, phone, email });
        assert_eq!(ask(" 1001 ", "", "", ""), Ok(numbered.clone()));
        assert_eq!(ask("", "mira-patel", "", ""), Ok(numbered));
        assert_eq!(ask("", "John Smith", "+44 20 7946 0011", ""), Ok(id("a")));
        assert_eq!(ask("", "", "", "JS@example.net"), Ok(id("b")));
        assert_eq!(ask("", "John Smith", "", ""), Err(Flaw::SeveralCustomers { named: "John Smith".into() }));
        let unknown = |named: &str| Err(Flaw::UnknownCustomer { named: named.into() });
        assert_eq!(ask("1002", "Mira Patel", "", ""), unknown("1002"), "a number says exactly who");
        assert_eq!(ask("", "Otto", "", ""), unknown("Otto"));
        assert_eq!(ask("", "Mira Patel", "020 7946 0011", ""), unknown("Mira Patel"));
        assert_eq!(ask("", "", "", ""), Err(Flaw::Missing(Column::Name)));
    }

    #[test]
    fn a_duplicate_is_named_by_all_that_was_known_of_it_and_gives_the_customer_that_is_kept() {
        let numbered = row_id("customers", &["1001"]);
        let kept = Id::new("a").unwrap();
        let rows = [row(&kept, "John Smith", "", ""), row(&numbered, "John Smith", "020 7946 0011", "")];
        let known = Known::of(rows.iter(), |id| if *id == numbered { &kept } else { id });
        let ask = |number, name, phone| known.named(&Naming { number, name, phone, email: "" });
        assert_eq!(ask("1001", "", ""), Ok(kept.clone()));
        assert_eq!(ask("", "John Smith", ""), Ok(kept.clone()), "not several customers");
        assert_eq!(ask("", "", "02079460011"), Ok(kept.clone()));
    }
}
