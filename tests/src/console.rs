//! What the page wrote to its console.

use anyhow::{Result, ensure};
use thirtyfour::WebDriver;

/// Takes the errors and warnings the console held: uncaught failures, refused policies, missing files.
pub async fn errors(driver: &WebDriver) -> Result<Vec<String>> {
    let said = driver.browser_log().await?;
    let loud = said.into_iter().filter(|entry| matches!(entry.level.as_str(), "SEVERE" | "WARNING"));
    Ok(loud.map(|entry| format!("{}: {}", entry.level, entry.message)).collect())
}

/// Fails when anything was said.
pub fn silent(said: &[String]) -> Result<()> {
    ensure!(said.is_empty(), "the console held:\n  {}", said.join("\n  "));
    Ok(())
}
