//! What a user has confirmed: unusual values that a form asks about and does not refuse.

use super::Field;
use serde::{Deserialize, Serialize};

/// The confirmed values by the id of their field. A value that changes is asked about again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Confirmed(Vec<(String, String)>);

impl Confirmed {
    /// Whether this value of the field was confirmed.
    #[must_use]
    pub fn has(&self, field: &Field, value: &str) -> bool {
        let id = field.id();
        self.0.iter().any(|(at, confirmed)| *at == id && confirmed == value.trim())
    }

    /// Confirms the value of a field, or takes the confirmation back.
    pub fn set(&mut self, field: &Field, value: &str, on: bool) {
        let id = field.id();
        self.0.retain(|(at, _)| *at != id);
        if on {
            self.0.push((id, value.trim().to_owned()));
        }
    }
}

/// A draft whose values can be confirmed.
pub trait Confirms {
    /// What was confirmed.
    fn confirmed(&self) -> &Confirmed;
    /// The same, to change it.
    fn confirmed_mut(&mut self) -> &mut Confirmed;
}

/// Implements [`Confirms`] for drafts with the field `confirmed`.
macro_rules! confirms {
    ($($draft:ty),+) => {
        $(impl $crate::forms::Confirms for $draft {
            fn confirmed(&self) -> &$crate::forms::Confirmed {
                &self.confirmed
            }

            fn confirmed_mut(&mut self) -> &mut $crate::forms::Confirmed {
                &mut self.confirmed
            }
        })+
    };
}
pub(super) use confirms;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_value_is_asked_about_again() {
        let (date, note) = (Field::new("date"), Field::new("note"));
        let mut confirmed = Confirmed::default();
        confirmed.set(&date, "2025-01-02", true);
        assert!(confirmed.has(&date, "2025-01-02"));
        assert!(!confirmed.has(&date, "2025-01-03"));
        assert!(!confirmed.has(&note, "2025-01-02"));
        confirmed.set(&date, "2025-01-02", false);
        assert!(!confirmed.has(&date, "2025-01-02"));
    }
}
