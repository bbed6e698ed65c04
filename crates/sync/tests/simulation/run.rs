//! One run: a seed, a world, faults for a while, then quiet.

use super::bugs::Bug;
use super::faults::Fault;
use super::world::{BEGIN, HOUR, MINUTE, World};
use sync::client::{State, What};

/// What a run was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The first thing that was wrong.
    pub wrong: Option<String>,
    /// A hash over all that happened.
    pub trace: u64,
    pub steps: u64,
    pub acts: u64,
    /// Simulated hours.
    pub hours: u64,
    /// How often each kind of fault happened, in the order of [`Fault::ALL`].
    pub seen: Vec<u64>,
}

/// The most steps of one phase: a run that needs more does not end.
const MOST_STEPS: u64 = 60_000;

/// Runs a seed.
pub fn run(seed: u64, bug: Option<Bug>) -> Report {
    let mut world = World::new(seed, bug);
    let mut steps = 0;
    // Acts and faults come within twenty minutes, or after a night.
    while world.checks.wrong.is_none() && steps < MOST_STEPS {
        let until = world.last_cause + MINUTE;
        if !world.step(until) {
            break;
        }
        steps += 1;
    }
    if world.checks.wrong.is_none() {
        settle(&mut world);
    }
    let seen = world.faults.seen().to_vec();
    debug_assert_eq!(seen.len(), Fault::ALL.len());
    Report {
        wrong: world.checks.wrong.take(),
        trace: world.trace,
        steps: world.steps,
        acts: world.acts,
        hours: (world.now - BEGIN) / HOUR,
        seen,
    }
}

/// No more faults: everything that is stopped comes back, and within a quarter of an hour all is equal.
fn settle(world: &mut World) {
    world.faults.heal();
    world.unite();
    world.stopped_until = 0;
    for who in 0..world.replicas.len() {
        let replica = &mut world.replicas[who];
        replica.asleep_until = 0;
        replica.requests_cut_until = 0;
        replica.answers_cut_until = 0;
        world.start(who);
        // A tab that missed a notice learns of it from the store, when it comes to the front or starts again.
        let written = world.replicas[who].disk.written();
        for (chain, seq) in written {
            world.network(who, What::Wrote { chain, seq });
        }
        world.network(who, What::Online);
    }
    let until = world.now + 15 * MINUTE;
    let mut steps = 0;
    while world.checks.wrong.is_none() && steps < MOST_STEPS {
        if steps % 16 == 0 && is_quiet(world) {
            break;
        }
        if !world.step(until) {
            break;
        }
        steps += 1;
    }
    let World { services, replicas, checks, registry, .. } = world;
    for (who, replica) in replicas.iter().enumerate() {
        let is_revoked = registry.revoked.contains(&*replica.disk.device);
        checks.at_rest(&services[0].stored, (who, &replica.disk), replica.status, is_revoked);
    }
    checks.documents(&services[0].stored, super::world::MALICIOUS);
}

fn is_quiet(world: &World) -> bool {
    let end = world.services[0].stored.log.log_end();
    world.replicas.iter().all(|replica| {
        let cursor = replica.disk.saved.cursor;
        let is_revoked = world.registry.revoked.contains(&*replica.disk.device);
        let is_here = (cursor.epoch, cursor.checkpoint()) == (Some(end.epoch), end.checkpoint());
        let state = replica.status.map(|status| status.state);
        let is_done =
            if is_revoked { state == Some(State::Revoked) } else { is_here && state == Some(State::Synced) };
        is_done && replica.disk.unsent() == 0
    })
}
