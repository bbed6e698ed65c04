//! *Recalculate Account Balances*: agrees with a sound book, names and replaces figures that were changed in the browser's
//! storage, and posts nothing.

use crate::damage::with_database;
use crate::steps;
use anyhow::{Result, ensure};
use tests::{Browser, WIDE, journey};

const PRESS: &str = "Recalculate Account Balances";

/// Makes the stored figures of the only customer say that 1.00 more is owed.
async fn owe_one_more(page: &Browser) -> Result<()> {
    let work = "async (book, settled, committed) => {
        const write = book.transaction('accounts', 'readwrite');
        const pages = write.objectStore('accounts');
        const page = await settled(pages.get(0));
        // Numbers of a page have seven bits in each byte, twice the amount first: 70.00 becomes 71.00. No text has such a byte.
        const at = page.findIndex((byte, at) => byte === 0xb0 && page[at + 1] === 0x6d);
        page.set([0xf8, 0x6e], Math.max(at, 0));
        pages.put(page, 0);
        await committed(write);
        return at > 0 }";
    let changed = page.eval(&with_database(work)).await?;
    ensure!(changed == true, "the stored figure is not 70.00");
    Ok(())
}

async fn recalculate(page: &Browser) -> Result<()> {
    page.press("button", "Actions for Mira Patel").await?;
    page.press("menuitem", PRESS).await
}

#[test]
fn balances_that_do_not_agree_are_named_and_replaced() -> Result<()> {
    journey("recalculate", WIDE, async |page| {
        steps::part_paid(page).await?;
        page.press("link", "Mira Patel").await?;
        page.see("Owes £70.00").await?;
        let before = page.entry_count().await?;
        recalculate(page).await?;
        page.see("The balances of Mira Patel agree with the entries. Nothing was posted.").await?;

        owe_one_more(page).await?;
        page.reload().await?;
        page.see("Owes £71.00").await?;
        recalculate(page).await?;
        page.see("owed £71.00 is now £70.00, available credit £0.00 is now £0.00. Nothing was posted.")
            .await?;
        page.see("Owes £70.00").await?;

        page.go("/settings/backup").await?;
        page.press("button", PRESS).await?;
        page.see("The balances of 1 account agree with its entries. Nothing was posted.").await?;
        ensure!(page.entry_count().await? == before, "nothing is posted");
        Ok(())
    })
}
