//! The state of a device's chain: everything that is needed to write the next line.

use journal::{ChainOpened, Clock, Hash, Head, Line, LineError, Number, Numbers, OPENED};
use ledger::id::Id;
use serde::{Deserialize, Serialize};

/// A device's head, clock and numbers. Stored with the entries and compared before every commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct DeviceState {
    /// The shop that the device belongs to.
    pub shop: Id,
    /// The id of this device.
    pub device: Id,
    /// The device's chain.
    pub chain: u32,
    /// The counter's letter, which is part of its document numbers; new with every chain.
    pub letter: String,
    /// The counter's drawer: the party of its cash account; the same in every chain of the device.
    pub drawer: String,
    /// The time zone of the business dates, such as `Europe/London`.
    pub zone: String,
    /// The last line written; `None` before the first.
    pub head: Option<Head>,
    /// The last reading of the clock.
    pub clock: Clock,
    /// The last number used in every series.
    pub numbers: Numbers,
}

/// A device's state as JSON. States of earlier versions have no drawer: there the letter names it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    shop: Id,
    device: Id,
    chain: u32,
    letter: String,
    drawer: Option<String>,
    zone: String,
    head: Option<Head>,
    clock: Clock,
    numbers: Numbers,
}

impl From<Stored> for DeviceState {
    fn from(stored: Stored) -> Self {
        let Stored { shop, device, chain, letter, drawer, zone, head, clock, numbers } = stored;
        let drawer = drawer.unwrap_or_else(|| letter.clone());
        Self { shop, device, chain, letter, drawer, zone, head, clock, numbers }
    }
}

impl DeviceState {
    /// A device that has not written a line. Its letter also names its drawer.
    #[must_use]
    pub fn new(shop: Id, device: Id, chain: u32, letter: &str, zone: &str) -> Self {
        Self {
            shop,
            device,
            chain,
            letter: letter.into(),
            drawer: letter.into(),
            zone: zone.into(),
            head: None,
            clock: Clock::default(),
            numbers: Numbers::default(),
        }
    }

    /// The state after the last of these lines: one chain, from its first line on.
    ///
    /// # Errors
    /// When a line cannot be parsed, or the first is not `chain.opened`.
    pub fn after<'a>(lines: impl IntoIterator<Item = &'a str>) -> Result<Self, LineError> {
        let mut state: Option<Self> = None;
        for text in lines {
            let line = Line::parse(text.as_bytes())?;
            let state = match &mut state {
                Some(state) => state,
                none => none.insert(Self::opened(&line)?),
            };
            state.wrote(&line, Hash::of(text.as_bytes()));
        }
        state.ok_or(LineError::Missing("seq"))
    }

    fn opened(first: &Line<'_>) -> Result<Self, LineError> {
        let opened =
            if first.kind == OPENED { ChainOpened::parse(first.kv, first.body.get()).ok() } else { None };
        let opened = opened.ok_or(LineError::Wrong("body"))?;
        let id = |text, field| Id::new(text).map_err(|_| LineError::Wrong(field));
        let (shop, device) = (id(first.shop, "shop")?, id(first.device, "device")?);
        let state = Self::new(shop, device, first.chain, &opened.letter, first.zone);
        Ok(Self { drawer: opened.drawer, ..state })
    }

    pub(crate) fn wrote(&mut self, line: &Line<'_>, hash: Hash) {
        self.head = Some(Head { seq: line.seq, hash });
        self.clock = self.clock.merged(line.clock);
        let own = line.no.and_then(Number::parse).filter(|number| number.counter == self.letter);
        own.iter().for_each(|number| self.numbers.seen(number));
    }
}
