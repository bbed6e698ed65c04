//! What is done with a paper: print it, or hand it to another program of the device.

use super::send;
use crate::components::{self, Button, Look};
use crate::text::say;
use leptos::html::Article;
use leptos::prelude::*;

/// *Print* and *Send*.
pub(super) fn tools(title: String, email: Option<String>, paper: NodeRef<Article>) -> AnyView {
    let said = RwSignal::new(None);
    let print = |()| drop(window().print());
    let send = move |()| {
        said.set(None);
        let Some(paper) = paper.get_untracked() else { return };
        send::send(title.clone(), paper.inner_text(), email.as_deref(), said);
    };
    view! {
        <div class="row even action-row">
            <Button label=say!(paper.print) look=Look::Primary on_press=print/>
            <Button label=say!(paper.send) on_press=send/>
        </div>
        {components::said(said)}
    }
    .into_any()
}
