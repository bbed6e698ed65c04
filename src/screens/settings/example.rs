//! From a shop of one's own to the example and back. Each has its own data.

use crate::components::{Button, Confirm, ErrorSummary, Look, Problem, swap};
use crate::route::Route;
use crate::screens::context;
use crate::text::{fault::fault, fault::not_recorded, say};
use leptos::prelude::*;
use leptos::task::spawn_local;

pub(super) fn example() -> AnyView {
    let here = context::session().this_device();
    let is_example = Memo::new(move |_| here.with(|here| here.example));
    swap(is_example, |is_example| if is_example { leave() } else { enter() })
}

/// Opens the example; the own shop stays as it is.
fn enter() -> AnyView {
    let (session, router) = (context::session(), context::router());
    let (writing, problems) = (RwSignal::new(None::<String>), RwSignal::new(Vec::new()));
    let open = move |()| {
        writing.set(Some(say!(setup.example_writing)));
        problems.set(Vec::new());
        spawn_local(async move {
            let opened = session.open_example().await;
            writing.try_set(None);
            match opened {
                Ok(()) => router.go(Route::Counter),
                Err(why) => {
                    let says = not_recorded(&why, &context::currency(session));
                    problems.try_set(vec![Problem::whole(says)]);
                }
            }
        });
    };
    view! {
        <ErrorSummary problems=problems/>
        <p>{say!(settings.example_enter_says)}</p>
        <div><Button label=say!(settings.example_enter) why_not=writing on_press=open/></div>
    }
    .into_any()
}

/// Leaving deletes the example data only; the app then shows the user's own shop, or the first start.
fn leave() -> AnyView {
    let session = context::session();
    let (asking, problems) = (RwSignal::new(false), RwSignal::new(Vec::new()));
    let leave = move |()| {
        spawn_local(async move {
            if let Err(why) = session.leave_example().await {
                problems.try_set(vec![Problem::whole(fault(&why))]);
            }
        });
    };
    view! {
        <ErrorSummary problems=problems/>
        <p>{say!(settings.example_says)}</p>
        <div><Button label=say!(settings.leave) look=Look::Danger on_press=move |()| asking.set(true)/></div>
        <Confirm open=asking question=say!(settings.leave_sure) on_yes=leave/>
    }
    .into_any()
}
