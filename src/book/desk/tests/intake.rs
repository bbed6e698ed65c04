//! A backup taken in: into an empty store, into the same shop, and every way in which it is refused.

use super::acts::*;
use crate::book::desk::{Arrival, Checked, Desk, Flaw, NotTaken, Source, Way};
use crate::store::{Fault, Memory};
use journal::{LineError, Problem};
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

fn arrival() -> Arrival {
    Arrival { device: id("tablet"), zone: "Europe/London".into(), today: today(), now: who().now }
}

fn check(text: &String) -> Result<Checked, NotTaken> {
    now(Checked::read::<Memory>(text, None, &mut Way::new(&mut |_, _| ())))
}

fn restore(store: &Memory, text: &String) -> Result<Desk<Memory>, NotTaken> {
    let checked = check(text)?;
    now(Desk::restore(store.clone(), text, &checked, &arrival(), &mut Way::new(&mut |_, _| ())))
}

fn merge(desk: &Desk<Memory>, text: &String) -> Result<u64, NotTaken> {
    let checked = now(desk.check(text, &mut Way::new(&mut |_, _| ())))?;
    let merged = now(desk.merge(text, &checked, (today(), who().now), &mut Way::new(&mut |_, _| ())))?;
    assert_eq!(merged.added, checked.missing);
    Ok(merged.added)
}

fn backup(desk: &Desk<Memory>) -> String {
    let mut text = String::new();
    now(desk.pages(|page| text.push_str(&page))).unwrap();
    text
}

fn busy() -> (Memory, Desk<Memory>) {
    let (store, desk) = shop();
    record(&desk, &[customer("mira"), order("o-1", "mira", 12_000), customer("bob")]);
    record(&desk, &[payment("p-1", "mira", 15_000, Method::Cash, &["o-1"])]);
    (store, desk)
}

#[test]
fn an_empty_store_holds_the_same_book_afterwards() {
    let (from, desk) = busy();
    let store = Memory::default();
    let restored = restore(&store, &backup(&desk)).unwrap();
    assert_eq!(*restored.rows(), *desk.rows());
    assert_eq!(restored.figures(today()), desk.figures(today()));
    assert_eq!((restored.shop(), store.sums()), (desk.shop(), from.sums()));
    assert_eq!(now(restored.documents("ap-0001", 9)).unwrap().len(), 1);
    // It goes on with a chain and a letter of its own: no printed number is used twice.
    assert_eq!(restored.device().letter, "B");
    let recorded = record(&restored, &[payment("p-2", "bob", 500, Method::Cash, &[])]);
    assert_eq!(recorded[0].no.as_deref(), Some("BP-0001"));
    assert_eq!(now(restored.verify()).unwrap(), []);
    assert_eq!(lines(&restored).len(), lines(&desk).len() + 2);
}

#[test]
fn a_restored_book_merges_back_and_both_are_the_same() {
    let (_, desk) = busy();
    let restored = restore(&Memory::default(), &backup(&desk)).unwrap();
    record(&restored, &[payment("p-2", "bob", 500, Method::Cash, &[])]);
    record(&desk, &[payment("p-3", "mira", 700, Method::Card, &[])]);
    assert_eq!(merge(&desk, &backup(&restored)), Ok(2));
    assert_eq!(merge(&restored, &backup(&desk)), Ok(1));
    assert_eq!(*restored.rows(), *desk.rows());
    assert_eq!(restored.figures(today()), desk.figures(today()));
    assert_eq!(merge(&desk, &backup(&restored)), Ok(0), "the second time nothing is missing");
    let recorded = record(&desk, &[payment("p-4", "mira", 100, Method::Cash, &[])]);
    assert_eq!(recorded[0].no.as_deref(), Some("AP-0003"), "the own chain goes on");
    assert_eq!(now(desk.verify()).unwrap(), []);
}

#[test]
fn another_tab_sees_what_was_taken_in_and_presses_on_it() {
    let (store, desk) = busy();
    let other = tab(&store);
    let restored = restore(&Memory::default(), &backup(&desk)).unwrap();
    record(&restored, &[payment("p-2", "bob", 500, Method::Cash, &[])]);
    merge(&desk, &backup(&restored)).unwrap();
    record(&other, &[payment("p-5", "bob", 20, Method::Cash, &[])]);
    assert_eq!(other.rows()[&id("bob")].row.credit, Money(520));
    assert_eq!(now(desk.refresh(today())).unwrap().accounts.len(), 1);
    assert_eq!(*desk.rows(), *other.rows());
    assert_eq!(*tab(&store).rows(), *other.rows());
}

#[test]
fn a_store_that_went_back_takes_its_lost_lines_in_and_begins_a_new_chain() {
    let (_, desk) = busy();
    let early = backup(&desk);
    record(&desk, &[payment("p-2", "bob", 500, Method::Cash, &[])]);
    let late = backup(&desk);
    // The browser went back to what it held before the last press.
    let store = Memory::default();
    let back =
        now(Desk::take_over(store, &early.lines().map(String::from).collect::<Vec<_>>(), today())).unwrap();
    assert_eq!(merge(&back, &late), Ok(1));
    assert_eq!((back.device().letter.as_str(), back.device().chain), ("B", 2));
    let recorded = record(&back, &[payment("p-3", "bob", 100, Method::Cash, &[])]);
    assert_eq!(recorded[0].no.as_deref(), Some("BP-0001"));
    assert_eq!(back.rows()[&id("bob")].row.credit, Money(600));
    assert_eq!(now(back.verify()).unwrap(), []);
}

#[test]
fn what_is_cut_off_in_the_middle_goes_on_from_there() {
    let (_, desk) = busy();
    let restored = restore(&Memory::default(), &backup(&desk)).unwrap();
    record(&restored, &[payment("p-2", "bob", 500, Method::Cash, &[])]);
    let (store, text) = (desk.store().clone(), backup(&restored));
    let checked = now(desk.check(&text, &mut Way::new(&mut |_, _| ()))).unwrap();
    // The last step fails: the lines stand, the caches are of another time.
    let mut fail = |work, _| {
        if work == crate::book::desk::Work::Folding {
            store.fail_next(Fault::Full);
        }
    };
    let cut = now(desk.merge(&text, &checked, (today(), who().now), &mut Way::new(&mut fail)));
    assert_eq!(cut, Err(NotTaken::Fault(Fault::Full)));
    let later = tab(&store);
    assert_eq!(*later.rows(), *restored.rows(), "the next start adds everything up");
    assert_eq!(merge(&later, &text), Ok(0));
}

#[test]
fn a_backup_that_is_not_whole_is_refused_by_line_and_writes_nothing() {
    let (_, desk) = busy();
    let whole: Vec<_> = lines(&desk);
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
    assert_eq!(check(&String::new()), Err(NotTaken::Empty));
    assert_eq!(check(&"Dear diary\n".into()), Err(NotTaken::shape(1, LineError::NotJson { column: 1 })));
    let changed_text = check(&changed(4, "Chair", "Couch"));
    assert!(
        matches!(changed_text, Err(NotTaken::Line(6, Flaw::Chain(Problem::Prev { .. })))),
        "{changed_text:?}"
    );
    let no_amount = check(&changed(4, "\"gross\":\"120.00\"", "\"gross\":\"much\""));
    assert!(matches!(no_amount, Err(NotTaken::Line(5, Flaw::Body(_)))), "{no_amount:?}");
    let gap = check(&without(3));
    assert_eq!(gap, Err(NotTaken::Line(4, Flaw::Chain(Problem::Gap { due: 4, found: 5 }))));
    let long = format!("{}{}", text(whole.clone()), "x".repeat(600_000));
    assert!(matches!(check(&long), Err(NotTaken::Line(8, Flaw::Shape(LineError::TooLong { .. })))));
    assert_eq!(check(&text(whole)).unwrap().lines, 7);
}

#[test]
fn another_shop_and_another_history_are_refused() {
    let (_, desk) = busy();
    let (_, twin) = shop();
    record(&twin, &[customer("eve")]);
    // Written on the same device from the same beginning: a copied profile.
    let fork = merge(&twin, &backup(&desk));
    assert!(matches!(fork, Err(NotTaken::Line(4, Flaw::Fork))), "{fork:?}");
    let shorter = merge(&desk, &backup(&twin));
    assert!(matches!(shorter, Err(NotTaken::Line(4, Flaw::Fork))), "{shorter:?}");
    let foreign = backup(&desk).replace("\"shop\":\"shop\"", "\"shop\":\"other\"");
    assert_eq!(merge(&twin, &foreign), Err(NotTaken::Foreign));
}

#[test]
fn lines_that_were_lost_are_noticed_and_a_new_chain_goes_on() {
    let (_, desk) = busy();
    let (chain, head) = (desk.device().chain, desk.device().head.unwrap());
    assert_eq!(now(desk.holds(chain, head)), Ok(true));
    let early: Vec<_> = lines(&desk).into_iter().take(6).collect();
    let back = now(Desk::take_over(Memory::default(), &early, today())).unwrap();
    assert_eq!(now(back.holds(chain, head)), Ok(false));
    now(back.begin_anew(today(), who().now)).unwrap();
    assert_eq!((back.device().letter.as_str(), back.device().chain), ("B", 2));
    record(&back, &[payment("p-9", "bob", 100, Method::Cash, &[])]);
    assert_eq!(now(back.verify()).unwrap(), []);
    assert_eq!(merge(&back, &backup(&desk)), Ok(1), "the lost line comes back from a backup");
    assert_eq!(now(back.holds(chain, head)), Ok(true));
    assert_eq!(back.device().chain, 2, "and the chain stays");
}
