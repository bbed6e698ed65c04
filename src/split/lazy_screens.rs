//! Fetches the second Wasm part right after the first one, and shows its screens once it is loaded.

use super::lazy_view::LazyView;
use super::screens;
use crate::components::{Button, Look, swap};
use crate::store::Fault;
use crate::text::{fault::fault, say};
use futures_util::FutureExt;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The loading state of the second part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PartState {
    Loading,
    Ready,
    Missing,
}

/// The screens in the second part of the program, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct LazyScreens(RwSignal<PartState>);

impl LazyScreens {
    /// Starts to fetch the part. Call it once, from the root.
    #[must_use]
    pub fn start() -> Self {
        let screens = Self(RwSignal::new(PartState::Loading));
        screens.fetch();
        screens
    }

    fn fetch(self) {
        self.0.set(PartState::Loading);
        spawn_local(async move {
            let part = if screens::fetched().await.is_ok() { PartState::Ready } else { PartState::Missing };
            self.0.set(part);
        });
    }

    /// A view of the second part, shown once the part is loaded.
    #[must_use]
    pub fn view(self, view: LazyView) -> AnyView {
        // When the part is loaded, the future is ready at once.
        let here = move || screens::rest(view).now_or_never().and_then(Result::ok);
        swap(self.0, move |part| match part {
            PartState::Loading => {
                view! { <p class="muted" role="status">{say!(shell.coming)}</p> }.into_any()
            }
            PartState::Ready => here().unwrap_or_else(|| self.missing()),
            PartState::Missing => self.missing(),
        })
    }

    fn missing(self) -> AnyView {
        view! {
            <div class="stack">
                <p role="alert">{fault(&Fault::NotFetched)}</p>
                <div class="actions">
                    <Button label=say!(shell.try_again) look=Look::Primary on_press=move |()| self.fetch()/>
                </div>
            </div>
        }
        .into_any()
    }
}
