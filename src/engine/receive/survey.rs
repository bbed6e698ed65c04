//! Finds the good lines of a damaged or cut file: bad lines are named, and left out with every line that follows only them.
//!
//! ```text
//! line 4  good
//! line 5  cannot be read          named, left out
//! line 6  follows line 5          left out, unless line 5 is in the store
//! line 7  of another chain        good
//! ```

use super::arrived::Intake;
use super::damage::{MOST_NAMED, Survey};
use super::held::Chain;
use super::lines::{Lines, Source};
use super::not_received::{Flaw, NotReceived};
use crate::engine::progress::{Phase, Progress};
use crate::store::{ChainPosition, Store};
use codec::Opening;
use journal::{Hash, Line, Press, Problem};
use ledger::id::Id;
use std::collections::HashMap;

/// What is known of a chain of the file.
#[derive(Default)]
struct Known {
    /// Whether a line is missing or bad, so that the following ones have to find the line before them.
    broken: bool,
    /// The numbers in the file of the lines of a press whose last line has not been read yet.
    press: Vec<u64>,
    /// The last good line: its hash and its number in the file.
    last: Option<(Hash, u64)>,
}

struct Surveyor<'a, S> {
    store: &'a S,
    shop: Option<&'a Id>,
    intake: Intake,
    found: Survey,
    chains: HashMap<Chain, Known>,
}

impl Survey {
    /// Reads a file to its end and finds its bad lines. `shop` is the only shop whose lines are good; the lines that `store`
    /// holds count as lines before.
    ///
    /// # Errors
    ///
    /// [`NotReceived::Foreign`], and faults of the device.
    pub async fn of<S: Store>(
        source: &impl Source,
        store: &S,
        (shop, opening): (Option<&Id>, Opening),
        progress: &mut Progress<'_>,
    ) -> Result<Self, NotReceived> {
        let intake = Intake::into(opening);
        let mut surveyor = Surveyor { store, shop, intake, found: Self::default(), chains: HashMap::new() };
        let mut lines = Lines::of(source);
        while let Some(batch) = lines.next().await? {
            for (at, text) in batch {
                match text {
                    Ok(text) => surveyor.line(at, text).await?,
                    Err(why) => surveyor.name(at, Flaw::Shape(why)),
                }
            }
            progress.report(Phase::Checking, lines.read());
        }
        Ok(surveyor.finish())
    }
}

impl<S: Store> Surveyor<'_, S> {
    async fn line(&mut self, at: u64, text: String) -> Result<(), NotReceived> {
        let Ok(line) = Line::parse(text.as_bytes()) else {
            return self.other(at, text);
        };
        let (hash, prev, place) =
            (Hash::of(text.as_bytes()), line.prev, ChainPosition::new(line.device, line.chain, line.seq));
        let (clock, press, goes_on) = (line.clock, line.press, line.press.is_some_and(Press::goes_on));
        let chain = (line.device.to_owned(), line.chain);
        let checked = self.intake.line(at, (Ok(text), None), self.shop, |_, _| ());
        let flaw = match checked {
            Ok(_) => None,
            Err(NotReceived::Line(_, flaw)) => Some(flaw),
            Err(other) => return Err(other),
        };
        let splits = flaw.is_none() && press.is_some_and(|press| press.0 > 1);
        if splits && splits_a_press(self.store, &place, prev, hash).await? {
            let known = self.chains.entry(chain).or_default();
            known.broken = true;
            let of_press = std::mem::take(&mut known.press);
            self.found.left_out.extend(of_press);
            self.name(at, Flaw::Chain(Problem::SplitPress));
            return Ok(());
        }
        let known = self.chains.entry(chain).or_default();
        let follows_good = !known.broken || known.last.is_some_and(|(last, _)| prev == Some(last));
        match flaw {
            None if follows_good => {}
            None | Some(Flaw::Chain(Problem::Gap { .. } | Problem::Prev { .. })) => {
                let mut is_changed_before = false;
                if let Some(Flaw::Chain(Problem::Prev { due: Some(due), .. })) = &flaw
                    && let Some((last, bad)) = known.last
                    && last == *due
                {
                    is_changed_before = true;
                    // One of the two was changed, and nothing vouches for the line before.
                    known.last = None;
                    self.found.left_out.insert(bad);
                    self.found.left_out.extend(known.press.drain(..));
                }
                if !follows(self.store, &place, prev, clock, press).await? {
                    let is_first = !std::mem::replace(&mut known.broken, true);
                    self.found.left_out.insert(at);
                    if let Some(flaw) = flaw.filter(|_| is_first) {
                        self.name(at, flaw);
                    }
                    return Ok(());
                }
                // The line before it is left out, and only this one tells why.
                let tells = flaw.filter(|_| is_changed_before && self.found.bad.len() < MOST_NAMED);
                self.found.bad.extend(tells.map(|flaw| (at, flaw)));
                self.found.attached.insert(at);
            }
            Some(flaw) => {
                known.broken = true;
                self.name(at, flaw);
                return Ok(());
            }
        }
        known.last = Some((hash, at));
        known.press.push(at);
        if !goes_on {
            known.press.clear();
        }
        Ok(())
    }

    /// A side record, or no line at all.
    fn other(&mut self, at: u64, text: String) -> Result<(), NotReceived> {
        match self.intake.line(at, (Ok(text), None), self.shop, |_, _| ()) {
            Ok(_) => {}
            // What a file says about a line does not count.
            Err(NotReceived::Line(_, Flaw::Chain(Problem::NoLineOfSide))) => {
                self.found.left_out.insert(at);
            }
            Err(NotReceived::Line(_, flaw)) => self.name(at, flaw),
            Err(other) => return Err(other),
        }
        Ok(())
    }

    fn name(&mut self, at: u64, flaw: Flaw) {
        self.found.left_out.insert(at);
        if self.found.bad.len() < MOST_NAMED {
            self.found.bad.push((at, flaw));
        }
    }

    /// Of a press that is not complete nothing is good.
    fn finish(mut self) -> Survey {
        for known in std::mem::take(&mut self.chains).into_values() {
            // Where a line is missing, that line is named.
            if let Some(first) = known.press.first().filter(|_| !known.broken) {
                self.name(*first, Flaw::Chain(Problem::SplitPress));
            }
            self.found.left_out.extend(known.press);
        }
        self.found.opens_shop = self.intake.opens_shop();
        self.found.bad.sort_by_key(|(at, _)| *at);
        self.found
    }
}

/// Whether the store has the line before this one, of the same press, and another line than this one after it: to receive
/// it would leave half of a press in each of two branches.
async fn splits_a_press<S: Store>(
    store: &S,
    place: &ChainPosition,
    prev: Option<Hash>,
    hash: Hash,
) -> Result<bool, NotReceived> {
    let at = async |seq: u64| -> Result<Option<Hash>, NotReceived> {
        let stored = store.at(&ChainPosition::new(&place.device, place.chain, seq)).await?;
        Ok(stored.map(|stored| Hash::of(stored.bytes.as_bytes())))
    };
    let here = at(place.seq).await?;
    Ok(here.is_some_and(|here| here != hash) && at(place.seq.saturating_sub(1)).await? == prev)
}

/// Whether the store has the line before this one.
async fn follows<S: Store>(
    store: &S,
    place: &ChainPosition,
    prev: Option<Hash>,
    clock: journal::Clock,
    press: Option<Press>,
) -> Result<bool, NotReceived> {
    let Some(before) = place.seq.checked_sub(1).filter(|before| *before > 0) else { return Ok(false) };
    let Some(stored) = store.at(&ChainPosition::new(&place.device, place.chain, before)).await? else {
        return Ok(false);
    };
    if Some(Hash::of(stored.bytes.as_bytes())) != prev {
        return Ok(false);
    }
    let before =
        Line::parse(stored.bytes.as_bytes()).map_err(|why| NotReceived::Line(place.seq, Flaw::Shape(why)))?;
    let ends_press = !before.press.is_some_and(Press::goes_on) && press.is_none_or(|press| press.0 == 1);
    Ok(ends_press && before.clock < clock)
}
