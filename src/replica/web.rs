//! The browser as a platform: requests, event streams, and the key of this device.

mod code;
mod fetch;
mod key;

pub use code::new_code;
pub use key::DeviceKey;

use super::platform::{Answer, Platform, needs_bearer};
use crate::device::clock;
use crate::store::IndexedDb;
use gloo_timers::future::TimeoutFuture;
use std::rc::Rc;
use sync::client::Send;
use sync::wire::Moved;
use sync::{PublicKey, Signature};

/// This page, with the key of its device.
#[derive(Debug, Clone)]
pub struct Web {
    key: Rc<DeviceKey>,
    /// The book, where the exchange of an open book may need further keys.
    book: Option<IndexedDb>,
}

impl Web {
    /// The page with a key.
    #[must_use]
    pub fn new(key: DeviceKey) -> Self {
        Self { key: Rc::new(key), book: None }
    }

    /// The page with the key of a book, in which further keys are stored.
    #[must_use]
    pub fn of_book(key: DeviceKey, book: IndexedDb) -> Self {
        Self { key: Rc::new(key), book: Some(book) }
    }
}

/// The address of the endpoint without a path.
#[must_use]
pub fn endpoint_origin() -> String {
    fetch::elsewhere().unwrap_or_else(fetch::page_origin)
}

impl Platform for Web {
    fn now(&self) -> u64 {
        clock::now()
    }

    fn random(&self) -> u64 {
        // The second half of a version 4 id: of its 64 bits all but the first two are random.
        uuid::Uuid::new_v4().as_u64_pair().1
    }

    fn origin(&self) -> String {
        endpoint_origin()
    }

    fn needs_bearer(&self) -> bool {
        fetch::elsewhere().is_some() || needs_bearer(&fetch::page_origin())
    }

    fn key(&self) -> PublicKey {
        self.key.public()
    }

    async fn send(&self, request: &Send) -> Option<Answer> {
        fetch::send(request).await
    }

    async fn sign(&self, statement: [u8; 32]) -> Option<Signature> {
        self.key.sign(statement).await
    }

    async fn new_key(&self) -> Option<PublicKey> {
        DeviceKey::add(self.book.as_ref()?).await.ok()
    }

    async fn sign_with(&self, key: PublicKey, statement: [u8; 32]) -> Option<Signature> {
        if key == self.key.public() {
            return self.key.sign(statement).await;
        }
        DeviceKey::added(self.book.as_ref()?, key).await.ok()??.sign(statement).await
    }

    async fn sleep(&self, millis: u64) {
        TimeoutFuture::new(u32::try_from(millis).unwrap_or(u32::MAX)).await;
    }

    async fn listen(&self, path: &str, bearer: Option<&str>, hear: &dyn Fn(Moved)) {
        fetch::listen(path, bearer, hear).await;
    }
}
