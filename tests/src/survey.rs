//! A survey of a screen: a screenshot and an axe run for each size and theme.

use crate::browser::{Browser, NARROW, SMALL, Size, Theme, WIDE};
use crate::{axe, paths};
use anyhow::{Context, Result};

impl Browser {
    /// Saves `target/screens/NAME-{wide,narrow}-{light,dark}.png` and runs axe on each. Returns what axe finds, and the
    /// sizes at which the page scrolls sideways. Afterwards the browser has its own size again, and the light theme.
    ///
    /// # Errors
    /// When a screenshot cannot be taken, or axe does not run.
    pub async fn survey(&self, name: &str) -> Result<Vec<String>> {
        let mut found = Vec::new();
        for size in [WIDE, NARROW, SMALL] {
            self.set_view(size, Theme::Light).await?;
            found.extend(self.sideways(size).await?.map(|by| format!("{name}: {by}")));
        }
        for size in [WIDE, NARROW] {
            for theme in [Theme::Light, Theme::Dark] {
                self.set_view(size, theme).await?;
                let look = format!("{name}-{}-{}", size.name, theme.name());
                self.save(&look).await?;
                found.extend(axe::run(self).await?.into_iter().map(|what| format!("{look}: {what}")));
            }
        }
        self.set_view(self.size(), Theme::Light).await?;
        Ok(found)
    }

    /// A sentence when the page is wider than its window.
    async fn sideways(&self, size: Size) -> Result<Option<String>> {
        let width = self.eval("document.documentElement.scrollWidth").await?;
        let wider = width.as_u64() > Some(size.width().into());
        Ok(wider.then(|| format!("scrolls sideways, {width} px in a window of {}", size.width())))
    }

    async fn save(&self, look: &str) -> Result<()> {
        let folder = paths::screens();
        std::fs::create_dir_all(&folder)?;
        let file = folder.join(format!("{look}.png"));
        std::fs::write(&file, self.screenshot().await?).with_context(|| file.display().to_string())
    }
}
