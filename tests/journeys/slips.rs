//! *Check a slip*: what the code on a paper is worth.

use crate::steps;
use anyhow::{Context, Result, ensure};
use tests::{Browser, Pdf, WIDE, journey};

const DAY: &str = r#"
shop "Corner Shop" GBP
customer mira "Mira Patel"
order O-1 mira lines "Chair" 2 x 60.00 tax 20%, "Book" 1 x 32.00
pay P-1 mira 60.00 cash to O-1
pay P-2 mira 10.00 cash to O-1
"#;

/// The check characters on a paper: `3F9A 11C2`.
pub fn check_characters(paper: &Pdf) -> Result<String> {
    let (_, rest) = paper.text.split_once("Check ").context("no check characters")?;
    Ok(rest.split_whitespace().take(2).collect::<Vec<_>>().join(" "))
}

/// Opens the paper of a payment; returns it, and its code.
async fn receipt(page: &Browser, no: &str) -> Result<(Pdf, String)> {
    steps::find_customer(page, "Mira Patel").await?;
    page.press("tab", "Payments").await?;
    page.press("button", &format!("Actions for {no}")).await?;
    page.press("menuitem", "Print receipt").await?;
    page.find("heading", &format!("Receipt {no}")).await?;
    page.find("image", &format!("Code to check {no}")).await?;
    let link = "[...document.querySelectorAll('a')].find(a => a.textContent === 'Check this code').href";
    let link = page.eval(link).await?.as_str().unwrap_or_default().to_owned();
    let (_, code) = link.split_once("code=").context(link.clone())?;
    // A code of only the number would have 21 modules on a side, and a margin of 4 on each.
    let side =
        page.eval("+document.querySelector('.paper .qr').getAttribute('viewBox').split(' ')[2]").await?;
    ensure!(side.as_u64() > Some(29), "the QR code has {side} modules with its margin");
    Ok((page.print(&format!("slip-{no}")).await?, code.to_owned()))
}

/// Types a code and presses *Check*.
async fn check(page: &Browser, code: &str) -> Result<()> {
    page.fill("Code", code).await?;
    page.press("button", "Check").await
}

#[test]
fn a_slip_is_genuine_altered_superseded_of_another_shop_or_not_known() -> Result<()> {
    journey("slips", WIDE, async |page| {
        steps::open_day_book(page, DAY).await?;
        let (paper, code) = receipt(page, "AP-0001").await?;
        page.press("link", "Check this code").await?;
        page.find("heading", "Genuine").await?;

        page.go("/counter").await?;
        page.press("link", "Check a slip").await?;
        check(page, &format!("ap-0001 {}", check_characters(&paper)?)).await?;
        page.find("heading", "Genuine").await?;
        page.see("£60.00").await?;
        survey(page, "slip-genuine").await?;
        page.find("link", "Receipt AP-0001").await?;

        // The last digit of the hash, before the count.
        let hash = code.rsplit('.').nth(1).context("no hash in the code")?;
        let (begin, last) = hash.split_at(hash.len() - 1);
        let other = format!("{begin}{}", if last == "0" { "1" } else { "0" });
        check(page, &code.replacen(hash, &other, 1)).await?;
        page.find("heading", "Altered").await?;
        survey(page, "slip-altered").await?;
        check(page, &code.replacen("P-1.", "P-77.", 1)).await?;
        page.find("heading", "Not known here").await?;
        let parts: Vec<&str> = code.split('.').collect();
        let shop = parts.get(1).context("no shop in the code")?;
        check(page, &code.replacen(&format!(".{shop}."), ".OTHERSHOP.", 1)).await?;
        page.find("heading", "Of another shop").await?;
        check(page, "AP-0001").await?;
        page.see("This is no code of a slip. Scan the square code on the paper").await?;
        ensure!(page.problem("Code").await?.is_some(), "the field says so");
        page.lacks("heading", "Of another shop").await?;

        reverse(page, "AP-0001").await?;
        // A scanner types into the search of the counter.
        page.go("/counter").await?;
        page.fill("Find customer", &code).await?;
        page.find("option", "Check a slip").await?;
        page.press_keys("Enter").await?;
        page.find("heading", "Superseded").await?;
        page.see("AP-0001 reversed").await?;
        survey(page, "slip-superseded").await?;
        page.press("link", "Receipt AP-0001").await?;
        page.find("heading", "Payment AP-0001").await.map(drop)
    })
}

#[test]
fn the_camera_reads_a_slip_where_the_browser_can() -> Result<()> {
    journey("slip-camera", WIDE, async |page| {
        steps::open_day_book(page, DAY).await?;
        let (_, code) = receipt(page, "AP-0002").await?;
        page.press("link", "Counter").await?;
        page.press("link", "Check a slip").await?;
        page.find("button", "Check").await?;
        let allowed = page.eval("document.featurePolicy.allowsFeature('camera')").await?;
        ensure!(allowed == true, "the server lets the page use a camera");
        ensure!(!page.has("button", "Use the camera").await?, "this browser detects no codes");
        page.press("link", "Counter").await?;
        // A browser that can: its camera shows an empty picture, in which it finds the code at the third look.
        page.eval(&format!(
            "(() => {{ window.looks = 0;
             window.BarcodeDetector = class {{ async detect() {{ return ++window.looks < 3 ? [] : [{{ rawValue: '{code}' }}] }} }};
             navigator.mediaDevices.getUserMedia = async () => {{ const canvas = document.createElement('canvas'); const draw = canvas.getContext('2d');
                 setInterval(() => draw.fillRect(0, 0, 9, 9), 50); return window.stream ??= canvas.captureStream() }} }})()"
        ))
        .await?;
        page.press("link", "Check a slip").await?;
        page.press("button", "Use the camera").await?;
        page.find("heading", "Genuine").await?;
        page.see("£10.00").await?;
        page.find("button", "Use the camera").await?;
        let off = "window.stream.getTracks().every(track => track.readyState === 'ended')";
        ensure!(page.eval(off).await? == true, "the camera is off");
        page.eval("navigator.mediaDevices.getUserMedia = async () => { throw new Error('not allowed') }")
            .await?;
        page.press("button", "Use the camera").await?;
        page.see("The camera cannot be used. Allow it in the browser").await
    })
}

async fn survey(page: &Browser, name: &str) -> Result<()> {
    let found = page.survey(name).await?;
    ensure!(found.is_empty(), "{found:#?}");
    Ok(())
}

/// Reverses a payment, from its page.
async fn reverse(page: &Browser, no: &str) -> Result<()> {
    steps::find_customer(page, "Mira Patel").await?;
    page.press("tab", "Payments").await?;
    page.press("link", no).await?;
    page.press("button", "Reverse payment").await?;
    let dialog = page.full_name("dialog", &format!("Reverse payment {no} of £60.00 from ")).await?;
    let dialog = page.within("dialog", &dialog);
    dialog.fill("Reason", "Bounced").await?;
    dialog.press("button", "Reverse payment").await?;
    page.see(&format!("Payment {no} is reversed.")).await
}
