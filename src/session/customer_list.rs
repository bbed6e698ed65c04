//! All customers in the order of their names, each with its search text.

use super::customer_block::CustomerBlock;
use super::customer_search::{CustomerQuery, Fit, Letter, SearchTexts};
use super::phone_digits::is_same;
use crate::normalize::{normalize, plain_name};
use crate::sort::sort_by;
use ledger::id::Id;
use ledger::view::customer::CustomerRow;
use std::sync::Arc;

/// What two customers have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Alike {
    Name,
    Phone,
    Email,
}

/// All customers, sorted by folded name, in blocks. A copy shares its blocks with the original, so changing one row copies
/// one block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerList(Vec<Arc<CustomerBlock>>);

impl FromIterator<Arc<CustomerRow>> for CustomerList {
    fn from_iter<T: IntoIterator<Item = Arc<CustomerRow>>>(rows: T) -> Self {
        let (mut texts, mut all) = (SearchTexts::default(), Vec::new());
        for row in rows {
            texts.add(&row);
            all.push((all.len(), row));
        }
        let name = |at: usize| texts.get(at).map(|texts| texts.name);
        sort_by(&mut all, |(one, row), (other, other_row)| {
            name(*one).cmp(&name(*other)).then_with(|| row.id.cmp(&other_row.id))
        });
        let blocks = all.chunks(CustomerBlock::SIZE).map(|rows| {
            let rows = rows.iter().filter_map(|(at, row)| Some((row.clone(), texts.get(*at)?)));
            Arc::new(rows.collect())
        });
        Self(blocks.collect())
    }
}

impl CustomerList {
    /// Inserts or replaces one row at its sorted position.
    pub fn put(&mut self, row: Arc<CustomerRow>) {
        self.remove(&row.id);
        let mut texts = SearchTexts::default();
        texts.add(&row);
        let Some(folded) = texts.get(0) else { return };
        let after = self.0.partition_point(|block| block.starts_before(folded.name, &row.id));
        let at = after.saturating_sub(1);
        match self.0.get_mut(at) {
            None => self.0.push(Arc::new(std::iter::once((row, folded)).collect())),
            Some(block) => {
                let full = Arc::make_mut(block).insert(row, &folded);
                if let Some(rest) = full {
                    self.0.insert(at + 1, Arc::new(rest));
                }
            }
        }
    }

    fn remove(&mut self, customer: &Id) {
        let Some((at, position)) = self.position(customer) else { return };
        if let Some(block) = self.0.get_mut(at) {
            Arc::make_mut(block).remove(position);
            if block.rows().is_empty() {
                self.0.remove(at);
            }
        }
    }

    /// The block of a customer and the position in it.
    fn position(&self, customer: &Id) -> Option<(usize, usize)> {
        self.0.iter().enumerate().find_map(|(at, block)| Some((at, block.position(customer)?)))
    }

    /// All customers, including walk-in accounts.
    pub fn iter(&self) -> impl Iterator<Item = &CustomerRow> {
        self.0.iter().flat_map(|block| block.rows()).map(Arc::as_ref)
    }

    /// The row of one customer.
    #[must_use]
    pub fn get(&self, customer: &Id) -> Option<&CustomerRow> {
        let (at, position) = self.position(customer)?;
        self.0.get(at)?.rows().get(position).map(Arc::as_ref)
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
            return self.named().collect();
        }
        let (mut beginning, mut words, mut anywhere) = (Vec::new(), Vec::new(), Vec::new());
        for (row, fit) in self.fitting(&asked) {
            match fit {
                Fit::Beginning => beginning.push(row),
                Fit::Words => words.push(row),
                Fit::Anywhere => anywhere.push(row),
            }
        }
        beginning.append(&mut words);
        beginning.append(&mut anywhere);
        beginning
    }

    /// The best `most` customers that match the text and satisfy `wanted`.
    pub fn best(&self, text: &str, most: usize, wanted: impl Fn(&CustomerRow) -> bool) -> Vec<&CustomerRow> {
        let asked = CustomerQuery::of(text);
        if asked.is_nothing() {
            return self.named().filter(|row| wanted(row)).take(most).collect();
        }
        // Names that begin with the word are the best matches and are adjacent. What follows them ends as soon as there
        // are enough: names with a word that begins with it come before all others.
        let one_word = asked.one_word();
        let mut beginning: Vec<_> = one_word
            .into_iter()
            .flat_map(|word| self.beginning(word))
            .filter(|row| wanted(row))
            .take(most)
            .collect();
        let (mut words, mut anywhere) = (Vec::new(), Vec::new());
        let is_known = one_word.is_some();
        let mut fitting = self.fitting(&asked);
        while beginning.len() + words.len() < most || !is_known && beginning.len() < most {
            let Some((row, fit)) = fitting.next() else { break };
            match fit {
                Fit::Beginning if is_known => {}
                _ if !wanted(row) => {}
                Fit::Beginning => beginning.push(row),
                Fit::Words => words.push(row),
                Fit::Anywhere if anywhere.len() < most => anywhere.push(row),
                Fit::Anywhere => {}
            }
        }
        beginning.into_iter().chain(words).chain(anywhere).take(most).collect()
    }

    /// The customer who may be the one being typed, and by what: a name that differs in case, accents and spaces at most, or the
    /// same telephone number or e-mail address.
    #[must_use]
    pub fn double_of(&self, name: &str, phone: &str, email: &str) -> Option<(&CustomerRow, Alike)> {
        let find = |text: &str, is_same: &dyn Fn(&CustomerRow) -> bool| {
            let asked = CustomerQuery::of(text);
            let mut rows = self.fitting(&asked).map(|(row, _)| row).filter(|row| !row.walk_in);
            if asked.is_nothing() { None } else { rows.find(|row| is_same(row)) }
        };
        let (plain, address) = (plain_name(name), normalize(email));
        let of_name = |row: &CustomerRow| plain.len() > 1 && plain_name(&row.name) == plain;
        let of_phone = |row: &CustomerRow| row.phone.as_deref().is_some_and(|known| is_same(known, phone));
        let of_email = |row: &CustomerRow| {
            address.contains('@') && row.email.as_deref().is_some_and(|known| normalize(known) == address)
        };
        let by_name = || Some((find(&plain, &of_name)?, Alike::Name));
        let by_phone = || Some((find(phone, &of_phone)?, Alike::Phone));
        let by_email = || Some((find(email, &of_email)?, Alike::Email));
        by_name().or_else(by_phone).or_else(by_email)
    }

    fn fitting<'a>(&'a self, asked: &CustomerQuery) -> impl Iterator<Item = (&'a CustomerRow, Fit)> {
        self.0.iter().flat_map(move |block| {
            let row = |(at, fit): (usize, Fit)| Some((block.rows().get(at)?.as_ref(), fit));
            block.texts().fitting(asked).filter_map(row)
        })
    }

    /// The customers whose folded name begins with a word, by name.
    fn beginning<'a>(&'a self, word: &str) -> impl Iterator<Item = &'a CustomerRow> {
        let first = self.0.partition_point(|block| block.ends_before(word));
        let blocks = self.0.get(first..).unwrap_or_default();
        let rows = blocks.iter().flat_map(|block| block.rows().iter().zip(block.texts().iter()));
        let rest = rows.skip_while(move |(_, texts)| texts.name < word);
        rest.take_while(move |(_, texts)| texts.name.starts_with(word)).map(|(row, _)| row.as_ref())
    }

    /// The customers whose name begins with a letter.
    #[must_use]
    pub fn under(&self, letter: Letter) -> Vec<&CustomerRow> {
        let listed = self.0.iter().flat_map(|block| block.rows().iter().zip(block.texts().iter()));
        let under = listed.filter(|(_, texts)| texts.letter() == letter).map(|(row, _)| row.as_ref());
        under.filter(|row| !row.walk_in).collect()
    }

    /// The first letters of all names.
    #[must_use]
    pub fn letters(&self) -> Vec<Letter> {
        let mut letters = Vec::new();
        for block in &self.0 {
            for (row, texts) in block.rows().iter().zip(block.texts().iter()) {
                let letter = texts.letter();
                // The list is sorted by name, so names with the same first letter are adjacent: comparing with the last
                // one skips most.
                if letters.last() != Some(&letter) && !row.walk_in && !letters.contains(&letter) {
                    letters.push(letter);
                }
            }
        }
        letters
    }

    fn named(&self) -> impl Iterator<Item = &CustomerRow> {
        self.iter().filter(|row| !row.walk_in)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::normalize::searchable;
    use ledger::money::Money;

    const MIXED: &str = "Siobha\u{301}n O’Brien-Łukasz";

    fn row(name: &str, phone: &str, email: &str) -> Arc<CustomerRow> {
        with_id(&searchable(name).replace([' ', '.'], "-"), name, phone, email)
    }

    fn with_id(id: &str, name: &str, phone: &str, email: &str) -> Arc<CustomerRow> {
        Arc::new(CustomerRow {
            id: Id::new(id).unwrap(),
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
        })
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
    fn a_double_is_found_by_name_phone_or_address() {
        let list = roster();
        let found = |name: &str, phone: &str, email: &str| {
            list.double_of(name, phone, email).map(|(row, alike)| (row.name.clone(), alike))
        };
        let mira = |alike| Some(("Mira Patel".to_owned(), alike));
        for name in ["mira  PATEL", "Mi\u{301}ra Patel", "Mira\u{a0}Patel ", "Mira-Patel"] {
            assert_eq!(found(name, "", ""), mira(Alike::Name), "{name}");
        }
        assert_eq!(found("M. Patel", "+44 7700 900118", ""), mira(Alike::Phone));
        assert_eq!(found("M. Patel", "07700 900119", "MIRA@example.NET "), mira(Alike::Email));
        for (name, phone, email) in
            [("Mira Patell", "", ""), ("Mira", "0770", "mira@"), ("", "", ""), ("M", "900118", "")]
        {
            assert_eq!(found(name, phone, email), None, "{name} {phone} {email}");
        }
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
        roster.put(with_id("anna", "Yann", "", ""));
        assert_eq!(all(&roster), ["Bob", "Carl", "Yann", "zoe"]);
        assert_eq!(names(roster.matching("yan")), ["Yann"]);
        assert_eq!(all(&before), ["anna", "Bob", "zoe"], "a copy stays as it was");
    }

    #[test]
    fn two_customers_with_the_same_name_are_both_listed() {
        let mut roster = CustomerList::from_iter([row("Bob", "", "")]);
        roster.put(with_id("b-2", "bob", "", ""));
        assert_eq!(roster.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["b-2", "bob"]);
    }
}
