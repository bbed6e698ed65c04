//! The root component: provides the contexts, and shows what a first visit sees. Everything else is in other Wasm parts.

use crate::components::swap;
use crate::prefs::Prefs;
use crate::route::{Route, Screen};
use crate::router::Router;
use crate::screens::backup::FileReview;
use crate::screens::setup::Setup;
use crate::screens::shell::{Answers, SwitchUser, shell};
use crate::session::{Session, Stage};
use crate::split::{BookView, LAZY, LazyScreens, LazyView};
use leptos::prelude::*;

/// The root component of the app.
#[component]
pub fn App() -> AnyView {
    let session = Session::start(&LAZY);
    let router = Router::start();
    provide_context(session);
    provide_context(router);
    provide_context(Prefs::load());
    let (screen, lazy) = (router.screen(), LazyScreens::start());
    let sign_in = UnsyncCallback::new(move |user| lazy.view(LazyView::SignIn(user)));
    provide_context(SwitchUser::new(session, sign_in));
    provide_context(FileReview::new(move |receiver, done| lazy.view(LazyView::FileReview(receiver, done))));
    provide_context(Answers(UnsyncCallback::new(move |question| lazy.view(LazyView::Answers(question)))));
    let framed = Memo::new(move |_| screen.get() != Screen::Setup);
    let inside = UnsyncCallback::new(move |()| swap(screen, move |screen| view(screen, router, lazy)));
    let frame = UnsyncCallback::new(move |()| lazy.book(BookView::Frame(inside)));
    let new_shop = UnsyncCallback::new(move |()| lazy.view(LazyView::Screen(Screen::Setup)));
    let lock_form = UnsyncCallback::new(move |()| lazy.view(LazyView::LockForm));
    let stage = session.stage();
    let is_open = Memo::new(move |_| stage.with(|stage| matches!(stage, Stage::Open)));
    // Outside of the frame, so that it also covers what the first start says at its end.
    let lock = move |is_open| if is_open { lazy.book(BookView::Lock(lock_form)) } else { ().into_any() };
    let content = swap(framed, move |framed| match framed {
        true => shell(frame),
        false => view! { <Setup form=new_shop/> }.into_any(),
    });
    view! {
        {content}
        {swap(is_open, lock)}
    }
    .into_any()
}

fn view(screen: Screen, router: Router, lazy: LazyScreens) -> AnyView {
    match screen {
        // The bare root is no screen: under a sub-path it would be outside of the service worker's scope.
        Screen::Home => {
            router.go_instead(Route::Counter);
            ().into_any()
        }
        Screen::Counter => {
            let exceptions =
                UnsyncCallback::new(move |()| lazy.view(LazyView::Screen(Screen::ShopExceptions)));
            lazy.book(BookView::Counter(exceptions))
        }
        _ => lazy.view(LazyView::Screen(screen)),
    }
}
