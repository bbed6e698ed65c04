//! Goods of a paid order are exchanged in one press: for dearer ones, and for cheaper ones.

use crate::steps;
use anyhow::{Result, ensure};
use tests::{Browser, DRAWER, NARROW, Said, Size, WIDE, journey};

#[test]
fn goods_are_exchanged_and_the_difference_moves_on_a_wide_screen() -> Result<()> {
    exchanged(WIDE)
}

#[test]
fn goods_are_exchanged_and_the_difference_moves_on_a_narrow_screen() -> Result<()> {
    exchanged(NARROW)
}

fn exchanged(size: Size) -> Result<()> {
    journey("exchange", size, async |page| {
        steps::set_up(page).await?;
        steps::add_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        steps::place_order(page, "60.00").await?;
        page.go(&account).await?;
        steps::pay(page, "60.00").await?;

        open(page, &account, "AI-0001").await?;
        page.press("button", "Exchange").await?;
        page.full_name("alert", "There are ").await?;
        page.fill("Item", "Saddle").await?;
        page.fill("Unit price", "90.00").await?;
        page.see("£60.00 of credit goes to the new order of £90.00. Take £30.00 in cash.").await?;
        page.fill("Cash received", "20.00").await?;
        page.press("button", "Exchange").await?;
        page.within("alert", "There is a problem").see("The payment is £30.00.").await?;
        page.fill("Cash received", "50.00").await?;
        page.see("Change £20.00").await?;
        page.row_ends_with("Drawer A", &["60.00", "90.00"]).await?;
        let found = page.survey("exchange").await?;
        ensure!(found.is_empty(), "{found:?}");
        let (money, before) = (page.money_before().await?, page.entry_count().await?);
        page.press("button", "Exchange").await?;
        let sure = page.within("dialog", QUESTION);
        sure.row_ends_with("Mira Patel owes", &["0.00", "0.00"]).await?;
        sure.press("button", "Cancel").await?;
        ensure!(page.entry_count().await? == before, "a cancelled dialog recorded something");
        page.press("button", "Exchange").await?;
        sure.press_twice("button", "Exchange").await?;
        page.see("Exchanged: order AI-0002 is placed").await?;
        page.see("£30.00 was taken for the difference. Give £20.00 change.").await?;
        ensure!(page.entry_count().await? == before + 4, "note, order, credit applied, payment");
        money.adds_up(page, Said::Take(DRAWER, "30.00")).await?;

        open(page, &account, "AI-0002").await?;
        page.fill("Item", "Bell").await?;
        page.fill("Unit price", "20.00").await?;
        page.see("Give back £70.00 in cash.").await?;
        let money = page.money_before().await?;
        page.press("button", "Exchange").await?;
        let sure = page.full_name("dialog", "Exchange goods of order AI-0002 for Mira Patel?").await?;
        page.within("dialog", &sure).press("button", "Exchange").await?;
        page.see("Hand over £70.00 to the customer").await?;
        money.adds_up(page, Said::HandOver(DRAWER, "70.00")).await?;
        page.go(&account).await?;
        page.see("Owes £0.00").await?;
        page.see("Available credit £0.00").await
    })
}

/// An order of 7.52 through a partner, paid in 5p coins; the partner has earned ten percent.
const COINS: &str = r#"
shop "Corner Shop" GBP
cash-rounding 0.05
partner pat 10%
customer mira "Mira Patel"
order O-1 mira lines "Bell" 1 x 7.52 sale pat
pay P-1 mira 7.50 cash to O-1 rounding 0.02
"#;

#[test]
fn an_exchange_in_coins_takes_back_commission_only_when_its_box_is_marked() -> Result<()> {
    journey("exchange-coins", WIDE, async |page| {
        steps::open_day_book(page, COINS).await?;
        steps::find_customer(page, "Mira Patel").await?;
        let account = page.path().await?;
        open(page, &account, "AI-0001").await?;
        page.fill("Item", "Lamp").await?;
        page.fill("Unit price", "5.00").await?;
        page.see("Give back £2.50 in cash.").await?;
        page.lacks("textbox", "Cash received").await?;
        page.row_ends_with("Commission payable to pat", &["0.75", "0.75"]).await?;
        let own = "Apply Credit to Referral Partner Commissions";
        ensure!(!page.checked(own).await?, "it is marked by default");
        page.check(own).await?;
        page.row_ends_with("Commission payable to pat", &["0.75", "0.00"]).await?;
        let found = page.survey("exchange-coins").await?;
        ensure!(found.is_empty(), "{found:?}");
        let money = page.money_before().await?;
        page.press("button", "Exchange").await?;
        let sure = page.full_name("dialog", "Exchange goods of order AI-0001 for Mira Patel?").await?;
        page.within("dialog", &sure).press("button", "Exchange").await?;
        page.see("Hand over £2.50 to the customer").await?;
        money.adds_up(page, Said::HandOver(DRAWER, "2.50")).await
    })
}

const QUESTION: &str = "Exchange goods of order AI-0001 for Mira Patel? £60.00 of credit goes to the new order of £90.00. Take £30.00 in cash.";

/// Opens the exchange of an order.
async fn open(page: &Browser, account: &str, order: &str) -> Result<()> {
    page.go(account).await?;
    page.press("link", order).await?;
    page.find("heading", &format!("Order {order}")).await?;
    steps::choose_of_page(page, order, "Exchange").await?;
    page.find("heading", "Exchange").await.map(drop)
}
