//! The state of an import: the file, how it is read, what was found in it, and how far it is recorded.

use crate::components::{Problem, effect};
use crate::import::{
    Check, DateOrder, Encoding, Found, Items, Kind, Known, Matching, NotText, NumberMarks, Reading, Rules,
    Separator, Sheet, guess, match_columns,
};
use crate::screens::{context, items};
use crate::session::{Imported, Session};
use crate::text::{fault::fault, import as words};
use gloo_timers::future::TimeoutFuture;
use ledger::entry::EntryKind;
use ledger::id::Id;
use ledger::money::Money;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// After how many rows the page gets its turn.
const PIECE: usize = 250;

/// A chosen file.
#[derive(Clone, PartialEq)]
pub(super) struct Loaded {
    pub name: String,
    pub bytes: Arc<Vec<u8>>,
}

/// How far the ready rows are recorded.
#[derive(Clone, PartialEq)]
pub(super) struct Run {
    pub done: usize,
    pub all: usize,
    /// Set once it has ended or stopped.
    pub ended: Option<Imported>,
}

/// The state, cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct ImportState {
    pub session: Session,
    pub kind: RwSignal<String>,
    pub file: RwSignal<Option<Loaded>>,
    /// Whether a file is being read.
    pub busy: RwSignal<bool>,
    pub problems: RwSignal<Vec<Problem>>,
    /// The names of what was chosen; empty while it is found out.
    pub encoding: RwSignal<String>,
    pub separator: RwSignal<String>,
    pub sheet: Memo<Option<Result<Arc<Sheet>, NotText>>>,
    pub matching: RwSignal<Matching>,
    pub reading: RwSignal<Reading>,
    pub adds_alike: RwSignal<bool>,
    /// How many rows are checked so far; `None` while nothing is checked.
    pub checking: RwSignal<Option<usize>>,
    pub found: RwSignal<Option<Arc<Found>>>,
    pub run: RwSignal<Option<Run>>,
    pub stop: RwSignal<bool>,
    /// Counts the checks: an earlier one ends when a later one begins.
    check: StoredValue<u32>,
}

impl ImportState {
    /// Without a file.
    pub fn new(session: Session) -> Self {
        let (file, encoding, separator) =
            (RwSignal::new(None::<Loaded>), RwSignal::new(String::new()), RwSignal::new(String::new()));
        let sheet = Memo::new(move |_| {
            let bytes = file.with(|file| file.as_ref().map(|file| Arc::clone(&file.bytes)))?;
            let chosen = encoding.with(|name| Encoding::ALL.into_iter().find(|one| one.name() == name));
            let mark =
                separator.with(|mark| Separator::ALL.into_iter().find(|one| one.char().to_string() == *mark));
            Some(Sheet::read(&bytes, chosen, mark).map(Arc::new))
        });
        Self {
            session,
            kind: RwSignal::new(Kind::Customers.word().to_owned()),
            file,
            busy: RwSignal::new(false),
            problems: RwSignal::default(),
            encoding,
            separator,
            sheet,
            matching: RwSignal::default(),
            reading: RwSignal::new(Reading { dates: DateOrder::DayMonthYear, marks: NumberMarks::Point }),
            adds_alike: RwSignal::new(false),
            checking: RwSignal::new(None),
            found: RwSignal::new(None),
            run: RwSignal::new(None),
            stop: RwSignal::new(false),
            check: StoredValue::new(0),
        }
    }

    /// The kind of rows.
    pub fn kind(self) -> Kind {
        let named = self.kind.with(|word| Kind::ALL.into_iter().find(|kind| kind.word() == word));
        named.unwrap_or(Kind::Customers)
    }

    /// The table; `None` without a file, or with one that is no text.
    pub fn table(self) -> Option<Arc<Sheet>> {
        self.sheet.with(|sheet| sheet.as_ref().and_then(|read| read.as_ref().ok().cloned()))
    }

    /// Takes another file; how it is read is found out again.
    pub fn load(self, file: Loaded) {
        self.encoding.try_set(String::new());
        self.separator.try_set(String::new());
        self.adds_alike.try_set(false);
        self.file.try_set(Some(file));
    }

    /// Matches the columns whenever there is another table, and checks the rows whenever anything has changed.
    pub fn follow(self) {
        effect(move || {
            let (Some(sheet), kind) = (self.table(), self.kind()) else { return };
            let matching = match_columns(kind, &sheet.headings, |column| words::headings(kind, column));
            let currency = context::currency(self.session);
            self.reading.set(guess(kind, &matching, &sheet.rows, &currency, DateOrder::DayMonthYear));
            self.matching.set(matching);
        });
        effect(move || {
            let matching = self.matching.get();
            let (reading, adds_alike) = (self.reading.get(), self.adds_alike.get());
            let (sheet, kind) = (self.table(), untrack(|| self.kind()));
            self.found.set(None);
            let number = self.check.with_value(|number| number.wrapping_add(1));
            self.check.set_value(number);
            let Some(sheet) = sheet.filter(|_| self.lacks(kind, &matching).is_empty()) else {
                return self.checking.set(None);
            };
            let rules = untrack(|| self.rules(adds_alike));
            self.checking.set(Some(0));
            spawn_local(self.check(number, sheet, kind, (matching, reading), rules));
        });
    }

    /// The columns that are needed and not chosen.
    pub fn lacks(self, kind: Kind, matching: &Matching) -> Vec<crate::import::Column> {
        let needed = kind.columns().iter().copied().filter(|column| kind.needs(*column));
        needed.filter(|column| matching.of(*column).is_none()).collect()
    }

    fn rules(self, adds_alike: bool) -> Rules {
        let session = self.session;
        let (kind, nothing) = (EntryKind::CreditGranted, Money::ZERO);
        let may = context::may(session, kind, nothing);
        let most = context::limit(session, kind).unwrap_or(Money(i64::MAX));
        Rules {
            currency: context::currency(session),
            today: session.today().get_untracked(),
            sealed: session.shop().with_untracked(|shop| shop.as_ref().and_then(|shop| shop.sealed)),
            credit_up_to: may.then_some(most),
            items: items::with_catalogue(session, |catalogue| {
                Items::of(catalogue, context::shop_tax(session))
            }),
            words: words::words(),
            adds_alike,
        }
    }

    /// Checks all rows, piece by piece, unless a later check begins or the page is left.
    async fn check(
        self,
        number: u32,
        sheet: Arc<Sheet>,
        kind: Kind,
        (matching, reading): (Matching, Reading),
        rules: Rules,
    ) {
        // The page shows first that it checks.
        TimeoutFuture::new(0).await;
        let goes_on = || self.check.try_get_value() == Some(number);
        let Some(known) =
            self.session.customers().try_with_untracked(|all| Known::of(all.iter(), |id| all.kept(id)))
        else {
            return;
        };
        let headings = (sheet.headings.len(), sheet.flaws.as_slice());
        let mut check = Check::new(kind, headings, (&matching, reading), &known, &rules);
        for (at, rows) in sheet.rows.chunks(PIECE).enumerate() {
            if !goes_on() {
                return;
            }
            check.take(rows);
            self.checking.try_set(Some((at * PIECE) + rows.len()));
            TimeoutFuture::new(0).await;
        }
        let mut found = check.found();
        if matches!(kind, Kind::Orders | Kind::Credits) {
            let ids: Vec<Id> = found.ready.iter().map(|ready| ready.command.id.clone()).collect();
            match self.session.recorded(&ids, goes_on).await {
                Ok(recorded) => found.leave_out(&recorded),
                Err(why) => {
                    self.problems.try_set(vec![Problem::whole(fault(&why))]);
                }
            }
        }
        if goes_on() {
            self.checking.try_set(None);
            self.found.try_set(Some(Arc::new(found)));
        }
    }

    /// Records the ready rows from where it stopped.
    pub fn start(self) {
        let Some(found) = self.found.get_untracked() else { return };
        let (all, done) =
            (found.ready.len(), self.run.with_untracked(|run| run.as_ref().map_or(0, |run| run.done)));
        if self.run.with_untracked(|run| run.as_ref().is_some_and(|run| run.ended.is_none())) {
            return;
        }
        self.stop.set(false);
        self.run.set(Some(Run { done, all, ended: None }));
        spawn_local(async move {
            let rows = found.ready.iter().skip(done).map(|ready| ready.commands().cloned().collect());
            let rows: Vec<_> = rows.collect();
            let progress = |written: usize| {
                self.run.try_set(Some(Run { done: done + written, all, ended: None }));
            };
            // When the page is left, its signals are gone, and the rest is not recorded.
            let goes_on = || self.stop.try_get_untracked() == Some(false);
            let imported = self.session.import(&rows, progress, goes_on).await;
            self.run.try_set(Some(Run { done: done + imported.written, all, ended: Some(imported) }));
        });
    }

    /// Forgets the file and what was recorded of it.
    pub fn next_file(self) {
        self.run.set(None);
        self.found.set(None);
        self.file.set(None);
    }
}
