//! A journey: a server, a browser with its own profile, and a test that uses the app.

use crate::browser::{Browser, Size};
use crate::driver::Driver;
use crate::paths;
use crate::server::Server;
use anyhow::{Context, Result};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The server and the browser of a journey. The actions on the page come from [`Browser`].
pub struct Journey {
    browser: Option<Browser>,
    size: Size,
    driver: Driver,
    profile: TempDir,
    /// The server, to be stopped and started.
    pub server: Server,
}

impl Deref for Journey {
    type Target = Browser;

    /// The open browser. Panics between [`Journey::close_browser`] and [`Journey::reopen`].
    #[allow(clippy::panic)]
    fn deref(&self) -> &Browser {
        match &self.browser {
            Some(browser) => browser,
            None => panic!("the journey closed its browser"),
        }
    }
}

impl Journey {
    async fn begin(size: Size, folder: PathBuf) -> Result<Self> {
        let (driver, server) = (Driver::start().await?, Server::start(folder).await?);
        let profile = tempfile::tempdir()?;
        let browser = Some(Browser::open(&driver, profile.path(), &server.address(), size).await?);
        Ok(Self { browser, size, driver, profile, server })
    }

    /// Closes the browser; its profile remains.
    ///
    /// # Errors
    /// When the console contains an error that is not expected.
    pub async fn close_browser(&mut self) -> Result<()> {
        self.browser.take().context("the browser is closed already")?.close().await
    }

    /// Kills the browser's process at once, like a power failure.
    ///
    /// # Errors
    /// When the browser's process is not known, or does not end.
    pub async fn kill(&mut self) -> Result<()> {
        self.browser.take().context("the browser is closed already")?.kill().await
    }

    /// Opens the browser again on the same profile.
    ///
    /// # Errors
    /// When Chromium does not start.
    pub async fn reopen(&mut self) -> Result<()> {
        let base_url = self.server.address();
        let browser = Browser::open(&self.driver, self.profile.path(), &base_url, self.size).await?;
        self.browser = Some(browser);
        Ok(())
    }

    async fn end(mut self, name: &str, outcome: Result<()>) -> Result<()> {
        if outcome.is_err() {
            // The journey's own error is reported, also when saving the evidence fails.
            let _ = self.save_evidence(name).await;
        }
        match (self.browser.take(), outcome) {
            (Some(browser), Ok(())) => browser.close().await,
            (Some(browser), failed) => browser.quit().await.and(failed),
            (None, outcome) => outcome,
        }
    }

    /// Saves a screenshot, the visible text and the console messages of the page on which the journey failed.
    async fn save_evidence(&self, name: &str) -> Result<()> {
        let Some(browser) = &self.browser else { return Ok(()) };
        let folder = paths::failures();
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(format!("{name}.png")), browser.screenshot().await?)?;
        let messages = browser.console_errors().await?.join("\n");
        let text = format!("{}\n\n{}\n\n{messages}\n", browser.path().await?, browser.text().await?);
        Ok(std::fs::write(folder.join(format!("{name}.txt")), text)?)
    }
}

/// Runs one journey through the built app. It fails when a step fails, or when the console of one of its browsers
/// contains an error that is not expected; a failed journey leaves a screenshot in `target/journeys`.
///
/// # Errors
/// The first step that failed.
pub fn journey(name: &str, size: Size, path: impl AsyncFnOnce(&mut Journey) -> Result<()>) -> Result<()> {
    journey_on(&paths::dist()?, name, size, path)
}

/// Runs one journey through the app in a folder.
///
/// # Errors
/// As [`journey`].
pub fn journey_on(
    folder: &Path,
    name: &str,
    size: Size,
    path: impl AsyncFnOnce(&mut Journey) -> Result<()>,
) -> Result<()> {
    let name = format!("{name}-{}", size.name);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let begun = Journey::begin(size, folder.to_owned()).await;
        let mut journey = begun.with_context(|| format!("{name} does not start"))?;
        let outcome = path(&mut journey).await;
        journey.end(&name, outcome).await.context(name)
    })
}
