//! A push: checked in itself before the transaction, admitted inside it.

use super::cursor::check_cursor;
use super::lines::{CheckedLine, presses};
use super::log::{Log, LogEnd, Rights};
use super::{CheckSignature, clamp};
use crate::key::{PublicKey, Signature};
use crate::wire::limits::MAX_BATCH_BYTES;
use crate::wire::{Code, Problem, Push, Refusal, RefusedLine};
use journal::SideVerdict;

/// Lines of one chain that follow each other: whole presses, the last line with a signature.
#[derive(Debug, Clone)]
pub struct PushedLines<'a> {
    lines: Vec<CheckedLine<'a>>,
    /// Of the last line.
    signature: Signature,
}

impl<'a> PushedLines<'a> {
    /// Checks everything that needs no database, and keeps the longest prefix that ends with a whole press and a
    /// signature. Later lines, right or wrong, are left for another request.
    ///
    /// # Errors
    /// What is wrong with the first line that cannot be kept, if no line can.
    pub fn read(shop: &str, device: &str, push: &Push<'a>) -> Result<Self, Refusal> {
        let mut lines: Vec<CheckedLine<'a>> = Vec::with_capacity(push.items.len());
        let (mut kept, mut bytes, mut wrong) = (None, 0, Refusal::of(Code::Unsigned));
        for (at, item) in push.items.iter().enumerate() {
            let checked = CheckedLine::read(shop, item.entry).and_then(|line| {
                match refuses(device, push.from_seq, lines.last(), &line) {
                    Some(code) => Err(code),
                    None => Ok(line),
                }
            });
            match checked {
                Ok(line) => lines.push(line),
                Err(code) => {
                    wrong = Refusal::at(code, at);
                    break;
                }
            }
            bytes += item.entry.get().len();
            if bytes > MAX_BATCH_BYTES && kept.is_some() {
                wrong = Refusal::at(Code::TooLarge, at);
                break;
            }
            if lines.last().is_some_and(|line| line.goes_on()) {
                wrong = Refusal::at(Code::SplitPress, at);
            } else if let Some(signature) = item.signature {
                kept = Some((at + 1, signature));
            } else {
                wrong = Refusal::at(Code::Unsigned, at);
            }
        }
        let (count, signature) = kept.ok_or(wrong)?;
        lines.truncate(count);
        Ok(Self { lines, signature })
    }

    /// The lines: at least one.
    #[must_use]
    pub fn lines(&self) -> &[CheckedLine<'a>] {
        &self.lines
    }

    /// The chain of the lines.
    #[must_use]
    pub fn chain(&self) -> u32 {
        self.lines.first().map_or(0, |line| line.line.chain)
    }

    /// Checks the signature of the last line, which covers the lines before it. `known` are the keys of the chain.
    ///
    /// If the first line opens the chain with a key, the session vouches for that key, also where the chain is known with
    /// another one: two copies of a device can both have opened it, and [`admit_push`] must find that, not this.
    ///
    /// # Errors
    /// [`Code::UnknownKey`], [`Code::WrongSignature`].
    pub fn check_signature(&self, known: &[PublicKey], check: &impl CheckSignature) -> Result<(), Refusal> {
        let opened = self.lines.first().and_then(CheckedLine::opened_key);
        let keys = opened.as_ref().map_or(known, std::slice::from_ref);
        let last = self.lines.len().saturating_sub(1);
        let Some(line) = self.lines.last() else { return Err(Refusal::of(Code::Unsigned)) };
        if keys.is_empty() {
            return Err(Refusal::at(Code::UnknownKey, last));
        }
        let is_signed = keys.iter().any(|key| check.is_signed(key, line.hash.bytes(), &self.signature));
        if is_signed { Ok(()) } else { Err(Refusal::at(Code::WrongSignature, last)) }
    }
}

/// What is wrong with the place of a line in its request.
fn refuses(
    device: &str,
    from_seq: u64,
    before: Option<&CheckedLine<'_>>,
    line: &CheckedLine<'_>,
) -> Option<Code> {
    if line.line.device != device {
        return Some(Code::WrongPlace);
    }
    match before {
        Some(before) if before.line.chain != line.line.chain => Some(Code::WrongPlace),
        Some(before) => before.refuses_next(line),
        None if line.line.seq != from_seq => Some(Code::BrokenChain),
        None if !line.begins_press() => Some(Code::SplitPress),
        None => None,
    }
}

/// A push that was admitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdmittedPush {
    /// The number of the last line of the chain in the log.
    pub acked_through: u64,
    /// Those of the new lines that do not count.
    pub refused: Vec<RefusedLine>,
    /// The end of the log.
    pub end: LogEnd,
    /// How many records were appended: 0 for a push that was here already.
    pub appended: usize,
}

/// Admits a push: lines that are here already are skipped, the others are judged, press by press, and appended. The caller
/// has checked the signature. `push` is the request that the lines were read from.
///
/// # Errors
/// Of the database. The inner error is [`Code::Epoch`], [`Code::LogFork`], [`Code::Gap`], [`Code::Fork`] or
/// [`Code::BrokenChain`]; then nothing was appended.
pub fn admit_push<L: Log, R: Rights<Error = L::Error>>(
    log: &mut L,
    rights: &mut R,
    push: &Push<'_>,
    pushed: &PushedLines<'_>,
    received: u64,
) -> Result<Result<AdmittedPush, Problem>, L::Error> {
    let mut end = match check_cursor(log, push.epoch, push.after)? {
        Ok(end) => end,
        Err(problem) => return Ok(Err(problem)),
    };
    let Some(first) = pushed.lines.first() else { return Ok(Err(Problem::new(Code::WrongField))) };
    let (device, chain) = (first.line.device, first.line.chain);
    let held = log.chain_end(device, chain)?;
    if let Err(problem) = continues(log, pushed, held)? {
        return Ok(Err(problem));
    }
    let new = pushed.lines.iter().position(|line| line.line.seq > held).unwrap_or(pushed.lines.len());
    let (mut records, mut refused) = (Vec::new(), Vec::new());
    let mut order = log.last_order(device)?;
    for press in presses(pushed.lines.get(new..).unwrap_or_default()) {
        let verdict = rights.judge(press)?;
        rights.admitted(press, verdict, received)?;
        for line in press {
            order = clamp(line.line.clock, order, received);
            let is_last = Some(line.hash) == pushed.lines.last().map(|last| last.hash);
            let signature = is_last.then_some(pushed.signature);
            if verdict != SideVerdict::Ok {
                refused.push(RefusedLine { seq: line.line.seq, code: verdict });
            }
            records.push(end.next(line.clone(), signature, (order, verdict), received));
        }
    }
    log.append(&records)?;
    let last = pushed.lines.last().map_or(0, |last| last.line.seq);
    Ok(Ok(AdmittedPush { acked_through: held.max(last), refused, end, appended: records.len() }))
}

/// Whether the lines continue, or repeat, the chain that is here up to number `held`.
fn continues<L: Log>(
    log: &mut L,
    pushed: &PushedLines<'_>,
    held: u64,
) -> Result<Result<(), Problem>, L::Error> {
    let Some(first) = pushed.lines.first() else { return Ok(Ok(())) };
    let (device, chain, from) = (first.line.device, first.line.chain, first.line.seq);
    if from > held + 1 {
        return Ok(Err(Problem::gap(chain, held + 1)));
    }
    let mut has = |seq: u64, hash| -> Result<Option<_>, L::Error> {
        Ok(log.lines(device, chain, seq)?.into_iter().find(|line| line.hash == hash))
    };
    // Each line holds the hash of the one before: if the last line that is here agrees, all before it do.
    let repeated = pushed.lines.iter().rfind(|line| line.line.seq <= held);
    let differs = match repeated {
        Some(line) if has(line.line.seq, line.hash)?.is_some() => None,
        Some(_) => {
            let mut differs = from;
            for line in &pushed.lines {
                if has(line.line.seq, line.hash)?.is_none() {
                    differs = line.line.seq;
                    break;
                }
            }
            Some(differs)
        }
        None => match first.line.prev {
            None => None,
            Some(prev) => match has(held, prev)? {
                Some(before) if first.line.clock <= before.clock => {
                    return Ok(Err(Problem::new(Code::BrokenChain).at(0)));
                }
                Some(_) => None,
                None => Some(held),
            },
        },
    };
    match differs {
        Some(seq) => Ok(Err(Problem::fork(chain, seq, log.last_chain(device)? + 1))),
        None => Ok(Ok(())),
    }
}
