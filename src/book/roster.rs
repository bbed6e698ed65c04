//! All customers in the order of their names, updated in place.

use super::fold::fold;
use ledger::id::Id;
use ledger::view::customer::CustomerRow;
use std::collections::HashMap;
use std::sync::Arc;

/// What is beside the list of rows, index by index: by what a row is sorted and found.
#[derive(Debug, Default)]
pub struct Roster {
    keys: Vec<Key>,
    names: HashMap<Id, String>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    name: String,
    id: Id,
    /// Phone and e-mail, folded.
    also: String,
}

impl Key {
    fn of(row: &CustomerRow) -> Self {
        let also = [row.phone.as_deref(), row.email.as_deref()].into_iter().flatten().map(fold);
        Self { name: fold(&row.name), id: row.id.clone(), also: also.collect::<Vec<_>>().join("\n") }
    }
}

impl Roster {
    /// All rows, sorted.
    pub fn fill(&mut self, rows: impl IntoIterator<Item = CustomerRow>) -> Arc<Vec<CustomerRow>> {
        let mut both: Vec<_> = rows.into_iter().map(|row| (Key::of(&row), row)).collect();
        both.sort_by(|(a, _), (b, _)| a.cmp(b));
        let (keys, rows): (Vec<_>, Vec<_>) = both.into_iter().unzip();
        self.names = keys.iter().map(|key| (key.id.clone(), key.name.clone())).collect();
        self.keys = keys;
        Arc::new(rows)
    }

    /// Puts one row in its place; the others are not touched.
    pub fn put(&mut self, rows: &mut Vec<CustomerRow>, row: CustomerRow) {
        let key = Key::of(&row);
        if let Some(at) = self.names.get(&row.id).and_then(|name| self.at(name, &row.id).ok()) {
            if self.names.get(&row.id) == Some(&key.name) {
                let places = self.keys.get_mut(at).zip(rows.get_mut(at));
                places.into_iter().for_each(|(old_key, old)| (*old_key, *old) = (key.clone(), row.clone()));
                return;
            }
            self.keys.remove(at);
            rows.remove(at);
        }
        let at = self.at(&key.name, &key.id).unwrap_or_else(|at| at);
        self.names.insert(key.id.clone(), key.name.clone());
        self.keys.insert(at, key);
        rows.insert(at, row);
    }

    /// Where the rows stand that fit the text: names that begin with it, then words of names, then anything else.
    pub fn fitting(&self, text: &str, limit: usize) -> Vec<usize> {
        let text = fold(text);
        let fits = self.keys.iter().enumerate().filter_map(|(at, key)| Some((key.rank(&text)?, at)));
        let mut fits: Vec<_> = fits.collect();
        fits.sort_unstable();
        fits.into_iter().take(limit).map(|(_, at)| at).collect()
    }

    fn at(&self, name: &str, id: &Id) -> Result<usize, usize> {
        self.keys.binary_search_by(|key| (key.name.as_str(), &key.id).cmp(&(name, id)))
    }
}

impl Key {
    fn rank(&self, text: &str) -> Option<u8> {
        if self.name.starts_with(text) {
            Some(0)
        } else if self.name.split_whitespace().any(|word| word.starts_with(text)) {
            Some(1)
        } else if self.name.contains(text) || self.also.contains(text) {
            Some(2)
        } else {
            None
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use ledger::money::Money;

    fn row(id: &str, name: &str, phone: &str) -> CustomerRow {
        CustomerRow {
            id: Id::new(id).unwrap(),
            name: name.into(),
            company: false,
            walk_in: false,
            phone: Some(phone.into()),
            email: None,
            since: None,
            owed: Money::ZERO,
            credit: Money::ZERO,
            to_repay: Money::ZERO,
            oldest_due: None,
            records: 1,
            last: None,
        }
    }

    fn names(rows: &[CustomerRow]) -> Vec<&str> {
        rows.iter().map(|row| row.name.as_str()).collect()
    }

    #[test]
    fn rows_stand_by_folded_name_wherever_they_come_in() {
        let mut roster = Roster::default();
        let rows = roster.fill([row("1", "zoe", ""), row("2", "Bob", ""), row("3", "anna", "")]);
        let mut rows = rows.to_vec();
        assert_eq!(names(&rows), ["anna", "Bob", "zoe"]);
        roster.put(&mut rows, row("4", "Carl", ""));
        roster.put(&mut rows, row("2", "Bob", "7"));
        assert_eq!(names(&rows), ["anna", "Bob", "Carl", "zoe"]);
        assert_eq!(rows[1].phone.as_deref(), Some("7"));
        roster.put(&mut rows, row("3", "Yann", ""));
        assert_eq!(names(&rows), ["Bob", "Carl", "Yann", "zoe"]);
    }

    #[test]
    fn two_of_one_name_are_two() {
        let mut roster = Roster::default();
        let mut rows = roster.fill([row("2", "Bob", "")]).to_vec();
        roster.put(&mut rows, row("1", "bob", ""));
        roster.put(&mut rows, row("2", "Bob", "7"));
        assert_eq!(rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["1", "2"]);
    }

    #[test]
    fn beginnings_come_first_and_phones_are_found() {
        let mut roster = Roster::default();
        let rows = roster.fill([
            row("1", "Abel Mann", "077"),
            row("2", "Mannheim", ""),
            row("3", "Bo Hartmann", ""),
        ]);
        let found =
            |text| roster.fitting(text, 9).into_iter().map(|at| rows[at].id.as_str()).collect::<Vec<_>>();
        assert_eq!(found("MANN"), ["2", "1", "3"]);
        assert_eq!(found("077"), ["1"]);
        assert_eq!(roster.fitting("mann", 1).len(), 1);
    }
}
