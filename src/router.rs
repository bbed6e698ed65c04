//! The router: reads the current address, follows links without reloading the page, and navigates.

use crate::at::{at, base};
use crate::route::{Query, Report, Route, Screen, Section};
use ledger::id::Id;
use leptos::ev;
use leptos::prelude::*;
use std::fmt::Display;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlAnchorElement, MouseEvent, UrlSearchParams};

/// The current address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Address {
    path: String,
    /// The query, with its question mark.
    search: String,
}

impl Address {
    fn current() -> Self {
        let location = window().location();
        Self { path: location.pathname().unwrap_or_default(), search: location.search().unwrap_or_default() }
    }
}

/// The router of this page, cheap to copy; provided as context by the root.
#[derive(Debug, Clone, Copy)]
pub struct Router {
    address: RwSignal<Address>,
    route: Memo<Route>,
}

impl Router {
    /// Reads the address, and listens to clicks on links, *Back* and *Forward*. Call it once, from the root.
    #[must_use]
    pub fn start() -> Self {
        let address = RwSignal::new(Address::current());
        let below = |path: &str| Route::parse(path.strip_prefix(base()).unwrap_or(path));
        let router =
            Self { address, route: Memo::new(move |_| address.with(|address| below(&address.path))) };
        window_event_listener(ev::click, move |ev| router.follow(&ev));
        window_event_listener(ev::popstate, move |_| address.set(Address::current()));
        router
    }

    /// The screen of the current address.
    #[must_use]
    pub fn screen(self) -> Memo<Screen> {
        Memo::new(move |_| self.route.with(Route::screen))
    }

    /// The path, with the base.
    #[must_use]
    pub fn path(self) -> Memo<String> {
        Memo::new(move |_| self.address.with(|address| address.path.clone()))
    }

    /// The customer that the path names.
    #[must_use]
    pub fn customer(self) -> Memo<Option<Id>> {
        self.of_screen(|route, _| route.customer().cloned())
    }

    /// The order that the path names.
    #[must_use]
    pub fn order(self) -> Memo<Option<Id>> {
        self.of_screen(|route, _| route.order().cloned())
    }

    /// The payment that the path names.
    #[must_use]
    pub fn payment(self) -> Memo<Option<Id>> {
        self.of_screen(|route, _| route.payment().cloned())
    }

    /// The document that the path names, to print it.
    #[must_use]
    pub fn document(self) -> Memo<Option<Id>> {
        self.of_screen(|route, _| route.document().cloned())
    }

    /// The section of the settings that the path names.
    #[must_use]
    pub fn section(self) -> Memo<Option<Section>> {
        self.of_screen(|route, _| route.section())
    }

    /// The report that the path names.
    #[must_use]
    pub fn report(self) -> Memo<Option<Report>> {
        self.of_screen(|route, _| route.report())
    }

    /// A parameter of the query.
    #[must_use]
    pub fn query(self, name: Query) -> Memo<Option<String>> {
        self.of_screen(move |_, address| {
            UrlSearchParams::new_with_str(&address.search).ok()?.get(name.name())
        })
    }

    /// A value of the address for the present screen. When the address changes to another screen, the value stays as it
    /// was, so that the old screen does not react to the new address before it is removed.
    fn of_screen<T>(
        self,
        read: impl Fn(&Route, &Address) -> Option<T> + Send + Sync + 'static,
    ) -> Memo<Option<T>>
    where
        T: Clone + PartialEq + Send + Sync + 'static,
    {
        let own = self.route.with_untracked(Route::screen);
        Memo::new(move |before: Option<&Option<T>>| {
            self.route.with(|route| match before {
                Some(before) if route.screen() != own => before.clone(),
                _ => self.address.with(|address| read(route, address)),
            })
        })
    }

    /// Navigates to a link (a path without the base) and adds it to the history.
    pub fn go(self, link: impl Display) {
        self.visit(&at(link), false);
    }

    /// Navigates to a link and replaces the present address in the history, so that *Back* does not return to it.
    pub fn go_instead(self, link: impl Display) {
        self.visit(&at(link), true);
    }

    fn visit(self, address: &str, instead: bool) {
        self.move_to(address, instead);
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }

    fn move_to(self, address: &str, instead: bool) {
        let Ok(history) = window().history() else { return };
        let here = Address::current();
        // Navigating to the present address adds nothing to the history.
        if instead || format!("{}{}", here.path, here.search) == address {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
        } else {
            let _ = history.push_state_with_url(&JsValue::NULL, "", Some(address));
        }
        self.address.set(Address::current());
    }

    /// Follows a link of the app without reloading the page; the browser follows all others.
    fn follow(self, ev: &MouseEvent) {
        let other = ev.button() != 0 || ev.meta_key() || ev.alt_key() || ev.ctrl_key() || ev.shift_key();
        if ev.default_prevented() || other {
            return;
        }
        let pressed = ev.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let link = pressed.and_then(|pressed| pressed.closest("a[href]").ok().flatten());
        let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else { return };
        if !is_own(&link) {
            return;
        }
        ev.prevent_default();
        let address = format!("{}{}{}", link.pathname(), link.search(), link.hash());
        if link.has_attribute("data-noscroll") {
            self.move_to(&address, false);
        } else {
            self.visit(&address, false);
        }
    }
}

/// Whether a link leads to a screen of this app and opens in this tab.
fn is_own(link: &HtmlAnchorElement) -> bool {
    let external = link.has_attribute("download") || link.rel().split(' ').any(|word| word == "external");
    let here = window().location().origin().is_ok_and(|origin| origin == link.origin());
    here && !external && link.target().is_empty() && link.pathname().starts_with(base())
}
