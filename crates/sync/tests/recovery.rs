//! A client that knows a long log, and an endpoint that has lost the end of it: the search for the common place, and
//! handing back in parts. The logs of the simulator are too short for either.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::counter::{Counter, NOW, epoch, signed};
use common::keys::{key, sign};
use common::lines::{Chain, SHOP};
use journal::{Clock, Hash, Press, SideVerdict};
use serde_json::json;
use sync::Checkpoint;
use sync::client::{Client, Cursor, Effect, Kept, OwnedRecord, Save, Saved, Start, What};
use sync::wire::{Challenge, Challenged, Code, Problem, Reoffer, Reoffered, Session, decode, limits};

/// A log of presses with this many lines each, whose bodies have this many bytes.
fn log(presses: usize, lines: usize, bytes: usize) -> Vec<OwnedRecord> {
    mixed(&vec![(lines, bytes); presses])
}

/// A log of presses, each with its number of lines and the bytes of their bodies.
fn mixed(presses: &[(usize, usize)]) -> Vec<OwnedRecord> {
    let mut chain = Chain::new("b", 1, Clock::default());
    let mut at = Saved::new(SHOP).cursor.log_hash;
    let mut records: Vec<OwnedRecord> = Vec::new();
    for (press, (lines, bytes)) in presses.iter().enumerate() {
        let body = format!(r#"{{"note":"{}"}}"#, "x".repeat(*bytes));
        for line in 0..*lines {
            let place = Press::at(line, *lines);
            let text = chain.line(&format!("doc-{press}"), "note.made", 1, &body, place, NOW);
            let (hash, order) = (Hash::of(text.as_bytes()), chain.clock);
            at = at.then(hash, order, SideVerdict::Ok);
            let lseq = records.len() as u64 + 1;
            let (signature, verdict) = (None, SideVerdict::Ok);
            records.push(OwnedRecord {
                lseq,
                text,
                hash,
                signature,
                order,
                verdict,
                received: NOW,
                log_hash: at,
            });
        }
    }
    records
}

fn place(log: &[OwnedRecord], lseq: u64) -> Checkpoint {
    match lseq {
        0 => Saved::new(SHOP).cursor.checkpoint(),
        lseq => Checkpoint { lseq, log_hash: log[lseq as usize - 1].log_hash },
    }
}

/// A client that has pulled the whole log and keeps a place every so many records, and is told of another epoch.
fn astray(log: &[OwnedRecord], every: usize) -> Counter {
    let end = place(log, log.len() as u64);
    let cursor = Cursor { epoch: Some(epoch(1)), lseq: end.lseq, log_hash: end.log_hash };
    let kept = (1..=log.len() as u64).filter(|lseq| *lseq % every as u64 == 0);
    let start = Start {
        origin: "https://shop.example".into(),
        shop: SHOP.into(),
        device: "a".into(),
        bearer: true,
        saved: Saved { cursor, ..Saved::new(SHOP) },
        kept: kept.map(|lseq| Kept { head: signed(epoch(1), place(log, lseq)), bytes: 1 }).collect(),
        written: Vec::new(),
        oldest: None,
    };
    let mut counter = Counter { client: Client::new(start), effects: Vec::new(), shown: None, random: 0 };
    counter.step(What::Started).answer(&Challenged { challenge: Challenge([7; 32]) });
    let ticket = counter.ticket();
    counter.step(What::Signed { ticket, signature: Some(sign(&key("a", 0), &[0; 32])) });
    let session: Session = serde_json::from_value(json!({
        "token": "token", "seconds": 60, "time": NOW, "role": "clerk", "revoked": false,
        "epoch": epoch(2), "chains": [], "endpoint_key": key("endpoint", 0),
    }))
    .unwrap();
    counter.answer(&session);
    counter
}

/// Answers the questions for hashes as an endpoint that has the first `has` records; returns how many there were.
fn search(counter: &mut Counter, log: &[OwnedRecord], has: u64) -> usize {
    let mut asked = 0;
    while let Some(at) = ask(counter) {
        asked += 1;
        let places: Vec<u64> =
            at.split(',').filter(|text| !text.is_empty()).map(|text| text.parse().unwrap()).collect();
        assert!(places.len() <= limits::MAX_CHECKPOINTS, "{at}");
        let known = places.into_iter().filter(|lseq| *lseq <= has).map(|lseq| place(log, lseq));
        let known: Vec<Checkpoint> = known.collect();
        let head = signed(epoch(2), place(log, has));
        counter.answer(&json!({"epoch": epoch(2), "head": head, "chains": [], "checkpoints": known}));
    }
    asked
}

fn ask(counter: &Counter) -> Option<String> {
    counter.effects.iter().find_map(|effect| match effect {
        Effect::Send(send) => send.path.split_once("/heads?at=").map(|(_, at)| at.to_owned()),
        _ => None,
    })
}

/// One part that was handed back: the numbers before its first and of its last record, and whether it has a proof.
type Part = (u64, u64, bool);

/// What an endpoint does with a part.
enum Answer {
    Verbatim,
    Anew,
    Refused(Code),
}

/// Answers what is handed back, and returns the parts and what is stored in the end.
fn hand_back(
    counter: &mut Counter,
    log: &[OwnedRecord],
    answers: impl Fn(usize) -> Answer,
) -> (Vec<Part>, Save) {
    let mut parts = Vec::new();
    loop {
        match counter.effects.first().cloned() {
            Some(Effect::ReadRecords { ticket, after, through }) => {
                let records = log[after as usize..through as usize].to_vec();
                counter.step(What::Records { ticket, records });
            }
            Some(Effect::Send(send)) => {
                assert!(send.body.len() <= limits::MAX_PAGE_BODY);
                let reoffer: Reoffer<'_> = decode(send.body.as_bytes()).unwrap();
                assert_eq!(
                    Checkpoint { lseq: reoffer.after, log_hash: reoffer.h },
                    place(log, reoffer.after)
                );
                let last = reoffer.items.last().unwrap().lseq;
                assert_eq!(last - reoffer.after, reoffer.items.len() as u64);
                let is_whole = journal::Line::parse(log[last as usize - 1].text.as_bytes())
                    .is_ok_and(|line| !line.press.is_some_and(Press::goes_on));
                assert!(is_whole, "the part ends inside a press");
                if let Some(head) = reoffer.head {
                    assert_eq!(head.checkpoint(), place(log, last));
                }
                parts.push((reoffer.after, last, reoffer.head.is_some()));
                let answered = |verbatim| Reoffered {
                    epoch: epoch(2),
                    verbatim,
                    head: signed(epoch(2), place(log, last)),
                };
                match answers(parts.len() - 1) {
                    Answer::Verbatim => counter.answer(&answered(true)),
                    Answer::Anew => counter.answer(&answered(false)),
                    Answer::Refused(code) => counter.refuse(&Problem::new(code)),
                };
            }
            Some(Effect::Save(save)) => return (parts, *save),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn the_last_common_place_is_found_among_many_with_two_questions() {
    let log = log(30_000, 1, 0);
    for has in [0, 249, 250, 251, 7_777, 15_000, 29_999] {
        let mut counter = astray(&log, 250);
        let asked = search(&mut counter, &log, has);
        let (parts, _) = hand_back(&mut counter, &log, |_| Answer::Verbatim);
        assert!(asked <= 2, "{asked} questions");
        assert_eq!(parts[0].0, has / 250 * 250, "{has} records are there");
    }
}

#[test]
fn an_endpoint_that_has_everything_under_another_epoch_is_handed_nothing() {
    let log = log(2_000, 1, 0);
    let mut counter = astray(&log, 250);
    search(&mut counter, &log, 2_000);
    let (parts, save) = hand_back(&mut counter, &log, |_| Answer::Verbatim);
    assert_eq!((parts, save.rewound_to, save.forget), (vec![], None, vec![]));
    assert_eq!((save.saved.cursor.epoch, save.saved.cursor.lseq), (Some(epoch(2)), 2_000));
}

#[test]
fn each_part_ends_at_a_place_that_is_a_proof_for_it() {
    let log = log(2_100, 1, 0);
    let mut counter = astray(&log, 500);
    search(&mut counter, &log, 600);
    let (parts, save) = hand_back(&mut counter, &log, |_| Answer::Verbatim);
    assert_eq!(
        parts,
        [(500, 1_000, true), (1_000, 1_500, true), (1_500, 2_000, true), (2_000, 2_100, false)]
    );
    // Everything has its old number: the client stays where it was.
    assert_eq!((save.rewound_to, save.saved.cursor.lseq, save.forget), (None, 2_100, vec![]));
}

#[test]
fn one_part_under_new_numbers_or_refused_takes_the_client_back_to_the_common_place() {
    let log = log(2_000, 1, 0);
    for odd in [Answer::Anew, Answer::Refused(Code::Unsigned)] {
        let mut counter = astray(&log, 500);
        search(&mut counter, &log, 600);
        let (parts, save) = hand_back(&mut counter, &log, |part| match (part, &odd) {
            (1, Answer::Anew) => Answer::Anew,
            (1, Answer::Refused(code)) => Answer::Refused(*code),
            (_, Answer::Anew | Answer::Refused(_) | Answer::Verbatim) => Answer::Verbatim,
        });
        assert_eq!(parts.len(), 3, "the parts after it are handed back as well");
        assert_eq!(save.rewound_to, Some(500));
        assert_eq!(save.saved.cursor.checkpoint(), place(&log, 500));
        assert_eq!(
            save.forget,
            [1_000, 1_500, 2_000],
            "a place after the common one proves nothing in the new log"
        );
    }
}

#[test]
fn without_proofs_a_part_is_whole_presses_within_the_limits() {
    // 2,100 lines in presses of seven: 1,000 is inside a press.
    let presses = log(300, 7, 0);
    let mut counter = astray(&presses, 10_000);
    search(&mut counter, &presses, 0);
    let (parts, _) = hand_back(&mut counter, &presses, |_| Answer::Anew);
    assert_eq!(parts, [(0, 994, false), (994, 1_988, false), (1_988, 2_100, false)]);

    // Entries of 15,000 bytes: about 68 fit, 63 of them are whole presses.
    let large = log(30, 7, 15_000);
    let mut counter = astray(&large, 10_000);
    search(&mut counter, &large, 0);
    let (parts, _) = hand_back(&mut counter, &large, |_| Answer::Anew);
    assert_eq!(parts.len(), 4, "{parts:?}");
    assert!(parts.iter().all(|(after, last, _)| last - after <= 70), "{parts:?}");

    // One press that is larger than a part goes as it is.
    let one = log(1, 200, 15_000);
    let mut counter = astray(&one, 10_000);
    search(&mut counter, &one, 0);
    let (parts, _) = hand_back(&mut counter, &one, |_| Answer::Anew);
    assert_eq!(parts, [(0, 200, false)]);

    // It does not follow others in one part: together they would be larger than any body may be.
    let both = mixed(&[(1, 10_000), (1, 10_000), (256, 16_000), (1, 0)]);
    let mut counter = astray(&both, 10_000);
    search(&mut counter, &both, 0);
    let (parts, _) = hand_back(&mut counter, &both, |_| Answer::Anew);
    assert_eq!(parts, [(0, 2, false), (2, 258, false), (258, 259, false)]);
}
