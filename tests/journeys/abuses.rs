//! What other sites, names and files try in a browser: a frame, markup, a gigabyte.

use crate::steps;
use anyhow::{Result, ensure};
use serde_json::json;
use std::fs::{self, File};
use tests::{StaticHost, WIDE, journey, until};

#[test]
fn a_page_of_another_site_cannot_show_the_app_in_a_frame() -> Result<()> {
    journey("framed", WIDE, async |page| {
        let folder = tempfile::tempdir()?;
        let framing =
            format!("<!doctype html><title>Bait</title><iframe src=\"{}/\"></iframe>", page.server.address());
        fs::write(folder.path().join("index.html"), framing)?;
        let other = StaticHost::start(folder.path().to_owned(), "/").await?;
        page.expect_console(&["frame-ancestors", "favicon.ico"]);
        page.cdp("Page.navigate", json!({ "url": format!("{}/", other.address()) })).await?;
        let app = page.server.address();
        until("the frame to be refused", async || {
            let tree = page.cdp_value("Page.getFrameTree", json!({})).await?;
            let frame = &tree["frameTree"]["childFrames"][0]["frame"];
            let refused = frame["unreachableUrl"].as_str().filter(|url| url.starts_with(&app));
            Ok(refused.map(drop))
        })
        .await
    })
}

/// A script, in the notations of HTML and of templates.
const MARKUP: &str = "<img/src=x/onerror=hostile=1>{{7*7}}";

#[test]
fn markup_in_a_name_is_text_on_the_screen_and_on_paper() -> Result<()> {
    journey("markup", WIDE, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, MARKUP).await?;
        steps::place_order(page, "60.00").await?;
        steps::find_customer(page, MARKUP).await?;
        page.press("tab", "Orders").await?;
        page.press("button", "Actions for AI-0001").await?;
        page.press("menuitem", "Print invoice").await?;
        page.find("heading", "Invoice AI-0001").await?;
        page.print("paper-markup").await?.has(&[MARKUP, "60.00"])?;
        ensure!(page.eval("window.hostile === undefined").await? == true, "a script ran");
        Ok(())
    })
}

#[test]
fn a_file_of_a_gigabyte_is_refused_before_it_is_read() -> Result<()> {
    journey("gigabyte", WIDE, async |page| {
        steps::set_up(page).await?;
        page.go("/customers").await?;
        page.press("link", "Import customers").await?;
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("huge.csv");
        File::create(&path)?.set_len(1 << 30)?;
        page.upload("Choose a file", &path).await?;
        page.see("This file is larger than 64 MB.").await
    })
}
