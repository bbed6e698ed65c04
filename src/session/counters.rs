//! The counters of the shop: as the journal here knows them, and as the endpoint does.

use super::handle::Session;
use super::sync_state::{Invited, KnownCounter};
use crate::engine::{NotRecorded, RefusedEntry};
use crate::replica::web::{DeviceKey, Web, new_code};
use crate::replica::{self, HandedIn, NotConnected};
use crate::store::{Fault, Store};
use journal::{ChainOpened, Line, OPENED};
use ledger::entry::{InviteDevice, InviteHash, RevokeDevice, WithdrawInvite};
use ledger::id::Id;
use ledger::rules::Act;
use std::collections::BTreeMap;
use sync::wire::{Devices, InviteCode, Listed};

impl Session {
    /// The counters of the shop, as far as the journal here knows them, by letter.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn counters(self) -> Result<Vec<KnownCounter>, Fault> {
        let engine = self.open_engine()?;
        let own = engine.device().device.to_string();
        let shop = engine.shop();
        let is_revoked = |device: &str| shop.revoked_devices.iter().any(|one| one.as_str() == device);
        let mut found = BTreeMap::<String, (u32, KnownCounter)>::new();
        for stored in engine.store().entries("").await? {
            let Ok(line) = Line::parse(stored.bytes.as_bytes()) else { continue };
            if line.kind != OPENED {
                continue;
            }
            let Ok(opened) = ChainOpened::parse(line.kv, line.body.get()) else { continue };
            let counter = KnownCounter {
                device: line.device.to_owned(),
                letter: opened.letter,
                name: opened.name,
                last: line.clock.0,
                here: line.device == own,
                revoked: is_revoked(line.device),
                told: None,
            };
            match found.get_mut(line.device) {
                Some((chain, known)) if *chain <= line.chain => (*chain, *known) = (line.chain, counter),
                Some(_) => {}
                None => drop(found.insert(line.device.to_owned(), (line.chain, counter))),
            }
        }
        let mut counters = Vec::with_capacity(found.len());
        for (chain, mut counter) in found.into_values() {
            if let Some(stored) = engine.store().last(&counter.device, chain).await?
                && let Ok(line) = Line::parse(stored.bytes.as_bytes())
            {
                counter.last = line.clock.0;
            }
            counters.push(counter);
        }
        crate::sort::sort_by(&mut counters, |a, b| a.letter.cmp(&b.letter));
        Ok(counters)
    }

    /// The entries of customers that the endpoint has refused and that no admin let count.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn refused(self) -> Result<Vec<RefusedEntry>, Fault> {
        let engine = self.open_engine()?;
        let places = replica::refused_places(engine.store()).await?;
        engine.refused(&places).await
    }

    /// What the endpoint says about the devices of the shop.
    ///
    /// # Errors
    ///
    /// [`NotConnected`].
    pub async fn devices(self) -> Result<Devices, NotConnected> {
        let engine = self.open_engine()?;
        let key = DeviceKey::stored(engine.store()).await?.ok_or(NotConnected::NoKey)?;
        replica::devices(&engine, &Web::new(key)).await
    }

    /// Takes a counter out of the shop, as soon as the endpoint has the entry.
    ///
    /// # Errors
    ///
    /// [`NotRecorded`]; nothing was written.
    pub async fn revoke(self, device: Id) -> Result<(), NotRecorded> {
        self.record_of_shop(Self::new_id(), Act::RevokeDevice(RevokeDevice { device })).await.map(drop)
    }

    /// Invites one more counter, or a reader. The invite is good when the endpoint has the entry.
    ///
    /// # Errors
    ///
    /// [`NotRecorded`]; nothing was written.
    pub async fn invite(self, reader: bool) -> Result<Invited, NotRecorded> {
        let code = new_code()?;
        let invite = Act::InviteDevice(InviteDevice { code: hash(code)?, reader });
        self.record_of_shop(Self::new_id(), invite).await?;
        let engine = self.open_engine()?;
        let device = engine.device();
        Ok(Invited { code, reader, place: (device.chain, device.head.map_or(0, |head| head.seq)) })
    }

    /// Withdraws an invite.
    ///
    /// # Errors
    ///
    /// [`NotRecorded`]; nothing was written.
    pub async fn withdraw(self, invited: &Invited) -> Result<(), NotRecorded> {
        let withdraw = Act::WithdrawInvite(WithdrawInvite { code: hash(invited.code)? });
        self.record_of_shop(Self::new_id(), withdraw).await.map(drop)
    }

    /// Whether the endpoint has an invite.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn handed_in(self, invited: &Invited) -> Result<HandedIn, Fault> {
        let engine = self.open_engine()?;
        replica::handed_in(&engine, invited.place.0, invited.place.1).await
    }
}

/// What an entry says about a code.
fn hash(code: InviteCode) -> Result<InviteHash, Fault> {
    InviteHash::new(code.hash()).ok_or_else(|| Fault::Other("a hash without digits".into()))
}

/// Adds what the endpoint says to what the journal knows. A device that has recorded nothing comes last.
#[must_use]
pub fn with_devices(mut counters: Vec<KnownCounter>, devices: Vec<Listed>) -> Vec<KnownCounter> {
    for told in devices {
        match counters.iter_mut().find(|counter| counter.device == told.device) {
            Some(counter) => {
                counter.name.clone_from(&told.name);
                counter.told = Some(told);
            }
            None => counters.push(KnownCounter {
                device: told.device.clone(),
                letter: told.letter.clone().unwrap_or_default(),
                name: told.name.clone(),
                last: told.seen,
                here: false,
                revoked: false,
                told: Some(told),
            }),
        }
    }
    counters
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn what_the_endpoint_says_is_beside_what_the_journal_knows() {
        let counter = KnownCounter {
            device: "d1".into(),
            letter: "A".into(),
            name: "A".into(),
            last: 5,
            here: true,
            revoked: false,
            told: None,
        };
        let listed = |device: &str, letter: Option<&str>, name: &str| Listed {
            device: device.into(),
            name: name.into(),
            role: "reader".into(),
            letter: letter.map(Into::into),
            seen: 9,
            waiting: None,
            revoked: None,
        };
        let told = vec![listed("d1", Some("A"), "Front"), listed("d2", None, "Bookkeeper")];
        let all = with_devices(vec![counter], told.clone());
        let seen: Vec<_> = all.iter().map(|one| (one.letter.as_str(), one.name.as_str(), one.last)).collect();
        assert_eq!(seen, [("A", "Front", 5), ("", "Bookkeeper", 9)]);
        assert_eq!(all.iter().map(|one| one.told.clone().unwrap()).collect::<Vec<_>>(), told);
        assert!(all[0].here && !all[1].here);
    }
}
