//! A journey: a server, a browser with its own profile, and a test that uses the app.

use crate::browser::{Browser, Size};
use crate::driver::Driver;
use crate::mailbox::Mailbox;
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
    profile: Profile,
    /// The server, to be stopped and started.
    pub server: Server,
}

/// Where a browser stores its data.
enum Profile {
    /// Empty at first and deleted at the end; the app has the server's own address.
    Own(TempDir),
    /// Given by the caller, who keeps it; the app has the origin of [`NAME`].
    Given(PathBuf),
}

/// A browser separates storage by origin, and an origin includes the port. A profile that is opened again on another
/// day or another machine therefore needs an origin without a port of its own: Chromium resolves this name to the
/// server's port. Names that end in `localhost` are a secure context.
const NAME: &str = "counterfoil.localhost";

impl Profile {
    fn folder(&self) -> &Path {
        match self {
            Self::Own(folder) => folder.path(),
            Self::Given(folder) => folder,
        }
    }

    async fn open(&self, driver: &Driver, server: &Server, size: Size) -> Result<Browser> {
        match self {
            Self::Own(_) => Browser::open(driver, self.folder(), &server.address(), size).await,
            Self::Given(_) => {
                let rule = format!("--host-resolver-rules=MAP {NAME} 127.0.0.1:{}", server.port());
                let base_url = format!("http://{NAME}");
                Browser::open_with(driver, self.folder(), &base_url, size, Some(&rule)).await
            }
        }
    }
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
    async fn begin(size: Size, server: Server, profile: Profile) -> Result<Self> {
        let driver = Driver::start().await?;
        let browser = Some(profile.open(&driver, &server, size).await?);
        Ok(Self { browser, size, driver, profile, server })
    }

    /// The folder of the browser's profile.
    #[must_use]
    pub fn profile(&self) -> &Path {
        self.profile.folder()
    }

    /// Opens one more browser, with a profile of its own, as on another device.
    ///
    /// # Errors
    /// When Chromium does not start.
    pub async fn another(&self, profile: &Path) -> Result<Browser> {
        Browser::open(&self.driver, profile, &self.server.address(), self.size).await
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
        self.browser = Some(self.profile.open(&self.driver, &self.server, self.size).await?);
        Ok(())
    }

    async fn end(mut self, name: &str, outcome: Result<()>) -> Result<()> {
        let outcome = self.with_the_reason_of_a_crash(outcome);
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

    fn with_the_reason_of_a_crash(&self, outcome: Result<()>) -> Result<()> {
        let Err(failed) = outcome else { return Ok(()) };
        let crashes = self.driver.crashes().unwrap_or_default();
        if crashes.is_empty() { Err(failed) } else { Err(failed.context(crashes.join("; "))) }
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
    run(folder, None, Profile::Own(tempfile::tempdir()?), name, size, path)
}

/// Runs one journey through the built app on a server that is an endpoint, too.
///
/// # Errors
/// As [`journey`].
pub fn journey_with_endpoint(
    name: &str,
    size: Size,
    path: impl AsyncFnOnce(&mut Journey) -> Result<()>,
) -> Result<()> {
    let data = tempfile::tempdir()?;
    let profile = Profile::Own(tempfile::tempdir()?);
    run(&paths::dist()?, Some(data.path().to_owned()), profile, name, size, path)
}

/// Runs one journey through the built app on a browser profile that stays, always at the same origin.
///
/// # Errors
/// As [`journey`].
pub fn journey_in(
    profile: &Path,
    name: &str,
    size: Size,
    path: impl AsyncFnOnce(&mut Journey) -> Result<()>,
) -> Result<()> {
    run(&paths::dist()?, None, Profile::Given(profile.to_owned()), name, size, path)
}

fn run(
    folder: &Path,
    data: Option<PathBuf>,
    profile: Profile,
    name: &str,
    size: Size,
    path: impl AsyncFnOnce(&mut Journey) -> Result<()>,
) -> Result<()> {
    let name = format!("{name}-{}", size.name);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let server = Server::start_with(folder.to_owned(), data).await;
        let begun = Journey::begin(size, server?, profile).await;
        let mut journey = begun.with_context(|| format!("{name} does not start"))?;
        let outcome = path(&mut journey).await;
        journey.end(&name, outcome).await.context(name)
    })
}

/// Runs one journey through the built app on an endpoint that sends mails to a mailbox.
///
/// # Errors
/// As [`journey`].
pub fn journey_with_mail(
    name: &str,
    size: Size,
    path: impl AsyncFnOnce(&mut Journey, &Mailbox) -> Result<()>,
) -> Result<()> {
    let name = format!("{name}-{}", size.name);
    let (data, profile) = (tempfile::tempdir()?, Profile::Own(tempfile::tempdir()?));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mailbox = Mailbox::open().await?;
        let server = Server::start_with_mail(paths::dist()?, data.path().to_owned(), mailbox.port()).await?;
        let begun = Journey::begin(size, server, profile).await;
        let mut journey = begun.with_context(|| format!("{name} does not start"))?;
        let outcome = path(&mut journey, &mailbox).await;
        journey.end(&name, outcome).await.context(name)
    })
}
