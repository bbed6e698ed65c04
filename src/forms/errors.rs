//! The problems of one form, in the order of its fields.

use super::{Field, Problem};

/// Fields with their problems; only the first problem of each field is stored.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Errors(Vec<(Field, Problem)>);

impl Errors {
    /// A list with a single problem.
    #[must_use]
    pub fn one(field: Field, problem: Problem) -> Self {
        Self(vec![(field, problem)])
    }

    /// Adds a problem, unless the field already has one.
    pub fn push(&mut self, field: Field, problem: Problem) {
        if self.of(&field).is_none() {
            self.0.push((field, problem));
        }
    }

    /// Adds the problems of other parts of the form.
    pub fn extend<'a>(&mut self, parts: impl IntoIterator<Item = &'a Self>) {
        let problems = parts.into_iter().flat_map(Self::iter).cloned();
        problems.for_each(|(field, problem)| self.push(field, problem));
    }

    /// Returns the value, or adds the problem and returns `None`.
    pub fn take<T>(&mut self, field: Field, read: Result<T, Problem>) -> Option<T> {
        read.map_err(|problem| self.push(field, problem)).ok()
    }

    /// The problem of a field.
    #[must_use]
    pub fn of(&self, field: &Field) -> Option<&Problem> {
        self.0.iter().find(|(at, _)| at == field).map(|(_, problem)| problem)
    }

    /// Whether there are no problems.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The fields of this list that still have a problem in `now`, each with the problem it has now.
    #[must_use]
    pub fn left_of(&self, now: &Self) -> Self {
        let left = self.0.iter().filter_map(|(field, _)| Some((field.clone(), now.of(field)?.clone())));
        Self(left.collect())
    }

    /// All problems, in the order of the fields.
    pub fn iter(&self) -> impl Iterator<Item = &(Field, Problem)> {
        self.0.iter()
    }

    /// The value, if it is present and there are no problems.
    ///
    /// # Errors
    /// The problems collected here.
    pub fn or<T>(self, whole: Option<T>) -> Result<T, Self> {
        match whole {
            Some(value) if self.is_empty() => Ok(value),
            _ => Err(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_left_while_its_field_has_a_problem() {
        let (amount, note, date) = (Field::new("amount"), Field::new("note"), Field::new("date"));
        let mut shown = Errors::one(amount.clone(), Problem::NoAmount);
        shown.push(note, Problem::Missing);
        let mut now = Errors::one(date, Problem::NotADate);
        now.push(amount.clone(), Problem::NotAnAmount);
        assert_eq!(shown.left_of(&now), Errors::one(amount, Problem::NotAnAmount), "and no new field");
        assert!(shown.left_of(&Errors::default()).is_empty());
    }
}
