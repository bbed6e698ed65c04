//! Stores the people of a device in localStorage. Each value has its own key, so that two tabs do not overwrite each
//! other's changes.

use crate::browser_storage;
use crate::device::people::{Bypass, LOCKS_AFTER, People, Tries};
use ledger::id::Id;
use ledger::shop::Shop;
use std::fmt::Display;

/// The prefix of all keys.
const PREFIX: &str = "counterfoil-people/";
const ACTOR: &str = "actor";
const AFTER: &str = "lock-after";
const LOCKED: &str = "locked";
const FORGOTTEN: &str = "forgotten";
const RAN: &str = "forgotten-ran";
const RECOVERY: &str = "recovery";
const BYPASSES: &str = "without-pin";
const LAST_ACTIVITY: &str = "touched";

/// The device store of one shop, by the name of its store.
#[derive(Debug, Clone, Copy)]
pub struct DeviceStore<'a>(pub &'a str);

impl DeviceStore<'_> {
    /// Reads the people of a shop. The example shop locks only after a time was set for it.
    pub fn people(&self, shop: &Shop, example: bool) -> People {
        let everybody = || shop.staff.keys().chain(shop.owner.iter());
        let pins = everybody().filter_map(|member| Some((member.clone(), self.read(&pin(member))?)));
        let tries = everybody().filter_map(|member| Some((member.clone(), self.tries(member)?)));
        People {
            actor: self.read(ACTOR).and_then(|id| Id::new(&id).ok()),
            pins: pins.collect(),
            lock_after: self.number(AFTER).unwrap_or(if example { 0 } else { LOCKS_AFTER }),
            locked: self.read(LOCKED).is_some(),
            tries: tries.collect(),
            forgotten: self.number(FORGOTTEN),
            ran: self.number(RAN).unwrap_or_default(),
            recovery: self.read(RECOVERY),
            bypasses: browser_storage::get(&self.key(BYPASSES)).unwrap_or_default(),
        }
    }

    /// Writes the values that differ. False when the browser refused one: then it is lost when the page is closed.
    pub fn save(&self, before: &People, after: &People) -> bool {
        let mut stored = true;
        let mut put = |what: &str, was: Option<String>, is: Option<String>| {
            stored &= was == is || self.write(what, is);
        };
        let id = |people: &People| people.actor.as_ref().map(Id::to_string);
        let some = |is: bool| is.then(|| "yes".to_owned());
        put(ACTOR, id(before), id(after));
        put(AFTER, text(before.lock_after), text(after.lock_after));
        put(LOCKED, some(before.locked), some(after.locked));
        put(FORGOTTEN, before.forgotten.and_then(text), after.forgotten.and_then(text));
        put(RAN, above_zero(before.ran), above_zero(after.ran));
        put(RECOVERY, before.recovery.clone(), after.recovery.clone());
        put(BYPASSES, list(&before.bypasses), list(&after.bypasses));
        for member in before.pins.keys().chain(after.pins.keys()) {
            put(&pin(member), before.pins.get(member).cloned(), after.pins.get(member).cloned());
        }
        for member in before.tries.keys().chain(after.tries.keys()) {
            let tries =
                |people: &People| people.tries.get(member).map(|t| format!("{} {}", t.wrong, t.until));
            put(&wrong(member), tries(before), tries(after));
        }
        stored
    }

    /// The time of the last input in any tab of this shop, in milliseconds since 1970.
    pub fn last_activity(&self) -> Option<u64> {
        self.number(LAST_ACTIVITY)
    }

    /// Stores the time of an input.
    pub fn note_activity(&self, now: u64) {
        self.write(LAST_ACTIVITY, text(now));
    }

    /// Whether a key of local storage belongs to this shop and is not the time of the last input.
    pub fn is_change(&self, key: &str) -> bool {
        let own = key.strip_prefix(PREFIX).and_then(|rest| rest.strip_prefix(self.0));
        own.and_then(|rest| rest.strip_prefix('/')).is_some_and(|what| what != LAST_ACTIVITY)
    }

    /// Removes all values, for when the journal is deleted.
    pub fn clear(&self) {
        let own = self.key("");
        browser_storage::names()
            .iter()
            .filter(|key| key.starts_with(&own))
            .for_each(|key| browser_storage::forget(key));
    }

    fn key(&self, what: &str) -> String {
        format!("{PREFIX}{}/{what}", self.0)
    }

    fn read(&self, what: &str) -> Option<String> {
        browser_storage::text(&self.key(what))
    }

    fn tries(&self, member: &Id) -> Option<Tries> {
        let text = self.read(&wrong(member))?;
        let (wrong, until) = text.split_once(' ')?;
        Some(Tries { wrong: wrong.parse().ok()?, until: until.parse().ok()? })
    }

    fn number<T: std::str::FromStr>(&self, what: &str) -> Option<T> {
        self.read(what)?.parse().ok()
    }

    fn write(&self, what: &str, value: Option<String>) -> bool {
        browser_storage::put(&self.key(what), value)
    }
}

fn pin(member: &Id) -> String {
    format!("pin/{member}")
}

fn wrong(member: &Id) -> String {
    format!("wrong/{member}")
}

fn above_zero(value: u64) -> Option<String> {
    (value > 0).then(|| value.to_string())
}

fn list(bypasses: &[Bypass]) -> Option<String> {
    if bypasses.is_empty() { None } else { serde_json::to_string(bypasses).ok() }
}

#[allow(clippy::unnecessary_wraps)] // `write` takes an `Option`.
fn text(value: impl Display) -> Option<String> {
    Some(value.to_string())
}

#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::device::people::Way;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn saved_people_are_read_back_and_cleared() {
        let ana = Id::new("ana").unwrap();
        let shop = Shop { owner: Some(ana.clone()), ..Shop::default() };
        let device_store = DeviceStore("locker-test");
        device_store.clear();
        let fresh = device_store.people(&shop, false);
        assert_eq!(fresh, People { lock_after: LOCKS_AFTER, ..People::default() });
        assert_eq!(device_store.people(&shop, true).lock_after, 0);
        let pins = [(ana.clone(), "hash".to_owned())].into_iter().collect();
        let tries = [(ana.clone(), Tries { wrong: 4, until: 9 })].into_iter().collect();
        let recovery = Some("hash of the code".to_owned());
        let bypasses =
            vec![Bypass { member: ana.clone(), at: 5, way: Way::Code, read: Some((ana.clone(), 6)) }];
        let full = People {
            actor: Some(ana),
            pins,
            tries,
            lock_after: 0,
            locked: true,
            forgotten: Some(7),
            ran: 8,
            recovery,
            bypasses,
        };
        assert!(device_store.save(&fresh, &full));
        device_store.note_activity(12);
        assert_eq!(
            (device_store.people(&shop, false), device_store.last_activity()),
            (full.clone(), Some(12))
        );
        assert!(device_store.save(&full, &fresh));
        assert_eq!(device_store.people(&shop, false), fresh);
        device_store.clear();
        assert_eq!(device_store.last_activity(), None);
        let key = |what| format!("counterfoil-people/locker-test/{what}");
        assert!(device_store.is_change(&key("locked")) && !device_store.is_change(&key("touched")));
        assert!(!device_store.is_change("counterfoil-people/locker-test-2/locked"));
    }
}
