//! A journey: a server, a browser with its own profile, and a path through the app.

use crate::browser::{Browser, Size};
use crate::driver::Driver;
use crate::place;
use crate::server::Server;
use anyhow::{Context, Result};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// What a journey has; what it can do on the page comes from [`Browser`].
pub struct Journey {
    browser: Option<Browser>,
    size: Size,
    driver: Driver,
    profile: Profile,
    /// The server, to be stopped and started.
    pub server: Server,
}

/// The folder a browser keeps its storage in.
enum Profile {
    /// Empty at first and deleted at the end; the app has the server's own address.
    Own(TempDir),
    /// Given by the caller, who keeps it; the app has the origin of [`NAME`].
    Given(PathBuf),
}

/// A browser keeps storage by origin, and an origin includes the port. A profile that is opened again on another day or
/// another machine therefore needs an origin without a port of its own: Chromium is told to find this name at the
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
                let home = format!("http://{NAME}");
                Browser::open_with(driver, self.folder(), &home, size, Some(&rule)).await
            }
        }
    }
}

impl Deref for Journey {
    type Target = Browser;

    /// The browser in use. A journey that goes on after [`Journey::leave`] without
    /// [`Journey::come_back`] is wrong, and ends here.
    #[allow(clippy::panic)]
    fn deref(&self) -> &Browser {
        match &self.browser {
            Some(browser) => browser,
            None => panic!("the journey closed its browser"),
        }
    }
}

impl Journey {
    async fn begin(size: Size, folder: PathBuf, profile: Profile) -> Result<Self> {
        let (driver, server) = (Driver::start().await?, Server::start(folder).await?);
        let browser = Some(profile.open(&driver, &server, size).await?);
        Ok(Self { browser, size, driver, profile, server })
    }

    /// Closes the browser; what it stored stays.
    ///
    /// # Errors
    /// When the console held an error.
    pub async fn leave(&mut self) -> Result<()> {
        self.browser.take().context("the browser is closed already")?.close().await
    }

    /// Ends the browser's process in the middle of whatever it does, as a power cut of the app would.
    ///
    /// # Errors
    /// When the process cannot be found.
    pub async fn kill(&mut self) -> Result<()> {
        self.browser.take().context("the browser is closed already")?.kill().await
    }

    /// Opens the browser again on what it stored.
    ///
    /// # Errors
    /// When Chromium does not start.
    pub async fn come_back(&mut self) -> Result<()> {
        self.browser = Some(self.profile.open(&self.driver, &self.server, self.size).await?);
        Ok(())
    }

    async fn end(mut self, name: &str, walked: Result<()>) -> Result<()> {
        if walked.is_err() {
            // What went wrong first is what is told, whatever the picture says.
            let _ = self.testify(name).await;
        }
        match (self.browser.take(), walked) {
            (Some(browser), Ok(())) => browser.close().await,
            (Some(browser), failed) => browser.abandon().await.and(failed),
            (None, walked) => walked,
        }
    }

    /// Leaves a picture and the words of the page where it failed.
    async fn testify(&self, name: &str) -> Result<()> {
        let Some(browser) = &self.browser else { return Ok(()) };
        let folder = place::failures();
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(format!("{name}.png")), browser.picture().await?)?;
        let said = browser.console().await?.join("\n");
        let text = format!("{}\n\n{}\n\n{said}\n", browser.path().await?, browser.text().await?);
        Ok(std::fs::write(folder.join(format!("{name}.txt")), text)?)
    }
}

/// Runs one journey through the built app. It fails when a step fails, and when the console of any
/// of its browsers held an error; a failed one leaves a picture in `target/journeys`.
///
/// # Errors
/// The first step that failed.
pub fn journey(name: &str, size: Size, path: impl AsyncFnOnce(&mut Journey) -> Result<()>) -> Result<()> {
    journey_on(&place::dist()?, name, size, path)
}

/// Runs one journey through the app as it lies in a folder.
///
/// # Errors
/// As [`journey`].
pub fn journey_on(
    folder: &Path,
    name: &str,
    size: Size,
    path: impl AsyncFnOnce(&mut Journey) -> Result<()>,
) -> Result<()> {
    run(folder, Profile::Own(tempfile::tempdir()?), name, size, path)
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
    run(&place::dist()?, Profile::Given(profile.to_owned()), name, size, path)
}

fn run(
    folder: &Path,
    profile: Profile,
    name: &str,
    size: Size,
    path: impl AsyncFnOnce(&mut Journey) -> Result<()>,
) -> Result<()> {
    let name = format!("{name}-{}", size.name);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let begun = Journey::begin(size, folder.to_owned(), profile).await;
        let mut journey = begun.with_context(|| format!("{name} does not start"))?;
        let walked = path(&mut journey).await;
        journey.end(&name, walked).await.context(name)
    })
}
