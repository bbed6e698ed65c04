//! Opens a new chain before the first commit when the store is new, was restored, or has fewer lines than before. So
//! neither a line number nor a printed document number is ever used twice.

use super::replay::Replay;
use crate::store::{Fault, NewEntry, StoredEntry};
use codec::DeviceState;
use codec::compose::open_chain;
use journal::{After, ChainOpened, Hash, Numbers, Why};
use ledger::date::Date;
use ledger::entry::Role;
use ledger::id::Id;
use std::collections::BTreeSet;

/// A new chain of a device.
#[derive(Debug, Clone)]
pub struct NewChain {
    /// Why it is started.
    pub why: Why,
    /// The highest chain that the device is known to have written, here or not.
    pub highest: u32,
    /// Letters that are known to be used, here or not.
    pub letters: BTreeSet<String>,
    /// Whether its clock does not go on from that of the chains before it, because that was wrong.
    pub forgets_clock: bool,
    /// The drawer at which the device stands from now on; `None` for the one that it has.
    pub drawer: Option<String>,
    /// The letter that an endpoint has given it, and the name of the counter; without them the letter is drawn, and is the
    /// name.
    pub given: Option<(String, String)>,
    /// The key that its lines are signed with, in the notation of the wire; `None` for the one that the device enrolled with.
    pub key: Option<String>,
}

impl NewChain {
    /// A new chain of a device of which nothing is known but what is in the store.
    pub const fn of_store(why: Why) -> Self {
        Self {
            why,
            highest: 0,
            letters: BTreeSet::new(),
            forgets_clock: false,
            drawer: None,
            given: None,
            key: None,
        }
    }
}

/// Moves the device on to its next chain, with a new letter, and returns the first line of that chain. The device keeps its
/// drawer; one that never had a drawer, here or in the entries, takes its letter.
pub fn open_next(
    device: &mut DeviceState,
    replay: &Replay,
    new: &NewChain,
    today: Date,
    now: u64,
) -> Result<NewEntry, Fault> {
    let after = replay.end(&device.device);
    open_after(device, replay, (new, after), today, now)
}

/// As [`open_next`], with the line after which the new chain goes on.
pub fn open_after(
    device: &mut DeviceState,
    replay: &Replay,
    (new, after): (&NewChain, Option<After>),
    today: Date,
    now: u64,
) -> Result<NewEntry, Fault> {
    // Chains that come from elsewhere are below the highest number.
    let highest = replay.end(&device.device).map_or(0, |end| end.chain).max(new.highest);
    device.chain = highest.saturating_add(1);
    (device.head, device.numbers) = (None, Numbers::default());
    let taken = |letters: &str| replay.letters.contains(letters) || new.letters.contains(letters);
    let drawn = || unused_letters(&format!("{} {} {now}", device.device, device.chain), taken);
    let (letter, name) =
        new.given.clone().map_or_else(|| (drawn(), None), |(letter, name)| (letter, Some(name)));
    device.letter = letter;
    if let Some(drawer) = &new.drawer {
        device.drawer.clone_from(drawer);
    }
    if device.drawer.is_empty() {
        device.drawer = replay.drawer(&device.device).unwrap_or_else(|| device.letter.clone());
    }
    if new.forgets_clock {
        // What is more than a day ahead is not part of it.
        device.clock = replay.clock;
    } else {
        device.clock = device.clock.merged(replay.clock);
    }
    let (letter, drawer) = (device.letter.clone(), device.drawer.clone());
    let name = name.unwrap_or_else(|| letter.clone());
    let opened = ChainOpened { letter, drawer, name, key: new.key.clone(), why: new.why, after };
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

/// Three capitals that no counter has used. Other devices may be restored from the same backup without knowing of this one,
/// so the capitals are drawn: `seed` differs between devices, and its hash is as good as chance.
fn unused_letters(seed: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut drawn = Hash::of(seed.as_bytes()).first_half();
    loop {
        let letters: String = [26 * 26, 26, 1].map(|place| capital(drawn / place)).into_iter().collect();
        if !taken(&letters) {
            return letters;
        }
        drawn = drawn.wrapping_add(1);
    }
}

fn capital(number: u128) -> char {
    char::from(b'A' + u8::try_from(number % 26).unwrap_or_default())
}

fn to_fault(why: impl ToString) -> Fault {
    Fault::Other(why.to_string())
}

#[cfg(test)]
mod tests {
    use super::unused_letters;
    use std::collections::BTreeSet;

    #[test]
    fn letters_are_drawn_and_never_reused() {
        let mut taken = BTreeSet::from(["A".to_owned()]);
        for count in 0..500 {
            let letters = unused_letters("tablet 2 1772442000123", |letters| taken.contains(letters));
            assert!(letters.len() == 3 && letters.bytes().all(|b| b.is_ascii_uppercase()), "{letters}");
            assert!(taken.insert(letters), "after {count}");
        }
        let of = |device: &str| unused_letters(device, |_| false);
        assert_eq!(of("tablet 2 1"), of("tablet 2 1"));
        assert_ne!(of("tablet 2 1"), of("phone 2 1"));
    }
}
