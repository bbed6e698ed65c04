//! Files that were made or changed by hand: what cannot be opened afterwards is refused, and nothing of it is written.

use super::acts::*;
use super::receive::{backup, busy, merge, restore};
use crate::engine::{Author, Engine, Flaw, NotReceived, Progress};
use crate::store::{Memory, Store};
use codec::OpeningFlaw;
use journal::{Hash, Line, Problem};
use ledger::method::Method;
use ledger::money::Money;
use ledger::rules::{Act, CreditNote};
use std::collections::BTreeMap;

/// The lines with the hashes that make chains of them again, after some of them were changed.
pub fn chained(lines: impl IntoIterator<Item = String>) -> String {
    let (mut ends, mut text) = (BTreeMap::new(), String::new());
    for line in lines {
        let place = Line::parse(line.as_bytes()).map(|line| (line.device.to_owned(), line.chain, line.prev));
        let line = match place {
            Ok((device, chain, prev)) => {
                let due = ends.get(&(device.clone(), chain)).copied();
                let line = match (prev, due) {
                    (Some(prev), Some(due)) => line.replacen(&format!("{prev}"), &format!("{due}"), 1),
                    (None | Some(_), None | Some(_)) => line,
                };
                ends.insert((device, chain), Hash::of(line.as_bytes()));
                line
            }
            Err(_) => line,
        };
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// A backup of another counter of the same shop, counter B, each line changed.
pub fn of_tablet(engine: &Engine<Memory>, change: impl Fn(String) -> String) -> String {
    let tablet = restore(&Memory::default(), &backup(engine)).unwrap();
    record(&tablet, &[customer("eve"), payment("p-e", "eve", 500, Method::Cash, &[])]);
    let is_own = |line: &str| Line::parse(line.as_bytes()).unwrap().device == "tablet";
    let (lines, letters) = (backup(&tablet), tablet.device().letter.clone());
    // The letters are drawn; here they are those of counter B.
    let change = |line: &str| change(line.replace(&letters, "B"));
    let changed = lines.lines().map(|line| if is_own(line) { change(line) } else { line.into() });
    chained(changed)
}

/// The book opens again with the same content, and a press is recorded.
pub fn opens(store: &Memory, engine: &Engine<Memory>) {
    let again = now(Engine::open(store.clone(), today())).unwrap().unwrap();
    assert_eq!(*again.rows(), *engine.rows());
    assert_eq!(now(again.verify()).unwrap(), []);
    // A file may have opened the shop in another name.
    let actor = again.shop().owner.clone().unwrap_or_else(|| id("ana"));
    let pressed = now(again.commit(&[customer("later")], &Author { actor, ..author() }, async || ()));
    pressed.recorded.unwrap();
    let rebuilt = restore(&Memory::default(), &backup(&again)).unwrap();
    assert_eq!(*rebuilt.rows(), *again.rows());
    assert_eq!(rebuilt.figures(today()), again.figures(today()));
}

fn beyond(field: &'static str) -> Flaw {
    Flaw::Chain(Problem::Beyond(field))
}

#[test]
fn numbers_that_no_device_can_count_on_from_are_refused() {
    let most_clock = (1_u64 << 53) - 1;
    let hostile: [(&str, &str, String, Flaw); 5] = [
        ("chain", "\"chain\":1,", "\"chain\":4294967295,".into(), beyond("chain")),
        ("clock", "\"clock\":[1772", format!("\"clock\":[{most_clock},9],\"x\":[1772"), beyond("clock")),
        ("number", "\"no\":\"BP-0001\"", "\"no\":\"BP-18446744073709551615\"".into(), beyond("no")),
        ("letter", "\"letter\":\"B\"", format!("\"letter\":\"{}\"", "B".repeat(65)), beyond("letter")),
        ("drawer", "\"drawer\":\"B\"", "\"drawer\":\"\"".into(), beyond("drawer")),
    ];
    for (what, from, to, flaw) in hostile {
        let (store, engine) = busy();
        let change = |line: String| {
            let line = line.replace(from, &to);
            // The rest of the clock that was there.
            match line.split_once(",\"x\":[1772") {
                Some((start, rest)) => format!("{start}{}", rest.split_once(']').unwrap().1),
                None => line,
            }
        };
        let text = of_tablet(&engine, change);
        let before = lines(&engine);
        let refused = merge(&engine, &text);
        assert!(
            matches!(&refused, Err(NotReceived::Line(_, found)) if *found == flaw),
            "{what}: {refused:?}"
        );
        assert!(restore(&Memory::default(), &text).is_err(), "{what}");
        assert_eq!(lines(&engine), before, "{what}");
        opens(&store, &engine);
    }
}

#[test]
fn a_file_opens_its_shop_once_with_a_currency_that_exists() {
    let (_, engine) = busy();
    let whole = lines(&engine);
    let changed = |from: &str, to: &str| chained(whole.iter().map(|line| line.replace(from, to)));
    let check = |text: &String| restore(&Memory::default(), text).map(drop);
    assert_eq!(check(&changed("shop.opened", "shop.opens")), Err(NotReceived::NoShop));
    let no_currency = Flaw::Opening(OpeningFlaw::Currency("ABC".into()));
    assert_eq!(check(&changed("\"GBP\"", "\"ABC\"")), Err(NotReceived::Line(2, no_currency)));
    let at_customer = chained(whole.iter().map(|line| {
        let is_opening = line.contains("shop.opened");
        if is_opening { line.replace("\"accounts\":[]", "\"accounts\":[\"mira\"]") } else { line.clone() }
    }));
    assert_eq!(check(&at_customer), Err(NotReceived::Line(2, Flaw::Opening(OpeningFlaw::OfAccount))));
    // A hand-made chain opens the shop again, and earlier, so that its actor would be the owner.
    let made =
        whole.iter().take(2).map(|line| line.replace("\"till\"", "\"eves\"").replace("\"ana\"", "\"eve\""));
    let made = chained(made.map(|line| line.replace("[1772442000000,", "[1,")));
    let twice = Err(NotReceived::Line(2, Flaw::Opening(OpeningFlaw::Twice)));
    assert_eq!(merge(&engine, &made), twice);
    assert_eq!(check(&(chained(whole.clone()) + &made)).map_err(|_| ()), Err(()));
}

/// A counter whose clock is years ahead: what it recorded is kept at its time, and no other clock follows.
#[test]
fn a_clock_far_ahead_is_kept_and_not_followed() {
    let (store, engine) = busy();
    let tablet = restore(&Memory::default(), &backup(&engine)).unwrap();
    let in_a_year = day("2027-04-06");
    let late = Author { now: author().now + 400 * 86_400_000, today: in_a_year, ..author() };
    record(&tablet, &[customer("eve"), order("o-e", "eve", 500)]);
    let paid = [payment("p-e", "eve", 500, Method::Cash, &["o-e"]), staff("dan")];
    now(tablet.commit(&paid, &late, async || ())).recorded.unwrap();
    let mut listener = |_, _| ();
    let mut progress = Progress::new(&mut listener);
    let review = now(engine.review(&backup(&tablet), author().now, &mut progress)).unwrap();
    assert_eq!((review.missing(), review.ahead), (5, 2));
    now(engine.accept(review, (today(), author().now), &mut progress)).unwrap();
    // Acts of this counter come before the entries far ahead, which then post less: the sums are those of a fold of all.
    let note = CreditNote {
        order: id("o-e"),
        amount: Some(Money(70)),
        reason: Some("scratched".into()),
        note: None,
        clawback: false,
        returned: Vec::new(),
    };
    record(&engine, &[act("n-e", Some("eve"), Act::CreditNote(note)), staff("cleo")]);
    let again = now(Engine::open(store.clone(), today())).unwrap().unwrap();
    let (own, all) = (Memory::default(), backup(&engine));
    let restored = restore(&own, &all).unwrap();
    for engine in [&again, &restored] {
        assert!(!engine.device().clock.is_ahead(author().now));
    }
    assert_eq!(*restored.rows(), *again.rows());
    assert_eq!(restored.shop(), again.shop());
    for (code, party) in [(1_100, ""), (2_100, ""), (1_000, "A"), (1_000, "B")] {
        for day in [today(), in_a_year].map(|day| day.to_string()) {
            let sum = |store: &Memory| now(store.sum(code, party, &day, &day)).unwrap();
            assert_eq!(sum(&store), sum(&own), "{code} {party} {day}");
        }
    }
    assert_eq!(now(store.sum(1_100, "", "2027-01-01", "2027-12-31")), Ok(-430));
    opens(&store, &engine);
}

/// The line is not refused: every later line of that counter would be left out with it.
#[test]
fn a_name_that_turns_the_text_around_is_kept_and_shown_safely() {
    let (store, engine) = busy();
    let turned = "\"name\":\"\u{202e}eve\\u0000\"";
    let text = of_tablet(&engine, |line| line.replace("\"name\":\"eve\"", turned));
    let mut listener = |_, _| ();
    let mut progress = Progress::new(&mut listener);
    let review = now(engine.review(&text, author().now, &mut progress)).unwrap();
    assert_eq!((review.missing(), review.hidden), (3, 1));
    now(engine.accept(review, (today(), author().now), &mut progress)).unwrap();
    assert_eq!(engine.rows()[&id("eve")].row.name, "\u{fffd}eve\u{fffd}");
    assert!(lines(&engine).iter().any(|line| line.contains(turned)), "the bytes are those of the file");
    opens(&store, &engine);
}
