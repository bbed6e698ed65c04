//! Customers who are the same person: their accounts stay apart and are shown as one, until they are taken apart again.

use super::page::CustomerPage;
use crate::at::at;
use crate::components::{
    Button, Column, Dialog, ErrorSummary, Figure, FigureFormat, LinkButton, Look, MenuItem, Picked, Picker,
    Press, RowMenu, Table, live, said, swap,
};
use crate::forms::Errors;
use crate::forms::Problem;
use crate::forms::customer::SAME;
use crate::screens::choose_customer::{chosen, matching};
use crate::screens::form::Form;
use crate::screens::{context, links};
use crate::session::Session;
use crate::text::say;
use ledger::entry::{EntryKind, MarkDuplicate};
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::rules::{Act, Command};
use ledger::view::customer::CustomerRow;
use leptos::prelude::*;

/// The dialog that marks another customer, and what was done last. It outlives the lists, which are built again after a mark.
#[derive(Clone, Copy)]
pub(super) struct Same {
    session: Session,
    form: Form,
    own: StoredValue<Id>,
    /// The id of the entry, created when the dialog opens.
    entry: StoredValue<Id>,
    open: RwSignal<bool>,
    typed: RwSignal<String>,
    picked: RwSignal<Option<String>>,
    options: Memo<Vec<Picked>>,
    said: RwSignal<Option<String>>,
}

impl Same {
    /// For the customer of the page.
    pub fn new(session: Session, own: Id) -> Self {
        let typed = RwSignal::new(String::new());
        let (all, mine) = (matching(typed), own.to_string());
        let options = Memo::new(move |_| {
            all.with(|all| all.iter().filter(|one| one.id != mine).cloned().collect::<Vec<_>>())
        });
        let same = Self {
            session,
            form: Form::new(session, context::currency(session), "same-customer".to_owned()),
            own: StoredValue::new(own),
            entry: StoredValue::new(Session::new_id()),
            open: RwSignal::new(false),
            typed,
            picked: RwSignal::new(None),
            options,
            said: RwSignal::new(None),
        };
        same.form.follow(move || same.commands().err().unwrap_or_default());
        same
    }

    /// The duplicates that are shown with the customer.
    pub fn duplicates(self) -> Memo<Vec<Id>> {
        let shop = self.session.shop();
        Memo::new(move |_| {
            let of = |shop: &ledger::shop::Shop| {
                self.own.with_value(|own| shop.duplicates_of(own).cloned().collect::<Vec<_>>())
            };
            shop.with(|shop| shop.as_deref().map(of).unwrap_or_default())
        })
    }

    /// The customer with whom this one is shown; `None` if it is no duplicate.
    fn kept(self) -> Option<Id> {
        let kept = |shop: &ledger::shop::Shop| self.own.with_value(|own| shop.kept(own).clone());
        let kept = self.session.shop().with(|shop| shop.as_deref().map(kept))?;
        self.own.with_value(|own| (kept != *own).then_some(kept))
    }

    fn name(self) -> String {
        self.own.with_value(|own| context::customer_name(self.session, own))
    }

    fn may(self) -> bool {
        context::may(self.session, EntryKind::CustomerDuplicated, Money::ZERO)
    }

    /// The item that opens the dialog, for a person who may mark duplicates.
    pub fn item(self) -> Option<MenuItem> {
        let may = self.may() && self.kept().is_none();
        may.then(|| MenuItem::press(say!(customer.same), move || self.ask()))
    }

    /// Opens the dialog with the customer who looks like this one, if there is one.
    fn ask(self) {
        self.entry.set_value(Session::new_id());
        self.form.show(Errors::default());
        self.said.set(None);
        let alike = self.session.customers().with_untracked(|all| {
            self.own.with_value(|own| {
                let row = all.get(own)?;
                let text = |text: &Option<String>| text.clone().unwrap_or_default();
                let (phone, email) = (text(&row.phone), text(&row.email));
                let (found, _) = all.double_of([&row.name, &phone, &email], Some(own))?;
                Some((found.id.to_string(), found.name.clone()))
            })
        });
        let (id, name) = alike.unzip();
        self.typed.set(name.unwrap_or_default());
        self.picked.set(id);
        self.open.set(true);
    }

    fn commands(self) -> Result<Vec<Command>, Errors> {
        let found = chosen(self.typed, self.picked, self.options).and_then(|id| Id::new(&id).ok());
        let customer = found.ok_or_else(|| Errors::one(SAME, Problem::Missing))?;
        Ok(vec![mark(self.entry.get_value(), customer, self.own.get_value())])
    }

    /// The dialog.
    pub fn dialog(self) -> AnyView {
        let title = Signal::derive(move || say!(customer.same_title, name = self.name()));
        let submit = move |ev: web_sys::SubmitEvent| {
            ev.prevent_default();
            let name = self.typed.get_untracked();
            self.form.record(untrack(|| self.commands()), move |_| {
                self.open.set(false);
                self.said.set(Some(say!(customer.same_done, name = name)));
            });
        };
        let content = move || {
            view! {
                <form class="stack" novalidate on:submit=submit>
                    <ErrorSummary problems=self.form.problems()/>
                    <p>{move || say!(customer.same_says, name = self.name())}</p>
                    <Picker id=SAME.id() label=say!(customer.same_customer) hint=say!(customer.same_hint) text=self.typed
                        options=self.options error=self.form.error(SAME) required=true
                        on_pick=move |id| self.picked.set(Some(id))/>
                    <div class="actions">
                        <Button label=say!(customer.same_yes) look=Look::Primary submit=true/>
                        <Button label=say!(customer.same_cancel) on_press=move |()| self.open.set(false)/>
                    </div>
                </form>
            }
        };
        view! { <Dialog open=self.open title=title>{content()}</Dialog> }.into_any()
    }

    /// What was done last.
    pub fn notice(self) -> AnyView {
        let problems = self.form.problems();
        view! { <Show when=move || !self.open.get()><ErrorSummary problems=problems/></Show>{said(self.said)} }
            .into_any()
    }

    /// On the page of a duplicate: with whom it is shown.
    pub fn of_another(self) -> AnyView {
        let kept = Memo::new(move |_| self.kept());
        let note = move |kept: Id| {
            let name = context::customer_name(self.session, &kept);
            let href = at(links::customer(&kept));
            let apart = self.apart(self.own.get_value());
            view! {
                <div class="note warn">
                    <p>{say!(customer.duplicate, name = name.clone())}</p>
                    <div class="row">
                        <LinkButton href=href label=say!(customer.duplicate_open, name = name)/>
                        {live(move || self.may().then(|| view! {
                            <Button label=say!(customer.apart) look=Look::Quiet on_press=apart/>
                        }))}
                    </div>
                </div>
            }
        };
        swap(kept, move |kept| kept.map(note).into_any())
    }

    /// Takes a duplicate apart; the same press twice has the same id.
    fn apart(self, duplicate: Id) -> Press {
        let entry = Session::new_id();
        UnsyncCallback::new(move |()| {
            let name = untrack(|| context::customer_name(self.session, &duplicate));
            let command = mark(entry.clone(), duplicate.clone(), duplicate.clone());
            self.said.set(None);
            self.form.record(Ok(vec![command]), move |_| {
                self.said.set(Some(say!(customer.apart_done, name = name)));
            });
        })
    }

    /// The accounts that are shown as one, with what each owes and holds, and the sums; nothing for a single account.
    pub fn accounts(self, pages: &[CustomerPage]) -> AnyView {
        let Some(own) = pages.first().filter(|_| pages.len() > 1) else { return ().into_any() };
        let columns = vec![
            Column::new(say!(customer.same_account)),
            Column::num(say!(customer.owed)),
            Column::num(say!(customer.credit)),
            Column::new(say!(customer.actions)).heard(),
        ];
        let rows = pages.iter().map(|page| self.account(page, page.id == own.id)).collect_view();
        let sum = context::shown_row(self.session, own.id.clone());
        let (owed, credit) = (figure(sum, own, |row| row.owed), figure(sum, own, |row| row.credit));
        let foot = view! {
            <tr>
                <td>{say!(customer.together)}</td>
                <td class="num">{owed}</td>
                <td class="num">{credit}</td>
                <td></td>
            </tr>
        };
        view! {
            <section class="subsection">
                <h2>{say!(customer.shown_as_one)}</h2>
                <Table caption=say!(customer.shown_as_one) columns=columns foot=foot.into_any()>{rows}</Table>
            </section>
        }
        .into_any()
    }

    fn account(self, page: &CustomerPage, is_own: bool) -> AnyView {
        let row = context::row(self.session, page.id.clone());
        let href = at(links::customer(&page.id));
        let name = move || row.get().map(|row| row.name).unwrap_or_default();
        let about = move || {
            let contact = row.get().and_then(|row| row.phone.or(row.email));
            let own = is_own.then(|| say!(customer.this_account));
            contact.into_iter().chain(own).collect::<Vec<_>>().join(" · ")
        };
        let menu = (!is_own).then(|| {
            let (apart, label) = (self.apart(page.id.clone()), name);
            live(move || {
                let item = self.may().then(|| MenuItem::press(say!(customer.apart), apart));
                let label = say!(parts.actions_for, name = label());
                view! { <RowMenu label=label items=item.into_iter().collect()/> }
            })
        });
        let title = match is_own {
            true => live(name),
            false => view! { <a href=href>{name}</a> }.into_any(),
        };
        view! {
            <tr>
                <th scope="row">{title}<span class="sub always">{live(about)}</span></th>
                <td class="num">{figure(row, page, |row| row.owed)}</td>
                <td class="num">{figure(row, page, |row| row.credit)}</td>
                <td class="num">{menu}</td>
            </tr>
        }
        .into_any()
    }
}

fn mark(id: Id, customer: Id, of: Id) -> Command {
    Command { id, customer: None, on: None, act: Act::MarkDuplicate(MarkDuplicate { customer, of }) }
}

fn figure(row: Memo<Option<CustomerRow>>, page: &CustomerPage, of: fn(&CustomerRow) -> Money) -> AnyView {
    let currency: Currency = page.currency.clone();
    live(move || {
        let amount = row.with(|row| row.as_ref().map(of));
        view! { <Figure amount=amount currency=currency.clone() format=FigureFormat::Dash/> }
    })
}

/// A list of an account that is shown with another one, under the name of its customer.
pub(super) fn under_name(page: &CustomerPage, list: AnyView) -> AnyView {
    let (session, id) = (context::session(), page.id.clone());
    let name = move || say!(customer.of_account, name = context::customer_name(session, &id));
    view! { <section class="subsection"><h2>{live(name)}</h2>{list}</section> }.into_any()
}
