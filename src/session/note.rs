//! What is told at the top of every screen.

use crate::store::Fault;
use ledger::date::Date;

/// Something that the people of the shop have to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Something failed, or is missing.
    Fault(Fault),
    /// Entries that the store had lost are back from the mirror.
    BroughtBack {
        /// How many.
        entries: u64,
        /// Whether the store had lost all of them, so that the book was built again.
        all: bool,
    },
    /// What this browser stores beside the database was deleted: PINs, preferences, and one of the two marks. `compared` tells
    /// whether the other mark was there to compare the book with.
    SettingsLost {
        /// Whether the book was compared with the mark beside the mirror.
        compared: bool,
    },
    /// The date has to be confirmed before anything is recorded.
    IsToday(Date),
    /// The device was made from a backup: it has to be known at which of these drawers it stands, or at one of its own.
    WhichDrawer(Vec<String>),
    /// A member of staff said that the date of the device is wrong.
    WrongClock,
    /// The automatic backup could not be written.
    NoBackup(Fault),
    /// The mirror was deleted. It is written again.
    MirrorLost,
    /// Entries that were changed or removed in the store are as they were recorded again.
    Mended {
        /// How many.
        entries: u64,
    },
}

impl Note {
    /// Whether both are about the same kind of thing, so that the newer one replaces the other.
    fn replaces(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Fault(Fault::RolledBack { .. }), Self::Fault(Fault::RolledBack { .. })) => true,
            // An account whose entries were changed also differs from its row.
            (
                Self::Fault(Fault::Damaged { .. }),
                Self::Fault(Fault::Damaged { .. } | Fault::Corrupt { .. }),
            ) => true,
            (Self::WhichDrawer(_), Self::WhichDrawer(_)) => true,
            (one, other) => one == other,
        }
    }

    /// Whether the other one says all that this one would say.
    fn is_said_by(&self, other: &Self) -> bool {
        matches!(
            (self, other),
            (Self::Fault(Fault::Corrupt { .. }), Self::Fault(Fault::Damaged { .. } | Fault::Corrupt { .. }))
        )
    }
}

/// Adds a note; one that it replaces goes.
pub fn add(notes: &mut Vec<Note>, note: Note) {
    if notes.iter().any(|known| note.is_said_by(known)) {
        return;
    }
    match notes.iter_mut().find(|known| note.replaces(known)) {
        Some(known) => *known = note,
        None => notes.push(note),
    }
}

#[cfg(test)]
mod tests {
    use super::{Note, add};
    use crate::store::Fault;

    #[test]
    fn damage_does_not_hide_a_loss_nor_a_loss_damage() {
        let lost = |last| {
            Note::Fault(Fault::RolledBack { letter: "A".into(), first: 4, last, since: None, until: 1 })
        };
        let damaged =
            Note::Fault(Fault::Damaged { letter: "A".into(), no: None, first: 9, last: 9, missing: false });
        let differs = Note::Fault(Fault::corrupt("an account", "differs"));
        let mut notes = Vec::new();
        add(&mut notes, differs.clone());
        add(&mut notes, lost(5));
        add(&mut notes, damaged.clone());
        add(&mut notes, differs);
        add(&mut notes, lost(6));
        assert_eq!(notes, [damaged, lost(6)]);
    }
}
