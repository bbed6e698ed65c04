//! Refunds at a gateway, in a world of its own: two workers over one store, each with a clock of its own, and a gateway that loses
//! requests and answers, fails before and after it has done something, forgets keys after a day and shows lists that are old. Everything
//! follows from one seed.
//!
//! > One refund of the book is at most one refund at the gateway, and the book says what the gateway says.
//!
//! Planted mistakes show that the world finds what it is for.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod gateway;
mod random;
mod seen;
mod world;

use seen::{Mistake, Outcome, Trouble};
use world::World;

/// Refunds in one run of a seed.
const REFUNDS: usize = 40;

fn run(seeds: std::ops::Range<u64>, mistake: Option<Mistake>) -> Outcome {
    let mut total = Outcome::default();
    for seed in seeds {
        total.add(&World::new(seed, mistake).run(REFUNDS));
    }
    println!("{mistake:?}: {total:?}");
    total
}

#[test]
fn no_refund_is_made_twice_and_the_book_says_what_the_gateway_says() {
    let seen = run(0..1_300, None);
    assert!(seen.refunds >= 50_000, "{seen:?}");
    assert_eq!((seen.doubled, seen.said_done, seen.said_failed, seen.open), (0, 0, 0, 0), "{seen:?}");
    // A person is asked where the machine cannot know, and nowhere else.
    assert!(seen.persons * 4 < seen.refunds, "{seen:?}");
    assert!(seen.settled > 5_000 && seen.failed > 10_000 && seen.sent_back > 1_000, "{seen:?}");
    assert!(seen.canceled > 1_000, "{seen:?}");
    for (fault, count) in &seen.faults {
        assert!(*count >= 1_000, "{fault:?} happened {count} times only");
    }
    assert_eq!(seen.faults.len(), gateway::Fault::ALL.len() + Trouble::ALL.len());
}

#[test]
fn planted_mistakes_are_found() {
    for mistake in Mistake::ALL {
        let seen = run(0..150, Some(mistake));
        assert!(seen.doubled + seen.said_done + seen.said_failed > 0, "{mistake:?} was not found: {seen:?}");
    }
}
