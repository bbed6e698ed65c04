//! Paper: each document is printed alone, at its own size, with both parties, its number, its tax and its totals, and without notes.

use crate::steps;
use anyhow::{Result, ensure};
use tests::{Browser, NARROW, Pdf, WIDE, journey};

/// A day with a document of each kind; every note is internal.
const DAY: &str = r#"
shop "Corner Shop" GBP
bank "High Street Bank"
customer mira "Mira Patel"
order O-1 mira lines "Chair" 2 x 60.00 tax 20%, "Book" 1 x 32.00 due 2026-12-24 reference "PO 2231"
pay P-1 mira 60.00 cash to O-1 tendered 70.00 note "secret one"
credit-note N-1 O-1 return 1 x "Chair" reason "Returned goods" note "secret two"
refund R-1 O-1 30.00 cash from P-1 stays reason "Overcharge" note "secret three"
credit C-1 mira 12.00 reason "Goodwill" note "secret four"
payout X-1 mira 10.00 bank from C-1 note "secret five"
"#;

/// What no paper has: notes, and the screen around it.
const NEVER: [&str; 7] =
    ["secret", "Send", "Customers", "Settings", "Skip to content", "Saved here", "Counterfoil"];

/// Opens a row's paper from a tab of the account, prints it, and checks what every paper has.
async fn printed(page: &Browser, tab: &str, row: &str, item: &str, title: &str) -> Result<Pdf> {
    steps::find_customer(page, "Mira Patel").await?;
    page.press("tab", tab).await?;
    page.press("button", &format!("Actions for {row}")).await?;
    page.press("menuitem", item).await?;
    print(page, title).await
}

async fn print(page: &Browser, title: &str) -> Result<Pdf> {
    page.find("heading", title).await?;
    let name = title.to_lowercase().replace(' ', "-");
    let found = page.survey(&format!("paper-{name}")).await?;
    ensure!(found.is_empty(), "{found:?}");
    let pdf = page.print(&format!("paper-{name}")).await?;
    // A long title takes two lines on a slip, beside the date.
    let number = title.rsplit(' ').next().unwrap_or_default();
    pdf.has(&["Corner Shop", "Mira Patel", number])?;
    pdf.lacks(&NEVER)?;
    Ok(pdf)
}

fn is_a_roll(pdf: &Pdf) -> Result<()> {
    let [(80, length)] = pdf.pages[..] else { anyhow::bail!("not one page of 80 mm: {:?}", pdf.pages) };
    ensure!((80..320).contains(&length), "{length} mm");
    Ok(())
}

fn is_a4(pdf: &Pdf, pages: usize) -> Result<()> {
    ensure!(pdf.pages == vec![(210, 297); pages], "{:?}", pdf.pages);
    Ok(())
}

#[test]
fn every_document_is_printed_alone_with_its_figures_and_without_notes() -> Result<()> {
    journey("paper", WIDE, async |page| {
        steps::open_day_book(page, DAY).await?;
        let receipt = printed(page, "Payments", "AP-0001", "Print receipt", "Receipt AP-0001").await?;
        is_a_roll(&receipt)?;
        receipt.has(&[
            "Paid in cash",
            "£60.00",
            "Change £10.00",
            "Chair",
            "2 at 60.00",
            "Order AI-0001 152.00",
        ])?;
        receipt.has(&["A 20 % 100.00 20.00 120.00", "Owed after this £92.00"])?;
        // The printer of this counter has sheets: that is remembered.
        page.choose("Print on", "A4 sheet").await?;
        let on_sheet = print(page, "Receipt AP-0001").await?;
        is_a4(&on_sheet, 1)?;
        on_sheet.has(&["Paid in cash", "£60.00", "Chair 2 60.00 20 % 120.00", "20 % 100.00 20.00 120.00"])?;
        on_sheet.has(&["Order AI-0001", "Paid on it now 60.00", "Change 10.00", "Owed 152.00 → 92.00"])?;
        page.reload().await?;
        is_a4(&print(page, "Receipt AP-0001").await?, 1)?;
        page.choose("Print on", "80 mm roll").await?;
        is_a_roll(&print(page, "Receipt AP-0001").await?)?;

        let invoice = printed(page, "Orders", "AI-0001", "Print invoice", "Invoice AI-0001").await?;
        is_a4(&invoice, 1)?;
        invoice.has(&["PO 2231", "24 Dec 2026", "20 % 100.00 20.00 120.00", "Net 132.00", "Total 152.00"])?;
        invoice.has(&["Bank transfer High Street Bank", "Invoice AI-0001 · page 1/1"])?;

        let note = printed(page, "Credits", "AC-0001", "Print credit note", "Credit note AC-0001").await?;
        is_a4(&note, 1)?;
        note.has(&["For invoice AI-0001", "Returned goods", "Chair 2 1 60.00 20 % 60.00"])?;
        note.has(&["20 % 50.00 10.00 60.00", "Credited £60.00"])?;

        let slip = printed(page, "Refunds", "AR-0001", "Print slip", "Refund AR-0001").await?;
        is_a_roll(&slip)?;
        slip.has(&[
            "Given back £30.00",
            "Cash, Drawer A",
            "AP-0001",
            "Overcharge",
            "I have received £30.00.",
        ])?;
        slip.has(&["of which tax, 20 %", "Before", "After"])?;

        let slip = printed(page, "Refunds", "AR-0002", "Print slip", "Refund of credit AR-0002").await?;
        slip.has(&["To be paid to you £10.00", "AC-0002", "Available credit 12.00 → 2.00"])?;
        Ok(())
    })
}

/// A day of one counter: what was in the drawer, what moved, a count with a difference, and commission. The order is of the day before.
const TILL: &str = r#"@2026-03-02
shop "Corner Shop" GBP
bank "Current"
partner pat "Pat Lee" 10%
customer mira "Mira Patel"
opening 200.00 cash
order O-1 mira 120.00 tax 20% sale pat
pay P-1 mira 20.00 card to O-1
@2026-03-03
pay P-2 mira 60.00 cash to O-1
refund R-1 O-1 15.00 cash from P-2 stays reason "Overcharge"
credit C-1 mira 12.00 reason "Goodwill"
payout X-1 mira 10.00 cash from C-1
complete X-1
pay-partner pat 2.00 cash
move-cash 100.00 to bank
count 132.50
"#;

#[test]
fn a_day_has_a_report_with_its_drawer_on_a_roll_and_a_sheet() -> Result<()> {
    journey("paper-day", WIDE, async |page| {
        steps::open_day_book(page, TILL).await?;
        page.go("/money").await?;
        page.press("link", "Day report").await?;
        page.find("heading", "Day report").await?;
        steps::set_date(page, "day", "2199-01-01").await?;
        page.see("Choose a day up to today").await?;
        steps::set_date(page, "day", "2026-03-03").await?;
        page.see("3 Mar 2026").await?;
        let found = page.survey("paper-day").await?;
        ensure!(found.is_empty(), "{found:?}");
        let roll = page.print("paper-day-roll").await?;
        is_a_roll(&roll)?;
        let figures = [
            "Cash 60.00 −25.00 35.00",
            "All 60.00 −25.00 35.00",
            "Opening 200.00 Payments 60.00 Refunds −15.00 Pay-outs −10.00 Paid to partners −2.00 Moved −100.00 Expected 133.00",
            "132.50 Difference −0.50 Closing 132.50",
            "Overcharge 15.00",
            "Earned 5.00",
        ];
        roll.has(&figures)?;
        roll.lacks(&NEVER)?;
        page.find("image", "Code to check 2026-03-03").await?;
        page.choose("Print on", "A4 sheet").await?;
        page.see("not sealed yet").await?;
        let sheet = page.print("paper-day-a4").await?;
        is_a4(&sheet, 1)?;
        sheet.has(&figures)?;
        let typed = format!("2026-03-03 {}", crate::slips::check_characters(&sheet)?);
        ensure!(roll.text.contains(&crate::slips::check_characters(&sheet)?), "{}", roll.text);
        // The day before: what it closes with is what the next one opens with.
        steps::set_date(page, "day", "2026-03-02").await?;
        page.see("2 Mar 2026").await?;
        page.print("paper-day-before").await?.has(&[
            "Card 20.00 – 20.00",
            "Expected 200.00 Closing 200.00",
            "Card clearing Amount",
        ])?;
        page.go("/check").await?;
        page.fill("Code", &typed).await?;
        page.press("button", "Check").await?;
        page.find("heading", "Genuine").await?;
        page.see("£35.00").await?;
        page.press("link", "Day report, 3 Mar 2026").await?;
        page.find("image", "Code to check 2026-03-03").await.map(drop)
    })
}

#[test]
fn a_statement_has_two_running_figures_and_repeats_its_head_on_every_page() -> Result<()> {
    journey("paper-statement", NARROW, async |page| {
        let mut day = DAY.to_owned();
        for number in 2..60 {
            day.push_str(&format!("order O-{number} mira {number}.00\n"));
        }
        steps::open_day_book(page, &day).await?;
        steps::find_customer(page, "Mira Patel").await?;
        steps::choose_of_page(page, "Mira Patel", "Statement").await?;
        let statement = print(page, "Statement of account").await?;
        is_a4(&statement, 3)?;
        let heads = statement.text.matches("What you owe").count();
        ensure!(heads == 3, "{heads} heads on three pages:\n{}", statement.text);
        statement.has(&["Opening 0.00 0.00", "Credit note AC-0001", "page 1/3", "page 3/3"])?;
        // Only this month: what came before is in the opening line.
        page.choose("Days", "Other days").await?;
        steps::set_date(page, "statement-from", "2099-01-01").await?;
        steps::set_date(page, "statement-to", "2098-01-01").await?;
        page.see("The last day is before the first one. Choose a later day.").await?;
        steps::set_date(page, "statement-to", "2099-01-31").await?;
        page.see("1 Jan 2099").await?;
        let later = page.print("paper-statement-later").await?;
        is_a4(&later, 1)?;
        later.lacks(&["Credit note AC-0001"])
    })
}

#[test]
fn statements_and_reminders_of_all_customers_are_one_print_run() -> Result<()> {
    journey("paper-run", WIDE, async |page| {
        let more = "customer otto \"Otto Grün\"\norder O-2 otto 40.00 due 2026-02-01\ncustomer kit \"Kit Brandt\"\n\
                    customer zoe \"זואי כהן\"\norder O-3 zoe 5.00 due 2099-01-01\n";
        steps::open_day_book(page, &format!("{DAY}{more}")).await?;
        page.go("/customers").await?;
        page.press("link", "Statements").await?;
        page.press("button", "Prepare").await?;
        page.see("3 papers, one after the other in one print run").await?;
        let found = page.survey("paper-run").await?;
        ensure!(found.is_empty(), "{found:?}");
        let run = page.print("paper-run").await?;
        is_a4(&run, 3)?;
        run.has(&[
            "Mira Patel",
            "Otto Grün",
            "Statement of account £40.00",
            "Statement of account £32.00",
            "Statement of account £5.00",
        ])?;
        run.lacks(&["Kit Brandt", "Prepare", "Everyone"])?;
        // Mira's order is due on 24 December, Zoe's in many years.
        page.choose("For", "Reminders to everyone overdue").await?;
        page.press("button", "Prepare").await?;
        page.see("1 paper").await?;
        let run = page.print("paper-reminders").await?;
        is_a4(&run, 1)?;
        run.has(&[
            "Payment reminder",
            "Otto Grün",
            "AI-0002 1 Feb 2026",
            "days overdue 40.00",
            "Payment reminder £40.00",
        ])?;
        page.choose("For", "Reminders to those overdue for more than 60 days").await?;
        page.press("button", "Prepare").await?;
        page.see("1 paper").await
    })
}
