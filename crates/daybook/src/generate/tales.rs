//! The tales: every kind of act, in the sequences in which counters meet them.

use super::tale::{Sale, Tale, money};

/// How a tale ends.
pub enum Told {
    /// Its order is paid in full and stays so: partners keep what they earned.
    Paid(fn(&mut Tale<'_>) -> Sale),
    /// Some other way.
    Else(fn(&mut Tale<'_>)),
}

/// The tales, and how often each is told.
pub const TALES: &[(u64, Told)] = &[
    (34, Told::Paid(cash_sale)),
    (22, Told::Paid(invoice)),
    (9, Told::Paid(instalments)),
    (4, Told::Else(never_paid)),
    (5, Told::Else(overpaid)),
    (4, Told::Else(all_back)),
    (4, Told::Else(some_back)),
    (2, Told::Else(wrong_method)),
    (3, Told::Else(asked_for)),
    (4, Told::Else(online)),
    (3, Told::Else(goodwill)),
    (4, Told::Else(noted)),
    (3, Told::Else(deposit)),
    (2, Told::Else(bounced)),
    (1, Told::Else(typed_twice)),
    (2, Told::Else(small_rest)),
    (2, Told::Else(store_credit)),
    (1, Told::Else(below_zero)),
    (1, Told::Else(brought_over)),
];

fn cash_sale(t: &mut Tale<'_>) -> Sale {
    let sale = t.sell(None);
    let method = t.method();
    t.pay(sale.gross, method, &format!(" to {}", sale.id));
    sale
}

fn invoice(t: &mut Tale<'_>) -> Sale {
    let sale = t.sell(Some(30));
    t.later(5, 70);
    t.pay(sale.gross, "bank", &format!(" to {} reference \"BACS\"", sale.id));
    sale
}

fn instalments(t: &mut Tale<'_>) -> Sale {
    let sale = t.sell(Some(60));
    let first = (sale.gross / 3).max(1);
    let method = t.method();
    t.pay(first, method, &format!(" to {} {}", sale.id, money(first)));
    t.later(10, 30);
    t.pay(sale.gross - first, "card", &format!(" to {}", sale.id));
    sale
}

fn never_paid(t: &mut Tale<'_>) {
    let sale = t.sell(Some(14));
    if t.dice.chance(40) {
        t.later(120, 400);
        t.order_by_admin(format!("write-off {} {} reason \"cannot be found\"", sale.id, money(sale.gross)));
        if t.dice.chance(30) {
            t.later(5, 60);
            t.order_by_admin(format!(
                "reverse-write-off {} {} reason \"paid after all\"",
                sale.id,
                money(sale.gross)
            ));
            t.pay(sale.gross, "bank", &format!(" to {}", sale.id));
        }
    }
}

fn overpaid(t: &mut Tale<'_>) {
    let sale = t.sell(None);
    let rest = t.price(60);
    let paid = t.pay(sale.gross + rest, "cash", &format!(" to {}", sale.id));
    t.later(3, 60);
    let next = t.sell(None);
    let used = rest.min(next.gross);
    t.say(format!("apply {paid} to {} {}", next.id, money(used)));
    if next.gross > used {
        t.pay(next.gross - used, "card", &format!(" to {}", next.id));
    }
    if rest > used {
        t.later(1, 20);
        pay_out(t, &paid, rest - used);
    }
}

fn pay_out(t: &mut Tale<'_>, lot: &str, amount: i64) {
    let out = t.id('X');
    t.say(format!("payout {out} {} {} bank from {lot}", t.customer, money(amount)));
    t.later(0, 5);
    if t.dice.chance(15) {
        t.order_by_admin(format!("reject {out}"));
    } else {
        t.order_by_admin(format!("complete {out}"));
        if t.dice.chance(30) {
            t.say(format!("hand-over {out}"));
        }
    }
}

fn all_back(t: &mut Tale<'_>) {
    let sale = t.sell(None);
    let paid = t.pay(sale.gross, "cash", &format!(" to {}", sale.id));
    t.later(1, 25);
    let (refund, reason) = (t.id('R'), t.reason());
    let clawback = t.dice.pick(&["", " clawback refund", " clawback refund credit", " clawback credit"], "");
    let amount = money(sale.gross);
    let text = format!(
        "refund {refund} {} {amount} cash from {paid} owed-after 0.00 reason \"{reason}\"{clawback}",
        sale.id
    );
    t.order_by_admin(text);
    t.moves("cash", -sale.gross);
    if t.dice.chance(40) {
        t.say(format!("hand-over {refund}"));
    }
}

fn some_back(t: &mut Tale<'_>) {
    let sale = t.sell(None);
    let paid = t.pay(sale.gross, "card", &format!(" to {}", sale.id));
    t.later(1, 40);
    let (refund, reason, back) = (t.id('R'), t.reason(), (sale.gross / 4).max(1));
    let text =
        format!("refund {refund} {} {} card from {paid} stays reason \"{reason}\"", sale.id, money(back));
    t.order_by_admin(text);
    t.moves("card", -back);
}

fn wrong_method(t: &mut Tale<'_>) {
    let sale = t.sell(None);
    let paid = t.pay(sale.gross, "card", &format!(" to {}", sale.id));
    let refund = t.id('R');
    let amount = money(sale.gross);
    let text =
        format!("refund {refund} {} {amount} card from {paid} reopens reason \"charged twice\"", sale.id);
    t.order_by_admin(text);
    t.moves("card", -sale.gross);
    t.pay(sale.gross, "cash", &format!(" to {}", sale.id));
}

fn asked_for(t: &mut Tale<'_>) {
    let sale = t.sell(None);
    let paid = t.pay(sale.gross, "cash", &format!(" to {}", sale.id));
    t.later(1, 10);
    let (request, reason, back) = (t.id('R'), t.reason(), (sale.gross / 2).max(1));
    t.say(format!(
        "request {request} {} {} cash from {paid} stays reason \"{reason}\"",
        sale.id,
        money(back)
    ));
    t.later(0, 3);
    if t.dice.chance(75) {
        t.order_by_admin(format!("approve {request}"));
        t.moves("cash", -back);
    } else {
        t.order_by_admin(format!("reject {request}"));
    }
}

fn online(t: &mut Tale<'_>) {
    let sale = t.sell(None);
    let paid = t.pay(sale.gross, "online", &format!(" to {}", sale.id));
    t.later(1, 30);
    let (refund, reason, back) = (t.id('R'), t.reason(), (sale.gross / 2).max(1));
    let amount = money(back);
    t.order_by_admin(format!(
        "refund {refund} {} {amount} online from {paid} stays reason \"{reason}\"",
        sale.id
    ));
    t.later(0, 4);
    let outcome = t.dice.pick(&["succeeded", "succeeded", "succeeded", "failed", "canceled"], "succeeded");
    t.say(format!("settle {refund} {outcome}"));
    if outcome == "succeeded" {
        t.moves("card", -back);
    }
}

fn goodwill(t: &mut Tale<'_>) {
    let (credit, amount) = (t.id('C'), t.price(30));
    let tax = t.dice.pick(&["", "", " tax 20%"], "");
    let line = format!("credit {credit} {} {}{tax} reason \"goodwill\"", t.customer, money(amount));
    t.order_by_admin(line);
    t.later(1, 90);
    match t.dice.from(0, 3) {
        0 => t.order_by_admin(format!("reverse-credit {credit}")),
        1 => t.order_by_admin(format!("write-off {credit} {} reason \"expired\"", money(amount))),
        _ => {
            let sale = t.sell(None);
            let used = amount.min(sale.gross);
            t.say(format!("apply {credit} to {} {}", sale.id, money(used)));
            if sale.gross > used {
                t.pay(sale.gross - used, "cash", &format!(" to {}", sale.id));
            }
        }
    }
}

fn noted(t: &mut Tale<'_>) {
    let sale = t.sell(Some(30));
    let paid_first = t.dice.chance(50);
    if paid_first {
        t.pay(sale.gross, "bank", &format!(" to {}", sale.id));
    }
    t.later(1, 20);
    let (note, reason, less) = (t.id('N'), t.reason(), (sale.gross / 5).max(1));
    let clawback = t.dice.pick(&["", " clawback credit"], "");
    let amount = money(less);
    t.order_by_admin(format!("credit-note {note} {} {amount} reason \"{reason}\"{clawback}", sale.id));
    t.later(1, 20);
    match (t.dice.chance(25), paid_first) {
        (true, _) => t.order_by_admin(format!("reverse-credit-note {note} reason \"wrong order\"")),
        (false, true) => pay_out(t, &note, less),
        (false, false) if sale.gross > less => {
            t.pay(sale.gross - less, "check", &format!(" to {}", sale.id));
        }
        (false, false) => {}
    }
}

fn deposit(t: &mut Tale<'_>) {
    let amount = t.price(90);
    let paid = t.pay(amount, "check", " reference \"deposit\"");
    t.later(3, 40);
    let sale = t.sell(None);
    let used = money(amount.min(sale.gross));
    t.say(format!("apply {paid} to {} {used}", sale.id));
    if t.dice.chance(40) {
        t.say(format!("unapply {paid} from {}", sale.id));
        t.later(1, 5);
        t.say(format!("apply {paid} to {} {used}", sale.id));
    } else if t.dice.chance(30) {
        t.later(1, 9);
        let (refund, reason) = (t.id('R'), t.reason());
        let line =
            format!("refund {refund} {} {used} cash from credit {paid} reopens reason \"{reason}\"", sale.id);
        t.order_by_admin(line);
    }
}

fn bounced(t: &mut Tale<'_>) {
    let sale = t.sell(None);
    let paid = t.pay(sale.gross, "check", &format!(" to {} no-commissions", sale.id));
    t.later(3, 9);
    t.order_by_admin(format!("reverse-payment {paid} reason \"bounced\""));
    t.later(1, 30);
    let method = t.method();
    t.pay(sale.gross, method, &format!(" to {} note \"after the check bounced\"", sale.id));
}

fn typed_twice(t: &mut Tale<'_>) {
    let sale = t.sell(None);
    let paid = t.pay(sale.gross, "cash", &format!(" to {}", sale.id));
    let refund = t.id('R');
    let back = (sale.gross / 2).max(1);
    t.order_by_admin(format!(
        "refund {refund} {} {} cash from {paid} stays reason \"returned goods\"",
        sale.id,
        money(back)
    ));
    t.order_by_admin(format!("reverse-refund {refund} reason \"typed by mistake\""));
}

fn small_rest(t: &mut Tale<'_>) {
    let sale = t.sell(None);
    if sale.gross > 3 {
        t.pay(sale.gross - 3, "cash", &format!(" to {}", sale.id));
        t.order_by_admin(format!("write-off {} 0.03 reason \"rounding\"", sale.id));
    }
}

fn store_credit(t: &mut Tale<'_>) {
    let sale = t.sell(None);
    let paid = t.pay(sale.gross, "cash", &format!(" to {}", sale.id));
    t.later(1, 20);
    let (refund, reason, back) = (t.id('R'), t.reason(), (sale.gross / 2).max(1));
    let amount = money(back);
    t.order_by_admin(format!(
        "refund {refund} {} {amount} credit from {paid} stays reason \"{reason}\"",
        sale.id
    ));
    t.later(1, 50);
    let next = t.sell(None);
    t.say(format!("apply {refund} to {} {}", next.id, money(back.min(next.gross))));
}

fn below_zero(t: &mut Tale<'_>) {
    let amount = t.price(40);
    let paid = t.pay(amount, "check", "");
    let sale = t.sell(None);
    let used = amount.min(sale.gross);
    t.say(format!("apply {paid} to {} {}", sale.id, money(used)));
    t.later(3, 9);
    t.order_by_admin(format!("reverse-payment {paid} reason \"bounced\""));
    t.later(1, 9);
    let again = t.pay(used, "cash", "");
    t.say(format!("apply {again} to {paid} {}", money(used)));
}

fn brought_over(t: &mut Tale<'_>) {
    let (order, amount) = (t.id('O'), t.price(80));
    t.say(format!("order {order} {} {} opening", t.customer, money(amount)));
    let (credit, held) = (t.id('C'), t.price(20));
    t.order_by_admin(format!("credit {credit} {} {} opening reason \"old book\"", t.customer, money(held)));
    t.later(1, 40);
    t.pay(amount, "card", &format!(" to {order}"));
}
