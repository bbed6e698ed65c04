//! The guide: pages that the app serves, linked from its screens, and there without a network.

use crate::steps;
use anyhow::{Result, ensure};
use std::collections::BTreeSet;
use tests::{Browser, WIDE, journey, until};

/// JavaScript: whether the worker has cached every file of the guide.
const CACHED: &str = "(async () => {
    const cache = await caches.open((await caches.keys())[0]);
    const paths = (await cache.keys()).map(request => new URL(request.url).pathname);
    return paths.filter(path => path.startsWith('/guide/') && path.endsWith('.html')).length >= 8
        && paths.some(path => path.endsWith('.webp')) && paths.includes('/guide/theme.js');
})()";

#[test]
fn the_guide_is_linked_from_the_screens_and_read_without_a_network() -> Result<()> {
    journey("guide", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        steps::place_order(page, "20.00").await?;
        page.offline_ready().await?;
        until("the guide to be cached", async || Ok((page.eval(CACHED).await? == true).then_some(())))
            .await?;
        page.server.stop().await?;
        for (task, name) in [("/money".to_owned(), "month.html"), (format!("{account}/pay"), "payment.html")]
        {
            page.go(&task).await?;
            page.find("link", "How this is done").await?;
            let link = "[...document.links].find(link => link.textContent === 'How this is done').href";
            let link = page.eval(link).await?.as_str().unwrap_or_default().to_owned();
            ensure!(link.ends_with(&format!("/guide/{name}")), "{task} leads to {link}");
        }
        page.find("link", "Help").await?;
        let help =
            page.eval("[...document.links].find(link => link.textContent === 'Help').pathname").await?;
        every_page(page, help.as_str().unwrap_or_default()).await
    })
}

/// Follows every link from a page on.
async fn every_page(page: &Browser, first: &str) -> Result<()> {
    let (mut known, mut open) = (BTreeSet::from([first.to_owned()]), vec![first.to_owned()]);
    while let Some(path) = open.pop() {
        page.go(&path).await?;
        let has_heading = page.eval("document.querySelector('h1') !== null").await?;
        ensure!(has_heading == true, "{path} has no heading");
        until("the pictures", async || {
            let shown = "[...document.images].every(image => image.complete && image.naturalWidth > 1000)";
            Ok((page.eval(shown).await? == true).then_some(()))
        })
        .await?;
        let name = path.rsplit('/').next().unwrap_or_default().replace(".html", "");
        let found = page.survey(&format!("guide-{name}")).await?;
        ensure!(found.is_empty(), "{found:#?}");
        let links = page.eval("[...document.links].map(link => link.pathname)").await?;
        for link in links.as_array().into_iter().flatten().filter_map(|link| link.as_str()) {
            if link != "/counter" && known.insert(link.to_owned()) {
                ensure!(link.starts_with("/guide/"), "{path} leads to {link}");
                open.push(link.to_owned());
            }
        }
    }
    ensure!(known.len() >= 8, "only {known:?}");
    Ok(())
}
