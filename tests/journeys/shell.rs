//! The page around the app: it can be installed, it runs no foreign script, it starts without a server.

use crate::steps;
use anyhow::{Context, Result, ensure};
use serde_json::json;
use tests::{Browser, WIDE, journey};

#[test]
fn the_app_can_be_installed() -> Result<()> {
    journey("install", WIDE, async |page| {
        page.go("/").await?;
        page.offline_ready().await?;
        let errors = page.cdp_value("Page.getInstallabilityErrors", json!({})).await?;
        ensure!(errors["installabilityErrors"] == json!([]), "{errors}");
        let manifest = page.cdp_value("Page.getAppManifest", json!({})).await?;
        ensure!(manifest["errors"] == json!([]), "{manifest}");
        ensure!(manifest["data"].as_str().is_some_and(|text| text.contains("Counterfoil")), "{manifest}");
        Ok(())
    })
}

#[test]
fn a_hostile_script_does_not_run_with_or_without_a_server() -> Result<()> {
    journey("hostile", WIDE, async |page| {
        page.go("/").await?;
        page.offline_ready().await?;
        hostile(page).await?;
        page.server.stop().await?;
        page.reload().await?;
        hostile(page).await
    })
}

/// Texts of the browser's messages about a refused script.
const REFUSED: [&str; 2] = ["Content Security Policy", "TrustedScript"];

/// Three scripts that a browser without a policy would run.
const SCRIPTS: [&str; 3] = [
    "(() => { const s = document.createElement('script'); s.append('window.hostile = 1'); document.head.append(s) })()",
    "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hostile = 1\">')",
    "setTimeout('window.hostile = 1')",
];

async fn hostile(page: &Browser) -> Result<()> {
    page.expect_console(&REFUSED);
    for script in SCRIPTS {
        let refused =
            format!("(() => {{ try {{ {script}; return '' }} catch (e) {{ return String(e) }} }})()");
        let refused = page.eval(&refused).await?;
        if refused == "" {
            page.wait_for_console(&REFUSED)
                .await
                .with_context(|| format!("neither refused nor reported: {script}"))?;
        }
    }
    ensure!(page.eval("window.hostile === undefined").await? == true, "a hostile script ran");
    Ok(())
}

#[test]
fn every_address_opens_without_a_server() -> Result<()> {
    journey("offline", WIDE, async |page| {
        steps::part_paid(page).await?;
        let order = page.path().await?.split('?').next().unwrap_or_default().to_owned();
        let account = order.split("/orders").next().unwrap_or_default().to_owned();
        page.offline_ready().await?;
        page.server.stop().await?;
        for (path, heading) in [
            ("/customers", "Customers"),
            ("/customers/new", "Add Customer"),
            ("/orders", "Orders"),
            ("/refunds", "Refunds"),
            ("/pay", "Enter a Payment"),
            ("/money", "Drawer and banks"),
            ("/partners", "Partners"),
            ("/settings", "Settings"),
            ("/nothing/here", "Page not found"),
            (&account, "Mira Patel"),
            (&format!("{account}/pay"), "Add Payment"),
            (&order, "Order AI-0001"),
            (&format!("{order}/refund"), "Refund Payment"),
        ] {
            page.go(path).await?;
            page.find("heading", heading).await?;
        }
        Ok(())
    })
}
