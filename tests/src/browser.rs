//! A browser session: profile, window, theme, tabs.

use crate::console;
use crate::driver::Driver;
use crate::find::Scope;
use crate::processes::kill_all;
use crate::wait::until;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::ops::Deref;
use std::path::Path;
use std::time::Duration;
use thirtyfour::prelude::*;
use thirtyfour::{LoggingPrefsLogLevel, WindowHandle};

/// The size of a viewport, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// The name in the file names of screenshots.
    pub name: &'static str,
    width: u32,
    height: u32,
}

/// A desktop screen.
pub const WIDE: Size = Size { name: "wide", width: 1280, height: 800 };
/// A phone.
pub const NARROW: Size = Size { name: "narrow", width: 390, height: 844 };

/// The smallest supported phone.
pub const SMALL: Size = Size { name: "small", width: 360, height: 740 };

/// The desktop screen at 200 % zoom: half as many pixels of the style sheet.
pub const ZOOMED: Size = Size { name: "zoomed", width: 640, height: 400 };

impl Size {
    /// The width in CSS pixels.
    #[must_use]
    pub fn width(self) -> u32 {
        self.width
    }

    fn is_phone(self) -> bool {
        self.width < ZOOMED.width
    }
}

/// The colour scheme that the system requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Theme {
    Light,
    Dark,
    /// The few colours that a high-contrast mode of the system allows.
    Forced,
}

impl Theme {
    /// The name as in `prefers-color-scheme`, also used in the file names of screenshots.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Forced => "forced",
        }
    }
}

/// One Chromium with one profile. The actions on the current page come from [`Scope`].
pub struct Browser {
    driver: WebDriver,
    page: Scope,
    base_url: String,
    size: Size,
    expected: RefCell<Vec<&'static str>>,
}

impl Deref for Browser {
    type Target = Scope;

    fn deref(&self) -> &Scope {
        &self.page
    }
}

/// Chromium's own network traffic is off, so that every request in a journey comes from the app.
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

/// JavaScript that counts the entries in all databases of the origin.
const COUNT_ENTRIES: &str = "(async () => {
    const settled = request => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error) });
    let count = 0;
    for (const {name} of await indexedDB.databases()) {
        const book = await settled(indexedDB.open(name));
        // A record of `journal` holds several entries, and its index has each. A book that the app has not opened since the
        // first layout still has its entries in `entries`.
        for (const store of ['entries', 'journal'].filter(store => book.objectStoreNames.contains(store)))
            count += await settled(book.transaction(store).objectStore(store).index('place').count());
        book.close();
    }
    return count })()";

impl Browser {
    /// Opens a browser on a profile, new or of an earlier session. `base_url` is the address of the app, without a
    /// slash at the end.
    ///
    /// # Errors
    /// When chromedriver cannot start Chromium.
    pub async fn open(driver: &Driver, profile: &Path, base_url: &str, size: Size) -> Result<Self> {
        Self::open_with(driver, profile, base_url, size, None).await
    }

    /// The same, with one more flag for Chromium.
    ///
    /// # Errors
    /// As [`Browser::open`].
    pub async fn open_with(
        driver: &Driver,
        profile: &Path,
        base_url: &str,
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
        let browser =
            Self { driver, page, base_url: base_url.to_owned(), size, expected: RefCell::default() };
        browser.set_view(size, Theme::Light).await?;
        // So that the driver's log says why a tab crashed.
        browser.cdp("Target.setDiscoverTargets", json!({"discover": true})).await?;
        Ok(browser)
    }

    /// Sets the viewport and the theme of the current tab. Motion is reduced, so that screenshots and contrast do not
    /// depend on timing.
    ///
    /// # Errors
    /// When the session has ended.
    pub async fn set_view(&self, size: Size, theme: Theme) -> Result<()> {
        let scale = if size == ZOOMED { 2 } else { 1 };
        let screen = json!({"width": size.width, "height": size.height, "deviceScaleFactor": scale,
            "mobile": size.is_phone()});
        self.cdp("Emulation.setDeviceMetricsOverride", screen).await?;
        let touch = json!({"enabled": size.is_phone()});
        self.cdp("Emulation.setTouchEmulationEnabled", touch).await?;
        let media = json!({"features": [
            {"name": "prefers-color-scheme", "value": if theme == Theme::Dark { "dark" } else { "light" }},
            {"name": "forced-colors", "value": if theme == Theme::Forced { "active" } else { "none" }},
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
        Ok(self.driver.goto(format!("{}{path}", self.base_url)).await?)
    }

    /// The path and query of the current address.
    ///
    /// # Errors
    /// When the session has ended.
    pub async fn path(&self) -> Result<String> {
        let url = self.driver.current_url().await?.to_string();
        Ok(url.strip_prefix(&self.base_url).unwrap_or(&url).to_owned())
    }

    /// Waits until the service worker has cached the app, so that it starts without a server.
    ///
    /// # Errors
    /// When no worker controls the page in time.
    pub async fn offline_ready(&self) -> Result<()> {
        until("the worker to control the page", async || {
            Ok((self.eval("navigator.serviceWorker.controller?.state === 'activated'").await? == true)
                .then_some(()))
        })
        .await
    }

    /// Reloads the page.
    ///
    /// # Errors
    /// When the address does not answer.
    pub async fn reload(&self) -> Result<()> {
        Ok(self.driver.refresh().await?)
    }

    /// Presses the browser's back button.
    ///
    /// # Errors
    /// When the session has ended.
    pub async fn back(&self) -> Result<()> {
        Ok(self.driver.back().await?)
    }

    /// Opens another tab and makes it the current one.
    ///
    /// # Errors
    /// When the session has ended.
    pub async fn new_tab(&self) -> Result<WindowHandle> {
        let tab = self.driver.new_tab().await?;
        self.switch_to(&tab).await?;
        self.set_view(self.size, Theme::Light).await?;
        Ok(tab)
    }

    /// Closes the current tab and makes another one the current one.
    ///
    /// # Errors
    /// When the other tab is closed.
    pub async fn close_tab(&self, then: &WindowHandle) -> Result<()> {
        self.driver.close_window().await?;
        self.switch_to(then).await
    }

    /// The current tab.
    ///
    /// # Errors
    /// When the session has ended.
    pub async fn tab(&self) -> Result<WindowHandle> {
        Ok(self.driver.window().await?)
    }

    /// Makes a tab the current one.
    ///
    /// # Errors
    /// When the tab is closed.
    pub async fn switch_to(&self, tab: &WindowHandle) -> Result<()> {
        Ok(self.driver.switch_to_window(tab.clone()).await?)
    }

    /// Sends a command of the DevTools protocol and drops the answer.
    ///
    /// # Errors
    /// When Chromium refuses it.
    pub async fn cdp(&self, method: &str, params: Value) -> Result<()> {
        self.cdp_value(method, params).await.map(drop)
    }

    /// Sends a command of the DevTools protocol and returns the answer.
    ///
    /// # Errors
    /// When Chromium refuses it.
    pub async fn cdp_value(&self, method: &str, params: Value) -> Result<Value> {
        Ok(self.driver.cdp().send_raw(method, params).await?)
    }

    /// The value of a JavaScript expression in the page, for facts that the screen does not show.
    ///
    /// # Errors
    /// When it throws.
    pub async fn eval(&self, expression: &str) -> Result<Value> {
        Ok(self.driver.execute(format!("return ({expression})"), vec![]).await?.json().clone())
    }

    /// The number of entries stored on this device.
    ///
    /// # Errors
    /// When the databases cannot be read.
    pub async fn entry_count(&self) -> Result<u64> {
        let count = self.eval(COUNT_ENTRIES).await?;
        count.as_u64().with_context(|| format!("the entries could not be counted: {count}"))
    }

    /// A screenshot of the window, as PNG.
    ///
    /// # Errors
    /// When the session has ended.
    pub async fn screenshot(&self) -> Result<Vec<u8>> {
        Ok(self.driver.screenshot_as_png().await?)
    }

    /// Ends the session; the profile remains.
    ///
    /// # Errors
    /// When the console contains an error that is not expected, or the session has already ended.
    pub async fn close(self) -> Result<()> {
        let messages = console::errors(&self.driver).await;
        drop(self.page);
        self.driver.quit().await?;
        console::only_expected(&messages?, &self.expected.borrow())
    }

    /// Ends the session without checking the console.
    ///
    /// # Errors
    /// When the session has already ended.
    pub async fn quit(self) -> Result<()> {
        drop(self.page);
        Ok(self.driver.quit().await?)
    }

    /// Kills all processes of the browser (`kill -9`).
    ///
    /// # Errors
    /// When they are not known, or do not end.
    pub async fn kill(self) -> Result<()> {
        let known = self.driver.handle().capabilities().get("goog:processID").and_then(Value::as_u64);
        let process = known.context("chromedriver does not report the browser's process")?;
        kill_all(process).await?;
        drop(self.page);
        Ok(self.driver.leak()?)
    }

    /// Crashes the renderer process of the current tab. The command gets no answer.
    pub async fn crash_tab(&self) {
        let _ = self.cdp_value("Page.crash", json!({})).await;
    }

    /// Declares console messages that contain one of these texts as expected. Call it before the action: the browser may
    /// write them at any time, also after the page shows the result.
    pub fn expect_console(&self, texts: &[&'static str]) {
        self.expected.borrow_mut().extend(texts);
    }

    /// Waits until the console contains a message with one of these texts.
    ///
    /// # Errors
    /// When there is none in time, or when there is an unexpected message.
    pub async fn wait_for_console(&self, texts: &[&'static str]) -> Result<()> {
        self.expect_console(texts);
        let what = format!("a console message with one of {texts:?}");
        let poll = async || Ok(Some(self.console_errors().await?).filter(|messages| !messages.is_empty()));
        console::only_expected(&until(&what, poll).await?, texts)
    }

    /// The console errors since the last call.
    ///
    /// # Errors
    /// When the session has ended.
    pub async fn console_errors(&self) -> Result<Vec<String>> {
        console::errors(&self.driver).await
    }
}
