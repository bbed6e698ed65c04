//! *Seal the day* as typed.

use super::date::date;
use super::{Errors, Field, Problem};
use ledger::date::Date;
use ledger::id::Id;

/// The day to seal.
pub const DAY: Field = Field::new("seal-day");

/// The form. Its id is created when it opens, so that two presses seal once.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct SealDraft {
    pub id: Id,
    /// Empty for the default: today, or nothing when today is sealed.
    pub day: String,
}

impl SealDraft {
    /// The form as it opens.
    #[must_use]
    pub const fn new(id: Id) -> Self {
        Self { id, day: String::new() }
    }

    /// The text of the field.
    #[must_use]
    pub fn text(&self, today: Date, sealed: Option<Date>) -> String {
        let is_open = sealed.is_none_or(|sealed| sealed < today);
        match self.day.is_empty() && is_open {
            true => today.to_string(),
            false => self.day.clone(),
        }
    }

    /// The day.
    ///
    /// # Errors
    /// It is missing, no date, after today, or sealed already.
    pub fn read(&self, today: Date, sealed: Option<Date>) -> Result<Date, Errors> {
        let mut errors = Errors::default();
        let day = date(&self.text(today, sealed), today).and_then(|day| match (day, sealed) {
            (None, _) => Err(Problem::Missing),
            (Some(day), Some(sealed)) if day <= sealed => Err(Problem::AlreadySealed { sealed }),
            (Some(day), _) => Ok(day),
        });
        let day = errors.take(DAY, day);
        errors.or(day)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn a_day_is_sealed_up_to_today_and_after_the_last_seal() {
        let today = day("2026-03-04");
        let read = |typed: &str, sealed: Option<&str>| {
            let draft = SealDraft { day: typed.into(), ..SealDraft::new(Id::new("S-1").unwrap()) };
            draft.read(today, sealed.map(day))
        };
        assert_eq!(read("", None), Ok(today));
        assert_eq!(read("2026-03-02", None), Ok(day("2026-03-02")));
        assert_eq!(read("", Some("2026-03-03")), Ok(today));
        let one = |problem| Err(Errors::one(DAY, problem));
        let sealed = day("2026-03-03");
        assert_eq!(read("2026-03-03", Some("2026-03-03")), one(Problem::AlreadySealed { sealed }));
        assert_eq!(read("", Some("2026-03-04")), one(Problem::Missing));
        assert_eq!(read("2026-03-05", None), one(Problem::FutureDate { today }));
        assert_eq!(read("yesterday", None), one(Problem::NotADate));
    }
}
