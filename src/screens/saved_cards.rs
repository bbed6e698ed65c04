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
    let (method, shown) = (card.method.clone(), shown(card));
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

/// The brand, the last four digits, and when it expires.
fn shown(card: &CardThere) -> String {
    let CardThere { brand, last4, month, year, .. } = card;
    format!("{} •••• {last4}, {month}/{:02}", name_of(brand), year % 100)
}

/// The name of a brand as cards have it.
fn name_of(brand: &str) -> String {
    match brand {
        "amex" => return "American Express".to_owned(),
        "unionpay" => return "UnionPay".to_owned(),
        "jcb" => return "JCB".to_owned(),
        _ => {}
    }
    let mut letters = brand.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_shown_with_its_last_digits_and_no_more() {
        let card = |brand: &str| CardThere {
            method: "pm_1".into(),
            brand: brand.into(),
            last4: "4242".into(),
            month: 9,
            year: 2031,
        };
        assert_eq!(shown(&card("visa")), "Visa •••• 4242, 9/31");
        assert_eq!(shown(&card("amex")), "American Express •••• 4242, 9/31");
        assert_eq!(shown(&card("")), " •••• 4242, 9/31");
        let digits = shown(&card("visa")).chars().filter(char::is_ascii_digit).count();
        assert!(digits <= SavedCard::MAX_DIGITS);
    }
}
