//! The example shop: a day book that comes with the app, its dates moved so that the last is today.

use super::Book;
use super::browser::clock;
use crate::store::Fault;
use daybook::example::journal;
use ledger::date::Date;

/// Its journal, chain opened first.
pub fn lines(today: Date) -> Result<Vec<String>, Fault> {
    let made = journal(today, &Book::new_id(), &Book::new_id(), clock::now());
    let example = made.map_err(|why| Fault::Other(why.to_string()))?;
    let rest = example.lines.into_iter().map(|line| line.bytes);
    Ok(std::iter::once(example.opened).chain(rest).collect())
}
