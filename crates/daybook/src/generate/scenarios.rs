//! The scenarios: every kind of act, in the orders in which they occur at a counter.

use super::goods::{discounts, returned_lines};
use super::pay_out::pay_out;
use super::scenario::{Sale, Scenario, add_days, in_coins, money};

/// The function that writes a scenario.
pub enum Writer {
    /// The order is paid in full and stays so: partners keep their commission.
    PaidInFull(fn(&mut Scenario<'_>) -> Sale),
    /// Any other scenario.
    Other(fn(&mut Scenario<'_>)),
}

/// The customer who receives transfers: the only one who surely exists.
const FIRST_CUSTOMER: &str = "c1";

/// The scenarios, each with its weight.
pub const SCENARIOS: &[(u64, Writer)] = &[
    (34, Writer::PaidInFull(cash_sale)),
    (22, Writer::PaidInFull(invoice)),
    (9, Writer::PaidInFull(instalments)),
    (4, Writer::Other(never_paid)),
    (5, Writer::Other(overpaid)),
    (4, Writer::Other(full_refund)),
    (4, Writer::Other(partial_refund)),
    (2, Writer::Other(corrected_method)),
    (3, Writer::Other(requested_refund)),
    (4, Writer::Other(online_refund)),
    (3, Writer::Other(goodwill)),
    (4, Writer::Other(credit_note)),
    (3, Writer::Other(deposit)),
    (2, Writer::Other(bounced_check)),
    (1, Writer::Other(reversed_refund)),
    (2, Writer::Other(written_off_rest)),
    (2, Writer::Other(store_credit)),
    (1, Writer::Other(negative_credit)),
    (1, Writer::Other(opening_balances)),
    (3, Writer::Other(discounts)),
    (4, Writer::Other(returned_lines)),
];

fn cash_sale(t: &mut Scenario<'_>) -> Sale {
    let sale = t.sell(None);
    let (method, to) = (t.method(), format!(" to {}", sale.id));
    if method == "cash" {
        t.pay_in_coins(sale.gross, &to);
    } else {
        t.pay(sale.gross, method, &to);
    }
    sale
}

fn invoice(t: &mut Scenario<'_>) -> Sale {
    let sale = t.sell(Some(30));
    t.wait(5, 70);
    t.pay(sale.gross, "bank", &format!(" to {} reference \"BACS\"", sale.id));
    sale
}

fn instalments(t: &mut Scenario<'_>) -> Sale {
    let sale = t.sell(Some(60));
    let first = (sale.gross / 3).max(1);
    if t.rng.chance(50) {
        let (soon, later) = (add_days(t.today, 30), add_days(t.today, 60));
        t.line(format!("plan {} {soon} {}, {later} {}", sale.id, money(first), money(sale.gross - first)));
        if t.rng.chance(40) {
            collected(t, &sale);
        }
    }
    let method = t.method();
    t.pay(first, method, &format!(" to {} {}", sale.id, money(first)));
    t.wait(10, 30);
    t.pay(sale.gross - first, "card", &format!(" to {}", sale.id));
    sale
}

/// The instalments are collected until the customer wants it no more, or the bank does.
fn collected(t: &mut Scenario<'_>, sale: &Sale) {
    let customer = t.customer;
    t.line(format!("save-card {customer} \"cus_{customer}\" \"pm_{customer}\" shown \"Visa 4242\""));
    let (on, off) = (t.id('L'), t.id('L'));
    t.line(format!("collect {on} {} on notice 3", sale.id));
    let end = t.rng.pick(&["off", "off", "declined", "missed"], "off");
    t.line(format!("collect {off} {} {end}", sale.id));
}

fn never_paid(t: &mut Scenario<'_>) {
    let sale = t.sell(Some(14));
    if t.rng.chance(40) {
        t.wait(120, 400);
        t.admin_line(format!("write-off {} {} reason \"cannot be found\"", sale.id, money(sale.gross)));
        if t.rng.chance(30) {
            t.wait(5, 60);
            t.admin_line(format!(
                "reverse-write-off {} {} reason \"paid after all\"",
                sale.id,
                money(sale.gross)
            ));
            t.pay(sale.gross, "bank", &format!(" to {}", sale.id));
        }
    }
}

fn overpaid(t: &mut Scenario<'_>) {
    let sale = t.sell(None);
    let rest = t.price(60);
    let paid = t.pay(sale.gross + rest, "cash", &format!(" to {}", sale.id));
    t.wait(3, 60);
    let next = t.sell(None);
    let used = rest.min(next.gross);
    t.line(format!("apply {paid} to {} {}", next.id, money(used)));
    if next.gross > used {
        t.pay(next.gross - used, "card", &format!(" to {}", next.id));
    }
    if rest > used {
        t.wait(1, 20);
        pay_out(t, &paid, rest - used);
    }
}

fn full_refund(t: &mut Scenario<'_>) {
    let sale = t.sell(None);
    let paid = t.pay_in_coins(sale.gross, &format!(" to {}", sale.id));
    t.wait(1, 25);
    let (refund, reason) = (t.id('R'), t.reason());
    let clawback = t.rng.pick(&["", " clawback refund", " clawback refund credit", " clawback credit"], "");
    let (amount, (moves, rounding)) = (money(sale.gross), in_coins(sale.gross));
    let text = format!(
        "refund {refund} {} {amount} cash from {paid} owed-after 0.00 reason \"{reason}\"{clawback}{rounding}",
        sale.id
    );
    t.admin_line(text);
    t.record_money("cash", -moves);
    if t.rng.chance(40) {
        t.line(format!("hand-over {refund}"));
    }
}

fn partial_refund(t: &mut Scenario<'_>) {
    let sale = t.sell(None);
    let paid = t.pay(sale.gross, "card", &format!(" to {}", sale.id));
    t.wait(1, 40);
    let (refund, reason, back) = (t.id('R'), t.reason(), (sale.gross / 4).max(1));
    let text =
        format!("refund {refund} {} {} card from {paid} stays reason \"{reason}\"", sale.id, money(back));
    t.admin_line(text);
    t.record_money("card", -back);
}

fn corrected_method(t: &mut Scenario<'_>) {
    let sale = t.sell(None);
    let paid = t.pay(sale.gross, "card", &format!(" to {}", sale.id));
    let refund = t.id('R');
    let amount = money(sale.gross);
    let text =
        format!("refund {refund} {} {amount} card from {paid} reopens reason \"charged twice\"", sale.id);
    t.admin_line(text);
    t.record_money("card", -sale.gross);
    t.pay(sale.gross, "cash", &format!(" to {}", sale.id));
}

fn requested_refund(t: &mut Scenario<'_>) {
    let sale = t.sell(None);
    let paid = t.pay(sale.gross, "cash", &format!(" to {}", sale.id));
    t.wait(1, 10);
    let (request, reason, back) = (t.id('R'), t.reason(), (sale.gross / 2).max(1));
    let asked =
        format!("request {request} {} {} cash from {paid} stays reason \"{reason}\"", sale.id, money(back));
    if t.rng.chance(10) {
        // Only the person who asked can take it back.
        t.admin_line(asked);
        t.admin_line(format!("withdraw {request}"));
        return;
    }
    t.line(asked);
    t.wait(0, 3);
    if t.rng.chance(75) {
        t.admin_line(format!("approve {request}"));
        t.record_money("cash", -back);
    } else {
        t.admin_line(format!("reject {request}"));
    }
}

/// A payment link that was not paid is canceled.
fn canceled_link(t: &mut Scenario<'_>, sale: &Sale) {
    let (customer, amount) = (t.customer, money(sale.gross));
    let (link, never) = (t.id('K'), t.id('P'));
    t.line(format!("charge {link} {customer} {amount} as {never} link saves to {}", sale.id));
    t.line(format!(
        "charge-progress {link} open \"https://checkout.example/{link}\" until \"1790000000000\""
    ));
    t.line(format!("charge-withdraw {link}"));
    t.line(format!("charge-progress {link} canceled"));
}

/// A saved card is charged: at first the bank declines it. The id of the payment.
fn charged(t: &mut Scenario<'_>, sale: &Sale) -> String {
    let (customer, amount) = (t.customer, money(sale.gross));
    if t.rng.chance(30) {
        canceled_link(t, sale);
    }
    t.line(format!("save-card {customer} \"cus_{customer}\" \"pm_{customer}\" shown \"Visa 4242\""));
    let (declined, never) = (t.id('K'), t.id('P'));
    t.line(format!("charge {declined} {customer} {amount} as {never} to {}", sale.id));
    t.line(format!("charge-progress {declined} declined reason \"insufficient_funds\""));
    let (charge, paid) = (t.id('K'), t.id('P'));
    t.line(format!("charge {charge} {customer} {amount} as {paid} to {}", sale.id));
    t.line(format!("charge-progress {charge} bank reference \"pi_{charge}\""));
    t.line(format!("pay {paid} {customer} {amount} online to {} reference \"pi_{charge}\"", sale.id));
    t.record_money("online", sale.gross);
    paid
}

fn online_refund(t: &mut Scenario<'_>) {
    let sale = t.sell(None);
    let paid = charged(t, &sale);
    t.wait(1, 30);
    let (refund, reason, back) = (t.id('R'), t.reason(), (sale.gross / 2).max(1));
    let amount = money(back);
    t.admin_line(format!(
        "refund {refund} {} {amount} online from {paid} stays reason \"{reason}\"",
        sale.id
    ));
    t.line(format!("progress {refund} bank reference \"re_{refund}\""));
    t.wait(0, 4);
    let outcome = t.rng.pick(&["succeeded", "succeeded", "succeeded", "failed", "canceled"], "succeeded");
    t.line(format!("settle {refund} {outcome}"));
    if outcome == "succeeded" {
        t.record_money("card", -back);
        if sale.gross > back && t.rng.chance(30) {
            disputed(t, &paid, sale.gross - back);
        }
    }
}

/// The customer's bank takes back what is left of a payment. The shop wins two of three times, and mostly without the fee.
fn disputed(t: &mut Scenario<'_>, paid: &str, amount: i64) {
    const FEE: i64 = 1_500;
    let (dispute, text) = (t.id('D'), money(amount));
    t.wait(2, 60);
    let fee = money(FEE);
    t.line(format!(
        "dispute {dispute} {paid} {text} open fee {fee} reference \"dp_{dispute}\" reason \"fraudulent\""
    ));
    t.admin_line(format!("record-dispute {dispute} {paid}"));
    t.record_money("card", -amount - FEE);
    t.wait(10, 60);
    if t.rng.chance(67) {
        t.line(format!("dispute {dispute} {paid} {text} won fee {fee} reference \"dp_{dispute}\""));
        t.admin_line(format!("record-dispute {dispute} {paid}"));
        t.record_money("card", amount);
    } else {
        t.line(format!("dispute {dispute} {paid} {text} lost fee {fee} reference \"dp_{dispute}\""));
    }
}

fn goodwill(t: &mut Scenario<'_>) {
    let (credit, amount) = (t.id('C'), t.price(30));
    let tax = t.rng.pick(&["", "", " tax 20%"], "");
    let line = format!("credit {credit} {} {}{tax} reason \"goodwill\"", t.customer, money(amount));
    t.admin_line(line);
    t.wait(1, 90);
    match t.rng.between(0, 4) {
        0 => t.admin_line(format!("reverse-credit {credit}")),
        2 if t.customer != FIRST_CUSTOMER => {
            let transfer = t.id('T');
            t.admin_line(format!(
                "transfer {transfer} {credit} {} to {FIRST_CUSTOMER} reason \"family\"",
                money(amount)
            ));
        }
        1 => t.admin_line(format!("write-off {credit} {} reason \"expired\"", money(amount))),
        _ => {
            let sale = t.sell(None);
            let used = amount.min(sale.gross);
            t.line(format!("apply {credit} to {} {}", sale.id, money(used)));
            if sale.gross > used {
                t.pay(sale.gross - used, "cash", &format!(" to {}", sale.id));
            }
        }
    }
}

fn credit_note(t: &mut Scenario<'_>) {
    let sale = t.sell(Some(30));
    let paid_first = t.rng.chance(50);
    if paid_first {
        t.pay(sale.gross, "bank", &format!(" to {}", sale.id));
    }
    t.wait(1, 20);
    let (note, reason, less) = (t.id('N'), t.reason(), (sale.gross / 5).max(1));
    let clawback = t.rng.pick(&["", " clawback credit"], "");
    let amount = money(less);
    t.admin_line(format!("credit-note {note} {} {amount} reason \"{reason}\"{clawback}", sale.id));
    t.wait(1, 20);
    match (t.rng.chance(25), paid_first) {
        (true, _) => t.admin_line(format!("reverse-credit-note {note} reason \"wrong order\"")),
        (false, true) => pay_out(t, &note, less),
        (false, false) if sale.gross > less => {
            t.pay(sale.gross - less, "check", &format!(" to {}", sale.id));
        }
        (false, false) => {}
    }
}

fn deposit(t: &mut Scenario<'_>) {
    let amount = t.price(90);
    let paid = t.pay(amount, "check", " reference \"deposit\"");
    t.wait(3, 40);
    let sale = t.sell(None);
    let used = money(amount.min(sale.gross));
    t.line(format!("apply {paid} to {} {used}", sale.id));
    if t.rng.chance(40) {
        t.line(format!("unapply {paid} from {}", sale.id));
        t.wait(1, 5);
        t.line(format!("apply {paid} to {} {used}", sale.id));
    } else if t.rng.chance(30) {
        t.wait(1, 9);
        let (refund, reason) = (t.id('R'), t.reason());
        t.admin_line(format!(
            "refund {refund} {} {used} credit from credit {paid} reopens reason \"{reason}\"",
            sale.id
        ));
    }
}

fn bounced_check(t: &mut Scenario<'_>) {
    let sale = t.sell(None);
    let paid = t.pay(sale.gross, "check", &format!(" to {} no-commissions", sale.id));
    t.wait(3, 9);
    t.admin_line(format!("reverse-payment {paid} reason \"bounced\""));
    t.wait(1, 30);
    let method = t.method();
    t.pay(sale.gross, method, &format!(" to {} note \"after the check bounced\"", sale.id));
}

fn reversed_refund(t: &mut Scenario<'_>) {
    let sale = t.sell(None);
    let paid = t.pay(sale.gross, "cash", &format!(" to {}", sale.id));
    let refund = t.id('R');
    let back = (sale.gross / 2).max(1);
    t.admin_line(format!(
        "refund {refund} {} {} cash from {paid} stays reason \"returned goods\"",
        sale.id,
        money(back)
    ));
    t.admin_line(format!("reverse-refund {refund} reason \"typed by mistake\""));
}

fn written_off_rest(t: &mut Scenario<'_>) {
    let sale = t.sell(None);
    if sale.gross > 3 {
        t.pay(sale.gross - 3, "cash", &format!(" to {}", sale.id));
        t.admin_line(format!("write-off {} 0.03 reason \"rounding\"", sale.id));
    }
}

fn store_credit(t: &mut Scenario<'_>) {
    let sale = t.sell(None);
    let paid = t.pay(sale.gross, "cash", &format!(" to {}", sale.id));
    t.wait(1, 20);
    let (refund, reason, back) = (t.id('R'), t.reason(), (sale.gross / 2).max(1));
    let amount = money(back);
    t.admin_line(format!(
        "refund {refund} {} {amount} credit from {paid} stays reason \"{reason}\"",
        sale.id
    ));
    t.wait(1, 50);
    let next = t.sell(None);
    t.line(format!("apply {refund} to {} {}", next.id, money(back.min(next.gross))));
}

fn negative_credit(t: &mut Scenario<'_>) {
    let amount = t.price(40);
    let paid = t.pay(amount, "check", "");
    let sale = t.sell(None);
    let used = amount.min(sale.gross);
    t.line(format!("apply {paid} to {} {}", sale.id, money(used)));
    t.wait(3, 9);
    t.admin_line(format!("reverse-payment {paid} reason \"bounced\""));
    t.wait(1, 9);
    let again = t.pay(used, "cash", "");
    t.line(format!("apply {again} to {paid} {}", money(used)));
}

fn opening_balances(t: &mut Scenario<'_>) {
    let (order, amount) = (t.id('O'), t.price(80));
    t.line(format!("order {order} {} {} opening", t.customer, money(amount)));
    let (credit, held) = (t.id('C'), t.price(20));
    t.admin_line(format!("credit {credit} {} {} opening reason \"old book\"", t.customer, money(held)));
    t.wait(1, 40);
    t.pay(amount, "card", &format!(" to {order}"));
}
