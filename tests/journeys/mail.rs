//! Papers by mail, through a real endpoint and a real mail server: the receipt after a payment, the confirmation of a refund, what waits
//! without a connection, and what the mail server refuses.

use crate::steps;
use crate::sync::{UNREACHABLE, connect};
use anyhow::{Result, ensure};
use serde_json::Value;
use tests::{Browser, Journey, Mailbox, NARROW, Size, WIDE, journey_with_mail};

/// A name that would be markup if it were not text.
const NAME: &str = "<img onerror=x>";

#[test]
fn receipts_and_refund_slips_are_sent_by_mail_on_a_wide_screen() -> Result<()> {
    by_mail(WIDE)
}

#[test]
fn receipts_and_refund_slips_are_sent_by_mail_on_a_narrow_screen() -> Result<()> {
    by_mail(NARROW)
}

fn by_mail(size: Size) -> Result<()> {
    journey_with_mail("mail", size, async |page, mailbox| {
        steps::set_up(page).await?;
        connect(page).await?;
        page.go("/customers/new").await?;
        page.fill("Name", NAME).await?;
        page.fill("E-mail", "mira@example.net").await?;
        page.press("button", "Add Customer").await?;
        page.find("heading", NAME).await?;
        steps::add_order(page).await?;
        let order = page.path().await?;
        receipt(page, mailbox).await?;
        page.go(&order).await?;
        refund_slip(page, mailbox).await?;
        on_the_account(page, &order).await?;
        page.offline_ready().await?;
        page.go(&order).await?;
        without_a_connection(page, mailbox).await?;
        refused_and_sent_again(page, mailbox).await?;
        unwanted(page, &order).await
    })
}

/// Sends from the open form to the address that it has.
pub async fn send(page: &Browser) -> Result<()> {
    page.within("dialog", "Send by mail").press("button", "Send").await
}

/// Checks that a part of a mail has these texts, whatever space is between their words.
pub fn has(mail: &Value, part: &str, texts: &[&str]) -> Result<()> {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let found = words(mail[part].as_str().unwrap_or_default());
    for text in texts {
        ensure!(found.contains(&words(text)), "{part} lacks {text}: {found}");
    }
    Ok(())
}

/// Seed 003: the customer receives the receipt by e-mail.
async fn receipt(page: &Browser, mailbox: &Mailbox) -> Result<()> {
    steps::pay_uncounted(page, "50.00").await?;
    page.press("link", "Send by mail").await?;
    page.holds("E-mail address", "mira@example.net").await?;
    let found = page.survey("mail-form").await?;
    ensure!(found.is_empty(), "{found:?}");
    page.fill("E-mail address", "mira@example").await?;
    send(page).await?;
    let problem = page.problem("E-mail address").await?.unwrap_or_default();
    ensure!(problem.contains("Enter one address like name@example.org"), "{problem}");
    page.fill("E-mail address", "mira@example.net").await?;
    send(page).await?;
    page.within("list", "Sent by mail").see("Sent").await?;
    let mail = mailbox.last_of(1).await?;
    has(&mail, "to", &["mira@example.net"])?;
    has(&mail, "from", &["Harbour Cycles <shop@example.org>"])?;
    has(&mail, "subject", &["Receipt AP-0001 from Harbour Cycles"])?;
    has(&mail, "text", &[NAME, "£50.00", "AP-0001", "Owed after this £70.00"])?;
    has(&mail, "html", &["&lt;img onerror=x&gt;", "£50.00", "£70.00"])?;
    let html = mail.get("html").and_then(Value::as_str).unwrap_or_default();
    ensure!(!html.contains("<img") && !html.contains("<svg") && !html.contains("<script"), "{html}");
    let found = page.survey("mail-sent").await?;
    ensure!(found.is_empty(), "{found:?}");
    Ok(())
}

/// Seeds 000 and 001: the customer receives a confirmation of the refund.
async fn refund_slip(page: &Browser, mailbox: &Mailbox) -> Result<()> {
    steps::fill_refund_step_one(page).await?;
    page.press("button", "Same as now").await?;
    page.press("button", "Next").await?;
    page.press("button", "Record refund").await?;
    page.see("of £50.00 recorded").await?;
    page.press("link", "Send by mail").await?;
    send(page).await?;
    page.within("list", "Sent by mail").see("Sent").await?;
    let mail = mailbox.last_of(2).await?;
    has(&mail, "subject", &["Refund AR-0001 from Harbour Cycles"])?;
    has(&mail, "text", &["£50.00", "Returned goods", "AR-0001"])?;
    // It has come back to the mailbox of the shop, which a person reads.
    page.press("button", "The mail to mira@example.net came back").await?;
    page.within("list", "Sent by mail").see("Came back").await?;
    let found = page.survey("mail-came-back").await?;
    ensure!(found.is_empty(), "{found:?}");
    Ok(())
}

/// The account shows what has become of the mails of its documents.
async fn on_the_account(page: &Browser, order: &str) -> Result<()> {
    let (account, _) = order.split_once("/orders/").unwrap_or_default();
    page.go(account).await?;
    page.press("tab", "Payments").await?;
    page.see("mailed").await?;
    page.press("tab", "Refunds").await?;
    page.see("mail came back").await?;
    let found = page.survey("mails-on-the-account").await?;
    ensure!(found.is_empty(), "{found:?}");
    Ok(())
}

async fn without_a_connection(page: &mut Journey, mailbox: &Mailbox) -> Result<()> {
    page.expect_console(UNREACHABLE);
    page.server.stop().await?;
    steps::pay_uncounted(page, "10.00").await?;
    page.press("link", "Send by mail").await?;
    send(page).await?;
    page.see("Waits on this device and is sent when the server answers.").await?;
    // It is still there after a restart.
    page.reload().await?;
    page.see("Waits on this device and is sent when the server answers.").await?;
    ensure!(mailbox.count()? == 2, "{}", mailbox.count()?);
    page.server.resume().await?;
    let mail = mailbox.last_of(3).await?;
    has(&mail, "text", &["£10.00"])?;
    page.within("list", "Sent by mail").see("Sent").await?;
    ensure!(mailbox.count()? == 3, "{}", mailbox.count()?);
    Ok(())
}

async fn refused_and_sent_again(page: &Browser, mailbox: &Mailbox) -> Result<()> {
    page.press("button", "Send by mail").await?;
    page.fill("E-mail address", "unknown@example.net").await?;
    send(page).await?;
    page.see("The mail server said: 550 5.1.1 no such user here").await?;
    let found = page.survey("mail-refused").await?;
    ensure!(found.is_empty(), "{found:?}");
    page.press("button", "Send again to mira@example.net").await?;
    page.holds("E-mail address", "mira@example.net").await?;
    send(page).await?;
    let (first, again) = (mailbox.last_of(3).await?, mailbox.last_of(4).await?);
    let both = |part| (first.get(part), again.get(part));
    let ((text, text_again), (id, id_again)) = (both("text"), both("id"));
    ensure!(text.is_some() && text == text_again && id.is_some() && id != id_again, "{first} {again}");
    Ok(())
}

async fn unwanted(page: &Browser, order: &str) -> Result<()> {
    let (account, _) = order.split_once("/orders/").unwrap_or_default();
    let paper = page.path().await?;
    page.go(&format!("{account}/edit")).await?;
    page.check("No papers by mail").await?;
    page.press("button", "Save").await?;
    page.find("heading", NAME).await?;
    page.go(paper.split('?').next().unwrap_or_default()).await?;
    page.see("The customer wants no papers by mail.").await
}
