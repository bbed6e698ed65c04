//! The transactions around an attempt: one claims the mail before it, one records the outcome after it. What each makes of the mail is a
//! function of its own, which a simulation runs (`tests/refunds`).

use std::time::Duration;

use sync::wire::MailState;

use crate::mail::outcome::{LONGEST, Outcome, millis, pause};
use crate::store::{Bytes16, Fault, Mail, Store};

/// How much longer than an attempt a claim lasts: until then, no other worker takes the mail.
const MARGIN: Duration = Duration::from_secs(60);

/// Claims a mail that is due, durably; `None` if it is not due. A mail whose day is over is given up instead, and returned as that.
///
/// # Errors
/// Of the store.
pub async fn claim(
    store: &dyn Store,
    shop: &str,
    id: Bytes16,
    now: u64,
    deadline: Duration,
) -> Result<Option<Mail>, Fault> {
    let of = shop.to_owned();
    let claim = store.writing(shop, move |tx| {
        let Some(mail) = tx.mail(&of, &id)?.and_then(|mail| claimed(mail, now, deadline)) else {
            return Ok(None);
        };
        tx.put_mail(&mail)?;
        Ok(Some(mail))
    });
    claim.await
}

/// What a claim makes of a mail: it is put off for as long as an attempt can last, or given up when its day is over. `None` if it is not due.
#[must_use]
pub fn claimed(mut mail: Mail, now: u64, deadline: Duration) -> Option<Mail> {
    if mail.due.is_none_or(|due| due > now) {
        return None;
    }
    if is_over(&mail, now) {
        return Some(ended(mail, MailState::GivenUp, now));
    }
    mail.tries = mail.tries.saturating_add(1);
    mail.due = Some(now.saturating_add(millis(deadline + MARGIN)));
    Some(mail)
}

/// Records what an attempt came to, and returns the mail as it is then. If another worker has claimed the mail since, only a success
/// counts: the other attempt is still to be judged.
///
/// # Errors
/// Of the store. The mail is then attempted again when the claim ends.
pub async fn record(
    store: &dyn Store,
    shop: &str,
    claimed: &Mail,
    outcome: Outcome,
    now: u64,
) -> Result<Option<Mail>, Fault> {
    let (of, id, tries) = (shop.to_owned(), claimed.id, claimed.tries);
    let record = store.writing(shop, move |tx| {
        let Some(mail) = tx.mail(&of, &id)?.and_then(|mail| recorded(mail, tries, outcome, now)) else {
            return Ok(None);
        };
        tx.put_mail(&mail)?;
        Ok(Some(mail))
    });
    record.await
}

/// What the outcome of an attempt makes of a mail; `tries` is the number of the attempt. `None` if it changes nothing.
#[must_use]
pub fn recorded(mut mail: Mail, tries: u32, outcome: Outcome, now: u64) -> Option<Mail> {
    let is_ours = mail.tries == tries && mail.due.is_some();
    if !is_ours && (outcome != Outcome::Sent || mail.state == MailState::Sent) {
        return None;
    }
    Some(match outcome {
        Outcome::Sent => Mail { reason: None, ..ended(mail, MailState::Sent, now) },
        Outcome::Refused(words) => Mail { reason: Some(words), ..ended(mail, MailState::Refused, now) },
        Outcome::Later(words) => {
            mail.reason = words.or(mail.reason);
            if is_over(&mail, now) {
                ended(mail, MailState::GivenUp, now)
            } else {
                Mail { due: Some(now.saturating_add(pause(tries))), ..mail }
            }
        }
    })
}

/// Whether a mail is too old to be sent: a receipt of last week, from an outbox that was put back, would only confuse.
fn is_over(mail: &Mail, now: u64) -> bool {
    now.saturating_sub(mail.asked) >= LONGEST
}

/// The mail as it stays. What was sent is not kept.
fn ended(mail: Mail, state: MailState, now: u64) -> Mail {
    Mail { state, at: now, due: None, content: Vec::new(), ..mail }
}
