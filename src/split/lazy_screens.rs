//! Fetches the other Wasm parts right after the first one, and shows their screens once they are loaded.

use super::lazy_view::{BookView, LazyView};
use super::screens;
use crate::components::{Button, Look, swap};
use crate::store::Fault;
use crate::text::{fault::fault, say};
use futures_util::FutureExt;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A part of the program that is fetched after the first one.
#[derive(Debug, Clone, Copy)]
enum Part {
    /// Opening a book, and what is seen at once: the frame, the counter, the lock.
    Book,
    /// Everything else.
    Rest,
}

/// The loading state of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PartState {
    Loading,
    Ready,
    Missing,
}

/// The screens in the other parts of the program, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct LazyScreens {
    book: RwSignal<PartState>,
    rest: RwSignal<PartState>,
}

impl LazyScreens {
    /// Starts to fetch the parts. Call it once, from the root.
    #[must_use]
    pub fn start() -> Self {
        let screens =
            Self { book: RwSignal::new(PartState::Loading), rest: RwSignal::new(PartState::Loading) };
        screens.fetch(Part::Book);
        screens.fetch(Part::Rest);
        screens
    }

    fn state(self, part: Part) -> RwSignal<PartState> {
        match part {
            Part::Book => self.book,
            Part::Rest => self.rest,
        }
    }

    fn fetch(self, part: Part) {
        let state = self.state(part);
        state.set(PartState::Loading);
        spawn_local(async move {
            let fetched = match part {
                Part::Book => screens::fetched_book().await,
                Part::Rest => screens::fetched_rest().await,
            };
            state.set(if fetched.is_ok() { PartState::Ready } else { PartState::Missing });
        });
    }

    /// A view of the part that opens a book, shown once the part is loaded.
    #[must_use]
    pub fn book(self, view: BookView) -> AnyView {
        self.once_loaded(Part::Book, move || screens::book(view).now_or_never().and_then(Result::ok))
    }

    /// A view of the part with everything else, shown once the part is loaded.
    #[must_use]
    pub fn view(self, view: LazyView) -> AnyView {
        self.once_loaded(Part::Rest, move || screens::rest(view).now_or_never().and_then(Result::ok))
    }

    /// When the part is loaded, `show` is ready at once. A part that could not be loaded is tried again when a view of it is wanted.
    fn once_loaded(self, part: Part, show: impl Fn() -> Option<AnyView> + Send + Sync + 'static) -> AnyView {
        if self.state(part).get_untracked() == PartState::Missing {
            self.fetch(part);
        }
        swap(self.state(part), move |state| match state {
            PartState::Loading => {
                view! { <p class="muted" role="status">{say!(shell.coming)}</p> }.into_any()
            }
            PartState::Ready => show().unwrap_or_else(|| self.missing(part)),
            PartState::Missing => self.missing(part),
        })
    }

    fn missing(self, part: Part) -> AnyView {
        view! {
            <div class="stack">
                <p role="alert">{fault(&Fault::NotFetched)}</p>
                <div class="actions">
                    <Button label=say!(shell.try_again) look=Look::Primary on_press=move |()| self.fetch(part)/>
                </div>
            </div>
        }
        .into_any()
    }
}
