//! Scenarios about the lines of an order: discounts, and goods that come back.

use super::pay_out::pay_out;
use super::scenario::{Scenario, money};

/// A line with a discount, one sold by weight, a free one, and a discount on all of them.
pub fn discounts(t: &mut Scenario<'_>) {
    let (order, pounds) = (t.id('O'), i64::try_from(t.rng.between(20, 90)).unwrap_or(20));
    let (thousandths, off) = (t.rng.pick(&[350, 500, 1_250], 500), t.rng.pick(&["10%", "5.00"], "10%"));
    let lines = pounds * 90 + 2 * thousandths;
    let gross = lines - if off == "10%" { (lines + 5) / 10 } else { 500 };
    t.line(format!(
        "order {order} {} lines \"Jacket\" 1 x {} tax 20% less 10%, \"Oil\" {}.{:03} x 20.00 tax 5%, \"Sticker\" 1 x 1.00 less 100% discount {off}",
        t.customer,
        money(pounds * 100),
        thousandths / 1_000,
        thousandths % 1_000
    ));
    t.pay_in_coins(gross, &format!(" to {order}"));
}

/// An article of several comes back, on a refund, on a request or on a credit note.
pub fn returned_lines(t: &mut Scenario<'_>) {
    let (order, chair, book) = (t.id('O'), t.price(60), t.price(30));
    let gross = 2 * chair + book;
    t.line(format!(
        "order {order} {} lines \"Chair\" 2 x {} tax 20%, \"Book\" 1 x {} tax 5%",
        t.customer,
        money(chair),
        money(book)
    ));
    let paid = t.pay(gross, "card", &format!(" to {order}"));
    t.wait(1, 25);
    let (document, reason) = (t.id('R'), t.reason());
    let amount = money(chair);
    let back = format!(
        "{document} {order} {amount} card from {paid} stays return 1 x \"Chair\" reason \"{reason}\""
    );
    match t.rng.between(0, 3) {
        0 => {
            t.line(format!("request {back}"));
            t.admin_line(format!("approve {document}"));
            t.record_money("card", -chair);
        }
        1 => {
            t.admin_line(format!("credit-note {document} {order} return 1 x line 2 reason \"{reason}\""));
            t.wait(1, 9);
            pay_out(t, &document, book);
        }
        _ => {
            t.admin_line(format!("refund {back}"));
            t.record_money("card", -chair);
            if t.rng.chance(15) {
                t.admin_line(format!("reverse-refund {document} reason \"typed for the wrong order\""));
                t.record_money("card", chair);
            }
        }
    }
}
