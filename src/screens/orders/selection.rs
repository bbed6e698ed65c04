//! Which orders are shown, how many each list has, and the sums of those shown.

use crate::normalize::normalize;
use crate::session::CustomerList;
use crate::text::say;
use ledger::date::Date;
use ledger::id::Id;
use ledger::money::Money;
use ledger::view::order::{ListedOrder, OrderRow};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The days of *Due this week*, today included.
const WEEK: i32 = 7;

/// A list of orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filter {
    All,
    Unpaid,
    Overdue,
    ThisWeek,
    Paid,
}

impl Filter {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::All, Self::Unpaid, Self::Overdue, Self::ThisWeek, Self::Paid];

    /// Its word in the address.
    pub const fn key(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Unpaid => "unpaid",
            Self::Overdue => "overdue",
            Self::ThisWeek => "this-week",
            Self::Paid => "paid",
        }
    }

    /// The list with that word.
    pub fn named(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|filter| filter.key() == key)
    }

    /// Its name.
    pub fn label(self) -> String {
        match self {
            Self::All => say!(orders.all),
            Self::Unpaid => say!(orders.unpaid),
            Self::Overdue => say!(orders.overdue_tab),
            Self::ThisWeek => say!(orders.this_week),
            Self::Paid => say!(orders.paid),
        }
    }

    fn has(self, row: &OrderRow, today: Date) -> bool {
        let unpaid = row.owed.is_positive();
        match self {
            Self::All => true,
            Self::Unpaid => unpaid,
            Self::Overdue => overdue(row, today) > 0,
            Self::ThisWeek => unpaid && (0..WEEK).contains(&today.days_until(due(row))),
            Self::Paid => !unpaid,
        }
    }
}

/// When an order is due: at once, unless it says otherwise.
pub(super) fn due(row: &OrderRow) -> Date {
    row.due.unwrap_or(row.on)
}

/// The days that an unpaid order is overdue; 0 or less if it is not.
pub(super) fn overdue(row: &OrderRow, today: Date) -> i32 {
    if row.owed.is_positive() { due(row).days_until(today) } else { 0 }
}

/// The days on which orders were placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    Any,
    Month,
    LastMonth,
    Year,
    LastYear,
    /// Between two days that are typed.
    Between,
}

impl Span {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Any, Self::Month, Self::LastMonth, Self::Year, Self::LastYear, Self::Between];

    /// Its value in the page.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Month => "month",
            Self::LastMonth => "last-month",
            Self::Year => "year",
            Self::LastYear => "last-year",
            Self::Between => "between",
        }
    }

    /// The span with that value.
    pub fn named(key: &str) -> Self {
        Self::ALL.into_iter().find(|span| span.key() == key).unwrap_or(Self::Any)
    }

    /// Its name.
    pub fn label(self) -> String {
        match self {
            Self::Any => say!(orders.any_time),
            Self::Month => say!(orders.month),
            Self::LastMonth => say!(orders.last_month),
            Self::Year => say!(orders.year),
            Self::LastYear => say!(orders.last_year),
            Self::Between => say!(orders.between),
        }
    }

    /// The first and the last day; `None` where it has no end, and for both of those that are typed.
    pub fn days(self, today: Date) -> (Option<Date>, Option<Date>) {
        let (year, month) = (today.0.year(), today.0.month());
        let first = |year: i16, month: i8| Date::parse(&format!("{year:04}-{month:02}-01"));
        let before = |day: Option<Date>| day.map(|day| day.plus(-1));
        match self {
            Self::Any | Self::Between => (None, None),
            Self::Month => (first(year, month), None),
            Self::LastMonth if month == 1 => (first(year - 1, 12), before(first(year, 1))),
            Self::LastMonth => (first(year, month - 1), before(first(year, month))),
            Self::Year => (first(year, 1), None),
            Self::LastYear => (first(year - 1, 1), before(first(year, 1))),
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OrderFilter {
    pub filter: Filter,
    /// The first and the last day on which the orders were placed.
    pub days: (Option<Date>, Option<Date>),
    pub text: String,
    pub today: Date,
}

/// The orders that fit, and what they sum up to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Selection {
    pub rows: Vec<Arc<ListedOrder>>,
    /// The number of orders in each list, in the sequence of [`Filter::ALL`].
    counts: [usize; 5],
    pub amount: Money,
    pub owed: Money,
    /// The part of `owed` that is overdue.
    pub overdue: Money,
}

impl Selection {
    /// Of all orders, the latest first; the sequence stays.
    pub fn of(all: &[Arc<ListedOrder>], wanted: &OrderFilter, customers: &CustomerList) -> Self {
        let (first, last) = wanted.days;
        let text = normalize(&wanted.text);
        let named: Option<BTreeSet<&Id>> =
            (!text.is_empty()).then(|| customers.matching(&text).into_iter().map(|row| &row.id).collect());
        let mut selection = Self {
            rows: Vec::new(),
            counts: [0; 5],
            amount: Money::ZERO,
            owed: Money::ZERO,
            overdue: Money::ZERO,
        };
        for order in all {
            let row = &order.row;
            let is_named = named.as_ref().is_none_or(|named| {
                named.contains(customers.kept(&order.customer))
                    || row.no.as_deref().is_some_and(|no| normalize(no).contains(&text))
            });
            let is_outside =
                first.is_some_and(|first| row.on < first) || last.is_some_and(|last| row.on > last);
            if !is_named || is_outside {
                continue;
            }
            for (filter, count) in Filter::ALL.into_iter().zip(&mut selection.counts) {
                *count += usize::from(filter.has(row, wanted.today));
            }
            if wanted.filter.has(row, wanted.today) {
                selection.add(order, wanted.today);
            }
        }
        selection
    }

    fn add(&mut self, order: &Arc<ListedOrder>, today: Date) {
        let row = &order.row;
        self.amount += row.amount;
        self.owed += row.owed;
        if overdue(row, today) > 0 {
            self.overdue += row.owed;
        }
        self.rows.push(Arc::clone(order));
    }

    /// The number of orders in a list.
    pub fn count(&self, filter: Filter) -> usize {
        let both = Filter::ALL.into_iter().zip(self.counts);
        both.into_iter().find(|(one, _)| *one == filter).map_or(0, |(_, count)| count)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use ledger::view::order::OrderState;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn order(no: &str, on: &str, due: &str, owed: i64) -> Arc<ListedOrder> {
        let row = OrderRow {
            id: Id::new(no).unwrap(),
            no: Some(no.into()),
            on: day(on),
            actor: Id::new("ana").unwrap(),
            due: (!due.is_empty()).then(|| day(due)),
            what: "Chair".into(),
            state: if owed == 0 { OrderState::Paid } else { OrderState::Unpaid },
            amount: Money(1000),
            paid: Money(1000 - owed),
            credited: Money::ZERO,
            written_off: Money::ZERO,
            owed: Money(owed),
            opening: false,
        };
        Arc::new(ListedOrder { customer: Id::new("mira").unwrap(), row })
    }

    #[test]
    fn each_list_has_its_orders_and_the_sums_are_those_of_the_rows() {
        let all = [
            order("AI-4", "2026-03-02", "2026-03-08", 400),
            order("AI-3", "2026-03-01", "", 300),
            order("AI-2", "2026-02-10", "2026-03-09", 200),
            order("AI-1", "2025-12-10", "2026-01-01", 0),
        ];
        let today = day("2026-03-02");
        let select = |filter, span: Span, text: &str| {
            let wanted = OrderFilter { filter, days: span.days(today), text: text.into(), today };
            Selection::of(&all, &wanted, &CustomerList::default())
        };
        let unpaid = select(Filter::Unpaid, Span::Any, "");
        let counts: Vec<usize> = Filter::ALL.into_iter().map(|filter| unpaid.count(filter)).collect();
        assert_eq!(counts, [4, 3, 1, 1, 1], "without a due date an order is due when it is placed");
        assert_eq!((unpaid.amount, unpaid.owed, unpaid.overdue), (Money(3000), Money(900), Money(300)));
        let numbers = |selection: &Selection| {
            selection.rows.iter().filter_map(|order| order.row.no.clone()).collect::<Vec<_>>().join(" ")
        };
        for (filter, span, text, expected) in [
            (Filter::ThisWeek, Span::Any, "", "AI-4"),
            (Filter::Overdue, Span::Any, "", "AI-3"),
            (Filter::All, Span::Month, "", "AI-4 AI-3"),
            (Filter::All, Span::LastMonth, "", "AI-2"),
            (Filter::All, Span::Year, "", "AI-4 AI-3 AI-2"),
            (Filter::All, Span::LastYear, "", "AI-1"),
            (Filter::All, Span::Any, "ai-2", "AI-2"),
            (Filter::All, Span::Any, "otto", ""),
        ] {
            assert_eq!(numbers(&select(filter, span, text)), expected, "{filter:?} {span:?} {text}");
        }
        let january = Span::LastMonth.days(day("2026-01-15"));
        assert_eq!(january, (Some(day("2025-12-01")), Some(day("2025-12-31"))));
        let days = (Some(day("2026-02-10")), Some(day("2026-03-01")));
        let between = OrderFilter { filter: Filter::All, days, text: String::new(), today };
        assert_eq!(numbers(&Selection::of(&all, &between, &CustomerList::default())), "AI-3 AI-2");
    }
}
