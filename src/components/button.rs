//! Buttons, and links that look like them.

use super::ids::fresh;
use super::live::live;
use leptos::prelude::*;

/// The callback of a button. It need not be `Send`: the page has a single thread.
pub type Press = UnsyncCallback<()>;

/// The visual weight of a button. A page has one primary button.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Look {
    #[default]
    Plain,
    Primary,
    Quiet,
    /// The one action of a row.
    Tinted,
    Danger,
}

impl Look {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Plain => "button",
            Self::Primary => "button primary",
            Self::Quiet => "button quiet",
            Self::Tinted => "button tinted",
            Self::Danger => "button danger",
        }
    }
}

/// A button. While `why_not` holds a reason, the button does nothing and shows the reason next to it; it stays in the
/// tab order, so that screen readers announce the reason.
///
/// ```ignore
/// <Button label=say!(payment.apply) look=Look::Primary submit=true/>
/// <Button label=say!(order.refund) key="R" why_not=reason on_press=move |()| open.set(true)/>
/// ```
#[component]
pub fn Button(
    /// Its accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// Its visual weight.
    #[prop(optional)]
    look: Look,
    /// The key that presses it, as in `aria-keyshortcuts`: `P`, `Escape`.
    #[prop(optional)]
    key: &'static str,
    /// Whether it submits the form.
    #[prop(optional)]
    submit: bool,
    /// Why the button is disabled now.
    #[prop(optional, into)]
    why_not: Option<Signal<Option<String>>>,
    /// Whether it is the selected one of a group.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    /// An amount after the label; the accessible description.
    #[prop(optional, into)]
    figure: Option<Signal<String>>,
    /// The callback.
    #[prop(optional, into)]
    on_press: Option<Press>,
) -> AnyView {
    let refused = move || why_not.and_then(|why| why.get());
    let why_id = why_not.map(|_| fresh("why"));
    let figure_id = figure.map(|_| fresh("figure"));
    let described = why_id.clone().or_else(|| figure_id.clone());
    let press = move |ev: web_sys::MouseEvent| {
        if why_not.is_some_and(|why| why.get_untracked().is_some()) {
            ev.prevent_default();
        } else if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    let button = view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=look.class()
            aria-keyshortcuts=(!key.is_empty()).then_some(key)
            aria-disabled=move || refused().map(|_| "true")
            aria-describedby=described
            aria-pressed=pressed.map(|on| move || if on.get() { "true" } else { "false" })
            on:click=press
        >
            <span>{label}</span>
            {figure_id.map(|id| view! { <span class="num" id=id aria-hidden="true">{figure}</span> })}
            {hint(key)}
        </button>
    };
    let reason = move || refused().map(|why| view! { <span class="whose">{label}": "</span>{why} });
    let Some(why_id) = why_id else { return button.into_any() };
    view! { <span class="with-why">{button}<span class="why" id=why_id>{live(reason)}</span></span> }
        .into_any()
}

/// A link that looks like a button.
///
/// ```ignore
/// <LinkButton href=at(Route::Pay) label=say!(counter.enter_payment) look=Look::Primary key="P"/>
/// ```
#[component]
pub fn LinkButton(
    /// The target address, as returned by `at`.
    #[prop(into)]
    href: Signal<String>,
    /// Its accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// Its visual weight.
    #[prop(optional)]
    look: Look,
    /// The key that follows the link.
    #[prop(optional)]
    key: &'static str,
) -> AnyView {
    view! {
        <a class=look.class() href=href aria-keyshortcuts=(!key.is_empty()).then_some(key)>
            <span>{label}</span>
            {hint(key)}
        </a>
    }
    .into_any()
}

/// The key cap within a button; screen readers take the key from `aria-keyshortcuts`.
pub(crate) fn hint(key: &'static str) -> Option<AnyView> {
    let shown = (key.chars().count() == 1).then_some(key)?;
    Some(view! { <kbd class="hint" aria-hidden="true">{shown}</kbd> }.into_any())
}
