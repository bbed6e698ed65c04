//! The sentences of the exchange with an endpoint.

use super::fault::fault;
use super::{counted, date, say};
use crate::replica::NotConnected;
use crate::session::{SyncPhase, SyncState};
use sync::wire::Code;

/// The quiet line of a connected book: *Saved here*, *3 to send*, *Offline · 3 to send · since 2 Mar, 10:42*.
#[must_use]
pub fn line(sync: &SyncState) -> String {
    let unsent = (sync.unsent > 0).then(|| counted!(sync.to_send, sync.unsent));
    let trouble = match sync.phase {
        SyncPhase::Alone | SyncPhase::Busy | SyncPhase::Complete => {
            return unsent.unwrap_or_else(|| say!(shell.saved_here));
        }
        SyncPhase::Offline => say!(sync.offline),
        SyncPhase::NotAnswering => say!(sync.not_answering),
        SyncPhase::EndpointFull => say!(sync.endpoint_full),
        SyncPhase::DeviceFull => say!(sync.device_full),
        SyncPhase::Stopped => say!(sync.stopped),
        SyncPhase::PleaseUpdate => say!(sync.please_update),
        SyncPhase::Revoked => say!(sync.revoked),
        SyncPhase::Moved => say!(sync.moved),
    };
    let Some(unsent) = unsent else { return trouble };
    let both = say!(sync.with, state = trouble, unsent = unsent);
    match sync.oldest {
        Some(oldest) => say!(sync.since, state = both, when = date::moment(oldest)),
        None => both,
    }
}

/// Why a device did not found or join a shop, or got no invite.
#[must_use]
pub fn not_connected(why: &NotConnected) -> String {
    match why {
        NotConnected::NotAnswering => say!(sync.failed_not_answering),
        NotConnected::NoKey => say!(sync.failed_key),
        NotConnected::Here => say!(sync.failed_here),
        NotConnected::Fault(why) => fault(why),
        NotConnected::Refused(code) => refused(*code),
    }
}

fn refused(code: Code) -> String {
    let known = [
        (Code::WrongCode, say!(sync.failed_code)),
        (Code::ShopExists, say!(sync.failed_exists)),
        (Code::TooManyDevices, say!(sync.failed_devices)),
        (Code::SlowDown, say!(sync.failed_slow)),
        (Code::UnknownShop, say!(sync.failed_unknown)),
        (Code::UnknownRoute, say!(sync.failed_not_answering)),
    ];
    let found = known.into_iter().find(|(each, _)| *each == code);
    found.map_or_else(|| say!(sync.failed_other, code = code.word()), |(_, says)| says)
}
