//! Copies the journal into the mirror: first all of it, chain by chain, then what arrives.
//!
//! The files of one copy are a *generation*. When the store begins another life, or is not the one that was copied, the next
//! generation is begun; the earlier ones stay until that is complete and the book has their entries.

use super::files::Files;
use super::rows::{self, Header, Kind, Row, Segment};
use crate::store::{Arrivals, ChainPosition, Fault, Store, StoredEntry};
use journal::{Hash, Line};

/// The number of entries that one step copies: few, because a press waits while they are read.
const STEP: u32 = 64;

/// The number of bytes after which a segment is packed and the next one begun. One damaged byte costs a packed segment at most.
const SEGMENT: u64 = if cfg!(test) { 8 * 1_024 } else { 256 * 1_024 };

/// A mirror that is written.
pub struct Mirror<F> {
    files: F,
    name: SegmentName,
    header: Header,
    /// The number of bytes in the segment.
    written: u64,
    /// The last arrival that is copied; what is copied of a whole store counts only once all of it is.
    arrival: u64,
    /// The entry that was copied last of a whole store.
    place: Option<ChainPosition>,
    /// The files of earlier generations.
    older: Vec<SegmentName>,
}

/// The name of a segment: `0002-000014`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SegmentName {
    /// The generation.
    pub generation: u32,
    /// Its number in the generation, from 1.
    pub number: u32,
}

impl SegmentName {
    /// Parses the name of a file; `None` if it is no segment.
    pub fn parse(name: &str) -> Option<Self> {
        let (generation, number) = name.split_once('-')?;
        Some(Self { generation: generation.parse().ok()?, number: number.parse().ok()? })
    }

    /// The name of the file.
    pub fn to_text(self) -> String {
        format!("{:04}-{:06}", self.generation, self.number)
    }
}

/// The segments among the files, in their order.
pub async fn segments(files: &impl Files) -> Result<Vec<SegmentName>, Fault> {
    let names = files.list().await?;
    let mut names: Vec<_> = names.iter().filter_map(|name| SegmentName::parse(name)).collect();
    crate::sort::sort_by(&mut names, Ord::cmp);
    Ok(names)
}

/// Whether anything was copied; true also when that cannot be told.
pub async fn has_segments(files: &impl Files) -> bool {
    segments(files).await.map_or(true, |names| !names.is_empty())
}

impl<F: Files> Mirror<F> {
    /// Goes on with the mirror of this store, or begins one; `anew` if the store is known to be another one.
    ///
    /// # Errors
    ///
    /// When the files cannot be read or written, or the store cannot be read.
    pub async fn open(files: F, store: &impl Store, anew: bool) -> Result<Self, Fault> {
        let arrivals = store.arrivals().await?;
        let names = segments(&files).await?;
        let newest = names.last().map_or(0, |last| last.generation);
        let (older, newer): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| name.generation < newest);
        if !anew
            && let Some(end) = End::read(&files, &newer).await?
            && end.is_of(store, &arrivals).await?
        {
            return Ok(end.go_on(files, older));
        }
        let name = SegmentName { generation: newest + 1, number: 0 };
        let header = Header { kind: Kind::Whole, arrival: arrivals.last, life: arrivals.life };
        let mut mirror = Self {
            files,
            name,
            header: header.clone(),
            written: 0,
            arrival: 0,
            place: None,
            older: [older, newer].concat(),
        };
        mirror.begin(header).await?;
        Ok(mirror)
    }

    /// The files.
    pub const fn files(&self) -> &F {
        &self.files
    }

    /// Whether everything that had arrived by then is copied.
    pub fn has(&self, arrivals: &Arrivals) -> bool {
        self.header.kind == Kind::Later && self.header.life == arrivals.life && self.arrival >= arrivals.last
    }

    /// How many entries are not copied yet.
    pub const fn behind(&self, arrivals: &Arrivals) -> u64 {
        match self.header.kind {
            Kind::Whole => arrivals.last,
            Kind::Later => arrivals.last.saturating_sub(self.arrival),
        }
    }

    /// Whether it is the mirror of this life of the store; in another one, open it again.
    pub fn is_of_life(&self, life: &str) -> bool {
        self.header.life == life
    }

    /// Copies the next entries. False when there are no more.
    ///
    /// # Errors
    ///
    /// [`Fault::Full`] when there is no room, other faults of the files and of the store. The next step tries again.
    pub async fn step(&mut self, store: &impl Store) -> Result<bool, Fault> {
        match self.header.kind {
            Kind::Whole => self.copy_whole(store).await,
            Kind::Later => self.copy_later(store).await,
        }
    }

    async fn copy_whole(&mut self, store: &impl Store) -> Result<bool, Fault> {
        let page = store.after(self.place.as_ref(), STEP).await?;
        let last = page.iter().rev().find_map(position).filter(|last| Some(last) > self.place.as_ref());
        let Some(last) = last else {
            // What arrived meanwhile may be in the copy already; it is then there twice.
            let header = Header { kind: Kind::Later, ..self.header.clone() };
            self.arrival = header.arrival;
            self.seal(header).await?;
            return Ok(true);
        };
        self.add(&page).await?;
        self.place = Some(last);
        self.roll().await?;
        Ok(true)
    }

    async fn copy_later(&mut self, store: &impl Store) -> Result<bool, Fault> {
        let page = store.arrived_after(self.arrival, STEP).await?;
        let Some(last) = page.last().map(|stored| stored.arrival) else { return Ok(false) };
        self.add(&page).await?;
        self.arrival = last;
        self.roll().await?;
        Ok(true)
    }

    /// Whether earlier generations are still there.
    pub fn has_older(&self) -> bool {
        !self.older.is_empty()
    }

    /// Deletes the earlier generations. The caller knows that the book has their entries, and that it is not damaged. They stay
    /// while this one is not complete.
    ///
    /// # Errors
    ///
    /// When a file cannot be deleted.
    pub async fn forget_older(&mut self) -> Result<(), Fault> {
        if self.header.kind == Kind::Whole {
            return Ok(());
        }
        while let Some(name) = self.older.pop() {
            self.files.remove(&name.to_text()).await?;
        }
        Ok(())
    }

    async fn add(&mut self, page: &[StoredEntry]) -> Result<(), Fault> {
        let mut text = String::new();
        page.iter().for_each(|stored| rows::write_entry(stored, &mut text));
        self.append(&text).await
    }

    async fn append(&mut self, text: &str) -> Result<(), Fault> {
        // After a failure the number of bytes is as before: what was written of it is cut off by the next write.
        self.files.write(&self.name.to_text(), self.written, text.as_bytes()).await?;
        self.written += text.len() as u64;
        Ok(())
    }

    async fn roll(&mut self) -> Result<(), Fault> {
        if self.written < SEGMENT {
            return Ok(());
        }
        let arrival = match self.header.kind {
            Kind::Whole => self.header.arrival,
            Kind::Later => self.arrival,
        };
        self.seal(Header { arrival, ..self.header.clone() }).await
    }

    /// Begins the next segment and packs the one before it.
    async fn seal(&mut self, next: Header) -> Result<(), Fault> {
        let sealed = self.name.to_text();
        self.begin(next).await?;
        self.files.pack(&sealed).await
    }

    async fn begin(&mut self, header: Header) -> Result<(), Fault> {
        let name = SegmentName { number: self.name.number + 1, ..self.name };
        let mut text = String::new();
        header.write(&mut text);
        self.files.write(&name.to_text(), 0, text.as_bytes()).await?;
        (self.name, self.header, self.written) = (name, header, text.len() as u64);
        Ok(())
    }
}

/// The end of a generation: where writing goes on.
struct End {
    name: SegmentName,
    header: Header,
    written: u64,
    /// The last entry of the generation.
    last: Option<Row>,
}

impl End {
    /// Reads the segments from the last one back to the last entry. A segment of which not even the first row was written is
    /// written again.
    async fn read(files: &impl Files, names: &[SegmentName]) -> Result<Option<Self>, Fault> {
        let mut end: Option<Self> = None;
        for name in names.iter().rev() {
            let Segment { header, rows, whole, .. } = rows::read(&files.read(&name.to_text()).await?);
            let Some(header) = header else { continue };
            let found = end.get_or_insert(Self { name: *name, header, written: whole, last: None });
            found.last = rows.into_iter().rev().find(|row| Line::parse(row.text.as_bytes()).is_ok());
            if found.last.is_some() {
                break;
            }
        }
        Ok(end)
    }

    /// Whether the store is the one that was copied: of the same life, and with the entry that was copied last. A store that was
    /// rolled back lacks it.
    async fn is_of(&self, store: &impl Store, arrivals: &Arrivals) -> Result<bool, Fault> {
        if self.header.life != arrivals.life || self.header.arrival > arrivals.last {
            return Ok(false);
        }
        let Some(Row { arrival, branch, text }) = &self.last else { return Ok(true) };
        let Ok(line) = Line::parse(text.as_bytes()) else { return Ok(false) };
        let at =
            ChainPosition { branch: branch.clone(), ..ChainPosition::new(line.device, line.chain, line.seq) };
        let here = store.at(&at).await?;
        Ok(*arrival <= arrivals.last
            && here.is_some_and(|stored| {
                // An entry that was judged has arrived again.
                let is_in_place = stored.arrival == *arrival
                    || stored.arrival > *arrival
                        && (self.header.kind == Kind::Whole || stored.side().is_some());
                is_in_place && Hash::of(stored.bytes.as_bytes()) == Hash::of(text.as_bytes())
            }))
    }

    fn go_on<F>(self, files: F, older: Vec<SegmentName>) -> Mirror<F> {
        let Self { name, header, written, last } = self;
        let place = last.as_ref().and_then(|Row { branch, text, .. }| {
            let line = Line::parse(text.as_bytes()).ok()?;
            Some(ChainPosition {
                branch: branch.clone(),
                ..ChainPosition::new(line.device, line.chain, line.seq)
            })
        });
        let arrival = match header.kind {
            Kind::Whole => 0,
            // A copy of the whole store may end with an entry that arrived early.
            Kind::Later => last.map_or(0, |last| last.arrival).max(header.arrival),
        };
        Mirror { files, name, header, written, arrival, place, older }
    }
}

fn position(stored: &StoredEntry) -> Option<ChainPosition> {
    let line = Line::parse(stored.bytes.as_bytes()).ok()?;
    let branch = stored.branch.clone();
    Some(ChainPosition { branch, ..ChainPosition::new(line.device, line.chain, line.seq) })
}
