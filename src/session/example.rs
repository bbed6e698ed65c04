//! The example shop: a template, fetched from the app's own files, whose dates are moved so that its last day is today.

use super::handle::Session;
use crate::device::clock;
use crate::store::Fault;
use codec::example_template::instantiate;
use ledger::date::Date;

/// The lines of its journal, which begin with an opened chain.
///
/// # Errors
///
/// When the template cannot be fetched: there is no network, and the app is not installed yet.
pub async fn lines(today: Date) -> Result<Vec<String>, Fault> {
    let template = example_template().await?;
    let lines = instantiate(&template, today, Session::new_id(), Session::new_id(), clock::now());
    lines.map_err(|why| Fault::Other(why.to_string()))
}

#[cfg(not(test))]
async fn example_template() -> Result<String, Fault> {
    crate::device::assets::text("/example.txt").await
}

/// The tests of this crate run without a server.
#[cfg(test)]
async fn example_template() -> Result<String, Fault> {
    Ok(include_str!("../../public/example.txt").to_owned())
}
