//! A new chain: begun before the first press whenever the store is new, restored or shorter than it was, so that
//! neither a number of a chain nor a printed one is ever used twice.

use super::sweep::{Sweep, place};
use super::way::Way;
use super::{Desk, afresh, load};
use crate::store::{Added, Fault, Kept, Store};
use codec::DeviceState;
use codec::compose::open_chain;
use journal::{ChainOpened, Hash, Head, Numbers, Why};
use ledger::date::Date;
use ledger::entry::Role;
use ledger::id::Id;
use std::collections::BTreeSet;

impl<S: Store> Desk<S> {
    /// Whether this book holds a line that its device is known to have written.
    ///
    /// # Errors
    /// When the store could not be read.
    pub async fn holds(&self, chain: u32, head: Head) -> Result<bool, Fault> {
        let place = place(self.device().device.as_str(), chain, head.seq);
        let found = self.store.at(&place).await?;
        Ok(found.is_some_and(|kept| Hash::of(kept.bytes.as_bytes()) == head.hash))
    }

    /// Goes on with a new chain, because lines of the present one were lost.
    ///
    /// # Errors
    /// Faults of the store; the book is as it was.
    pub async fn begin_anew(&self, today: Date, now: u64) -> Result<(), Fault> {
        let _turn = self.turn.lock().await;
        afresh::begun(&self.store, Some(Why::Lost), (today, now), &mut Way::new(&mut |_, _| ())).await?;
        let state = load::state(&self.store, today).await?.ok_or(Fault::Emptied)?;
        *self.state.borrow_mut() = state;
        Ok(())
    }
}

/// Turns the device to its next chain, and gives that chain's first line.
pub fn next(
    device: &mut DeviceState,
    sweep: &Sweep,
    why: Why,
    today: Date,
    now: u64,
) -> Result<Added, Fault> {
    let after = sweep.end(&device.device);
    device.chain = after.as_ref().map_or(1, |after| after.chain + 1);
    (device.head, device.numbers) = (None, Numbers::default());
    device.letter = letter(&sweep.letters);
    device.clock = device.clock.heard(sweep.clock);
    let opened =
        ChainOpened { letter: device.letter.clone(), name: device.letter.clone(), key: None, why, after };
    let id = Id::new(&format!("{}-{}", device.device, device.chain)).map_err(other)?;
    let line = open_chain(device, &opened, (&id, &actor(sweep)), today, now).map_err(other)?;
    Ok(Added { kept: Kept::own(line, device.clock), words: Vec::new() })
}

/// Nobody presses a button for it: it is the owner's, else the first admin's.
fn actor(sweep: &Sweep) -> Id {
    let admin = || sweep.shop.staff.values().find(|member| member.role == Role::Admin);
    let owner = sweep.shop.owner.clone().or_else(|| admin().map(|member| member.id.clone()));
    owner.unwrap_or_else(|| Id::from_bits(0))
}

/// The first that no counter has had: A to Z, then AA and so on.
fn letter(taken: &BTreeSet<String>) -> String {
    let mut count = 0_u32;
    loop {
        let letter = spelled(count);
        if !taken.contains(&letter) {
            return letter;
        }
        count += 1;
    }
}

fn spelled(count: u32) -> String {
    let last = char::from(b'A' + u8::try_from(count % 26).unwrap_or_default());
    let mut letters = if count < 26 { String::new() } else { spelled(count / 26 - 1) };
    letters.push(last);
    letters
}

fn other(why: impl ToString) -> Fault {
    Fault::Other(why.to_string())
}

#[cfg(test)]
mod tests {
    use super::{letter, spelled};
    use std::collections::BTreeSet;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(spelled), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn a_letter_that_a_counter_has_had_is_not_given_again() {
        let taken = ["A", "C"].map(String::from);
        assert_eq!(letter(&BTreeSet::from(taken)), "B");
    }
}
