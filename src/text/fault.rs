//! The sentences of device faults: what happened and what the user can do.

use super::{date, refusal::refusal, say};
use crate::engine::NotRecorded;
use crate::store::Fault;
use ledger::money::Currency;

/// The sentence of a fault.
#[must_use]
pub fn fault(why: &Fault) -> String {
    match why {
        Fault::Blocked => say!(faults.blocked),
        Fault::OpenTimeout => say!(faults.open_timeout),
        Fault::Newer => say!(faults.newer),
        Fault::Full => say!(faults.full),
        Fault::EntryExists | Fault::IdExists => say!(faults.id_exists),
        Fault::BookExists => say!(faults.book_exists),
        Fault::Closed => say!(faults.closed),
        Fault::Conflict => say!(faults.conflict),
        Fault::Corrupt { what, why } => say!(faults.corrupt, what = what.clone(), why = why.clone()),
        Fault::Forbidden => say!(faults.forbidden),
        Fault::Unsupported(what) => say!(faults.unsupported, what = what.clone()),
        Fault::Emptied => say!(faults.emptied),
        Fault::Cleared => say!(faults.cleared),
        Fault::RolledBack { letter, first, last, since, until } => {
            let until = date::moment(*until);
            let when = match since {
                Some(since) => say!(faults.missing_between, since = date::moment(*since), until = until),
                None => say!(faults.missing_until, until = until),
            };
            let letter = letter.clone();
            let range = if first == last {
                say!(faults.missing_one, first = *first, letter = letter, when = when)
            } else {
                say!(faults.missing, first = *first, last = *last, letter = letter, when = when)
            };
            format!("{range} {}", say!(faults.missing_says))
        }
        Fault::Damaged { letter, no, first, last, missing } => {
            let (letter, first, last) = (letter.clone(), *first, *last);
            let what = match no {
                _ if *missing && first == last => say!(faults.gap_one, first = first, letter = letter),
                _ if *missing => say!(faults.gap, first = first, last = last, letter = letter),
                Some(no) => say!(faults.changed_no, no = no.clone()),
                None => say!(faults.changed, first = first, letter = letter),
            };
            format!("{what} {}", say!(faults.damaged_says))
        }
        Fault::ClockDoubted => say!(faults.clock_doubted),
        Fault::DrawerAsked => say!(faults.drawer_asked),
        Fault::Copied => say!(faults.copied),
        Fault::TooLong => say!(faults.too_long),
        Fault::TooMany => say!(faults.too_many, most = journal::MAX_PRESS),
        Fault::NotFetched => say!(faults.not_fetched),
        Fault::Other(what) => say!(faults.other, what = what.clone()),
    }
}

/// Why a commit recorded nothing, for the summary at the top of its form.
#[must_use]
pub fn not_recorded(why: &NotRecorded, currency: &Currency) -> String {
    match why {
        NotRecorded::Refused(why) => refusal(why, currency),
        NotRecorded::Fault(why) => format!("{} {}", say!(faults.nothing_written), fault(why)),
    }
}
