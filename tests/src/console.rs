//! The console messages of the page.

use anyhow::{Result, ensure};
use thirtyfour::WebDriver;

/// Removes and returns the errors and warnings of the console: uncaught errors, policy violations, missing files.
pub async fn errors(driver: &WebDriver) -> Result<Vec<String>> {
    let log = driver.browser_log().await?;
    let errors = log.into_iter().filter(|entry| matches!(entry.level.as_str(), "SEVERE" | "WARNING"));
    Ok(errors.map(|entry| format!("{}: {}", entry.level, entry.message)).collect())
}

/// Fails when a message contains none of the expected texts.
pub fn only_expected(messages: &[String], expected: &[&str]) -> Result<()> {
    let unexpected: Vec<&str> = messages
        .iter()
        .map(String::as_str)
        .filter(|line| !expected.iter().any(|text| line.contains(text)))
        .collect();
    ensure!(unexpected.is_empty(), "the console contains:\n  {}", unexpected.join("\n  "));
    Ok(())
}
