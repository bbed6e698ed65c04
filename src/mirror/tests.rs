//! The mirror over files in memory: what is copied is read back, whatever fails in between.

use super::copy::segments;
use super::{Files, Mirror, MirrorText, read_mark, write_mark};
use crate::device::mark::Mark;
use crate::engine::tests::acts::*;
use crate::engine::{Engine, NewChain, NewDevice, Progress, Survey};
use crate::store::{Fault, Memory, Store};
use journal::Why;
use ledger::method::Method;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Files in memory. Clones are the same files.
#[derive(Clone, Default)]
struct InMemory {
    files: Rc<RefCell<BTreeMap<String, Vec<u8>>>>,
    /// How many changes succeed before one fails in the middle; `None` if all do.
    left: Rc<Cell<Option<usize>>>,
}

impl InMemory {
    fn fails_now(&self) -> bool {
        match self.left.get() {
            Some(0) => true,
            Some(left) => {
                self.left.set(Some(left - 1));
                false
            }
            None => false,
        }
    }

    fn flip(&self, name: &str, at: usize) {
        self.files.borrow_mut().get_mut(name).unwrap()[at] ^= 1;
    }
}

impl Files for InMemory {
    async fn list(&self) -> Result<Vec<String>, Fault> {
        Ok(self.files.borrow().keys().cloned().collect())
    }

    async fn read(&self, name: &str) -> Result<Vec<u8>, Fault> {
        Ok(self.files.borrow().get(name).cloned().unwrap_or_default())
    }

    async fn write(&self, name: &str, at: u64, bytes: &[u8]) -> Result<(), Fault> {
        let fails = self.fails_now();
        let mut files = self.files.borrow_mut();
        let file = files.entry(name.to_owned()).or_default();
        file.truncate(usize::try_from(at).unwrap());
        file.extend(if fails { &bytes[..bytes.len() / 2] } else { bytes });
        if fails { Err(Fault::Full) } else { Ok(()) }
    }

    async fn pack(&self, _: &str) -> Result<(), Fault> {
        if self.fails_now() { Err(Fault::Full) } else { Ok(()) }
    }

    async fn remove(&self, name: &str) -> Result<(), Fault> {
        self.files.borrow_mut().remove(name);
        Ok(())
    }
}

fn busy(payments: usize) -> (Memory, Engine<Memory>) {
    let (store, engine) = shop();
    record(&engine, &[customer("mira"), customer("bob")]);
    pay(&engine, 0..payments);
    (store, engine)
}

fn pay(engine: &Engine<Memory>, numbers: std::ops::Range<usize>) {
    for number in numbers {
        record(engine, &[payment(&format!("p-{number}"), "mira", 150, Method::Cash, &[])]);
    }
}

/// Copies until nothing is left, as the app does; a fault ends it.
fn copy(files: &InMemory, store: &Memory) -> Result<Mirror<InMemory>, Fault> {
    now(async {
        let mut mirror = Mirror::open(files.clone(), store, false).await?;
        while mirror.step(store).await? {}
        assert!(mirror.has(&store.arrivals().await?));
        Ok(mirror)
    })
}

fn read(files: &InMemory) -> MirrorText {
    now(MirrorText::read(files)).unwrap()
}

/// The lines of a book in the order of a backup, and those of its mirror.
fn is_whole(files: &InMemory, engine: &Engine<Memory>) {
    let (text, due) = (read(files), now(engine.backup()).unwrap());
    let lines: Vec<_> = text.lines().map(String::from).collect();
    assert_eq!((lines.len(), text.left_out), (due.len(), 0));
    assert_eq!(lines, due);
}

fn restored(text: &MirrorText) -> Engine<Memory> {
    let by = NewDevice {
        device: id("till"),
        drawer: None,
        chain: NewChain::of_store(Why::Restored),
        zone: "Europe/London".into(),
        today: today(),
        now: author().now,
    };
    let mut silent = |_, _| ();
    now(Engine::restore(Memory::default(), text, &by, Survey::default(), &mut Progress::new(&mut silent)))
        .unwrap()
        .0
}

#[test]
fn what_is_copied_is_read_back_as_a_backup() {
    let (store, engine) = busy(300);
    let files = InMemory::default();
    copy(&files, &store).unwrap();
    assert!(now(segments(&files)).unwrap().len() > 3);
    is_whole(&files, &engine);
    for round in 1..4 {
        pay(&engine, round * 100..round * 100 + 9);
        record(&engine, &[customer(&format!("c-{round}")), order(&format!("o-{round}"), "bob", 500)]);
        copy(&files, &store).unwrap();
        is_whole(&files, &engine);
    }
    let again = restored(&read(&files));
    assert_eq!(*again.rows(), *engine.rows());
}

#[test]
fn a_copy_that_fails_anywhere_goes_on() {
    let files = InMemory::default();
    let (store, engine) = busy(150);
    copy(&files, &store).unwrap();
    let changes = files.files.borrow().len() + 40;
    for fails_at in 0..changes {
        let (store, engine) = busy(150);
        let files = InMemory::default();
        files.left.set(Some(fails_at));
        let mut outcome = copy(&files, &store);
        let failed = outcome.is_err();
        // What is there after a failure is the beginning of each chain, and can be received.
        if read(&files).lines > 3 {
            restored(&read(&files));
        }
        files.left.set(None);
        pay(&engine, 100..110);
        outcome = copy(&files, &store);
        now(outcome.unwrap().forget_older()).unwrap();
        is_whole(&files, &engine);
        if !failed {
            assert!(fails_at > 5);
            return;
        }
    }
    panic!("every copy failed, of {} lines", now(engine.backup()).unwrap().len());
}

#[test]
fn a_store_that_was_set_back_gets_a_mirror_of_its_own_beside_the_old_one() {
    let (store, engine) = busy(10);
    let files = InMemory::default();
    copy(&files, &store).unwrap();
    let lines: Vec<String> = now(engine.backup()).unwrap();
    pay(&engine, 20..30);
    copy(&files, &store).unwrap();
    let whole = now(engine.backup()).unwrap();

    let older = Memory::default();
    let engine = now(Engine::import(older.clone(), &lines, today())).unwrap();
    let mirror = copy(&files, &older).unwrap();
    assert!(mirror.has_older());
    let both: Vec<_> = read(&files).lines().map(String::from).collect();
    assert_eq!(both, whole);
    // What the book lacks is received from the mirror, after a new chain was begun.
    let new = NewChain { highest: 1, ..NewChain::of_store(Why::Lost) };
    now(engine.start_new_chain(&new, today(), author().now)).unwrap();
    let mut silent = |_, _| ();
    let mut progress = Progress::new(&mut silent);
    let review = now(engine.review(&read(&files), author().now, &mut progress)).unwrap();
    assert_eq!(review.missing(), 10);
    now(engine.accept(review, (today(), author().now), &mut progress)).unwrap();
    let mut mirror = copy(&files, &older).unwrap();
    now(mirror.forget_older()).unwrap();
    assert!(!copy(&files, &older).unwrap().has_older());
    is_whole(&files, &engine);
}

#[test]
fn a_damaged_byte_costs_the_lines_that_follow_it_in_its_chain_only_until_they_are_known_again() {
    let (store, engine) = busy(300);
    let files = InMemory::default();
    copy(&files, &store).unwrap();
    let names: Vec<_> = files.files.borrow().keys().cloned().collect();
    files.flip(&names[1], 3_000);
    let text = read(&files);
    let due = now(engine.backup()).unwrap();
    assert!(
        text.lines > 10 && text.lines + text.left_out == due.len() as u64,
        "{} {}",
        text.lines,
        text.left_out
    );
    restored(&text);
    // With the damaged line from elsewhere, all of them are.
    let all = now(store.after(None, 1_000)).unwrap();
    assert_eq!(now(MirrorText::with(&files, &all)).unwrap().lines, due.len() as u64);
}

#[test]
fn a_judged_entry_has_its_latest_verdict_in_the_mirror() {
    use crate::store::{Append, ChainPosition, DEVICE, Judged};
    use journal::{Clock, SideVerdict};
    let (store, engine) = busy(5);
    let files = InMemory::default();
    copy(&files, &store).unwrap();
    for order in [9, 10] {
        let judged = Judged {
            at: ChainPosition::new("till", 1, 6),
            order: Clock(order, 0),
            verdict: SideVerdict::from_word("ok").unwrap(),
            lseq: Some(71),
            signature: None,
        };
        let device = now(store.meta(DEVICE)).unwrap();
        let append = Append {
            expected: device.clone(),
            device: device.unwrap(),
            judged: vec![judged],
            ..Append::default()
        };
        now(store.append(&append)).unwrap();
        let mirror = copy(&files, &store).unwrap();
        assert!(!mirror.has_older(), "it is the same store");
    }
    is_whole(&files, &engine);
    assert_eq!(read(&files).lines().filter(|line| line.contains("\"order\":[10,0]")).count(), 1);
}

#[test]
fn one_of_the_two_copies_of_the_mark_is_always_whole() {
    let (_, engine) = busy(3);
    let files = InMemory::default();
    assert_eq!(now(read_mark(&files)).unwrap(), Mark::default());
    let mut last = Mark::default();
    for turn in 0..6 {
        pay(&engine, turn * 10..turn * 10 + 1);
        let mut mark = Mark::default();
        mark.advance(&engine.device());
        files.left.set((turn % 3 == 2).then_some(0));
        let written = now(write_mark(&files, &mark, turn)).is_ok();
        files.left.set(None);
        let found = now(read_mark(&files)).unwrap();
        assert_eq!(found.chains, if written { mark.chains.clone() } else { last.chains });
        last = found;
    }
}

#[test]
fn a_mirror_begun_anew_has_what_a_store_that_was_set_back_recorded_since() {
    let (store, engine) = busy(10);
    let files = InMemory::default();
    let lines: Vec<String> = now(engine.backup()).unwrap();
    pay(&engine, 20..30);
    copy(&files, &store).unwrap();
    // Set back, and used again under the same arrival numbers, before anything was compared.
    let older = Memory::default();
    let engine = now(Engine::import(older.clone(), &lines, today())).unwrap();
    let new = NewChain { highest: 1, ..NewChain::of_store(Why::Lost) };
    now(engine.start_new_chain(&new, today(), author().now)).unwrap();
    pay(&engine, 40..60);
    now(async {
        let mut mirror = Mirror::open(files.clone(), &older, true).await.unwrap();
        while mirror.step(&older).await.unwrap() {}
        assert!(mirror.has_older());
    });
    let (text, due) = (read(&files), now(engine.backup()).unwrap());
    let found: std::collections::BTreeSet<_> = text.lines().collect();
    assert!(due.iter().all(|line| found.contains(line.as_str())));
    assert_eq!(text.lines, due.len() as u64 + 10, "and those that the store has lost");
}
