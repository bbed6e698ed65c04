//! Every report equals what the command line prints of the same book: over random books whose days are sealed while counters
//! are offline, for several spans, as of several days, and as known on them.

use super::acts::now;
use super::few::random::{SEALED, Shape, books, not_refused};
use crate::engine::{Engine, ReportAsked, ReportFigures, Wanted};
use crate::store::Memory;
use ledger::date::Date;
use ledger::view::span::Span;
use ledger::view::takings::Takings;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use reports::export::{Export, Format};
use reports::sheet;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::PathBuf;
use std::process::Command;

/// A book as the app and the command line have it.
struct Book {
    engine: Engine<Memory>,
    path: PathBuf,
    /// The day book, for messages.
    text: String,
}

impl Book {
    fn new(text: String, folder: &tempfolder::Folder) -> Self {
        let mut lines = Vec::new();
        daybook::journal::journal(daybook::parse::parse(&text).unwrap(), |line| {
            lines.push(line.to_owned());
            Ok::<_, Infallible>(())
        })
        .unwrap();
        let path = folder.0.join("book.jsonl");
        std::fs::write(&path, lines.join("\n") + "\n").unwrap();
        let engine = now(Engine::import(Memory::default(), &lines, today())).unwrap();
        Self { engine, path, text }
    }

    /// What a command prints.
    fn command(&self, words: &[&str], days: &[(&str, Option<Date>)]) -> String {
        let days = days.iter().filter_map(|(name, day)| Some([(*name).to_owned(), (*day)?.to_string()]));
        let mut command = Command::new(counterfoil());
        command.arg("journal").args(words).args(days.flatten()).arg(&self.path);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn figures(&self, wanted: Wanted, span: Span, known_on: Option<Date>) -> ReportFigures {
        let until = |zone: &str| Some(end_of_day(known_on?, zone));
        let known = known_on.is_some().then_some(&until as &dyn Fn(&str) -> Option<u64>);
        let asked = ReportAsked { wanted, span, known };
        now(self.engine.report(&asked, |_| (), || true)).unwrap().unwrap()
    }
}

/// The command line, which `cargo test --workspace` builds first.
fn counterfoil() -> PathBuf {
    let beside = || std::env::current_exe().unwrap().parent().unwrap().parent().unwrap().join("counterfoil");
    let path = std::env::var_os("COUNTERFOIL_BIN").map_or_else(beside, PathBuf::from);
    assert!(path.exists(), "{} is missing: run `cargo build -p cli`", path.display());
    path
}

/// After every random book.
fn today() -> Date {
    Date::parse("2199-01-01").unwrap()
}

/// Day books are written in UTC.
fn end_of_day(day: Date, zone: &str) -> u64 {
    assert_eq!(zone, "UTC");
    let days = Date::parse("1970-01-01").unwrap().days_until(day.next());
    u64::try_from(days).unwrap() * 24 * 60 * 60 * 1_000
}

mod tempfolder {
    //! A folder of its own, deleted at the end.

    pub struct Folder(pub std::path::PathBuf);

    impl Folder {
        pub fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("counterfoil-{name}-{}", std::process::id()));
            std::fs::create_dir_all(&path).unwrap();
            Self(path)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}

/// The reports of a span, each as comma-separated values.
fn of_span(book: &Book, span: Span, known_on: Option<Date>) {
    let currency = book.engine.shop().currency.clone().unwrap();
    let days = [("--from", span.from), ("--to", span.to), ("--known-on", known_on)];
    let sums = book.figures(Wanted::Sums, span, known_on);
    let mut takings = Takings::default();
    sums.takings.values().for_each(|day| takings.merge(day.clone()));
    let partners = book.figures(Wanted::Commissions, span, known_on);
    for (command, sheet) in [
        ("takings", sheet::takings(&takings, &currency)),
        ("refunds", sheet::refunds(&sums.reasons, &currency)),
        ("tax", sheet::tax(&sums.taxes, &currency)),
        ("activity", sheet::activity(&sums.activity, &sums.shop, &currency)),
        ("partners", sheet::commissions(&partners.partners, &partners.shop, &currency)),
    ] {
        let printed = book.command(&[command, "--csv"], &days);
        assert_eq!(sheet.csv(), printed, "{command} of {span:?} as known on {known_on:?} of\n{}", book.text);
    }
}

/// The day book up to a day, which is the export, and what customers owe at its end.
fn up_to(book: &Book, to: Date, known_on: Option<Date>) {
    let currency = book.engine.shop().currency.clone().unwrap();
    let days = [("--as-of", Some(to)), ("--known-on", known_on)];
    let figures = book.figures(Wanted::DayBook, Span::up_to(Some(to)), known_on);
    for (name, format) in [("hledger", Format::Hledger), ("csv", Format::Csv)] {
        let (mut export, mut out) = (Export::new(format, &currency), String::new());
        export.begin(&mut out, &figures.opened_as);
        figures.lines.iter().for_each(|line| export.add(&mut out, &line.transaction));
        assert_eq!(out, book.command(&["export", "--format", name], &days), "{name} of\n{}", book.text);
    }
    let aged = book.figures(Wanted::Ageing(to), Span::default(), known_on).aged;
    let printed = book.command(&["ageing", "--csv"], &days);
    assert_eq!(sheet::ageing(&aged, &currency).csv(), printed, "ageing on {to} of\n{}", book.text);
    if known_on.is_none()
        && let Some(cached) = book.engine.ageing_at(to, to)
    {
        assert_eq!(sheet::ageing(&cached, &currency).csv(), printed, "cached, on {to} of\n{}", book.text);
    }
}

/// What the report of a day has: its sums, and in each money account what the export says is in it at the end of the day.
fn of_day(book: &Book, day: Date) {
    let currency = book.engine.shop().currency.clone().unwrap();
    let figures = book.figures(Wanted::Day(day), Span { from: Some(day), to: None }, None);
    let mut takings = Takings::default();
    figures.takings.values().for_each(|part| takings.merge(part.clone()));
    let days = [("--from", Some(day)), ("--to", Some(day))];
    for (command, sheet) in
        [("takings", sheet::takings(&takings, &currency)), ("tax", sheet::tax(&figures.taxes, &currency))]
    {
        assert_eq!(
            sheet.csv(),
            book.command(&[command, "--csv"], &days),
            "{command} on {day}:\n{}",
            book.text
        );
    }
    let mut wanted = BTreeMap::<(String, String), i64>::new();
    let export = book.command(&["export", "--format", "csv"], &[("--as-of", Some(day))]);
    for line in export.lines().skip(1) {
        let mut cells = line.rsplit(',').skip(1);
        let mut amount = || currency.parse(cells.next().unwrap()).map_or(0, |amount| amount.0);
        let (credit, debit) = (amount(), amount());
        let (party, code) = (cells.next().unwrap(), cells.nth(1).unwrap());
        if ["1000", "1010", "1020", "1090"].contains(&code) {
            *wanted.entry((code.into(), party.into())).or_default() += debit - credit;
        }
    }
    wanted.retain(|_, amount| *amount != 0);
    let closing = figures.cash.rows.iter().map(|(account, row)| {
        ((u16::from(account.code).to_string(), account.party.to_string()), row.closing().0)
    });
    let closing: BTreeMap<_, _> = closing.filter(|(_, amount)| *amount != 0).collect();
    assert_eq!(closing, wanted, "the accounts on {day}:\n{}", book.text);
}

#[test]
fn every_report_is_that_of_the_command_line() {
    let (mut runner, mut late, mut cached) = (TestRunner::deterministic(), 0, 0);
    for round in 0..8 {
        let shape = Shape { tills: 2 + round % 3, ..SEALED };
        let text = not_refused(&books(shape).new_tree(&mut runner).unwrap().current());
        let folder = tempfolder::Folder::new(&format!("reports-{round}"));
        let book = Book::new(text, &folder);
        let whole = book.figures(Wanted::DayBook, Span::default(), None).lines;
        late += usize::from(whole.iter().any(|line| line.transaction.late_from().is_some()));
        let mut posted: Vec<Date> = whole.iter().map(|line| line.transaction.day).collect();
        posted.dedup();
        let (Some(first), Some(last)) = (posted.first().copied(), posted.last().copied()) else { continue };
        let middle = posted[posted.len() / 2];
        [first, middle, last].into_iter().for_each(|day| of_day(&book, day));
        of_span(&book, Span::default(), None);
        of_span(&book, Span { from: Some(middle), to: Some(middle) }, None);
        of_span(&book, Span { from: Some(middle.next()), to: Some(last) }, None);
        of_span(&book, Span { from: Some(first), to: Some(last) }, Some(middle));
        for (to, known_on) in [(middle, None), (last, None), (last.plus(40), None), (last, Some(middle))] {
            up_to(&book, to, known_on);
        }
        cached += usize::from(book.engine.ageing_at(last.plus(40), last).is_some());
    }
    assert!(late > 2, "{late} books with late entries");
    assert!(cached > 2, "{cached} books whose ageing is cached");
}

#[test]
fn reading_stops_when_it_is_told_to() {
    let text = "shop \"Corner Shop\" GBP\ncustomer mira \"Mira Patel\"\npay P-1 mira 40.00 cash\n";
    let folder = tempfolder::Folder::new("reports-stop");
    let book = Book::new(text.into(), &folder);
    let asked = ReportAsked { wanted: Wanted::Sums, span: Span::default(), known: None };
    let read = std::cell::Cell::new(0);
    let figures = now(book.engine.report(&asked, |count| read.set(count), || false)).unwrap();
    assert!(figures.is_none());
    assert!(read.get() > 0, "progress is told");
}
