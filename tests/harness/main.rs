//! Tests of the harness itself, on a small page of its own.

#![allow(clippy::unwrap_used)]

mod page_server;

use anyhow::{Result, ensure};
use page_server::PageServer;
use std::time::Duration;
use tests::{Browser, Driver, NARROW, Theme, WIDE};

/// Opens the page, runs the test, and closes the browser; the console must contain no error.
fn on_the_page(test: impl AsyncFnOnce(&Browser) -> Result<()>) -> Result<()> {
    runtime().block_on(async {
        let (browser, _rest) = opened().await?;
        match test(&browser).await {
            Ok(()) => browser.close().await,
            Err(error) => browser.quit().await.and(Err(error)),
        }
    })
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

async fn opened() -> Result<(Browser, (PageServer, Driver, tempfile::TempDir))> {
    let (server, driver, profile) = (PageServer::open()?, Driver::start().await?, tempfile::tempdir()?);
    let browser = Browser::open(&driver, profile.path(), &server.address(), WIDE).await?;
    browser.go("/counter.html").await?;
    Ok((browser, (server, driver, profile)))
}

#[test]
fn finds_by_role_and_name_what_a_screen_reader_would_find() -> Result<()> {
    on_the_page(async |page| {
        page.press("button", "Add").await?;
        page.see("Pressed 1 times").await?;
        ensure!(page.all("heading").await? == ["A small counter"]);
        ensure!(!page.has("button", "Subtract").await?);
        let drawer = page.within("region", "Drawer");
        ensure!(drawer.all("button").await? == ["Count"]);
        ensure!(drawer.text().await? == "Count Nothing here");
        drawer.press("button", "Count").await
    })
}

/// Element ids are built in the format that chromedriver uses. When this test and the one above fail, that format has
/// changed.
#[test]
fn an_element_from_the_accessibility_tree_is_the_element_of_the_document() -> Result<()> {
    on_the_page(async |page| {
        let found = page.find("button", "Add").await?;
        ensure!(found.id().await?.as_deref() == Some("press"));
        ensure!(found.attr("hidden").await?.is_none());
        Ok(())
    })
}

#[test]
fn two_elements_with_one_name_are_an_error() -> Result<()> {
    on_the_page(async |page| {
        let impatient = page.with_timeout(Duration::from_millis(300));
        for (role, name) in [("button", "Twin"), ("link", "Elsewhere")] {
            let refused = impatient.find(role, name).await.unwrap_err();
            ensure!(format!("{refused:#}").contains("there are 2 of them"), "{refused:#}");
        }
        page.find("link", "Same place").await?;
        Ok(())
    })
}

#[test]
fn fills_chooses_checks_and_reads() -> Result<()> {
    on_the_page(async |page| {
        page.holds("Amount", "70.00").await?;
        page.fill("Amount", "50.00").await?;
        page.fill("Amount", "").await?;
        ensure!(page.problem("Amount").await?.is_none());
        ensure!(page.problem("Change").await?.as_deref() == Some("Enter an amount"));
        page.choose("Payment Type", "Check").await?;
        page.holds("Payment Type", "Check").await?;
        page.check("Apply to Commissions").await?;
        ensure!(page.checked("Apply to Commissions").await?);
        page.uncheck("Apply to Commissions").await?;
        page.cell_is("A-0001", "Owed", "70.00").await?;
        page.row_ends_with("Mira owes", &["70.00", "0.00"]).await?;
        ensure!(page.rows().await?.len() == 3, "a hidden row is not read");
        Ok(())
    })
}

#[test]
fn a_double_click_clicks_twice_at_the_same_position() -> Result<()> {
    on_the_page(async |page| {
        page.press_twice("button", "Add").await?;
        page.see("Pressed 2 times").await?;
        page.press_twice("button", "Moves away").await?;
        page.see("It moved once").await?;
        page.enter_and_press("Amount", "button", "Apply Payment").await?;
        page.see("Sent 2 times").await
    })
}

#[test]
fn the_keyboard_moves_from_element_to_element() -> Result<()> {
    on_the_page(async |page| {
        page.tab_to("textbox", "Amount").await?;
        page.press_keys("Control+a").await?;
        page.type_text("12.50").await?;
        page.holds("Amount", "12.50").await?;
        page.press_keys("Enter").await?;
        page.see("Sent 1 times").await?;
        page.tab_to("checkbox", "Apply to Commissions").await?;
        page.press_keys("Space").await?;
        ensure!(page.checked("Apply to Commissions").await?);
        page.press_keys("Shift+Tab").await?;
        ensure!(page.focused("combobox", "Payment Type").await?, "{}", page.focus().await?);
        Ok(())
    })
}

#[test]
fn waits_for_a_text_that_appears_later() -> Result<()> {
    on_the_page(async |page| {
        page.press("button", "Later").await?;
        page.see("It is later").await
    })
}

#[test]
fn an_error_in_the_console_fails_the_journey() -> Result<()> {
    runtime().block_on(async {
        let (browser, _rest) = opened().await?;
        browser.press("button", "Complain").await?;
        let end = browser.close().await.unwrap_err();
        ensure!(format!("{end:#}").contains("out of paper"), "{end:#}");
        Ok(())
    })
}

#[test]
fn expected_console_messages_pass_and_others_fail() -> Result<()> {
    runtime().block_on(async {
        for (text, passes) in [("out of paper", true), ("out of ink", false)] {
            let (browser, _rest) = opened().await?;
            browser.expect_console(&[text]);
            browser.press("button", "Complain").await?;
            ensure!(browser.close().await.is_ok() == passes, "{text}");
        }
        let (browser, _rest) = opened().await?;
        browser.press("button", "Complain").await?;
        browser.wait_for_console(&["out of paper"]).await?;
        browser.press("button", "Complain").await?;
        browser.close().await
    })
}

#[test]
fn axe_finds_nothing_on_an_accessible_page_and_something_on_another() -> Result<()> {
    on_the_page(async |page| {
        let found = page.survey("harness").await?;
        ensure!(found.is_empty(), "{found:?}");
        page.eval(
            "document.querySelector('input[name=amount]').parentElement.replaceWith(
            Object.assign(document.createElement('input'), {id: 'bare'}))",
        )
        .await?;
        let found = page.survey("harness").await?;
        ensure!(found.len() == 4 && found.iter().all(|what| what.contains("label")), "{found:?}");
        Ok(())
    })
}

#[test]
fn size_and_theme_reach_the_page() -> Result<()> {
    on_the_page(async |page| {
        for (size, theme, wanted) in [(WIDE, Theme::Light, "1280 false"), (NARROW, Theme::Dark, "390 true")] {
            page.set_view(size, theme).await?;
            let seen = page.eval("innerWidth + ' ' + matchMedia('(prefers-color-scheme: dark)').matches");
            ensure!(seen.await? == wanted);
        }
        Ok(())
    })
}

#[test]
fn stored_data_is_available_in_the_next_session() -> Result<()> {
    runtime().block_on(async {
        let (browser, (server, driver, profile)) = opened().await?;
        ensure!(browser.entry_count().await? == 0);
        browser.eval("localStorage.setItem('stored', 'yes')").await?;
        browser.close().await?;
        let browser = Browser::open(&driver, profile.path(), &server.address(), WIDE).await?;
        browser.go("/counter.html").await?;
        let stored = browser.eval("localStorage.getItem('stored')").await?;
        browser.close().await?;
        ensure!(stored == "yes");
        Ok(())
    })
}

#[test]
fn a_killed_browser_is_gone_and_its_profile_opens_again() -> Result<()> {
    runtime().block_on(async {
        let (browser, (server, driver, profile)) = opened().await?;
        browser.kill().await?;
        let browser = Browser::open(&driver, profile.path(), &server.address(), WIDE).await?;
        browser.go("/counter.html").await?;
        browser.see("A small counter").await?;
        browser.close().await
    })
}
