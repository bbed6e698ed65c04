//! The branches of one chain. A device whose store was copied or rolled back can write two different lines with the same
//! number: from there on the chain has two branches, and both count.

use crate::clock::Clock;
use crate::hash::Hash;
use crate::line::Envelope;
use crate::press::Press;
use crate::problem::{Head, Problem};
use std::cmp::Reverse;

/// The lines of one chain, by branch. Lines of a branch are checked in their order; branches may be interleaved.
#[derive(Debug, Clone, Default)]
pub(crate) struct Branches(Vec<Branch>);

/// Lines of which each follows the one before it.
#[derive(Debug, Clone)]
struct Branch {
    /// The number of the first line.
    first: u64,
    /// Never empty.
    links: Vec<Link>,
    /// The place of the last line in its press.
    press: Option<Press>,
}

/// What another branch has to know about a line that it follows: 48 bytes a line.
#[derive(Debug, Clone, Copy)]
struct Link {
    hash: Hash,
    millis: u64,
    count: u32,
    /// Whether more lines of its press follow.
    goes_on: bool,
}

impl Branches {
    /// Adds the next line and returns everything that is wrong with its position. A line in the wrong position becomes
    /// the end of the branch that it comes nearest to, so that one bad line is not an error of all following lines.
    pub fn add(&mut self, line: &Envelope<'_>, hash: Hash) -> Vec<Problem> {
        if let Some(branch) = self.0.iter_mut().find(|branch| branch.is_followed_by(line)) {
            return branch.append(line, hash);
        }
        if self.0.is_empty() || self.is_new_branch(line, hash) {
            return self.start(line, hash);
        }
        self.add_misplaced(line, hash)
    }

    /// The last line of every branch, the longest branch first.
    pub fn heads(&self) -> Vec<Head> {
        let mut heads: Vec<_> = self.0.iter().filter_map(Branch::head).collect();
        heads.sort_by_key(|head| (Reverse(head.seq), head.hash));
        heads
    }

    /// The numbers of the last lines of the branches that end in the middle of a press.
    pub fn split_presses(&self) -> impl Iterator<Item = u64> {
        let split = self.0.iter().filter(|branch| branch.press.is_some_and(Press::goes_on));
        split.map(Branch::end)
    }

    /// Whether a line is in one of the branches.
    pub fn contains(&self, seq: u64, hash: Hash) -> bool {
        self.links_at(seq).any(|link| link.hash == hash)
    }

    /// Whether the line differs from a line with the same number, and follows a line of a branch.
    fn is_new_branch(&self, line: &Envelope<'_>, hash: Hash) -> bool {
        let follows = match line.prev {
            Some(prev) => self.contains(line.seq - 1, prev),
            // Two first lines: the device opened the same chain twice.
            None => self.links_at(1).next().is_some(),
        };
        follows && !self.contains(line.seq, hash)
    }

    fn links_at(&self, seq: u64) -> impl Iterator<Item = &Link> {
        self.0.iter().filter_map(move |branch| branch.link(seq))
    }

    /// Begins a branch, or the chain. A branch never begins inside a press.
    fn start(&mut self, line: &Envelope<'_>, hash: Hash) -> Vec<Problem> {
        if self.0.is_empty() && line.seq != 1 {
            self.0.push(Branch::of(line, hash));
            return vec![Problem::Gap { due: 1, found: line.seq }];
        }
        let before = line.prev.and_then(|prev| self.links_at(line.seq - 1).find(|link| link.hash == prev));
        let back = before.is_some_and(|before| line.clock <= before.clock());
        let split = before.is_some_and(|before| before.goes_on) || !Press::may_follow(None, line.press);
        self.0.push(Branch::of(line, hash));
        let back = back.then_some(Problem::ClockRanBack);
        back.into_iter().chain(split.then_some(Problem::SplitPress)).collect()
    }

    fn add_misplaced(&mut self, line: &Envelope<'_>, hash: Hash) -> Vec<Problem> {
        if let Some(branch) = self.0.iter_mut().find(|branch| branch.end() + 1 == line.seq) {
            let prev = Problem::Prev { due: branch.head().map(|head| head.hash), found: line.prev };
            return std::iter::once(prev).chain(branch.append(line, hash)).collect();
        }
        match self.0.iter_mut().max_by_key(|branch| branch.end()) {
            Some(longest) if longest.end() < line.seq => {
                let due = longest.end() + 1;
                *longest = Branch::of(line, hash);
                vec![Problem::Gap { due, found: line.seq }]
            }
            Some(_) | None => vec![Problem::Repeated { seq: line.seq }],
        }
    }
}

impl Branch {
    fn of(line: &Envelope<'_>, hash: Hash) -> Self {
        Self { first: line.seq, links: vec![Link::of(line, hash)], press: line.press }
    }

    /// The number of the last line.
    fn end(&self) -> u64 {
        (self.first + self.links.len() as u64).saturating_sub(1)
    }

    fn head(&self) -> Option<Head> {
        self.links.last().map(|link| Head { seq: self.end(), hash: link.hash })
    }

    fn link(&self, seq: u64) -> Option<&Link> {
        self.links.get(usize::try_from(seq.checked_sub(self.first)?).ok()?)
    }

    fn is_followed_by(&self, line: &Envelope<'_>) -> bool {
        line.seq == self.end() + 1 && line.prev == self.links.last().map(|link| link.hash)
    }

    /// Appends the line with the next number; returns what is wrong with its clock and its press.
    fn append(&mut self, line: &Envelope<'_>, hash: Hash) -> Vec<Problem> {
        let back = self.links.last().is_some_and(|before| line.clock <= before.clock());
        let split = !Press::may_follow(self.press, line.press);
        self.links.push(Link::of(line, hash));
        self.press = line.press;
        let back = back.then_some(Problem::ClockRanBack);
        back.into_iter().chain(split.then_some(Problem::SplitPress)).collect()
    }
}

impl Link {
    fn of(line: &Envelope<'_>, hash: Hash) -> Self {
        let Clock(millis, count) = line.clock;
        Self { hash, millis, count, goes_on: line.press.is_some_and(Press::goes_on) }
    }

    const fn clock(&self) -> Clock {
        Clock(self.millis, self.count)
    }
}
