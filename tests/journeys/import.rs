//! Import: customers, open orders and credit from CSV files in every usual encoding; mistakes by line; stopping and going on.

use crate::steps;
use anyhow::{Context, Result, ensure};
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;
use tests::{Browser, NARROW, WIDE, journey, until};

const CUSTOMERS: &str = "Customer no;Name;Type;Telephone;E-mail;Remarks;Street;Zip;City;VAT no.;Language;Contact\n\
    1001;Zoë Groß;;+44 7700 900118;zoe@example.net;calls \"\"after\"\" six;;;;;;\n\
    1002;Palmer Ltd;company;;post@palmer.example;;3 Quay Road;BS1 5UP;Bristol;GB 123;German;Dee Okafor\n\
    1003;\"Okafor; Dee\";person;020 7946 0011;;;;;;;;\n";

const ORDERS: &str = "Customer no;Invoice;Invoice date;Due date;Details;Balance due\n\
    1001;R-17;3.2.2026;28.2.2026;Full service;1.234,50\n\
    1002;R-18;15.2.2026;;;70,00\n";

const CREDITS: &str = "E-mail,Reference,Date,Amount\nzoe@example.net,G-4,2026-02-20,25.00\n";

const ITEMS: &str = "Product;Barcode;Unit price;VAT %\n\
    Kettenöl;5012345678900;8,50;20\n\
    Full service;;60,00;\n\
    Bell;=1+1;5,00;20\n";

/// A file in a folder of its own.
struct Written(#[allow(dead_code)] TempDir, PathBuf);

/// Each file has a name of its own, by which the page shows that it has read it.
fn written(bytes: &[u8]) -> Result<Written> {
    static COUNT: AtomicUsize = AtomicUsize::new(1);
    let folder = tempfile::tempdir()?;
    let path = folder.path().join(format!("list-{}.csv", COUNT.fetch_add(1, Ordering::Relaxed)));
    fs::write(&path, bytes)?;
    Ok(Written(folder, path))
}

fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

async fn choose(page: &Browser, button: &str, bytes: &[u8]) -> Result<()> {
    let file = written(bytes)?;
    page.upload(button, &file.1).await?;
    let name = file.1.file_name().and_then(|name| name.to_str()).context("a name")?;
    page.see(&format!("{name}: ")).await?;
    page.find("heading", "What will be recorded").await.map(drop)
}

/// The journey of a shop that brings its books: from its empty list of customers to what they owe.
async fn bring_the_books(page: &Browser) -> Result<()> {
    steps::set_up(page).await?;
    page.go("/customers").await?;
    page.press("link", "Import customers").await?;
    page.find("heading", "Import").await?;
    let found = page.survey("import").await?;
    ensure!(found.is_empty(), "{found:?}");
    let before = page.entry_count().await?;
    choose(page, "Choose a file", &latin(CUSTOMERS)).await?;
    page.see("3 customers are new.").await?;
    page.holds("Encoding", "Windows-1252").await?;
    page.see("Zoë Groß").await?;
    ensure!(page.entry_count().await? == before, "written before it was confirmed");
    let found = page.survey("import-customers").await?;
    ensure!(found.is_empty(), "{found:?}");
    page.press("button", "Import 3 customers").await?;
    page.find("heading", "3 rows imported").await?;
    let found = page.survey("import-done").await?;
    ensure!(found.is_empty(), "{found:?}");
    ensure!(page.entry_count().await? == before + 4, "each customer once, and what else is known of one");

    // The same file, in another encoding, adds nothing.
    page.press("button", "Import another file").await?;
    choose(page, "Choose a file", &utf16(&format!("\u{feff}{CUSTOMERS}"), u16::to_le_bytes)).await?;
    page.see("3 rows are recorded already and stay as they are.").await?;
    page.see("Nothing of this file is new.").await?;

    page.check("Open orders").await?;
    choose(page, "Choose another file", ORDERS.as_bytes()).await?;
    page.see("2 open orders are new.").await?;
    page.holds("Dates", "Day, month, year: 28/2/2026").await?;
    page.holds("Amounts", "1.234,50").await?;
    page.see("1,234.50").await?;
    let found = page.survey("import-orders").await?;
    ensure!(found.is_empty(), "{found:?}");
    page.press("button", "Import 2 open orders").await?;
    page.find("heading", "2 rows imported").await?;
    page.press("button", "Import another file").await?;
    choose(page, "Choose a file", ORDERS.as_bytes()).await?;
    page.see("2 rows are recorded already").await?;

    page.check("Opening credits").await?;
    choose(page, "Choose another file", CREDITS.as_bytes()).await?;
    page.press("button", "Import 1 opening credit").await?;
    page.find("heading", "1 row imported").await?;
    ensure!(page.entry_count().await? == before + 7, "customers, orders and credit, each once");
    page.press("button", "Import another file").await?;
    page.check("Items").await?;
    choose(page, "Choose a file", ITEMS.as_bytes()).await?;
    page.see("2 items are new.").await?;
    page.see("Code: this would be a formula").await?;
    page.lacks("combobox", "Dates").await?;
    let found = page.survey("import-items").await?;
    ensure!(found.is_empty(), "{found:?}");
    page.press("button", "Import 2 items").await?;
    page.find("heading", "2 rows imported").await?;
    page.press("button", "Import another file").await?;
    choose(page, "Choose a file", ITEMS.as_bytes()).await?;
    page.see("2 rows are recorded already").await?;
    page.see("Nothing of this file is new.").await?;
    ensure!(page.entry_count().await? == before + 9, "each item once");
    page.go("/settings/items").await?;
    page.see("Kettenöl").await?;
    page.see("£8.50").await?;
    steps::find_customer(page, "Zoë Groß").await?;
    page.see("Owes £1,234.50").await?;
    page.see("Available credit £25.00").await?;
    page.see("Full service").await?;
    steps::find_customer(page, "Palmer Ltd").await?;
    page.see("Owes £70.00").await
}

#[test]
fn customers_orders_and_credit_come_from_files_on_a_wide_screen() -> Result<()> {
    journey("import", WIDE, async |page| bring_the_books(page).await)
}

#[test]
fn customers_orders_and_credit_come_from_files_on_a_phone() -> Result<()> {
    journey("import-phone", NARROW, async |page| bring_the_books(page).await)
}

#[test]
fn a_column_that_was_not_found_is_chosen_by_hand() -> Result<()> {
    journey("import-columns", WIDE, async |page| {
        steps::set_up(page).await?;
        page.go("/settings").await?;
        page.press("link", "Import").await?;
        choose(page, "Choose a file", b"Kunde,Ort\nMira Patel,Leeds\n").await?;
        page.see("Choose the column that holds: Name").await?;
        page.lacks("button", "Import 1 customer").await?;
        page.choose("Name", "Kunde").await?;
        page.see("First row: Mira Patel").await?;
        page.press("button", "Import 1 customer").await?;
        page.find("heading", "1 row imported").await?;
        // A customer of this name is here now, and is found under any heading of the column.
        page.press("button", "Import another file").await?;
        choose(page, "Choose a file", b"Name,Phone\nmira  PATEL,07700 900118\n").await?;
        page.see("Mira Patel is here already, with the same name").await?;
        page.lacks("button", "Import 1 customer").await?;
        page.check("Add customers who look like ones who are here").await?;
        page.press("button", "Import 1 customer").await?;
        page.find("heading", "1 row imported").await.map(drop)
    })
}

/// A file of 10,000 orders, each 40th with a mistake; and the line and the words of each mistake.
fn with_mistakes() -> (String, Vec<(usize, &'static str)>) {
    let columns = ",".repeat(59_999);
    let kinds: [(&str, &str); 10] = [
        ("1001,M{n},31/2/2026,,a,5.00", "Date: no date as chosen above"),
        ("1001,M{n},3/2/26,,a,5.00", "Date: Enter all four digits of the year"),
        ("1001,M{n},3/2/2199,,a,5.00", "or an earlier date"),
        ("1001,R1,3/2/2026,,a,5.00", "Line 2 has the same number"),
        ("1001,=1+M{n},3/2/2026,,a,5.00", "Reference: this would be a formula"),
        ("1009,M{n},3/2/2026,,a,5.00", "There is no customer “1009” here"),
        ("1001,M{n},3/2/2026,,a,5.005", "Amount: Enter the amount like"),
        ("1001,M{n},3/2/2026,,a", "5 fields, and the first line has 6 headings"),
        ("1001,M{n},3/2/2026,,\"a,5.00", "A quotation mark opens a field and is never closed"),
        (columns.as_str(), "60000 columns; a file can have 200"),
    ];
    let mut text = "Customer no,Invoice,Date,Due,Details,Amount\n".to_owned();
    let mut mistakes = Vec::new();
    for row in 1..=10_000_usize {
        let (kind, says) = kinds.get(row / 40 % kinds.len()).copied().unwrap_or_default();
        if row % 40 == 0 {
            let _ = writeln!(text, "{}", kind.replace("{n}", &row.to_string()));
            mistakes.push((row + 1, says));
        } else {
            let _ = writeln!(text, "1001,R{row},3/2/2026,,Zoë’s wheel,1.00");
        }
    }
    (text, mistakes)
}

/// The lines and sentences of the table of problems, all of them.
async fn problems(page: &Browser, count: usize) -> Result<Vec<(usize, String)>> {
    let rows = "[...([...document.querySelectorAll('table')].find(table => table.caption.textContent === 'Problems by line')?.tBodies[0].rows ?? [])].map(row => [...row.cells].map(cell => cell.textContent))";
    let read = until("all problems", async || {
        let read = page.eval(rows).await?;
        if read.as_array().map_or(0, Vec::len) < count {
            page.press("button", "Show more").await?;
            return Ok(None);
        }
        Ok(Some(read))
    });
    let read: Vec<(String, String)> = serde_json::from_value(read.await?)?;
    read.into_iter().map(|(line, says)| Ok((line.parse().context("a line")?, says))).collect()
}

#[test]
fn every_mistake_among_ten_thousand_rows_is_named_by_its_line_and_nothing_is_written() -> Result<()> {
    journey("import-mistakes", WIDE, async |page| {
        steps::set_up(page).await?;
        page.go("/settings/import").await?;
        choose(page, "Choose a file", CUSTOMERS.as_bytes()).await?;
        page.press("button", "Import 3 customers").await?;
        page.press("button", "Import another file").await?;
        page.check("Open orders").await?;
        let before = page.entry_count().await?;
        let (text, mistakes) = with_mistakes();
        let bytes = [
            text.as_bytes().to_vec(),
            format!("\u{feff}{text}").into_bytes(),
            utf16(&text, u16::to_be_bytes),
            latin(&text.replace('’', "'")),
        ];
        for (at, bytes) in bytes.iter().enumerate() {
            let button = if at == 0 { "Choose a file" } else { "Choose another file" };
            choose(page, button, bytes).await?;
            page.see("250 problems were found.").await?;
            page.see("9750 open orders are new.").await?;
            let found = problems(page, mistakes.len()).await?;
            for ((line, says), (expected, words)) in found.iter().zip(&mistakes) {
                ensure!(line == expected && says.contains(words), "{line}: {says}, not {expected}: {words}");
            }
            ensure!(found.len() == mistakes.len(), "{} problems, not {}", found.len(), mistakes.len());
        }
        let found = page.survey("import-mistakes").await?;
        ensure!(found.is_empty(), "{found:?}");
        ensure!(page.entry_count().await? == before, "something was written");
        // What is no table is said at once.
        for (bytes, says) in [(&b"PK\x03\x04"[..], "This is a workbook."), (b"", "This file is empty.")] {
            let file = written(bytes)?;
            page.upload("Choose another file", &file.1).await?;
            page.see(says).await?;
        }
        Ok(())
    })
}

/// Counts the milliseconds of the longest time in which the page did nothing else.
const WATCH: &str = "(() => { let last = performance.now(); window.longest = 0;
    setInterval(() => { const now = performance.now(); window.longest = Math.max(window.longest, now - last); last = now; }, 10); })()";

#[test]
fn ten_thousand_customers_are_stopped_and_go_on_and_the_page_stays_usable() -> Result<()> {
    journey("import-many", WIDE, async |page| {
        steps::set_up(page).await?;
        page.go("/settings/import").await?;
        let before = page.entry_count().await?;
        let mut text = "No,Name,Phone,E-mail\n".to_owned();
        for row in 1..=10_000 {
            let _ = writeln!(text, "{row},Customer {row:05},0{},c{row}@example.net", 7_700_000_000_u64 + row);
        }
        choose(page, "Choose a file", text.as_bytes()).await?;
        page.eval(WATCH).await?;
        page.press("button", "Import 10000 customers").await?;
        page.press("button", "Stop").await?;
        page.see("Stopped: ").await?;
        let stopped = page.entry_count().await? - before;
        ensure!(stopped > 0 && stopped < 10_000, "{stopped} written when it stopped");
        page.see(&format!("Stopped: {stopped} of 10000 rows are recorded")).await?;
        let started = std::time::Instant::now();
        page.press("button", "Go on").await?;
        page.see("10000 rows imported").await?;
        let took = started.elapsed();
        ensure!(page.entry_count().await? - before == 10_000, "each customer once");
        let longest = page.eval("window.longest").await?.as_f64().context("a time")?;
        println!("{} customers in {took:.1?}, the longest pause {longest:.0} ms", 10_000 - stopped);
        ensure!(longest < 1_000.0, "the page stood still for {longest} ms");
        page.press("link", "See the customers").await?;
        page.see("10000 customers").await
    })
}
