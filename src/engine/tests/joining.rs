//! A log on its way into an empty store, page after page.

use super::acts::*;
use super::log::records;
use super::receive::busy;
use crate::engine::{Balances, Engine, Joining, NewChain, NewDevice, NotReceived, Phase, Progress};
use crate::store::{DEVICE, Memory, Store};
use journal::{SideVerdict, Why};
use ledger::money::Money;
use sync::client::OwnedRecord;

/// Joins with pages of two records, and room for as many entries.
fn join(
    store: &Memory,
    all: &[OwnedRecord],
    most: usize,
) -> Result<(Option<Balances>, Engine<Memory>), NotReceived> {
    let by = NewDevice {
        device: id("tablet"),
        drawer: None,
        chain: NewChain { given: Some(("B".into(), "Workshop".into())), ..NewChain::of_store(Why::New) },
        zone: "Europe/London".into(),
        today: today(),
        now: author().now,
    };
    let (mut joining, mut told) = (Joining::holding(by.now, most), Vec::new());
    for page in all.chunks(2) {
        now(joining.take(store, page.to_vec()))?;
    }
    let balances = now(joining.fold(store, &mut Progress::new(&mut |_, _| ())))?;
    assert_eq!(now(store.meta(DEVICE)).unwrap(), None, "no book before the last step");
    let mut tell = |phase, done| {
        if phase == Phase::Writing {
            told.push(done);
        }
    };
    let written = now(joining.write(store.clone(), &by, Vec::new(), &mut Progress::new(&mut tell)));
    let (engine, _) = written?;
    assert!(told.last().is_none_or(|last| *last == all.len() as u64), "{told:?} of {}", all.len());
    Ok((balances, engine))
}

#[test]
fn balances_of_a_whole_log_can_be_read_before_it_is_stored_and_are_those_of_the_book() {
    let (_, engine) = busy();
    let refused = |order| (order, SideVerdict::RefusedLimit);
    for judged in ["", "p-1"] {
        let all = records(&engine, judged, refused);
        for most in [0, 3, 1_000] {
            let store = Memory::default();
            let (balances, book) = join(&store, &all, most).unwrap();
            let balances = balances.unwrap();
            assert_eq!(balances.shop.name, "Corner Shop");
            let mut early = balances.rows;
            let mut shown = book.rows_shown();
            early.sort_by(|a, b| a.id.cmp(&b.id));
            shown.sort_by(|a, b| a.id.cmp(&b.id));
            assert_eq!(early, shown);
            let owed: Money = early.iter().map(|row| row.owed).sum();
            assert_eq!(owed, book.figures(today()).owed);
            let stored = now(book.entries_by_chain()).unwrap();
            assert_eq!(stored.len(), all.len() + 1, "and its own first line");
        }
    }
}

#[test]
fn a_log_that_is_cut_or_changed_gives_no_balances_and_no_book() {
    let (_, engine) = busy();
    let all = records(&engine, "", |order| (order, SideVerdict::Ok));
    let mut without_third = all.clone();
    without_third.remove(2);
    let mut changed = all.clone();
    changed[3].text = changed[3].text.replacen("\"clock\":[1", "\"clock\":[2", 1);
    assert_ne!(changed[3].text, all[3].text);
    let unopened = all[..1].to_vec();
    for wrong in [without_third, changed, unopened, Vec::new()] {
        let store = Memory::default();
        assert!(join(&store, &wrong, 1).is_err(), "{wrong:?}");
        assert_eq!(now(store.meta(DEVICE)).unwrap(), None);
    }
}
