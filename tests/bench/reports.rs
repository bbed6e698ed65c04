//! Reports, from the press of a tab to the drawn table: of this month, and of everything.

use crate::probe;
use crate::series::Series;
use anyhow::{Context, Result};
use tests::{Journey, TIMEOUT, within};

pub const HEAD: &str = "| entries | report | of this month, ms | again in other days, ms | of everything, ms | work of everything, ms |";

/// The reports that are read apart from each other, by the words of their addresses.
const REPORTS: [&str; 4] = ["ageing", "takings", "commissions", "day-book"];

/// How often each is opened.
const ROUNDS: usize = 3;

/// JavaScript that goes from another report to one, over some days, and sets `took` to the milliseconds until its table is drawn.
fn measured(report: &str) -> String {
    format!(
        "(() => {{
            window.took = null;
            // An element may be used again for another table, so its words tell them apart.
            const words = () => document.querySelector('.report-table, .empty')?.textContent;
            const old = words();
            const began = performance.now();
            const look = () => {{
                const now = words();
                const is_open = document.getElementById('tab-{report}')?.getAttribute('aria-selected') === 'true';
                const is_there = now && now !== old && is_open;
                requestAnimationFrame(is_there ? () => {{ window.took = performance.now() - began }} : look);
            }};
            document.getElementById('tab-{report}').click();
            look();
        }})()"
    )
}

/// One row a report.
pub async fn rows(page: &mut Journey, name: &str) -> Result<Vec<String>> {
    let mut rows = Vec::new();
    for report in REPORTS {
        let (mut month, mut again, mut whole, mut work) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            month.push(opened(page, report, "").await?);
            again.push(opened_there(page, report, "?from=2026-01-01&to=2026-12-31").await?);
            let before = probe::work(page).await?;
            whole.push(opened(page, report, "?from=2000-01-01&to=2199-12-31").await?);
            work.push(probe::work(page).await? - before);
        }
        let [month, again, whole, work] = [month, again, whole, work].map(Series::of);
        let (month, again, whole, work) = (month?.median(), again?.median(), whole?.median(), work?.median());
        rows.push(format!("| {name} | {report} | {month:.0} | {again:.0} | {whole:.0} | {work:.0} |"));
    }
    Ok(rows)
}

/// Loads the page at another report, and presses the tab of this one.
async fn opened(page: &Journey, report: &str, days: &str) -> Result<f64> {
    let other = if report == "ageing" { "commissions" } else { "ageing" };
    page.go(&format!("/reports/{other}{days}")).await?;
    drawn(page).await?;
    press(page, report).await
}

/// The same without a load: what was read before may help.
async fn opened_there(page: &Journey, report: &str, days: &str) -> Result<f64> {
    let other = if report == "ageing" { "commissions" } else { "ageing" };
    page.go(&format!("/reports/{report}{days}")).await?;
    drawn(page).await?;
    press(page, other).await?;
    press(page, report).await
}

async fn press(page: &Journey, report: &str) -> Result<f64> {
    page.eval(&measured(report)).await?;
    let took =
        within(4 * TIMEOUT, "the drawn table", async || Ok(page.eval("window.took ?? null").await?.as_f64()));
    took.await.with_context(|| report.to_owned())
}

async fn drawn(page: &Journey) -> Result<()> {
    within(4 * TIMEOUT, "a report", async || {
        let there = page.eval("document.querySelector('.report-table, .empty') !== null").await?;
        Ok((there == true).then_some(()))
    })
    .await
}
