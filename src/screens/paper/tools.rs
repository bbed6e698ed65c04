//! What is done with a paper: print it, send it by mail, or hand it to another program of the device.

use super::by_mail::{ByMail, Sendable};
use crate::at::at;
use crate::components::{self, Button, LinkButton, Look, swap};
use crate::engine::SlipCode;
use crate::route::{Query, Route};
use crate::screens::{context, send};
use crate::text::say;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// *Print*, and *Send by mail* where the endpoint of the shop sends mails, else *Send*.
pub(super) fn tools(of: Sendable, code: Option<&SlipCode>) -> AnyView {
    let (said, no_mail) = (RwSignal::new(None), of.no_mail);
    let mails = ByMail::new(of.clone());
    // The address of the button after an act says that the paper is to be sent.
    if mails.sends.get_untracked() && !no_mail && context::query(Query::Mail).get_untracked().is_some() {
        mails.ask_customer();
        forget_the_query();
    }
    let print = |()| drop(window().print());
    let check = code.map(|code| {
        let href = at(Route::Check.with(Query::Code, code));
        view! { <LinkButton href=href label=say!(paper.is_genuine) look=Look::Quiet/> }
    });
    let of = StoredValue::new_local(of);
    let send = move |()| {
        said.set(None);
        let of = of.get_value();
        let Some(paper) = of.paper.get_untracked() else { return };
        send::send(of.title, paper.inner_text(), of.email.as_deref(), said);
    };
    let other = swap(mails.sends, move |sends| {
        if sends {
            let why_not = Signal::stored(no_mail.then(|| say!(mail.not_wanted)));
            view! { <Button label=say!(mail.send) why_not=why_not on_press=move |()| mails.ask_customer()/> }
                .into_any()
        } else {
            view! { <Button label=say!(paper.send) on_press=send/> }.into_any()
        }
    });
    view! {
        <div class="row even action-row">
            <Button label=say!(paper.print) look=Look::Primary on_press=print/>
            {other}
            {check}
        </div>
        {components::said(said)}
        {mails.view()}
    }
    .into_any()
}

/// Takes the query out of the address in the history: a page that is loaded again, or gone back to, does not ask once more. The router need
/// not know, because the screen is the same.
fn forget_the_query() {
    if let (Ok(history), Ok(path)) = (window().history(), window().location().pathname()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    }
}
