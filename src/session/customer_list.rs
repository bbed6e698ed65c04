//! All customers in the order of their names, each with its search text.

use super::customer_search::{CustomerQuery, Fit, Letter, SearchText};
use crate::sort::sort_by;
use ledger::id::Id;
use ledger::view::customer::CustomerRow;
use std::sync::Arc;

/// All customers, sorted by folded name. A copy shares its rows with the original, so changing one row only folds that
/// row again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerList(Vec<Arc<ListedCustomer>>);

#[derive(Debug, PartialEq, Eq)]
struct ListedCustomer {
    row: CustomerRow,
    by: SearchText,
}

impl ListedCustomer {
    fn new(row: CustomerRow) -> Arc<Self> {
        Arc::new(Self { by: SearchText::of(&row), row })
    }

    fn key(&self) -> (&str, &Id) {
        (&self.by.name, &self.row.id)
    }
}

impl FromIterator<CustomerRow> for CustomerList {
    fn from_iter<T: IntoIterator<Item = CustomerRow>>(rows: T) -> Self {
        let mut all: Vec<_> = rows.into_iter().map(ListedCustomer::new).collect();
        sort_by(&mut all, |one, other| one.key().cmp(&other.key()));
        Self(all)
    }
}

impl CustomerList {
    /// Inserts or replaces one row at its sorted position.
    pub fn put(&mut self, row: CustomerRow) {
        let listed = ListedCustomer::new(row);
        if let Some(at) = self.0.iter().position(|each| each.row.id == listed.row.id) {
            self.0.remove(at);
        }
        let at = self.0.binary_search_by(|each| each.key().cmp(&listed.key())).unwrap_or_else(|at| at);
        self.0.insert(at, listed);
    }

    /// All customers, including walk-in accounts.
    pub fn iter(&self) -> impl Iterator<Item = &CustomerRow> {
        self.0.iter().map(|listed| &listed.row)
    }

    /// The row of one customer.
    #[must_use]
    pub fn get(&self, customer: &Id) -> Option<&CustomerRow> {
        self.iter().find(|row| row.id == *customer)
    }

    /// Whether there are no customers at all.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of customers without walk-in accounts.
    #[must_use]
    pub fn count(&self) -> usize {
        self.named().count()
    }

    /// The customers that match the text: best match first, equal matches by name. An empty text matches all but
    /// walk-in accounts.
    #[must_use]
    pub fn matching(&self, text: &str) -> Vec<&CustomerRow> {
        let asked = CustomerQuery::of(text);
        if asked.is_nothing() {
            return self.named().map(|listed| &listed.row).collect();
        }
        let (mut beginning, mut words, mut anywhere) = (Vec::new(), Vec::new(), Vec::new());
        for listed in &self.0 {
            match asked.fit(&listed.by) {
                Some(Fit::Beginning) => beginning.push(&listed.row),
                Some(Fit::Words) => words.push(&listed.row),
                Some(Fit::Anywhere) => anywhere.push(&listed.row),
                None => {}
            }
        }
        beginning.append(&mut words);
        beginning.append(&mut anywhere);
        beginning
    }

    /// The best `most` customers that match the text and satisfy `wanted`.
    pub fn best(&self, text: &str, most: usize, wanted: impl Fn(&CustomerRow) -> bool) -> Vec<&CustomerRow> {
        // Names that begin with the word are the best matches and are adjacent. If there are enough, no other row is
        // compared.
        let beginning =
            CustomerQuery::of(text).one_word().map(|word| self.beginning(word)).unwrap_or_default();
        let beginning = beginning.iter().map(|listed| &listed.row).filter(|row| wanted(row)).take(most);
        let beginning: Vec<_> = beginning.collect();
        if beginning.len() == most {
            return beginning;
        }
        self.matching(text).into_iter().filter(|row| wanted(row)).take(most).collect()
    }

    fn beginning(&self, word: &str) -> &[Arc<ListedCustomer>] {
        let from = self.0.partition_point(|listed| listed.by.name.as_str() < word);
        let rest = self.0.get(from..).unwrap_or_default();
        let many = rest.partition_point(|listed| listed.by.name.starts_with(word));
        rest.get(..many).unwrap_or_default()
    }

    /// The customers whose name begins with a letter.
    #[must_use]
    pub fn under(&self, letter: Letter) -> Vec<&CustomerRow> {
        self.named().filter(|listed| listed.by.letter() == letter).map(|listed| &listed.row).collect()
    }

    /// The first letters of all names.
    #[must_use]
    pub fn letters(&self) -> Vec<Letter> {
        let mut letters = Vec::new();
        for letter in self.named().map(|listed| listed.by.letter()) {
            // The list is sorted by name, so names with the same first letter are adjacent: comparing with the last one
            // skips most.
            if letters.last() != Some(&letter) && !letters.contains(&letter) {
                letters.push(letter);
            }
        }
        letters
    }

    fn named(&self) -> impl Iterator<Item = &Arc<ListedCustomer>> {
        self.0.iter().filter(|listed| !listed.row.walk_in)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::normalize::searchable;
    use ledger::money::Money;

    const MIXED: &str = "Siobha\u{301}n O’Brien-Łukasz";

    fn row(name: &str, phone: &str, email: &str) -> CustomerRow {
        CustomerRow {
            id: Id::new(&searchable(name).replace([' ', '.'], "-")).unwrap(),
            name: name.into(),
            company: false,
            walk_in: name.starts_with("Walk-in"),
            phone: (!phone.is_empty()).then(|| phone.into()),
            email: (!email.is_empty()).then(|| email.into()),
            since: None,
            owed: Money::ZERO,
            credit: Money::ZERO,
            to_repay: Money::ZERO,
            oldest_due: None,
            exceptions: 0,
            records: 1,
            last: None,
        }
    }

    fn roster() -> CustomerList {
        CustomerList::from_iter([
            row("Dee Okafor", "020 7946 0011", ""),
            row("Mira Patel", "07700 900118", "mira@example.net"),
            row("Palmer Ltd", "", "post@palmer.example"),
            row("Pat Lee", "", ""),
            row("Walk-in A 2026-11-18", "", ""),
            row("4 Wheels", "", ""),
            row(MIXED, "+44 (0)7700 900999", ""),
        ])
    }

    fn names(found: Vec<&CustomerRow>) -> Vec<&str> {
        found.into_iter().map(|row| row.name.as_str()).collect()
    }

    #[test]
    fn a_name_that_begins_with_the_text_comes_before_one_that_contains_it() {
        assert_eq!(names(roster().matching("pat")), ["Pat Lee", "Mira Patel"]);
        assert_eq!(names(roster().matching("PALMER")), ["Palmer Ltd"]);
        assert_eq!(names(roster().matching("lee pat")), ["Pat Lee"], "every word must fit, in any sequence");
        assert_eq!(names(roster().matching("almer")), ["Palmer Ltd"]);
    }

    #[test]
    fn accents_apostrophes_and_special_letters_are_typed_or_not() {
        for text in
            ["siobhan", "obrien", "O'Brien", "o’brien", "lukasz", "Łukasz", "brien luk", "obrien-lukasz"]
        {
            assert_eq!(names(roster().matching(text)), [MIXED], "{text}");
        }
    }

    #[test]
    fn phone_numbers_are_found_however_they_are_spaced() {
        assert_eq!(names(roster().matching("0770 0900 1")), ["Mira Patel"]);
        assert_eq!(names(roster().matching("+44 7700 900 1")), ["Mira Patel"]);
        assert_eq!(names(roster().matching("07700-900999")), [MIXED]);
        assert_eq!(names(roster().matching("(020) 7946")), ["Dee Okafor"]);
    }

    #[test]
    fn e_mail_addresses_are_found() {
        assert_eq!(names(roster().matching("mira@")), ["Mira Patel"]);
        assert!(roster().matching("nobody@").is_empty());
    }

    #[test]
    fn walk_in_accounts_show_only_when_asked_for() {
        assert_eq!(roster().matching(" ").len(), 6);
        assert_eq!(roster().count(), 6);
        assert_eq!(names(roster().matching("walk")), ["Walk-in A 2026-11-18"]);
    }

    #[test]
    fn customers_are_grouped_by_first_letter_or_as_other() {
        assert_eq!(names(roster().under(Some('p'))), ["Palmer Ltd", "Pat Lee"]);
        assert_eq!(names(roster().under(None)), ["4 Wheels"]);
        assert_eq!(roster().letters(), [None, Some('d'), Some('m'), Some('p'), Some('s')]);
    }

    #[test]
    fn best_returns_the_first_of_all_matches() {
        let roster = roster();
        for text in
            ["p", "pa", "pat", "PAT", "patel", "l", "e", "", " ", "pat l", "0770", "4", "walk", "zzz", "é"]
        {
            for most in 0..7 {
                let matching: Vec<_> = roster.matching(text).into_iter().take(most).collect();
                assert_eq!(roster.best(text, most, |_| true), matching, "{most} of {text}");
            }
        }
        assert_eq!(names(roster.best("p", 1, |row| row.name != "Palmer Ltd")), ["Pat Lee"]);
    }

    #[test]
    fn a_changed_row_moves_to_its_sorted_position() {
        let all = |roster: &CustomerList| roster.iter().map(|row| row.name.clone()).collect::<Vec<_>>();
        let mut roster =
            CustomerList::from_iter([row("zoe", "", ""), row("Bob", "", ""), row("anna", "", "")]);
        let before = roster.clone();
        assert_eq!(all(&roster), ["anna", "Bob", "zoe"]);
        roster.put(row("Carl", "", ""));
        roster.put(row("Bob", "7", ""));
        assert_eq!(all(&roster), ["anna", "Bob", "Carl", "zoe"]);
        assert_eq!(roster.get(&Id::new("bob").unwrap()).unwrap().phone.as_deref(), Some("7"));
        roster.put(CustomerRow { id: Id::new("anna").unwrap(), ..row("Yann", "", "") });
        assert_eq!(all(&roster), ["Bob", "Carl", "Yann", "zoe"]);
        assert_eq!(names(roster.matching("yan")), ["Yann"]);
        assert_eq!(all(&before), ["anna", "Bob", "zoe"], "a copy stays as it was");
    }

    #[test]
    fn two_customers_with_the_same_name_are_both_listed() {
        let mut roster = CustomerList::from_iter([row("Bob", "", "")]);
        roster.put(CustomerRow { id: Id::new("b-2").unwrap(), ..row("bob", "", "") });
        assert_eq!(roster.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["b-2", "bob"]);
    }
}
