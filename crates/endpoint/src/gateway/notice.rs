//! The mail that tells a customer of an instalment that will be collected. No counter need be open when it is due, so it is written here, as
//! plain text in the language of the customer.

use std::ops::ControlFlow;

use journal::Line;
use ledger::date::Date;
use ledger::entry::Body;
use ledger::id::Id;
use ledger::money::Currency;
use ledger::view::collection::TellInstalment;
use sync::wire::limits::{MAX_NAME, MAX_SUBJECT, MAX_WAITING_MAILS};
use sync::wire::{AskMail, MailState, is_mail_address};

use crate::mail::{content, id_of};
use crate::store::{Fault, Mail, Read, Write};

/// What a notice says, and to whom.
pub(super) struct Told<'a> {
    /// The instalment.
    pub tell: &'a TellInstalment,
    /// The address.
    pub to: &'a str,
    /// The language, as a tag of BCP 47; empty for that of the shop, which is not known here.
    pub language: &'a str,
    /// The currency of the shop.
    pub currency: &'a Currency,
}

/// The name of a shop, as its last entry about it says.
///
/// # Errors
/// Of the store.
fn shop_name(tx: &dyn Read, shop: &str) -> Result<String, Fault> {
    let mut name = String::new();
    tx.records_of_shop(shop, 0, &mut |record| {
        if let Ok(line) = Line::parse(&record.entry)
            && matches!(line.kind, "shop.opened" | "shop.changed")
        {
            match Body::decode(line.kind, line.kv, line.body.get()) {
                Ok(Body::ShopOpened(opened)) => name = opened.name,
                Ok(Body::ShopChanged(changed)) => name = changed.name.unwrap_or_else(|| name.clone()),
                Ok(_) | Err(_) => {}
            }
        }
        ControlFlow::Continue(())
    })?;
    Ok(name)
}

/// Puts a notice into the outbox, once; says whether it was put. An outbox that is full takes it later, as long as it is before the day.
///
/// # Errors
/// Of the store.
pub(super) fn put_notice(
    tx: &mut dyn Write,
    (shop, customer): (&str, &Id),
    told: &Told<'_>,
    now: u64,
) -> Result<bool, Fault> {
    if tx.waiting_mails(shop)? >= MAX_WAITING_MAILS {
        return Ok(false);
    }
    let mail = (customer.as_str(), told.tell.charge.as_str(), told.to);
    put_text(tx, shop, mail, now, |name| words(told, name))
}

/// Puts a mail of the endpoint itself into the outbox, once: of a customer, about a document, to an address. `words` gives its subject and its
/// text from the name of the shop. Whether it was put.
///
/// # Errors
/// Of the store.
pub(super) fn put_text(
    tx: &mut dyn Write,
    shop: &str,
    (customer, document, to): (&str, &str, &str),
    now: u64,
    words: impl FnOnce(&str) -> (String, String),
) -> Result<bool, Fault> {
    let id = id_of(shop, document, 0, to);
    if !is_mail_address(to) || tx.mail(shop, &id)?.is_some() {
        return Ok(false);
    }
    let name = shop_name(&*tx, shop)?;
    let (subject, text) = words(&name);
    let asked = AskMail {
        customer: customer.to_owned(),
        document: document.to_owned(),
        nth: 0,
        to: to.to_owned(),
        from_name: one_line(&name, MAX_NAME),
        subject: one_line(&subject, MAX_SUBJECT),
        text,
        html: String::new(),
    };
    let content = content(&asked)?;
    let AskMail { customer, document, nth, to, .. } = asked;
    let state = MailState::Queued;
    let (reason, tries, due) = (None, 0, Some(now));
    tx.put_mail(&Mail {
        id,
        customer,
        document,
        nth,
        to,
        state,
        reason,
        asked: now,
        at: now,
        tries,
        due,
        content,
    })?;
    Ok(true)
}

/// The subject and the text.
fn words(told: &Told<'_>, shop_name: &str) -> (String, String) {
    let Told { tell, language, currency, .. } = *told;
    let language = language.split('-').next().unwrap_or_default();
    let (plain, code) = (currency.format(tell.amount), &currency.code);
    let order = tell.order_no.as_deref().unwrap_or_default();
    let card = tell.shown.as_deref();
    match language {
        "de" => {
            let (amount, day) = (format!("{} {code}", plain.replace('.', ",")), date(tell.due, language));
            let card = card.unwrap_or("Ihrer gespeicherten Karte");
            let subject = format!("{shop_name}: Einzug von {amount} am {day}");
            let text = format!(
                "Guten Tag,\n\nam {day} ziehen wir die vereinbarte Rate von {amount} für {order} von {card} ein. Was bis dahin bezahlt \
                 ist, wird nicht eingezogen.\n\nWenn Sie das nicht möchten, sagen Sie uns bitte vorher Bescheid.\n\n{shop_name}\n"
            );
            (subject, text)
        }
        "fr" => {
            let (amount, day) = (format!("{} {code}", plain.replace('.', ",")), date(tell.due, language));
            let card = card.unwrap_or("votre carte enregistrée");
            let subject = format!("{shop_name} : prélèvement de {amount} le {day}");
            let text = format!(
                "Bonjour,\n\nle {day}, nous prélèverons l’échéance convenue de {amount} pour {order} sur {card}. Ce qui sera payé d’ici \
                 là ne sera pas prélevé.\n\nSi vous ne le souhaitez pas, prévenez-nous avant cette date.\n\n{shop_name}\n"
            );
            (subject, text)
        }
        _ => {
            let (amount, day) = (format!("{code} {plain}"), date(tell.due, "en"));
            let card = card.unwrap_or("your saved card");
            let subject = format!("{shop_name}: {amount} will be charged on {day}");
            let text = format!(
                "Hello,\n\non {day} we will charge the agreed instalment of {amount} for {order} to {card}. What is paid before then is \
                 not charged.\n\nIf you do not want this, please tell us before that day.\n\n{shop_name}\n"
            );
            (subject, text)
        }
    }
}

const EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DE: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// A date with the name of its month.
fn date(date: Date, language: &str) -> String {
    let Date(day) = date;
    let at = usize::try_from(day.month() - 1).unwrap_or_default();
    let month = |names: [&'static str; 12]| names.get(at).copied().unwrap_or_default();
    match language {
        "de" => format!("{}. {} {}", day.day(), month(DE), day.year()),
        "fr" if day.day() == 1 => format!("1er {} {}", month(FR), day.year()),
        "fr" => format!("{} {} {}", day.day(), month(FR), day.year()),
        _ => format!("{} {} {}", day.day(), month(EN), day.year()),
    }
}

/// A text as one line of at most so many bytes.
fn one_line(text: &str, most: usize) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain: String = words.chars().filter(|letter| !letter.is_control()).collect();
    let start = plain.get(..plain.floor_char_boundary(most)).unwrap_or(&plain);
    if start.trim_end().is_empty() { "-".to_owned() } else { start.trim_end().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ledger::money::Money;

    fn said(language: &str, shown: Option<&str>) -> (String, String) {
        let tell = TellInstalment {
            charge: Id::new("collect-L-1-20260401-0").unwrap(),
            order_no: Some("AI-0001".into()),
            due: Date::parse("2026-04-01").unwrap(),
            amount: Money(123_450),
            shown: shown.map(str::to_owned),
        };
        let currency = Currency { code: "EUR".into(), decimals: 2 };
        words(&Told { tell: &tell, to: "mira@example.net", language, currency: &currency }, "Laden")
    }

    #[test]
    fn a_notice_is_in_the_language_of_the_customer() {
        let (subject, text) = said("de-AT", Some("Visa 4242"));
        assert_eq!(subject, "Laden: Einzug von 1234,50 EUR am 1. April 2026");
        assert!(text.contains("Rate von 1234,50 EUR für AI-0001 von Visa 4242 ein"), "{text}");
        let (subject, text) = said("fr", None);
        assert_eq!(subject, "Laden : prélèvement de 1234,50 EUR le 1er avril 2026");
        assert!(text.contains("sur votre carte enregistrée"), "{text}");
        for other in ["", "en", "it"] {
            assert_eq!(said(other, None).0, "Laden: EUR 1234.50 will be charged on 1 April 2026");
        }
    }

    #[test]
    fn a_name_in_the_head_is_one_line() {
        assert_eq!(one_line("Shop\r\nBcc: x", 200), "Shop Bcc: x");
        assert_eq!(one_line(" \n ", 200), "-");
        assert_eq!(one_line("ää", 3), "ä");
    }
}
