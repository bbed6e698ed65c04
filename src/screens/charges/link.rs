//! A payment link: the code to scan, its address to copy or to send, and *Cancel link*.

use crate::components::{Button, ErrorSummary, Qr, live};
use crate::forms::Errors;
use crate::screens::context;
use crate::screens::form::Form;
use crate::screens::send::{copy, send};
use crate::session::{Loaded, Session};
use crate::text::{date, money, say};
use ledger::entry::{PaymentLink, WithdrawCharge};
use ledger::id::Id;
use ledger::rules::{Act, Command};
use ledger::view::charge::ChargeRow;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Cancels payment links of a customer.
#[derive(Clone, Copy)]
pub(super) struct Links {
    session: Session,
    customer: StoredValue<Id>,
    form: Form,
}

impl Links {
    /// Without an error.
    pub fn new(session: Session, customer: Id) -> Self {
        let form = Form::new(session, context::currency(session), "link-canceled".to_owned());
        form.follow(Errors::default);
        Self { session, customer: StoredValue::new(customer), form }
    }

    /// Why one was not canceled.
    pub fn notice(self) -> AnyView {
        view! { <ErrorSummary problems=self.form.problems()/> }.into_any()
    }

    /// The link, where it can be paid, and *Cancel link*, where that is still possible; nothing for a charge.
    pub fn view(self, row: &ChargeRow) -> Option<AnyView> {
        if !row.is_link || !row.is_under_way() || row.cancel_asked {
            return None;
        }
        let said = RwSignal::new(None);
        let charge = row.id.clone();
        let cancel = move |()| {
            let commands = self.command(&charge).into_iter().collect();
            self.form.record(Ok(commands), |_| ());
        };
        let hand_over = row.link.as_ref().map(|link| self.hand_over(row, link, said));
        Some(
            view! {
                {row.link.as_ref().map(shown)}
                <p role="status">{live(move || said.get())}</p>
                <div class="actions">
                    {hand_over}
                    <Button label=say!(charge.cancel_link) on_press=cancel/>
                </div>
            }
            .into_any(),
        )
    }

    /// *Copy* and *Send*.
    fn hand_over(self, row: &ChargeRow, link: &PaymentLink, said: RwSignal<Option<String>>) -> AnyView {
        let (copied, address) = (link.address.clone(), link.address.clone());
        let copy = move |()| {
            let address = copied.clone();
            spawn_local(async move {
                let says = if copy(&address).await { say!(sync.copied) } else { say!(sync.not_copied) };
                said.try_set(Some(says));
            });
        };
        let currency = context::currency(self.session);
        let title = say!(charge.link_mail, amount = money::money(row.amount, &currency));
        let send = move |()| {
            let text = format!("{title}\n{address}");
            send(title.clone(), text, self.email().as_deref(), said);
        };
        view! {
            <Button label=say!(sync.copy) on_press=copy/>
            <Button label=say!(charge.send_link) on_press=send/>
        }
        .into_any()
    }

    /// The address of the customer's mailbox.
    fn email(self) -> Option<String> {
        let account = self.session.account(self.customer.get_value());
        match account.get_untracked() {
            Loaded::Ready(view) => view.customer.email.clone(),
            Loaded::Pending | Loaded::Missing => None,
        }
    }

    /// Its id follows from that of the charge, so that two presses take it back once.
    fn command(self, charge: &Id) -> Option<Command> {
        let id = Id::new(&format!("{charge}-withdrawn")).ok()?;
        let act = Act::WithdrawCharge(WithdrawCharge { charge: charge.clone() });
        Some(Command { id, customer: Some(self.customer.get_value()), on: None, act })
    }
}

fn shown(link: &PaymentLink) -> AnyView {
    let (address, text) = (link.address.clone(), link.address.clone());
    view! {
        <div class="beside-qr">
            <Qr text=text.clone() label=say!(sync.scan)/>
            <dl class="facts">
                <dt>{say!(sync.link)}</dt>
                <dd class="small"><a href=address rel="noreferrer" target="_blank">{text}</a></dd>
                <dt>{say!(charge.until)}</dt><dd>{date::moment(link.expires)}</dd>
            </dl>
        </div>
    }
    .into_any()
}
