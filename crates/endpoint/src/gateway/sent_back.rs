//! The mail that corrects another one: the customer was told of a refund by mail, and the money did not arrive.

use std::collections::BTreeSet;

use ledger::id::Id;
use sync::wire::{MailState, correction_of};

use super::accounts::accounts;
use super::kept::Kept;
use super::notice::put_text;
use super::state::Progress;
use crate::Endpoint;
use crate::store::{Fault, Mail, Write};

/// Puts into the outbox what corrects the mails about a refund: one to each address that they went to, once. None where there was no mail, and
/// none to a customer who wants no mails.
///
/// # Errors
/// Of the store.
pub(super) fn correct(
    endpoint: &Endpoint,
    (shop, tx): (&str, &mut dyn Write),
    kept: &Kept,
    news: Progress,
) -> Result<(), Fault> {
    // What the shop has taken back itself is for the shop to tell.
    if news != Progress::Failed || kept.charge.is_some() || endpoint.0.mailer.get().is_none() {
        return Ok(());
    }
    let refund = &kept.operation.of.refund;
    // Also one that was given up or refused in the end may have come: an earlier attempt can have ended without an answer. One that still
    // waits is sent as it is, because its paper was true when it was asked for.
    let is_told = |mail: &Mail| mail.document == *refund && mail.state != MailState::CameBack;
    let mails = tx.mails(shop, Some(&kept.customer))?.into_iter().filter(is_told);
    let told: BTreeSet<String> = mails.map(|mail| mail.to.to_ascii_lowercase()).collect();
    if told.is_empty() {
        return Ok(());
    }
    let id = |text: &str| Id::new(text).map_err(|_| Fault::broken("an id of an operation"));
    let customer = id(&kept.customer)?;
    let account = accounts(&*tx, shop, &BTreeSet::from([&customer]))?.remove(&customer).unwrap_or_default();
    if account.wants_no_mail() {
        return Ok(());
    }
    let number = account.refund_row(&id(refund)?).and_then(|row| row.no).unwrap_or_default();
    let document = correction_of(refund);
    for to in told {
        let words = |name: &str| words(account.language(), &number, name);
        put_text(tx, shop, (&kept.customer, &document, &to), endpoint.now(), words)?;
    }
    Ok(())
}

/// The subject and the text. The amount is not in it: what is on the account follows from the book.
fn words(language: &str, number: &str, shop: &str) -> (String, String) {
    let (subject, text) = match language.split('-').next().unwrap_or_default() {
        "de" => (
            format!("{shop}: Berichtigung zur Rückzahlung {number}"),
            format!(
                "Guten Tag,\n\ndie Rückzahlung {number}, über die wir Sie informiert haben, ist nicht bei Ihnen angekommen: Sie wurde nicht \
                 ausgeführt, oder Ihre Bank hat sie zurückgeschickt. Bitte melden Sie sich bei uns, damit wir den Betrag auf anderem Weg \
                 auszahlen können.\n\n{shop}\n"
            ),
        ),
        "fr" => (
            format!("{shop} : rectification du remboursement {number}"),
            format!(
                "Bonjour,\n\nle remboursement {number} dont nous vous avions informé ne vous est pas parvenu : il n’a pas été effectué, ou \
                 votre banque l’a renvoyé. Contactez-nous pour que nous vous versions le montant autrement.\n\n{shop}\n"
            ),
        ),
        _ => (
            format!("{shop}: correction about refund {number}"),
            format!(
                "Hello,\n\nrefund {number}, of which we told you, has not reached you: it was not made, or your bank has sent it back. Please \
                 get in touch with us, so that we can pay the amount in another way.\n\n{shop}\n"
            ),
        ),
    };
    (subject.trim_end().to_owned(), text)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_correction_names_the_refund_in_the_language_of_the_customer() {
        assert_eq!(words("de", "AR-0001", "Laden").0, "Laden: Berichtigung zur Rückzahlung AR-0001");
        assert!(words("fr-CH", "AR-0001", "Magasin").1.contains("remboursement AR-0001"));
        assert!(words("", "AR-0001", "Shop").1.contains("refund AR-0001"));
        assert_eq!(words("en", "", "Shop").0, "Shop: correction about refund");
    }
}
