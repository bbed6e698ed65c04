//! Reports: the chart, the table and the file of each have the same figures, which are those of the command line.

use crate::people::{ANA, sign_in, with_a_clerk};
use crate::steps;
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tests::{Browser, NARROW, Size, TIMEOUT, WIDE, journey, until, within};

/// Two counters, seals, an entry that is late for one, two rates, refunds with reasons, one of them undone, and a partner.
const BOOK: &str = r#"@2026-03-02
shop "Corner Shop" GBP
bank "Current"
partner pat "Pat Lee" 10%
customer mira "Mira Patel"
customer otto "=Otto & Sons" company
order O-1 mira 120.00 tax 20% sale pat due 2026-03-20
pay P-1 mira 50.00 cash to O-1
order O-2 otto lines "Lamp" 1 x 103.22 tax 20%, "Books" 1 x 53.50 tax 5%
@till B
offline B
pay P-2 mira 40.00 card to O-1
@till A
seal 2026-03-02
@2026-03-03
online B
refund R-1 O-1 20.00 cash from P-1 stays reason "returned goods" clawback refund credit
pay P-3 otto 100.00 bank to O-2
refund R-2 O-2 30.00 bank from P-3 reopens reason "overcharge"
reverse-refund R-2 reason "typed twice"
credit C-1 otto 25.00 reason "goodwill"
pay-partner pat 2.00 cash
write-off O-2 0.72 reason "rounding"
@2026-04-10
order O-3 mira 60.00 tax 5% sale pat
pay P-4 mira 70.00 cash to O-3
"#;

/// The days of all reports of a span.
const SPAN: &str = "from=2026-03-01&to=2026-04-30";

/// A report: its word in the address, its parameters, the command and its arguments, the column of the file that has the
/// figures of the chart, and the column of the table.
type Case = (&'static str, String, Vec<&'static str>, &'static str, &'static str);

fn cases() -> Vec<Case> {
    let of = |report, command, column, shown| {
        (
            report,
            SPAN.to_owned(),
            vec![command, "--csv", "--from", "2026-03-01", "--to", "2026-04-30"],
            column,
            shown,
        )
    };
    vec![
        ("ageing", "as-of=2026-04-30".into(), vec!["ageing", "--csv", "--as-of", "2026-04-30"], "owed", ""),
        (
            "ageing",
            "as-of=2026-03-05&known-on=2026-03-02".into(),
            vec!["ageing", "--csv", "--as-of", "2026-03-05", "--known-on", "2026-03-02"],
            "owed",
            "",
        ),
        of("takings", "takings", "taken", ""),
        of("tax", "tax", "due", "Tax due"),
        of("refunds", "refunds", "money", "Money"),
        of("commissions", "partners", "closing", "Payable after"),
        of("activity", "activity", "taken", "Taken"),
        (
            "day-book",
            "from=1999-01-01&to=2026-04-30".into(),
            vec!["export", "--format", "csv", "--as-of", "2026-04-30"],
            "debit",
            "Turnover",
        ),
    ]
}

#[test]
fn every_report_has_one_set_of_figures_on_a_wide_screen() -> Result<()> {
    reports(WIDE)
}

#[test]
fn every_report_has_one_set_of_figures_on_a_narrow_screen() -> Result<()> {
    reports(NARROW)
}

fn reports(size: Size) -> Result<()> {
    journey("reports", size, async |page| {
        steps::open_day_book(page, BOOK).await?;
        let folder = tempfile::tempdir()?;
        let (book, downloads) = (folder.path().join("book.jsonl"), folder.path().join("files"));
        journal(BOOK, &book)?;
        fs::create_dir(&downloads)?;
        let wanted = json!({"behavior": "allow", "downloadPath": downloads});
        page.cdp("Browser.setDownloadBehavior", wanted).await?;
        open(page, size).await?;
        page.find("tab", "Ageing").await?;

        for (at, (report, query, words, column, shown)) in cases().into_iter().enumerate() {
            page.go(&format!("/reports/{report}?{query}")).await?;
            page.find("button", "CSV").await?;
            let drawn = drawn(page).await.with_context(|| report.to_owned())?;
            same_in_table(&drawn, shown).with_context(|| report.to_owned())?;
            if size.name == WIDE.name {
                let found = page.survey(&format!("report-{report}-{at}")).await?;
                ensure!(found.is_empty(), "{found:?}");
            }
            let file = saved(page, &downloads).await?;
            let printed = command(&words, &book)?;
            ensure!(file == printed, "{report}: the file is\n{file}\nand the command line prints\n{printed}");
            let sum: i64 = drawn.chart().values().sum();
            ensure!(
                column_sum(&file, column)? == sum,
                "{report}: {column} of\n{file}\nand {:?}",
                drawn.figures
            );
        }
        days_and_paper(page).await
    })
}

/// *Reports* in the navigation.
async fn open(page: &Browser, size: Size) -> Result<()> {
    if size.name == NARROW.name {
        page.press("button", "More").await?;
    }
    page.press("link", "Reports").await?;
    page.find("heading", "Reports").await.map(drop)
}

/// Days by hand and by their usual spans, an export, and paper.
async fn days_and_paper(page: &Browser) -> Result<()> {
    page.go(&format!("/reports/takings?{SPAN}")).await?;
    page.cell_is("Taken", "All", "260.00").await?;
    page.cell_is("Given back", "All", "−20.00").await?;
    steps::set_date(page, "f-report-to", "2026-02-28").await?;
    page.see("The last day is before the first: choose 1 March 2026 or later").await?;
    page.see("Correct the days to see the report.").await?;
    steps::set_date(page, "f-report-to", "2026-03-02").await?;
    // The late payment counts on the first day after the seal.
    page.cell_is("Taken", "All", "50.00").await?;
    page.press("link", "Last month").await?;
    page.see("Choose other days to see earlier ones.").await?;
    page.press("tab", "Day book").await?;
    page.see("Choose other days to see earlier ones.").await?;
    page.go(&format!("/reports/day-book?{SPAN}")).await?;
    page.see("late, of 2 Mar").await?;
    page.press("button", "Export").await?;
    page.press("menuitem", "Journal for hledger").await?;
    page.see("The file is saved.").await?;

    page.eval("window.print = () => { window.printed = true }").await?;
    page.press("button", "Print").await?;
    until("the page to be printed", async || Ok((page.eval("window.printed").await? == true).then_some(())))
        .await?;
    page.cdp("Emulation.setEmulatedMedia", json!({"media": "print"})).await?;
    let paper = "[...document.querySelectorAll('.rail, .report-tools, .report-days, [role=tablist]')].every(part => !part.checkVisibility())
        && getComputedStyle(document.querySelector('.report-table thead')).display === 'table-header-group'
        && document.querySelector('.paper-only').innerText.includes('1 March 2026 to 30 April 2026')";
    ensure!(page.eval(paper).await? == true, "paper has the report alone, with its days and repeated heads");
    page.cdp("Emulation.setEmulatedMedia", json!({"media": ""})).await?;
    // An entry leads to its customer.
    page.open("=Otto & Sons").await?;
    page.find("heading", "=Otto & Sons").await.map(drop)
}

/// What the page draws: the figures that the chart says, and the first table.
#[derive(Debug, Deserialize)]
struct Drawn {
    /// `Cash £50.00, Card £40.00`, of every chart on the page, also of the one for other screens.
    figures: Vec<String>,
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Drawn {
    /// The figures of the chart in minor units.
    fn chart(&self) -> BTreeMap<String, i64> {
        let figures = self.figures.first().map(String::as_str).unwrap_or_default().split(", ");
        let pair = |text: &str| {
            let (label, amount) = text.rsplit_once(' ')?;
            Some((label.to_owned(), minor(&amount.replace('£', ""))?))
        };
        figures.filter_map(pair).collect()
    }
}

const DRAWN: &str = "(() => {
    const text = element => element.textContent.replace(/\\s+/g, ' ').trim();
    const table = document.querySelector('.report-table');
    const figures = [...document.querySelectorAll('.report svg[role=img] desc')].map(text);
    if (!table || !figures.length) return null;
    const heads = [...table.tHead.rows[0].cells].map(text);
    return {figures, heads, rows: [...table.tBodies[0].rows].map(row => [...row.cells].map(text))};
})()";

async fn drawn(page: &Browser) -> Result<Drawn> {
    let drawn =
        until("a report", async || Ok(Some(page.eval(DRAWN).await?).filter(|drawn| !drawn.is_null())));
    Ok(serde_json::from_value(drawn.await?)?)
}

/// The chart has the figures of the table: those of its columns in one row where the bars stand on them, otherwise one of
/// each row.
fn same_in_table(drawn: &Drawn, column: &str) -> Result<()> {
    let chart = drawn.chart();
    ensure!(
        drawn.figures.iter().all(|figures| Some(figures) == drawn.figures.first()),
        "both charts: {:?}",
        drawn.figures
    );
    ensure!(!chart.is_empty(), "no bars");
    let row = |name: &str| drawn.rows.iter().find(|row| row.first().is_some_and(|first| first == name));
    if column.is_empty() {
        let row = row("Taken").or_else(|| row("All")).context("no sums")?;
        for (label, amount) in &chart {
            let at = drawn.heads.iter().position(|head| head == label).context("a bar without a column")?;
            let found = row.get(at).context("a short row")?;
            ensure!(minor(found) == Some(*amount), "{label}: {amount} and {found:?}");
        }
        return Ok(());
    }
    let at = drawn.heads.iter().position(|head| head == column).context("no such column")?;
    for (label, amount) in &chart {
        let found = row(label).and_then(|row| row.get(at));
        let found = found.with_context(|| format!("a bar without a row: {label}"))?;
        ensure!(minor(found) == Some(*amount), "{label}: {amount} and {found}");
    }
    let sum = minor(row("All").and_then(|row| row.get(at)).context("no sums")?);
    ensure!(sum == Some(chart.values().sum()), "the sum is {sum:?}");
    Ok(())
}

/// An amount as a table writes it, in minor units.
fn minor(text: &str) -> Option<i64> {
    if text == "–" {
        return Some(0);
    }
    let plain = text.replace([',', '.'], "").replace('−', "-");
    plain.parse().ok()
}

/// The sum of a column of a file, in minor units.
fn column_sum(file: &str, column: &str) -> Result<i64> {
    let mut lines = file.lines();
    let at = lines.next().and_then(|heads| heads.split(',').position(|head| head == column));
    let at = at.context("no such column")?;
    // No text of the book has a comma.
    lines
        .map(|line| minor(line.split(',').nth(at).filter(|cell| !cell.is_empty()).unwrap_or("–")))
        .sum::<Option<i64>>()
        .context("no amount")
}

/// Presses *CSV* and reads the file.
async fn saved(page: &Browser, folder: &Path) -> Result<String> {
    for old in fs::read_dir(folder)? {
        fs::remove_file(old?.path())?;
    }
    page.press("button", "CSV").await?;
    until("the file", async || {
        let files: Vec<PathBuf> =
            fs::read_dir(folder)?.map(|file| Ok(file?.path())).collect::<Result<_>>()?;
        // While it is written, the browser keeps its name with an empty file.
        let whole = match files.as_slice() {
            [file] if file.extension().is_some_and(|ending| ending == "csv") => fs::read_to_string(file)?,
            _ => String::new(),
        };
        Ok(Some(whole).filter(|whole| !whole.is_empty()))
    })
    .await
}

fn journal(text: &str, to: &Path) -> Result<()> {
    let daybook = to.with_extension("daybook");
    fs::write(&daybook, text)?;
    let made = Command::new(tests::counterfoil()?).args(["daybook", "journal"]).arg(&daybook).output()?;
    ensure!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    Ok(fs::write(to, made.stdout)?)
}

fn command(words: &[&str], book: &Path) -> Result<String> {
    let printed = Command::new(tests::counterfoil()?).arg("journal").args(words).arg(book).output()?;
    ensure!(printed.status.success(), "{}", String::from_utf8_lossy(&printed.stderr));
    Ok(String::from_utf8(printed.stdout)?)
}

#[test]
fn a_clerk_sees_no_reports() -> Result<()> {
    journey("reports-clerk", WIDE, async |page| {
        with_a_clerk(page).await?;
        page.find("link", "Reports").await?;
        sign_in(page, ANA, "Bob Fox", "2580").await?;
        page.lacks("link", "Reports").await?;
        page.go("/reports/takings").await?;
        page.see("Only an admin can see reports").await?;
        page.lacks("button", "CSV").await
    })
}

/// JavaScript that presses *Stop* once, as soon as it is there.
const STOP: &str = "new MutationObserver((_, observer) => {
    const stop = [...document.querySelectorAll('.report-reading button')].find(button => button.innerText === 'Stop');
    if (stop) { observer.disconnect(); stop.click(); }
}).observe(document.body, {childList: true, subtree: true})";

/// JavaScript that opens the ageing and sets `took` to the milliseconds until it is drawn.
const MEASURE: &str = "(() => {
    const began = performance.now();
    const look = () => document.querySelector('.report-table caption')?.textContent.startsWith('Owed by age')
        ? requestAnimationFrame(() => { window.took = Math.round(performance.now() - began); })
        : requestAnimationFrame(look);
    document.getElementById('tab-ageing').click();
    look();
})()";

#[test]
fn a_long_book_shows_ageing_at_once_and_other_reports_with_progress() -> Result<()> {
    journey("reports-many", WIDE, async |page| {
        const COUNT: usize = 20_000;
        let mut book = "@2026-01-05\nshop \"Corner Shop\" GBP\n".to_owned();
        for customer in 0..2_000 {
            let _ = writeln!(book, "customer c-{customer} \"Customer {customer:04}\"");
        }
        for order in 0..COUNT {
            let _ = writeln!(book, "order O-{order} c-{} 1.00 tax 20%", order % 2_000);
        }
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("book.jsonl");
        journal(&book, &file)?;
        page.go("/").await?;
        page.upload("Open a backup", &file).await?;
        within(4 * TIMEOUT, "the book to be received", async || {
            Ok(page.has("heading", "Corner Shop is back").await?.then_some(()))
        })
        .await?;
        page.press("link", "Go to the counter").await?;
        page.press("link", "Reports").await?;
        page.cell_is("All", "Owed", "20,000.00").await?;
        let rows = page.eval("document.querySelectorAll('.report-table tbody tr').length").await?;
        ensure!(rows.as_u64().context("a count")? <= 130, "{rows} rows were drawn");

        page.go("/reports?from=2026-01-01&to=2026-01-31").await?;
        page.find("tab", "Tax by rate").await?;
        page.eval(STOP).await?;
        page.press("tab", "Tax by rate").await?;
        page.see("Reading was stopped.").await?;
        page.press("button", "Read the report").await?;
        page.with_timeout(4 * TIMEOUT).cell_is("20 %", "Tax due", "3,400.00").await?;
        page.eval(MEASURE).await?;
        let took =
            until("the measured time", async || Ok(page.eval("window.took ?? null").await?.as_u64())).await?;
        println!("ageing of {COUNT} orders, from the press to the drawn table: {took} ms");
        ensure!(took < 3_000, "{took} ms");
        Ok(())
    })
}
