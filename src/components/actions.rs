//! The actions of a page: in a row; on a narrow screen the first one, and the others under *More actions*.

use super::button::{Button, LinkButton, Look};
use super::live::swap;
use super::menu::{Menu, MenuItem};
use crate::text::say;
use leptos::prelude::*;

/// An action of a page: a link, or the reason why it is not possible now.
#[derive(Clone, PartialEq)]
pub struct Action {
    label: String,
    key: &'static str,
    to: Result<String, String>,
}

impl Action {
    /// A link; `href` as returned by `at`. `key` follows it and may be empty.
    pub fn link(label: impl Into<String>, href: impl Into<String>, key: &'static str) -> Self {
        Self { label: label.into(), key, to: Ok(href.into()) }
    }

    /// Not possible now, and why.
    pub fn closed(label: impl Into<String>, why: impl Into<String>) -> Self {
        Self { label: label.into(), key: "", to: Err(why.into()) }
    }

    fn button(&self, look: Look) -> AnyView {
        let (label, key) = (self.label.clone(), self.key);
        match &self.to {
            Ok(href) => view! { <LinkButton href=href.clone() label=label look=look key=key/> }.into_any(),
            Err(why) => {
                let why = Signal::stored(Some(why.clone()));
                view! { <Button label=label look=look why_not=why/> }.into_any()
            }
        }
    }

    fn item(&self) -> MenuItem {
        match &self.to {
            Ok(href) => MenuItem::link(self.label.clone(), href.clone()),
            Err(why) => MenuItem::closed(self.label.clone(), why.clone()),
        }
    }
}

/// The actions, the first of which stands out, and the menu of the rest (⋮).
///
/// ```ignore
/// <Actions name=name actions=actions menu=UnsyncCallback::new(move |()| vec![MenuItem::link(…)])/>
/// ```
#[component]
pub fn Actions(
    /// What the actions apply to; part of the menu's accessible name.
    #[prop(into)]
    name: Signal<String>,
    /// The actions, the most important one first.
    #[prop(into)]
    actions: Signal<Vec<Action>>,
    /// Computes the items of the menu.
    menu: UnsyncCallback<(), Vec<MenuItem>>,
) -> AnyView {
    let label = Signal::derive(move || say!(parts.actions_for, name = name.get()));
    let all = UnsyncCallback::new(move |()| {
        let others =
            actions.with_untracked(|actions| actions.iter().skip(1).map(Action::item).collect::<Vec<_>>());
        others.into_iter().chain(menu.run(())).collect()
    });
    let row = move |actions: Vec<Action>| {
        let (first, others) = (actions.first(), actions.iter().skip(1));
        let first = first.map(|action| action.button(Look::Primary));
        let others = others.map(|action| action.button(Look::Plain)).collect_view();
        view! { {first}<div class="row wide">{others}</div> }.into_any()
    };
    view! {
        <div class="row action-row">
            {swap(Memo::new(move |_| actions.get()), row)}
            <span class="wide"><Menu label=label items=menu>"⋮"</Menu></span>
            <Menu items=all class="menu which narrow" look=Look::Plain>{say!(parts.more_actions)}</Menu>
        </div>
    }
    .into_any()
}
