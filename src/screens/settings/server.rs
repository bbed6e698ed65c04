//! What the parts about counters and sync share.

use crate::components::Problem;
use crate::engine::NotRecorded;
use crate::replica::NotConnected;
use crate::replica::web::endpoint_origin;
use crate::screens::context;
use crate::session::Session;
use crate::text::fault::not_recorded;
use crate::text::sync::not_connected;
use leptos::prelude::*;

/// The address of the server.
pub(super) fn address() -> String {
    endpoint_origin()
}

/// The address of the page, which the server may not be the one to serve.
pub(super) fn page_address() -> String {
    window().location().origin().unwrap_or_default()
}

/// Shows why something was not done.
pub(super) fn show(problems: RwSignal<Vec<Problem>>, outcome: Result<(), NotConnected>) {
    if let Err(why) = outcome {
        problems.try_set(vec![Problem::whole(not_connected(&why))]);
    }
}

/// Shows why something was not recorded.
pub(super) fn not_written<T>(
    session: Session,
    problems: RwSignal<Vec<Problem>>,
    outcome: Result<T, NotRecorded>,
) {
    if let Err(why) = outcome {
        problems.try_set(vec![Problem::whole(not_recorded(&why, &context::currency(session)))]);
    }
}
