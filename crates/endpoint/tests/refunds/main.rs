//! Refunds and charges at a gateway, and the mails about them, in a world of its own: two workers over one store, each with a clock of its own, and a gateway that loses
//! requests and answers, fails before and after it has done something, forgets keys after a day and shows lists that are old. Everything
//! follows from one seed.
//!
//! > One refund of the book is at most one refund at the gateway, and one charge one charge; and the book says what the gateway says.
//! > A mail that is called sent has come, and who was told by mail what is not true any more is told so.
//!
//! Planted mistakes show that the world finds what it is for.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod gateway;
mod made;
mod mails;
mod mistaken;
mod random;
mod seen;
mod world;

use seen::{Mistake, Outcome, Trouble};
use world::{What, World};

/// Refunds, charges or links in one run of a seed.
const IN_A_RUN: usize = 40;

fn run(what: What, seeds: std::ops::Range<u64>, mistake: Option<Mistake>) -> Outcome {
    let mut total = Outcome::default();
    for seed in seeds {
        total.add(&World::new(what, seed, mistake).run(IN_A_RUN));
    }
    println!("{what:?} {mistake:?}: {total:?}");
    total
}

/// Each mail is sent or given up, always under one id; and who was told of a refund that came back is told so.
fn mails_are_true(seen: &Outcome) {
    let wrong = (seen.said_sent, seen.several_ids, seen.uncorrected, seen.wrong_mails, seen.mails_open);
    assert_eq!(wrong, (0, 0, 0, 0, 0), "{seen:?}");
}

fn has_all_faults(seen: &Outcome, least: usize) {
    for (fault, count) in &seen.faults {
        assert!(*count >= least, "{fault:?} happened {count} times only");
    }
    assert_eq!(seen.faults.len(), gateway::Fault::ALL.len() + Trouble::ALL.len());
}

#[test]
fn no_refund_is_made_twice_and_the_book_says_what_the_gateway_says() {
    let seen = run(What::Refunds, 0..1_300, None);
    assert!(seen.refunds >= 50_000, "{seen:?}");
    assert_eq!((seen.doubled, seen.said_done, seen.said_failed, seen.open), (0, 0, 0, 0), "{seen:?}");
    // A person is asked where the machine cannot know, and nowhere else.
    assert!(seen.persons * 4 < seen.refunds, "{seen:?}");
    assert!(seen.settled > 5_000 && seen.failed > 10_000 && seen.sent_back > 1_000, "{seen:?}");
    assert!(seen.canceled > 1_000, "{seen:?}");
    assert!(seen.mails > 10_000 && seen.corrected > 500, "{seen:?}");
    mails_are_true(&seen);
    has_all_faults(&seen, 1_000);
}

#[test]
fn no_charge_is_made_twice_and_the_book_says_what_the_gateway_says() {
    let seen = run(What::Charges, 0..600, None);
    assert!(seen.refunds >= 20_000, "{seen:?}");
    assert_eq!((seen.doubled, seen.said_done, seen.said_failed, seen.open), (0, 0, 0, 0), "{seen:?}");
    assert!(seen.persons * 4 < seen.refunds, "{seen:?}");
    assert!(seen.settled > 5_000 && seen.failed > 5_000, "{seen:?}");
    assert!(seen.mails > 4_000, "{seen:?}");
    mails_are_true(&seen);
    has_all_faults(&seen, 400);
}

#[test]
fn no_link_is_made_twice_and_none_is_called_over_that_can_be_paid() {
    let seen = run(What::Links, 0..150, None);
    assert!(seen.refunds >= 6_000, "{seen:?}");
    assert_eq!((seen.doubled, seen.said_done, seen.said_failed, seen.open), (0, 0, 0, 0), "{seen:?}");
    // A link ends by itself: no person has to look for it.
    assert_eq!(seen.persons, 0, "{seen:?}");
    assert!(seen.settled > 500 && seen.failed > 1_000 && seen.canceled > 200, "{seen:?}");
    mails_are_true(&seen);
    has_all_faults(&seen, 100);
}

#[test]
fn planted_mistakes_are_found() {
    let refunds = Mistake::OF_REFUNDS.map(|mistake| (What::Refunds, mistake));
    let charges = Mistake::OF_CHARGES.map(|mistake| (What::Charges, mistake));
    let links = Mistake::OF_LINKS.map(|mistake| (What::Links, mistake));
    for (what, mistake) in refunds.into_iter().chain(charges).chain(links) {
        let seen = run(what, 0..150, Some(mistake));
        let found = seen.doubled + seen.said_done + seen.said_failed;
        assert!(found > 0, "{mistake:?} was not found among {what:?}: {seen:?}");
    }
}

#[test]
fn planted_mistakes_about_mails_are_found() {
    for mistake in Mistake::OF_MAILS {
        let seen = run(What::Refunds, 0..150, Some(mistake));
        let found = match mistake {
            Mistake::SaysSentBefore => seen.said_sent,
            Mistake::NewMessageId => seen.several_ids,
            _ => seen.uncorrected,
        };
        assert!(found > 0, "{mistake:?} was not found: {seen:?}");
    }
}
