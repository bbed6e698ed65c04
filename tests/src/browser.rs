//! A browser session: its profile, its window, its theme, its tabs.

use crate::console;
use crate::driver::Driver;
use crate::find::Scope;
use crate::wait::until;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::time::Duration;
use thirtyfour::prelude::*;
use thirtyfour::{LoggingPrefsLogLevel, WindowHandle};
use tokio::process::Command;

/// The size of a viewport, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// What screenshots call it.
    pub name: &'static str,
    width: u32,
    height: u32,
}

/// A counter's screen.
pub const WIDE: Size = Size { name: "wide", width: 1280, height: 800 };
/// A phone.
pub const NARROW: Size = Size { name: "narrow", width: 390, height: 844 };

/// The smallest phone on which everything must fit.
pub const SMALL: Size = Size { name: "small", width: 360, height: 740 };

impl Size {
    /// In CSS pixels.
    #[must_use]
    pub fn width(self) -> u32 {
        self.width
    }

    fn is_phone(self) -> bool {
        self != WIDE
    }
}

/// What the system asks of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Theme {
    Light,
    Dark,
}

impl Theme {
    /// As in `prefers-color-scheme`, and in the names of screenshots.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// One Chromium with one profile; what can be done on the page in front comes from [`Scope`].
pub struct Browser {
    driver: WebDriver,
    page: Scope,
    home: String,
    size: Size,
    provoked: RefCell<Vec<&'static str>>,
}

impl Deref for Browser {
    type Target = Scope;

    fn deref(&self) -> &Scope {
        &self.page
    }
}

/// No background talk: every request a journey sees is the app's.
const FLAGS: [&str; 10] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--hide-scrollbars",
];

/// Counts the entries of every book of this origin.
const LINES: &str = "(async () => {
    const settled = asked => new Promise((good, bad) => {
        asked.onsuccess = () => good(asked.result); asked.onerror = () => bad(asked.error) });
    let count = 0;
    for (const {name} of await indexedDB.databases()) {
        const book = await settled(indexedDB.open(name));
        if (book.objectStoreNames.contains('entries'))
            count += await settled(book.transaction('entries').objectStore('entries').count());
        book.close();
    }
    return count })()";

impl Browser {
    /// Opens a browser on a profile, which may be an earlier session's; `home` is where the app is
    /// served, without a slash at the end.
    ///
    /// # Errors
    /// When chromedriver cannot start Chromium.
    pub async fn open(driver: &Driver, profile: &Path, home: &str, size: Size) -> Result<Self> {
        Self::open_with(driver, profile, home, size, None).await
    }

    /// The same, with one more flag for Chromium.
    ///
    /// # Errors
    /// As [`Browser::open`].
    pub async fn open_with(
        driver: &Driver,
        profile: &Path,
        home: &str,
        size: Size,
        flag: Option<&str>,
    ) -> Result<Self> {
        let mut wanted = DesiredCapabilities::chrome();
        for flag in FLAGS.into_iter().chain(flag) {
            wanted.add_arg(flag)?;
        }
        wanted.add_arg(&format!("--window-size={},{}", size.width, size.height))?;
        wanted.add_arg(&format!("--user-data-dir={}", profile.display()))?;
        wanted.set_browser_log_level(LoggingPrefsLogLevel::All)?;
        let driver = WebDriver::new(driver.address(), wanted).await?;
        driver.set_script_timeout(Duration::from_secs(60)).await?;
        let page = Scope::page(driver.clone());
        let browser = Self { driver, page, home: home.to_owned(), size, provoked: RefCell::default() };
        browser.look(size, Theme::Light).await?;
        Ok(browser)
    }

    /// Sets the viewport and the theme of the tab in front. Motion is reduced, so that pictures
    /// and contrast do not depend on the moment.
    ///
    /// # Errors
    /// When the session is gone.
    pub async fn look(&self, size: Size, theme: Theme) -> Result<()> {
        let screen = json!({"width": size.width, "height": size.height, "deviceScaleFactor": 1,
            "mobile": size.is_phone()});
        self.cdp("Emulation.setDeviceMetricsOverride", screen).await?;
        let touch = json!({"enabled": size.is_phone()});
        self.cdp("Emulation.setTouchEmulationEnabled", touch).await?;
        let media = json!({"features": [
            {"name": "prefers-color-scheme", "value": theme.name()},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]});
        self.cdp("Emulation.setEmulatedMedia", media).await
    }

    /// The size the browser was opened with.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size
    }

    /// Loads a path of the app.
    ///
    /// # Errors
    /// When the address does not answer.
    pub async fn go(&self, path: &str) -> Result<()> {
        Ok(self.driver.goto(format!("{}{path}", self.home)).await?)
    }

    /// The address bar, without the server's part.
    ///
    /// # Errors
    /// When the session is gone.
    pub async fn path(&self) -> Result<String> {
        let url = self.driver.current_url().await?.to_string();
        Ok(url.strip_prefix(&self.home).unwrap_or(&url).to_owned())
    }

    /// Waits until the app is kept on the device and would start without a server.
    ///
    /// # Errors
    /// When no worker takes charge of the page in time.
    pub async fn kept(&self) -> Result<()> {
        until("the worker to take charge", async || {
            Ok((self.read("navigator.serviceWorker.controller?.state === 'activated'").await? == true)
                .then_some(()))
        })
        .await
    }

    /// Loads the page again.
    ///
    /// # Errors
    /// When the address does not answer.
    pub async fn reload(&self) -> Result<()> {
        Ok(self.driver.refresh().await?)
    }

    /// The browser's back button.
    ///
    /// # Errors
    /// When the session is gone.
    pub async fn back(&self) -> Result<()> {
        Ok(self.driver.back().await?)
    }

    /// Opens another tab and puts it in front.
    ///
    /// # Errors
    /// When the session is gone.
    pub async fn new_tab(&self) -> Result<WindowHandle> {
        let tab = self.driver.new_tab().await?;
        self.show(&tab).await?;
        self.look(self.size, Theme::Light).await?;
        Ok(tab)
    }

    /// The tab in front.
    ///
    /// # Errors
    /// When the session is gone.
    pub async fn tab(&self) -> Result<WindowHandle> {
        Ok(self.driver.window().await?)
    }

    /// Puts a tab in front.
    ///
    /// # Errors
    /// When the tab is gone.
    pub async fn show(&self, tab: &WindowHandle) -> Result<()> {
        Ok(self.driver.switch_to_window(tab.clone()).await?)
    }

    /// Sends a command of the DevTools protocol whose answer does not matter.
    ///
    /// # Errors
    /// When Chromium refuses it.
    pub async fn cdp(&self, method: &str, asked: Value) -> Result<()> {
        self.ask(method, asked).await.map(drop)
    }

    /// Sends a command of the DevTools protocol.
    ///
    /// # Errors
    /// When Chromium refuses it.
    pub async fn ask(&self, method: &str, asked: Value) -> Result<Value> {
        Ok(self.driver.cdp().send_raw(method, asked).await?)
    }

    /// What an expression of JavaScript is in the page; for facts no person can see.
    ///
    /// # Errors
    /// When it throws.
    pub async fn read(&self, expression: &str) -> Result<Value> {
        Ok(self.driver.execute(format!("return ({expression})"), vec![]).await?.json().clone())
    }

    /// How many lines the book on this device holds: what no screen shows.
    ///
    /// # Errors
    /// When the book cannot be read.
    pub async fn lines(&self) -> Result<u64> {
        let count = self.read(LINES).await?;
        count.as_u64().with_context(|| format!("the book could not be counted: {count}"))
    }

    /// A picture of what the window shows, as PNG.
    ///
    /// # Errors
    /// When the session is gone.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        Ok(self.driver.screenshot_as_png().await?)
    }

    /// Ends the session; the profile stays.
    ///
    /// # Errors
    /// When the console held an error, or the session was gone.
    pub async fn close(self) -> Result<()> {
        let said = console::errors(&self.driver).await;
        drop(self.page);
        self.driver.quit().await?;
        console::silent(&said?, &self.provoked.borrow())
    }

    /// Ends the session without asking what the console held.
    ///
    /// # Errors
    /// When the session was gone.
    pub async fn abandon(self) -> Result<()> {
        drop(self.page);
        Ok(self.driver.quit().await?)
    }

    /// Ends the browser's process without a word (`kill -9`).
    ///
    /// # Errors
    /// When its process is not known, or survives.
    pub async fn kill(self) -> Result<()> {
        let known = self.driver.handle().capabilities().get("goog:processID").and_then(Value::as_u64);
        let process = known.context("chromedriver does not tell the browser's process")?.to_string();
        Command::new("kill").args(["-9", &process]).status().await?;
        drop(self.page);
        self.driver.leak()?;
        let status = PathBuf::from("/proc").join(process).join("status");
        until("the browser to be gone", async || Ok(ended(&status).then_some(()))).await
    }

    /// Ends the program behind the tab in front, as a fault of the browser would. Nobody is left to answer.
    pub async fn crash(&self) {
        let _ = self.ask("Page.crash", json!({})).await;
    }

    /// Says before it happens that what the journey does makes the browser complain in one of these words.
    /// The browser's complaints come in their own time, also after the page shows what followed.
    pub fn provokes(&self, words: &[&'static str]) {
        self.provoked.borrow_mut().extend(words);
    }

    /// Waits until the browser complained in one of these words.
    ///
    /// # Errors
    /// When it does not in time, or when it complains of something else.
    pub async fn complains(&self, words: &[&'static str]) -> Result<()> {
        self.provokes(words);
        let what = format!("the browser to complain of {words:?}");
        let look = async || Ok(Some(self.console().await?).filter(|said| !said.is_empty()));
        console::silent(&until(&what, look).await?, words)
    }

    /// The errors the console held since it was last asked.
    ///
    /// # Errors
    /// When the session is gone.
    pub async fn console(&self) -> Result<Vec<String>> {
        console::errors(&self.driver).await
    }
}

/// True when a process is gone, or only waits to be reaped by whoever started it.
fn ended(status: &Path) -> bool {
    std::fs::read_to_string(status).map_or(true, |status| status.contains("State:\tZ"))
}
