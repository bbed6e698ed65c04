//! Opens a new chain before the first commit when the store is new, was restored, or has fewer lines than before. So
//! neither a line number nor a printed document number is ever used twice.

use super::replay::Replay;
use crate::store::{Fault, NewEntry, StoredEntry};
use codec::DeviceState;
use codec::compose::open_chain;
use journal::{ChainOpened, Numbers, Why};
use ledger::date::Date;
use ledger::entry::Role;
use ledger::id::Id;
use std::collections::BTreeSet;

/// Moves the device on to its next chain, with a new letter, and returns the first line of that chain. The device keeps its
/// drawer; one that never had a drawer, here or in the entries, takes its letter.
pub fn open_next(
    device: &mut DeviceState,
    replay: &Replay,
    why: Why,
    today: Date,
    now: u64,
) -> Result<NewEntry, Fault> {
    let after = replay.end(&device.device);
    // Chains that come from elsewhere are below the highest number.
    device.chain = after.as_ref().map_or(1, |after| after.chain.saturating_add(1));
    (device.head, device.numbers) = (None, Numbers::default());
    device.letter = next_letter(&replay.letters);
    if device.drawer.is_empty() {
        device.drawer = replay.drawer(&device.device).unwrap_or_else(|| device.letter.clone());
    }
    device.clock = device.clock.merged(replay.clock);
    let (letter, drawer, name) = (device.letter.clone(), device.drawer.clone(), device.letter.clone());
    let opened = ChainOpened { letter, drawer, name, key: None, why, after };
    let id = Id::new(&format!("{}-{}", device.device, device.chain)).map_err(to_fault)?;
    let line = open_chain(device, &opened, (&id, &actor(replay)), today, now).map_err(to_fault)?;
    NewEntry::parse(StoredEntry::own(line, device.clock))
}

/// The actor of the chain's first line, which no person records: the owner, or the first admin when there is no owner.
fn actor(replay: &Replay) -> Id {
    let admin = || replay.shop.staff.values().find(|member| member.role == Role::Admin);
    let owner = replay.shop.owner.clone().or_else(|| admin().map(|member| member.id.clone()));
    owner.unwrap_or_else(|| Id::from_bits(0))
}

/// The first counter letter that is not in `taken`: A to Z, then AA, AB and so on.
fn next_letter(taken: &BTreeSet<String>) -> String {
    let mut count = 0_u32;
    loop {
        let letter = letter_name(count);
        if !taken.contains(&letter) {
            return letter;
        }
        count += 1;
    }
}

fn letter_name(count: u32) -> String {
    let last = char::from(b'A' + u8::try_from(count % 26).unwrap_or_default());
    let mut letters = if count < 26 { String::new() } else { letter_name(count / 26 - 1) };
    letters.push(last);
    letters
}

fn to_fault(why: impl ToString) -> Fault {
    Fault::Other(why.to_string())
}

#[cfg(test)]
mod tests {
    use super::{letter_name, next_letter};
    use std::collections::BTreeSet;

    #[test]
    fn letters_continue_with_two_letters_after_z() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letter_name), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn a_letter_that_a_counter_used_is_not_reused() {
        let taken = ["A", "C"].map(String::from);
        assert_eq!(next_letter(&BTreeSet::from(taken)), "B");
    }
}
