//! How the amounts and dates of a file are written, and the readers of both: those of the forms.

use super::column::{Column, Kind, Matching};
use super::table::Row;
use crate::forms::{COMMA, Notation, POINT, Problem, amount_in, any_date, non_negative_in, rate};
use ledger::date::Date;
use ledger::money::{Currency, Money};
use ledger::rate::Rate;

/// The sequence of day, month and year. A date that begins with the year is read in each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum DateOrder {
    DayMonthYear,
    MonthDayYear,
    YearMonthDay,
}

/// The marks in amounts: `1,234.50`, or `1.234,50`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum NumberMarks {
    Point,
    Comma,
}

/// How a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Reading {
    pub dates: DateOrder,
    pub marks: NumberMarks,
}

/// A value that is not a date in the order that was chosen, or one that no form would take.
#[derive(Debug, Clone, PartialEq)]
pub enum DateProblem {
    /// Not in that order.
    Order,
    /// No form would take it.
    Form(Problem),
}

impl NumberMarks {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Point, Self::Comma];

    const fn notation(self) -> Notation {
        match self {
            Self::Point => POINT,
            Self::Comma => COMMA,
        }
    }
}

impl DateOrder {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::DayMonthYear, Self::MonthDayYear, Self::YearMonthDay];
}

impl Reading {
    /// An amount above zero.
    ///
    /// # Errors
    /// The problem with the text.
    pub fn amount(self, text: &str, currency: &Currency) -> Result<Money, Problem> {
        amount_in(text, currency, self.marks.notation())
    }

    /// An amount of zero or more.
    ///
    /// # Errors
    /// The problem with the text.
    pub fn price(self, text: &str, currency: &Currency) -> Result<Money, Problem> {
        non_negative_in(text, currency, self.marks.notation())
    }

    /// A rate in percent, with the decimal mark of the amounts.
    ///
    /// # Errors
    /// [`Problem::NotARate`].
    pub fn rate(self, text: &str) -> Result<Rate, Problem> {
        match self.marks {
            NumberMarks::Point => rate(text),
            NumberMarks::Comma => rate(&text.replace(',', ".")),
        }
    }

    /// A date; empty gives `None`. A time of day after it is left out, as spreadsheets add one.
    ///
    /// # Errors
    /// The problem with the text.
    pub fn date(self, text: &str) -> Result<Option<Date>, DateProblem> {
        let text = text.trim();
        let day = text.split([' ', 'T']).next().unwrap_or_default();
        let time = text.get(day.len()..).unwrap_or_default();
        if day.is_empty() {
            return Ok(None);
        }
        if !time.chars().all(|c| c.is_ascii_digit() || " T:.Z".contains(c)) {
            return Err(DateProblem::Order);
        }
        let parts: Vec<&str> = day.split(['.', '/', '-']).collect();
        let [first, second, third] = parts.as_slice() else { return Err(DateProblem::Order) };
        let (year, month, day) = match self.dates {
            _ if first.len() > 2 => (first, second, third),
            DateOrder::DayMonthYear => (third, second, first),
            DateOrder::MonthDayYear => (third, first, second),
            DateOrder::YearMonthDay => return Err(DateProblem::Order),
        };
        let number = |text: &str, most: usize| {
            (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !number(year, 5) || !number(month, 2) || !number(day, 2) {
            return Err(DateProblem::Order);
        }
        match any_date(&format!("{year:0>4}-{month:0>2}-{day:0>2}")) {
            Err(Problem::NotADate) => Err(DateProblem::Order),
            read => read.map_err(DateProblem::Form),
        }
    }
}

/// How most dates and amounts of the first rows can be read; where several ways are as good, the first of `usual`.
#[must_use]
pub fn guess(
    kind: Kind,
    matching: &Matching,
    rows: &[Row],
    currency: &Currency,
    usual: DateOrder,
) -> Reading {
    let cells = |columns: &'static [Column]| {
        let at = columns.iter().filter(|column| kind.columns().contains(column));
        let at: Vec<usize> = at.filter_map(|column| matching.of(*column)).collect();
        rows.iter().take(200).flat_map(move |row| {
            at.iter().filter_map(|at| row.fields.get(*at)).map(String::as_str).collect::<Vec<_>>()
        })
    };
    let reading = Reading { dates: usual, marks: NumberMarks::Point };
    let dates = |order: &DateOrder| {
        let reading = Reading { dates: *order, ..reading };
        cells(&[Column::On, Column::Due]).filter(|text| reading.date(text).is_err()).count()
    };
    let marks = |marks: &NumberMarks| {
        let reading = Reading { marks: *marks, ..reading };
        let amounts = cells(&[Column::Amount]).filter(|text| reading.amount(text, currency).is_err());
        let prices = cells(&[Column::Price]).filter(|text| reading.price(text, currency).is_err());
        amounts.count() + prices.count()
    };
    let orders = [usual].into_iter().chain(DateOrder::ALL);
    Reading {
        dates: orders.min_by_key(dates).unwrap_or(usual),
        marks: NumberMarks::ALL.into_iter().min_by_key(marks).unwrap_or(NumberMarks::Point),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const DAY_FIRST: Reading = Reading { dates: DateOrder::DayMonthYear, marks: NumberMarks::Point };

    #[test]
    fn dates_are_read_in_the_order_that_was_chosen() {
        let day = |text: &str| Some(Date::parse(text).unwrap());
        let american = Reading { dates: DateOrder::MonthDayYear, ..DAY_FIRST };
        for text in ["3/2/2026", "03.02.2026", "3-2-2026", "2026-02-03", "2026/2/3", "2026-02-03T00:00:00Z"] {
            assert_eq!(DAY_FIRST.date(text), Ok(day("2026-02-03")), "{text}");
        }
        assert_eq!(american.date("3/2/2026 00:00"), Ok(day("2026-03-02")));
        for text in
            ["31/02/2026", "13/13/2026", "2026", "yesterday", "1/2/3/4", "1/2/2026 or so", "１/2/2026"]
        {
            assert_eq!(DAY_FIRST.date(text), Err(DateProblem::Order), "{text}");
        }
        assert_eq!(
            DAY_FIRST.date("3/2/26"),
            Err(DateProblem::Form(Problem::NotAYear)),
            "a year has four digits"
        );
        assert_eq!(DAY_FIRST.date(" "), Ok(None));
        let year_first = Reading { dates: DateOrder::YearMonthDay, ..DAY_FIRST };
        assert_eq!(year_first.date("3/2/2026"), Err(DateProblem::Order));
    }

    #[test]
    fn the_way_that_reads_most_is_chosen() {
        let row = |date: &str, amount: &str| Row { line: 2, fields: vec![date.into(), amount.into()] };
        let mut matching = Matching::default();
        matching.set(Column::On, Some(0));
        matching.set(Column::Amount, Some(1));
        let pounds = Currency { code: "GBP".into(), decimals: 2 };
        let guess = |rows: &[Row]| guess(Kind::Orders, &matching, rows, &pounds, DateOrder::DayMonthYear);
        assert_eq!(guess(&[row("3/2/2026", "1,234.50")]), DAY_FIRST, "the usual order");
        let found = guess(&[row("3/22/2026", "12,50"), row("3/2/2026", "7,00")]);
        assert_eq!(found, Reading { dates: DateOrder::MonthDayYear, marks: NumberMarks::Comma });
    }
}
