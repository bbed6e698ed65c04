//! Papers by mail: a device asks for one, and what has become of those of a customer.

use std::sync::atomic::Ordering;

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Uri};
use sync::wire::limits::{MAX_TOLD_MAILS, MAX_WAITING_MAILS};
use sync::wire::{AskMail, AskMails, Code, MailCameBack, MailState, Mailed, Mails, Problem};

use crate::api::answer::{Answer, Refused, json};
use crate::api::body::{query, small};
use crate::api::pull::may_read;
use crate::api::rates::Kind;
use crate::api::sessions::Member;
use crate::api::state::Endpoint;
use crate::mail::{content, id, id_of};
use crate::membership::READER;
use crate::rights::Staff;
use crate::store::{Fault, Mail, Read, Write};

/// The seconds after which a shop whose outbox is full may ask again.
const LATER: u32 = 60;

/// `GET /v1/shops/{shop}/mails`.
pub async fn mails(
    State(endpoint): State<Endpoint>,
    Path(shop): Path<String>,
    headers: HeaderMap,
    uri: Uri,
) -> Answer {
    let member = endpoint.counted_member(Kind::Pull, &shop, &headers)?;
    let AskMails { customer } = query(&uri)?;
    json(&list(&endpoint, member, customer).await?)
}

/// `POST /v1/shops/{shop}/mails`. Answers the mails of the customer as they are then. A mail that is known is not sent again.
pub async fn ask(State(endpoint): State<Endpoint>, Path(shop): Path<String>, request: Request) -> Answer {
    let member = endpoint.counted_member(Kind::Push, &shop, request.headers())?;
    let asked: AskMail = small(request).await?;
    let Some(mailer) = endpoint.0.mailer.get() else { return Err(Code::NoMail.into()) };
    let (mail, of) = (new_mail(&shop, &asked, endpoint.now())?, member.clone());
    let here = endpoint.clone();
    let put = endpoint.0.store.writing(&shop, move |tx| {
        if Staff::read(here.staff(&of.shop), tx, &of.shop)?.has_moved_from(&here.0.settings.origins) {
            return Ok(Err(Code::Moved.into()));
        }
        put(tx, &of, &mail)
    });
    let put = put.await?;
    if put? {
        endpoint.0.metrics.mails.asked.fetch_add(1, Ordering::Relaxed);
    }
    mailer.notify_one();
    json(&list(&endpoint, member, asked.customer).await?)
}

/// `POST /v1/shops/{shop}/mails/returns`. A mail that was sent has come back: a person has read it in the mailbox of the sender. Of a mail that was
/// not sent, and of one that is not known, nothing is noted.
pub async fn came_back(
    State(endpoint): State<Endpoint>,
    Path(shop): Path<String>,
    request: Request,
) -> Answer {
    let member = endpoint.counted_member(Kind::Push, &shop, request.headers())?;
    let back: MailCameBack = small(request).await?;
    let (of, now, customer) = (member.clone(), endpoint.now(), back.customer.clone());
    let noted = endpoint.0.store.writing(&shop, move |tx| {
        if let Err(refused) = may_send(tx, &of)? {
            return Ok(Err(refused));
        }
        let id = id_of(&of.shop, &back.document, back.nth, &back.to);
        let sent = tx.mail(&of.shop, &id)?.filter(|mail| mail.state == MailState::Sent);
        if let Some(mail) = sent.filter(|mail| mail.customer == back.customer) {
            tx.put_mail(&Mail { state: MailState::CameBack, at: now, ..mail })?;
        }
        Ok(Ok(()))
    });
    noted.await??;
    json(&list(&endpoint, member, customer).await?)
}

fn new_mail(shop: &str, asked: &AskMail, now: u64) -> Result<Mail, Fault> {
    let AskMail { customer, document, nth, to, .. } = asked;
    Ok(Mail::queued(id(shop, asked), (customer, document, *nth, to), now, content(asked)?))
}

/// Whether a device may send mails of its shop.
pub(super) fn may_send(tx: &dyn Read, member: &Member) -> Result<Result<(), Refused>, Fault> {
    if let Err(problem) = may_read(tx, member)? {
        return Ok(Err(problem.into()));
    }
    let is_reader = tx.device(&member.shop, &member.device)?.is_some_and(|device| device.role == READER);
    Ok(if is_reader { Err(Code::ReadOnly.into()) } else { Ok(()) })
}

/// Puts a mail into the outbox, if it is not known; says whether it was put.
fn put(tx: &mut dyn Write, member: &Member, mail: &Mail) -> Result<Result<bool, Refused>, Fault> {
    let shop = &member.shop;
    if let Err(refused) = may_send(&*tx, member)? {
        return Ok(Err(refused));
    }
    if tx.mail(shop, &mail.id)?.is_some() {
        return Ok(Ok(false));
    }
    if tx.waiting_mails(shop)? >= MAX_WAITING_MAILS {
        return Ok(Err(Refused::slow_down(LATER)));
    }
    tx.put_mail(mail)?;
    Ok(Ok(true))
}

async fn list(endpoint: &Endpoint, member: Member, customer: String) -> Result<Mails, Refused> {
    let read = endpoint.0.store.reading(move |tx| {
        if let Err(problem) = may_read(tx, &member)? {
            return Ok(Err::<_, Problem>(problem));
        }
        Ok(Ok(tx.mails(&member.shop, Some(&customer))?))
    });
    let mut mails = read.await??;
    let more = mails.len().saturating_sub(MAX_TOLD_MAILS);
    let mails = mails.drain(more..).map(told).collect();
    Ok(Mails { sends: endpoint.0.mailer.get().is_some(), mails })
}

fn told(mail: Mail) -> Mailed {
    let Mail { document, to, nth, state, at, reason, .. } = mail;
    Mailed { document, to, nth, state, at, reason }
}
