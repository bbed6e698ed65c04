//! Entries that the server has refused: what each would do, who recorded it, why it does not count, and letting it count.

use crate::at::at;
use crate::components::{Button, LinkButton, Look, swap};
use crate::engine::RefusedEntry;
use crate::screens::settling::Settling;
use crate::screens::{context, links};
use crate::session::Session;
use crate::text::{date, money, say};
use journal::SideVerdict;
use ledger::entry::EntryKind;
use ledger::money::Money;
use ledger::rules::Act;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The list; nothing while the server has refused nothing.
pub(super) fn refused_entries(session: Session) -> AnyView {
    let rows = RwSignal::new(Vec::<RefusedEntry>::new());
    let changes = Memo::new(move |_| session.sync().with(|sync| (sync.complete, sync.unsent)));
    Effect::new(move |_| {
        changes.get();
        spawn_local(async move {
            if let Ok(read) = session.refused().await {
                rows.try_set(read);
            }
        });
    });
    swap(rows, move |rows| panel(session, rows))
}

fn panel(session: Session, rows: Vec<RefusedEntry>) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    let cards = rows.into_iter().map(|row| card(session, row)).collect_view();
    view! {
        <section class="note warn exceptions" aria-labelledby="refused-entries">
            <h2 id="refused-entries">{say!(sync.refused)}</h2>
            <p class="small muted">{say!(sync.refused_says)}</p>
            {cards}
        </section>
    }
    .into_any()
}

fn card(session: Session, row: RefusedEntry) -> AnyView {
    let RefusedEntry { entry, verdict, adoption } = row;
    let settling = Settling::new(session, entry.customer.clone());
    let currency = context::currency(session);
    let amount = entry.body.stated_amount().map(|amount| money::money(amount, &currency));
    let customer = entry
        .customer
        .clone()
        .and_then(|customer| untrack(|| context::row(session, customer).get()).map(|row| row.name));
    let what = [entry.no.clone(), amount, customer];
    let what = what.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let who = untrack(|| context::staff(session, &entry.actor));
    let on = date::short(entry.on, session.today().get_untracked());
    let why = match verdict {
        SideVerdict::RefusedRevoked => say!(sync.refused_revoked),
        SideVerdict::RefusedLimit => say!(sync.refused_limit),
        SideVerdict::RefusedRole | SideVerdict::Ok => say!(sync.refused_role),
    };
    let clerk = Signal::derive(move || {
        (!context::may(session, EntryKind::EntryAdopted, Money::ZERO)).then(|| say!(exceptions.clerk))
    });
    // The id is created with the list: an entry that counts leaves it.
    let put = (Session::new_id(), Act::Adopt(adoption));
    let adopt = move |()| settling.apply_remedy(put.clone(), None, String::new());
    let account = entry.customer.clone().map(|customer| {
        let href = at(links::customer(&customer));
        view! { <LinkButton href=href label=say!(sync.refused_account) look=Look::Quiet/> }
    });
    view! {
        <article class="exception">
            {settling.notice()}
            <p><b>{what}</b></p>
            <p>{why}</p>
            <p class="small muted">{format!("{on} · {who}")}</p>
            <div class="actions">
                <Button label=say!(exceptions.adopt) why_not=clerk on_press=adopt/>
                {account}
            </div>
        </article>
    }
    .into_any()
}
