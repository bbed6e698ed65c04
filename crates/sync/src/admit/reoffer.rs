//! Records that a client hands back. What the endpoint once signed is believed, whoever brings it; what it did not sign is
//! believed as far as the devices have signed it.

use super::lines::{CheckedLine, presses};
use super::log::{Log, LogEnd, NewRecord, Rights};
use super::{CheckSignature, clamp};
use crate::epoch::Epoch;
use crate::head::{Checkpoint, SignedHead};
use crate::key::Signature;
use crate::wire::{Code, Problem, Record, Refusal, Reoffer};
use journal::{Hash, SideVerdict};
use std::collections::{BTreeMap, BTreeSet};

/// Records that follow each other in the log that a client knows.
#[derive(Debug, Clone)]
pub struct ReofferedLines<'a> {
    records: Vec<Record<'a>>,
    lines: Vec<CheckedLine<'a>>,
    /// The place before the first record.
    base: Checkpoint,
    /// The place of the last record, if its hash is the signed one. The signature was not checked.
    head: Option<SignedHead>,
}

impl<'a> ReofferedLines<'a> {
    /// Checks everything that needs no database: lines, numbers, hashes of the log, whole presses.
    ///
    /// # Errors
    /// What is wrong with the first record that is not accepted.
    pub fn read(shop: &str, reoffer: &Reoffer<'a>) -> Result<Self, Refusal> {
        let base = Checkpoint { lseq: reoffer.after, log_hash: reoffer.h };
        let (mut lines, mut place) = (Vec::<CheckedLine<'a>>::with_capacity(reoffer.items.len()), base);
        for (at, record) in reoffer.items.iter().enumerate() {
            let refused = |code| Refusal::at(code, at);
            let line = CheckedLine::read(shop, record.entry).map_err(refused)?;
            place.lseq += 1;
            place.log_hash = place.log_hash.then(line.hash, record.order, record.verdict);
            if (record.lseq, record.log_hash) != (place.lseq, place.log_hash) {
                return Err(refused(Code::WrongField));
            }
            match lines.last().filter(|before| before.goes_on()) {
                Some(before) => {
                    let is_same =
                        (before.line.device, before.line.chain) == (line.line.device, line.line.chain);
                    let wrong = before.refuses_next(&line).or((!is_same).then_some(Code::SplitPress));
                    wrong.map_or(Ok(()), |code| Err(refused(code)))?;
                }
                None if !line.begins_press() => return Err(refused(Code::SplitPress)),
                None => {}
            }
            lines.push(line);
        }
        if lines.last().is_none_or(CheckedLine::goes_on) {
            return Err(Refusal::of(Code::SplitPress));
        }
        let head = reoffer.head.filter(|head| head.checkpoint() == place);
        Ok(Self { records: reoffer.items.clone(), lines, base, head })
    }

    /// The signed place of the last record, if the records lead to it. The endpoint checks whether the signature is its own.
    #[must_use]
    pub const fn head(&self) -> Option<&SignedHead> {
        self.head.as_ref()
    }

    /// The presses, each with what the client's log says about its lines.
    fn presses(&self) -> impl Iterator<Item = (&[CheckedLine<'a>], &[Record<'a>])> {
        let mut at = 0;
        presses(&self.lines).map(move |press| {
            let said = self.records.get(at..at + press.len()).unwrap_or_default();
            at += press.len();
            (press, said)
        })
    }
}

/// Records that were handed back and are in the log now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdmittedReoffer {
    /// The end of the log, with the present epoch.
    pub end: LogEnd,
    /// Whether the log agrees with the last of the records.
    pub verbatim: bool,
    /// How many records were appended.
    pub appended: usize,
}

/// Admits records that were handed back. `is_ours` says that [`ReofferedLines::head`] is there and signed by this endpoint.
///
/// - The log has them: nothing changes.
/// - They are ours and continue the log: they are appended as they are.
/// - They are ours and the log went on without them: those that are missing are appended under new numbers, with the orders
///   and verdicts that they had, because rights are judged once.
/// - They are not ours: those that are missing are judged as in a push, if their devices have signed them.
///
/// If they are ours and of the present epoch, this log has lost them, and continues under the epoch `fresh`: numbers that
/// were given out after the loss would mean two records.
///
/// # Errors
/// Of the database. The inner error is [`Code::Unsigned`], [`Code::UnknownKey`], [`Code::WrongSignature`] or
/// [`Code::BrokenChain`]; then nothing was appended.
pub fn admit_reoffer<L: Log, R: Rights<Error = L::Error>>(
    log: &mut L,
    rights: &mut R,
    reoffered: &ReofferedLines<'_>,
    is_ours: bool,
    check: &impl CheckSignature,
    (received, fresh): (u64, Epoch),
) -> Result<Result<AdmittedReoffer, Problem>, L::Error> {
    let mut end = log.end()?;
    let last = reoffered.records.last().map(|record| (record.lseq, record.log_hash));
    let Some((last_lseq, last_hash)) = last else { return Ok(Err(Problem::new(Code::WrongField))) };
    if log.hash_at(last_lseq)? == Some(last_hash) {
        return Ok(Ok(AdmittedReoffer { end, verbatim: true, appended: 0 }));
    }
    let signed = match if is_ours { Ok(Signed::All) } else { signed(rights, reoffered, check)? } {
        Ok(signed) => signed,
        Err(problem) => return Ok(Err(problem)),
    };
    let proof = reoffered.head.filter(|_| is_ours);
    let continues = continues_at(log, reoffered, end)?;
    let records = match (proof, continues) {
        (Some(_), Some(skipped)) => verbatim(rights, reoffered, skipped, check, &mut end)?,
        (Some(_) | None, Some(_) | None) => {
            match missing(log, rights, reoffered, (&signed, check), received, &mut end)? {
                Ok(records) => records,
                Err(problem) => return Ok(Err(problem)),
            }
        }
    };
    log.append(&records)?;
    if proof.is_some_and(|head| head.epoch == end.epoch) {
        log.begin_epoch(fresh)?;
        end.epoch = fresh;
    }
    let verbatim = proof.is_some() && continues.is_some();
    Ok(Ok(AdmittedReoffer { end, verbatim, appended: records.len() }))
}

/// How many of the records the log has under their numbers, if the next one continues it.
fn continues_at<L: Log>(
    log: &mut L,
    reoffered: &ReofferedLines<'_>,
    end: LogEnd,
) -> Result<Option<usize>, L::Error> {
    let Some(skipped) = end.lseq.checked_sub(reoffered.base.lseq) else { return Ok(None) };
    let Ok(skipped) = usize::try_from(skipped) else { return Ok(None) };
    let place = match skipped.checked_sub(1) {
        None => Some(reoffered.base.log_hash),
        Some(last) => reoffered.records.get(last).map(|record| record.log_hash),
    };
    let is_here = log.hash_at(end.lseq)?.is_some_and(|here| Some(here) == place);
    Ok(is_here.then_some(skipped))
}

/// The records after the first few, as they are.
fn verbatim<'a, R: Rights>(
    rights: &mut R,
    reoffered: &ReofferedLines<'a>,
    skipped: usize,
    check: &impl CheckSignature,
    end: &mut LogEnd,
) -> Result<Vec<NewRecord<'a>>, R::Error> {
    let (mut records, mut at) = (Vec::new(), 0);
    for (press, said) in reoffered.presses() {
        at += press.len();
        // The log ends with a whole press.
        if at <= skipped {
            continue;
        }
        rights.admitted(press, verdict_of(said), received_of(said))?;
        for (line, record) in press.iter().zip(said) {
            let (judged, signature) = ((record.order, record.verdict), valid(rights, line, record, check)?);
            records.push(end.next(line.clone(), signature, judged, record.received));
        }
    }
    Ok(records)
}

/// The verdict of a press, which all its lines have.
fn verdict_of(said: &[Record<'_>]) -> SideVerdict {
    said.first().map(|record| record.verdict).unwrap_or_default()
}

/// When a press was received, in milliseconds since 1970.
fn received_of(said: &[Record<'_>]) -> u64 {
    said.first().map_or(0, |record| record.received)
}

/// Lines of a request that will be in the log: by device, chain, number and hash.
type Taken<'a> = BTreeSet<(&'a str, u32, u64, Hash)>;

/// The records that the log does not have, under new numbers.
fn missing<'a, L: Log, R: Rights<Error = L::Error>>(
    log: &mut L,
    rights: &mut R,
    reoffered: &ReofferedLines<'a>,
    (signed, check): (&Signed, &impl CheckSignature),
    now: u64,
    end: &mut LogEnd,
) -> Result<Result<Vec<NewRecord<'a>>, Problem>, L::Error> {
    let (mut records, mut taken, mut orders) = (Vec::new(), Taken::new(), BTreeMap::new());
    let mut at = 0;
    for (press, said) in reoffered.presses() {
        let Some(first) = press.first() else { continue };
        let index = at;
        at += press.len();
        if is_known(log, &taken, first, first.line.seq, first.hash)? {
            continue;
        }
        let follows = match first.line.prev {
            Some(prev) => is_known(log, &taken, first, first.line.seq - 1, prev)?,
            None => true,
        };
        if !follows {
            return Ok(Err(Problem::new(Code::BrokenChain).at(index)));
        }
        let (verdict, received) = match signed {
            Signed::All => (verdict_of(said), received_of(said)),
            Signed::These(_) => (rights.judge(press)?, now),
        };
        rights.admitted(press, verdict, received)?;
        for (line, record) in press.iter().zip(said) {
            let device = line.line.device;
            let before = match orders.get(device) {
                Some(order) => *order,
                None => log.last_order(device)?,
            };
            // What this endpoint once said stays; what others say about a line does not count.
            let (order, received) = match signed {
                Signed::All => (record.order, record.received),
                Signed::These(_) => (clamp(line.line.clock, before, now), now),
            };
            orders.insert(device, order.max(before));
            taken.insert((device, line.line.chain, line.line.seq, line.hash));
            let signature = match signed {
                Signed::All => valid(rights, line, record, check)?,
                Signed::These(checked) => record.signature.filter(|_| checked.contains(&line.hash)),
            };
            records.push(end.next(line.clone(), signature, (order, verdict), received));
        }
    }
    Ok(Ok(records))
}

/// Whether a line of the chain of `of` is in the log or will be.
fn is_known<L: Log>(
    log: &mut L,
    taken: &Taken<'_>,
    of: &CheckedLine<'_>,
    seq: u64,
    hash: Hash,
) -> Result<bool, L::Error> {
    let (device, chain) = (of.line.device, of.line.chain);
    Ok(taken.contains(&(device, chain, seq, hash))
        || log.lines(device, chain, seq)?.iter().any(|line| line.hash == hash))
}

/// Who vouches for the records.
enum Signed {
    /// The endpoint's own signature, for all of them.
    All,
    /// The signatures of the lines with these hashes, which were checked.
    These(BTreeSet<Hash>),
}

/// The signature of a line, if it is right: the hash of a log does not cover it, so whoever hands records back can have
/// changed it.
fn valid<R: Rights>(
    rights: &mut R,
    line: &CheckedLine<'_>,
    record: &Record<'_>,
    check: &impl CheckSignature,
) -> Result<Option<Signature>, R::Error> {
    let Some(signature) = record.signature else { return Ok(None) };
    let keys = rights.keys(line.line.device, line.line.chain)?;
    let is_valid = keys.iter().any(|key| check.is_signed(key, line.hash.bytes(), &signature));
    Ok(is_valid.then_some(signature))
}

/// Checks that every line is covered by a signature of its device: its own, or that of a later line of its branch. Only as
/// many signatures are checked as are needed.
fn signed<R: Rights>(
    rights: &mut R,
    reoffered: &ReofferedLines<'_>,
    check: &impl CheckSignature,
) -> Result<Result<Signed, Problem>, R::Error> {
    let (mut covered, mut checked) = (BTreeSet::new(), BTreeSet::new());
    for (at, (record, line)) in reoffered.records.iter().zip(&reoffered.lines).enumerate().rev() {
        if !covered.contains(&line.hash) {
            let refused = |code| Ok(Err(Problem::new(code).at(at)));
            let Some(signature) = record.signature else { return refused(Code::Unsigned) };
            let keys = rights.keys(line.line.device, line.line.chain)?;
            if keys.is_empty() {
                return refused(Code::UnknownKey);
            }
            if !keys.iter().any(|key| check.is_signed(key, line.hash.bytes(), &signature)) {
                return refused(Code::WrongSignature);
            }
            checked.insert(line.hash);
        }
        covered.extend(line.line.prev);
    }
    Ok(Ok(Signed::These(checked)))
}
