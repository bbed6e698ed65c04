//! The papers of many customers by mail in one press, through a real endpoint and a real mail server; what cannot be sent is printed.

use crate::steps;
use crate::sync::{UNREACHABLE, connect, exchanged};
use anyhow::{Result, ensure};
use tests::{Journey, Mailbox, NARROW, Size, WIDE, journey_with_mail};

/// Two customers with an address, one without, and one who will want no mail.
const DAY: &str = r#"
shop "Corner Shop" GBP
customer ana "Ana Lima" email "ana@example.net"
customer ben "Ben Sand"
customer mira "Mira Patel" email "mira@example.net"
customer zoe "Zoe Cohen" email "zoe@example.net"
order O-1 ana 40.00 due 2026-02-01
order O-2 ben 30.00 due 2026-02-01
order O-3 mira 20.00 due 2026-02-01
order O-4 zoe 10.00 due 2026-02-01
"#;

#[test]
fn reminders_go_by_mail_in_one_press_and_the_rest_is_printed_on_a_wide_screen() -> Result<()> {
    run(WIDE)
}

#[test]
fn reminders_go_by_mail_in_one_press_and_the_rest_is_printed_on_a_narrow_screen() -> Result<()> {
    run(NARROW)
}

fn run(size: Size) -> Result<()> {
    journey_with_mail("mail-run", size, async |page, mailbox| {
        page.expect_console(UNREACHABLE);
        steps::open_day_book(page, DAY).await?;
        connect(page).await?;
        exchanged(page).await?;
        steps::find_customer(page, "Zoe Cohen").await?;
        let account = page.path().await?;
        page.go(&format!("{account}/edit")).await?;
        page.check("No papers by mail").await?;
        page.press("button", "Save").await?;
        page.find("heading", "Zoe Cohen").await?;
        exchanged(page).await?;
        page.offline_ready().await?;
        interrupted(page, mailbox).await?;
        sent(page, mailbox).await?;
        again(page, mailbox).await
    })
}

async fn prepare(page: &Journey) -> Result<()> {
    page.go("/customers/statements").await?;
    page.choose("For", "Reminders to everyone overdue").await?;
    page.press("button", "Prepare").await?;
    page.see("4 papers, one after the other in one print run").await
}

/// Without the server it stops at the first one, and says so.
async fn interrupted(page: &mut Journey, mailbox: &Mailbox) -> Result<()> {
    prepare(page).await?;
    page.server.stop().await?;
    page.press("button", "Send by mail").await?;
    page.see("Send 2 papers by mail?").await?;
    page.see("By mail: 2. To print, because the customer has no e-mail address or wants no mails: 2.")
        .await?;
    let found = page.survey("mail-run-question").await?;
    ensure!(found.is_empty(), "{found:?}");
    page.press("button", "Yes").await?;
    page.see("0 of 2 handed to the server, then it stopped.").await?;
    ensure!(mailbox.count()? == 0, "nothing is sent");
    page.server.resume().await
}

/// What waited on this device, and the rest: each once.
async fn sent(page: &Journey, mailbox: &Mailbox) -> Result<()> {
    exchanged(page).await?;
    prepare(page).await?;
    page.press("button", "Send by mail").await?;
    page.press("button", "Yes").await?;
    page.see("Handed to the server: 2. To print: 2.").await?;
    let (first, second) = (mailbox.last_of(1).await?, mailbox.last_of(2).await?);
    let mut all: Vec<String> =
        [first, second].iter().map(|mail| format!("{} {}", mail["to"], mail["text"])).collect();
    all.sort();
    let [ana, mira] = all.as_slice() else { unreachable!() };
    ensure!(ana.contains("ana@example.net") && ana.contains("£40.00") && !ana.contains("Mira"), "{ana}");
    ensure!(mira.contains("mira@example.net") && mira.contains("£20.00"), "{mira}");
    let found = page.survey("mail-run-sent").await?;
    ensure!(found.is_empty(), "{found:?}");
    // What went by mail is not printed.
    page.find("button", "Print the other 2 papers").await?;
    let rest = page.print("mail-run-rest").await?;
    rest.has(&["Ben Sand", "Zoe Cohen"])?;
    rest.lacks(&["Ana Lima", "Mira Patel"])
}

/// The same run on the same day sends nothing twice.
async fn again(page: &Journey, mailbox: &Mailbox) -> Result<()> {
    prepare(page).await?;
    let all = page.print("mail-run-again").await?;
    all.has(&["Ana Lima", "Ben Sand", "Mira Patel", "Zoe Cohen"])?;
    page.press("button", "Send by mail").await?;
    page.press("button", "Yes").await?;
    page.see("Handed to the server: 2. To print: 2.").await?;
    exchanged(page).await?;
    ensure!(mailbox.count()? == 2, "{} mails", mailbox.count()?);
    Ok(())
}
