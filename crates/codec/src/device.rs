//! Where a device stands in its chain: all that it must know to write the next line.

use journal::{ChainOpened, Clock, Hash, Head, Line, LineError, Number, Numbers};
use ledger::id::Id;
use serde::{Deserialize, Serialize};

/// A device's head, clock and numbers. Kept with the entries, compared before every press.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeviceState {
    /// The shop whose book it writes.
    pub shop: Id,
    /// This browser.
    pub device: Id,
    /// Which of its chains.
    pub chain: u32,
    /// The counter's letter, which names its drawer and stands in its numbers.
    pub letter: String,
    /// The time zone of the business dates, such as `Europe/London`.
    pub zone: String,
    /// The last line written; `None` before the first.
    pub head: Option<Head>,
    /// The last reading of the clock.
    pub clock: Clock,
    /// The last number given in every series.
    pub numbers: Numbers,
}

impl DeviceState {
    /// A device that has not written yet.
    #[must_use]
    pub fn new(shop: Id, device: Id, chain: u32, letter: &str, zone: &str) -> Self {
        Self {
            shop,
            device,
            chain,
            letter: letter.into(),
            zone: zone.into(),
            head: None,
            clock: Clock::default(),
            numbers: Numbers::default(),
        }
    }

    /// The device as it stood after the last of these lines of one chain, from its first on.
    ///
    /// # Errors
    /// When a line cannot be read, or the first is no `chain.opened`.
    pub fn after<'a>(lines: impl IntoIterator<Item = &'a str>) -> Result<Self, LineError> {
        let mut state: Option<Self> = None;
        for text in lines {
            let line = Line::parse(text.as_bytes())?;
            let state = match &mut state {
                Some(state) => state,
                none => none.insert(Self::begun(&line)?),
            };
            state.wrote(&line, Hash::of(text.as_bytes()));
        }
        state.ok_or(LineError::Missing("seq"))
    }

    fn begun(first: &Line<'_>) -> Result<Self, LineError> {
        let opened: ChainOpened =
            serde_json::from_str(first.body.get()).map_err(|_| LineError::Wrong("body"))?;
        let id = |text, field| Id::new(text).map_err(|_| LineError::Wrong(field));
        let (shop, device) = (id(first.shop, "shop")?, id(first.device, "device")?);
        Ok(Self::new(shop, device, first.chain, &opened.letter, first.zone))
    }

    pub(crate) fn wrote(&mut self, line: &Line<'_>, hash: Hash) {
        self.head = Some(Head { seq: line.seq, hash });
        self.clock = self.clock.heard(line.clock);
        let own = line.no.and_then(Number::parse).filter(|number| number.counter == self.letter);
        own.iter().for_each(|number| self.numbers.seen(number));
    }
}
