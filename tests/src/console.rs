//! What the page wrote to its console.

use anyhow::{Result, ensure};
use thirtyfour::WebDriver;

/// Takes the errors and warnings the console held: uncaught failures, refused policies, missing files.
pub async fn errors(driver: &WebDriver) -> Result<Vec<String>> {
    let said = driver.browser_log().await?;
    let loud = said.into_iter().filter(|entry| matches!(entry.level.as_str(), "SEVERE" | "WARNING"));
    Ok(loud.map(|entry| format!("{}: {}", entry.level, entry.message)).collect())
}

/// Fails when anything was said that was not expected.
pub fn silent(said: &[String], expected: &[&str]) -> Result<()> {
    let loud: Vec<&str> = said
        .iter()
        .map(String::as_str)
        .filter(|line| !expected.iter().any(|words| line.contains(words)))
        .collect();
    ensure!(loud.is_empty(), "the console held:\n  {}", loud.join("\n  "));
    Ok(())
}
