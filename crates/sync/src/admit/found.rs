//! The entries that a shop is founded with: every chain that its first device holds, unsigned ones too. The device vouches
//! for the ends of the chains with one signature.

use super::lines::CheckedLine;
use super::log::{LogEnd, NewRecord};
use crate::head::ChainHead;
use crate::key::Signature;
use crate::wire::Code;
use journal::{Problem as ChainProblem, SideVerdict, Verifier};
use serde_json::value::RawValue;

/// Checks the entries of a founding one after another, in the order in which they were sent.
#[derive(Debug, Clone)]
pub struct Founding<'s> {
    shop: &'s str,
    verifier: Verifier,
    end: LogEnd,
    goes_on: bool,
}

/// A line of a founding, with the record that it becomes: at its own clock, with the verdict `ok`.
pub type FoundedLine<'a> = NewRecord<'a>;

/// What is wrong with a founding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundingError {
    /// A line cannot be accepted.
    Line {
        /// Its number among all lines, from 1.
        at: u64,
        /// Why.
        code: Code,
    },
    /// The ends of the chains are not those that the device has signed.
    OtherHeads,
}

impl<'s> Founding<'s> {
    /// Begins with the empty log of a shop.
    #[must_use]
    pub fn new(shop: &'s str, empty: LogEnd) -> Self {
        Self { shop, verifier: Verifier::default(), end: empty, goes_on: false }
    }

    /// Checks the next line and returns its record. A signature is kept without a check: the heads vouch for the line.
    ///
    /// # Errors
    /// [`FoundingError::Line`].
    pub fn line<'a>(
        &mut self,
        entry: &'a RawValue,
        signature: Option<Signature>,
        received: u64,
    ) -> Result<FoundedLine<'a>, FoundingError> {
        let at = self.end.lseq + 1;
        let refused = |code| FoundingError::Line { at, code };
        let line = CheckedLine::read(self.shop, entry).map_err(refused)?;
        if let Some(problem) = self.verifier.check_position(&line.line, line.hash).into_iter().next() {
            return Err(refused(code_of(&problem)));
        }
        if self.goes_on == line.begins_press() {
            return Err(refused(Code::SplitPress));
        }
        self.goes_on = line.goes_on();
        let order = line.line.clock;
        Ok(self.end.next(line, signature, (order, SideVerdict::Ok), received))
    }

    /// The end of the log, if the chains end where the device said.
    ///
    /// # Errors
    /// [`FoundingError::OtherHeads`], also when a press is not complete.
    pub fn finish(&self, heads: &[ChainHead]) -> Result<LogEnd, FoundingError> {
        let head = |(device, chain, head): (&str, u32, journal::Head)| ChainHead {
            device: device.to_owned(),
            chain,
            seq: head.seq,
            hash: head.hash,
        };
        let mut found: Vec<ChainHead> = self.verifier.heads().map(head).collect();
        found.sort_unstable();
        if found == heads && !self.goes_on { Ok(self.end) } else { Err(FoundingError::OtherHeads) }
    }
}

fn code_of(problem: &ChainProblem) -> Code {
    match problem {
        ChainProblem::Shape(_) | ChainProblem::Beyond(_) => Code::WrongEntry,
        ChainProblem::AnotherShop { .. } => Code::WrongPlace,
        ChainProblem::SplitPress => Code::SplitPress,
        ChainProblem::Opening
        | ChainProblem::Gap { .. }
        | ChainProblem::Repeated { .. }
        | ChainProblem::Prev { .. }
        | ChainProblem::ClockRanBack
        | ChainProblem::NoLineOfSide => Code::BrokenChain,
    }
}
