//! The kinds of faults, how likely each is in a run, and how often it happened.

use super::random::Random;

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident $most:literal,)*) => {
        /// A kind of fault.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(usize)]
        pub enum Fault { $($(#[$doc])* $name,)* }

        impl Fault {
            pub const ALL: &[Self] = &[$(Self::$name,)*];
            /// The most times in 1,000 occasions.
            const MOST: &[u64] = &[$($most,)*];
        }
    };
}

faults! {
    RequestLost 150,
    RequestDoubled 100,
    RequestLate 60,
    AnswerLost 150,
    AnswerDoubled 100,
    AnswerLate 60,
    AnswerCut 60,
    CaptivePortal 80,
    Busy 60,
    InternalError 60,
    StaleReader 40,
    EndpointFull 60,
    EndpointKilledBeforeCommit 60,
    EndpointKilledAfterCommit 60,
    ClientKilledBeforeEffect 25,
    ClientKilledAfterEffect 25,
    QuotaExceeded 100,
    NoticeLost 100,
    StreamHintLost 300,
    UnknownKind 150,
    AskedAgain 60,
    // The following are drawn when something happens to the world as a whole; see `chaos`.
    RequestsCutOff 1_000,
    AnswersCutOff 1_000,
    NetworkGone 1_000,
    EndpointStopped 1_000,
    EndpointRestored 600,
    EndpointRolledBack 600,
    SplitBrain 600,
    ClockAhead 1_000,
    ClockBehind 1_000,
    Asleep 1_000,
    Wiped 600,
    Cloned 600,
    StoreRolledBack 600,
    DeviceRevoked 400,
    Malicious 1_000,
}

/// How likely each kind is, and how often it happened.
#[derive(Debug, Clone)]
pub struct Faults {
    rates: Vec<u64>,
    seen: Vec<u64>,
}

impl Faults {
    /// In every run another mixture: a third of the kinds do not happen at all, the others with a rate of their own.
    pub fn new(random: &mut Random) -> Self {
        let rate = |most: &u64| if random.chance(333) { 0 } else { random.between(most / 20, *most) };
        Self { rates: Fault::MOST.iter().map(rate).collect(), seen: vec![0; Fault::ALL.len()] }
    }

    /// No more faults.
    pub fn heal(&mut self) {
        self.rates.fill(0);
    }

    /// Whether the fault happens now.
    pub fn happens(&mut self, fault: Fault, random: &mut Random) -> bool {
        let happens = random.chance(self.rates[fault as usize]);
        self.seen[fault as usize] += u64::from(happens);
        if happens && std::env::var_os("SIMULATION_SEED").is_some() {
            println!("          fault {fault:?}");
        }
        happens
    }

    /// How often each kind happened, in the order of [`Fault::ALL`].
    pub fn seen(&self) -> &[u64] {
        &self.seen
    }
}
