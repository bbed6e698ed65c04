//! Receives a backup into an empty store and into the same shop, and tests every reason for refusing one.

use super::acts::*;
use crate::engine::receive::Checked;
use crate::engine::{
    Author, Engine, Flaw, NewChain, NewDevice, NotReceived, Progress, Restored, Source, Survey,
};
use crate::store::{Fault, Memory};
use journal::{Hash, Line, LineError, Problem, Side, SideVerdict, Why};
use ledger::code::BookAccount;
use ledger::method::Method;
use ledger::money::Money;

impl Source for String {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    async fn piece(&self, from: u64, most: u32) -> Result<Vec<u8>, Fault> {
        let from = usize::try_from(from).unwrap();
        Ok(self.as_bytes()[from..].iter().copied().take(most as usize).collect())
    }
}

pub(super) fn new_device(device: &str) -> NewDevice {
    NewDevice {
        device: id(device),
        drawer: None,
        chain: NewChain::of_store(Why::Restored),
        zone: "Europe/London".into(),
        today: today(),
        now: author().now,
    }
}

/// Receives the backup into an empty store and returns its number of lines.
fn check(text: &String) -> Result<u64, NotReceived> {
    restored(&Memory::default(), text).map(|(_, restored)| restored.lines)
}

fn restored(store: &Memory, text: &String) -> Result<(Engine<Memory>, Restored), NotReceived> {
    restored_as("tablet", store, text)
}

pub(super) fn restored_as(
    device: &str,
    store: &Memory,
    text: &String,
) -> Result<(Engine<Memory>, Restored), NotReceived> {
    now(Engine::restore(
        store.clone(),
        text,
        &new_device(device),
        Survey::default(),
        &mut Progress::new(&mut |_, _| ()),
    ))
}

pub(super) fn restore(store: &Memory, text: &String) -> Result<Engine<Memory>, NotReceived> {
    restored(store, text).map(|(engine, _)| engine)
}

/// Reviews the backup and accepts what is missing, if no line is bad.
pub(super) fn merge(engine: &Engine<Memory>, text: &String) -> Result<u64, NotReceived> {
    let mut listener = |_, _| ();
    let mut progress = Progress::new(&mut listener);
    let review = now(engine.review(text, author().now, &mut progress))?;
    if let Some((at, flaw)) = review.bad.first() {
        return Err(NotReceived::Line(*at, flaw.clone()));
    }
    let missing = review.missing() as u64;
    now(engine.accept(review, (today(), author().now), &mut progress))?;
    Ok(missing)
}

pub(super) fn backup(engine: &Engine<Memory>) -> String {
    let mut text = String::new();
    now(engine.export_pages(|page| text.push_str(&page))).unwrap();
    text
}

pub(super) fn busy() -> (Memory, Engine<Memory>) {
    let (store, engine) = shop();
    record(&engine, &[customer("mira"), order("o-1", "mira", 12_000), customer("bob")]);
    record(&engine, &[payment("p-1", "mira", 15_000, Method::Cash, &["o-1"])]);
    (store, engine)
}

#[test]
fn a_backup_received_into_an_empty_store_gives_the_same_book() {
    let (from, engine) = busy();
    let store = Memory::default();
    let restored = restore(&store, &backup(&engine)).unwrap();
    assert_eq!(*restored.rows(), *engine.rows());
    assert_eq!(restored.figures(today()), engine.figures(today()));
    assert_eq!((restored.shop(), store.sums()), (engine.shop(), from.sums()));
    assert_eq!(now(restored.documents("ap-0001", 9)).unwrap().len(), 1);
    // The restored book continues with its own chain and letter, so no printed number is used twice.
    let letters = restored.device().letter.clone();
    assert!(letters.len() == 3 && letters != "A", "{letters}");
    let recorded = record(&restored, &[payment("p-2", "bob", 500, Method::Cash, &[])]);
    assert_eq!(recorded[0].no, Some(format!("{letters}P-0001")));
    assert_eq!(now(restored.verify()).unwrap(), []);
    assert_eq!(lines(&restored).len(), lines(&engine).len() + 2);
}

#[test]
fn a_restored_book_merges_back_and_both_are_the_same() {
    let (_, engine) = busy();
    let restored = restore(&Memory::default(), &backup(&engine)).unwrap();
    record(&restored, &[payment("p-2", "bob", 500, Method::Cash, &[])]);
    record(&engine, &[payment("p-3", "mira", 700, Method::Card, &[])]);
    assert_eq!(merge(&engine, &backup(&restored)), Ok(2));
    assert_eq!(merge(&restored, &backup(&engine)), Ok(1));
    assert_eq!(*restored.rows(), *engine.rows());
    assert_eq!(restored.figures(today()), engine.figures(today()));
    assert_eq!(merge(&engine, &backup(&restored)), Ok(0), "the second time nothing is missing");
    let recorded = record(&engine, &[payment("p-4", "mira", 100, Method::Cash, &[])]);
    assert_eq!(recorded[0].no.as_deref(), Some("AP-0003"), "the own chain goes on");
    assert_eq!(now(engine.verify()).unwrap(), []);
}

#[test]
fn a_restored_device_keeps_its_drawer_and_another_device_gets_its_own() {
    let (_, engine) = busy();
    let text = backup(&engine);
    for (device, drawer) in [(engine.device().device.clone(), Some("A")), (id("tablet"), None)] {
        let by = NewDevice { device, ..new_device("tablet") };
        let mut listener = |_, _| ();
        let progress = &mut Progress::new(&mut listener);
        let restored =
            now(Engine::restore(Memory::default(), &text, &by, Survey::default(), progress)).unwrap().0;
        let device = restored.device();
        let drawer = drawer.map_or_else(|| device.letter.clone(), String::from);
        assert_eq!((device.letter.len(), &device.drawer), (3, &drawer));
    }
}

#[test]
fn another_tab_sees_what_was_received_and_commits_on_it() {
    let (store, engine) = busy();
    let other = tab(&store);
    let restored = restore(&Memory::default(), &backup(&engine)).unwrap();
    record(&restored, &[payment("p-2", "bob", 500, Method::Cash, &[])]);
    merge(&engine, &backup(&restored)).unwrap();
    record(&other, &[payment("p-5", "bob", 20, Method::Cash, &[])]);
    assert_eq!(other.rows()[&id("bob")].row.credit, Money(520));
    assert_eq!(now(engine.refresh(today())).unwrap().accounts.len(), 1);
    assert_eq!(*engine.rows(), *other.rows());
    assert_eq!(*tab(&store).rows(), *other.rows());
}

#[test]
fn a_rolled_back_store_receives_its_lost_lines_and_starts_a_new_chain() {
    let (_, engine) = busy();
    let early = backup(&engine);
    record(&engine, &[payment("p-2", "bob", 500, Method::Cash, &[])]);
    let late = backup(&engine);
    // The browser rolled the store back to its state before the last commit.
    let store = Memory::default();
    let back =
        now(Engine::import(store, &early.lines().map(String::from).collect::<Vec<_>>(), today())).unwrap();
    assert_eq!(merge(&back, &late), Err(NotReceived::Line(8, Flaw::OwnChain)));
    // The mark beside the store tells the session that lines are lost: it starts a new chain before anything else.
    now(back.start_new_chain(&NewChain::of_store(Why::Lost), today(), author().now)).unwrap();
    assert_eq!(merge(&back, &late), Ok(1));
    let letters = back.device().letter.clone();
    assert_eq!((letters.len(), back.device().chain), (3, 2));
    let recorded = record(&back, &[payment("p-3", "bob", 100, Method::Cash, &[])]);
    assert_eq!(recorded[0].no, Some(format!("{letters}P-0001")));
    assert_eq!(back.rows()[&id("bob")].row.credit, Money(600));
    assert_eq!(back.shop().balance(&BookAccount::drawer("A")), Money(15_600), "the drawer is the same");
    assert_eq!(now(back.verify()).unwrap(), []);
}

#[test]
fn receiving_continues_after_an_interruption() {
    let (_, engine) = busy();
    let restored = restore(&Memory::default(), &backup(&engine)).unwrap();
    // So many that all caches are rebuilt.
    for press in 0..5 {
        let more = |at| payment(&format!("p-{press}-{at}"), "bob", 500, Method::Cash, &[]);
        record(&restored, &(0..250).map(more).collect::<Vec<_>>());
    }
    let (store, text) = (engine.store().clone(), backup(&restored));
    // A part of the lines is stored, and the caches are from before.
    let mut fail = |phase, _| {
        if phase == crate::engine::Phase::Folding {
            store.fail_next(Fault::Full);
        }
    };
    let review = now(engine.review(&text, author().now, &mut Progress::new(&mut |_, _| ()))).unwrap();
    let cut = now(engine.accept(review, (today(), author().now), &mut Progress::new(&mut fail)));
    assert_eq!(cut, Err(Fault::Full));
    let later = tab(&store);
    let added = later.rows()[&id("bob")].row.records - 1;
    assert!(0 < added && added < 1_250 && added.is_multiple_of(250), "{added}: whole presses");
    assert_eq!(now(later.verify()).unwrap(), [], "the next start adds up what is there");
    assert_eq!(merge(&later, &text).unwrap(), 1_250 - added);
    assert_eq!(*later.rows(), *restored.rows());
    assert_eq!(merge(&later, &text), Ok(0));
}

#[test]
fn an_incomplete_backup_is_refused_by_line_and_writes_nothing() {
    let (_, engine) = busy();
    let whole: Vec<_> = lines(&engine);
    let text = |lines: Vec<String>| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let changed = |at: usize, from: &str, to: &str| {
        let mut lines = whole.clone();
        assert!(lines[at].contains(from), "{}", lines[at]);
        lines[at] = lines[at].replace(from, to);
        text(lines)
    };
    let without = |at: usize| {
        text(whole.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, l)| l.clone()).collect())
    };
    assert_eq!(check(&String::new()), Err(NotReceived::Empty));
    assert_eq!(check(&"Dear diary\n".into()), Err(NotReceived::shape(1, LineError::NotJson { column: 1 })));
    let changed_text = check(&changed(4, "Chair", "Couch"));
    assert!(
        matches!(changed_text, Err(NotReceived::Line(6, Flaw::Chain(Problem::Prev { .. })))),
        "{changed_text:?}"
    );
    let no_amount = check(&changed(4, "\"gross\":\"120.00\"", "\"gross\":\"much\""));
    assert!(matches!(no_amount, Err(NotReceived::Line(5, Flaw::Body(_)))), "{no_amount:?}");
    let gap = check(&without(3));
    assert_eq!(gap, Err(NotReceived::Line(4, Flaw::Chain(Problem::Gap { due: 4, found: 5 }))));
    let long = format!("{}{}", text(whole.clone()), "x".repeat(600_000));
    assert!(matches!(check(&long), Err(NotReceived::Line(8, Flaw::Shape(LineError::TooLong { .. })))));
    assert_eq!(check(&text(whole)), Ok(7));
}

#[test]
fn the_backup_of_another_shop_is_refused() {
    let (_, engine) = busy();
    let foreign = backup(&engine).replace("\"shop\":\"shop\"", "\"shop\":\"other\"");
    assert_eq!(merge(&engine, &foreign), Err(NotReceived::Foreign));
}

/// Two histories of one device, as when a browser profile is copied: both count on a third device.
#[test]
fn a_history_that_parted_is_a_branch() {
    let (first, engine) = busy();
    let twin = now(Engine::import(Memory::default(), &lines(&engine), today())).unwrap();
    record(&engine, &[payment("p-2", "bob", 500, Method::Cash, &[])]);
    record(&twin, &[payment("p-3", "bob", 70, Method::Cash, &[])]);
    record(&twin, &[payment("p-4", "bob", 1, Method::Cash, &[])]);
    drop(first);
    // Whichever comes first, in whole or in part, the book is the same.
    let (one, other) = (backup(&engine), backup(&twin));
    let part = other.lines().take(8).map(|line| format!("{line}\n")).collect::<String>();
    let mut books = Vec::new();
    for texts in
        [vec![&one, &other], vec![&other, &one], vec![&one, &part, &other], vec![&part, &one, &other]]
    {
        let book = restore(&Memory::default(), texts[0]).unwrap();
        let counts = texts[1..].iter().map(|text| merge(&book, text).unwrap()).collect::<Vec<_>>();
        assert!(counts.iter().sum::<u64>() > 0);
        assert_eq!(book.rows()[&id("bob")].row.credit, Money(571));
        for text in texts {
            assert_eq!(merge(&book, text), Ok(0), "the second time nothing is missing");
        }
        assert_eq!(lines(&book).len(), 11);
        let again = restore(&Memory::default(), &backup(&book)).unwrap();
        assert_eq!((&*again.rows(), lines(&again).len()), (&*book.rows(), 12));
        books.push(book);
    }
    for book in &books {
        assert_eq!(*book.rows(), *books[0].rows());
        assert_eq!(book.figures(today()), books[0].figures(today()));
    }
}

#[test]
fn lost_lines_are_detected_and_a_new_chain_starts() {
    let (_, engine) = busy();
    let (device, chain) = (engine.device().device.clone(), engine.device().chain);
    let head = engine.device().head.unwrap();
    let missing = |engine: &Engine<Memory>| now(engine.missing(&device, chain, head)).unwrap();
    assert_eq!(missing(&engine), None);
    let early: Vec<_> = lines(&engine).into_iter().take(6).collect();
    let back = now(Engine::import(Memory::default(), &early, today())).unwrap();
    assert_eq!(missing(&back).map(|missing| (missing.first, missing.since.is_some())), Some((7, true)));
    // The device is known to have written chains and letters that are nowhere in the book.
    let letters = ["KXQ".to_owned()].into();
    let new = NewChain { highest: 4, letters, ..NewChain::of_store(Why::Lost) };
    now(back.start_new_chain(&new, today(), author().now)).unwrap();
    assert_eq!((back.device().letter.len(), back.device().chain), (3, 5));
    record(&back, &[payment("p-9", "bob", 100, Method::Cash, &[])]);
    assert_eq!(now(back.verify()).unwrap(), []);
    assert_eq!(merge(&back, &backup(&engine)), Ok(1), "the lost line comes back from a backup");
    assert_eq!(missing(&back), None);
    assert_eq!(back.device().chain, 5, "and the chain stays");
}

/// What an endpoint says about a line is checked, and does not count without a signed head.
#[test]
fn side_records_in_a_backup_do_not_count() {
    let (_, engine) = busy();
    let mut with: Vec<String> = lines(&engine);
    let line = Line::parse(with[5].as_bytes()).unwrap();
    let (device, hash) = (line.device.to_owned(), Hash::of(with[5].as_bytes()));
    let (order, verdict, signature) = (journal::Clock(1, 0), SideVerdict::RefusedRole, None);
    let (chain, seq) = (line.chain, line.seq);
    let side = Side { device: &device, chain, seq, hash, order, verdict, lseq: Some(7), signature };
    let (good, wrong) = (side.write().unwrap(), Side { seq: seq + 1, ..side }.write().unwrap());
    let text = |lines: &[String]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    with.insert(6, wrong);
    assert!(matches!(check(&text(&with)), Err(NotReceived::Line(7, Flaw::Chain(_)))));
    with[6] = good;
    let restored = restore(&Memory::default(), &text(&with)).unwrap();
    assert_eq!(*restored.rows(), *engine.rows());
    assert_eq!(merge(&engine, &text(&with)), Ok(0));
}

/// What an endpoint refused counts nowhere, at the order that the endpoint gave it, and a backup says both.
#[test]
fn entries_arrive_with_their_order_and_verdict() {
    let (store, engine) = shop();
    record(&engine, &[customer("mira"), order("o-1", "mira", 12_000)]);
    let there = restore(&Memory::default(), &backup(&engine)).unwrap();
    record(&there, &[payment("p-1", "mira", 500, Method::Cash, &[])]);
    record(&there, &[payment("p-2", "mira", 700, Method::Cash, &[])]);
    let mut listener = |_, _| ();
    let mut progress = Progress::new(&mut listener);
    let text = backup(&there);
    let missing = now(Checked::read(&text, &store, &engine.device(), &Survey::default(), &mut progress))
        .unwrap()
        .missing;
    let judged = (1..).zip(missing).map(|(lseq, arrived)| {
        let (at, hash) = (arrived.entry.at.clone(), arrived.hash);
        let verdict = if arrived.entry.id == "p-1" { SideVerdict::RefusedRole } else { SideVerdict::Ok };
        let (device, order) = (at.device.as_str(), journal::Clock(author().now, at.seq as u32));
        arrived.judged(&Side {
            device,
            chain: at.chain,
            seq: at.seq,
            hash,
            order,
            verdict,
            lseq: Some(lseq),
            signature: None,
        })
    });
    let judged: Vec<_> = judged.collect();
    assert_eq!(judged.len(), 3, "the first line of a chain, and two payments");
    now(engine.receive(judged, (today(), author().now), &mut progress)).unwrap();
    let credit = |engine: &Engine<Memory>| engine.rows()[&id("mira")].row.credit.0;
    assert_eq!((credit(&there), credit(&engine)), (1_200, 700));
    // As the whole book is folded anew, and in the backup.
    let again = now(Engine::open(store, today())).unwrap().unwrap();
    assert_eq!(*again.rows(), *engine.rows());
    assert_eq!(now(engine.verify()).unwrap(), []);
    let text = backup(&engine);
    let sides: Vec<_> = text.lines().filter(|line| Side::is_side(line.as_bytes())).collect();
    assert_eq!(sides.len(), 3);
    assert!(sides[1].contains(r#""verdict":"refused-role","lseq":2"#), "{}", sides[1]);
    // Without a signed head what a file says about its lines does not count.
    assert_eq!(credit(&restore(&Memory::default(), &text).unwrap()), 1_200);
}

#[test]
fn half_a_press_is_not_received() {
    let (_, engine) = shop();
    record(&engine, &[customer("mira"), order("o-1", "mira", 500)]);
    let whole = backup(&engine);
    let half = whole.trim_end().rsplit_once('\n').unwrap().0.to_owned() + "\n";
    let last = half.lines().count() as u64;
    assert_eq!(check(&half).unwrap_err(), NotReceived::Line(last, Flaw::Chain(Problem::SplitPress)));
    assert!(check(&whole).is_ok());
}

#[test]
fn a_chain_after_a_wrong_clock_does_not_go_on_from_its_time() {
    let (_, engine) = shop();
    record(&engine, &[customer("mira")]);
    let ahead = Author { now: author().now + 70 * 365 * 86_400_000, ..author() };
    let wrong = now(engine.commit(&[payment("p-1", "mira", 100, Method::Cash, &[])], &ahead, async || ()));
    wrong.recorded.unwrap();
    let new = NewChain { forgets_clock: true, ..NewChain::of_store(Why::New) };
    now(engine.start_new_chain(&new, today(), author().now)).unwrap();
    record(&engine, &[payment("p-2", "mira", 50, Method::Cash, &[])]);
    assert!(engine.device().clock.0 < author().now + 86_400_000, "{:?}", engine.device().clock);
    assert_eq!(now(engine.verify()).unwrap(), []);
    let shown = engine.figures(today());
    assert_eq!(shown, tab(engine.store()).figures(today()), "the stored figures are those of a fold");
}
