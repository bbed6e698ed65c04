//! The days of a statement.

use crate::components::{Choice, DateField, Select, Value, swap};
use crate::session::Session;
use crate::text::say;
use ledger::date::Date;
use ledger::view::span::Span;
use leptos::prelude::*;

/// The days of the statement: a usual span, or two dates.
#[derive(Clone, Copy)]
pub(super) struct SpanForm {
    session: Session,
    usual: RwSignal<String>,
    from: RwSignal<String>,
    to: RwSignal<String>,
}

const THIS_MONTH: &str = "this-month";
const LAST_MONTH: &str = "last-month";
const THIS_YEAR: &str = "this-year";
const EVERYTHING: &str = "everything";
const OTHER: &str = "other";

impl SpanForm {
    /// Everything up to today.
    pub fn new(session: Session) -> Self {
        let text = |text: &str| RwSignal::new(text.to_owned());
        Self { session, usual: text(EVERYTHING), from: text(""), to: text("") }
    }

    /// The span; `None` while the dates are none.
    pub fn span(self) -> Memo<Option<Span>> {
        Memo::new(move |_| {
            let today = self.session.today().get();
            let (from, to) = match self.usual.get().as_str() {
                THIS_MONTH => (Some(today.first_of_month()), Some(today)),
                LAST_MONTH => {
                    let last = today.first_of_month().plus(-1);
                    (Some(last.first_of_month()), Some(last))
                }
                THIS_YEAR => (Some(today.first_of_year()), Some(today)),
                OTHER => {
                    let read = |text: RwSignal<String>| Date::parse(&text.get());
                    let (from, to) = (read(self.from)?, read(self.to)?);
                    if to < from {
                        return None;
                    }
                    (Some(from), Some(to))
                }
                _ => (None, Some(today)),
            };
            Some(Span { from, to })
        })
    }

    /// The fields.
    pub fn fields(self) -> AnyView {
        let choices = vec![
            Choice::new(EVERYTHING, say!(paper.everything)),
            Choice::new(THIS_MONTH, say!(paper.this_month)),
            Choice::new(LAST_MONTH, say!(paper.last_month)),
            Choice::new(THIS_YEAR, say!(paper.this_year)),
            Choice::new(OTHER, say!(paper.other_days)),
        ];
        let is_other = Memo::new(move |_| self.usual.get() == OTHER);
        let wrong = Signal::derive(move || {
            let dates = (Date::parse(&self.from.get()), Date::parse(&self.to.get()));
            matches!(dates, (Some(from), Some(to)) if to < from).then(|| say!(paper.only_until))
        });
        let dates = swap(is_other, move |is_other| {
            is_other
                .then(|| {
                    view! {
                        <DateField id="statement-from" label=say!(paper.from) value=Value::from(self.from) required=true/>
                        <DateField id="statement-to" label=say!(paper.to) value=Value::from(self.to) error=wrong required=true/>
                    }
                })
                .into_any()
        });
        view! {
            <div class="row span-fields">
                <Select id="statement-span" label=say!(paper.span) choices=choices value=Value::from(self.usual) required=true/>
                {dates}
            </div>
        }
        .into_any()
    }
}
