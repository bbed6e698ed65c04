//! A survey of a screen: a screenshot and an axe run for each size and theme.

use crate::browser::{Browser, NARROW, SMALL, Size, Theme, WIDE, ZOOMED};
use crate::{axe, paths};
use anyhow::{Context, Result};

/// Elements that are only for screen readers are one pixel wide, and what scrolls by itself is not cut off. A text that ends in
/// an ellipsis on purpose has its whole in another place.
const CUT_OFF: &str = "const outside = (each) => each.getBoundingClientRect().right > innerWidth + 1
    && getComputedStyle(each.parentElement.parentElement).overflowX !== 'auto';
return [...document.querySelectorAll('button, a, h1, h2, h3, label, legend, th, dt, dd, summary, p')]
    .filter((each) => each.clientWidth > 1 && each.scrollWidth > each.clientWidth + 1)
    .filter((each) => getComputedStyle(each).textOverflow !== 'ellipsis' && getComputedStyle(each).overflowX !== 'auto')
    .concat([...document.querySelectorAll('nav a, nav button')].filter(outside))
    .map((each) => each.textContent.trim())[0]";

impl Browser {
    /// Saves `target/screens/NAME-{wide,narrow}-{light,dark}.png` and runs axe on each; saves the page also at 200 % zoom and
    /// in forced colours. Returns what axe finds, and the sizes at which the page scrolls sideways or cuts a text off. Afterwards the browser has its own size again, and the light theme.
    ///
    /// # Errors
    /// When a screenshot cannot be taken, or axe does not run.
    pub async fn survey(&self, name: &str) -> Result<Vec<String>> {
        let mut found = Vec::new();
        for (size, theme) in
            [(WIDE, Theme::Forced), (NARROW, Theme::Light), (SMALL, Theme::Light), (ZOOMED, Theme::Light)]
        {
            self.set_view(size, theme).await?;
            if theme == Theme::Forced || size == ZOOMED {
                self.save(&format!("{name}-{}-{}", size.name, theme.name())).await?;
            }
            found.extend(self.sideways(size).await?.map(|by| format!("{name}: {by}")));
            found
                .extend(self.cut_off().await?.map(|text| format!("{name}-{}: cuts off “{text}”", size.name)));
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

    /// A quick survey, for screens that [`Browser::survey`] sees in another language: two screenshots, one axe run, and at every size
    /// whether the page scrolls sideways or cuts a text off. Afterwards the browser has its own size again.
    ///
    /// # Errors
    /// As [`Browser::survey`].
    pub async fn glance(&self, name: &str) -> Result<Vec<String>> {
        let mut found = Vec::new();
        for size in [WIDE, SMALL] {
            self.set_view(size, Theme::Light).await?;
            self.save(&format!("{name}-{}", size.name)).await?;
            found.extend(self.sideways(size).await?.map(|by| format!("{name}: {by}")));
            found
                .extend(self.cut_off().await?.map(|text| format!("{name}-{}: cuts off “{text}”", size.name)));
        }
        found.extend(axe::run(self).await?.into_iter().map(|what| format!("{name}: {what}")));
        self.set_view(self.size(), Theme::Light).await?;
        Ok(found)
    }

    /// The text of the first button, link, heading or label that is wider than its place.
    async fn cut_off(&self) -> Result<Option<String>> {
        let text = self.eval(&format!("(() => {{ {CUT_OFF} }})()")).await?;
        Ok(text.as_str().map(String::from))
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
