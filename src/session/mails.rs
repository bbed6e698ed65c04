//! Papers by mail: what waits on this device, and what the endpoint has made of the rest.

use super::handle::Session;
use crate::browser_storage;
use crate::device::clock;
use crate::device::web_lock::WebLock;
use crate::engine::Engine;
use crate::replica::web::{DeviceKey, Web};
use crate::replica::{self, NotConnected};
use crate::store::{Fault, IndexedDb};
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use ledger::id::Id;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::pin::pin;
use std::rc::Rc;
use sync::wire::{AskMail, Code, MailCameBack, MailState, Mailed};

/// Milliseconds until mails that wait are offered to the endpoint again, when nothing happens before.
const AGAIN: u32 = 60_000;

/// Milliseconds until an endpoint that takes no more mails for the moment is asked again.
const SLOWER: u32 = 1_000;

/// A mail of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailStatus {
    /// The document.
    pub document: String,
    /// The address.
    pub to: String,
    /// How many times the document was sent there before.
    pub nth: u32,
    /// What has become of it.
    pub delivery: Delivery,
}

/// What has become of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// It waits on this device.
    Here,
    /// The endpoint does not take it.
    NotTaken(Code),
    /// It waits at the endpoint; with the last answer of the mail server, if there was an attempt.
    Queued(Option<String>),
    /// The mail server has taken it, at this time, in milliseconds since 1970.
    Sent(u64),
    /// The mail server refuses it, with this answer.
    Refused(String),
    /// The mail server has not taken it within a day; with its last answer.
    GivenUp(Option<String>),
    /// It was sent and has come back, as a person said at this time, in milliseconds since 1970.
    CameBack(u64),
}

impl Delivery {
    /// Whether nothing more will happen to it.
    #[must_use]
    pub const fn is_final(&self) -> bool {
        !matches!(self, Self::Here | Self::Queued(_))
    }

    fn of(mail: &Mailed) -> Self {
        match mail.state {
            MailState::Sent => Self::Sent(mail.at),
            MailState::Refused => Self::Refused(mail.reason.clone().unwrap_or_default()),
            MailState::GivenUp => Self::GivenUp(mail.reason.clone()),
            MailState::CameBack => Self::CameBack(mail.at),
            MailState::Queued | MailState::Other => Self::Queued(mail.reason.clone()),
        }
    }
}

fn key(store: &str) -> String {
    format!("{store}-mails")
}

impl Session {
    /// Whether the endpoint of the shop sends mails, as far as this device knows.
    #[must_use]
    pub fn sends_mails(self) -> bool {
        browser_storage::get(&key(&self.name())).unwrap_or_default()
    }

    /// The mails of a customer: those that the endpoint tells of, in the order in which they were asked for, then those that wait on this
    /// device. While the endpoint does not answer, only the latter are known.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn mails(self, customer: &Id) -> Result<Vec<MailStatus>, Fault> {
        let engine = self.open_engine()?;
        let told = match DeviceKey::stored(engine.store()).await? {
            Some(key) => replica::mails(&engine, &Web::new(key), customer.as_str()).await.ok(),
            None => None,
        };
        if let Some(told) = &told {
            browser_storage::set(&key(&self.name()), &told.sends);
        }
        let told = told.into_iter().flat_map(|told| told.mails);
        let mut all: Vec<MailStatus> = told
            .map(|mail| MailStatus {
                delivery: Delivery::of(&mail),
                document: mail.document,
                to: mail.to,
                nth: mail.nth,
            })
            .collect();
        let waiting = replica::waiting_mails(&engine).await?;
        for mail in waiting.into_iter().filter(|mail| mail.ask.customer == customer.as_str()) {
            let AskMail { document, to, nth, .. } = mail.ask;
            let delivery = mail.refused.map_or(Delivery::Here, Delivery::NotTaken);
            let is_there = all.iter().any(|known| {
                known.document == document && known.nth == nth && known.to.eq_ignore_ascii_case(&to)
            });
            if !is_there {
                all.push(MailStatus { document, to, nth, delivery });
            }
        }
        Ok(all)
    }

    /// Notes at the endpoint that a mail has come back.
    ///
    /// # Errors
    ///
    /// When the endpoint does not answer; then nothing is noted.
    pub async fn mail_came_back(self, customer: &Id, mail: &MailStatus) -> Result<(), NotConnected> {
        let engine = self.open_engine()?;
        let key = DeviceKey::stored(engine.store()).await?.ok_or(NotConnected::NoKey)?;
        let MailStatus { document, to, nth, .. } = mail.clone();
        let back = MailCameBack { customer: customer.to_string(), document, nth, to };
        replica::mail_came_back(&engine, &Web::new(key), &back).await.map(drop)
    }

    /// Lets a mail wait on this device, durably, and hands it to the endpoint as soon as that answers.
    ///
    /// # Errors
    ///
    /// When it could not be stored; then it is not sent.
    pub async fn send_mail(self, ask: AskMail) -> Result<(), Fault> {
        let (engine, name) = (self.open_engine()?, self.name());
        queue(&name, &engine, ask).await?;
        spawn_local(async move {
            // Without an answer, the exchange offers it again.
            let _ = deliver(&name, &engine).await;
        });
        Ok(())
    }

    /// As [`Session::send_mail`], for one of many: it returns when the endpoint has it, and waits as long as that takes no more.
    ///
    /// # Errors
    ///
    /// When it could not be stored, and when the endpoint does not answer or refuses it. What could be stored waits on this device.
    pub async fn send_one_of_many(self, ask: AskMail) -> Result<(), NotConnected> {
        let (engine, name) = (self.open_engine()?, self.name());
        queue(&name, &engine, ask.clone()).await?;
        loop {
            match deliver(&name, &engine).await {
                Err(NotConnected::Refused(Code::SlowDown)) => TimeoutFuture::new(SLOWER).await,
                Err(why) => return Err(why),
                Ok(_) => break,
            }
        }
        let refused = replica::waiting_mails(&engine).await?.into_iter().find_map(|mail| {
            let is_same = mail.ask.document == ask.document && mail.ask.to == ask.to;
            mail.refused.filter(|_| is_same)
        });
        refused.map_or(Ok(()), |code| Err(NotConnected::Refused(code)))
    }

    /// Hands what waits to the endpoint, whenever the exchange is complete and each minute, as long as it is awaited.
    pub(super) async fn keep_delivering(self, name: String, engine: Rc<Engine<IndexedDb>>) {
        let mut is_known = false;
        loop {
            if !is_known {
                is_known = learn(&name, &engine).await.is_ok();
            }
            let _ = deliver(&name, &engine).await;
            let Some(wake) = self.inner.try_with_value(|inner| inner.mails.clone()) else { return };
            match select(pin!(wake.woken()), pin!(TimeoutFuture::new(AGAIN))).await {
                Either::Left(_) | Either::Right(_) => {}
            }
        }
    }

    /// The exchange is complete: what waits may be taken now.
    pub(super) fn wake_mails(self) {
        self.inner.try_with_value(|inner| inner.mails.wake());
    }
}

/// Lets a mail wait on this device, durably.
async fn queue(name: &str, engine: &Engine<IndexedDb>, ask: AskMail) -> Result<(), Fault> {
    let _lock = WebLock::acquire(&key(name)).await;
    replica::queue_mail(engine, ask, (clock::today(), clock::now())).await
}

/// Remembers whether the endpoint sends mails.
async fn learn(name: &str, engine: &Engine<IndexedDb>) -> Result<(), NotConnected> {
    let device = DeviceKey::stored(engine.store()).await?.ok_or(NotConnected::NoKey)?;
    let sends = replica::sends_mails(&Web::new(device)).await?;
    browser_storage::set(&key(name), &sends);
    Ok(())
}

async fn deliver(name: &str, engine: &Engine<IndexedDb>) -> Result<usize, NotConnected> {
    let device = DeviceKey::stored(engine.store()).await?.ok_or(NotConnected::NoKey)?;
    let lock = async || WebLock::acquire(&key(name)).await;
    replica::deliver_mails(engine, &Web::new(device), (clock::today(), clock::now()), lock).await
}
