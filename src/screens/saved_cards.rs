//! *Show the saved cards*: the cards of a customer at the card processor, one of which is filled into the form.

use crate::components::{Button, live};
use crate::forms::customer::CustomerDraft;
use crate::screens::context;
use crate::text::say;
use ledger::entry::SavedCard;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use sync::wire::{CardThere, Cards, CardsFound};

/// How far the question is.
#[derive(Clone, PartialEq)]
enum Asked {
    No,
    Asking,
    Answered(Arc<Vec<CardThere>>, String),
}

/// The button, and what the processor has said.
pub(super) fn saved_cards(draft: RwSignal<CustomerDraft>) -> AnyView {
    let session = context::session();
    let asked = RwSignal::new(Asked::No);
    let number = move || draft.with(|draft| draft.card.customer.trim().to_owned());
    let why = Signal::derive(move || (!SavedCard::is_customer(&number())).then(|| say!(charge.find_needs)));
    let find = move |()| {
        if asked.with_untracked(|asked| *asked == Asked::Asking) {
            return;
        }
        asked.set(Asked::Asking);
        let number = untrack(number);
        spawn_local(async move {
            let answer = match session.cards_at_processor(&number).await {
                Ok(Cards { found, cards }) => {
                    let says = said(found, cards.is_empty());
                    Asked::Answered(Arc::new(cards), says)
                }
                Err(_) => Asked::Answered(Arc::default(), say!(charge.no_answer_there)),
            };
            asked.try_set(answer);
        });
    };
    let answer = move || match asked.get() {
        Asked::No => ().into_any(),
        Asked::Asking => view! { <p class="muted">{say!(charge.finding)}</p> }.into_any(),
        Asked::Answered(cards, says) => {
            let buttons = cards.iter().map(|card| button(draft, asked, card)).collect_view();
            view! { <p class="muted">{says}</p><div class="row">{buttons}</div> }.into_any()
        }
    };
    view! {
        <div class="row"><Button label=say!(charge.find_cards) why_not=why on_press=find/></div>
        <div role="status">{live(answer)}</div>
    }
    .into_any()
}

fn button(draft: RwSignal<CustomerDraft>, asked: RwSignal<Asked>, card: &CardThere) -> AnyView {
    let (method, shown) = (card.method.clone(), card.shown());
    let label = say!(charge.use_card, card = shown.clone());
    let take = move |()| {
        draft.update(|draft| {
            draft.card.method.clone_from(&method);
            draft.card.shown.clone_from(&shown);
        });
        asked.set(Asked::Answered(Arc::default(), say!(charge.used, card = shown.clone())));
    };
    view! { <Button label=label on_press=take/> }.into_any()
}

fn said(found: CardsFound, is_empty: bool) -> String {
    match found {
        CardsFound::Listed if is_empty => say!(charge.none_there),
        CardsFound::Listed => say!(charge.choose_card),
        CardsFound::NoCustomer => say!(charge.no_customer_there),
        CardsFound::NoAnswer | CardsFound::NoProcessor | CardsFound::Other => say!(charge.no_answer_there),
    }
}
