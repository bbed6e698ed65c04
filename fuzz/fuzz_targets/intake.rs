//! Any file is received or refused, into a book and into an empty store; afterwards the book opens and records an act.
#![no_main]

use codec::Opening;
use counterfoil_app::engine::{
    Author, Engine, NewBook, NewChain, NewDevice, NotReceived, Progress, Source, Survey,
};
use counterfoil_app::store::{Fault, Memory};
use journal::{Hash, Line, Why};
use ledger::date::Date;
use ledger::entry::{AddCustomer, AddStaff, OpenShop, Role};
use ledger::id::Id;
use ledger::rules::{Act, Command};
use libfuzzer_sys::fuzz_target;
use std::collections::BTreeMap;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

struct Bytes(Vec<u8>);

impl Source for Bytes {
    fn size(&self) -> u64 {
        self.0.len() as u64
    }

    async fn piece(&self, from: u64, most: u32) -> Result<Vec<u8>, Fault> {
        let from = usize::try_from(from).unwrap_or(usize::MAX).min(self.0.len());
        Ok(self.0[from..].iter().copied().take(most as usize).collect())
    }
}

fuzz_target!(|bytes: &[u8]| {
    received(Bytes(bytes.to_vec()));
    received(Bytes(chained(bytes)));
});

/// The same lines with the hashes that make chains of them again: otherwise almost every change is found by its hash.
fn chained(bytes: &[u8]) -> Vec<u8> {
    let mut ends = BTreeMap::<(String, u32), Hash>::new();
    let mut text = Vec::with_capacity(bytes.len());
    for line in bytes.split(|byte| *byte == b'\n') {
        let mut line = line.to_vec();
        if let Ok(parsed) = Line::parse(&line) {
            let chain = (parsed.device.to_owned(), parsed.chain);
            if let Some((prev, due)) = parsed.prev.zip(ends.get(&chain)) {
                let whole = String::from_utf8_lossy(&line);
                line = whole.replacen(&prev.to_string(), &due.to_string(), 1).into_bytes();
            }
            ends.insert(chain, Hash::of(&line));
        }
        text.extend(line);
        text.push(b'\n');
    }
    text
}

fn received(file: Bytes) {
    let mut silent = |_, _| ();
    let progress = &mut Progress::new(&mut silent);
    into_a_book(&file, progress);
    let store = Memory::default();
    match now(Engine::restore(store.clone(), &file, &new_device(), Survey::default(), progress)) {
        Ok(_) => opens(&store),
        Err(NotReceived::Fault(why)) => panic!("{why}"),
        Err(_) => in_part(&file, progress),
    }
}

fn into_a_book(file: &Bytes, progress: &mut Progress<'_>) {
    let (store, engine) = book();
    let before = now(engine.backup());
    let review = now(engine.review(file, NOW, progress));
    assert_eq!(now(engine.backup()), before, "a review writes nothing");
    match review {
        Err(NotReceived::Fault(why)) => panic!("{why}"),
        Err(_) => {}
        Ok(review) => {
            now(engine.accept(review, (today(), NOW), progress)).map(drop).expect("it was reviewed")
        }
    }
    opens(&store);
}

/// The good lines of a file that is not good as a whole.
fn in_part(file: &Bytes, progress: &mut Progress<'_>) {
    let store = Memory::default();
    let Ok(survey) = now(Survey::of(file, &store, (None, Opening::default()), progress)) else { return };
    if survey.opens_shop {
        match now(Engine::restore(store.clone(), file, &new_device(), survey, progress)) {
            Ok(_) => opens(&store),
            Err(NotReceived::Fault(why)) => panic!("{why}"),
            Err(_) => {}
        }
    }
}

/// The book opens again, agrees with its entries, and records an act.
fn opens(store: &Memory) {
    let again = now(Engine::open(store.clone(), today())).expect("it opens").expect("it is a book");
    assert_eq!(now(again.verify()), Ok(Vec::new()));
    let name = id("recorded-afterwards");
    let recorded = now(again.commit(&[customer(&name)], &author(), async || ())).recorded;
    // A hostile file may have brought that very id.
    assert!(recorded.is_ok() || again.has_customer(&name) || recorded.is_err_and(|why| !is_fault(&why)));
}

fn is_fault(why: &counterfoil_app::engine::NotRecorded) -> bool {
    matches!(why, counterfoil_app::engine::NotRecorded::Fault(_))
}

/// The shop of the samples, with its owner.
fn book() -> (Memory, Engine<Memory>) {
    let store = Memory::default();
    let new = NewBook {
        shop: id("shop"),
        device: id("till"),
        counter: "A".into(),
        zone: "UTC".into(),
        first: id("chain"),
    };
    let open = OpenShop { name: "Corner Shop".into(), currency: "GBP".into() };
    let staff = AddStaff { name: "Ana".into(), role: Role::Admin, pin: None };
    let acts = [("open", Act::OpenShop(open)), ("ana", Act::AddStaff(staff))];
    let acts = acts.map(|(name, act)| Command { id: id(name), customer: None, on: None, act });
    let engine = now(Engine::create(store.clone(), &new, &acts, &author())).expect("a new book");
    (store, engine)
}

fn customer(name: &Id) -> Command {
    let added = AddCustomer {
        name: "Mira".into(),
        company: false,
        phone: None,
        email: None,
        note: None,
        walk_in: false,
    };
    Command { id: name.clone(), customer: Some(name.clone()), on: None, act: Act::AddCustomer(added) }
}

const NOW: u64 = 1_772_442_000_000;

fn today() -> Date {
    Date::parse("2026-03-02").expect("a date")
}

fn author() -> Author {
    Author { actor: id("ana"), today: today(), now: NOW }
}

fn new_device() -> NewDevice {
    NewDevice {
        device: id("tablet"),
        drawer: None,
        chain: NewChain::of_store(Why::Restored),
        zone: "UTC".into(),
        today: today(),
        now: NOW,
    }
}

fn id(text: &str) -> Id {
    Id::new(text).expect("an id")
}

/// Runs a future to its end; a store in memory never waits.
fn now<T>(run: impl Future<Output = T>) -> T {
    match pin!(run).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("a store in memory never waits"),
    }
}
