//! Carries out what operations say: reads what counters have asked for, calls the gateway, and writes what came of it to the journal.
//!
//! Any number of endpoints over one store may do this at the same time. Who claims an operation in a transaction has it for a while; each
//! answer is applied in a transaction of its own, together with the entry that tells of it.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures_util::future::join_all;
use tokio::time::sleep;

use super::Gateway;
use super::asked;
use super::call::{Call, Outcome};
use super::cards;
use super::collecting;
use super::disputes;
use super::found;
use super::index;
use super::kept::read;
use super::operation::Operation;
use super::writing::tell_and_write;
use crate::Endpoint;
use crate::api::random;
use crate::rights::Staff;
use crate::store::Fault;

/// How long to wait between two rounds.
const ROUND: Duration = Duration::from_secs(1);

/// The most operations that are carried out at a time.
const AT_A_TIME: u32 = 8;

/// What carries out the refunds of one shop.
#[derive(Clone)]
pub struct Refunds {
    endpoint: Endpoint,
    gateway: Arc<dyn Gateway>,
    shop: Option<String>,
}

/// What a round has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Refunds that were found in the journal.
    pub found: usize,
    /// Operations that were due.
    pub due: usize,
}

impl Refunds {
    /// Refunds of `shop`; without one, of the only shop that the endpoint has. A gateway belongs to one shop: counters of another one could
    /// otherwise refund its payments.
    pub fn new(endpoint: Endpoint, gateway: Arc<dyn Gateway>, shop: Option<String>) -> Self {
        cards::offer(&endpoint, &gateway);
        Self { endpoint, gateway, shop }
    }

    /// Carries out refunds for ever. A round that fails is tried again: nothing is forgotten.
    pub async fn run(self) {
        if let Err(fault) = self.look_at_all().await {
            self.endpoint.note_gateway_fault(&fault);
        }
        loop {
            if let Err(fault) = self.round().await {
                self.endpoint.note_gateway_fault(&fault);
            }
            sleep(ROUND).await;
        }
    }

    /// Makes all that is under way due: what happened at the gateway while no endpoint ran is known sooner.
    ///
    /// # Errors
    /// Of the store.
    pub async fn look_at_all(&self) -> Result<(), Fault> {
        let Some(shop) = self.shop().await? else { return Ok(()) };
        let (of, now) = (shop.clone(), self.endpoint.now());
        for operation in self.endpoint.0.store.reading(move |tx| tx.operations(&of)).await? {
            if operation.due.is_some() {
                self.change(&shop, &operation.id, move |operation| operation.hurry(now)).await?;
            }
        }
        Ok(())
    }

    /// The shop whose refunds are carried out; `None` where there is none yet, or more than one and none was named.
    ///
    /// # Errors
    /// Of the store.
    pub async fn shop(&self) -> Result<Option<String>, Fault> {
        let shops = self.endpoint.0.store.reading(|tx| tx.shops()).await?;
        let shop = match &self.shop {
            Some(shop) => shops.contains(shop).then(|| shop.clone()),
            None => <[String; 1]>::try_from(shops).ok().map(|[shop]| shop),
        };
        let Some(shop) = shop else { return Ok(None) };
        // Of a shop that was moved, the log goes on elsewhere, and so do its operations.
        let (of, here) = (shop.clone(), self.endpoint.clone());
        let staff = self.endpoint.0.store.reading(move |tx| Staff::read(here.staff(&of), tx, &of)).await?;
        self.endpoint.set_staff(&shop, std::sync::Arc::clone(&staff));
        Ok((!staff.has_moved_from(&self.endpoint.0.settings.origins)).then_some(shop))
    }

    /// Lets devices know whose refunds are sent from here, and says whether that is clear: a shop was named, or there is at most one.
    ///
    /// # Errors
    /// Of the store.
    pub async fn begin(&self) -> Result<bool, Fault> {
        self.endpoint.set_refunds(self.shop().await?);
        Ok(self.shop.is_some() || self.endpoint.0.store.reading(|tx| tx.shops()).await?.len() < 2)
    }

    /// Reads what is new in the journal, and carries out what is due.
    ///
    /// # Errors
    /// Of the store. What fails at the gateway is part of an operation.
    pub async fn round(&self) -> Result<Round, Fault> {
        let shop = self.shop().await?;
        self.endpoint.set_refunds(shop.clone());
        let Some(shop) = shop else { return Ok(Round::default()) };
        index::advance(&self.endpoint, &shop).await?;
        collecting::look(&self.endpoint, &*self.gateway, &shop).await?;
        let found = asked::take(&self.endpoint, &shop).await?;
        let (of, now) = (shop.clone(), self.endpoint.now());
        let due = self.endpoint.0.store.reading(move |tx| tx.operations_due(&of, now, AT_A_TIME)).await?;
        let done = join_all(due.iter().map(|operation| self.carry_out(&shop, &operation.id))).await;
        done.into_iter().collect::<Result<(), Fault>>()?;
        disputes::look(&self.endpoint, &*self.gateway, &shop).await?;
        Ok(Round { found, due: due.len() })
    }

    async fn carry_out(&self, shop: &str, id: &str) -> Result<(), Fault> {
        let now = self.endpoint.now();
        let claimed = self.change(shop, id, move |operation| operation.claim(now)).await?;
        let Some((Some(round), mut operation)) = claimed else { return Ok(()) };
        while let Some(call) = operation.call(round, self.endpoint.now()) {
            let outcome = perform(&*self.gateway, &call).await;
            if outcome.is_unknown() {
                self.endpoint.0.metrics.gateway_unknown.fetch_add(1, Ordering::Relaxed);
            }
            if let (Call::List(_), Outcome::Listed(Ok(listed))) = (&call, &outcome) {
                found::note(&self.endpoint, shop, &listed.refunds).await?;
            }
            let (now, random) = (self.endpoint.now(), u32::from_be_bytes(random()?));
            let applied = move |operation: &mut Operation| operation.answered((round, now), outcome, random);
            let Some(((), applied)) = self.change(shop, id, applied).await? else { return Ok(()) };
            operation = applied;
        }
        Ok(())
    }

    /// Changes an operation in a transaction, with the entry that tells of the change.
    async fn change<T: Send + 'static>(
        &self,
        shop: &str,
        id: &str,
        change: impl FnOnce(&mut Operation) -> T + Send + 'static,
    ) -> Result<Option<(T, Operation)>, Fault> {
        let (endpoint, of, id) = (self.endpoint.clone(), shop.to_owned(), id.to_owned());
        let changed = self.endpoint.0.store.writing(shop, move |tx| {
            let Some(mut kept) = read(tx, &of, &id)? else { return Ok(None) };
            let result = change(&mut kept.operation);
            let end = tell_and_write(&endpoint, &of, tx, &mut kept)?;
            Ok(Some((result, kept.operation, end)))
        });
        Ok(changed.await?.map(|(result, operation, end)| {
            if let Some(end) = end {
                self.endpoint.tell(shop, end);
                // With some news there is a mail.
                if let Some(mailer) = self.endpoint.0.mailer.get() {
                    mailer.notify_one();
                }
            }
            (result, operation)
        }))
    }
}

/// Makes a call.
pub async fn perform(gateway: &dyn Gateway, call: &Call) -> Outcome {
    match call {
        Call::Payment(payment) => Outcome::Payment(gateway.payment(payment).await),
        Call::List(payment) => Outcome::Listed(gateway.refunds(payment).await),
        Call::Send(ask) => Outcome::Sent(gateway.ask(ask).await),
        Call::Look(id) => Outcome::Looked(gateway.refund(id).await),
        Call::Cancel(id) => Outcome::Canceled(gateway.cancel(id).await),
        Call::Charges(customer) => Outcome::Listed(gateway.charges(customer).await),
        Call::LookAtCharge(id) => Outcome::Looked(gateway.charge(id).await),
        Call::CancelCharge(id) => Outcome::Looked(gateway.cancel_charge(id).await),
        Call::Links(since) => Outcome::Listed(gateway.links(*since).await),
        Call::LookAtLink(id) => Outcome::Looked(gateway.link(id).await),
        Call::ExpireLink(id) => Outcome::Canceled(gateway.expire_link(id).await),
    }
}
