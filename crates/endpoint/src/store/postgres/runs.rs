//! Runs: lines of one chain that stand one after the other in the log are one row. The layout is described in `runs.sql`.

use journal::{Clock, SideVerdict};
use tokio_postgres::Row;

use crate::store::Fault;
use crate::store::model::{Bytes32, Logged};
use crate::store::postgres::rows::{get, number, signed};

/// The most lines of a run.
pub const MOST_LINES: usize = 64;

/// The bytes that a run has beside each line.
const SIDE: usize = 94;

/// Marks of a line.
const OF_SHOP: u16 = 1;
const GOES_ON: u16 = 2;
const SIGNED: u16 = 4;
/// The verdicts follow the marks.
const VERDICT: u16 = 8;

/// The verdicts by their numbers. What is stored depends on the sequence.
const VERDICTS: [SideVerdict; 4] =
    [SideVerdict::Ok, SideVerdict::RefusedRole, SideVerdict::RefusedLimit, SideVerdict::RefusedRevoked];

/// The length of a signature.
const SIGNATURE: usize = 64;

/// The column `side` of a record that has a row of its own, as a literal.
macro_rules! row_side {
    () => {
        "int4send(length(entry) + COALESCE(length(signature), 0)) || hash || log_hash || int8send(millis) \
    || int8send(count) || int8send(received) || int2send((is_of_shop::int + 2 * goes_on::int \
    + CASE WHEN signature IS NULL THEN 0 ELSE 4 END + CASE verdict WHEN 'ok' THEN 0 WHEN 'refused-role' THEN 8 \
    WHEN 'refused-limit' THEN 16 WHEN 'refused-revoked' THEN 24 END)::int2)"
    };
}

/// Splits records, each with the number of its chain, into runs.
pub fn split(records: &[(i64, Logged)]) -> impl Iterator<Item = &[(i64, Logged)]> {
    let goes_on = |(chain, one): &(i64, Logged), (other, next): &(i64, Logged)| {
        chain == other && next.seq == one.seq + 1 && next.lseq == one.lseq + 1
    };
    records.chunk_by(goes_on).flat_map(|run| run.chunks(MOST_LINES))
}

/// The columns `side` and `entries` of a run.
///
/// # Errors
/// A number that is too large.
pub fn pack(run: &[(i64, Logged)]) -> Result<(Vec<u8>, Vec<u8>), Fault> {
    let mut side = Vec::with_capacity(SIDE * run.len());
    let mut entries = Vec::with_capacity(run.iter().map(|(_, record)| record.entry.len() + SIGNATURE).sum());
    for (_, record) in run {
        entries.extend_from_slice(&record.entry);
        entries.extend_from_slice(record.signature.as_ref().map_or(&[][..], |signature| signature));
        let end = i32::try_from(entries.len()).map_err(|_| Fault::broken("a run that is too long"))?;
        side.extend_from_slice(&end.to_be_bytes());
        side.extend_from_slice(&record.hash);
        side.extend_from_slice(&record.log_hash);
        for number in [record.order.0, record.order.1.into(), record.received] {
            side.extend_from_slice(&signed(number)?.to_be_bytes());
        }
        side.extend_from_slice(&marks(record).to_be_bytes());
    }
    Ok((side, entries))
}

fn marks(record: &Logged) -> u16 {
    let verdict: u16 = match record.verdict {
        SideVerdict::Ok => 0,
        SideVerdict::RefusedRole => 1,
        SideVerdict::RefusedLimit => 2,
        SideVerdict::RefusedRevoked => 3,
    };
    let marks =
        [(record.is_of_shop, OF_SHOP), (record.goes_on, GOES_ON), (record.signature.is_some(), SIGNED)];
    marks.iter().filter(|(is_so, _)| *is_so).fold(verdict * VERDICT, |all, (_, mark)| all | mark)
}

/// A run as a row has it.
pub struct Run<'a> {
    /// The number of its last record in the log.
    pub lseq: u64,
    device: &'a str,
    chain: u32,
    seq: u64,
    lines: u64,
    side: &'a [u8],
    entries: &'a [u8],
    /// The number of the last record of the log.
    pub end: u64,
}

impl<'a> Run<'a> {
    /// A row of [`select`].
    ///
    /// # Errors
    /// A row that is no run.
    pub fn of(row: &'a Row) -> Result<Self, Fault> {
        let lines = u64::try_from(get::<i32>(row, 4)?).map_err(|_| broken())?;
        Ok(Self {
            lseq: number(row, 0)?,
            device: get(row, 1)?,
            chain: number(row, 2)?,
            seq: number(row, 3)?,
            lines,
            side: get(row, 5)?,
            entries: get(row, 6)?,
            end: number(row, 7)?,
        })
    }

    /// Its records.
    ///
    /// # Errors
    /// A run of another form.
    pub fn records(&self) -> Result<Vec<Logged>, Fault> {
        let before = (self.lseq.checked_sub(self.lines), self.seq.checked_sub(self.lines));
        let (Some(lseq), Some(seq)) = before else { return Err(broken()) };
        let (mut side, mut entries) = (Bytes::of(self.side), Bytes::of(self.entries));
        let records = (1..=self.lines).map(|at| {
            let line = Line::read(&mut side, &mut entries)?;
            Ok(line.logged(self.device, self.chain, (lseq + at, seq + at)))
        });
        let records = records.collect::<Result<_, Fault>>()?;
        if side.left.is_empty() && entries.left.is_empty() { Ok(records) } else { Err(broken()) }
    }
}

/// What a run has of one line.
struct Line<'a> {
    entry: &'a [u8],
    signature: Option<[u8; SIGNATURE]>,
    hash: Bytes32,
    log_hash: Bytes32,
    order: Clock,
    received: u64,
    marks: u16,
    verdict: SideVerdict,
}

impl<'a> Line<'a> {
    fn read(side: &mut Bytes<'_>, entries: &mut Bytes<'a>) -> Result<Self, Fault> {
        let end = usize::try_from(u32::from_be_bytes(side.array()?)).map_err(|_| broken())?;
        let (hash, log_hash) = (side.array()?, side.array()?);
        let (millis, count, received) = (side.number()?, side.number()?, side.number()?);
        let marks = u16::from_be_bytes(side.array()?);
        let mut own = Bytes::of(entries.until(end)?);
        let signature = if marks & SIGNED > 0 { SIGNATURE } else { 0 };
        let length = own.left.len().checked_sub(signature).ok_or_else(broken)?;
        Ok(Self {
            entry: own.until(length)?,
            signature: if signature > 0 { Some(own.array()?) } else { None },
            hash,
            log_hash,
            order: Clock(millis, u32::try_from(count).map_err(|_| broken())?),
            received,
            marks,
            verdict: *VERDICTS.get(usize::from(marks / VERDICT)).ok_or_else(broken)?,
        })
    }

    fn logged(self, device: &str, chain: u32, (lseq, seq): (u64, u64)) -> Logged {
        Logged {
            lseq,
            device: device.to_owned(),
            chain,
            seq,
            hash: self.hash,
            entry: self.entry.to_vec(),
            signature: self.signature,
            order: self.order,
            verdict: self.verdict,
            received: self.received,
            log_hash: self.log_hash,
            is_of_shop: self.marks & OF_SHOP > 0,
            goes_on: self.marks & GOES_ON > 0,
        }
    }
}

/// Bytes that are read from the front.
struct Bytes<'a> {
    left: &'a [u8],
    /// How many were read.
    at: usize,
}

impl<'a> Bytes<'a> {
    fn of(left: &'a [u8]) -> Self {
        Self { left, at: 0 }
    }

    /// The bytes up to a place, counted from the first one.
    fn until(&mut self, end: usize) -> Result<&'a [u8], Fault> {
        let count = end.checked_sub(self.at).ok_or_else(broken)?;
        let (taken, left) = self.left.split_at_checked(count).ok_or_else(broken)?;
        (self.left, self.at) = (left, end);
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        self.until(self.at + N)?.try_into().map_err(|_| broken())
    }

    fn number(&mut self) -> Result<u64, Fault> {
        Ok(u64::from_be_bytes(self.array()?))
    }
}

fn broken() -> Fault {
    Fault::broken("a run of another form")
}

/// Runs as rows, and records that the version before has written, as runs of one line.
///
/// `run` and `row` say which rows of the two tables are read, and `page` is the end of the statement over both. The page is taken before it is
/// joined: planned together, and without statistics, the server reads every chain from its beginning.
pub fn select(run: &str, row: &str, page: &str) -> String {
    format!(
        "SELECT page.lseq, chain.device, chain.chain, page.seq, page.lines, page.side, page.entries, shop.lseq FROM ( \
         SELECT shop, lseq, chain, seq, lines, side, entries FROM counterfoil.run WHERE {run} \
         UNION ALL SELECT shop, lseq, chain, seq, 1, {ROW_SIDE}, entry || COALESCE(signature, '') \
         FROM counterfoil.record_by_row WHERE {row} {page}) AS page \
         JOIN counterfoil.chain ON (chain.shop, chain.number) = (page.shop, page.chain) \
         JOIN counterfoil.shop ON shop.number = page.shop ORDER BY page.lseq"
    )
}

/// The last line of each chain of the shop whose number is the first value, as runs of one line. A chain is looked up by its key: joined
/// without statistics, the server reads the whole log.
pub const LAST_LINES: &str = concat!(
    "SELECT line.lseq, chain.device, chain.chain, chain.seq, 1, line.side, line.entry, line.lseq FROM counterfoil.chain \
     CROSS JOIN LATERAL ( \
     SELECT lseq, int4send(length(entries) - since) || substring(side FROM 94 * lines - 89) AS side, \
     substring(entries FROM since + 1) AS entry FROM counterfoil.run CROSS JOIN LATERAL ( \
     SELECT CASE WHEN lines > 1 THEN counterfoil.number_of(substring(side FROM 94 * lines - 187 FOR 4))::int ELSE 0 END AS since \
     ) AS place WHERE run.shop = chain.shop AND run.chain = chain.number AND run.seq = chain.seq \
     UNION ALL SELECT lseq, ",
    row_side!(),
    ", entry || COALESCE(signature, '') FROM counterfoil.record_by_row AS row \
     WHERE row.shop = chain.shop AND row.chain = chain.number AND row.seq = chain.seq OFFSET 0 \
     ) AS line WHERE chain.shop = $1 ORDER BY line.lseq"
);

/// The first line of each chain of the shop whose id is the first value, if it has no more chains than the second one, as runs of one line.
pub const FIRST_LINES: &str = concat!(
    "SELECT line.lseq, chain.device, chain.chain, 1::bigint, 1, line.side, line.entry, line.lseq FROM counterfoil.chain \
     CROSS JOIN LATERAL ( \
     SELECT lseq - lines + 1 AS lseq, substring(side FROM 1 FOR 94) AS side, \
     substring(entries FROM 1 FOR counterfoil.number_of(substring(side FROM 1 FOR 4))::int) AS entry FROM counterfoil.run \
     WHERE run.shop = chain.shop AND run.chain = chain.number AND run.seq <= 64 AND run.seq = run.lines \
     UNION ALL SELECT lseq, ",
    row_side!(),
    ", entry || COALESCE(signature, '') FROM counterfoil.record_by_row AS row \
     WHERE row.shop = chain.shop AND row.chain = chain.number AND row.seq = 1 OFFSET 0 \
     ) AS line WHERE chain.shop = (SELECT number FROM counterfoil.shop WHERE id = $1 AND chains <= $2) ORDER BY line.lseq"
);

/// The column `side` of a record that has a row of its own.
const ROW_SIDE: &str = row_side!();

#[cfg(test)]
mod tests {
    use super::*;

    fn record(at: u64) -> Logged {
        Logged {
            lseq: 100 + at,
            device: "d1".into(),
            chain: 2,
            seq: at,
            hash: [1; 32],
            entry: format!("line {at}").into_bytes(),
            signature: None,
            order: Clock((1 << 53) - at, u32::MAX),
            verdict: SideVerdict::Ok,
            received: 1_772_442_000_000 + at,
            log_hash: [2; 32],
            is_of_shop: false,
            goes_on: false,
        }
    }

    fn run<'a>(last: &'a Logged, lines: u64, (side, entries): (&'a [u8], &'a [u8])) -> Run<'a> {
        let Logged { lseq, device, chain, seq, .. } = last;
        Run { lseq: *lseq, device, chain: *chain, seq: *seq, lines, side, entries, end: *lseq }
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        let mut records: Vec<_> = (1..=8).map(|at| (7, record(at))).collect();
        for (at, verdict) in VERDICTS.into_iter().enumerate() {
            records[at].1.verdict = verdict;
            records[at].1.signature = (at % 2 == 0).then_some([9; SIGNATURE]);
            records[at + 1].1.is_of_shop = at < 2;
            records[at + 2].1.goes_on = at > 1;
        }
        records[7].1.entry = Vec::new();
        let (side, entries) = pack(&records).unwrap();
        assert_eq!(side.len(), SIDE * 8);
        let found = run(&records[7].1, 8, (&side, &entries)).records().unwrap();
        assert_eq!(found, records.iter().map(|(_, record)| record.clone()).collect::<Vec<_>>());
        for (side, entries) in
            [(&side[1..], &entries[..]), (&side, &entries[1..]), (&side[..SIDE * 7], &entries)]
        {
            assert!(run(&records[7].1, 8, (side, entries)).records().is_err());
        }
        assert!(run(&records[7].1, 7, (&side, &entries)).records().is_err());
        assert!(run(&records[7].1, 9, (&side, &entries)).records().is_err());
    }

    #[test]
    fn a_run_is_of_one_chain_and_without_gaps() {
        let mut records: Vec<_> = (1..=200).map(|at| (7, record(at))).collect();
        records[3].0 = 8;
        records[10].1.seq += 1;
        records[20].1.lseq += 1;
        let lengths: Vec<_> = split(&records).map(<[_]>::len).collect();
        assert_eq!(lengths, [3, 1, 6, 1, 9, 1, 64, 64, 51]);
    }
}
