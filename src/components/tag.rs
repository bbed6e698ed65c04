//! A tag that names the state of a document.

use leptos::prelude::*;

/// The colour of a tag; never the only sign, the text says the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Tone {
    #[default]
    Plain,
    In,
    Warn,
    Danger,
    Accent,
}

/// A tag, such as *part paid*.
///
/// ```ignore
/// <Tag text=names::order_state(order.state) tone=Tone::In/>
/// ```
#[component]
pub fn Tag(
    /// The text.
    #[prop(into)]
    text: Signal<String>,
    /// Its colour.
    #[prop(optional)]
    tone: Tone,
) -> AnyView {
    let class = match tone {
        Tone::Plain => "tag",
        Tone::In => "tag in",
        Tone::Warn => "tag warn",
        Tone::Danger => "tag danger",
        Tone::Accent => "tag accent",
    };
    view! { <span class=class>{text}</span> }.into_any()
}
