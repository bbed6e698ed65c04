//! Entries of the shop that do not count because their actors had no right to them, and entries that the server has refused: a
//! sentence, the entry, and the actions that resolve it. Shown on the counter of every device.

use super::late;
use super::refused_entries::refused_entries;
use super::settling::Settling;
use crate::components::{Button, Look, swap};
use crate::engine::Unentitled;
use crate::screens::context;
use crate::session::Session;
use crate::text::{date, fault::fault, say, shop_entry};
use ledger::entry::EntryKind;
use ledger::exception::Kind;
use ledger::id::Id;
use ledger::money::Money;
use ledger::rules::{Act, resolve_manually};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The panel; nothing while every entry of the shop counts.
#[must_use]
pub fn exceptions() -> AnyView {
    let session = context::session();
    let settling = Settling::new(session, None);
    let (rows, trouble) = (RwSignal::new(Vec::new()), RwSignal::new(None::<String>));
    let open = Memo::new(move |_| session.shop().with(|shop| shop.as_deref().map(open).unwrap_or_default()));
    Effect::new(move |_| {
        let none = open.with(Vec::is_empty);
        spawn_local(async move {
            let read = if none { Ok(Vec::new()) } else { session.not_entitled().await };
            match read {
                Ok(read) => drop(rows.try_set(read)),
                Err(why) => drop(trouble.try_set(Some(fault(&why)))),
            }
        });
    });
    view! {
        {settling.notice()}
        {move || trouble.get().map(|says| view! { <p class="note warn" role="alert">{says}</p> })}
        {swap(rows, move |rows| panel(session, rows, settling))}
        {late::cards()}
        {refused_entries(session)}
        {settling.dialog()}
    }
    .into_any()
}

fn open(shop: &ledger::shop::Shop) -> Vec<Id> {
    context::not_entitled(shop).cloned().collect()
}

fn panel(session: Session, rows: Vec<Unentitled>, settling: Settling) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    let cards = rows.into_iter().map(|row| card(session, row, settling)).collect_view();
    view! {
        <section class="note warn exceptions" aria-labelledby="shop-exceptions">
            <h2 id="shop-exceptions">{say!(exceptions.of_shop)}</h2>
            <p class="small muted">{say!(exceptions.of_shop_says)}</p>
            {cards}
        </section>
    }
    .into_any()
}

fn card(session: Session, row: Unentitled, settling: Settling) -> AnyView {
    let Unentitled { entry, adoption } = row;
    let shop = session.shop().get_untracked();
    let what = shop.as_ref().map(|shop| shop_entry::sentence(&entry, shop)).unwrap_or_default();
    let name = untrack(|| context::staff(session, &entry.actor));
    let who = if name.is_empty() { say!(exceptions.somebody, id = entry.actor.to_string()) } else { name };
    let on = date::short(entry.on, session.today().get_untracked());
    let clerk = |kind| {
        Signal::derive(move || (!context::may(session, kind, Money::ZERO)).then(|| say!(exceptions.clerk)))
    };
    // The ids are created with the list: an entry that counts, or is settled, leaves it.
    let put = (Session::new_id(), Act::Adopt(adoption));
    let settled = (Session::new_id(), resolve_manually(Kind::NotEntitled, &entry.id));
    let adopt = move |()| settling.apply_remedy(put.clone(), None, String::new());
    let settle = move |()| settling.ask(settled.clone());
    view! {
        <article class="exception">
            <p><b>{say!(exceptions.not_entitled)}</b></p>
            <dl class="sides">
                <div>
                    <dt class="small muted">{say!(exceptions.one)}</dt>
                    <dd>{what}<p class="small muted">{format!("{on} · {who}")}</p></dd>
                </div>
            </dl>
            <div class="actions">
                <Button label=say!(exceptions.adopt) why_not=clerk(EntryKind::EntryAdopted) on_press=adopt/>
                <Button label=say!(exceptions.settle) look=Look::Quiet why_not=clerk(EntryKind::ExceptionResolved)
                    on_press=settle/>
            </div>
        </article>
    }
    .into_any()
}
