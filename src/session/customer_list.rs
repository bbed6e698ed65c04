//! All customers in the order of their names, each with its search text.

use super::customer_block::{Brief, CustomerBlock};
use super::customer_search::{CustomerQuery, Fit, Letter, SearchTexts};
use super::phone_digits::is_same;
use super::same_customers::SameCustomers;
use crate::normalize::{normalize, plain_name};
use ledger::id::Id;
use ledger::shop::Shop;
use ledger::view::customer::CustomerRow;
use std::cmp::Ordering;
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
pub struct CustomerList {
    blocks: Vec<Arc<CustomerBlock>>,
    same: SameCustomers,
}

impl FromIterator<Arc<CustomerRow>> for CustomerList {
    fn from_iter<T: IntoIterator<Item = Arc<CustomerRow>>>(rows: T) -> Self {
        let rows: Vec<Arc<CustomerRow>> = rows.into_iter().collect();
        let (mut texts, mut sequence) = (SearchTexts::default(), Vec::with_capacity(rows.len()));
        for (at, row) in rows.iter().enumerate() {
            texts.add(row);
            let name = texts.get(at).map_or("", |texts| texts.name);
            sequence.push(SortKey::of(name, &row.id, at));
        }
        let name = |key: &SortKey| texts.get(key.at).map_or("", |texts| texts.name);
        let id = |key: &SortKey| rows.get(key.at).map(|row| &row.id);
        sequence.sort_unstable_by(|one, other| {
            let by_name =
                || if one.is_whole && other.is_whole { Ordering::Equal } else { name(one).cmp(name(other)) };
            let by_id = || one.id.cmp(&other.id).then_with(|| id(one).cmp(&id(other)));
            one.name.cmp(&other.name).then_with(by_name).then_with(by_id)
        });
        let mut rows: Vec<_> = rows.into_iter().map(|row| Some((Brief::of(&row), row))).collect();
        let blocks = sequence.chunks(CustomerBlock::SIZE).map(|keys| {
            let listed = keys.iter().filter_map(|key| {
                let (brief, row) = rows.get_mut(key.at)?.take()?;
                Some((row, brief, texts.get(key.at)?))
            });
            Arc::new(listed.collect())
        });
        Self { blocks: blocks.collect(), same: SameCustomers::default() }
    }
}

/// Sorts customers by name, and customers of one name by id, almost always without reading either.
struct SortKey {
    /// The beginning of the folded name.
    name: u128,
    /// Whether that is all of it.
    is_whole: bool,
    /// The beginning of the id.
    id: u64,
    /// The position of the row.
    at: usize,
}

impl SortKey {
    fn of(name: &str, id: &Id, at: usize) -> Self {
        let beginning = beginning_of::<16>(name);
        // A zero is no part of a name that was typed; one with a zero is compared whole.
        let is_whole = name.len() <= beginning.len() && !name.as_bytes().contains(&0);
        let id = u64::from_be_bytes(beginning_of(id.as_str()));
        Self { name: u128::from_be_bytes(beginning), is_whole, id, at }
    }
}

/// The first bytes of a text; a shorter one is filled with zeros. As numbers they are in the order of the texts.
fn beginning_of<const N: usize>(text: &str) -> [u8; N] {
    let mut first = [0; N];
    first.iter_mut().zip(text.bytes()).for_each(|(to, byte)| *to = byte);
    first
}

impl CustomerList {
    /// Inserts or replaces one row at its sorted position.
    pub fn put(&mut self, row: Arc<CustomerRow>) {
        let id = row.id.clone();
        self.insert(row);
        if let Some(kept) = self.same.shown_with(&id).cloned() {
            self.sum(&kept);
        }
    }

    /// Takes over which customers are duplicates. Whether anything changed.
    pub fn mark(&mut self, shop: &Shop) -> bool {
        let is_new = self.same.mark(shop);
        if is_new {
            let kept: Vec<Id> = self.same.all_kept().cloned().collect();
            kept.iter().for_each(|kept| self.sum(kept));
        }
        is_new
    }

    /// Sums the figures of the duplicates of a customer.
    fn sum(&mut self, kept: &Id) {
        let duplicates = self.same.duplicates_of(kept).filter_map(|id| self.get(id));
        let summed = self.get(kept).map(|row| row.with(duplicates));
        self.same.put(kept, summed);
    }

    fn insert(&mut self, row: Arc<CustomerRow>) {
        self.remove(&row.id);
        let mut texts = SearchTexts::default();
        texts.add(&row);
        let Some(folded) = texts.get(0) else { return };
        let after = self.blocks.partition_point(|block| block.starts_before(folded.name, &row.id));
        let at = after.saturating_sub(1);
        match self.blocks.get_mut(at) {
            None => {
                let brief = Brief::of(&row);
                self.blocks.push(Arc::new(std::iter::once((row, brief, folded)).collect()));
            }
            Some(block) => {
                let full = Arc::make_mut(block).insert(row, &folded);
                if let Some(rest) = full {
                    self.blocks.insert(at + 1, Arc::new(rest));
                }
            }
        }
    }

    fn remove(&mut self, customer: &Id) {
        let Some((at, position)) = self.position(customer) else { return };
        if let Some(block) = self.blocks.get_mut(at) {
            Arc::make_mut(block).remove(position);
            if block.rows().is_empty() {
                self.blocks.remove(at);
            }
        }
    }

    /// The block of a customer and the position in it.
    fn position(&self, customer: &Id) -> Option<(usize, usize)> {
        self.blocks.iter().enumerate().find_map(|(at, block)| Some((at, block.position(customer)?)))
    }

    /// The customer that is shown for this one: itself, unless it is a duplicate of another.
    #[must_use]
    pub fn kept<'a>(&'a self, customer: &'a Id) -> &'a Id {
        self.same.kept(customer)
    }

    /// The row that lists show for a customer: that of the customer that is kept, with the figures of the duplicates.
    #[must_use]
    pub fn shown(&self, customer: &Id) -> Option<&CustomerRow> {
        self.get(customer).map(|row| self.same.shown(row))
    }

    /// The rows that lists show in the place of these, each once.
    fn as_one<'a>(&'a self, rows: Vec<&'a CustomerRow>) -> Vec<&'a CustomerRow> {
        if self.same.is_empty() { rows } else { self.same.as_one(rows) }
    }

    /// All accounts, including walk-in accounts and duplicates.
    pub fn iter(&self) -> impl Iterator<Item = &CustomerRow> {
        self.blocks.iter().flat_map(|block| block.rows()).map(Arc::as_ref)
    }

    /// The accounts that may have something to do: exceptions, disputed payments, charges that are not paid, refunds that were
    /// sent back.
    pub fn with_tasks(&self) -> impl Iterator<Item = &CustomerRow> {
        self.blocks.iter().flat_map(|block| block.with_tasks())
    }

    /// The row of one account.
    #[must_use]
    pub fn get(&self, customer: &Id) -> Option<&CustomerRow> {
        let (at, position) = self.position(customer)?;
        self.blocks.get(at)?.rows().get(position).map(Arc::as_ref)
    }

    /// Whether there are no customers at all.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The number of customers without walk-in accounts and duplicates.
    #[must_use]
    pub fn count(&self) -> usize {
        if self.same.is_empty() {
            self.blocks.iter().map(|block| block.count_named()).sum()
        } else {
            self.named().count()
        }
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
        self.as_one(beginning)
    }

    /// The best `most` customers that match the text and satisfy `wanted`.
    pub fn best(&self, text: &str, most: usize, wanted: impl Fn(&CustomerRow) -> bool) -> Vec<&CustomerRow> {
        let asked = CustomerQuery::of(text);
        if asked.is_nothing() {
            return self.named().filter(|row| wanted(row)).take(most).collect();
        }
        let shown = most;
        // Every duplicate takes at most one row away.
        let most = most + self.same.count();
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
        let mut best = self.as_one(beginning.into_iter().chain(words).chain(anywhere).take(most).collect());
        best.truncate(shown);
        best
    }

    /// The customer who may be the one being typed, and by what: a name that differs in case, accents and spaces at most, or the
    /// same telephone number or e-mail address. `own` is the customer that is changed, if it is not a new one: neither it nor
    /// those shown with it are meant.
    #[must_use]
    pub fn double_of(
        &self,
        [name, phone, email]: [&str; 3],
        own: Option<&Id>,
    ) -> Option<(&CustomerRow, Alike)> {
        let own = own.map(|own| self.kept(own));
        let is_other = |row: &CustomerRow| !row.walk_in && own != Some(self.kept(&row.id));
        let find = |text: &str, is_same: &dyn Fn(&CustomerRow) -> bool| {
            let asked = CustomerQuery::of(text);
            let mut rows = self.fitting(&asked).map(|(row, _)| row).filter(|row| is_other(row));
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
        let found = by_name().or_else(by_phone).or_else(by_email);
        found.map(|(row, alike)| (self.same.shown(row), alike))
    }

    fn fitting<'a>(&'a self, asked: &CustomerQuery) -> impl Iterator<Item = (&'a CustomerRow, Fit)> {
        self.blocks.iter().flat_map(move |block| {
            let row = |(at, fit): (usize, Fit)| Some((block.rows().get(at)?.as_ref(), fit));
            block.texts().fitting(asked).filter_map(row)
        })
    }

    /// The customers whose folded name begins with a word, by name.
    fn beginning<'a>(&'a self, word: &str) -> impl Iterator<Item = &'a CustomerRow> {
        let first = self.blocks.partition_point(|block| block.ends_before(word));
        let blocks = self.blocks.get(first..).unwrap_or_default();
        let rows = blocks.iter().flat_map(|block| block.rows().iter().zip(block.texts().iter()));
        let rest = rows.skip_while(move |(_, texts)| texts.name < word);
        rest.take_while(move |(_, texts)| texts.name.starts_with(word)).map(|(row, _)| row.as_ref())
    }

    /// The customers whose name begins with a letter.
    #[must_use]
    pub fn under(&self, letter: Letter) -> Vec<&CustomerRow> {
        let listed = self.blocks.iter().flat_map(|block| block.rows().iter().zip(block.texts().iter()));
        let under = listed.filter(|(_, texts)| texts.letter() == letter).map(|(row, _)| row.as_ref());
        self.as_one(under.filter(|row| !row.walk_in).collect())
    }

    /// The first letters of all names.
    #[must_use]
    pub fn letters(&self) -> Vec<Letter> {
        let mut letters = Vec::new();
        for block in &self.blocks {
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
        let named = self.blocks.iter().flat_map(|block| block.named());
        named.filter(|row| !self.same.is_duplicate(&row.id)).map(|row| self.same.shown(row))
    }
}

#[cfg(test)]
mod tests;
