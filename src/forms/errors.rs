//! The problems of one form, in the order of its fields.

use super::{Field, Problem};

/// Fields with what is wrong with them; at most one problem a field is kept.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Errors(Vec<(Field, Problem)>);

impl Errors {
    /// One problem alone.
    #[must_use]
    pub fn one(field: Field, problem: Problem) -> Self {
        Self(vec![(field, problem)])
    }

    /// Notes a problem, unless the field has one already.
    pub fn push(&mut self, field: Field, problem: Problem) {
        if self.of(&field).is_none() {
            self.0.push((field, problem));
        }
    }

    /// Keeps the value, or notes the problem.
    pub fn take<T>(&mut self, field: Field, read: Result<T, Problem>) -> Option<T> {
        read.map_err(|problem| self.push(field, problem)).ok()
    }

    /// The problem of one field.
    #[must_use]
    pub fn of(&self, field: &Field) -> Option<&Problem> {
        self.0.iter().find(|(at, _)| at == field).map(|(_, problem)| problem)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All, in the order of the fields.
    pub fn iter(&self) -> impl Iterator<Item = &(Field, Problem)> {
        self.0.iter()
    }

    /// The value, if it is whole and nothing is wrong.
    ///
    /// # Errors
    /// These errors, otherwise.
    pub fn or<T>(self, whole: Option<T>) -> Result<T, Self> {
        match whole {
            Some(value) if self.is_empty() => Ok(value),
            _ => Err(self),
        }
    }
}
