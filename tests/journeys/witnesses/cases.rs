//! The cases: what is done, and what has to be said.

use super::doing::Doing;

/// What is done while the app is closed, a part of what is said then, and what the customer owes afterwards.
pub struct Case {
    /// One after another.
    pub doing: &'static [Doing],
    /// Empty if nothing is to be said.
    pub says: &'static str,
    /// `None` if the account cannot be used, or the book is not open.
    pub owes: Option<&'static str>,
}

/// What is done while the app is open.
#[derive(Debug, Clone, Copy)]
pub enum Live {
    /// All that the browser stores is deleted.
    ClearAll,
    /// The databases are deleted.
    ClearDatabase,
    /// The browser refuses a download.
    DenyDownload,
    /// The browser gives no more room.
    NoRoom,
}

/// All of them.
pub const LIVE: [Live; 4] = [Live::ClearAll, Live::ClearDatabase, Live::DenyDownload, Live::NoRoom];

impl Live {
    /// What happens, for the table.
    pub fn words(self) -> &'static str {
        match self {
            Self::ClearAll => "all data of the site deleted while the app was open",
            Self::ClearDatabase => "database deleted while the app was open",
            Self::DenyDownload => "the download of a backup refused",
            Self::NoRoom => "no room left while something was recorded",
        }
    }
}

const fn case(doing: &'static [Doing], says: &'static str, owes: Option<&'static str>) -> Case {
    Case { doing, says, owes }
}

const ALL: Option<&str> = Some("£40.00");
const WITHOUT_THE_LAST: Option<&str> = Some("£70.00");

/// Of 120.00, 50.00 and 30.00 are paid; the earlier copy of the database lacks the second payment.
pub const CASES: [Case; 21] = [
    // So every other case fails when what it does is not done.
    case(&[], "", ALL),
    case(&[Doing::DeleteDatabase], "were read from the second copy", ALL),
    case(&[Doing::DeleteMirror], "is being written again", ALL),
    case(&[Doing::DeleteSettings], "Set the PINs again", ALL),
    case(&[Doing::DeleteDatabase, Doing::DeleteMirror], "The browser deleted Counterfoil’s data", None),
    case(&[Doing::DeleteDatabase, Doing::DeleteSettings], "were read from the second copy", ALL),
    case(&[Doing::DeleteMirror, Doing::DeleteSettings], "Whether entries are missing cannot be told", ALL),
    case(
        &[Doing::DeleteDatabase, Doing::DeleteMirror, Doing::DeleteSettings],
        "Was there already a shop in this browser?",
        None,
    ),
    case(&[Doing::SetDatabaseBack], "here again", ALL),
    case(
        &[Doing::SetDatabaseBack, Doing::DeleteMirror],
        "of counter A, recorded here between",
        WITHOUT_THE_LAST,
    ),
    case(
        &[
            Doing::SetDatabaseBack,
            Doing::DeleteMirror,
            Doing::OpenApp,
            Doing::SetDatabaseBack,
            Doing::DeleteMirror,
        ],
        "of counter A, recorded here between",
        WITHOUT_THE_LAST,
    ),
    case(&[Doing::SetDatabaseBack, Doing::DeleteSettings], "here again", ALL),
    case(&[Doing::ChangeEntry], "as it was recorded again", ALL),
    case(&[Doing::ChangeEntry, Doing::DeleteMirror], "AP-0001 was changed in this browser’s storage", None),
    case(&[Doing::RemoveEntry], "as it was recorded again", ALL),
    case(
        &[Doing::RemoveEntry, Doing::DeleteMirror],
        "is missing in this browser’s storage, between others",
        None,
    ),
    case(&[Doing::FlipByteOfMirror], "", ALL),
    case(&[Doing::FlipByteOfMirror, Doing::DeleteDatabase], "were read from the second copy", None),
    case(&[Doing::FlipByteOfDatabase], "New documents get other letters", ALL),
    case(&[Doing::TruncateDatabase], "New documents get other letters", ALL),
    case(&[Doing::FlipByteOfDatabase, Doing::DeleteMirror], "The browser deleted Counterfoil’s data", None),
];
