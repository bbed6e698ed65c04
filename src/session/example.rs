//! The example shop: a template that comes beside the app, with its dates moved so that the last day is today.

use super::handle::Session;
use crate::device::clock;
use crate::store::Fault;
use codec::example_template::instantiate;
use ledger::date::Date;

/// Its journal, chain opened first.
///
/// # Errors
/// When the template is not there: no network, and the app is not installed yet.
pub async fn lines(today: Date) -> Result<Vec<String>, Fault> {
    let template = example_template().await?;
    let lines = instantiate(&template, today, Session::new_id(), Session::new_id(), clock::now());
    lines.map_err(|why| Fault::Other(why.to_string()))
}

#[cfg(not(test))]
async fn example_template() -> Result<String, Fault> {
    crate::device::assets::text("/example.txt").await
}

/// No server stands beside the tests of this crate.
#[cfg(test)]
async fn example_template() -> Result<String, Fault> {
    Ok(include_str!("../../public/example.txt").to_owned())
}
