//! A block of the list of customers: a change copies one block and not the list.

use super::customer_search::{SearchText, SearchTexts};
use ledger::id::Id;
use ledger::view::customer::CustomerRow;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::sync::Arc;

/// What is asked of every row of a list, beside the row: reading fifty thousand rows in the sequence of their names takes
/// longer than all else that a list does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brief {
    /// The hash of the customer's id: a row is found without reading the others.
    id: u64,
    walk_in: bool,
    has_task: bool,
}

impl Brief {
    /// Of a row.
    pub fn of(row: &CustomerRow) -> Self {
        let has_task = row.exceptions > 0 || row.disputed || row.charge.is_some() || row.sent_back.is_some();
        Self { id: hash(&row.id), walk_in: row.walk_in, has_task }
    }
}

/// Customers that follow each other in the list, with their search texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerBlock {
    rows: Vec<Arc<CustomerRow>>,
    texts: SearchTexts,
    briefs: Vec<Brief>,
}

/// A row with what is stored beside it.
type Listed<'a> = (Arc<CustomerRow>, Brief, SearchText<'a>);

impl<'a> FromIterator<Listed<'a>> for CustomerBlock {
    fn from_iter<T: IntoIterator<Item = Listed<'a>>>(rows: T) -> Self {
        let mut block = Self::default();
        rows.into_iter().for_each(|(row, brief, texts)| block.push(row, brief, &texts));
        block
    }
}

impl CustomerBlock {
    /// The number of rows in a new block.
    pub const SIZE: usize = 256;

    fn push(&mut self, row: Arc<CustomerRow>, brief: Brief, texts: &SearchText<'_>) {
        self.briefs.push(brief);
        self.texts.push(texts);
        self.rows.push(row);
    }

    /// The rows, by name.
    pub fn rows(&self) -> &[Arc<CustomerRow>] {
        &self.rows
    }

    /// The rows of customers with a name, which are all but walk-in accounts, by name.
    pub fn named(&self) -> impl Iterator<Item = &CustomerRow> {
        self.with(|brief| !brief.walk_in)
    }

    /// The number of rows of customers with a name.
    pub fn count_named(&self) -> usize {
        self.briefs.iter().filter(|brief| !brief.walk_in).count()
    }

    /// The rows of accounts that may have something to do: exceptions, disputed payments, charges that are not paid, refunds that
    /// were sent back.
    pub fn with_tasks(&self) -> impl Iterator<Item = &CustomerRow> {
        self.with(|brief| brief.has_task)
    }

    fn with(&self, wanted: impl Fn(&Brief) -> bool) -> impl Iterator<Item = &CustomerRow> {
        let rows = self.rows.iter().zip(&self.briefs);
        rows.filter(move |(_, brief)| wanted(brief)).map(|(row, _)| row.as_ref())
    }

    /// The search texts of the rows.
    pub const fn texts(&self) -> &SearchTexts {
        &self.texts
    }

    /// The position of a customer.
    pub fn position(&self, customer: &Id) -> Option<usize> {
        let wanted = hash(customer);
        let mut same = self.briefs.iter().enumerate().filter(|(_, brief)| brief.id == wanted);
        same.find_map(|(at, _)| (self.rows.get(at)?.id == *customer).then_some(at))
    }

    /// Whether the first row is before a customer of that folded name.
    pub fn starts_before(&self, name: &str, id: &Id) -> bool {
        self.key(0).is_some_and(|key| key < (name, id))
    }

    /// Whether the names of all rows are before a text.
    pub fn ends_before(&self, name: &str) -> bool {
        self.rows.len().checked_sub(1).and_then(|last| self.key(last)).is_none_or(|(last, _)| last < name)
    }

    fn key(&self, at: usize) -> Option<(&str, &Id)> {
        Some((self.texts.get(at)?.name, &self.rows.get(at)?.id))
    }

    /// Inserts a row. Of a block that has become too large, the second half is returned.
    pub fn insert(&mut self, row: Arc<CustomerRow>, texts: &SearchText<'_>) -> Option<Self> {
        let own = (texts.name, &row.id);
        let before = (0..self.rows.len()).take_while(|at| self.key(*at).is_some_and(|key| key < own)).count();
        let mut all = self.part(0..before);
        let brief = Brief::of(&row);
        all.push(row, brief, texts);
        let rest = self.part(before..self.rows.len());
        rest.each().for_each(|(row, brief, texts)| all.push(row, brief, &texts));
        let middle = all.rows.len() / 2;
        let is_full = all.rows.len() > 2 * Self::SIZE;
        let second = is_full.then(|| all.part(middle..all.rows.len()));
        *self = if is_full { all.part(0..middle) } else { all };
        second
    }

    /// Removes the row at a position.
    pub fn remove(&mut self, at: usize) {
        let others = self.each().enumerate().filter(|(own, _)| *own != at).map(|(_, row)| row);
        *self = others.collect();
    }

    fn each(&self) -> impl Iterator<Item = Listed<'_>> {
        let rows = self.rows.iter().zip(&self.briefs).zip(self.texts.iter());
        rows.map(|((row, brief), texts)| (Arc::clone(row), *brief, texts))
    }

    fn part(&self, rows: std::ops::Range<usize>) -> Self {
        self.each().skip(rows.start).take(rows.len()).collect()
    }
}

fn hash(id: &Id) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(id)
}
