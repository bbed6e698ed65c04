//! The example shop: a tale that comes beside the app, told so that its last day is today.

use super::Book;
use super::browser::clock;
use crate::store::Fault;
use codec::example_template::instantiate;
use ledger::date::Date;

/// Its journal, chain opened first.
///
/// # Errors
/// When the tale is not there: no network, and the app is not installed yet.
pub async fn lines(today: Date) -> Result<Vec<String>, Fault> {
    let tale = tale().await?;
    let told = instantiate(&tale, today, Book::new_id(), Book::new_id(), clock::now());
    told.map_err(|why| Fault::Other(why.to_string()))
}

#[cfg(not(test))]
async fn tale() -> Result<String, Fault> {
    super::browser::beside::text("/example.txt").await
}

/// No server stands beside the tests of this crate.
#[cfg(test)]
async fn tale() -> Result<String, Fault> {
    Ok(include_str!("../../public/example.txt").to_owned())
}
